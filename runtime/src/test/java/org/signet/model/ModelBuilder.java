package org.signet.model;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.signet.schema.tflite.Buffer;
import org.signet.schema.tflite.Model;
import org.signet.schema.tflite.Operator;
import org.signet.schema.tflite.OperatorCode;
import org.signet.schema.tflite.QuantizationParameters;
import org.signet.schema.tflite.SignatureDef;
import org.signet.schema.tflite.SubGraph;
import org.signet.schema.tflite.Tensor;
import org.signet.schema.tflite.TensorMap;
import org.signet.type.DType;

/**
 * Writes model files, also ones that no converter would write. Every part refers to others by
 * index.
 */
@SuppressWarnings("ArrayRecordComponent")
public final class ModelBuilder {
  private record TensorSpec(
      DType dtype, int[] shape, int buffer, boolean variable, float[] scales, long[] zeroPoints) {}

  private record OperatorSpec(int code, int[] operands, int[] results) {}

  private record SubgraphSpec(
      List<TensorSpec> tensors, List<OperatorSpec> operators, int[] inputs, int[] outputs) {}

  private record SignatureSpec(
      String key, int subgraph, Map<String, Integer> inputs, Map<String, Integer> outputs) {}

  private final FlatBufferBuilder builder = new FlatBufferBuilder();
  private final List<byte[]> buffers = new ArrayList<>(List.of(new byte[0]));
  private final List<Integer> codes = new ArrayList<>();
  private final List<SubgraphSpec> subgraphs = new ArrayList<>();
  private final List<SignatureSpec> signatures = new ArrayList<>();

  /** Adds a buffer; the first has the index 1. */
  public ModelBuilder buffer(int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) bytes[i];
    }
    buffers.add(data);
    return this;
  }

  /** Begins a subgraph, to which what follows belongs. */
  public ModelBuilder subgraph(int[] inputs, int[] outputs) {
    subgraphs.add(new SubgraphSpec(new ArrayList<>(), new ArrayList<>(), inputs, outputs));
    return this;
  }

  private ModelBuilder tensor(TensorSpec tensor) {
    subgraphs.getLast().tensors().add(tensor);
    return this;
  }

  public ModelBuilder tensor(DType dtype, int buffer, int... shape) {
    return tensor(new TensorSpec(dtype, shape, buffer, false, new float[0], new long[0]));
  }

  public ModelBuilder variable(DType dtype, int buffer, int... shape) {
    return tensor(new TensorSpec(dtype, shape, buffer, true, new float[0], new long[0]));
  }

  public ModelBuilder quantized(float[] scales, long[] zeroPoints, int... shape) {
    return tensor(new TensorSpec(DType.INT8, shape, 0, false, scales, zeroPoints));
  }

  /** Adds an operator without options. */
  public ModelBuilder operator(int builtinCode, int[] operands, int... results) {
    if (!codes.contains(builtinCode)) {
      codes.add(builtinCode);
    }
    subgraphs
        .getLast()
        .operators()
        .add(new OperatorSpec(codes.indexOf(builtinCode), operands, results));
    return this;
  }

  public ModelBuilder signature(
      String key, int subgraph, Map<String, Integer> inputs, Map<String, Integer> outputs) {
    signatures.add(new SignatureSpec(key, subgraph, inputs, outputs));
    return this;
  }

  public byte[] build() {
    int bufferVector = tables(buffers, this::write);
    int codeVector = tables(codes, this::writeCode);
    int subgraphVector = tables(subgraphs, this::write);
    int signatureVector = tables(signatures, this::write);
    Model.startModel(builder);
    Model.addVersion(builder, 3);
    Model.addBuffers(builder, bufferVector);
    Model.addOperatorCodes(builder, codeVector);
    Model.addSubgraphs(builder, subgraphVector);
    Model.addSignatureDefs(builder, signatureVector);
    Model.finishModelBuffer(builder, Model.endModel(builder));
    return builder.sizedByteArray();
  }

  private <T> int tables(List<T> specs, ToIntFunction<T> write) {
    int[] offsets = specs.stream().mapToInt(write).toArray();
    return Model.createBuffersVector(builder, offsets);
  }

  private int write(byte[] data) {
    int vector = Buffer.createDataVector(builder, data);
    Buffer.startBuffer(builder);
    Buffer.addData(builder, vector);
    return Buffer.endBuffer(builder);
  }

  private int writeCode(int code) {
    OperatorCode.startOperatorCode(builder);
    OperatorCode.addDeprecatedBuiltinCode(builder, (byte) Math.min(code, 127));
    OperatorCode.addBuiltinCode(builder, code);
    return OperatorCode.endOperatorCode(builder);
  }

  private int write(SubgraphSpec subgraph) {
    int tensors = tables(subgraph.tensors(), this::write);
    int operators = tables(subgraph.operators(), this::write);
    int inputs = SubGraph.createInputsVector(builder, subgraph.inputs());
    int outputs = SubGraph.createOutputsVector(builder, subgraph.outputs());
    SubGraph.startSubGraph(builder);
    SubGraph.addTensors(builder, tensors);
    SubGraph.addOperators(builder, operators);
    SubGraph.addInputs(builder, inputs);
    SubGraph.addOutputs(builder, outputs);
    return SubGraph.endSubGraph(builder);
  }

  private int write(TensorSpec tensor) {
    int shape = Tensor.createShapeVector(builder, tensor.shape());
    int scales = QuantizationParameters.createScaleVector(builder, tensor.scales());
    int zeroPoints = QuantizationParameters.createZeroPointVector(builder, tensor.zeroPoints());
    QuantizationParameters.startQuantizationParameters(builder);
    QuantizationParameters.addScale(builder, scales);
    QuantizationParameters.addZeroPoint(builder, zeroPoints);
    int quantization = QuantizationParameters.endQuantizationParameters(builder);
    Tensor.startTensor(builder);
    Tensor.addShape(builder, shape);
    Tensor.addType(builder, (byte) tensor.dtype().tfliteCode());
    Tensor.addBuffer(builder, tensor.buffer());
    Tensor.addQuantization(builder, quantization);
    Tensor.addIsVariable(builder, tensor.variable());
    Tensor.addHasRank(builder, true);
    return Tensor.endTensor(builder);
  }

  private int write(OperatorSpec operator) {
    int operands = Operator.createInputsVector(builder, operator.operands());
    int results = Operator.createOutputsVector(builder, operator.results());
    Operator.startOperator(builder);
    Operator.addOpcodeIndex(builder, operator.code());
    Operator.addInputs(builder, operands);
    Operator.addOutputs(builder, results);
    return Operator.endOperator(builder);
  }

  private int write(SignatureSpec signature) {
    int key = builder.createString(signature.key());
    int inputs = tables(List.copyOf(signature.inputs().entrySet()), this::write);
    int outputs = tables(List.copyOf(signature.outputs().entrySet()), this::write);
    SignatureDef.startSignatureDef(builder);
    SignatureDef.addSignatureKey(builder, key);
    SignatureDef.addSubgraphIndex(builder, signature.subgraph());
    SignatureDef.addInputs(builder, inputs);
    SignatureDef.addOutputs(builder, outputs);
    return SignatureDef.endSignatureDef(builder);
  }

  private int write(Map.Entry<String, Integer> entry) {
    int name = builder.createString(entry.getKey());
    return TensorMap.createTensorMap(builder, name, entry.getValue());
  }
}

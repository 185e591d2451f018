package org.signet.emit;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Signature;
import org.signet.ir.Value;
import org.signet.op.OpKey;
import org.signet.schema.catalog.BuiltinCatalog;
import org.signet.schema.catalog.OptionsCodec;
import org.signet.schema.catalog.OptionsTable;
import org.signet.schema.tflite.Operator;
import org.signet.schema.tflite.SignatureDef;
import org.signet.schema.tflite.SubGraph;
import org.signet.schema.tflite.Tensor;
import org.signet.schema.tflite.TensorMap;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Writes one signature: its subgraph and its entry in the list of signatures. */
final class SubgraphWriter {
  private final FlatBufferBuilder builder;
  private final SharedParts shared;
  private final BufferTable buffers;
  private final OperatorCodes codes;
  private final SubgraphIndexes subgraphs;
  private final IdentityHashMap<Value, Integer> indexes = new IdentityHashMap<>();
  private final List<Integer> tensors = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** The next number for a name that several tensors have. */
  private final Map<String, Integer> numbers = new HashMap<>();

  SubgraphWriter(
      FlatBufferBuilder builder,
      SharedParts shared,
      BufferTable buffers,
      OperatorCodes codes,
      SubgraphIndexes subgraphs) {
    this.subgraphs = subgraphs;
    this.builder = builder;
    this.shared = shared;
    this.buffers = buffers;
    this.codes = codes;
  }

  /**
   * @param prefix comes before the names of inputs
   * @param initialized whether the session's initialization runs first
   */
  int writeSubgraph(Graph graph, String name, String prefix, boolean initialized) {
    for (Value.Input input : graph.inputs()) {
      indexOf(input, prefix.isEmpty() ? input.name() : prefix + "_" + input.name() + ":0");
    }
    List<Integer> operators = new ArrayList<>();
    if (initialized) {
      operators.add(writeOperator(SubgraphIndexes.callOnce()));
    }
    for (Node node : graph.nodes()) {
      operators.add(writeOperator(node));
    }
    int[] outputs =
        graph.outputs().stream().mapToInt(value -> indexOf(value, value.name())).toArray();
    int[] inputs = graph.inputs().stream().mapToInt(indexes::get).toArray();
    int tensorsAt =
        SubGraph.createTensorsVector(builder, tensors.stream().mapToInt(i -> i).toArray());
    int inputsAt = shared.ints(inputs);
    int outputsAt = shared.ints(outputs);
    int operatorsAt =
        SubGraph.createOperatorsVector(builder, operators.stream().mapToInt(i -> i).toArray());
    int nameAt = builder.createString(name);
    SubGraph.startSubGraph(builder);
    SubGraph.addTensors(builder, tensorsAt);
    SubGraph.addInputs(builder, inputsAt);
    SubGraph.addOutputs(builder, outputsAt);
    SubGraph.addOperators(builder, operatorsAt);
    SubGraph.addName(builder, nameAt);
    return SubGraph.endSubGraph(builder);
  }

  /** Writes the signature of the subgraph just written. */
  int writeSignature(Signature signature, int subgraph) {
    int inputs =
        SignatureDef.createInputsVector(
            builder, maps(signature.inputNames(), signature.graph().inputs()));
    int outputs =
        SignatureDef.createOutputsVector(
            builder, maps(signature.outputNames(), signature.graph().outputs()));
    int key = builder.createString(signature.key());
    SignatureDef.startSignatureDef(builder);
    SignatureDef.addInputs(builder, inputs);
    SignatureDef.addOutputs(builder, outputs);
    SignatureDef.addSignatureKey(builder, key);
    SignatureDef.addSubgraphIndex(builder, subgraph);
    return SignatureDef.endSignatureDef(builder);
  }

  private int[] maps(List<String> names, List<? extends Value> values) {
    int[] maps = new int[names.size()];
    for (int i = 0; i < maps.length; i++) {
      maps[i] =
          TensorMap.createTensorMap(builder, shared.string(names.get(i)), index(values.get(i)));
    }
    return maps;
  }

  private int index(Value value) {
    Integer index = indexes.get(value);
    if (index == null) {
      throw new IllegalStateException(value + " is used before it is computed");
    }
    return index;
  }

  private int indexOf(Value operand) {
    return operand instanceof Value.Constant constant
        ? indexOf(constant, constant.name())
        : index(operand);
  }

  private int writeOperator(Node node) {
    int[] inputs = new int[node.operands().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = node.operand(i).isPresent() ? indexOf(node.operand(i)) : -1;
    }
    int[] outputs = new int[node.results().size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = indexOf(node.results().get(i), node.results().get(i).name());
    }
    int inputsAt = shared.ints(inputs);
    int outputsAt = shared.ints(outputs);
    int custom = 0;
    Optional<OptionsTable> table = Optional.empty();
    int options = 0;
    if (node.op().isTf()) {
      byte[] bytes = FlexOptions.write(node.op().name(), node.attributes(), inputs.length);
      custom = Operator.createCustomOptionsVector(builder, bytes);
    } else if (node.op().isCustom()) {
      byte[] bytes = node.attributes().getBytes(OpKey.CUSTOM_OPTIONS);
      custom = Operator.createCustomOptionsVector(builder, bytes);
    } else {
      var builtin = BuiltinCatalog.standard().get(node.op().name());
      if (builtin.optionsWritten()) {
        table = builtin.options();
      }
      options =
          table.map(t -> OptionsCodec.write(builder, t, subgraphs.options(node).asMap())).orElse(0);
    }
    Operator.startOperator(builder);
    Operator.addOpcodeIndex(builder, codes.indexOf(node.op()));
    Operator.addInputs(builder, inputsAt);
    Operator.addOutputs(builder, outputsAt);
    if (table.isPresent() && table.get().union() == 1) {
      Operator.addBuiltinOptionsType(builder, (byte) table.get().discriminator());
      Operator.addBuiltinOptions(builder, options);
    } else if (table.isPresent()) {
      Operator.addBuiltinOptions2Type(builder, (byte) table.get().discriminator());
      Operator.addBuiltinOptions2(builder, options);
    }
    if (custom != 0) {
      Operator.addCustomOptions(builder, custom);
    }
    return Operator.endOperator(builder);
  }

  private int indexOf(Value value, String name) {
    Integer known = indexes.get(value);
    if (known == null) {
      known = tensors.size();
      indexes.put(value, known);
      tensors.add(writeTensor(value, unique(name)));
    }
    return known;
  }

  private String unique(String name) {
    if (names.add(name)) {
      return name;
    }
    int number = numbers.getOrDefault(name, 1);
    while (!names.add(name + number)) {
      number++;
    }
    numbers.put(name, number + 1);
    return name + number;
  }

  /**
   * Whether TFLite must take the size from a variable whenever it reads it: it does so only if the
   * tensor has no sizes in the file, and copies memory beyond the variable otherwise.
   */
  private static boolean isResized(Value value) {
    return value instanceof Value.Result result
        && result.producer().is("READ_VARIABLE")
        && !result.type().shape().isStatic();
  }

  private int writeTensor(Value value, String name) {
    TensorType type = value.type();
    Shape shape = isResized(value) ? Shape.unknownRank() : type.shape();
    int[] dims = shape.hasRank() ? shape.dims() : new int[0];
    int[] sizes = dims.clone();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = sizes[i] == Shape.UNKNOWN ? 1 : sizes[i]; // the format's way to write a free size
    }
    int nameAt = shared.string(name);
    int shapeAt = shared.ints(sizes);
    int signatureAt = shape.hasRank() && !shape.isStatic() ? shared.ints(dims) : 0;
    int quantizationAt = shared.quantization(type.quantization());
    Tensor.startTensor(builder);
    Tensor.addShape(builder, shapeAt);
    Tensor.addType(builder, (byte) type.dtype().tfliteCode());
    Tensor.addBuffer(
        builder, value instanceof Value.Constant constant ? buffers.indexOf(constant) : 0);
    Tensor.addName(builder, nameAt);
    Tensor.addQuantization(builder, quantizationAt);
    if (signatureAt != 0) {
      Tensor.addShapeSignature(builder, signatureAt);
    }
    Tensor.addHasRank(builder, shape.hasRank());
    return Tensor.endTensor(builder);
  }
}

package org.signet.emit;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.ir.ConstantData;
import org.signet.ir.Graph;
import org.signet.ir.Graphs;
import org.signet.ir.Program;
import org.signet.ir.Signature;
import org.signet.ir.Value;
import org.signet.model.ModelSignature;
import org.signet.model.TfliteModel;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.schema.tflite.Buffer;
import org.signet.schema.tflite.Model;
import org.signet.session.Interpreter;
import org.signet.tensor.Tensor;
import org.signet.testing.Values;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class ModelWriterTest {
  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  private static byte[] write(Signature... signatures) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long size = ModelWriter.write(new Program(List.of(signatures)), Channels.newChannel(bytes));
    assertThat(size).isEqualTo(bytes.size());
    return bytes.toByteArray();
  }

  private static Model model(byte[] bytes) {
    return Model.getRootAsModel(ByteBuffer.wrap(bytes));
  }

  private static Signature signature(String key, Graph graph) {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    graph.inputs().forEach(input -> inputs.add("in" + inputs.size()));
    graph.outputs().forEach(output -> outputs.add("out" + outputs.size()));
    return new Signature(key, inputs, outputs, graph);
  }

  private Value one(String op, List<Value> operands, TensorType type) {
    Attributes none = Attributes.NONE;
    return graphs
        .builder()
        .add(OpKey.builtin(op), none, operands, List.of(type), op, Origin.ofNode(op))
        .getFirst();
  }

  private static Graph times(Value.Constant factor, TensorType type) {
    try (Graphs own = new Graphs()) {
      Value x = own.builder().input("x", type);
      return own.build(own.builtin("MUL", Attributes.NONE, x, factor));
    }
  }

  private Value.Constant large(int elements, int seed) {
    Tensor tensor = Tensor.zeros(DType.FLOAT32, elements);
    for (int i = 0; i < elements; i++) {
      tensor.floats()[i] = i % 97 + seed;
    }
    return graphs.builder().constant("weights", tensor);
  }

  @Test
  void tensorsOfSeveralSignaturesShareNamesAndSizes() {
    TensorType type = TensorType.of(DType.FLOAT32, Shape.of(Shape.UNKNOWN, 7));
    Value.Constant factor = large(7, 3);
    byte[] one = write(signature("a", times(factor, type)));
    byte[] two = write(signature("a", times(factor, type)), signature("b", times(factor, type)));
    assertThat(two.length - one.length).isLessThan(400);
    String text = new String(two, StandardCharsets.ISO_8859_1);
    assertThat(text.split(factor.name(), -1)).hasSize(2);
    Model model = model(two);
    for (int i = 0; i < 2; i++) {
      assertThat(model.subgraphs(i).tensors(1).name()).isEqualTo(factor.name());
      assertThat(model.subgraphs(i).tensors(0).shapeSignature(0)).isEqualTo(-1);
    }
  }

  @Test
  void aVariableOfNoFixedSizeIsReadWithoutSizesSoThatTfliteAsksTheVariable() {
    Value handle = one("VAR_HANDLE", List.of(), TensorType.of(DType.RESOURCE));
    Value read =
        one("READ_VARIABLE", List.of(handle), TensorType.of(DType.FLOAT32, Shape.UNKNOWN, 3));
    Graph graph = graphs.build(graphs.builtin("NEG", Attributes.NONE, read));
    var subgraph = model(write(signature("f", graph))).subgraphs(0);
    var tensor = subgraph.tensors(subgraph.operators(1).outputs(0));
    assertThat(tensor.shapeLength()).isZero();
    assertThat(tensor.shapeSignatureLength()).isZero();
    assertThat(subgraph.tensors(subgraph.outputs(0)).shapeLength()).isEqualTo(2);
  }

  @Test
  void sharedWeightsAreStoredOnce() {
    Value.Constant weights = large(2_000_000, 0);
    Value.Constant copy = large(2_000_000, 0);
    Value.Constant other = large(2_000_000, 1);
    TensorType type = TensorType.of(DType.FLOAT32, 2_000_000);
    assertThat(weights.data()).as("off the heap").isInstanceOf(ConstantData.Mapped.class);
    byte[] bytes =
        write(
            signature("a", times(weights, type)),
            signature("b", times(copy, type)),
            signature("c", times(other, type)));
    assertThat(bytes.length).isBetween(16_000_000, 16_010_000);
    try (Interpreter interpreter = new Interpreter(TfliteModel.of(bytes))) {
      Tensor x = Tensor.zeros(DType.FLOAT32, 2_000_000);
      x.floats()[1_999_999] = 2;
      float last = 1_999_999 % 97;
      for (String key : List.of("a", "b")) {
        var results = interpreter.signatureRunner(key).run(Map.of("in0", x));
        assertThat(Values.floats(results, "out0")[1_999_999]).isEqualTo(2 * last);
      }
      var results = interpreter.signatureRunner("c").run(Map.of("in0", x));
      assertThat(Values.floats(results, "out0")[1_999_999]).isEqualTo(2 * (last + 1));
    }
  }

  @Test
  void equalBytesOfOtherTypesAndShapesAreStoredOnceToo() {
    Value x = graphs.input(DType.FLOAT32, 2, 2);
    Value n = graphs.input(DType.INT32, 2, 2);
    Value a =
        graphs.builtin(
            "ADD", Attributes.NONE, x, graphs.constant(Tensor.of(new float[] {1, 2}, 2, 1)));
    Value b =
        graphs.builtin(
            "MUL", Attributes.NONE, a, graphs.constant(Tensor.of(new float[] {1, 2}, 1, 2)));
    Value c = graphs.builtin("ADD", Attributes.NONE, n, graphs.ints(0x3f800000, 0x40000000));
    Model model = model(write(signature("s", graphs.build(b, c))));
    assertThat(model.buffersLength()).as("none, the numbers, the version").isEqualTo(3);
  }

  @Test
  void constantsThatDifferOnlyAtTheEndAreToldApart() {
    float[] numbers = new float[1000];
    Value a = graphs.constant(Tensor.of(numbers));
    float[] others = numbers.clone();
    others[999] = 1;
    Value b = graphs.constant(Tensor.of(others));
    Value x = graphs.input(DType.FLOAT32, 1000);
    Graph graph =
        graphs.build(
            graphs.builtin("ADD", Attributes.NONE, x, a),
            graphs.builtin("ADD", Attributes.NONE, x, b));
    assertThat(model(write(signature("s", graph))).buffersLength()).isEqualTo(4);
  }

  @Test
  void dataIsAligned() {
    Value x = graphs.input(DType.INT8, 3);
    Value y = x;
    for (int i = 1; i < 6; i++) {
      Tensor odd = Tensor.zeros(DType.INT8, 3);
      odd.setLong(0, i);
      y = graphs.builtin("ADD", Attributes.NONE, y, graphs.constant(odd));
    }
    byte[] bytes = write(signature("s", graphs.build(y)));
    Model model = model(bytes);
    assertThat(model.buffersLength()).isEqualTo(7);
    for (int i = 1; i < model.buffersLength(); i++) {
      ByteBuffer data = model.buffers(i).dataAsByteBuffer();
      assertThat(data.position() % 16).as("buffer %s", i).isZero();
    }
    assertThat(model.buffers(0).dataLength()).isZero();
  }

  @Test
  void modelsTooLargeForAFlatbufferHaveTheirWeightsBehindIt() {
    Value.Constant weights = large(5000, 0);
    Value strings = graphs.constant(Tensor.of(new String[] {"of any", "length"}));
    TensorType type = TensorType.of(DType.FLOAT32, 5000);
    Signature times = signature("times", times(weights, type));
    Signature texts = signature("texts", graphs.build(strings));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    long size =
        ModelWriter.write(new Program(List.of(times, texts)), Channels.newChannel(output), 20_000);
    byte[] bytes = output.toByteArray();
    assertThat(size).isEqualTo(bytes.length).isBetween(20_000L, 22_000L);
    Model model = model(bytes);
    assertThat(IntStream.range(0, model.metadataLength()).mapToObj(i -> model.metadata(i).name()))
        .containsExactly("min_runtime_version", "buffer_location");
    for (int i = 0; i < model.metadataLength(); i++) {
      assertThat(model.buffers((int) model.metadata(i).buffer()).dataLength()).isPositive();
    }
    for (int tensor = 0; tensor < model.subgraphs(0).tensorsLength(); tensor++) {
      Buffer buffer = model.buffers((int) model.subgraphs(0).tensors(tensor).buffer());
      assertThat(buffer.dataLength()).isZero();
      assertThat(buffer.offset() % 16).isZero();
    }
    try (Interpreter interpreter = new Interpreter(TfliteModel.of(bytes))) {
      Tensor x = Tensor.zeros(DType.FLOAT32, 5000);
      x.floats()[4999] = 2;
      var results = interpreter.signatureRunner("times").run(Map.of("in0", x));
      assertThat(Values.floats(results, "out0")[4999]).isEqualTo(2 * (4999 % 97));
      assertThat(interpreter.signatureRunner("texts").run(Map.of()).get("out0"))
          .satisfies(text -> assertThat(text.getString(1)).isEqualTo("length"));
    }
  }

  @Test
  void placesOutsideTheFileAreRefused() {
    Signature times = signature("a", times(large(5000, 0), TensorType.of(DType.FLOAT32, 5000)));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ModelWriter.write(new Program(List.of(times)), Channels.newChannel(output), 1000);
    byte[] bytes = output.toByteArray();
    Buffer weights = model(bytes).buffers(1);
    assertThat(weights.size()).isEqualTo(20_000);
    int place = indexOf(bytes, weights.offset());
    ByteBuffer changed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long offset : new long[] {weights.offset() + 16, Long.MAX_VALUE, -16, 1}) {
      changed.putLong(place, offset);
      assertThatThrownBy(() -> TfliteModel.of(bytes))
          .as("at %s", offset)
          .isInstanceOf(SignetException.class);
    }
    changed.putLong(place, weights.offset());
    int size = indexOf(bytes, 20_000);
    for (long wrong : new long[] {19_996, 20_016, 1L << 40, -4}) {
      changed.putLong(size, wrong);
      assertThatThrownBy(() -> TfliteModel.of(bytes))
          .as("of %s", wrong)
          .isInstanceOf(SignetException.class);
    }
  }

  /** Where a 64-bit number stands that the file has once. */
  private static int indexOf(byte[] bytes, long number) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.iterate(0, i -> i + 4)
        .filter(i -> buffer.getLong(i) == number)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFileIsWrittenByManyThreadsAsAStreamIsByOne(@TempDir Path folder) throws IOException {
    TensorType type = TensorType.of(DType.FLOAT32, 3_000_000);
    Program program = new Program(List.of(signature("a", times(large(3_000_000, 0), type))));
    for (long limit : new long[] {1000, Integer.MAX_VALUE}) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      ModelWriter.write(program, Channels.newChannel(stream), limit);
      Path file = folder.resolve(limit + ".tflite");
      try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
        ModelWriter.write(program, channel, limit);
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(stream.toByteArray());
    }
  }

  @Test
  void theSameProgramGivesTheSameBytes() {
    Graph graph = times(large(1000, 3), TensorType.of(DType.FLOAT32, 1000));
    assertThat(write(signature("s", graph))).isEqualTo(write(signature("s", graph)));
  }

  @Test
  void signaturesKeysAndNamesToTheLetter() {
    Value x = graphs.builder().input("ignored", TensorType.of(DType.FLOAT32, 2));
    Graph graph = graphs.build(graphs.builtin("ABS", Attributes.NONE, x), x);
    String odd = "Schlüssel/with:odd names";
    byte[] bytes =
        write(
            new Signature(odd, List.of("ä b"), List.of("z", "a"), graph),
            new Signature("a", List.of("x"), List.of("y", "x"), graph));
    try (TfliteModel model = TfliteModel.of(bytes)) {
      assertThat(model.signatures().keySet()).containsExactly(odd, "a");
      ModelSignature signature = model.signatures().firstEntry().getValue();
      assertThat(signature.inputs().keySet()).containsExactly("ä b");
      assertThat(signature.outputs().keySet()).containsExactly("z", "a");
    }
  }

  @Test
  void tensorNamesAreUnique() {
    Value x = graphs.input(DType.FLOAT32, 2);
    Value a = graphs.builtin("ABS", Attributes.NONE, x);
    Value b = graphs.builtin("ABS", Attributes.NONE, a);
    byte[] bytes = write(signature("s", graphs.build(b)));
    Set<String> names = new HashSet<>();
    try (TfliteModel model = TfliteModel.of(bytes)) {
      model.subgraphs().getFirst().tensors().forEach(tensor -> names.add(tensor.name()));
      assertThat(names).hasSize(model.subgraphs().getFirst().tensors().size());
    }
  }

  @Test
  void freeSizesAreWrittenAsTheFormatWantsThem() {
    Value x = graphs.builder().input("x", TensorType.of(DType.FLOAT32, Shape.of(-1, 3)));
    Value any = graphs.builder().input("any", TensorType.unranked(DType.FLOAT32));
    byte[] bytes =
        write(
            signature(
                "s",
                graphs.build(
                    graphs.builtin("ABS", Attributes.NONE, x),
                    graphs.builtin("NEG", Attributes.NONE, any))));
    var tensor = model(bytes).subgraphs(0).tensors(0);
    assertThat(tensor.shape(0)).isEqualTo(1);
    assertThat(tensor.shape(1)).isEqualTo(3);
    assertThat(tensor.shapeSignature(0)).isEqualTo(-1);
    assertThat(tensor.hasRank()).isTrue();
    assertThat(model(bytes).subgraphs(0).tensors(1).hasRank()).isFalse();
    try (TfliteModel file = TfliteModel.of(bytes)) {
      assertThat(file.subgraphs().getFirst().tensors().get(0).type()).isEqualTo(x.type());
      assertThat(file.subgraphs().getFirst().tensors().get(1).type()).isEqualTo(any.type());
    }
  }

  @Test
  void theOldestRuntimeThatWillDoIsWritten() {
    Value x = graphs.input(DType.FLOAT32, 2);
    assertThat(runtimeOf(graphs.build(graphs.builtin("ABS", Attributes.NONE, x))))
        .isEqualTo("1.13.0");
    Value y = graphs.builtin("GELU", Attributes.of("approximate", false), x);
    assertThat(runtimeOf(graphs.build(y))).isEqualTo("2.9.0");
  }

  private static String runtimeOf(Graph graph) {
    try (TfliteModel model = TfliteModel.of(write(signature("s", graph)))) {
      ByteBuffer version = model.metadata("min_runtime_version").orElseThrow();
      assertThat(version.remaining()).isEqualTo(16);
      return StandardCharsets.US_ASCII.decode(version).toString().replace("\0", "");
    }
  }

  @Test
  void anOperatorCodeHasTheHighestVersionThatIsNeeded() {
    Value x = graphs.input(DType.FLOAT32, 2, 2);
    Value n = graphs.input(DType.INT64, 2, 2);
    Graph graph =
        graphs.build(
            graphs.builtin("TRANSPOSE", Attributes.NONE, x, graphs.ints(1, 0)),
            graphs.builtin("ADD", Attributes.NONE, x, x),
            graphs.builtin("ADD", Attributes.NONE, n, n));
    Model model = model(write(signature("s", graph)));
    assertThat(model.operatorCodesLength()).isEqualTo(2);
  }

  @Test
  void constantsAndInputsMayBeOutputs() {
    Value x = graphs.input(DType.FLOAT32, 2);
    Value constant = graphs.constant(Tensor.of(new float[] {5, 6}));
    byte[] bytes = write(signature("s", graphs.build(constant, x, x)));
    try (Interpreter interpreter = new Interpreter(TfliteModel.of(bytes))) {
      var results =
          interpreter.signatureRunner("s").run(Map.of("in0", Tensor.of(new float[] {1, 2})));
      assertThat(Values.floats(results, "out0")).containsExactly(5, 6);
      assertThat(Values.floats(results, "out1")).containsExactly(1, 2);
      assertThat(Values.floats(results, "out2")).containsExactly(1, 2);
    }
  }

  @Test
  void emptyConstantsAndStringsComeBackTheSame() {
    Value x = graphs.input(DType.FLOAT32, 1);
    Value scalar =
        graphs.builtin("RESHAPE", Attributes.of("new_shape", List.of()), x, graphs.ints());
    Tensor words =
        Tensor.wrap(
            DType.STRING, new byte[][] {{}, {1, 0, 2}, "é".getBytes(StandardCharsets.UTF_8)}, 3);
    byte[] bytes =
        write(
            signature(
                "s",
                graphs.build(
                    scalar,
                    graphs.constant(words),
                    graphs.constant(Tensor.zeros(DType.FLOAT32, 0, 3)),
                    graphs.constant(Tensor.zeros(DType.STRING, 0)))));
    try (Interpreter interpreter = new Interpreter(TfliteModel.of(bytes))) {
      var results = interpreter.signatureRunner("s").run(Map.of("in0", Tensor.of(new float[] {4})));
      assertThat(Values.get(results, "out0").shape()).isEmpty();
      assertThat(Values.get(results, "out1").strings()).isDeepEqualTo(words.strings());
      assertThat(Values.get(results, "out2").shape()).containsExactly(0, 3);
      assertThat(Values.get(results, "out3").shape()).containsExactly(0);
    }
  }

  @Test
  void customOpsOfOneNameShareACode() {
    List<TensorType> types = List.of(TensorType.of(DType.FLOAT32, 2));
    Value x = graphs.input(DType.FLOAT32, 2);
    var builder = graphs.builder();
    Attributes attributes = Attributes.of("T", DType.FLOAT32);
    Value a =
        builder.add(OpKey.tf("Erfinv"), attributes, List.of(x), types, "a", Origin.NONE).getFirst();
    Value b =
        builder.add(OpKey.tf("Erfinv"), attributes, List.of(a), types, "b", Origin.NONE).getFirst();
    Model model = model(write(signature("s", builder.build(List.of(b)))));
    assertThat(model.operatorCodesLength()).isEqualTo(1);
    assertThat(model.operatorCodes(0).customCode()).isEqualTo("FlexErfinv");
    assertThat(model.operatorCodes(0).builtinCode()).isEqualTo(32);
  }
}

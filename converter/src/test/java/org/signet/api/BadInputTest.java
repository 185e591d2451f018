package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.testing.Values;
import org.signet.type.DType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;

/**
 * Calls that TensorFlow refuses while they run: with a code, the signature and the node that
 * failed. Each has counted itself before it fails, which is undone.
 */
class BadInputTest {
  private static final byte[] BROKEN = {'a', (byte) 0xFF};
  private static final byte[] SOUND = "a\u00e9".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void convert() {
    file = folder.resolve("model.tflite");
    convert("get", "variable", "table", "loop", "decode", "transcode", "parse");
  }

  private void convert(String... signatures) {
    Signet.convert(
        ConversionOptions.of(Checkout.testModel("bad_input")).withSignatures(List.of(signatures)),
        file);
  }

  private static void refused(
      Interpreter interpreter, String key, Map<String, Tensor> inputs, Code code, String... parts) {
    int before = calls(interpreter);
    SignetException e =
        catchThrowableOfType(
            SignetException.class, () -> interpreter.signatureRunner(key).run(inputs));
    assertThat(e).as("it runs").isNotNull();
    assertThat(e.code()).as(e.toString()).isEqualTo(code);
    assertThat(e)
        .hasMessageContainingAll(code.toString(), "(signature '" + key + "', node '")
        .hasMessageContainingAll(parts);
    assertThat(calls(interpreter)).isEqualTo(before);
  }

  private static Tensor counted(Interpreter interpreter, String key, Map<String, Tensor> inputs) {
    int before = calls(interpreter);
    Tensor y = Values.get(interpreter.signatureRunner(key).run(inputs), "y");
    assertThat(calls(interpreter)).isEqualTo(before + 1);
    return y;
  }

  private static int calls(Interpreter interpreter) {
    return Values.get(interpreter.signatureRunner("get").run(Map.of()), "calls").ints()[0];
  }

  private static Map<String, Tensor> text(byte[]... strings) {
    return Map.of("text", Tensor.wrap(DType.STRING, strings, strings.length));
  }

  @Test
  void aVariableReadBeforeItHasAValue() {
    Map<String, Tensor> read = Map.of("first", Tensor.scalar(false));
    try (Interpreter interpreter = new Interpreter(file)) {
      refused(
          interpreter,
          "variable",
          read,
          Code.OP_FAILED,
          "Could not find variable late. This could mean that the variable has been deleted.");
      Map<String, Tensor> assign = Map.of("first", Tensor.scalar(true));
      assertThat(counted(interpreter, "variable", assign).floats()).containsExactly(3);
      assertThat(counted(interpreter, "variable", read).floats()).containsExactly(3);
    }
  }

  @Test
  void aTableReadBeforeItIsFilled() {
    Tensor keys = Tensor.of(new String[] {"b", "a"});
    Map<String, Tensor> find = Map.of("first", Tensor.scalar(false), "keys", keys);
    try (Interpreter interpreter = new Interpreter(file)) {
      refused(interpreter, "table", find, Code.OP_FAILED, "Table not initialized");
      Map<String, Tensor> fill = Map.of("first", Tensor.scalar(true), "keys", keys);
      assertThat(counted(interpreter, "table", fill).longs()).containsExactly(-1, 7);
      assertThat(counted(interpreter, "table", find).longs()).containsExactly(-1, 7);
    }
  }

  /** TensorFlow refuses whichever signature is called second. */
  @Test
  void aTableOfOtherTypes() {
    SignetException e =
        catchThrowableOfType(SignetException.class, () -> convert("words", "numbers"));
    assertThat(e.code()).isEqualTo(Code.OP_NOT_CONVERTIBLE);
    assertThat(e)
        .hasMessageContainingAll(
            "SIG-0404", "different types have the name 'table'", "node 'Mutable", "shared_name");
  }

  private static Map<String, Tensor> times(int times) {
    return Map.of("times", Tensor.scalar(times));
  }

  @Test
  void aLoopOfTooManySteps() {
    InterpreterOptions limited = InterpreterOptions.standard().withMaxLoopSteps(3);
    try (Interpreter interpreter = new Interpreter(file, limited)) {
      refused(
          interpreter, "loop", times(-1), Code.TOO_MANY_STEPS, "more than 3", "withMaxLoopSteps");
      assertThat(interpreter.signatureRunner("loop").run(times(3))).containsKey("y");
      assertThat(calls(interpreter)).isEqualTo(8);
    }
  }

  @Test
  void aLoopThatIsCancelled() throws Exception {
    try (Interpreter interpreter = new Interpreter(file);
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<?> call =
          executor.submit(
              () -> refused(interpreter, "loop", times(-1), Code.CANCELLED, "was cancelled."));
      while (!call.isDone()) {
        interpreter.cancel(); // of calls that run: the first may come too early
        Thread.sleep(1);
      }
      call.get();
      assertThat(calls(interpreter)).isEqualTo(5);
    }
  }

  /** Calls that take turns, of which one is in its loop and others wait, all end unchanged. */
  @Test
  void manyLoopsThatAreCancelled() throws Exception {
    try (Interpreter interpreter = new Interpreter(file);
        ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Future<Code>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(executor.submit(() -> failure(interpreter, times(-1))));
      }
      while (calls.stream().anyMatch(call -> !call.isDone())) {
        interpreter.cancel();
        Thread.sleep(1);
      }
      for (Future<Code> call : calls) {
        assertThat(call.get()).isEqualTo(Code.CANCELLED);
      }
      assertThat(calls(interpreter)).isEqualTo(5);
      assertThat(interpreter.signatureRunner("loop").run(times(3))).containsKey("y");
    }
  }

  private static Code failure(Interpreter interpreter, Map<String, Tensor> inputs) {
    return catchThrowableOfType(
            SignetException.class, () -> interpreter.signatureRunner("loop").run(inputs))
        .code();
  }

  @ParameterizedTest
  @ValueSource(strings = {"decode", "transcode"})
  void brokenUtf8(String key) {
    try (Interpreter interpreter = new Interpreter(file)) {
      refused(
          interpreter,
          key,
          text(SOUND, BROKEN),
          Code.OP_FAILED,
          "Invalid formatting on input string 1",
          "no UTF-8 at 1");
      assertThat(counted(interpreter, key, text(SOUND)).size()).isPositive();
    }
  }

  private static byte[] example(Feature feature) {
    Features features = Features.newBuilder().putFeature("a", feature).build();
    return Example.newBuilder().setFeatures(features).build().toByteArray();
  }

  @Test
  void examplesThatDoNotFit() {
    byte[] sound =
        example(
            Feature.newBuilder()
                .setFloatList(FloatList.newBuilder().addValue(1).addValue(2))
                .build());
    byte[] integers =
        example(
            Feature.newBuilder()
                .setInt64List(Int64List.newBuilder().addValue(1).addValue(2))
                .build());
    byte[] shorter =
        example(Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(1)).build());
    try (Interpreter interpreter = new Interpreter(file)) {
      refused(
          interpreter,
          "parse",
          text(sound, BROKEN),
          Code.OP_FAILED,
          "Could not parse example input",
          "string 1");
      refused(
          interpreter,
          "parse",
          text(integers),
          Code.OP_FAILED,
          "Name: <unknown>, Key: a, Index: 0.  Data types don't match. Data type: int64 but"
              + " expected type: float");
      refused(
          interpreter,
          "parse",
          text(shorter),
          Code.OP_FAILED,
          "Number of float values != expected.  Values size: 1 but output shape: [2]");
      refused(
          interpreter,
          "parse",
          text(new byte[0]),
          Code.OP_FAILED,
          "Feature: a (data type: float) is required but could not be found.");
      assertThat(counted(interpreter, "parse", text(sound)).floats()).containsExactly(1, 2);
    }
  }
}

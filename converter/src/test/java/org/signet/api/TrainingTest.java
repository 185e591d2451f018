package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.bundle.CheckpointBundle;
import org.signet.bundle.SliceFile;
import org.signet.diag.SignetException;
import org.signet.session.Interpreter;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.testing.Values;
import org.signet.type.DType;

/**
 * A model that learns on the device, saves itself and restores itself, as it does in TensorFlow.
 */
class TrainingTest {
  private static final Path MODEL = Checkout.testModel("training");

  @TempDir Path folder;
  private JsonObject results = new JsonObject();
  private Path file = Path.of("");

  @BeforeEach
  void convert() throws IOException {
    results =
        JsonParser.parseString(Files.readString(MODEL.resolve("results.json"))).getAsJsonObject();
    file = folder.resolve("model.tflite");
    Signet.convert(ConversionOptions.of(MODEL), file);
  }

  private static float train(Interpreter interpreter) {
    Tensor ids = Tensor.of(new int[] {0, 2, 5, 2});
    Tensor label = Tensor.of(new int[] {1, 0, 1, 1});
    var run = interpreter.signatureRunner("train").run(Map.of("ids", ids, "label", label));
    return Values.floats(run, "loss")[0];
  }

  private void checkLogits(Interpreter interpreter, int steps) {
    Tensor ids = Tensor.of(new int[] {0, 1, 2, 3, 4, 5});
    var run = interpreter.signatureRunner("infer").run(Map.of("ids", ids));
    assertThat(Values.get(run, "steps").longs()).containsExactly(steps);
    float[] logits = Values.floats(run, "logits");
    JsonArray expected = results.getAsJsonArray("logits").get(steps).getAsJsonArray();
    for (int i = 0; i < expected.size(); i++) {
      assertThat(logits[i]).isCloseTo(expected.get(i).getAsFloat(), within(2e-6f));
    }
  }

  private static void call(Interpreter interpreter, String key, Path path) {
    interpreter.signatureRunner(key).run(Map.of("path", Tensor.scalar(path.toString())));
  }

  @Test
  void stepsAreTensorFlowsSteps() {
    try (Interpreter interpreter = new Interpreter(file)) {
      for (int step = 0; step < 4; step++) {
        checkLogits(interpreter, step);
        float expected = results.getAsJsonArray("loss").get(step).getAsFloat();
        assertThat(train(interpreter)).isCloseTo(expected, within(1e-6f));
      }
    }
  }

  /** Each as in TensorFlow's files, and read again by a session that has learned nothing. */
  @ParameterizedTest
  @CsvSource({"save, restore", "save_first, restore_first"})
  void whatASessionSavedAnotherRestores(String save, String restore) {
    Path checkpoint = folder.resolve("made/for/it/checkpoint");
    try (Interpreter interpreter = new Interpreter(file)) {
      train(interpreter);
      train(interpreter);
      call(interpreter, save, checkpoint);
    }
    try (Interpreter interpreter = new Interpreter(file)) {
      call(interpreter, restore, checkpoint);
      checkLogits(interpreter, 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"restore, second", "restore_first, first", "restore, first"})
  void tensorFlowsCheckpointsAreRestored(String restore, String checkpoint) {
    try (Interpreter interpreter = new Interpreter(file)) {
      call(interpreter, restore, MODEL.resolve(checkpoint));
      checkLogits(interpreter, 2);
    }
  }

  @Test
  void aCheckpointHasTensorFlowsBytes() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    try (Interpreter interpreter = new Interpreter(file)) {
      call(interpreter, "restore", MODEL.resolve("second"));
      call(interpreter, "save", checkpoint);
    }
    String data = ".data-00000-of-00001";
    assertThat(Path.of(checkpoint + data)).hasSameBinaryContentAs(MODEL.resolve("second" + data));
    try (CheckpointBundle bundle = CheckpointBundle.open(checkpoint)) {
      assertThat(bundle.keys()).containsExactly("b", "steps", "table", "w");
    }
  }

  @Test
  void aCheckpointThatIsNotThereChangesNothing() {
    try (Interpreter interpreter = new Interpreter(file)) {
      assertThatThrownBy(() -> call(interpreter, "restore", folder.resolve("none")))
          .isInstanceOf(SignetException.class)
          .hasMessageContaining("none.index is missing");
      checkLogits(interpreter, 0);
    }
  }

  /** Restoring assigns two variables before it finds that there is no third. */
  @Test
  void aCallThatFailsInTheMiddleChangesNothing() {
    Path incomplete = folder.resolve("incomplete");
    SliceFile.write(
        incomplete,
        Map.of("table", Tensor.zeros(DType.FLOAT32, 6, 3), "w", Tensor.zeros(DType.FLOAT32, 3, 2)));
    try (Interpreter interpreter = new Interpreter(file)) {
      for (int steps = 0; steps < 2; steps++) {
        assertThatThrownBy(() -> call(interpreter, "restore_first", incomplete))
            .isInstanceOf(SignetException.class)
            .hasMessageContaining("Key b not found in checkpoint");
        checkLogits(interpreter, steps);
        train(interpreter);
      }
    }
  }
}

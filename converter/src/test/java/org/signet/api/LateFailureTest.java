package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.session.Interpreter;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.testing.Values;
import org.signet.type.DType;

/**
 * Calls that fail after they have changed variables, tables and a queue, each in several ways: all
 * is then as it was before them, and the next call does what TensorFlow does in such a state.
 */
class LateFailureTest {
  private static final Path MODEL = Checkout.testModel("late_failure");
  private static final byte[] BROKEN = {'a', (byte) 0xFF};

  @TempDir Path folder;

  @Test
  void changesNothing() throws IOException {
    Path file = folder.resolve("model.tflite");
    Signet.convert(ConversionOptions.of(MODEL), file);
    JsonArray results =
        JsonParser.parseString(Files.readString(MODEL.resolve("results.json"))).getAsJsonArray();
    try (Interpreter interpreter = new Interpreter(file)) {
      check(interpreter, results.get(0));
      fail(interpreter);
      check(interpreter, results.get(0));
      interpreter.signatureRunner("flex").run(text("a".getBytes(StandardCharsets.UTF_8)));
      check(interpreter, results.get(1));
      fail(interpreter);
      check(interpreter, results.get(1));
      interpreter.signatureRunner("builtin").run(Map.of("row", Tensor.scalar(1)));
      check(interpreter, results.get(2));
    }
  }

  private static void fail(Interpreter interpreter) {
    refused(interpreter, "flex", text(BROKEN));
    refused(interpreter, "builtin", Map.of("row", Tensor.scalar(7)));
  }

  private static void refused(Interpreter interpreter, String key, Map<String, Tensor> inputs) {
    SignetException e =
        catchThrowableOfType(
            SignetException.class, () -> interpreter.signatureRunner(key).run(inputs));
    assertThat(e).as("it runs").isNotNull();
    assertThat(e.code()).as(e.toString()).isEqualTo(Code.OP_FAILED);
  }

  private static Map<String, Tensor> text(byte[] text) {
    return Map.of("text", Tensor.wrap(DType.STRING, new byte[][] {text}));
  }

  /** Compares what is there with what TensorFlow gave. */
  private static void check(Interpreter interpreter, JsonElement recorded) {
    JsonObject expected = recorded.getAsJsonObject();
    Map<String, Tensor> state = interpreter.signatureRunner("get").run(Map.of());
    for (String name : expected.keySet()) {
      List<String> elements = new ArrayList<>();
      collect(expected.get(name), elements);
      assertThat(texts(Values.get(state, name))).as(name).isEqualTo(elements);
    }
    assertThat(state).hasSameSizeAs(expected.keySet());
  }

  private static void collect(JsonElement json, List<String> elements) {
    if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(element -> collect(element, elements));
    } else {
      elements.add(json.getAsString());
    }
  }

  private static List<String> texts(Tensor tensor) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < tensor.size(); i++) {
      texts.add(
          switch (tensor.dtype()) {
            case STRING -> new String(tensor.strings()[i], StandardCharsets.UTF_8);
            case FLOAT32 -> String.valueOf(tensor.getDouble(i));
            default -> String.valueOf(tensor.getLong(i));
          });
    }
    return texts;
  }
}

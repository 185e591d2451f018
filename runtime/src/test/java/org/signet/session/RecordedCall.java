package org.signet.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.signet.model.TfliteModel;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** A call with TensorFlow's results, as make_models.py records them, and the model it is of. */
record RecordedCall(String signature, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {

  /** The tensor of that name, which must be there. */
  static Tensor get(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  static byte[] modelBytes(String model) {
    return resource(model + ".tflite");
  }

  static TfliteModel model(String model) {
    return TfliteModel.of(modelBytes(model));
  }

  private static byte[] resource(String name) {
    try (InputStream in = RecordedCall.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<RecordedCall> of(String model) {
    List<RecordedCall> calls = new ArrayList<>();
    String text = new String(resource(model + ".json"), StandardCharsets.UTF_8);
    for (JsonElement element : JsonParser.parseString(text).getAsJsonArray()) {
      JsonObject call = element.getAsJsonObject();
      calls.add(
          new RecordedCall(
              call.get("signature").getAsString(),
              tensors(call.getAsJsonObject("inputs")),
              tensors(call.getAsJsonObject("outputs"))));
    }
    return calls;
  }

  private static Map<String, Tensor> tensors(JsonObject json) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    json.entrySet()
        .forEach(entry -> tensors.put(entry.getKey(), tensor(entry.getValue().getAsJsonObject())));
    return tensors;
  }

  private static Tensor tensor(JsonObject json) {
    List<JsonElement> values = json.getAsJsonArray("values").asList();
    DType dtype = DType.ofName(json.get("dtype").getAsString()).orElseThrow();
    int[] shape =
        json.getAsJsonArray("shape").asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < values.size(); i++) {
      JsonElement value = values.get(i);
      switch (dtype) {
        case FLOAT32 -> tensor.floats()[i] = value.getAsFloat();
        case BOOL -> tensor.setLong(i, value.getAsBoolean() ? 1 : 0);
        case STRING -> tensor.strings()[i] = value.getAsString().getBytes(StandardCharsets.UTF_8);
        default -> tensor.setLong(i, value.getAsLong());
      }
    }
    return tensor;
  }
}

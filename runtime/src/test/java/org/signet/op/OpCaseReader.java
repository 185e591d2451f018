package org.signet.op;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Quantization;
import org.signet.type.Shape;

/**
 * Reads a file of op cases: JSON, as {@code op_cases.py} writes it.
 *
 * <pre>{@code
 * {"cases": [
 *   {"name": "float32 broadcast",
 *    "op": "LeakyRelu",
 *    "attributes": {"T": {"type": "float32"}, "alpha": {"float": 0.2}},
 *    "operands": [{"dtype": "float32", "shape": [2], "values": [-1, "inf"]}, null],
 *    "results": [{"dtype": "float32", "shape": [2], "values": [-0.2, "inf"]}],
 *    "tolerance": [1e-5, 1e-6],
 *    "builtins": [{"op": "LEAKY_RELU", "attributes": {"alpha": {"float": 0.2}}}]}
 * ]}
 * }</pre>
 *
 * <ul>
 *   <li>{@code op}: a TensorFlow op. Its case also gives one for each entry of {@code builtins}:
 *       that TFLite builtin must compute the same; an entry may have {@code operands}, {@code
 *       results}, {@code tolerance} or {@code fails} of its own where they differ.
 *   <li>{@code builtin_only}: true where {@code op} is itself a TFLite builtin.
 *   <li>{@code attributes}: a JSON boolean, string or integer, an array of such, or an object
 *       {@code {"float": 0.2}}, {@code {"double": 0.2}}, {@code {"type": "int32"}}, {@code
 *       {"shape": [2, -1]}} (null: unknown rank), {@code {"tensor": ...}}, {@code {"function":
 *       "name"}}, {@code {"base64": "..."}} (bytes that are not UTF-8).
 *   <li>tensors: {@code values} in row-major order; numbers, or {@code "nan"}, {@code "inf"},
 *       {@code "-inf"}; booleans; strings, or {@code {"base64": "..."}}; complex numbers as twice
 *       as many numbers. {@code base64} in place of {@code values}: the little-endian bytes. An
 *       absent optional operand is null.
 *   <li>{@code quantization} of a tensor: {@code {"scale": [0.5], "zero_point": [3], "axis": 0}}.
 *   <li>{@code after}: what operands that are variables hold after the call, by their number.
 *   <li>{@code declared}: true if the types of the results are the model's choice.
 *   <li>{@code tolerance}: relative and absolute; without it the accuracy of the definition counts.
 *   <li>{@code fails}: true if the call must be refused with an {@link IllegalArgumentException};
 *       there are no results then.
 * </ul>
 */
public final class OpCaseReader {
  private OpCaseReader() {}

  /** The files of a folder that hold op cases, packed ones too; in alphabetical order. */
  public static List<Path> files(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> path.toString().matches(".*_cases[.]json([.]gz)?"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<OpCase> read(Path file) {
    List<OpCase> cases = new ArrayList<>();
    for (JsonElement element : json(file).getAsJsonArray("cases")) {
      addCases(element.getAsJsonObject(), cases);
    }
    return cases;
  }

  /**
   * Calls that TFLite accepts, but whose results mean nothing.
   *
   * @param calls the types of their operands, and what else tells them apart
   */
  public record LeftOut(String op, String reason, List<String> calls) {}

  /** What a file says it leaves out. */
  public static List<LeftOut> leftOut(Path file) {
    JsonArray entries = json(file).getAsJsonArray("left_out");
    return entries == null
        ? List.of()
        : entries.asList().stream().map(entry -> leftOut(entry.getAsJsonObject())).toList();
  }

  private static LeftOut leftOut(JsonObject entry) {
    return new LeftOut(
        entry.get("op").getAsString(),
        entry.get("reason").getAsString(),
        entry.getAsJsonArray("calls").asList().stream().map(JsonElement::getAsString).toList());
  }

  /** A file's content, unpacked if it is packed. */
  static JsonObject json(Path file) {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        Reader reader = new InputStreamReader(plain, StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(new BufferedReader(reader)).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addCases(JsonObject json, List<OpCase> cases) {
    String name = json.get("name").getAsString();
    String op = json.get("op").getAsString();
    OpKey key = json.has("builtin_only") ? OpKey.builtin(op) : OpKey.tf(op);
    cases.add(opCase(name, key, json, json));
    if (json.has("builtins")) {
      for (JsonElement element : json.getAsJsonArray("builtins")) {
        JsonObject builtin = element.getAsJsonObject();
        OpKey builtinKey = OpKey.builtin(builtin.get("op").getAsString());
        cases.add(opCase(name + " of " + op, builtinKey, builtin, json));
      }
    }
  }

  /**
   * A case of {@code own}, which takes from {@code shared} all but the attributes where it has
   * nothing of its own.
   */
  private static OpCase opCase(String name, OpKey key, JsonObject own, JsonObject shared) {
    boolean fails = own.has("fails") ? own.get("fails").getAsBoolean() : shared.has("fails");
    JsonElement tolerance = own.has("tolerance") ? own.get("tolerance") : shared.get("tolerance");
    JsonArray operands = (own.has("operands") ? own : shared).getAsJsonArray("operands");
    JsonArray results =
        fails ? new JsonArray() : (own.has("results") ? own : shared).getAsJsonArray("results");
    return new OpCase(
        name,
        key,
        own.has("attributes") ? attributes(own.getAsJsonObject("attributes")) : Attributes.NONE,
        operands(operands),
        results(results),
        fails,
        quantizations(operands),
        quantizations(results),
        own.has("after") ? after(own.getAsJsonObject("after")) : Map.of(),
        own.has("declared"),
        Optional.ofNullable(tolerance)
            .map(JsonElement::getAsJsonArray)
            .map(OpCaseReader::accuracy));
  }

  static Accuracy accuracy(JsonArray json) {
    return new Accuracy(json.get(0).getAsDouble(), json.get(1).getAsDouble());
  }

  private static List<Optional<Tensor>> operands(JsonArray json) {
    List<Optional<Tensor>> tensors = new ArrayList<>();
    for (JsonElement element : json) {
      tensors.add(
          element.isJsonNull() ? Optional.empty() : Optional.of(tensor(element.getAsJsonObject())));
    }
    return tensors;
  }

  private static List<Tensor> results(JsonArray json) {
    return operands(json).stream().map(Optional::orElseThrow).toList();
  }

  private static List<Quantization> quantizations(JsonArray json) {
    return json.asList().stream().map(OpCaseReader::quantization).toList();
  }

  private static Quantization quantization(JsonElement json) {
    if (!(json instanceof JsonObject tensor) || !tensor.has("quantization")) {
      return Quantization.NONE;
    }
    JsonObject quantization = tensor.getAsJsonObject("quantization");
    return new Quantization(
        quantization.getAsJsonArray("scale").asList().stream()
            .map(JsonElement::getAsFloat)
            .toList(),
        quantization.getAsJsonArray("zero_point").asList().stream()
            .map(JsonElement::getAsLong)
            .toList(),
        quantization.get("axis").getAsInt());
  }

  private static Map<Integer, Tensor> after(JsonObject json) {
    Map<Integer, Tensor> after = new TreeMap<>();
    json.asMap()
        .forEach((operand, value) ->
            after.put(Integer.valueOf(operand), tensor(value.getAsJsonObject())));
    return after;
  }

  static Attributes attributes(JsonObject json) {
    Attributes attributes = Attributes.NONE;
    for (String name : json.keySet()) {
      attributes = attributes.with(name, attribute(json.get(name)));
    }
    return attributes;
  }

  private static Object attribute(JsonElement json) {
    if (json instanceof JsonPrimitive primitive) {
      return primitive.isBoolean()
          ? primitive.getAsBoolean()
          : primitive.isString() ? (Object) primitive.getAsString() : primitive.getAsLong();
    }
    if (json instanceof JsonArray array) {
      return array.asList().stream().map(OpCaseReader::attribute).toList();
    }
    JsonObject object = json.getAsJsonObject();
    String kind = object.keySet().iterator().next();
    JsonElement value = object.get(kind);
    return switch (kind) {
      case "float" -> (float) number(value);
      case "double" -> number(value);
      case "type" -> dtype(value);
      case "shape" -> value.isJsonNull() ? Shape.unknownRank() : Shape.of(ints(value));
      case "tensor" -> tensor(value.getAsJsonObject());
      case "function" -> new Attributes.FunctionRef(value.getAsString(), Attributes.NONE);
      case "base64" -> new Attributes.Bytes(Base64.getDecoder().decode(value.getAsString()));
      default -> throw new IllegalArgumentException("no kind of attribute: " + kind);
    };
  }

  private static DType dtype(JsonElement json) {
    return DType.ofName(json.getAsString()).orElseThrow();
  }

  private static int[] ints(JsonElement json) {
    return json.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  private static double number(JsonElement json) {
    return switch (json.getAsString()) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> json.getAsDouble();
    };
  }

  static Tensor tensor(JsonObject json) {
    DType dtype = dtype(json.get("dtype")).carrier(); // as models hold it
    Tensor tensor = Tensor.zeros(dtype, ints(json.get("shape")));
    if (json.has("base64")) {
      fill(tensor, Base64.getDecoder().decode(json.get("base64").getAsString()));
      return tensor;
    }
    JsonArray values = json.getAsJsonArray("values");
    Shapes.require(
        values.size() == tensor.size() * Tensor.lanes(dtype),
        "%s values for %s",
        values.size(),
        tensor.type());
    for (int i = 0; i < values.size(); i++) {
      set(tensor, i, values.get(i));
    }
    return tensor;
  }

  private static void set(Tensor tensor, int i, JsonElement value) {
    switch (tensor.dtype()) {
      case COMPLEX64 -> tensor.floats()[i] = (float) number(value);
      case COMPLEX128 -> tensor.doubles()[i] = number(value);
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> tensor.setDouble(i, number(value));
      case BOOL -> tensor.setLong(i, value.getAsBoolean() ? 1 : 0);
      case STRING -> tensor.strings()[i] = string(value);
      default -> tensor.setLong(i, value.getAsBigInteger().longValue());
    }
  }

  private static byte[] string(JsonElement value) {
    return value instanceof JsonObject object
        ? Base64.getDecoder().decode(object.get("base64").getAsString())
        : value.getAsString().getBytes(StandardCharsets.UTF_8);
  }

  private static void fill(Tensor tensor, byte[] data) {
    ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    switch (tensor.array()) {
      case float[] a -> buffer.asFloatBuffer().get(a);
      case double[] a -> buffer.asDoubleBuffer().get(a);
      case byte[] a -> buffer.get(a);
      case short[] a -> buffer.asShortBuffer().get(a);
      case int[] a -> buffer.asIntBuffer().get(a);
      case long[] a -> buffer.asLongBuffer().get(a);
      default -> throw new IllegalArgumentException("no raw bytes for " + tensor.dtype());
    }
  }
}

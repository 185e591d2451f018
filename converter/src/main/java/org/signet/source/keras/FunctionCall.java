package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.signet.diag.SignetException;
import org.signet.type.DType;

/**
 * A function called on tensors of a model's graph, under the name that {@code keras.ops} has for
 * it.
 *
 * @param call what it is called with
 * @param name such as {@code reshape}
 */
record FunctionCall(LayerCall call, String name) {
  GraphOps ops() {
    return call.ops();
  }

  boolean keras2() {
    return call.keras2();
  }

  SignetException refused() {
    return call.unsupported("the function '" + name + "' can't be converted as it is used");
  }

  /** The argument at a position, or of one of these names. */
  Argument operand(int position, String... names) {
    return find(position, names).orElseThrow(this::refused);
  }

  private Optional<Argument> find(int position, String... names) {
    Optional<Argument> found = call.arguments().find(position, names.length > 0 ? names[0] : "");
    for (String name : names) {
      found = found.or(() -> call.arguments().find(Integer.MAX_VALUE, name));
    }
    return found;
  }

  /** The first tensor. */
  KerasTensor x() {
    return first().tensors().findFirst().orElseThrow(this::refused);
  }

  /** The first argument. */
  Argument first() {
    return call.arguments().positional().stream()
        .findFirst()
        .or(() -> call.arguments().named().values().stream().findFirst())
        .orElseThrow(this::refused);
  }

  /** The tensors of the first argument, a list. */
  List<KerasTensor> tensors() {
    return call.arguments().positional().stream().flatMap(Argument::tensors).toList();
  }

  /** A setting, which the call or the function as an object gives. */
  Optional<Argument> parameter(String... names) {
    return Stream.of(names)
        .flatMap(name ->
            call
                .arguments()
                .find(Integer.MAX_VALUE, name)
                .or(() -> call.config().find(name).map(CallReader::literal))
                .stream())
        .findFirst();
  }

  Optional<int[]> integers(String... names) {
    return parameter(names).map(this::integers);
  }

  private int[] integers(Argument value) {
    return value instanceof Argument.Items(List<Argument> items)
        ? items.stream().mapToInt(this::integer).toArray()
        : new int[] {integer(value)};
  }

  private int integer(Argument value) {
    if (value instanceof Argument.Json(JsonElement json)
        && json instanceof JsonPrimitive number
        && number.isNumber()
        && number.getAsDouble() == Math.rint(number.getAsDouble())) {
      return number.getAsInt();
    }
    throw refused();
  }

  int integer(String name, int fallback) {
    return integers(name).map(values -> values[0]).orElse(fallback);
  }

  double number(double fallback, String... names) {
    return parameter(names).map(this::number).orElse(fallback);
  }

  double number(Argument value) {
    if (value instanceof Argument.Json(JsonElement json)
        && json instanceof JsonPrimitive number
        && !number.isBoolean()) {
      return number.getAsDouble(); // a text such as Infinity, too
    }
    throw refused();
  }

  boolean flag(String name) {
    Optional<Argument> value = parameter(name);
    return value.isPresent()
        && value.get() instanceof Argument.Json(JsonElement json)
        && json instanceof JsonPrimitive flag
        && flag.getAsBoolean();
  }

  Optional<String> text(String... names) {
    return parameter(names)
        .map(value -> {
          if (value instanceof Argument.Json(JsonElement json)
              && json instanceof JsonPrimitive text) {
            return text.getAsString();
          }
          throw refused();
        });
  }

  Optional<DType> dtype(String... names) {
    return text(names).map(name -> DType.ofName(name).orElseThrow(this::refused));
  }

  /** The arguments by name that are plain values. */
  JsonObject keywords() {
    JsonObject object = new JsonObject();
    call.arguments()
        .named()
        .forEach((key, value) -> {
          if (value instanceof Argument.Json(JsonElement json)) {
            object.add(key, json);
          }
        });
    return object;
  }

  /** The dimensions to work on: all of them if no {@code axis} is given. */
  int[] axes(KerasTensor x) {
    return integers("axis")
        .map(axes -> Arrays.stream(axes).map(x::axis).toArray())
        .orElseGet(() -> IntStream.range(0, x.rank()).toArray());
  }

  /** An argument as a tensor of this type; numbers become a constant. */
  KerasTensor value(Argument argument, DType dtype) {
    return argument instanceof Argument.Symbolic(KerasTensor tensor)
        ? ops().cast(tensor, dtype)
        : ops().graph().constant(PreprocessingLayers.tensor(json(argument), dtype));
  }

  /** An argument as a tensor; fractions become float32, whole numbers int32. */
  KerasTensor value(Argument argument) {
    if (argument instanceof Argument.Symbolic(KerasTensor tensor)) {
      return tensor;
    }
    Optional<DType> declared =
        argument instanceof Argument.Array(JsonElement _, String dtype)
            ? DType.ofName(dtype)
            : Optional.empty();
    DType fallback = isFraction(argument) ? DType.FLOAT32 : DType.INT32;
    return value(argument, declared.orElse(fallback));
  }

  /** Whether an argument is, or holds, numbers that are not whole. */
  boolean isFraction(Argument argument) {
    return switch (argument) {
      case Argument.Array(JsonElement _, String dtype) when DType.ofName(dtype).isPresent() ->
          DType.ofName(dtype).get().isFloating();
      case Argument.Symbolic(KerasTensor tensor) -> tensor.dtype().isFloating();
      default -> json(argument).toString().matches("(?s).*[.eENI].*");
    };
  }

  /** Numbers, alone or in lists. */
  JsonElement json(Argument argument) {
    return switch (argument) {
      case Argument.Array(JsonElement values, String _) -> values;
      case Argument.Json(JsonElement json) when json instanceof JsonPrimitive -> json;
      case Argument.Items(List<Argument> items) -> {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(json(item)));
        yield array;
      }
      default -> throw refused();
    };
  }
}

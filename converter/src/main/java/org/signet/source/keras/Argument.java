package org.signet.source.keras;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a layer or operation is called with. */
sealed interface Argument {
  /** A tensor of the model. */
  record Symbolic(KerasTensor tensor) implements Argument {}

  /** A list or tuple. */
  record Items(List<Argument> items) implements Argument {}

  /** A dictionary, by key. */
  record Named(SortedMap<String, Argument> items) implements Argument {}

  /** {@code start:stop:step}; what is left out is {@link Json} of null. */
  record Slice(Argument start, Argument stop, Argument step) implements Argument {}

  /** {@code ...} in an index. */
  record Ellipsis() implements Argument {}

  /** An array, as nested lists. */
  record Array(JsonElement values, String dtype) implements Argument {}

  /** A plain value, null included. */
  record Json(JsonElement value) implements Argument {}

  /** All tensors in it, in the order of Keras's {@code tree.flatten}. */
  default Stream<KerasTensor> tensors() {
    return switch (this) {
      case Symbolic(KerasTensor tensor) -> Stream.of(tensor);
      case Items(List<Argument> items) -> items.stream().flatMap(Argument::tensors);
      case Named(SortedMap<String, Argument> items) ->
          items.values().stream().flatMap(Argument::tensors);
      case Slice _, Ellipsis _, Array _, Json _ -> Stream.of();
    };
  }

  /** The same with other tensors. */
  default Argument map(UnaryOperator<KerasTensor> function) {
    return switch (this) {
      case Symbolic(KerasTensor tensor) -> new Symbolic(function.apply(tensor));
      case Items(List<Argument> items) ->
          new Items(items.stream().map(item -> item.map(function)).toList());
      case Named(SortedMap<String, Argument> items) -> {
        SortedMap<String, Argument> mapped = new TreeMap<>();
        items.forEach((name, item) -> mapped.put(name, item.map(function)));
        yield new Named(mapped);
      }
      case Slice _, Ellipsis _, Array _, Json _ -> this;
    };
  }

  /** Whether it is Python's {@code None}. */
  default boolean isNone() {
    return this instanceof Json(JsonElement value) && value.isJsonNull();
  }

  static Argument of(List<KerasTensor> tensors) {
    return tensors.size() == 1
        ? new Symbolic(tensors.getFirst())
        : new Items(tensors.stream().<Argument>map(Symbolic::new).toList());
  }
}

package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The arguments of one call.
 *
 * @param positional by position
 * @param named by name
 */
record Arguments(List<Argument> positional, Map<String, Argument> named) {
  static Arguments of(List<KerasTensor> inputs) {
    return new Arguments(List.of(Argument.of(inputs)), Map.of());
  }

  /** An argument by position or name; empty if it is not given or {@code None}. */
  Optional<Argument> find(int position, String name) {
    Argument argument = position < positional.size() ? positional.get(position) : named.get(name);
    return Optional.ofNullable(argument).filter(value -> !value.isNone());
  }

  /** The same with other tensors. */
  Arguments map(UnaryOperator<KerasTensor> function) {
    Map<String, Argument> mapped = new TreeMap<>();
    named.forEach((name, argument) -> mapped.put(name, argument.map(function)));
    return new Arguments(
        positional.stream().map(argument -> argument.map(function)).toList(), mapped);
  }

  /** Whether a flag is given and true. */
  boolean isTrue(int position, String name) {
    return find(position, name)
        .filter(value ->
            value instanceof Argument.Json(JsonElement json)
                && json instanceof JsonPrimitive flag
                && flag.isBoolean()
                && flag.getAsBoolean())
        .isPresent();
  }
}

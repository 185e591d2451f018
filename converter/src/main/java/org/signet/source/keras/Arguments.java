package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

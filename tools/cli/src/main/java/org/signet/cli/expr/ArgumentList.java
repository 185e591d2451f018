package org.signet.cli.expr;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.type.DType;

/**
 * The arguments of a call.
 *
 * @param function what is called
 * @param positional those known by their position
 * @param named those known by their name
 */
record ArgumentList(String function, List<Value> positional, Map<String, Value> named) {
  /**
   * Checks that there are no others.
   *
   * @param most how many may be known by position
   * @param names of those that may be known by name
   * @throws IllegalArgumentException if there are
   */
  ArgumentList takes(int most, String... names) {
    if (positional.size() > most) {
      throw new IllegalArgumentException(
          function + " takes " + most + " arguments, not " + positional.size());
    }
    for (String name : named.keySet()) {
      if (!Set.of(names).contains(name)) {
        throw new IllegalArgumentException(function + " takes no argument '" + name + "' here");
      }
    }
    return this;
  }

  /** The argument of a name or, if it is not −1, a position. */
  Optional<Value> find(String name, int position) {
    boolean placed = position >= 0 && position < positional.size();
    if (placed && named.containsKey(name)) {
      throw new IllegalArgumentException(function + " gets '" + name + "' twice");
    }
    return placed ? Optional.of(positional.get(position)) : Optional.ofNullable(named.get(name));
  }

  /**
   * @throws IllegalArgumentException if it is missing
   */
  Value get(String name, int position) {
    return find(name, position)
        .orElseThrow(() -> new IllegalArgumentException(function + " needs '" + name + "'"));
  }

  long integer(String name, int position, long otherwise) {
    return find(name, position).map(Arrays::integer).orElse(otherwise);
  }

  double real(String name, int position, double otherwise) {
    return find(name, position).map(Arrays::real).orElse(otherwise);
  }

  /** A type: {@code np.float32}, {@code float} or {@code 'float32'}. */
  Optional<DType> dtype(String name, int position) {
    return find(name, position)
        .map(value ->
            switch (value) {
              case Value.Type(var dtype) -> dtype;
              case Value.Text(var text) when NumpyFunctions.type(text).isPresent() ->
                  NumpyFunctions.type(text).get();
              default ->
                  throw new IllegalArgumentException(
                      "'" + name + "' must be a type, such as np.float32, not " + value.kind());
            });
  }
}

package org.signet.reader;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.signet.type.TensorType;

/** What a trace of a function was made for: an argument, or the result. */
public sealed interface ArgumentValue {
  /**
   * Any tensor of a type.
   *
   * @param name the name of the {@code TensorSpec}; may be empty
   * @param type the type
   */
  record AnyTensor(String name, TensorType type) implements ArgumentValue {
    /** {@code float32[?, 4] 'x'}. */
    @Override
    public String toString() {
      return name.isEmpty() ? type.toString() : type + " '" + name + "'";
    }
  }

  /**
   * A Python value, which is part of the trace.
   *
   * @param type its Python type, such as {@code bool}
   * @param text as Python writes it: {@code True}
   */
  record Constant(String type, String text) implements ArgumentValue {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A list or tuple.
   *
   * @param tuple whether it is a tuple
   * @param items in order
   */
  record Sequence(boolean tuple, List<ArgumentValue> items) implements ArgumentValue {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      String text = items.stream().map(ArgumentValue::toString).collect(Collectors.joining(", "));
      return tuple ? "(" + text + ")" : "[" + text + "]";
    }
  }

  /**
   * A dictionary or named tuple.
   *
   * @param name the class of a named tuple; empty for a dictionary
   * @param entries in order
   */
  record Dictionary(String name, Map<String, ArgumentValue> entries) implements ArgumentValue {
    public Dictionary {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String toString() {
      return name
          + entries.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + entry.getValue())
              .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /**
   * A tensor of several parts, such as a ragged one.
   *
   * @param specClass the class of its spec, {@code RaggedTensorSpec}
   * @param state what the spec says
   */
  record Composite(String specClass, ArgumentValue state) implements ArgumentValue {
    @Override
    public String toString() {
      return specClass + state;
    }
  }
}

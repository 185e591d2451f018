package org.signet.cli;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.signet.golden.Json;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** A tensor's elements as nested lists. */
final class TensorText {
  private final Tensor tensor;
  private int at;

  private TensorText(Tensor tensor) {
    this.tensor = tensor;
  }

  /**
   * The elements as values of JSON: complex numbers as pairs, strings that are not UTF-8 as objects
   * with {@code base64}.
   */
  static Object values(Tensor tensor) {
    return new TensorText(tensor).values(0);
  }

  private Object values(int depth) {
    if (depth == tensor.rank()) {
      return element(at++);
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < tensor.dim(depth); i++) {
      items.add(values(depth + 1));
    }
    return items;
  }

  private Object element(int i) {
    DType dtype = tensor.dtype();
    return switch (dtype) {
      case STRING -> string(tensor.strings()[i]);
      case BOOL -> tensor.getBoolean(i);
      case FLOAT32 -> tensor.floats()[i];
      case COMPLEX64 -> List.of(tensor.floats()[2 * i], tensor.floats()[2 * i + 1]);
      case COMPLEX128 -> List.of(tensor.doubles()[2 * i], tensor.doubles()[2 * i + 1]);
      case RESOURCE, VARIANT -> Json.NULL;
      case UINT64 -> new BigInteger(Long.toUnsignedString(tensor.longs()[i]));
      // Without the cast Java would make a double of both.
      default -> dtype.isFloating() ? (Object) tensor.getDouble(i) : tensor.getLong(i);
    };
  }

  private static Object string(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Map.of("base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** The elements on one line, {@code [[1.0, 2.0]]}; no more than {@code most} of them. */
  static String line(Tensor tensor, int most) {
    if (tensor.size() > most) {
      return "(" + tensor.size() + " elements)";
    }
    StringBuilder text = new StringBuilder();
    append(values(tensor), text);
    return text.toString();
  }

  private static void append(Object value, StringBuilder text) {
    switch (value) {
      case List<?> items -> {
        text.append('[');
        for (int i = 0; i < items.size(); i++) {
          text.append(i == 0 ? "" : ", ");
          append(items.get(i), text);
        }
        text.append(']');
      }
      case String string ->
          text.append('"')
              .append(string.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
              .append('"');
      default -> text.append(value);
    }
  }
}

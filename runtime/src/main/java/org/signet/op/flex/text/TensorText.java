package org.signet.op.flex.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** A tensor as TensorFlow's {@code tf.print} and StringFormat write it. */
final class TensorText {
  /** Decimal digits that either type always holds. */
  private static final int FLOAT_DIGITS = 6;

  private static final int DOUBLE_DIGITS = 15;

  private final Tensor tensor;
  private final int[] shape;
  private final int shown;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /**
   * @param shown how many entries are written at each end of a dimension; negative for all
   */
  TensorText(Tensor tensor, int shown) {
    this.tensor = tensor;
    this.shape = tensor.shape();
    this.shown = shown < 0 ? tensor.size() : Math.min(shown, tensor.size());
  }

  byte[] bytes() {
    if (shape.length == 0 && shown == 0) {
      put("...");
    } else {
      write(0, 0);
    }
    return out.toByteArray();
  }

  private void put(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A string between quotes; UTF-8 stays as it is. */
  private void quote(byte[] bytes) {
    put("\"");
    for (byte b : bytes) {
      switch (b) {
        case '\n' -> put("\\n");
        case '\r' -> put("\\r");
        case '\t' -> put("\\t");
        case '"', '\'', '\\' -> put("\\" + (char) b);
        default -> {
          if ((b >= 0 && b < ' ') || b == 0x7F) {
            put(String.format(Locale.ROOT, "\\%03o", b));
          } else {
            out.write(b);
          }
        }
      }
    }
    put("\"");
  }

  private void write(int axis, int at) {
    if (axis == shape.length) {
      element(at);
      return;
    }
    int size = shape[axis];
    int stride = Shapes.product(shape, axis + 1, shape.length);
    put("[");
    for (int i = 0; i < Math.min(shown, size); i++) {
      separate(axis, i > 0);
      write(axis + 1, at + i * stride);
    }
    if (size > 2 * shown) {
      separate(axis, true);
      put("...");
    }
    for (int i = Math.max(shown, size - shown); i < size; i++) {
      separate(axis, true);
      write(axis + 1, at + i * stride);
    }
    put("]");
  }

  private void separate(int axis, boolean needed) {
    if (needed) {
      int inner = shape.length - 1 - axis;
      put(inner == 0 ? " " : "\n".repeat(inner) + " ".repeat(axis + 1));
    }
  }

  private void element(int i) {
    switch (tensor.dtype()) {
      case STRING -> quote(tensor.strings()[i]);
      case BOOL -> put(tensor.getBoolean(i) ? "1" : "0");
      case FLOAT32, FLOAT16, BFLOAT16 -> put(real((float) tensor.getDouble(i)));
      case FLOAT64 -> put(real(tensor.doubles()[i]));
      case COMPLEX64, COMPLEX128 -> put("?");
      case UINT64 -> put(Long.toUnsignedString(tensor.longs()[i]));
      case RESOURCE, VARIANT -> throw new IllegalArgumentException("no text for " + DType.VARIANT);
      default -> put(String.valueOf(tensor.getLong(i)));
    }
  }

  /** As few digits as read back the same number, of two choices. */
  private static String real(float value) {
    String text = real(value, FLOAT_DIGITS);
    return reads(value) && Float.parseFloat(text) != value ? real(value, FLOAT_DIGITS + 3) : text;
  }

  private static String real(double value) {
    String text = real(value, DOUBLE_DIGITS);
    return reads(value) && Double.parseDouble(text) != value
        ? real(value, DOUBLE_DIGITS + 2)
        : text;
  }

  private static boolean reads(double value) {
    return Double.isFinite(value);
  }

  private static String real(double value, int digits) {
    boolean negative = Double.doubleToRawLongBits(value) < 0 && !Double.isNaN(value);
    return new PrintfFormat(PrintfFormat.NO_FLAG, -1, digits).real(negative, Math.abs(value), 'g');
  }
}

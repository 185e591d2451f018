package org.signet.golden.compare;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.signet.golden.Tolerance;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Compares two tensors: element type and shape, then the elements. Strings, integers and booleans
 * must be equal, floating and complex numbers within a tolerance; NaN equals NaN.
 */
public final class TensorComparison {
  private final Tensor expected;
  private final Tensor actual;
  private final Tolerance tolerance;

  private TensorComparison(Tensor expected, Tensor actual, Tolerance tolerance) {
    this.expected = expected;
    this.actual = actual;
    this.tolerance = tolerance;
  }

  public static TensorVerdict compare(Tensor expected, Tensor actual, Tolerance tolerance) {
    TensorVerdict types = compareTypes(expected, actual);
    return types.passed() ? new TensorComparison(expected, actual, tolerance).compare() : types;
  }

  /** Compares element types and shapes only. */
  public static TensorVerdict compareTypes(Tensor expected, Tensor actual) {
    if (expected.dtype() != actual.dtype()) {
      return TensorVerdict.incomparable(
          ": dtype " + actual.dtype() + ", expected " + expected.dtype());
    }
    if (!Arrays.equals(expected.shape(), actual.shape())) {
      return TensorVerdict.incomparable(
          ": shape " + Shape.of(actual.shape()) + ", expected " + Shape.of(expected.shape()));
    }
    return TensorVerdict.EQUAL;
  }

  private TensorVerdict compare() {
    double worstError = 0;
    int worst = -1;
    int firstBad = -1;
    int bad = 0;
    for (int i = 0; i < expected.size(); i++) {
      double error = error(i);
      if (error > worstError || (Double.isNaN(error) && !Double.isNaN(worstError))) {
        worstError = error;
        worst = i;
      }
      if (error != 0 && !accepts(i, error)) {
        firstBad = bad == 0 ? i : firstBad;
        bad++;
      }
    }
    if (worst < 0) {
      return TensorVerdict.EQUAL;
    }
    return new TensorVerdict(
        worstError,
        index(worst),
        bad == 0 ? Optional.empty() : Optional.of(difference(firstBad, bad)));
  }

  /** 0 if equal; NaN where there is no distance. */
  private double error(int i) {
    return switch (expected.dtype()) {
      case STRING -> Arrays.equals(expected.strings()[i], actual.strings()[i]) ? 0 : Double.NaN;
      case RESOURCE, VARIANT -> expected.objects()[i].equals(actual.objects()[i]) ? 0 : Double.NaN;
      case COMPLEX64, COMPLEX128 -> complexError(i);
      case INT64, UINT64 -> integerError(expected.longs()[i], actual.longs()[i], i);
      default -> Tolerance.error(expected.getDouble(i), actual.getDouble(i));
    };
  }

  private double integerError(long wanted, long got, int i) {
    // Large integers that differ may be the same double.
    return wanted == got ? 0 : Math.max(1, Math.abs(expected.getDouble(i) - actual.getDouble(i)));
  }

  private double complexError(int i) {
    double real = part(expected, 2 * i);
    double imaginary = part(expected, 2 * i + 1);
    double gotReal = part(actual, 2 * i);
    double gotImaginary = part(actual, 2 * i + 1);
    boolean bothNaN =
        (Double.isNaN(real) || Double.isNaN(imaginary))
            && (Double.isNaN(gotReal) || Double.isNaN(gotImaginary));
    boolean same = real == gotReal && imaginary == gotImaginary;
    return same || bothNaN ? 0 : Math.hypot(real - gotReal, imaginary - gotImaginary);
  }

  private static double part(Tensor tensor, int i) {
    return tensor.dtype() == DType.COMPLEX64 ? tensor.floats()[i] : tensor.doubles()[i];
  }

  private boolean accepts(int i, double error) {
    if (expected.dtype().isComplex()) {
      return tolerance.allows(Math.hypot(part(expected, 2 * i), part(expected, 2 * i + 1)), error);
    }
    return expected.dtype().isFloating()
        && tolerance.allows(Math.abs(expected.getDouble(i)), error);
  }

  private String difference(int i, int bad) {
    return index(i)
        + ": "
        + element(actual, i)
        + ", expected "
        + element(expected, i)
        + " ("
        + bad
        + " of "
        + expected.size()
        + " differ)";
  }

  private String index(int flat) {
    int[] shape = expected.shape();
    int[] index = new int[shape.length];
    int rest = flat;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return Arrays.toString(index);
  }

  private static String element(Tensor tensor, int i) {
    return switch (tensor.dtype()) {
      case STRING -> text(tensor.strings()[i]);
      case BOOL -> String.valueOf(tensor.getBoolean(i));
      case FLOAT32 -> String.valueOf(tensor.floats()[i]);
      case COMPLEX64, COMPLEX128 -> part(tensor, 2 * i) + "+" + part(tensor, 2 * i + 1) + "i";
      case RESOURCE, VARIANT -> String.valueOf(tensor.objects()[i]);
      case UINT64 -> Long.toUnsignedString(tensor.longs()[i]);
      default ->
          tensor.dtype().isFloating()
              ? String.valueOf(tensor.getDouble(i))
              : String.valueOf(tensor.getLong(i));
    };
  }

  private static String text(byte[] bytes) {
    try {
      return '"'
          + StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()
          + '"';
    } catch (CharacterCodingException e) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    }
  }
}

package org.signet.op.flex.text;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.signet.op.Accuracy;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * StringToNumber: reads decimal integers for the integer types; decimal and hexadecimal numbers,
 * infinities and NaNs in any case for the floating types, correctly rounded. ASCII white space
 * around a number is passed over.
 */
final class TfStringToNumber {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "[+-]?0[xX](?:\\p{XDigit}+\\.?\\p{XDigit}*|\\.\\p{XDigit}+)([pP][+-]?[0-9]+)?");
  private static final Pattern INFINITY = Pattern.compile("[+-]?inf(?:inity)?");
  private static final Pattern NOT_A_NUMBER = Pattern.compile("[+-]?nan(?:\\([0-9a-z_]*\\))?");

  private TfStringToNumber() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf(
                "StringToNumber",
                op ->
                    List.of(
                        Shapes.plain(
                            KnownOperands.type(op.attributes(), "out_type", DType.FLOAT32),
                            op.shape(0))),
                TfStringToNumber::evaluate)
            .accurate(Accuracy.EXACT));
  }

  private static void evaluate(OpCall call) {
    Tensor strings = call.operand(0);
    DType dtype = KnownOperands.type(call.attributes(), "out_type", DType.FLOAT32);
    Tensor result = call.result(0, dtype, strings.shape());
    for (int i = 0; i < strings.size(); i++) {
      store(strings.strings()[i], result, i);
    }
  }

  /** Reads a number into a float, double or integer tensor. */
  static void store(byte[] bytes, Tensor result, int i) {
    // One character a byte: anything beyond ASCII is refused, whatever it stands for.
    String text = AsciiText.of(bytes);
    String number = AsciiText.stripped(text);
    switch (result.dtype()) {
      case FLOAT32 -> result.floats()[i] = (float) special(number, text, true);
      case FLOAT64 -> result.doubles()[i] = special(number, text, false);
      case INT32, INT64, UINT32, UINT64 -> result.setLong(i, integer(number, text, result.dtype()));
      default -> throw new IllegalArgumentException("no numbers of type " + result.dtype());
    }
  }

  private static long integer(String number, String text, DType dtype) {
    boolean signed = !dtype.isUnsigned();
    if (!INTEGER.matcher(number).matches() || (!signed && number.charAt(0) == '-')) {
      throw bad(text);
    }
    BigInteger value = new BigInteger(number);
    int bits = 8 * dtype.bytes();
    boolean fits = signed ? value.bitLength() < bits : value.bitLength() <= bits;
    if (!fits) {
      throw bad(text);
    }
    return value.longValue();
  }

  private static double special(String number, String text, boolean narrow) {
    String lower = number.toLowerCase(Locale.ROOT);
    if (INFINITY.matcher(lower).matches()) {
      return lower.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return NOT_A_NUMBER.matcher(lower).matches() ? Double.NaN : finite(number, text, narrow);
  }

  /** Rounded once, to float32 if {@code narrow}. */
  private static double finite(String number, String text, boolean narrow) {
    Matcher hexadecimal = HEXADECIMAL.matcher(number);
    String literal;
    if (hexadecimal.matches()) {
      literal = hexadecimal.group(1) == null ? number + "p0" : number;
    } else if (DECIMAL.matcher(number).matches()) {
      literal = number;
    } else {
      throw bad(text);
    }
    return narrow ? Float.parseFloat(literal) : Double.parseDouble(literal);
  }

  private static IllegalArgumentException bad(String text) {
    return new IllegalArgumentException(
        "StringToNumberOp could not correctly convert string: " + text);
  }
}

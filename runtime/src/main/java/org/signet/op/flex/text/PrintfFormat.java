package org.signet.op.flex.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Numbers as the C library's {@code printf} writes them: exact decimal expansions, halves rounded
 * to even, independent of the locale.
 *
 * @param flag one of {@code 0 + - # space}, or {@link #NO_FLAG}
 * @param width the least number of characters; −1 if not given
 * @param precision as {@code printf} takes it; −1 if not given
 */
record PrintfFormat(char flag, int width, int precision) {
  static final char NO_FLAG = '\0';

  private static final int DEFAULT_PRECISION = 6;

  /** {@code %d}, or {@code %u} for a number that has no sign. */
  String integer(BigInteger value, boolean signed) {
    String sign = value.signum() < 0 ? "-" : signed ? positiveSign() : "";
    return padded(sign, value.abs().toString(), true);
  }

  /** {@code %s}: the precision is the largest number of bytes. */
  byte[] string(byte[] value) {
    if (width <= 0) {
      return value; // whatever the precision
    }
    int length = precision < 0 ? value.length : Math.min(precision, value.length);
    int size = Math.max(length, width);
    byte[] padded = new byte[size];
    Arrays.fill(padded, (byte) ' ');
    System.arraycopy(value, 0, padded, flag == '-' ? 0 : size - length, length);
    return padded;
  }

  /**
   * {@code %f}, {@code %e} or {@code %g}.
   *
   * @param magnitude the number without its sign
   */
  String real(boolean negative, double magnitude, char conversion) {
    String sign = negative ? "-" : positiveSign();
    if (!Double.isFinite(magnitude)) {
      return padded(sign, Double.isNaN(magnitude) ? "nan" : "inf", false);
    }
    int digits = precision < 0 ? DEFAULT_PRECISION : precision;
    BigDecimal exact = new BigDecimal(magnitude);
    String body =
        switch (conversion) {
          case 'f' -> fixed(exact, digits);
          case 'e' -> scientific(exact, digits);
          case 'g' -> shortest(exact, Math.max(1, digits));
          default -> throw new IllegalArgumentException("no conversion %" + conversion);
        };
    return padded(sign, body, true);
  }

  private String positiveSign() {
    return flag == '+' || flag == ' ' ? String.valueOf(flag) : "";
  }

  private String padded(String sign, String body, boolean zeros) {
    int missing = Math.max(0, width - sign.length() - body.length());
    return switch (flag) {
      case '-' -> sign + body + " ".repeat(missing);
      case '0' -> zeros ? sign + "0".repeat(missing) + body : " ".repeat(missing) + sign + body;
      default -> " ".repeat(missing) + sign + body;
    };
  }

  private String fixed(BigDecimal value, int digits) {
    return withPoint(value.setScale(digits, RoundingMode.HALF_EVEN).toPlainString());
  }

  /** Flag {@code #} asks for a decimal point even if nothing follows it. */
  private String withPoint(String digits) {
    return flag == '#' && digits.indexOf('.') < 0 ? digits + "." : digits;
  }

  private String scientific(BigDecimal value, int digits) {
    BigDecimal rounded = significant(value, digits + 1);
    return mantissa(rounded, digits) + exponentText(exponent(rounded));
  }

  private static BigDecimal significant(BigDecimal value, int digits) {
    return value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  /** The power of ten of the first digit. */
  private static int exponent(BigDecimal value) {
    return value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
  }

  private String mantissa(BigDecimal value, int digits) {
    BigDecimal shifted =
        value.signum() == 0 ? BigDecimal.ZERO : value.scaleByPowerOfTen(-exponent(value));
    return withPoint(shifted.setScale(digits, RoundingMode.UNNECESSARY).toPlainString());
  }

  private static String exponentText(int exponent) {
    int magnitude = Math.abs(exponent);
    return (exponent < 0 ? "e-" : "e+") + (magnitude < 10 ? "0" : "") + magnitude;
  }

  private String shortest(BigDecimal value, int digits) {
    BigDecimal rounded = significant(value, digits);
    int exponent = exponent(rounded);
    if (exponent >= -4 && exponent < digits) {
      return stripped(fixed(rounded, digits - 1 - exponent));
    }
    return stripped(mantissa(rounded, digits - 1)) + exponentText(exponent);
  }

  /** Without the zeros at the end of the fraction, which flag {@code #} keeps. */
  private String stripped(String number) {
    if (flag == '#' || number.indexOf('.') < 0) {
      return number;
    }
    int end = number.length();
    while (number.charAt(end - 1) == '0') {
      end--;
    }
    return number.substring(0, number.charAt(end - 1) == '.' ? end - 1 : end);
  }
}

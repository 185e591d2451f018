package org.signet.tensor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The header of an {@code .npy} file: a Python dictionary with the keys {@code descr}, {@code
 * fortran_order} and {@code shape}.
 *
 * @param descr the element type as NumPy writes it: {@code <f4}, {@code |S5}
 * @param fortranOrder whether the first dimension runs fastest
 * @param shape the sizes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
record NpyHeader(String descr, boolean fortranOrder, int[] shape) {
  /** The header's bytes before the elements are padded to a multiple of this. */
  private static final int ALIGNMENT = 64;

  private static final int PREFIX = 10;

  /**
   * Reads the text of a header.
   *
   * @throws SignetException BAD_VALUE if it is malformed
   */
  static NpyHeader parse(String text, String file) {
    return new Parser(text, file).parse();
  }

  static NpyHeader of(Tensor tensor) {
    String descr =
        switch (tensor.dtype()) {
          case FLOAT32 -> "<f4";
          case FLOAT64 -> "<f8";
          case FLOAT16 -> "<f2";
          case COMPLEX64 -> "<c8";
          case COMPLEX128 -> "<c16";
          case BOOL -> "|b1";
          case INT8, QINT8, INT4 -> "|i1";
          case UINT8, QUINT8 -> "|u1";
          case INT16, QINT16 -> "<i2";
          case UINT16, QUINT16, BFLOAT16 -> "<u2";
          case INT32, QINT32 -> "<i4";
          case UINT32 -> "<u4";
          case INT64 -> "<i8";
          case UINT64 -> "<u8";
          case STRING, RESOURCE, VARIANT ->
              throw new IllegalArgumentException("an .npy file can't hold " + tensor.dtype());
        };
    return new NpyHeader(descr, false, tensor.shape());
  }

  /** The bytes from the magic number to where the elements start; the format's version 1.0. */
  byte[] write() {
    StringBuilder text = new StringBuilder("{'descr': '").append(descr);
    text.append("', 'fortran_order': ")
        .append(fortranOrder ? "True" : "False")
        .append(", 'shape': (");
    for (int i = 0; i < shape.length; i++) {
      text.append(i == 0 ? "" : " ")
          .append(shape[i])
          .append(i == 0 || i < shape.length - 1 ? "," : "");
    }
    text.append("), }");
    while ((PREFIX + text.length() + 1) % ALIGNMENT != 0) {
      text.append(' ');
    }
    text.append('\n');
    int length = text.length();
    String magic = "\u0093NUMPY\u0001\u0000" + (char) (length & 0xFF) + (char) (length >> 8);
    return (magic + text).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The character for the kind of elements: {@code f}, {@code i}, {@code S}. */
  char kind() {
    return descr.charAt(1);
  }

  /** Bytes of one element; of text characters of four bytes for kind {@code U}. */
  int width(String file) {
    try {
      int width = Integer.parseInt(descr.substring(2));
      return kind() == 'U' ? Math.multiplyExact(width, 4) : width;
    } catch (ArithmeticException | NumberFormatException e) {
      throw malformed(file, "its element type is '" + descr + "'");
    }
  }

  boolean bigEndian() {
    return descr.charAt(0) == '>';
  }

  /**
   * The element type.
   *
   * @throws SignetException BAD_VALUE if there is none for it
   */
  DType dtype(String file) {
    return switch (descr.substring(1)) {
      case "f4" -> DType.FLOAT32;
      case "f8" -> DType.FLOAT64;
      case "f2" -> DType.FLOAT16;
      case "c8" -> DType.COMPLEX64;
      case "c16" -> DType.COMPLEX128;
      case "b1" -> DType.BOOL;
      case "i1" -> DType.INT8;
      case "u1" -> DType.UINT8;
      case "i2" -> DType.INT16;
      case "u2" -> DType.UINT16;
      case "i4" -> DType.INT32;
      case "u4" -> DType.UINT32;
      case "i8" -> DType.INT64;
      case "u8" -> DType.UINT64;
      // What NumPy makes of the bfloat16 of other packages.
      case "V2" -> DType.BFLOAT16;
      default -> {
        if (kind() != 'S' && kind() != 'U') {
          throw malformed(file, "no tensor has elements of NumPy's type '" + descr + "'");
        }
        yield DType.STRING;
      }
    };
  }

  static SignetException malformed(String file, String reason) {
    return SignetException.of(Code.BAD_VALUE, file + " is no usable .npy file: " + reason);
  }

  /** Reads the few forms of Python that NumPy writes. */
  private static final class Parser {
    private final String text;
    private final String file;
    private int at;

    Parser(String text, String file) {
      this.text = text;
      this.file = file;
    }

    NpyHeader parse() {
      String descr = "";
      boolean fortranOrder = false;
      int[] shape = new int[0];
      int keys = 0;
      expect('{');
      while (peek() != '}') {
        String key = quoted();
        expect(':');
        switch (key) {
          case "descr" -> descr = quoted();
          case "fortran_order" -> fortranOrder = word().equals("True");
          case "shape" -> shape = tuple();
          default -> throw malformed(file, "its header has the key '" + key + "'");
        }
        keys++;
        if (peek() == ',') {
          at++;
        }
      }
      if (keys != 3 || descr.length() < 3) {
        throw malformed(file, "its header is incomplete");
      }
      return new NpyHeader(descr, fortranOrder, shape);
    }

    private char peek() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        throw malformed(file, "its header ends too early");
      }
      return text.charAt(at);
    }

    private void expect(char wanted) {
      if (peek() != wanted) {
        throw malformed(
            file, "its header has '" + text.charAt(at) + "' where '" + wanted + "' should be");
      }
      at++;
    }

    private String quoted() {
      char quote = peek();
      int end = text.indexOf(quote, at + 1);
      if ((quote != '\'' && quote != '"') || end < 0) {
        throw malformed(file, "its header has no text where one should be");
      }
      String value = text.substring(at + 1, end);
      at = end + 1;
      return value;
    }

    private String word() {
      peek();
      int start = at;
      while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private int[] tuple() {
      List<Integer> sizes = new ArrayList<>();
      expect('(');
      while (peek() != ')') {
        sizes.add(size(word()));
        if (peek() != ')') {
          expect(',');
        }
      }
      at++;
      int[] shape = new int[sizes.size()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = sizes.get(i);
      }
      elements(shape);
      return shape;
    }

    private int size(String word) {
      try {
        int size =
            Integer.parseInt(word.endsWith("L") ? word.substring(0, word.length() - 1) : word);
        if (size >= 0) {
          return size;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw malformed(file, "its header has the size '" + word + "'");
    }

    private void elements(int... shape) {
      try {
        if (Shape.elements(shape) <= Integer.MAX_VALUE) {
          return;
        }
      } catch (ArithmeticException e) {
        // Told below.
      }
      throw malformed(file, "it has more elements than a tensor can hold");
    }
  }
}

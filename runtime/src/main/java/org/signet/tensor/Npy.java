package org.signet.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * NumPy's file of one array. Reads all versions, both byte orders and both orders of dimensions;
 * writes version 1.0, little-endian, row-major.
 *
 * <p>NumPy has no bfloat16: such a tensor is written as uint16, its bits. Texts ({@code S} and
 * {@code U}) are read as string tensors, UTF-8 for the latter, without the zeros that pad them;
 * strings can't be written, since padding would lose trailing zeros.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private Npy() {}

  /**
   * Reads a file.
   *
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE; BAD_VALUE if it is malformed
   */
  public static Tensor read(Path path) {
    try {
      return read(Files.readAllBytes(path), path.toString());
    } catch (NoSuchFileException e) {
      throw SignetException.of(Code.FILE_MISSING, "there is no file " + path);
    } catch (IOException | OutOfMemoryError e) {
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + path + ": " + e.getMessage());
    }
  }

  /**
   * Reads the bytes of a file.
   *
   * @param name what to call it in messages
   * @throws SignetException BAD_VALUE if it is malformed
   */
  public static Tensor read(byte[] file, String name) {
    int start = 10;
    if (file.length < start || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw NpyHeader.malformed(name, "it does not start as one");
    }
    int version = file[6];
    long length = (file[8] & 0xFF) | (file[9] & 0xFF) << 8;
    if (version > 1 && file.length >= 12) {
      start = 12;
      length |= (file[10] & 0xFFL) << 16 | (file[11] & 0xFFL) << 24;
    }
    if (version < 1 || version > 3) {
      throw NpyHeader.malformed(name, "its version is " + version);
    }
    if (start + length > file.length) {
      throw NpyHeader.malformed(name, "its header ends too early");
    }
    String text = new String(file, start, (int) length, StandardCharsets.UTF_8);
    NpyHeader header = NpyHeader.parse(text, name);
    ByteBuffer elements =
        ByteBuffer.wrap(file, start + (int) length, file.length - start - (int) length);
    return elements(header, elements.slice(), name);
  }

  private static Tensor elements(NpyHeader header, ByteBuffer bytes, String name) {
    DType dtype = header.dtype(name);
    int width = header.width(name);
    int[] shape = header.shape();
    long size = Shape.elements(shape) * width;
    if (bytes.remaining() != size) {
      throw NpyHeader.malformed(
          name, "it has " + bytes.remaining() + " bytes of elements in place of " + size);
    }
    int[] stored = header.fortranOrder() ? reversed(shape) : shape;
    Tensor tensor =
        dtype == DType.STRING
            ? strings(header, bytes, width, stored)
            : RawElements.read(
                dtype, littleEndian(header, bytes, width / Tensor.lanes(dtype)), stored);
    return header.fortranOrder() ? transposed(tensor, shape) : tensor;
  }

  private static ByteBuffer littleEndian(NpyHeader header, ByteBuffer bytes, int width) {
    if (!header.bigEndian() || width == 1) {
      return bytes;
    }
    byte[] swapped = new byte[bytes.remaining()];
    for (int i = 0; i < swapped.length; i++) {
      swapped[i] = bytes.get(i - i % width + width - 1 - i % width);
    }
    return ByteBuffer.wrap(swapped);
  }

  private static Tensor strings(NpyHeader header, ByteBuffer bytes, int width, int... shape) {
    byte[][] strings = new byte[(int) Shape.elements(shape)][];
    for (int i = 0; i < strings.length; i++) {
      byte[] padded = new byte[width];
      bytes.get(i * width, padded);
      strings[i] = header.kind() == 'S' ? unpadded(padded) : text(padded, header.bigEndian());
    }
    return Tensor.wrap(DType.STRING, strings, shape);
  }

  private static byte[] unpadded(byte[] padded) {
    int end = padded.length;
    while (end > 0 && padded[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOf(padded, end);
  }

  private static byte[] text(byte[] utf32, boolean bigEndian) {
    String text =
        new String(utf32, bigEndian ? StandardCharsets.UTF_32BE : StandardCharsets.UTF_32LE);
    return unpadded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static int[] reversed(int... shape) {
    int[] reversed = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      reversed[i] = shape[shape.length - 1 - i];
    }
    return reversed;
  }

  /** The elements of a column-major array in row-major order. */
  private static Tensor transposed(Tensor columnMajor, int... shape) {
    Tensor rowMajor = Tensor.zeros(columnMajor.dtype(), shape);
    int lanes = Tensor.lanes(columnMajor.dtype());
    int[] index = new int[shape.length];
    for (int target = 0; target < rowMajor.size(); target++) {
      int source = 0;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        source = source * shape[axis] + index[axis];
      }
      System.arraycopy(
          columnMajor.array(), source * lanes, rowMajor.array(), target * lanes, lanes);
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return rowMajor;
  }

  /**
   * The bytes of a file with this tensor.
   *
   * @throws IllegalArgumentException if it holds strings, resources or variants
   */
  public static byte[] write(Tensor tensor) {
    byte[] header = NpyHeader.of(tensor).write();
    byte[] elements = RawElements.write(tensor);
    byte[] file = Arrays.copyOf(header, Math.addExact(header.length, elements.length));
    System.arraycopy(elements, 0, file, header.length, elements.length);
    return file;
  }

  /**
   * Writes a file.
   *
   * @throws SignetException FILE_UNWRITABLE
   * @throws IllegalArgumentException if the tensor holds strings, resources or variants
   */
  public static void write(Path path, Tensor tensor) {
    try {
      Files.write(path, write(tensor));
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNWRITABLE, "can't write " + path + ": " + e.getMessage());
    }
  }
}

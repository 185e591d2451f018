package org.signet.reader;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;
import org.signet.bundle.BundleTensor;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * A tensor in a file. Its type is known; its elements are read when they are asked for.
 *
 * <p>Valid until what it came from is closed.
 */
public final class StoredTensor {
  private static final int INT4_SHIFT = 4;

  private final TensorType type;
  private final Supplier<BundleTensor> elements;

  StoredTensor(TensorType type, Supplier<BundleTensor> elements) {
    this.type = type;
    this.elements = elements;
  }

  /** The element type and the shape, which is fully known. */
  public TensorType type() {
    return type;
  }

  public DType dtype() {
    return type.dtype();
  }

  public Shape shape() {
    return type.shape();
  }

  /**
   * The elements of a tensor of numbers: row-major, little-endian, {@link DType#bytes()} each,
   * complex numbers as (real, imaginary). Read-only; mapped from the file where it holds them like
   * that, so not aligned to the element size.
   *
   * @throws IllegalStateException if this is a tensor of strings
   * @throws SignetException CHECKSUM_MISMATCH, MALFORMED_CHECKPOINT, FILE_MISSING; CLOSED
   */
  public MemorySegment bytes() {
    if (elements.get().data() instanceof BundleTensor.Data.Raw raw) {
      return raw.bytes();
    }
    throw new IllegalStateException("strings have no plain bytes");
  }

  /**
   * The elements of a tensor of strings, in row-major order. The arrays are not to be changed.
   *
   * @throws IllegalStateException if this is a tensor of numbers
   * @throws SignetException as {@link #bytes}
   */
  public List<byte[]> strings() {
    return switch (elements.get().data()) {
      case BundleTensor.Data.Strings(List<byte[]> values) -> values;
      case BundleTensor.Data.Raw raw ->
          throw new IllegalStateException(type.dtype() + " is no string");
    };
  }

  /**
   * A copy on the heap, which outlives the file.
   *
   * @throws SignetException as {@link #bytes}; TENSOR_TOO_LARGE if it is larger than 2 GB
   */
  public Tensor load() {
    int[] dims = type.shape().dims();
    if (type.dtype() == DType.STRING) {
      return Tensor.wrap(
          DType.STRING, strings().stream().map(byte[]::clone).toArray(byte[][]::new), dims);
    }
    MemorySegment bytes = bytes();
    if (bytes.byteSize() > Integer.MAX_VALUE) {
      throw SignetException.of(
          Code.TENSOR_TOO_LARGE, "a tensor of " + type + " is more than an array holds");
    }
    Tensor tensor = RawElements.read(type.dtype(), bytes.asByteBuffer(), dims);
    if (type.dtype() == DType.INT4 && tensor.array() instanceof byte[] array) {
      for (int i = 0; i < array.length; i++) {
        array[i] = (byte) ((byte) (array[i] << INT4_SHIFT) >> INT4_SHIFT);
      }
    }
    return tensor;
  }

  @Override
  public String toString() {
    return type.toString();
  }
}

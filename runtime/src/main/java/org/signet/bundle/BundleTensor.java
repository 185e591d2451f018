package org.signet.bundle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * A tensor of a checkpoint.
 *
 * @param dtype the element type
 * @param shape the shape, fully known
 * @param data the elements in row-major order
 */
public record BundleTensor(DType dtype, Shape shape, Data data) {
  /**
   * The elements from {@code starts[i]} on for {@code lengths[i]} in every dimension i. What is in
   * one piece is not copied.
   *
   * @throws IllegalArgumentException if there are no such elements
   */
  public BundleTensor slice(int[] starts, int[] lengths) {
    int[] dims = shape.dims();
    if (starts.length != dims.length || lengths.length != dims.length) {
      throw new IllegalArgumentException("a slice of another rank");
    }
    for (int i = 0; i < dims.length; i++) {
      if (starts[i] < 0 || lengths[i] < 0 || starts[i] > dims[i] - lengths[i]) {
        throw new IllegalArgumentException("outside in dimension " + i);
      }
    }
    Box box = new Box(starts.clone(), lengths.clone());
    Data part =
        switch (data) {
          case Data.Raw(MemorySegment bytes) -> new Data.Raw(bytes(box, dims, bytes));
          case Data.Strings(List<byte[]> values) -> new Data.Strings(strings(box, dims, values));
        };
    return new BundleTensor(dtype, Shape.of(lengths), part);
  }

  private MemorySegment bytes(Box box, int[] dims, MemorySegment all) {
    long width = dtype.bytes();
    long size = box.elements() * width;
    List<MemorySegment> pieces = new ArrayList<>();
    box.forEachRun(dims, (in, from, count) -> pieces.add(all.asSlice(from * width, count * width)));
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    MemorySegment copy = Arena.ofAuto().allocate(size);
    long position = 0;
    for (MemorySegment piece : pieces) {
      MemorySegment.copy(piece, 0, copy, position, piece.byteSize());
      position += piece.byteSize();
    }
    return copy.asReadOnly();
  }

  private static List<byte[]> strings(Box box, int[] dims, List<byte[]> all) {
    List<byte[]> part = new ArrayList<>();
    box.forEachRun(
        dims, (in, from, count) -> part.addAll(all.subList((int) from, (int) (from + count))));
    return part;
  }

  /** A tensor as a checkpoint would hold it, strings not copied. */
  static BundleTensor of(Tensor tensor) {
    Data data =
        tensor.dtype() == DType.STRING
            ? new Data.Strings(List.of(tensor.strings()))
            : new Data.Raw(MemorySegment.ofArray(RawElements.write(tensor)));
    return new BundleTensor(tensor.dtype(), Shape.of(tensor.shape()), data);
  }

  /**
   * A copy on the heap, which outlives the bundle.
   *
   * @throws IllegalArgumentException if the elements are more than an array holds
   */
  public Tensor load() {
    return switch (data) {
      case Data.Raw(MemorySegment bytes) ->
          RawElements.read(dtype, bytes.asByteBuffer(), shape.dims());
      case Data.Strings(List<byte[]> strings) ->
          Tensor.wrap(dtype, strings.toArray(byte[][]::new), shape.dims());
    };
  }

  /** The elements of a tensor: numbers as bytes, or strings. */
  public sealed interface Data {

    /**
     * Elements of a fixed size, which is {@link DType#bytes()} each.
     *
     * <p>Little endian; a complex number is its real part, then its imaginary part; a boolean is a
     * byte 0 or 1; an int4 is the low four bits of a byte of its own, the others of no meaning.
     *
     * @param bytes read-only, mapped from the file where possible, so not aligned to the element
     *     size; valid until the bundle is closed
     */
    record Raw(MemorySegment bytes) implements Data {}

    /**
     * Strings of bytes.
     *
     * @param values one per element, not to be changed; they outlive the bundle
     */
    record Strings(List<byte[]> values) implements Data {
      public Strings {
        values = List.copyOf(values);
      }
    }
  }
}

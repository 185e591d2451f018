package org.signet.source.bundle;

import java.lang.foreign.MemorySegment;
import java.util.List;
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

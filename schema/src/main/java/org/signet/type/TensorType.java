package org.signet.type;

/**
 * What is known of a tensor before it has a value.
 *
 * @param dtype the element type
 * @param shape the shape, as far as known
 * @param quantization what the integers mean; {@link Quantization#NONE} for plain tensors
 */
public record TensorType(DType dtype, Shape shape, Quantization quantization) {
  public static TensorType of(DType dtype, Shape shape) {
    return new TensorType(dtype, shape, Quantization.NONE);
  }

  public static TensorType of(DType dtype, int... dims) {
    return of(dtype, Shape.of(dims));
  }

  /** A tensor of this element type of which nothing else is known. */
  public static TensorType unranked(DType dtype) {
    return of(dtype, Shape.unknownRank());
  }

  public TensorType withShape(Shape newShape) {
    return new TensorType(dtype, newShape, quantization);
  }

  public TensorType withDType(DType newDtype) {
    return new TensorType(newDtype, shape, Quantization.NONE);
  }

  /** {@code float32[?, 3]}. */
  @Override
  public String toString() {
    return dtype.toString() + shape + (quantization.isQuantized() ? " quantized" : "");
  }
}

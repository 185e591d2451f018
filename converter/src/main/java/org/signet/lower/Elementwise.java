package org.signet.lower;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.signet.ir.Value;
import org.signet.type.Shape;

/** Functions of single elements, whose kernels broadcast their constants to low ranks only. */
final class Elementwise {
  private static final int HIGHEST_RANK = 4;

  private Elementwise() {}

  /** {@code function} of {@code x}, as a vector if its rank is high or not known. */
  static Value apply(Value x, Emitter emit, UnaryOperator<Value> function) {
    Shape shape = x.type().shape();
    if (shape.hasRank() && shape.rank() <= HIGHEST_RANK) {
      return function.apply(x);
    }
    Value result = function.apply(emit.reshape(x, Shape.of(Shape.UNKNOWN)));
    return emit.reshapeLike(result, x);
  }

  /** {@code function} of two values of one shape, as vectors if their rank is high or not known. */
  static Value apply(Value x, Value y, Emitter emit, BinaryOperator<Value> function) {
    Shape shape = x.type().shape().refine(y.type().shape());
    if (shape.hasRank() && shape.rank() <= HIGHEST_RANK) {
      return function.apply(x, y);
    }
    Shape vector = Shape.of(Shape.UNKNOWN);
    return emit.reshapeLike(function.apply(emit.reshape(x, vector), emit.reshape(y, vector)), x);
  }
}

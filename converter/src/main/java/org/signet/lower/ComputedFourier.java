package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The Fourier transform of real rows whose length is known at run time only: the matrix of {@link
 * FourierMatrix#realToPairs} is computed, too. RFFT2D's kernel would refuse lengths that are no
 * powers of two.
 */
final class ComputedFourier {
  private ComputedFourier() {}

  /**
   * The n / 2 + 1 complex numbers of each row.
   *
   * @param input of float32 and known rank; rows are cut or filled up with zeros to n numbers
   * @param length n, an int32 vector of one element
   */
  static Value realToComplex(Value input, Value length, Emitter emit) {
    List<DimSource> dims = DimSource.all(input);
    DimSource rows = DimSource.product(dims.subList(0, dims.size() - 1));
    Value flat = DimSource.reshape(input, List.of(rows, dims.getLast()), emit);
    Value amounts =
        emit.reshape(emit.concat(0, emit.ints(0, 0, 0), length), Shape.of(2, 2)); // n more columns
    Value filled =
        emit.builtin(
            "SLICE",
            emit.builtin("PAD", flat, amounts),
            emit.ints(0, 0),
            emit.concat(0, emit.ints(-1), length));
    Attributes turned =
        Attributes.of("adj_x", false, "adj_y", true).with("asymmetric_quantize_inputs", false);
    Value n = emit.reshape(length, Shape.scalar());
    Value count = emit.builtin("ADD", emit.builtin("FLOOR_DIV", n, emit.scalar(2)), emit.scalar(1));
    Value product = emit.builtin("BATCH_MATMUL", turned, filled, matrix(n, count, length, emit));
    Value pairs = emit.reshape(product, Shape.of(Shape.UNKNOWN, 2));
    List<Value> sizes = new ArrayList<>();
    dims.subList(0, dims.size() - 1).forEach(dim -> sizes.add(dim.vector(emit)));
    sizes.add(emit.reshape(count, Shape.of(1)));
    return emit.builtin(
        "RESHAPE",
        emit.bitcast(pairs, DType.COMPLEX64),
        emit.concat(0, sizes.toArray(Value[]::new)));
  }

  /** cos and −sin of 2π k t / n by rows, [2 (n / 2 + 1), n]. */
  private static Value matrix(Value n, Value count, Value length, Emitter emit) {
    Value t = emit.reshape(line(n, emit), Shape.of(1, Shape.UNKNOWN));
    Value k = emit.reshape(line(count, emit), Shape.of(Shape.UNKNOWN, 1));
    Value turns = emit.cast(emit.builtin("FLOOR_MOD", emit.builtin("MUL", k, t), n), DType.FLOAT32);
    FloatMath m = new FloatMath(emit);
    Value angle = m.multiply(turns, m.divide(2 * Math.PI, emit.cast(n, DType.FLOAT32)));
    Attributes options = Attributes.of("values_count", 2, "axis", 1);
    Value pairs = emit.builtin("PACK", options, m.cos(angle), m.negate(m.sin(angle)));
    Value columns = emit.concat(0, emit.ints(-1), length);
    return emit.builtin("RESHAPE", pairs, columns);
  }

  private static Value line(Value count, Emitter emit) {
    return emit.builtin("RANGE", emit.scalar(0), count, emit.scalar(1));
  }
}

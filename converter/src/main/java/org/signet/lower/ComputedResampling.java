package org.signet.lower;

import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Resampling;
import org.signet.op.ResizingKernel;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * What {@link Resampling} tells of known sizes, computed from sizes that are known at run time
 * only: the weight of each input position, a column, in each output position, a row.
 */
final class ComputedResampling {
  /** The resolution of TensorFlow's table of cubic weights. */
  private static final int CUBIC_STEPS = 1 << 10;

  /** The least sum of weights that are made to sum up to 1. */
  private static final float LEAST_TOTAL = 1000 * Float.MIN_NORMAL;

  private final Emitter emit;
  private final FloatMath m;

  /** The sizes before and after, float32 scalars. */
  private final Value from;

  private final Value to;

  /** The input positions, float32 [1, from]. */
  private final Value columns;

  /** The output positions, float32 [to, 1]. */
  private final Value rows;

  /**
   * @param from the size before, an int32 scalar
   * @param to the size after, an int32 scalar
   */
  ComputedResampling(Value from, Value to, Emitter emit) {
    this.emit = emit;
    m = new FloatMath(emit);
    this.from = emit.cast(from, DType.FLOAT32);
    this.to = emit.cast(to, DType.FLOAT32);
    columns = emit.reshape(line(from), Shape.of(1, Shape.UNKNOWN));
    rows = emit.reshape(line(to), Shape.of(Shape.UNKNOWN, 1));
  }

  private Value line(Value count) {
    Value numbers = emit.builtin("RANGE", emit.scalar(0), count, emit.scalar(1));
    return emit.cast(numbers, DType.FLOAT32);
  }

  /** {@code value} [before, from, after] resampled to [before, to, after] by these weights. */
  static Value along(Value value, Value weights, Emitter emit) {
    Attributes plain =
        Attributes.of("adj_x", false, "adj_y", false).with("asymmetric_quantize_inputs", false);
    Value matrix = emit.builtin("EXPAND_DIMS", weights, emit.scalar(0));
    return emit.builtin("BATCH_MATMUL", plain, matrix, value);
  }

  private Value scale(Resampling.Grid grid) {
    Value plain = m.divide(from, to);
    if (grid != Resampling.Grid.ALIGN_CORNERS) {
      return plain;
    }
    Value corners = m.divide(m.add(from, -1), m.atLeast(m.add(to, -1), 1));
    return m.select(m.greater(to, 1), corners, plain);
  }

  /** {@link Resampling#area}: the share of a pixel that lies between two places. */
  Value area(Resampling.Grid grid) {
    Value scale = scale(grid);
    Value low = m.larger(m.multiply(rows, scale), columns);
    // The last pixel goes on behind the edge.
    Value isLast = m.equal(columns, m.add(from, -1));
    Value ends = m.select(isLast, m.filled(Float.MAX_VALUE, columns), m.add(columns, 1));
    Value high = m.smaller(m.multiply(m.add(rows, 1), scale), ends);
    return m.divide(m.atLeast(m.subtract(high, low), 0), scale);
  }

  /** {@link Resampling#cubic}. */
  Value cubic(Resampling.Grid grid) {
    boolean keys = grid == Resampling.Grid.HALF_PIXEL_CENTERS;
    double sharpness = keys ? -0.5 : -0.75;
    Value scale = scale(grid);
    Value place = keys ? m.add(m.multiply(m.add(rows, 0.5), scale), -0.5) : m.multiply(rows, scale);
    Value floor = m.floor(place);
    Value step = m.round(m.multiply(m.subtract(place, floor), CUBIC_STEPS));
    Value x = m.multiply(step, 1.0 / CUBIC_STEPS);
    Value rest = m.subtract(1, x);
    Value[] weights = {
      far(x, sharpness), near(x, sharpness), near(rest, sharpness), far(rest, sharpness)
    };
    Value[] shares = new Value[weights.length];
    for (int k = 0; k < weights.length; k++) {
      Value at = m.add(floor, k - 1);
      Value seen = keys ? at : m.smaller(m.atLeast(at, 0), m.add(from, -1));
      shares[k] = m.multiply(emit.cast(m.equal(columns, seen), DType.FLOAT32), weights[k]);
    }
    Value sum = emit.builtin("ADD_N", shares);
    return keys ? normalized(sum) : sum;
  }

  private Value near(Value x, double a) {
    return m.polynomial(x, a + 2, -(a + 3), 0, 1);
  }

  private Value far(Value x, double a) {
    return m.polynomial(m.add(x, 1), a, -5 * a, 8 * a, -4 * a);
  }

  /** {@link Resampling#byKernel}; scale and translation are float32 scalars. */
  Value byKernel(ResizingKernel kernel, boolean antialias, Value scale, Value translation) {
    Value inverse = m.divide(1, scale);
    Value offset = m.negate(m.multiply(inverse, translation));
    Value stretch = antialias ? m.atLeast(inverse, 1) : m.number(1);
    Value place = m.add(m.multiply(m.add(rows, 0.5), inverse), offset);
    Value distance = m.abs(m.subtract(m.add(columns, 0.5), place));
    Value shares = new KernelFunction(kernel, emit).at(m.multiply(distance, m.divide(1, stretch)));
    Value inside =
        m.both(
            emit.builtin("GREATER_EQUAL", place, m.number(0)),
            emit.builtin("LESS_EQUAL", place, from));
    return normalized(m.multiply(shares, emit.cast(inside, DType.FLOAT32)));
  }

  /** Rows that sum up to 1; those that have next to nothing stay empty. */
  private Value normalized(Value weights) {
    Value sums = emit.builtin("SUM", Attributes.of("keep_dims", true), weights, emit.ints(1));
    Value empty = m.less(m.abs(sums), LEAST_TOTAL);
    Value divisor = m.select(empty, m.filled(1, sums), sums);
    return m.multiply(
        m.divide(weights, divisor), emit.cast(emit.builtin("LOGICAL_NOT", empty), DType.FLOAT32));
  }
}

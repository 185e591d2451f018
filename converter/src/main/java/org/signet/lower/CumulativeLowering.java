package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Cumprod and CumulativeLogsumexp. Along an axis of known size n in log₂ n steps: each combines
 * every element with the one 1, 2, 4, … places before it; what stands before the first changes
 * nothing. Products of up to 32 floats are taken one after the other: 1e-30 · 1e-30 · 1e30 · 1e30
 * is 0 in order and NaN by pairs. Along another axis, every element is reduced from a line of its
 * own, n² elements in all; so it is along an axis that is known at run time only.
 */
final class CumulativeLowering implements Lowering {
  private static final int LONGEST_IN_ORDER = 32;
  private static final Set<DType> TYPES = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("Cumprod", "CumulativeLogsumexp");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean product = op.name().equals("Cumprod");
    if (product ? !TYPES.contains(op.dtype(0)) : op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Accumulation accumulation =
        new Accumulation(
            product,
            emit.scalar(op.dtype(0), product ? 1 : Double.NEGATIVE_INFINITY),
            op.attributes().getBoolean("exclusive"),
            op.attributes().getBoolean("reverse"),
            emit);
    if (!op.shape(0).hasRank()) {
      return Lowered.to(accumulation.ofAnyRank(op.operand(1), op.operand(0)));
    }
    int rank = op.shape(0).rank();
    Optional<int[]> axis = emit.intsOf(op.operand(1));
    if (axis.isPresent()) {
      return Lowered.to(accumulation.along(Shapes.axis(axis.get()[0], rank), op.operand(0)));
    }
    if (rank > ComputedAxis.HIGHEST_RANK) {
      return Lowered.declined("the axis is not constant");
    }
    ComputedAxis computed = ComputedAxis.of(op.operand(1), rank, emit);
    Value first = accumulation.along(0, computed.exchanged(op.operand(0)));
    return Lowered.to(computed.exchanged(first));
  }

  /**
   * What is accumulated, along the middle one of three dimensions once the others are merged.
   *
   * @param product or the logarithm of a sum of powers
   * @param neutral a scalar that changes nothing
   */
  private record Accumulation(
      boolean product, Value neutral, boolean exclusive, boolean reverse, Emitter emit) {
    Value along(int axis, Value value) {
      List<DimSource> dims = DimSource.all(value);
      DimSource before = DimSource.product(dims.subList(0, axis));
      DimSource after = DimSource.product(dims.subList(axis + 1, dims.size()));
      DimSource size = dims.get(axis);
      Value three = DimSource.reshape(value, List.of(before, size, after), emit);
      Value result =
          size.isKnown() ? inSteps(three, size.size()) : fromLines(three, size.scalar(emit));
      return DimSource.reshape(result, dims, emit);
    }

    Value ofAnyRank(Value axis, Value value) {
      IntMath m = new IntMath(emit);
      Value shape = emit.shapeOf(value);
      Value at =
          m.modulo(
              emit.reshape(emit.cast(axis, DType.INT32), Shape.scalar()),
              emit.builtin("RANK", value));
      Value behind = m.behind(shape, at);
      Value size = m.at(behind, 0);
      Value after = m.product(m.behind(behind, emit.scalar(1)));
      Value three = m.joined(m.product(m.first(shape, at)), size, after);
      Value result = fromLines(emit.builtin("RESHAPE", value, three), size);
      return emit.reshapeLike(result, value);
    }

    private Value inSteps(Value three, int size) {
      if (product && three.type().dtype() == DType.FLOAT32 && size <= LONGEST_IN_ORDER) {
        return inOrder(three, size);
      }
      Value at = exclusive && size > 0 ? shifted(three, 1, size) : three;
      for (int step = 1; step < size; step *= 2) {
        Value earlier = shifted(at, step, size);
        at = product ? emit.builtin("MUL", at, earlier) : logOfSum(at, earlier);
      }
      return at;
    }

    private Value inOrder(Value three, int size) {
      if (size == 0) {
        return three;
      }
      List<Value> elements = emit.split(1, size, three);
      List<Value> factors = new ArrayList<>(reverse ? elements.reversed() : elements);
      if (exclusive) {
        factors.addFirst(new FloatMath(emit).filled(1, elements.getFirst()));
        factors.removeLast();
      }
      List<Value> results = new ArrayList<>(List.of(factors.getFirst()));
      for (Value factor : factors.subList(1, size)) {
        results.add(emit.builtin("MUL", results.getLast(), factor));
      }
      List<Value> inPlace = reverse ? results.reversed() : results;
      return emit.concat(1, inPlace.toArray(new Value[0]));
    }

    /** {@code value} moved by {@code by} places; neutral elements come in. */
    private Value shifted(Value value, int by, int size) {
      int[] pads = reverse ? new int[] {0, 0, 0, by, 0, 0} : new int[] {0, 0, by, 0, 0, 0};
      Value padded = emit.builtin("PADV2", value, emit.constant(Tensor.of(pads, 3, 2)), neutral);
      int from = reverse ? by : 0;
      return emit.builtin("SLICE", padded, emit.ints(0, from, 0), emit.ints(-1, size, -1));
    }

    /** log(exp a + exp b). */
    private Value logOfSum(Value a, Value b) {
      FloatMath m = new FloatMath(emit);
      Value larger = m.larger(a, b);
      Value isInfinite = m.equal(m.abs(larger), Double.POSITIVE_INFINITY);
      Value distance = m.abs(m.subtract(a, b));
      Value sum = m.add(larger, m.logOfOnePlusSmall(m.exp(m.negate(distance))));
      return m.select(isInfinite, larger, sum);
    }

    private Value fromLines(Value three, Value size) {
      Value line = emit.builtin("RANGE", emit.scalar(0), size, emit.scalar(1));
      Value place = emit.reshape(line, Shape.of(Shape.UNKNOWN, 1, 1));
      Value other = emit.reshape(line, Shape.of(1, Shape.UNKNOWN, 1));
      String counts = (reverse ? "GREATER" : "LESS") + (exclusive ? "" : "_EQUAL");
      Value taken = emit.builtin(counts, other, place);
      Value expanded = emit.builtin("EXPAND_DIMS", three, emit.scalar(1));
      Value lines = emit.builtin("SELECT_V2", taken, expanded, neutral);
      Attributes reduced = Attributes.of("keep_dims", false);
      return product
          ? emit.builtin("REDUCE_PROD", reduced, lines, emit.ints(2))
          : logOfSum(lines, reduced);
    }

    /** log Σ exp along the third of four dimensions. */
    private Value logOfSum(Value lines, Attributes reduced) {
      FloatMath m = new FloatMath(emit);
      Value peak = emit.builtin("REDUCE_MAX", reduced, lines, emit.ints(2));
      Value isInfinite = m.equal(m.abs(peak), Double.POSITIVE_INFINITY);
      Value base = m.select(isInfinite, m.filled(0, peak), peak);
      Value powers = m.exp(m.subtract(lines, emit.builtin("EXPAND_DIMS", base, emit.scalar(2))));
      Value sum = emit.builtin("SUM", reduced, powers, emit.ints(2));
      return m.select(isInfinite, peak, m.add(m.log(sum), base));
    }
  }
}

package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.source.stablehlo.HloOp;
import org.signet.source.stablehlo.HloRegion;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Sorting by one operand or, if it is equal, by those behind it, all ascending or all descending:
 * TopKV2 keeps the order of what is equal, so that several keys are sorted by one after the other,
 * the last key first.
 */
final class Sort implements HloImport {
  @Override
  public List<Spread> results(HloCall call) {
    HloRegion region = call.region(0);
    int count = call.operandCount();
    int axis = call.op().number("dimension");
    axis = axis < 0 ? axis + call.spread(0).rank() : axis;
    if (IntStream.range(0, count).anyMatch(i -> call.op().operandType(i).dtype().isComplex())) {
      throw call.refused("an order of complex numbers");
    }
    for (int keys = 1; keys <= count && keys <= 4; keys++) {
      for (boolean descending : new boolean[] {false, true}) {
        if (isOrder(call, region, keys, descending)) {
          return sorted(call, axis, keys, descending);
        }
      }
    }
    throw call.refused("an order of its own");
  }

  /** Whether the region compares the first {@code keys} operands, one after the other. */
  private static boolean isOrder(HloCall call, HloRegion region, int keys, boolean descending) {
    int count = call.operandCount();
    List<double[]> samples =
        IntStream.range(0, count)
            .mapToObj(i -> Computation.samples(call.op().operandType(i).dtype()))
            .toList();
    int[] at = new int[2 * count];
    int tries = keys == 1 ? 200 : 400;
    long state = 1;
    for (int t = 0; t < tries; t++) {
      double[] numbers = new double[2 * count];
      for (int i = 0; i < 2 * count; i++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        double[] own = samples.get(i / 2);
        at[i] = (int) ((state >>> 33) % own.length);
        // Of several keys the first ones are mostly equal, to see the others.
        boolean equal = i % 2 == 1 && i / 2 < keys - 1 && (state >>> 60) < 10;
        numbers[i] = equal ? numbers[i - 1] : own[at[i]];
      }
      boolean before = false;
      for (int k = 0; k < keys; k++) {
        int order = Double.compare(numbers[2 * k], numbers[2 * k + 1]);
        if (order != 0) {
          before = descending ? order > 0 : order < 0;
          break;
        }
      }
      boolean expected = before;
      Optional<List<Tensor>> tried = Computation.tried(call, region, numbers);
      if (tried.filter(results -> results.getFirst().getBoolean(0) == expected).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static List<Spread> sorted(HloCall call, int axis, int keys, boolean descending) {
    TfEmitter emit = call.emit();
    int rank = call.spread(0).rank();
    int[] toLast = Dimensions.concat(Dimensions.others(rank, axis), new int[] {axis});
    int[] back = Dimensions.inverse(toLast);
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < call.operandCount(); i++) {
      operands.add(emit.transpose(call.operand(i), toLast));
    }
    if (call.operandCount() == 1) {
      Value values = top(emit, reversed(emit, operands.getFirst(), descending)).getFirst();
      return HloCall.one(
          emit.transpose(emit.cast(reversed(emit, values, descending), call.dtype()), back));
    }
    Value places = emit.scalar(0);
    for (int k = keys - 1; k >= 0; k--) {
      boolean first = k == keys - 1;
      Value key = first ? operands.get(k) : taken(emit, operands.get(k), places, rank);
      Value order = top(emit, reversed(emit, key, descending)).get(1);
      places = first ? order : taken(emit, places, order, rank);
    }
    List<Spread> results = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Optional<HloOp> maker = call.maker(call.op().operands().get(i));
      boolean counts =
          maker
              .filter(op -> op.name().endsWith("iota"))
              .filter(op -> op.number("iota_dimension") == axis)
              .isPresent();
      Value sorted =
          counts
              ? emit.cast(places, call.type(i).dtype())
              : taken(emit, operands.get(i), places, rank);
      results.add(Spread.of(emit.transpose(sorted, back)));
    }
    return results;
  }

  private static Value taken(TfEmitter emit, Value value, Value places, int rank) {
    return emit.take(value, places, rank - 1, rank - 1);
  }

  /** Numbers whose descending order is the wanted one; applied twice, the numbers again. */
  private static Value reversed(TfEmitter emit, Value key, boolean descending) {
    DType dtype = key.type().dtype();
    if (dtype == DType.BOOL) {
      return reversed(emit, emit.cast(key, DType.INT32), descending);
    }
    if (descending) {
      return key;
    }
    return emit.plain(dtype.isFloating() ? "Neg" : "Invert", key);
  }

  private static List<Value> top(TfEmitter emit, Value values) {
    int last = values.type().shape().rank() - 1;
    return emit.top(values, emit.size(values, last));
  }
}

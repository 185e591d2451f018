package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.source.stablehlo.HloRegion;
import org.signet.type.DType;

/**
 * Windows of a tensor that are replaced, or changed by a function: a single one by
 * DYNAMIC_UPDATE_SLICE, any others as rows of the tensor with the dimensions that indices tell of
 * made one. A window that does not lie inside is left out: its rows go behind the last one.
 */
final class Scatter implements HloImport {
  private static final Map<String, String> SCATTERS =
      Map.of(
          "add",
          "TensorScatterAdd",
          "subtract",
          "TensorScatterSub",
          "maximum",
          "TensorScatterMax",
          "minimum",
          "TensorScatterMin");

  private static final Map<String, String> ON_BOOLEANS =
      Map.of(
          "or",
          "TensorScatterMax",
          "maximum",
          "TensorScatterMax",
          "add",
          "TensorScatterMax",
          "and",
          "TensorScatterMin",
          "minimum",
          "TensorScatterMin",
          "multiply",
          "TensorScatterMin");

  @Override
  public List<Spread> results(HloCall call) {
    if (call.operandCount() != 3) {
      throw call.refused("a scatter into several tensors");
    }
    TfEmitter emit = call.emit();
    HloRegion region = call.region(0);
    boolean replaces = Computation.gives(region, 1);
    int[] windowDims = call.op().numbersOrNone("update_window_dims");
    int[] inserted = call.op().numbersOrNone("inserted_window_dims");
    int[] mapped = call.op().numbersOrNone("scatter_dims_to_operand_dims");
    int[] batched = call.op().numbersOrNone("input_batching_dims");
    int[] along = call.op().numbersOrNone("scatter_indices_batching_dims");
    Value updates = call.operand(2);
    int rank = call.spread(0).rank();
    int[] kept = Dimensions.others(rank, Dimensions.concat(inserted, batched));
    int[] sizes = Dimensions.filled(rank, 1);
    for (int i = 0; i < kept.length; i++) {
      sizes[kept[i]] = updates.type().shape().dim(windowDims[i]);
      if (sizes[kept[i]] < 0 && Dimensions.contains(mapped, kept[i])) {
        throw call.refused("a window of a size that is computed");
      }
    }
    Places places = Places.of(call, 1, mapped, batched, along, sizes);
    if (places.batchRank() == 0) {
      return HloCall.one(single(call, places, updates, replaces, inserted));
    }
    if (places.indexed().length == 0) {
      throw call.refused("a scatter without indices");
    }
    int[] indexed = places.indexed();
    int[] windows = Arrays.stream(indexed).filter(d -> Dimensions.contains(kept, d)).toArray();
    int[] others = Dimensions.others(rank, indexed);
    int[] batches = Dimensions.others(updates.type().shape().rank(), windowDims);
    int[] order =
        Dimensions.concat(
            batches,
            IntStream.of(Dimensions.concat(windows, others))
                .map(d ->
                    windowDims[
                        IntStream.range(0, kept.length)
                            .filter(i -> kept[i] == d)
                            .findFirst()
                            .orElseThrow()])
                .toArray());
    Value turned = emit.transpose(updates, order);
    Value rows = places.rows();
    Value numbers = places.numbers(places.startsAsGiven(), windows);
    Optional<Value> inside = places.inside();
    Value count = emit.size(rows, 0);
    if (inside.isPresent()) {
      Value fits = inside.get();
      fits =
          Dimensions.inserted(
              emit, fits, Dimensions.filled(windows.length, fits.type().shape().rank()));
      numbers = emit.select(fits, numbers, count);
    }
    numbers = emit.broadcast(numbers, firstSizes(emit, turned, batches.length + windows.length));
    numbers = emit.reshape(numbers, -1, 1);
    List<Value> shape = new ArrayList<>(List.of(emit.ints(-1)));
    for (int d : others) {
      shape.add(emit.reshape(emit.size(places.tensor(), d), 1));
    }
    Value flat = emit.reshape(turned, emit.concat(0, shape));
    Value target = inside.isPresent() ? withSpare(emit, rows) : rows;
    Value changed =
        replaces
            ? scattered(emit, "TensorScatterUpdate", target, numbers, flat)
            : changed(call, target, numbers, flat);
    if (inside.isPresent()) {
      int rowRank = changed.type().shape().rank();
      int[] to = new int[rowRank];
      to[0] = -1;
      changed = SliceOps.cut(emit, changed, new int[rowRank], to);
    }
    return HloCall.one(places.whole(changed));
  }

  /** Rows changed by the function, as often as updates name them. */
  private static Value changed(HloCall call, Value rows, Value numbers, Value updates) {
    TfEmitter emit = call.emit();
    DType dtype = rows.type().dtype();
    String function = Computation.function(call.region(0), 0, 0, 1).orElse("");
    if (dtype == DType.BOOL && ON_BOOLEANS.containsKey(function)) {
      Value wide = emit.cast(rows, DType.INT32);
      Value changes = emit.cast(updates, DType.INT32);
      String op = ON_BOOLEANS.get(function);
      return emit.cast(scattered(emit, op, wide, numbers, changes), DType.BOOL);
    }
    if (SCATTERS.containsKey(function) && dtype != DType.BOOL) {
      String op = SCATTERS.get(function);
      return onParts(emit, rows, updates, (own, by) -> scattered(emit, op, own, numbers, by));
    }
    if (function.equals("multiply") && !dtype.isComplex()) {
      return emit.plain("Mul", rows, products(emit, rows, numbers, updates));
    }
    if (call.op().flag("unique_indices")) {
      Value at = emit.reshape(numbers, -1);
      Value by = applied(call, emit.take(rows, at, 0, 0), updates);
      return onParts(
          emit, rows, by, (own, b) -> scattered(emit, "TensorScatterUpdate", own, numbers, b));
    }
    throw call.refused("a scatter by a function of its own");
  }

  /** What the function makes of elements and updates. */
  private static Value applied(HloCall call, Value elements, Value updates) {
    return ElementFunction.of(call, call.region(0))
        .orElseThrow(() -> call.refused("a scatter by a function of its own"))
        .apply(List.of(elements, updates))
        .getFirst();
  }

  /** For each row, the product of the updates that are for it: 1 if there are none. */
  private static Value products(TfEmitter emit, Value rows, Value numbers, Value updates) {
    Attributes attributes =
        TfEmitter.types("T", updates)
            .with("Tindices", DType.INT32)
            .with("Tnumsegments", DType.INT32);
    return emit.one(
        "UnsortedSegmentProd", attributes, updates, emit.reshape(numbers, -1), emit.size(rows, 0));
  }

  private static Value scattered(
      TfEmitter emit, String op, Value rows, Value numbers, Value updates) {
    Attributes attributes =
        TfEmitter.types("T", rows).with("Tindices", DType.INT32).with("bad_indices_policy", "");
    return emit.declared(rows.type(), op, attributes, rows, numbers, updates);
  }

  /** A function of two tensors that may be complex; then of their real and imaginary parts. */
  private static Value onParts(TfEmitter emit, Value a, Value b, BinaryOperator<Value> function) {
    if (!a.type().dtype().isComplex()) {
      return function.apply(a, b);
    }
    Value real = function.apply(ComplexParts.real(emit, a), ComplexParts.real(emit, b));
    Value imaginary =
        function.apply(ComplexParts.imaginary(emit, a), ComplexParts.imaginary(emit, b));
    return ComplexParts.joined(emit, real, imaginary);
  }

  private static Value firstSizes(TfEmitter emit, Value value, int count) {
    List<Value> sizes = new ArrayList<>();
    for (int d = 0; d < count; d++) {
      sizes.add(emit.reshape(emit.size(value, d), 1));
    }
    return emit.concat(0, sizes);
  }

  /** Rows with one more behind them, for what is left out. */
  private static Value withSpare(TfEmitter emit, Value rows) {
    int[][] sizes = new int[rows.type().shape().rank()][2];
    sizes[0] = new int[] {0, 1};
    return emit.pad(rows, sizes, emit.number(rows.type().dtype(), 0));
  }

  /** One window: it is read, changed and put back; if it does not lie inside, as it was. */
  private static Value single(
      HloCall call, Places places, Value updates, boolean replaces, int[] inserted) {
    TfEmitter emit = call.emit();
    Value tensor = places.tensor();
    int[] before =
        IntStream.range(0, inserted.length)
            .map(i -> Arrays.stream(inserted).sorted().toArray()[i] - i)
            .toArray();
    Value update = Dimensions.inserted(emit, updates, before);
    Value corner = places.corner(places.startsInside());
    Value part = emit.part(tensor, corner, emit.ints(places.sizes()));
    if (!replaces) {
      update = applied(call, part, update);
    }
    Optional<Value> inside = places.inside();
    if (inside.isPresent()) {
      update = emit.select(inside.get(), update, part);
    }
    return SliceOps.updated(call, tensor, update, corner);
  }
}

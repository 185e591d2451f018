package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Parts of tensors, and tensors around parts. */
final class SliceOps {
  /** What DYNAMIC_UPDATE_SLICE takes. */
  private static final Set<DType> UPDATED =
      Set.of(DType.FLOAT32, DType.INT32, DType.INT64, DType.INT8, DType.BOOL);

  private SliceOps() {}

  static void addTo(Map<String, HloImport> table) {
    table.put("slice", SliceOps::slice);
    table.put("dynamic_slice", SliceOps::dynamicSlice);
    table.put("real_dynamic_slice", SliceOps::realDynamicSlice);
    table.put("dynamic_update_slice", SliceOps::update);
    table.put("pad", SliceOps::pad);
    table.put("dynamic_pad", SliceOps::dynamicPad);
  }

  private static List<Spread> slice(HloCall call) {
    return HloCall.one(
        call.emit()
            .slice(
                call.operand(0),
                call.op().numbers("start_indices"),
                call.op().numbers("limit_indices"),
                call.op().numbers("strides")));
  }

  private static List<Spread> realDynamicSlice(HloCall call) {
    TfEmitter emit = call.emit();
    Value operand = call.operand(0);
    Optional<Tensor> steps = call.known(3);
    boolean ones =
        steps.isPresent() && Arrays.stream(steps.get().toInts()).allMatch(step -> step == 1);
    Value from = emit.cast(call.operand(1), DType.INT32);
    Value to = emit.cast(call.operand(2), DType.INT32);
    if (ones) {
      return HloCall.one(emit.part(operand, from, emit.plain("Sub", to, from)));
    }
    Value by = emit.cast(call.operand(3), DType.INT32);
    return HloCall.one(
        emit.one(
            "StridedSlice",
            TfEmitter.types("T", operand)
                .with("Index", DType.INT32)
                .with("begin_mask", 0)
                .with("end_mask", 0)
                .with("ellipsis_mask", 0)
                .with("new_axis_mask", 0)
                .with("shrink_axis_mask", 0),
            operand,
            from,
            to,
            by));
  }

  private static List<Spread> dynamicSlice(HloCall call) {
    TfEmitter emit = call.emit();
    Value operand = call.operand(0);
    int[] sizes = call.op().numbers("slice_sizes");
    List<Value> starts = call.operands(1, call.operandCount());
    return HloCall.one(emit.part(operand, begin(emit, operand, starts, sizes), emit.ints(sizes)));
  }

  /** Where a part begins: moved so far that all of it lies inside. */
  private static Value begin(TfEmitter emit, Value operand, List<Value> starts, int[] sizes) {
    List<Value> begin = new ArrayList<>();
    for (int d = 0; d < sizes.length; d++) {
      Value start = emit.cast(starts.get(d), DType.INT32);
      Value size = emit.size(operand, d);
      Value highest = emit.plain("Sub", size, emit.scalar(sizes[d]));
      boolean whole = operand.type().shape().dim(d) == sizes[d];
      begin.add(whole ? emit.scalar(0) : emit.clamp(start, highest));
    }
    return begin.isEmpty() ? emit.constant(Tensor.of(new int[0])) : emit.pack(begin);
  }

  private static List<Spread> update(HloCall call) {
    TfEmitter emit = call.emit();
    Value operand = call.operand(0);
    Value update = call.operand(1);
    List<Value> starts = call.operands(2, call.operandCount());
    Shape shape = update.type().shape();
    if (starts.isEmpty() || (shape.isStatic() && shape.equals(operand.type().shape()))) {
      return HloCall.one(update);
    }
    List<Value> begin = new ArrayList<>();
    for (int d = 0; d < starts.size(); d++) {
      Value start = emit.cast(starts.get(d), DType.INT32);
      Value highest = emit.plain("Sub", emit.size(operand, d), emit.size(update, d));
      boolean whole = shape.isKnown(d) && operand.type().shape().dim(d) == shape.dim(d);
      begin.add(whole ? emit.scalar(0) : emit.clamp(start, highest));
    }
    return HloCall.one(updated(call, operand, update, emit.pack(begin)));
  }

  /** A tensor with another part, which lies inside, from {@code at} on. */
  static Value updated(HloCall call, Value tensor, Value part, Value at) {
    TfEmitter emit = call.emit();
    DType dtype = tensor.type().dtype();
    if (UPDATED.contains(dtype)) {
      return emit.builtin("DYNAMIC_UPDATE_SLICE", tensor, part, at);
    }
    boolean halves = dtype == DType.FLOAT16 || dtype == DType.BFLOAT16;
    if (halves || (dtype.isInteger() && dtype.bytes() < 4)) {
      DType wide = halves ? DType.FLOAT32 : DType.INT32;
      return emit.cast(
          emit.builtin("DYNAMIC_UPDATE_SLICE", emit.cast(tensor, wide), emit.cast(part, wide), at),
          dtype);
    }
    if (dtype.isComplex()) {
      Value real =
          updated(call, ComplexParts.real(emit, tensor), ComplexParts.real(emit, part), at);
      Value imaginary =
          updated(
              call, ComplexParts.imaginary(emit, tensor), ComplexParts.imaginary(emit, part), at);
      return ComplexParts.joined(emit, real, imaginary);
    }
    DType carrier = Bits.signed(dtype);
    Value updated =
        emit.builtin(
            "DYNAMIC_UPDATE_SLICE",
            Bits.cast(emit, tensor, carrier),
            Bits.cast(emit, part, carrier),
            at);
    return Bits.cast(emit, updated, dtype);
  }

  private static List<Spread> pad(HloCall call) {
    int[] low = call.op().numbers("edge_padding_low");
    int[] high = call.op().numbers("edge_padding_high");
    int[] interior = call.op().numbers("interior_padding");
    return HloCall.one(padded(call.emit(), call.operand(0), call.operand(1), low, high, interior));
  }

  private static List<Spread> dynamicPad(HloCall call) {
    List<Tensor> known = new ArrayList<>();
    for (int i = 2; i < 5; i++) {
      call.known(i).ifPresent(known::add);
    }
    if (known.size() < 3) {
      return HloCall.one(paddedBy(call));
    }
    return HloCall.one(
        padded(
            call.emit(),
            call.operand(0),
            call.operand(1),
            known.get(0).toInts(),
            known.get(1).toInts(),
            known.get(2).toInts()));
  }

  /** Padding of computed sizes, which no exporter makes negative: a kernel refuses such. */
  private static Value paddedBy(HloCall call) {
    TfEmitter emit = call.emit();
    Optional<Tensor> interior = call.known(4);
    if (interior.isEmpty() || Arrays.stream(interior.get().toInts()).anyMatch(gap -> gap != 0)) {
      throw call.refused("gaps of a size that is computed");
    }
    List<Value> sides = new ArrayList<>();
    for (int i = 2; i < 4; i++) {
      sides.add(emit.expand(emit.cast(call.operand(i), DType.INT32), 1));
    }
    Value operand = call.operand(0);
    return emit.padBy(operand, emit.concat(1, sides), call.operand(1));
  }

  /** A tensor with elements around and between its own; negative sizes take elements away. */
  static Value padded(
      TfEmitter emit, Value operand, Value with, int[] low, int[] high, int[] interior) {
    Value spaced = operand;
    for (int d = 0; d < interior.length; d++) {
      if (interior[d] != 0) {
        spaced = spaced(emit, spaced, with, d, interior[d]);
      }
    }
    int rank = low.length;
    int[][] sizes = new int[rank][];
    int[] from = new int[rank];
    int[] endMask = new int[rank];
    boolean cut = false;
    for (int d = 0; d < rank; d++) {
      sizes[d] = new int[] {Math.max(low[d], 0), Math.max(high[d], 0)};
      from[d] = Math.max(-low[d], 0);
      endMask[d] = Math.min(high[d], 0);
      cut |= low[d] < 0 || high[d] < 0;
    }
    Value padded = emit.pad(spaced, sizes, with);
    return cut ? cut(emit, padded, from, endMask) : padded;
  }

  /** A tensor without its first {@code from} elements and its last {@code -to}. */
  static Value cut(TfEmitter emit, Value value, int[] from, int[] to) {
    int mask = 0;
    for (int d = 0; d < to.length; d++) {
      mask |= to[d] == 0 ? 1 << d : 0;
    }
    return emit.one(
        "StridedSlice",
        TfEmitter.types("T", value)
            .with("Index", DType.INT32)
            .with("begin_mask", 0)
            .with("end_mask", mask)
            .with("ellipsis_mask", 0)
            .with("new_axis_mask", 0)
            .with("shrink_axis_mask", 0),
        value,
        emit.ints(from),
        emit.ints(to),
        emit.ints(Dimensions.filled(from.length, 1)));
  }

  /** Puts {@code count} elements behind each along a dimension, except for the last. */
  private static Value spaced(TfEmitter emit, Value value, Value with, int axis, int count) {
    int rank = value.type().shape().rank();
    Value split = Dimensions.inserted(emit, value, new int[] {axis + 1});
    int[][] sizes = new int[rank + 1][2];
    sizes[axis + 1] = new int[] {0, count};
    Value padded = emit.pad(split, sizes, with);
    int[] to = new int[rank];
    to[axis] = -count;
    return cut(emit, merged(emit, padded, axis), new int[rank], to);
  }

  /** A tensor with dimensions {@code axis} and the one behind it as one. */
  private static Value merged(TfEmitter emit, Value value, int axis) {
    Shape shape = value.type().shape();
    List<Value> sizes = new ArrayList<>();
    int[] known = new int[shape.rank() - 1];
    for (int d = 0; d < known.length; d++) {
      int own = d <= axis ? d : d + 1;
      boolean both = d == axis;
      boolean isKnown = shape.isKnown(own) && (!both || shape.isKnown(own + 1));
      known[d] = isKnown ? shape.dim(own) * (both ? shape.dim(own + 1) : 1) : -1;
      sizes.add(both ? emit.scalar(-1) : emit.size(value, own));
    }
    boolean some = Arrays.stream(known).filter(size -> size < 0).count() <= 1;
    return some ? emit.reshape(value, known) : emit.reshape(value, emit.pack(sizes));
  }
}

package org.signet.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.WindowAxis;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * MaxPoolWithArgmax and ExtractImagePatches: the pixels of all windows are gathered as [batch,
 * windows in a column, windows in a row, pixels of each, channels] by a table.
 */
final class PatchLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("ExtractImagePatches", "MaxPoolWithArgmax");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean pool = op.name().equals("MaxPoolWithArgmax");
    Set<DType> types =
        pool
            ? Set.of(DType.FLOAT32, DType.INT32, DType.INT64)
            : KernelTypes.with(KernelTypes.MOVED, DType.BOOL);
    if (!types.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    if (!op.shape(0).hasRank()) {
      return Lowered.declined("the rank is not known");
    }
    int[] window = op.attributes().getInts(pool ? "ksize" : "ksizes");
    int[] strides = op.attributes().getInts("strides");
    int[] rates = pool ? new int[] {1, 1, 1, 1} : op.attributes().getInts("rates");
    if (window[0] * window[3] * strides[0] * strides[3] * rates[0] * rates[3] != 1) {
      return Lowered.declined("a window over batch or channels");
    }
    Value table =
        new WindowTable(
                middle(window),
                middle(strides),
                middle(rates),
                WindowAxis.Padding.valueOf(op.attributes().getString("padding")),
                pool ? WindowTable.Outside.NEAREST : WindowTable.Outside.BEHIND)
            .of(op.operand(0), emit);
    return pool ? pool(op, table, emit) : patches(op, table, emit);
  }

  private static int[] middle(int[] four) {
    return Arrays.copyOfRange(four, 1, 3);
  }

  /** [batch, pixels, channels]. */
  private static Value pixels(Value image, Emitter emit) {
    DimSource count = DimSource.product(List.of(DimSource.of(image, 1), DimSource.of(image, 2)));
    return DimSource.reshape(
        image, List.of(DimSource.of(image, 0), count, DimSource.of(image, 3)), emit);
  }

  private static Lowered patches(TfOp op, Value table, Emitter emit) {
    Value image = op.operand(0);
    Value amounts = emit.constant(Tensor.of(new int[] {0, 0, 0, 1, 0, 0}, 3, 2));
    Value padded = emit.builtin("PAD", pixels(image, emit), amounts);
    Value taken = WindowTable.gathered(padded, table, emit);
    DimSource channels = DimSource.product(List.of(DimSource.of(table, 2), DimSource.of(image, 3)));
    return Lowered.to(
        DimSource.reshape(
            taken,
            List.of(
                DimSource.of(image, 0), DimSource.of(table, 0), DimSource.of(table, 1), channels),
            emit));
  }

  /** The first of the largest pixels of each window, as a number that counts channels, too. */
  private static Lowered pool(TfOp op, Value table, Emitter emit) {
    Value image = op.operand(0);
    Value taken = WindowTable.gathered(pixels(image, emit), table, emit);
    Value largest = largest(taken, emit);
    Value which;
    if (op.dtype(0) == DType.INT64) {
      which = placeOf(largest, taken, emit);
    } else if (op.dtype(0) == DType.FLOAT32) {
      // A window is NaN where its first pixel is; others are passed over.
      Value numbers =
          Elementwise.apply(
              taken,
              emit,
              x -> emit.select(isNan(x, emit), emit.scalar(Float.NEGATIVE_INFINITY), x));
      Value pixel =
          emit.builtin("GATHER", Attributes.of("axis", 3, "batch_dims", 0), taken, emit.scalar(0));
      Value isNan = isNan(pixel, emit);
      largest = emit.select(isNan, pixel, largest(numbers, emit));
      which = emit.select(isNan, emit.scalar(0), place(numbers, emit));
    } else {
      which = place(taken, emit);
    }
    DimSource all = DimSource.product(DimSource.all(table));
    Value first =
        emit.builtin(
            "RANGE", emit.scalar(0), all.scalar(emit), DimSource.of(table, 2).scalar(emit));
    DimSource one = new DimSource(1, List.of());
    Value firsts =
        DimSource.reshape(
            first, List.of(DimSource.of(table, 0), DimSource.of(table, 1), one), emit);
    Value pixel =
        emit.builtin(
            "GATHER",
            Attributes.of("axis", 0, "batch_dims", 0),
            DimSource.reshape(table, List.of(all), emit),
            emit.builtin("ADD", which, firsts));
    Value channels = DimSource.of(image, 3).scalar(emit);
    Value channel = emit.builtin("RANGE", emit.scalar(0), channels, emit.scalar(1));
    Value number = emit.builtin("ADD", emit.builtin("MUL", pixel, channels), channel);
    if (op.attributes().getBoolean("include_batch_in_index", false)) {
      number = emit.builtin("ADD", number, firstOfBatch(image, emit));
    }
    return Lowered.to(largest, emit.cast(number, op.resultTypes().get(1).dtype()));
  }

  private static Value largest(Value taken, Emitter emit) {
    return emit.builtin("REDUCE_MAX", Attributes.of("keep_dims", false), taken, emit.ints(3));
  }

  private static Value place(Value taken, Emitter emit) {
    return emit.builtin("ARG_MAX", Attributes.of("output_type", "INT32"), taken, emit.scalar(3));
  }

  /** The same of int64, which no kernel takes: where the pixels are the largest. */
  private static Value placeOf(Value largest, Value taken, Emitter emit) {
    List<DimSource> dims = DimSource.all(taken);
    DimSource windows = DimSource.product(dims.subList(0, 3));
    DimSource one = new DimSource(1, List.of());
    Value pixels = DimSource.reshape(taken, List.of(windows, dims.get(3), dims.get(4)), emit);
    Value extreme = DimSource.reshape(largest, List.of(windows, one, dims.get(4)), emit);
    Value equal = emit.cast(emit.builtin("EQUAL", pixels, extreme), DType.INT32);
    Value place =
        emit.builtin("ARG_MAX", Attributes.of("output_type", "INT32"), equal, emit.scalar(1));
    return DimSource.reshape(
        place, List.of(dims.get(0), dims.get(1), dims.get(2), dims.get(4)), emit);
  }

  private static Value isNan(Value x, Emitter emit) {
    return emit.builtin("NOT_EQUAL", x, x);
  }

  /** The number of the first element of each image, [batch, 1, 1, 1]. */
  private static Value firstOfBatch(Value image, Emitter emit) {
    Value count = DimSource.of(image, 0).scalar(emit);
    Value batches = emit.builtin("RANGE", emit.scalar(0), count, emit.scalar(1));
    Value size = DimSource.product(DimSource.all(image).subList(1, 4)).scalar(emit);
    DimSource one = new DimSource(1, List.of());
    return DimSource.reshape(
        emit.builtin("MUL", batches, size), List.of(DimSource.of(batches, 0), one, one, one), emit);
  }
}

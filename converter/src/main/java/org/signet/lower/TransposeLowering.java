package org.signet.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Transpose, and ConjugateTranspose of real numbers; axes that count from the end are turned round.
 * Above the rank that the kernel takes, dimensions are merged.
 */
final class TransposeLowering implements Lowering {
  private static final int HIGHEST_RANK = 6;

  @Override
  public Set<String> ops() {
    return Set.of("ConjugateTranspose", "Transpose");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED_OR_BOOL.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      return Lowered.declined("the rank is not known");
    }
    int rank = shape.rank();
    if (rank > HIGHEST_RANK) {
      return emit.intsOf(op.operand(1))
          .map(order -> Lowered.to(transpose(op.operand(0), positive(order, rank), emit)))
          .orElseGet(() -> Lowered.declined("a rank above " + HIGHEST_RANK));
    }
    Value order =
        emit.intsOf(op.operand(1))
            .map(axes -> emit.ints(positive(axes, rank)))
            .orElseGet(() -> emit.cast(op.operand(1), DType.INT32));
    return Lowered.to(emit.builtin("TRANSPOSE", op.operand(0), order));
  }

  private static int[] positive(int[] axes, int rank) {
    return Arrays.stream(axes).map(axis -> Shapes.axis(axis, rank)).toArray();
  }

  /**
   * {@code value} with its dimensions in another order, whatever their number: neighbours that stay
   * together count as one, and if there are still too many, one after the other is moved to its
   * place.
   */
  static Value transpose(Value value, int[] order, Emitter emit) {
    List<List<Integer>> runs = runs(order);
    List<DimSource> dims = DimSource.all(value);
    List<DimSource> result = Arrays.stream(order).mapToObj(dims::get).toList();
    List<List<Integer>> sources = new ArrayList<>(runs);
    sources.sort(Comparator.comparing(List::getFirst));
    List<DimSource> merged =
        sources.stream()
            .map(run -> DimSource.product(run.stream().map(dims::get).toList()))
            .toList();
    Value at = DimSource.reshape(value, merged, emit);
    int[] target = runs.stream().mapToInt(sources::indexOf).toArray();
    at =
        target.length <= HIGHEST_RANK
            ? emit.transpose(at, target)
            : moveOneByOne(at, new ArrayList<>(merged), target, emit);
    return DimSource.reshape(at, result, emit);
  }

  /** Axes that follow each other before and after. */
  private static List<List<Integer>> runs(int[] order) {
    List<List<Integer>> runs = new ArrayList<>();
    for (int axis : order) {
      if (!runs.isEmpty() && runs.getLast().getLast() == axis - 1) {
        runs.getLast().add(axis);
      } else {
        runs.add(new ArrayList<>(List.of(axis)));
      }
    }
    return runs;
  }

  private static Value moveOneByOne(Value value, List<DimSource> dims, int[] order, Emitter emit) {
    List<Integer> present = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      present.add(i);
    }
    Value at = value;
    for (int i = 0; i < order.length; i++) {
      int from = present.indexOf(order[i]);
      if (from == i) {
        continue;
      }
      List<DimSource> four =
          List.of(
              DimSource.product(dims.subList(0, i)),
              DimSource.product(dims.subList(i, from)),
              dims.get(from),
              DimSource.product(dims.subList(from + 1, dims.size())));
      at = emit.transpose(DimSource.reshape(at, four, emit), 0, 2, 1, 3);
      present.add(i, present.remove(/* index */ from));
      dims.add(i, dims.remove(from));
    }
    return at;
  }
}

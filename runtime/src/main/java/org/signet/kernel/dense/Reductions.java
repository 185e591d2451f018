package org.signet.kernel.dense;

import java.util.Optional;
import java.util.function.BiFunction;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.OpCall;
import org.signet.op.ReductionAxes;
import org.signet.op.Shapes;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * SUM, MEAN, REDUCE_MAX and REDUCE_MIN over dimensions that lie next to each other, such as the
 * last ones, or height and width of NHWC; or over the last ones and others, as groups of channels
 * are normalized.
 *
 * @param settings of the provider
 * @param fold how elements are put together
 * @param ofRows whether they are known to be those of the last dimension, which is kept
 */
record Reductions(Settings settings, Fold fold, boolean ofRows) implements Attempt {
  /** Columns that are not divided among threads: a line of a cache. */
  private static final int COLUMNS = 16;

  /** How elements are put together, by the loops of an engine. */
  enum Fold {
    SUM,
    MEAN,
    MAX,
    MIN;

    private void rows(Engine engine, float[] from, int first, int end, int count, float[] out) {
      switch (this) {
        case SUM, MEAN -> engine.sums(from, first, end, count, this == MEAN, out);
        case MAX, MIN -> engine.extremes(from, first, end, count, this == MIN, out);
      }
    }

    @SuppressWarnings("TooManyParameters")
    private void columns(
        Engine engine,
        float[] from,
        int at,
        int rows,
        int columns,
        int first,
        int end,
        float[] out,
        int to) {
      switch (this) {
        case SUM, MEAN ->
            engine.columnSums(from, at, rows, columns, first, end, this == MEAN, out, to);
        case MAX, MIN ->
            engine.columnExtremes(from, at, rows, columns, first, end, this == MIN, out, to);
      }
    }
  }

  static BiFunction<Step, Settings, Attempt> of(Fold fold) {
    return (step, settings) -> new Reductions(settings, fold, isOfRows(step));
  }

  private static boolean isOfRows(Step step) {
    Optional<Tensor> axes = step.constants().get(1);
    Optional<TensorType> type = step.operandTypes().getFirst();
    if (axes.isEmpty() || axes.get().size() != 1 || type.isEmpty()) {
      return false;
    }
    Shape shape = type.get().shape();
    int axis = axes.get().toInts()[0];
    return step.attributes().getBoolean("keep_dims", false)
        && shape.hasRank()
        && shape.rank() > 0
        && (axis == -1 || axis == shape.rank() - 1);
  }

  @Override
  public Optional<Attempt> with(Tail tail, Following following, int next) {
    return fold == Fold.MEAN
            && ofRows
            && tail.isEmpty()
            && following.form() instanceof Following.Form.Normalized(float epsilon)
        ? Optional.of(Normalization.of(settings, epsilon))
        : Optional.empty();
  }

  @Override
  public Optional<Routine> routine(OpCall call) {
    Tensor x = call.operand(0);
    ReductionAxes axes = ReductionAxes.of(call, true);
    int[] shape = x.shape();
    int first = 0;
    while (first < shape.length && !reduces(axes, first)) {
      first++;
    }
    int end = first;
    while (end < shape.length && (reduces(axes, end) || shape[end] == 1)) {
      end++;
    }
    if (settings.isSmall(x.size())) {
      return Optional.empty();
    }
    int kept = end;
    while (kept < shape.length && !reduces(axes, kept)) {
      kept++;
    }
    for (int i = kept; i < shape.length; i++) {
      if (!reduces(axes, i) && shape[i] != 1) {
        return Optional.empty();
      }
    }
    if (kept < shape.length) {
      int[] sizes = {
        Shapes.product(shape, 0, first),
        Shapes.product(shape, first, end),
        Shapes.product(shape, end, kept),
        Shapes.product(shape, kept, shape.length)
      };
      int[] shorter = axes.result(call.attributes().getBoolean("keep_dims", false));
      return Optional.of(new OfRowsThenColumns(call.workers(), shorter, sizes));
    }
    int outer = Shapes.product(shape, 0, first);
    int count = Shapes.product(shape, first, end);
    int inner = Shapes.product(shape, end, shape.length);
    int[] result = axes.result(call.attributes().getBoolean("keep_dims", false));
    return Optional.of(
        inner == 1
            ? new OfRows(call.workers(), result, outer, count)
            : new OfColumns(call.workers(), result, outer, count, inner));
  }

  /** Whether elements along a dimension are put together. */
  private static boolean reduces(ReductionAxes axes, int i) {
    return axes.reduced()[i] && axes.input()[i] != 1;
  }

  /** Of elements that lie one after the other. */
  private final class OfRows implements Routine {
    private final int[] shape;
    private final Division division;
    private float[] from = {};
    private float[] out = {};

    private OfRows(Workers workers, int[] shape, int rows, int count) {
      this.shape = shape;
      this.division =
          Division.of(
              workers,
              (long) rows * count * Parts.ELEMENT,
              rows,
              (_, first, end) -> fold.rows(settings.engine(), from, first, end, count, out));
    }

    @Override
    public void run(OpCall call) {
      from = call.operand(0).floats();
      out = call.result(0, DType.FLOAT32, shape).floats();
      division.run(call.workers());
    }
  }

  /**
   * Of dimensions 1 and 3 of four: of the rows that those of dimension 3 are, and then of the
   * columns of what they gave.
   */
  private final class OfRowsThenColumns implements Routine {
    private final int[] shape;
    private final int[] sizes;
    private final Division rows;
    private float[] from = {};
    private float[] between = {};
    private float[] out = {};

    private OfRowsThenColumns(Workers workers, int[] shape, int[] sizes) {
      this.shape = shape;
      this.sizes = sizes;
      int count = sizes[0] * sizes[1] * sizes[2];
      this.rows =
          Division.of(
              workers,
              (long) count * sizes[3] * Parts.ELEMENT,
              count,
              (_, first, end) -> fold.rows(settings.engine(), from, first, end, sizes[3], between));
    }

    @Override
    public void run(OpCall call) {
      from = call.operand(0).floats();
      out = call.result(0, DType.FLOAT32, shape).floats();
      between = call.workspace(sizes[0] * sizes[1] * sizes[2]);
      rows.run(call.workers());
      for (int i = 0; i < sizes[0]; i++) {
        int at = i * sizes[1] * sizes[2];
        fold.columns(
            settings.engine(), between, at, sizes[1], sizes[2], 0, sizes[2], out, i * sizes[2]);
      }
    }
  }

  /** Of the columns of {@code outer} matrices. */
  private final class OfColumns implements Routine {
    private final int[] shape;
    private final int count;
    private final int inner;
    private final int blocks;
    private final Division division;
    private float[] from = {};
    private float[] out = {};

    private OfColumns(Workers workers, int[] shape, int outer, int count, int inner) {
      this.shape = shape;
      this.count = count;
      this.inner = inner;
      this.blocks = Math.ceilDiv(inner, COLUMNS);
      this.division =
          Division.of(
              workers,
              (long) outer * count * inner * Parts.ELEMENT,
              outer * blocks,
              (_, begin, end) -> reduce(begin, end));
    }

    @Override
    public void run(OpCall call) {
      from = call.operand(0).floats();
      out = call.result(0, DType.FLOAT32, shape).floats();
      division.run(call.workers());
    }

    private void reduce(int begin, int end) {
      for (int block = begin, next; block < end; block = next) {
        int i = block / blocks;
        next = Math.min(end, (i + 1) * blocks);
        int first = (block - i * blocks) * COLUMNS;
        int last = Math.min((next - i * blocks) * COLUMNS, inner);
        int at = i * count * inner;
        fold.columns(settings.engine(), from, at, count, inner, first, last, out, i * inner);
      }
    }
  }
}

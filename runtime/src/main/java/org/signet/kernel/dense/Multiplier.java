package org.signet.kernel.dense;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.signet.op.OpCall;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;

/**
 * The second matrix of products, prepared for runs of a kernel: packed if the products are large
 * enough. Made for one run, unless it {@linkplain #isLasting is lasting}.
 */
final class Multiplier {
  /** Rows that are not divided among threads: a multiple of those of every tile. */
  static final int TILE = 12;

  /** Multiply-adds that reading an element of the second matrix counts for. */
  private static final int READ = 3;

  /** Panels that engines take together for a single row. */
  private static final int TOGETHER = 4;

  /** Elements of a constant matrix that is packed ahead: 1 MB. */
  static final int LARGE = 1 << 18;

  private final Engine engine;
  private final Right right;
  private final Optional<float[]> bias;
  private final Finish finish;
  private final Optional<PackedMatrix> packed;
  private final Optional<Tail.Piece> piece;
  private final boolean isLasting;
  private final SharedProduct shared = new SharedProduct();

  private Multiplier(
      Engine engine,
      Right right,
      Optional<float[]> bias,
      Finish finish,
      Optional<PackedMatrix> packed,
      Optional<Tail.Piece> piece,
      boolean isLasting) {
    this.engine = engine;
    this.right = right;
    this.bias = bias;
    this.finish = finish;
    this.packed = packed;
    this.piece = piece;
    this.isLasting = isLasting;
  }

  /** Whether it may be used for other calls, if they have the same bias. */
  boolean isLasting() {
    return isLasting;
  }

  /** The same products, to which functions are applied. */
  Multiplier followedBy(Tail tail, Tail.Piece functions) {
    return tail.isEmpty()
        ? this
        : new Multiplier(engine, right, bias, finish, packed, Optional.of(functions), isLasting);
  }

  /** Makes multipliers for the runs of one kernel. */
  static final class Maker {
    private final Settings settings;
    private final Optional<Object> constant;

    /** The constant as it was last packed, with zeros for the bias. */
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    private record Known(Right right, PackedMatrix packed) {}

    private volatile boolean isPreparing;

    /**
     * @param settings of the provider
     * @param constant the operand that holds the second matrix, if it is constant
     */
    Maker(Settings settings, Optional<Tensor> constant) {
      this.settings = settings;
      this.constant = constant.map(Tensor::storage);
    }

    /**
     * A multiplier for {@code rows} rows in all.
     *
     * @param bias as many as {@code right} has columns
     */
    Multiplier make(OpCall call, Right right, Optional<Tensor> bias, Finish finish, long rows) {
      float[] panels = room(call, right, rows);
      return make(call.workers(), right, panels, bias, finish, rows);
    }

    /** Packs a constant matrix, if that takes long; the caller sees to it that it is run. */
    Optional<Runnable> preparation(Right right) {
      if (right.data().size() < LARGE || !isKnown(right)) {
        return Optional.empty();
      }
      isPreparing = true;
      return Optional.of(() -> prepare(right));
    }

    private void prepare(Right right) {
      try {
        settings.constants().panels(right, Workers.NONE);
      } finally {
        isPreparing = false;
      }
    }

    /** Whether the constant matrix will have been packed soon. */
    boolean isPreparing() {
      return isPreparing;
    }

    /** Room for the panels of {@code right}; empty if they are kept, or not needed. */
    float[] room(OpCall call, Right right, long rows) {
      return isPlain(right, rows) || isKnown(right)
          ? new float[0]
          : call.workspace(Panels.size(right.layout(), settings.engine().panel()));
    }

    /**
     * The same.
     *
     * @param workers share the work of packing
     * @param room for the panels
     */
    Multiplier make(
        Workers workers,
        Right right,
        float[] room,
        Optional<Tensor> bias,
        Finish finish,
        long rows) {
      Optional<float[]> values = bias.map(Tensor::floats);
      Optional<PackedMatrix> packed =
          isPlain(right, rows) ? Optional.empty() : Optional.of(pack(workers, right, room, values));
      return new Multiplier(
          settings.engine(), right, values, finish, packed, Optional.empty(), isKnown(right));
    }

    private boolean isPlain(Right right, long rows) {
      return rows * right.columns() * right.depth() < settings.plainBelow()
          || (!isKnown(right) && isTooFew(right, rows));
    }

    /** Packing turned columns and the rest of a panel takes longer than so few sums. */
    private boolean isTooFew(Right right, long rows) {
      return right.depthStep() == 1 && 2 * rows * right.columns() <= settings.engine().panel();
    }

    /** Only the constant's own elements may be looked up among the packed ones. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isKnown(Right right) {
      return constant.isPresent() && constant.get() == right.data().storage();
    }

    private PackedMatrix pack(Workers workers, Right right, float[] room, Optional<float[]> bias) {
      Known last = known.get();
      if (last != null && bias.isEmpty() && last.right().equals(right)) {
        return last.packed();
      }
      int width = settings.engine().panel();
      boolean isKnown = isKnown(right);
      float[] panels =
          isKnown
              ? settings.constants().panels(right, workers)
              : Panels.pack(right, settings.engine(), workers, room);
      PackedMatrix packed =
          new PackedMatrix(panels, right.paddedBias(bias, width), right.columns());
      if (isKnown && bias.isEmpty()) {
        known.set(new Known(right, packed));
      }
      return packed;
    }
  }

  /**
   * Writes {@code rows} rows of sums, one after the other from {@code at} on.
   *
   * @param fromAt where the first row begins
   */
  void multiply(float[] from, int fromAt, Left left, int rows, float[] out, int at) {
    multiply(Workers.NONE, from, fromAt, left, rows, out, at);
  }

  /** The same by many threads: each sums up whole elements, so that the bits are the same. */
  void multiply(
      Workers workers, float[] from, int fromAt, Left left, int rows, float[] out, int at) {
    multiply(workers, from, fromAt, left, rows, out, at, right.columns());
  }

  /**
   * The same, where rows of sums lie further apart.
   *
   * @param step from one row of sums to the next
   */
  void multiply(
      Workers workers,
      float[] from,
      int fromAt,
      Left left,
      int rows,
      float[] out,
      int at,
      int step) {
    if (packed.isEmpty()) {
      multiplyPlainly(from, fromAt, left, rows, out, at, step);
    } else if (workers.threads() == 1) {
      compute(from, fromAt, left, 0, rows, 0, right.columns(), out, at, step);
    } else {
      shared.run(workers, from, fromAt, left, rows, out, at, step);
    }
  }

  private void multiplyPlainly(
      float[] from, int fromAt, Left left, int rows, float[] out, int at, int step) {
    int columns = right.columns();
    PlainProduct.multiply(from, fromAt, left, rows, right, bias, out, at, step, finish.bounds());
    int run = step == columns ? rows * columns : columns;
    for (int i = 0; i < rows * columns / run; i++) {
      finish.applyFunction(engine, out, at + i * step, run);
      if (piece.isPresent()) {
        piece.get().apply(out, at + i * step, run);
      }
    }
  }

  /** A product that threads share. Who asks for it waits, so that there is one at a time. */
  private final class SharedProduct {
    private float[] from = {};
    private int fromAt;
    private Left left = Left.matrix(0);
    private int rows;
    private float[] out = {};
    private int at;
    private int step;
    private @Nullable Division division;

    private void run(
        Workers workers,
        float[] newFrom,
        int newFromAt,
        Left newLeft,
        int newRows,
        float[] newOut,
        int newAt,
        int newStep) {
      if (division == null || newRows != rows) {
        division = divide(workers, newRows);
      }
      from = newFrom;
      fromAt = newFromAt;
      left = newLeft;
      rows = newRows;
      out = newOut;
      at = newAt;
      step = newStep;
      division.run(workers);
    }

    private Division divide(Workers workers, int all) {
      int columns = right.columns();
      long work = ((long) all + READ) * columns * right.depth();
      if (dividesColumns(all)) {
        int unit = all == 1 ? TOGETHER * engine.panel() : engine.panel();
        int units = Math.ceilDiv(columns, unit);
        // One row is over too soon to even out threads.
        int most = all == 1 ? workers.threads() : units;
        return Division.of(
            workers, work, most, units, (_, first, end) -> columns(first, end, unit));
      }
      return Division.of(
          workers, work, Math.ceilDiv(all, TILE), (_, first, end) -> rows(first, end));
    }

    private void columns(int first, int end, int unit) {
      int column = first * unit;
      int count = Math.min(end * unit, right.columns()) - column;
      compute(from, fromAt, left, 0, rows, column, count, out, at, step);
    }

    private void rows(int first, int end) {
      int row = first * TILE;
      int count = Math.min(end * TILE, rows) - row;
      compute(from, fromAt, left, row, count, 0, right.columns(), out, at, step);
    }
  }

  /**
   * Whether columns are divided among threads: what is not divided each thread reads. Rows stay
   * with the thread that read and wrote the same lines of an image before.
   */
  boolean dividesColumns(int rows) {
    long weights = (long) right.columns() * right.depth();
    return weights > (long) rows * (right.columns() + right.depth());
  }

  /** Computes an area, by pieces that stay in the caches if functions are applied to them. */
  private void compute(
      float[] from,
      int fromAt,
      Left left,
      int row,
      int rows,
      int column,
      int columns,
      float[] out,
      int at,
      int step) {
    PackedMatrix matrix = packed.get();
    if (piece.isEmpty()) {
      engine.product(from, fromAt, left, matrix, row, rows, column, columns, finish, out, at, step);
      return;
    }
    int least = RowBlocks.rows(rows, left.length(), columns, TILE);
    int more = Math.max(1, TailedAttempt.PIECE / columns / least);
    int block = Math.min(least * more, rows);
    int panel = engine.panel();
    int fitting = TailedAttempt.PIECE / block;
    // Columns that are divided have their functions applied row by row.
    int wide = fitting >= columns ? columns : Math.max(fitting / panel * panel, panel);
    for (int r = row; r < row + rows; r += block) {
      int height = Math.min(block, row + rows - r);
      for (int c = column; c < column + columns; c += wide) {
        int width = Math.min(wide, column + columns - c);
        engine.product(from, fromAt, left, matrix, r, height, c, width, finish, out, at, step);
        apply(piece.get(), r, height, c, width, out, at, step);
      }
    }
  }

  private static void apply(
      Tail.Piece functions,
      int row,
      int rows,
      int column,
      int columns,
      float[] out,
      int at,
      int step) {
    int first = at + row * step + column;
    if (columns == step) {
      functions.apply(out, first, rows * step);
    } else {
      functions.apply(out, first, step, rows, columns);
    }
  }
}

package org.signet.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Diagonals of matrices. MATRIX_DIAG and MATRIX_SET_DIAG know the main diagonal only; every other
 * use is one GATHER by a table of where each element comes from, computed if sizes are not known.
 */
final class DiagonalLowering implements Lowering {
  /** The highest rank that SELECT_V2 broadcasts. */
  private static final int HIGHEST_RANK = 5;

  /** Those on the last two dimensions. */
  static final Set<String> MATRIX_OPS =
      Set.of(
          "MatrixBandPart",
          "MatrixDiag",
          "MatrixDiagPart",
          "MatrixDiagPartV2",
          "MatrixDiagPartV3",
          "MatrixDiagV2",
          "MatrixDiagV3",
          "MatrixSetDiag",
          "MatrixSetDiagV2",
          "MatrixSetDiagV3");

  @Override
  public Set<String> ops() {
    Set<String> ops = new HashSet<>(MATRIX_OPS);
    ops.addAll(Set.of("Diag", "DiagPart"));
    return ops;
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean masks = op.name().equals("MatrixBandPart") && op.dtype(0) == DType.BOOL;
    if (!masks && !KernelTypes.MOVED.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    return switch (op.name()) {
      case "Diag", "DiagPart" ->
          op.shape(0).hasRank() ? tensor(op, emit) : Lowered.declined("the rank is not known");
      case "MatrixBandPart" -> band(op, emit);
      default -> matrix(op, emit);
    };
  }

  private static Lowered matrix(TfOp op, Emitter emit) {
    boolean set = op.name().startsWith("MatrixSetDiag");
    boolean part = op.name().startsWith("MatrixDiagPart");
    int at = set ? 2 : 1;
    Optional<int[]> k =
        op.operands().size() > at ? emit.intsOf(op.operand(at)) : Optional.of(new int[] {0});
    boolean main = k.isPresent() && k.get()[0] == 0 && k.get()[k.get().length - 1] == 0;
    if (main && !part && op.shape(0).hasRank() && isPlain(op, set, emit)) {
      return Lowered.to(
          set
              ? emit.builtin("MATRIX_SET_DIAG", op.operand(0), op.operand(1))
              : emit.builtin("MATRIX_DIAG", op.operand(0)));
    }
    Shape matrix = set || part ? op.shape(0) : op.result().shape();
    Shape diagonals = set ? op.shape(1) : part ? op.result().shape() : op.shape(0);
    boolean known = isInnerKnown(matrix, 2) && op.shape(0).hasRank();
    if (part && main && !known && matrix.hasRank() && matrix.rank() >= 2) {
      return Lowered.to(mainDiagonal(op.operand(0), emit));
    }
    boolean single = k.isPresent() && k.get()[0] == k.get()[k.get().length - 1];
    if (k.isEmpty() || !known || !isInnerKnown(diagonals, single ? 1 : 2)) {
      return computed(op, set, part, emit);
    }
    Diagonals place =
        new Diagonals(
            matrix.dim(-2),
            matrix.dim(-1),
            k.get()[0],
            k.get()[k.get().length - 1],
            diagonals.dim(-1),
            alignment(op));
    if (set) {
      Value both =
          emit.concat(1, rows(op.operand(0), 2, emit), rows(op.operand(1), single ? 1 : 2, emit));
      return Lowered.to(
          gathered(
              both,
              place.whenSet(),
              op.operand(0),
              2,
              List.of(place.rows(), place.columns()),
              emit));
    }
    Value padding =
        op.operands().size() > at ? op.operand(op.operands().size() - 1) : zero(op, emit);
    if (part) {
      Value source = padded(rows(op.operand(0), 2, emit), padding, emit);
      List<Integer> inner =
          single ? List.of(place.length()) : List.of(place.count(), place.length());
      return Lowered.to(gathered(source, place.whenTaken(), op.operand(0), 2, inner, emit));
    }
    Value source = padded(rows(op.operand(0), single ? 1 : 2, emit), padding, emit);
    return Lowered.to(
        gathered(
            source,
            place.whenMade(),
            op.operand(0),
            single ? 1 : 2,
            List.of(place.rows(), place.columns()),
            emit));
  }

  /** With what is not known computed when the model runs. */
  private static Lowered computed(TfOp op, boolean set, boolean part, Emitter emit) {
    int at = set ? 2 : 1;
    boolean first = op.operands().size() <= at; // of the versions, which knows the main one only
    ComputedDiagonals diagonals =
        new ComputedDiagonals(
            first ? emit.ints(0) : op.operand(at), alignment(op), op.result().shape(), emit);
    if (set) {
      return Lowered.to(diagonals.set(op.operand(0), op.operand(1)));
    }
    Value padding = first ? zero(op, emit) : op.operands().getLast();
    if (part) {
      return Lowered.to(diagonals.take(op.operand(0), padding));
    }
    Value free = emit.scalar(-1);
    return Lowered.to(
        first
            ? diagonals.make(op.operand(0), free, free, padding)
            : diagonals.make(op.operand(0), op.operand(2), op.operand(3), padding));
  }

  /** The main diagonals in the last two dimensions, whatever their sizes. */
  static Value mainDiagonal(Value matrices, Emitter emit) {
    List<DimSource> dims = DimSource.all(matrices);
    List<DimSource> outer = dims.subList(0, dims.size() - 2);
    Value columns = dims.getLast().scalar(emit);
    Value count = emit.builtin("MINIMUM", dims.get(outer.size()).scalar(emit), columns);
    Value line = emit.builtin("RANGE", emit.scalar(0), count, emit.scalar(1));
    Value step = emit.builtin("ADD", columns, emit.scalar(1));
    List<DimSource> flat = new ArrayList<>(outer);
    flat.add(DimSource.product(dims.subList(outer.size(), dims.size())));
    return emit.builtin(
        "GATHER",
        Attributes.of("axis", outer.size(), "batch_dims", 0),
        DimSource.reshape(matrices, flat, emit),
        emit.builtin("MUL", line, step));
  }

  private static Value zero(TfOp op, Emitter emit) {
    return emit.scalar(op.dtype(0), 0);
  }

  /**
   * Whether the main diagonal is all that is asked for, of matrices as TFLite's kernels make them.
   */
  private static boolean isPlain(TfOp op, boolean set, Emitter emit) {
    if (set || op.name().equals("MatrixDiag")) {
      return true;
    }
    boolean square = true;
    for (int i = 2; i <= 3; i++) {
      Optional<int[]> size = emit.intsOf(op.operand(i));
      square &=
          size.isPresent()
              && (size.get()[0] == -1
                  || (op.shape(0).isKnown(op.shape(0).rank() - 1)
                      && size.get()[0] == op.shape(0).dim(-1)));
    }
    return square && isZero(op.operand(4), emit);
  }

  private static boolean isZero(Value value, Emitter emit) {
    return emit.valueOf(value)
        .filter(tensor ->
            tensor.dtype().isFloating() ? tensor.getDouble(0) == 0 : tensor.getLong(0) == 0)
        .isPresent();
  }

  private static boolean isInnerKnown(Shape shape, int count) {
    if (!shape.hasRank() || shape.rank() < count) {
      return false;
    }
    for (int i = 1; i <= count; i++) {
      if (shape.dim(-i) == Shape.UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  private static String alignment(TfOp op) {
    return op.name().endsWith("V3")
        ? op.attributes().getString("align", "RIGHT_LEFT")
        : "LEFT_LEFT";
  }

  /** {@code value} as [everything before the last dimensions, their product]. */
  private static Value rows(Value value, int inner, Emitter emit) {
    int rank = value.type().shape().rank();
    List<DimSource> outer = new ArrayList<>();
    List<DimSource> last = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      (i < rank - inner ? outer : last).add(DimSource.of(value, i));
    }
    return DimSource.reshape(
        value, List.of(DimSource.product(outer), DimSource.product(last)), emit);
  }

  /** {@code rows} with one more column, of {@code padding}. */
  private static Value padded(Value rows, Value padding, Emitter emit) {
    Value amounts = emit.constant(Tensor.of(new int[] {0, 0, 0, 1}, 2, 2));
    return emit.builtin("PADV2", rows, amounts, padding);
  }

  /** Columns of {@code source} by the table, under {@code like}'s outer sizes. */
  private static Value gathered(
      Value source, int[] table, Value like, int inner, List<Integer> sizes, Emitter emit) {
    Value taken =
        emit.builtin("GATHER", Attributes.of("axis", 1, "batch_dims", 0), source, emit.ints(table));
    List<DimSource> dims = new ArrayList<>();
    for (int i = 0; i < like.type().shape().rank() - inner; i++) {
      dims.add(DimSource.of(like, i));
    }
    sizes.forEach(size -> dims.add(new DimSource(size, List.of())));
    return DimSource.reshape(taken, dims, emit);
  }

  /**
   * 0 where a row's and a column's number differ by more than the bounds; negative ones are none.
   */
  private static Lowered band(TfOp op, Emitter emit) {
    Value x = op.operand(0);
    if (op.shape(0).hasRank() && op.shape(0).rank() <= HIGHEST_RANK) {
      return Lowered.to(band(op, x, emit));
    }
    Value sizes = emit.shapeOf(x);
    Value inner =
        emit.builtin(
            "STRIDED_SLICE",
            Attributes.of("end_mask", 1),
            sizes,
            emit.ints(-2),
            emit.ints(0),
            emit.ints(1));
    // Its values are not known to anything that infers shapes, but that there are three is.
    Value target = emit.concat(0, emit.ints(-1), emit.reshape(inner, Shape.of(2)));
    Value matrices = emit.builtin("RESHAPE", x, target);
    return Lowered.to(emit.builtin("RESHAPE", band(op, matrices, emit), sizes));
  }

  /** The bands of matrices, of a rank that the kernel broadcasts. */
  private static Value band(TfOp op, Value x, Emitter emit) {
    int rank = x.type().shape().rank();
    Value rows = emit.reshape(numbers(x, rank - 2, emit), Shape.of(Shape.UNKNOWN, 1));
    Value below = emit.builtin("SUB", rows, numbers(x, rank - 1, emit));
    Optional<Value> lower = within("LESS_EQUAL", below, op.operand(1), emit);
    Optional<Value> upper = within("GREATER_EQUAL", below, op.operand(2), emit);
    Optional<Value> both = lower.flatMap(l -> upper.map(u -> emit.builtin("LOGICAL_AND", l, u)));
    Optional<Value> kept = both.or(() -> lower).or(() -> upper);
    if (kept.isEmpty()) {
      return x;
    }
    Value filler = rank == 2 ? filler(x).orElse(x) : x;
    return filler.type().dtype() == DType.BOOL
        ? emit.builtin("LOGICAL_AND", kept.get(), filler)
        : emit.builtin("SELECT_V2", kept.get(), filler, emit.scalar(op.dtype(0), 0));
  }

  /** 0, 1, … along a dimension. */
  private static Value numbers(Value x, int axis, Emitter emit) {
    return emit.builtin(
        "RANGE", emit.scalar(0), DimSource.of(x, axis).scalar(emit), emit.scalar(1));
  }

  /**
   * Where rows are at most so far below the diagonal, or above it; empty if a negative bound lets
   * all be.
   */
  private static Optional<Value> within(String relation, Value below, Value bound, Emitter emit) {
    Value most = emit.cast(bound, DType.INT32);
    Optional<int[]> known = emit.intsOf(most);
    if (known.isPresent() && known.get()[0] < 0) {
      return Optional.empty();
    }
    Value limit = relation.equals("LESS_EQUAL") ? most : emit.builtin("NEG", most);
    Value inside = emit.builtin(relation, below, limit);
    return Optional.of(
        known.isPresent()
            ? inside
            : emit.builtin("LOGICAL_OR", emit.builtin("LESS", most, emit.scalar(0)), inside));
  }

  /** What a matrix is filled with, which broadcasts as the matrix does. */
  private static Optional<Value> filler(Value x) {
    return x instanceof Value.Result result && result.producer().is("FILL")
        ? Optional.of(result.producer().operand(1))
        : Optional.empty();
  }

  private static Lowered tensor(TfOp op, Emitter emit) {
    return op.name().equals("Diag") ? tensorDiagonal(op, emit) : tensorDiagonalPart(op, emit);
  }

  /** A tensor of shape s becomes one of shape s + s. */
  private static Lowered tensorDiagonal(TfOp op, Emitter emit) {
    List<DimSource> dims = DimSource.all(op.operand(0));
    Value flat = DimSource.reshape(op.operand(0), List.of(DimSource.product(dims)), emit);
    dims.addAll(List.copyOf(dims));
    return Lowered.to(DimSource.reshape(emit.builtin("MATRIX_DIAG", flat), dims, emit));
  }

  private static Lowered tensorDiagonalPart(TfOp op, Emitter emit) {
    List<DimSource> dims = DimSource.all(op.operand(0));
    List<DimSource> half = dims.subList(0, dims.size() / 2);
    DimSource size = DimSource.product(half);
    Value matrix = DimSource.reshape(op.operand(0), List.of(size, size), emit);
    return Lowered.to(DimSource.reshape(mainDiagonal(matrix, emit), half, emit));
  }
}

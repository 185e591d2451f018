package org.signet.op;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Ops that pick slices by index: GATHER along one axis, EMBEDDING_LOOKUP of rows, GATHER_ND by
 * index vectors.
 */
public final class Gathering {
  private static final Prepared GATHER_ND = Prepared.of(Gathering::prepareGatherNd);

  private Gathering() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("GATHER", Gathering::inferBuiltin, Gathering::builtin).moving(),
        OpDefinition.builtin("EMBEDDING_LOOKUP", Gathering::inferLookup, Gathering::lookup)
            .accurate(Accuracy.EXACT),
        OpDefinition.builtin("GATHER_ND", Gathering::inferGatherNd, Gathering::gatherNd).moving());
  }

  private static List<TensorType> inferBuiltin(OpTypes op) {
    Attributes options = op.attributes();
    Shape shape =
        gathered(
            op.shape(0),
            op.shape(1),
            OptionalInt.of(options.getInt("axis", 0)),
            options.getInt("batch_dims", 0));
    return List.of(Shapes.plain(op.dtype(0), shape));
  }

  private static void builtin(OpCall call) {
    Attributes options = call.attributes();
    gather(
        call,
        call.operand(0),
        call.operand(1),
        options.getInt("axis", 0),
        options.getInt("batch_dims", 0));
  }

  /** Operand 0 holds the row numbers, operand 1 the rows. */
  private static List<TensorType> inferLookup(OpTypes op) {
    Shape shape = gathered(op.shape(1), op.shape(0), OptionalInt.of(0), 0);
    return List.of(Shapes.plain(op.dtype(1), shape));
  }

  private static void lookup(OpCall call) {
    gather(call, call.operand(1), call.operand(0), 0, 0);
  }

  /**
   * The shape of {@code params} with dimension {@code axis} replaced by the dimensions of {@code
   * indices} after the first {@code batchDims}, which both share.
   */
  public static Shape gathered(Shape params, Shape indices, OptionalInt axis, int batchDims) {
    if (!params.hasRank() || !indices.hasRank()) {
      return Shape.unknownRank();
    }
    int batch = batchDims < 0 ? batchDims + indices.rank() : batchDims;
    Shapes.require(
        batch >= 0 && batch <= indices.rank() && batch < params.rank(),
        "%s batch dimensions of %s",
        batchDims,
        indices);
    if (axis.isEmpty()) {
      return Shape.ofRank(params.rank() - 1 + indices.rank() - batch);
    }
    int along = Shapes.axis(axis.getAsInt(), params.rank());
    Shapes.require(along >= batch, "axis %s is a batch dimension", along);
    int[] dims = new int[params.rank() - 1 + indices.rank() - batch];
    int n = 0;
    for (int d = 0; d < along; d++) {
      dims[n++] = d < batch ? same(params.dim(d), indices.dim(d)) : params.dim(d);
    }
    for (int d = batch; d < indices.rank(); d++) {
      dims[n++] = indices.dim(d);
    }
    for (int d = along + 1; d < params.rank(); d++) {
      dims[n++] = params.dim(d);
    }
    return Shape.of(dims);
  }

  private static int same(int a, int b) {
    Shapes.require(
        a == b || a == Shape.UNKNOWN || b == Shape.UNKNOWN, "batch sizes differ: %s, %s", a, b);
    return a == Shape.UNKNOWN ? b : a;
  }

  /**
   * Sets result 0 to the slices of {@code params} along {@code axis} that {@code indices} name.
   *
   * @throws IllegalArgumentException for an index that is negative or too large
   */
  public static void gather(OpCall call, Tensor params, Tensor indices, int axis, int batchDims) {
    Optional<Object> kept = call.kept(Gathering.class);
    if (kept.isPresent()
        && kept.get() instanceof Slices last
        && last.isFor(params, indices, axis, batchDims)) {
      last.run(call, params, indices);
      return;
    }
    Slices slices = new Slices(params, indices, axis, batchDims);
    call.keep(Gathering.class, slices);
    slices.run(call, params, indices);
  }

  /** Takes slices of tensors of one shape by indices of one shape. */
  private static final class Slices {
    private final int[] paramsShape;
    private final int[] indicesShape;
    private final int axis;
    private final int batchDims;
    private final int[] shape;
    private final int batches;
    private final int outer;
    private final int size;
    private final int inner;
    private final int[] positions;

    Slices(Tensor params, Tensor indices, int axis, int batchDims) {
      this.axis = axis;
      this.batchDims = batchDims;
      paramsShape = params.shape();
      indicesShape = indices.shape();
      shape =
          gathered(Shape.of(paramsShape), Shape.of(indicesShape), OptionalInt.of(axis), batchDims)
              .dims();
      int along = Shapes.axis(axis, paramsShape.length);
      int batch = batchDims < 0 ? batchDims + indices.rank() : batchDims;
      batches = Shapes.product(paramsShape, 0, batch);
      outer = Shapes.product(paramsShape, batch, along);
      size = paramsShape[along];
      inner = Shapes.product(paramsShape, along + 1, paramsShape.length);
      positions = new int[Shapes.product(indicesShape, batch, indices.rank())];
    }

    boolean isFor(Tensor params, Tensor indices, int otherAxis, int otherBatchDims) {
      return params.hasShape(paramsShape)
          && indices.hasShape(indicesShape)
          && axis == otherAxis
          && batchDims == otherBatchDims;
    }

    void run(OpCall call, Tensor params, Tensor indices) {
      Tensor result = call.result(0, params.dtype(), shape);
      int count = positions.length;
      int to = 0;
      for (int b = 0; b < batches; b++) {
        for (int i = 0; i < count; i++) {
          long index = indices.getLong(b * count + i);
          if (index < 0 || index >= size) {
            throw noRow(indices, b * count + i, size);
          }
          positions[i] = (int) index * inner;
        }
        for (int o = 0; o < outer; o++) {
          int from = (b * outer + o) * size * inner;
          Elements.copyRows(params, from, positions, inner, result, to);
          to += count * inner;
        }
      }
    }
  }

  /** An index, element {@code i} of {@code indices}, that is none of {@code size}. */
  static IllegalArgumentException noRow(Tensor indices, int i, int size) {
    return new IllegalArgumentException(
        "indices"
            + Shapes.place(i, indices.shape())
            + " = "
            + indices.getLong(i)
            + " is not in [0, "
            + size
            + ")");
  }

  static void checkIndex(long index, int size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("index " + index + " is outside a size of " + size);
    }
  }

  /**
   * The last dimension of the indices holds an index vector into the first dimensions of operand 0.
   */
  public static List<TensorType> inferGatherNd(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(0), inferNd(op.shape(0), op.shape(1))));
  }

  private static Shape inferNd(Shape params, Shape indices) {
    if (!params.hasRank() || !indices.hasRank()) {
      return Shape.unknownRank();
    }
    Shapes.require(indices.rank() >= 1, "the indices are a scalar");
    int depth = indices.dim(-1);
    if (depth == Shape.UNKNOWN) {
      return Shape.unknownRank();
    }
    Shapes.require(depth <= params.rank(), "index vectors of %s into %s", depth, params);
    int[] dims = new int[indices.rank() - 1 + params.rank() - depth];
    System.arraycopy(indices.dims(), 0, dims, 0, indices.rank() - 1);
    System.arraycopy(params.dims(), depth, dims, indices.rank() - 1, params.rank() - depth);
    return Shape.of(dims);
  }

  public static void gatherNd(OpCall call) {
    GATHER_ND.evaluate(call);
  }

  private static Prepared.Run prepareGatherNd(OpCall call) {
    int[] params = call.operand(0).shape();
    IndexVectors vectors =
        IndexVectors.of(call, 1, params).refusing("does not index into param shape");
    int[] shape = inferNd(Shape.of(params), Shape.of(call.operand(1).shape())).dims();
    Tensor empty = Tensor.zeros(call.operand(0).dtype(), 1);
    return own -> gatherNd(own, vectors, shape, empty);
  }

  private static void gatherNd(OpCall call, IndexVectors vectors, int[] shape, Tensor empty) {
    Tensor indices = call.operand(1);
    Tensor result = call.result(0, empty.dtype(), shape);
    int slice = vectors.sliceSize();
    int count = vectors.count();
    for (int i = 0; i < count; i++) {
      int from = vectors.position(indices, i);
      if (from == IndexVectors.IGNORED) {
        Elements.fill(result, i * slice, slice, empty, 0);
      } else {
        Elements.copy(call.operand(0), from, result, i * slice, slice);
      }
    }
  }
}

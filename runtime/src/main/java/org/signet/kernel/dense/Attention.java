package org.signet.kernel.dense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * The softmax of the rows of products, and their products with other matrices: what attention
 * computes, one head after the other, so that its scores stay in the caches. Heads are read where
 * they lie between others, and written there, too.
 */
final class Attention implements Attempt {
  private final Settings settings;
  private final boolean transposeKeys;
  private final Tail tail;
  private final float beta;
  private final Optional<Values> values;
  private final Map<Integer, int[]> orders;
  private final Optional<int[]> resultOrder;

  /** The last matrices. */
  private record Values(int operand, boolean transpose) {}

  private Attention(
      Settings settings,
      boolean transposeKeys,
      Tail tail,
      float beta,
      Optional<Values> values,
      Map<Integer, int[]> orders,
      Optional<int[]> resultOrder) {
    this.settings = settings;
    this.transposeKeys = transposeKeys;
    this.tail = tail;
    this.beta = beta;
    this.values = values;
    this.orders = orders;
    this.resultOrder = resultOrder;
  }

  /**
   * Products, functions of their elements and a softmax, if that is what follows.
   *
   * @param transposeKeys whether the second matrices are transposed
   */
  static Optional<Attempt> of(
      Settings settings, boolean transposeKeys, Tail tail, Following following) {
    float beta = following.step().attributes().getFloat("beta", 1);
    return is(following, "SOFTMAX") && beta > 0
        ? Optional.of(
            new Attention(
                settings, transposeKeys, tail, beta, Optional.empty(), Map.of(), Optional.empty()))
        : Optional.empty();
  }

  private static boolean is(Following following, String op) {
    Step step = following.step();
    return following.isDirect()
        && step.op().isBuiltin()
        && step.op().name().equals(op)
        && following.previous().equals(List.of(0))
        && Refusals.reason(step).isEmpty();
  }

  @Override
  public Optional<Attempt> with(Tail none, Following following, int next) {
    Step step = following.step();
    boolean isProduct =
        is(following, "BATCH_MATMUL")
            && !step.attributes().getBoolean("adj_x", false)
            && step.constants().get(1).isEmpty()
            && step.operandTypes().stream()
                .allMatch(type -> type.isPresent() && type.get().dtype() == DType.FLOAT32);
    if (values.isEmpty() && isProduct) {
      Values last = new Values(next, step.attributes().getBoolean("adj_y", false));
      return Optional.of(
          new Attention(
              settings, transposeKeys, tail, beta, Optional.of(last), orders, resultOrder));
    }
    if (values.isPresent() && resultOrder.isEmpty() && is(following, "TRANSPOSE")) {
      return step.constants()
          .get(1)
          .map(Tensor::toInts)
          .filter(Attention::keepsRows)
          .map(order ->
              new Attention(
                  settings, transposeKeys, tail, beta, values, orders, Optional.of(order)));
    }
    return Optional.empty();
  }

  /** Whether the last dimension stays where it is. */
  private static boolean keepsRows(int... order) {
    return order.length > 2 && order[order.length - 1] == order.length - 1;
  }

  @Override
  public Optional<Attempt> reading(int operand, int... order) {
    boolean isValues = values.isPresent() && values.get().operand() == operand;
    boolean can = operand == 0 ? keepsRows(order) : order.length > 2 && (operand == 1 || isValues);
    if (!can || orders.containsKey(operand)) {
      return Optional.empty();
    }
    Map<Integer, int[]> more = new HashMap<>(orders);
    more.put(operand, order);
    return Optional.of(
        new Attention(settings, transposeKeys, tail, beta, values, Map.copyOf(more), resultOrder));
  }

  private Matrices matrices(OpCall call, int operand) {
    return Matrices.of(call.operand(operand), Optional.ofNullable(orders.get(operand)));
  }

  @Override
  public boolean run(OpCall call) {
    int valuesAt = values.map(Values::operand).orElse(1);
    for (int operand : new int[] {0, 1, valuesAt}) {
      Tensor tensor = call.operand(operand);
      int[] order = orders.get(operand);
      if (tensor.rank() < 2
          || tensor.rank() != call.operand(0).rank()
          || tensor.size() == 0
          || (order != null && order.length != tensor.rank())) {
        return false;
      }
    }
    Matrices queries = matrices(call, 0);
    Matrices keys = matrices(call, 1);
    int[] batch = Arrays.copyOf(queries.shape(), queries.rank() - 2);
    int rows = queries.rows();
    int columns = transposeKeys ? keys.rows() : keys.columns();
    int[] shape = shape(batch, rows, columns);
    Optional<Tail.Piece> piece = tail.on(call, shape);
    if (!keys.fits(batch)
        || queries.columns() != (transposeKeys ? keys.columns() : keys.rows())
        || piece.isEmpty()) {
      return false;
    }
    Scores scores = new Scores(queries, keys, batch, rows, columns, piece.get());
    if (values.isEmpty()) {
      float[] out = call.result(0, DType.FLOAT32, shape).floats();
      forEachHead(call, scores, Optional.empty(), (room, i) -> run(scores, room, i, out));
      return true;
    }
    Matrices last = matrices(call, valuesAt);
    int units = values.get().transpose() ? last.rows() : last.columns();
    int depth = values.get().transpose() ? last.columns() : last.rows();
    int[] resultShape = shape(batch, rows, units);
    if (!last.fits(batch)
        || depth != columns
        || (resultOrder.isPresent() && resultOrder.get().length != resultShape.length)) {
      return false;
    }
    Tensor result = result(call, resultShape);
    Matrices places = Matrices.of(result, resultOrder.map(Attention::inverse));
    float[] between = call.workspace(Math.multiplyExact(heads(batch), rows * columns));
    forEachHead(
        call,
        scores,
        Optional.of(last),
        (room, i) -> {
          run(scores, room, i, between);
          Right right = last.right(last.begin(batch, i), values.get().transpose());
          Left left = Left.matrix(between, i * rows * columns, columns);
          multiply(left, right, room.values(), room, rows, result.floats(), places, batch, i);
        });
    return true;
  }

  private static int[] shape(int[] batch, int rows, int columns) {
    int[] shape = Arrays.copyOf(batch, batch.length + 2);
    shape[batch.length] = rows;
    shape[batch.length + 1] = columns;
    return shape;
  }

  private Tensor result(OpCall call, int[] shape) {
    int[] ordered = resultOrder.map(order -> Matrices.inOrder(shape, order)).orElse(shape);
    return call.result(0, DType.FLOAT32, ordered);
  }

  private static int[] inverse(int... order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  private static int heads(int[] batch) {
    return Shapes.product(batch, 0, batch.length);
  }

  /** What the rows of scores are made from. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Scores(
      Matrices queries, Matrices keys, int[] batch, int rows, int columns, Tail.Piece piece) {
    private long work() {
      return (long) heads(batch) * rows * columns * queries.columns();
    }
  }

  /** Arrays for one thread: packed keys, packed values, and the zeros that sums begin with. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Room(float[] keys, float[] values, float[] zeros) {}

  /** Computes one head. */
  private interface Head {
    void run(Room room, int head);
  }

  private void forEachHead(OpCall call, Scores scores, Optional<Matrices> last, Head head) {
    Workers workers = call.workers();
    int heads = heads(scores.batch());
    int parts = Parts.count(workers, scores.work(), heads);
    int panel = settings.engine().panel();
    int widest =
        Math.max(
            scores.columns(),
            last.map(matrices -> Math.max(matrices.rows(), matrices.columns())).orElse(0));
    float[] zeros = call.workspace(Panels.count(widest, panel) * panel);
    Arrays.fill(zeros, 0);
    List<Room> rooms = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      float[] keys = call.workspace(Panels.size(scores.keys().right(0, transposeKeys), panel));
      int size =
          last.isEmpty()
              ? 0
              : Panels.size(last.get().right(0, values.orElseThrow().transpose()), panel);
      rooms.add(new Room(keys, size == 0 ? zeros : call.workspace(size), zeros));
    }
    workers.run(
        parts,
        part -> {
          int end = Parts.begin(part + 1, parts, heads);
          for (int i = Parts.begin(part, parts, heads); i < end; i++) {
            head.run(rooms.get(part), i);
          }
        });
  }

  /** Writes the rows of a head to where they are in all scores. */
  private void run(Scores scores, Room room, int head, float[] out) {
    int rows = scores.rows();
    int columns = scores.columns();
    int[] batch = scores.batch();
    Right right = scores.keys().right(scores.keys().begin(batch, head), transposeKeys);
    Left left = scores.queries().left(scores.queries().begin(batch, head));
    int at = head * rows * columns;
    PackedMatrix packed = pack(right, room.keys(), room);
    Engine engine = settings.engine();
    engine.product(left, packed, new Area(0, rows, 0, columns), Finish.NONE, out, at, columns);
    scores.piece().apply(out, at, rows * columns);
    engine.softmax(out, out, head * rows, (head + 1) * rows, columns, beta);
  }

  private PackedMatrix pack(Right right, float[] panels, Room room) {
    Panels.pack(right, settings.engine(), Workers.NONE, panels);
    return new PackedMatrix(panels, room.zeros(), right.columns());
  }

  private void multiply(
      Left left,
      Right right,
      float[] panels,
      Room room,
      int rows,
      float[] out,
      Matrices places,
      int[] batch,
      int head) {
    PackedMatrix packed = pack(right, panels, room);
    Area all = new Area(0, rows, 0, right.columns());
    int at = places.begin(batch, head);
    settings.engine().product(left, packed, all, Finish.NONE, out, at, places.rowStep());
  }
}

package org.signet.op.flex.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.op.OpCall;
import org.signet.op.SessionValue;
import org.signet.op.Shapes;
import org.signet.op.StridedCopy;
import org.signet.op.flex.ProtoTensors;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * A queue of a session, which a resource tensor refers to. For one thread at a time, so where
 * TensorFlow waits for another thread to put or take entries, an operation fails here. One that
 * fails leaves the queue as it was.
 */
final class TensorQueue implements SessionValue {
  private static final String CLOSED = "closed";
  private static final String DRAWN = "drawn";

  /** What else distinguishes queues. */
  enum Kind {
    /** The first entry to come is the first to go. */
    FIFO("FIFOQueue"),
    /** The same; entries of different sizes are padded with zeros when they go together. */
    PADDING("PaddingFIFOQueue"),
    /** The entry whose first tensor, a number, is least is the first to go. */
    PRIORITY("PriorityQueue"),
    /** Any entry may be the next to go. */
    SHUFFLED("RandomShuffleQueue");

    private final String op;

    Kind(String op) {
      this.op = op;
    }
  }

  private final String name;
  private final Kind kind;
  private final List<DType> types;
  private final List<Shape> shapes;
  private final int capacity;
  private final Optional<ShuffledOrder> order;
  private List<List<Tensor>> entries = new ArrayList<>();
  private boolean closed;

  /** Whether a checkpoint holds on to the entries. */
  private boolean shared;

  /**
   * @param types of the tensors of an entry
   * @param shapes of them; of unknown rank where anything goes
   * @param capacity of entries, at most; negative if there is no limit
   * @param order draws the next entry of a shuffled queue
   */
  TensorQueue(
      String name,
      Kind kind,
      List<DType> types,
      List<Shape> shapes,
      int capacity,
      Optional<ShuffledOrder> order) {
    this.name = name;
    this.kind = kind;
    this.types = List.copyOf(types);
    this.shapes = List.copyOf(shapes);
    this.capacity = capacity;
    this.order = order;
  }

  /** The queue that operand 0 refers to. */
  static TensorQueue of(OpCall call) {
    Tensor handle = call.operand(0);
    if (handle.dtype() == DType.RESOURCE
        && handle.size() == 1
        && handle.objects()[0] instanceof TensorQueue queue) {
      return queue;
    }
    throw new IllegalArgumentException("operand 0 refers to no queue");
  }

  /** Whether entries are of the same types in both. */
  boolean isLike(TensorQueue other) {
    return kind == other.kind && types.equals(other.types) && shapes.equals(other.shapes);
  }

  int size() {
    return entries.size();
  }

  boolean isClosed() {
    return closed;
  }

  /** Lets no further entries in. */
  void close() {
    Shapes.require(!closed, "Queue '%s' is already closed.", name);
    closed = true;
  }

  /**
   * Puts entries in.
   *
   * @param added tensors by entry
   */
  void put(List<List<Tensor>> added) {
    Shapes.require(!closed, "%s '%s' is closed.", kind.op, name);
    Shapes.require(
        capacity < 0 || size() + added.size() <= capacity,
        "the queue '%s' holds %s of %s entries, so there is no room for %s; take some out first",
        name,
        size(),
        capacity,
        added.size());
    added.forEach(this::check);
    own();
    added.forEach(entry -> entries.add(placeOf(entry), entry));
  }

  private void check(List<Tensor> entry) {
    Shapes.require(entry.size() == types.size(), "%s tensors, not %s", entry.size(), types.size());
    for (int i = 0; i < types.size(); i++) {
      Tensor tensor = entry.get(i);
      Shapes.require(
          tensor.dtype() == types.get(i),
          "Type mismatch in tuple component %s. Expected %s, got %s in queue '%s'",
          i,
          ProtoTensors.name(types.get(i)),
          ProtoTensors.name(tensor.dtype()),
          name);
      Shapes.require(
          shapes.get(i).accepts(tensor.shape()),
          "Shape mismatch in tuple component %s. Expected %s, got %s in queue '%s'",
          i,
          Shapes.tight(shapes.get(i)),
          Shapes.tight(tensor.shape()),
          name);
    }
  }

  private int placeOf(List<Tensor> entry) {
    if (kind != Kind.PRIORITY) {
      return size();
    }
    long priority = entry.getFirst().getLong(0);
    int place = size();
    while (place > 0 && entries.get(place - 1).getFirst().getLong(0) > priority) {
      place--;
    }
    return place;
  }

  /** Takes the first entry out. */
  List<Tensor> take() {
    return takeFirst(1).getFirst();
  }

  /** Takes {@code count} entries out, one behind the other in tensors of one more dimension. */
  List<Tensor> takeMany(int count) {
    Shapes.require(count >= 0, "%s entries are asked for", count);
    List<List<Tensor>> taken = takeFirst(count);
    return IntStream.range(0, types.size()).mapToObj(i -> joined(i, taken)).toList();
  }

  /** The same; what there is will do if the queue is closed. */
  List<Tensor> takeUpTo(int count) {
    return takeMany(closed && size() > 0 ? Math.min(count, size()) : count);
  }

  private List<List<Tensor>> takeFirst(int count) {
    Shapes.require(
        !closed || count <= size(),
        "%s '%s' is closed and has insufficient elements (requested %s, current size %s)",
        kind.op,
        name,
        count,
        size());
    int kept = closed ? 0 : order.map(ShuffledOrder::atLeast).orElse(0);
    Shapes.require(
        count == 0 || count <= size() - kept,
        "the queue '%s' holds %s entries, not the %s that are asked for%s; first call what fills it",
        name,
        size(),
        count,
        kept > 0 ? " and " + kept + " to draw from" : "");
    own();
    if (order.isPresent()) {
      return IntStream.range(0, count).mapToObj(i -> order.get().draw(entries)).toList();
    }
    List<List<Tensor>> taken = List.copyOf(entries.subList(0, count));
    entries.subList(0, count).clear();
    return taken;
  }

  private Tensor joined(int component, List<List<Tensor>> taken) {
    Shape shape = shapes.get(component);
    Shapes.require(
        shape.hasRank() && (kind == Kind.PADDING || shape.isStatic()),
        "the queue '%s' knows no shape of its entries, so several can't be taken at once",
        name);
    int[] largest = shape.dims();
    for (int d = 0; d < largest.length; d++) {
      largest[d] = shape.isKnown(d) ? largest[d] : 0;
    }
    for (List<Tensor> entry : taken) {
      for (int d = 0; d < largest.length; d++) {
        largest[d] = Math.max(largest[d], entry.get(component).dim(d));
      }
    }
    int[] dims = IntStream.concat(IntStream.of(taken.size()), IntStream.of(largest)).toArray();
    Tensor result = Tensor.zeros(types.get(component), dims);
    int[] strides = Shapes.strides(largest);
    int step = Math.toIntExact(Shape.elements(largest));
    for (int i = 0; i < taken.size(); i++) {
      Tensor part = taken.get(i).get(component);
      StridedCopy.scatter(part, part.shape(), result, i * step, strides);
    }
    return result;
  }

  /** Called before every change. */
  private void own() {
    if (shared) {
      entries = new ArrayList<>(entries);
      shared = false;
    }
  }

  @Override
  public Runnable checkpoint() {
    List<List<Tensor>> before = entries;
    boolean wasClosed = closed;
    Optional<Long> drawn = order.map(ShuffledOrder::drawn);
    shared = true;
    return () -> {
      entries = before;
      closed = wasClosed;
      drawn.ifPresent(this::resumeOrder);
    };
  }

  private void resumeOrder(long drawn) {
    order.ifPresent(shuffled -> shuffled.resume(drawn));
  }

  /** Tensors by entry and component. */
  @Override
  public Map<String, Tensor> contents() {
    Map<String, Tensor> contents = new HashMap<>();
    contents.put(CLOSED, Tensor.scalar(closed));
    order.ifPresent(shuffled -> contents.put(DRAWN, Tensor.scalar(shuffled.drawn())));
    for (int e = 0; e < size(); e++) {
      for (int i = 0; i < types.size(); i++) {
        contents.put(key(e, i), entries.get(e).get(i).copy());
      }
    }
    return contents;
  }

  private static String key(int entry, int component) {
    return entry + "." + component;
  }

  @Override
  public void restore(Map<String, Tensor> contents) {
    List<List<Tensor>> restored = new ArrayList<>();
    while (contents.containsKey(key(restored.size(), 0))) {
      List<Tensor> entry = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        Optional.ofNullable(contents.get(key(restored.size(), i))).ifPresent(entry::add);
      }
      check(entry);
      restored.add(entry);
    }
    entries = restored;
    shared = false;
    closed = contents.containsKey(CLOSED) && contents.get(CLOSED).getBoolean(0);
    Optional.ofNullable(contents.get(DRAWN)).ifPresent(drawn -> resumeOrder(drawn.getLong(0)));
  }
}

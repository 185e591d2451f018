package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.RefusedOp;
import org.signet.diag.Report;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.StateHandles;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The queues of a model, which its signatures and its initialization fill and empty. Their ops are
 * TensorFlow's on resources, whatever the source uses.
 */
final class Queues {
  private static final String VERSION = "V2";
  private static final OpKey DEQUEUE = OpKey.tf("QueueDequeueV2");
  private static final OpKey DEQUEUE_MANY = OpKey.tf("QueueDequeueManyV2");
  private static final OpKey DEQUEUE_UP_TO = OpKey.tf("QueueDequeueUpToV2");
  private static final Set<OpKey> TAKING = Set.of(DEQUEUE, DEQUEUE_MANY, DEQUEUE_UP_TO);
  private static final Set<OpKey> FILLING =
      Set.of(OpKey.tf("QueueEnqueueV2"), OpKey.tf("QueueEnqueueManyV2"));

  private final IdentityHashMap<Value, Queue> queues = new IdentityHashMap<>();
  private final GraphHandles handles = new GraphHandles();

  /**
   * A queue.
   *
   * @param node the op that makes it, in the source
   * @param types those of an entry's tensors
   */
  private record Queue(String node, OpKey op, Attributes attributes, List<TensorType> types) {
    static Queue of(String op, Attributes attributes, String node) {
      return new Queue(node, OpKey.tf(op), attributes, entryTypes(op, attributes));
    }

    /** The types of what an op takes out. */
    List<TensorType> taken(OpKey op, Optional<Integer> count) {
      if (op.equals(DEQUEUE)) {
        return types;
      }
      return joined(types, op.equals(DEQUEUE_MANY) ? count.orElse(Shape.UNKNOWN) : Shape.UNKNOWN);
    }
  }

  private static List<TensorType> entryTypes(String op, Attributes attributes) {
    List<DType> types = new ArrayList<>(attributes.getList("component_types", DType.class));
    List<Shape> shapes = new ArrayList<>(attributes.getList("shapes", Shape.class));
    if (shapes.isEmpty()) {
      shapes.addAll(Collections.nCopies(types.size(), Shape.unknownRank()));
    }
    if (op.startsWith("Priority")) {
      types.addFirst(DType.INT64);
      shapes.addFirst(Shape.scalar());
    }
    return IntStream.range(0, Math.min(types.size(), shapes.size()))
        .mapToObj(i -> TensorType.of(types.get(i), shapes.get(i)))
        .toList();
  }

  private static List<TensorType> joined(List<TensorType> types, int rows) {
    return types.stream()
        .map(type -> type.withShape(Tables.join(Shape.of(rows), type.shape())))
        .toList();
  }

  /** The types of the tensors of an entry of the queue that a handle refers to. */
  static List<TensorType> entryTypes(Node handle) {
    return entryTypes(handle.op().name(), handle.attributes());
  }

  /** The types of the tensors of all its entries, one behind the other. */
  static List<TensorType> joinedTypes(Node handle) {
    return joined(entryTypes(handle), Shape.UNKNOWN);
  }

  private static String versioned(String op) {
    return op.endsWith(VERSION) ? op : op + VERSION;
  }

  /** Whether {@code op} makes a queue. */
  static boolean makes(String op) {
    return StateHandles.isQueue(versioned(op));
  }

  boolean isQueue(Value value) {
    return queues.containsKey(value);
  }

  /**
   * The queue that a node makes.
   *
   * @param place where the node stands, a name of its own
   */
  Value make(String op, Attributes attributes, String place) {
    Value.Resource resource =
        new Value.Resource(
            place, TensorType.of(DType.RESOURCE), TensorType.unranked(DType.VARIANT));
    queues.put(resource, Queue.of(versioned(op), StateHandles.named(attributes, place), place));
    return resource;
  }

  /** The results of an op whose first operand is a queue. */
  List<Value> apply(
      String op,
      Attributes attributes,
      List<Value> operands,
      GraphBuilder builder,
      String name,
      Origin origin) {
    Queue queue = queues.get(operands.getFirst());
    if (queue == null) {
      throw new IllegalStateException("no queue: " + operands.getFirst());
    }
    OpKey key = OpKey.tf(versioned(op));
    List<TensorType> types = List.of();
    if (TAKING.contains(key)) {
      Optional<Integer> count =
          operands.size() > 1
              ? builder.constantValue(operands.get(1)).map(known -> (int) known.getLong(0))
              : Optional.empty();
      types = queue.taken(key, count);
    } else if (key.name().equals("QueueSizeV2")) {
      types = List.of(TensorType.of(DType.INT32));
    } else if (key.name().equals("QueueIsClosedV2")) {
      types = List.of(TensorType.of(DType.BOOL));
    }
    List<Value> all = new ArrayList<>(operands);
    all.set(
        0, handles.get(queue.op(), queue.attributes(), List.of(), builder, queue.node(), origin));
    return builder.add(key, attributes, all, types, name, origin);
  }

  /**
   * Reports each queue that is emptied and that nothing fills: in TensorFlow another thread would.
   *
   * @param nodes those of the initialization and of the signatures
   */
  static void requireFilled(Stream<Node> nodes, Report report) {
    Map<String, Node> emptied = new LinkedHashMap<>();
    Set<String> filled = new HashSet<>();
    nodes.forEach(node -> collect(node, emptied, filled));
    emptied.keySet().removeAll(filled);
    emptied
        .values()
        .forEach(node -> {
          String name = node.operand(0).name();
          report.add(
              Diagnostic.error(
                      Code.OP_NOT_CONVERTIBLE,
                      "nothing in the model fills the queue '"
                          + name
                          + "': a program did beside it",
                      "convert signatures that begin behind the queue, with --signatures")
                  .at(node.origin())
                  .refusing(new RefusedOp(node.op().name(), List.of())));
        });
  }

  private static void collect(Node node, Map<String, Node> emptied, Set<String> filled) {
    if (TAKING.contains(node.op())) {
      SessionState.referred(node.operand(0)).ifPresent(queue -> emptied.putIfAbsent(queue, node));
    } else if (FILLING.contains(node.op())) {
      SessionState.referred(node.operand(0)).ifPresent(filled::add);
    }
    node.bodies().forEach(body -> body.nodes().forEach(inner -> collect(inner, emptied, filled)));
  }
}

package org.signet.op.flex.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.Effects;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * TensorFlow's queues, which the calls of a session share by container and name, and the ops on
 * them: {@link TensorQueue}.
 */
final class TfQueues {
  private static final String COMPONENTS = "component_types";

  private TfQueues() {}

  static List<OpDefinition> definitions() {
    return List.of(
        handle("FIFOQueueV2", TensorQueue.Kind.FIFO),
        handle("PaddingFIFOQueueV2", TensorQueue.Kind.PADDING),
        handle("PriorityQueueV2", TensorQueue.Kind.PRIORITY),
        handle("RandomShuffleQueueV2", TensorQueue.Kind.SHUFFLED),
        changes("QueueCloseV2", op -> List.of(), call -> TensorQueue.of(call).close()),
        changes(
            "QueueEnqueueV2",
            op -> List.of(),
            call -> TensorQueue.of(call).put(List.of(components(call)))),
        changes(
            "QueueEnqueueManyV2",
            op -> List.of(),
            call -> TensorQueue.of(call).put(rows(components(call)))),
        changes(
            "QueueDequeueV2",
            TfQueues::inferTaken,
            call -> give(call, TensorQueue.of(call).take())),
        changes(
            "QueueDequeueManyV2",
            TfQueues::inferTaken,
            call -> give(call, TensorQueue.of(call).takeMany(count(call)))),
        changes(
            "QueueDequeueUpToV2",
            TfQueues::inferTaken,
            call -> give(call, TensorQueue.of(call).takeUpTo(count(call)))),
        Rules.exact(
                "QueueIsClosedV2",
                Rules.always(Rules.scalar(DType.BOOL)),
                call -> call.result(0, Tensor.scalar(TensorQueue.of(call).isClosed())))
            .withEffects(Effects.READS_STATE),
        Rules.exact(
                "QueueSizeV2",
                Rules.always(Rules.scalar(DType.INT32)),
                call -> call.result(0, Tensor.scalar(TensorQueue.of(call).size())))
            .withEffects(Effects.READS_STATE));
  }

  private static OpDefinition changes(String op, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(op, rule, reference)
        .accurate(Accuracy.EXACT)
        .withEffects(Effects.WRITES_STATE);
  }

  private static OpDefinition handle(String op, TensorQueue.Kind kind) {
    return Rules.exact(
            op, Rules.always(Rules.scalar(DType.RESOURCE)), call -> setHandle(call, kind))
        .withEffects(Effects.READS_STATE);
  }

  private static void setHandle(OpCall call, TensorQueue.Kind kind) {
    TensorQueue wanted = queue(call.attributes(), kind);
    String name = call.attributes().getString("shared_name", "");
    // A null character can't be in a name, so no two queues meet.
    String key = "queue " + call.attributes().getString("container", "") + '\0' + name;
    TensorQueue queue = call.state().get(key, TensorQueue.class, () -> wanted);
    Shapes.require(
        queue.isLike(wanted),
        "the queue '%s' holds entries of other types; give each queue a shared_name of its own",
        name);
    call.result(0, Tensor.wrap(DType.RESOURCE, new Object[] {queue}));
  }

  private static TensorQueue queue(Attributes attributes, TensorQueue.Kind kind) {
    List<DType> types = new ArrayList<>(attributes.getList(COMPONENTS, DType.class));
    List<Shape> shapes = new ArrayList<>(attributes.getList("shapes", Shape.class));
    if (shapes.isEmpty()) {
      shapes.addAll(Collections.nCopies(types.size(), Shape.unknownRank()));
    }
    if (kind == TensorQueue.Kind.PRIORITY) {
      types.addFirst(DType.INT64);
      shapes.addFirst(Shape.scalar());
    }
    Shapes.require(
        types.size() == shapes.size(), "%s shapes for %s types", shapes.size(), types.size());
    String name = attributes.getString("shared_name", "");
    return new TensorQueue(
        name, kind, types, shapes, attributes.getInt("capacity", -1), order(kind, attributes));
  }

  private static Optional<ShuffledOrder> order(TensorQueue.Kind kind, Attributes attributes) {
    return kind == TensorQueue.Kind.SHUFFLED
        ? Optional.of(
            new ShuffledOrder(
                attributes.getLong("seed", 0),
                attributes.getLong("seed2", 0),
                attributes.getInt("min_after_dequeue", 0)))
        : Optional.empty();
  }

  private static List<TensorType> inferTaken(OpTypes op) {
    return op.attributes().getList(COMPONENTS, DType.class).stream()
        .map(TensorType::unranked)
        .toList();
  }

  private static int count(OpCall call) {
    return KnownOperands.scalar(call.operand(1));
  }

  private static List<Tensor> components(OpCall call) {
    List<Tensor> components = new ArrayList<>();
    for (int i = 1; i < call.operandCount(); i++) {
      components.add(call.operand(i).copy());
    }
    return components;
  }

  /** Components by entry, of which each tensor has one in each row. */
  private static List<List<Tensor>> rows(List<Tensor> components) {
    Tensor first = components.getFirst();
    for (Tensor tensor : components) {
      Shapes.require(
          tensor.rank() > 0 && tensor.dim(0) == first.dim(0),
          "entries of a queue are rows of %s and of %s",
          first.type(),
          tensor.type());
    }
    List<List<Tensor>> rows = new ArrayList<>();
    for (int i = 0; i < first.dim(0); i++) {
      int row = i;
      rows.add(components.stream().map(tensor -> Elements.row(tensor, row)).toList());
    }
    return rows;
  }

  private static void give(OpCall call, List<Tensor> tensors) {
    for (int i = 0; i < tensors.size(); i++) {
      call.result(i, tensors.get(i));
    }
  }
}

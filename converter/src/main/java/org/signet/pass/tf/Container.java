package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.StateHandles;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * A table or a queue of the session as tensors: keys and values, or the components of all entries,
 * one behind the other.
 *
 * @param handle a node that makes a handle of it
 */
record Container(Node handle) {
  private static final String SHARED_NAME = "shared_name";

  boolean isQueue() {
    return StateHandles.isQueue(handle.op().name());
  }

  /** What people call it: its node, or if that is inside a function, the name it is shared by. */
  String name() {
    String node = handle.name();
    return node.contains("/") ? handle.attributes().getString(SHARED_NAME, node) : node;
  }

  /** Names for its tensors. */
  List<String> parts() {
    Stream<String> names =
        isQueue()
            ? IntStream.range(0, Queues.entryTypes(handle).size()).mapToObj(Integer::toString)
            : Stream.of("keys", "values");
    return names.map(part -> name() + "_" + part).toList();
  }

  /** The types of its tensors, whatever the number of entries. */
  List<TensorType> types() {
    return isQueue() ? Queues.joinedTypes(handle) : Tables.exportedTypes(handle);
  }

  /** Replaces what is in it by these tensors. */
  void fill(List<? extends Value> parts, GraphBuilder builder) {
    Value self = handle(builder);
    List<Value> operands = new ArrayList<>(List.of(self));
    operands.addAll(parts);
    if (isQueue()) {
      takeAll(self, builder);
      Attributes types = Attributes.of("Tcomponents", dtypes(), "timeout_ms", -1L);
      add("QueueEnqueueManyV2", types, operands, List.of(), builder);
    } else {
      Attributes types = Attributes.of("Tin", dtypes().get(0), "Tout", dtypes().get(1));
      add("LookupTableImportV2", types, operands, List.of(), builder);
    }
  }

  /** Its tensors; a queue is empty then. */
  List<Value> contents(GraphBuilder builder) {
    Value self = handle(builder);
    if (isQueue()) {
      return takeAll(self, builder);
    }
    Attributes types = Attributes.of("Tkeys", dtypes().get(0), "Tvalues", dtypes().get(1));
    return add("LookupTableExportV2", types, List.of(self), types(), builder);
  }

  private List<Value> takeAll(Value self, GraphBuilder builder) {
    TensorType count = TensorType.of(DType.INT32);
    List<Value> size = add("QueueSizeV2", Attributes.NONE, List.of(self), List.of(count), builder);
    Attributes types = Attributes.of("component_types", dtypes(), "timeout_ms", -1L);
    return add("QueueDequeueManyV2", types, List.of(self, size.getFirst()), types(), builder);
  }

  private List<DType> dtypes() {
    return types().stream().map(TensorType::dtype).toList();
  }

  /** Another of the same kind, which nobody knows who does not ask for it by this suffix. */
  Container another(String suffix) {
    Attributes attributes = handle.attributes();
    return new Container(
        new Node(
            handle.op(),
            attributes.with(SHARED_NAME, attributes.getString(SHARED_NAME, "") + suffix),
            handle.operands(),
            handle.resultTypes(),
            handle.name(),
            handle.origin()));
  }

  /** Adds a handle of it. */
  Value handle(GraphBuilder builder) {
    return builder
        .add(
            handle.op(),
            handle.attributes(),
            handle.operands(),
            handle.resultTypes(),
            handle.name(),
            handle.origin())
        .getFirst();
  }

  private List<Value> add(
      String op,
      Attributes attributes,
      List<Value> operands,
      List<TensorType> types,
      GraphBuilder builder) {
    String name = handle.name() + "/" + op;
    return builder.add(OpKey.tf(op), attributes, operands, types, name, handle.origin());
  }
}

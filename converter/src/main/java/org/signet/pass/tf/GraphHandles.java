package org.signet.pass.tf;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.StateHandles;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** The handles of tables or of queues: every graph that uses one makes a handle of its own. */
final class GraphHandles {
  private final IdentityHashMap<GraphBuilder, Map<String, Value>> handles = new IdentityHashMap<>();

  /**
   * The handle of a table or a queue in the graph that {@code builder} builds.
   *
   * @param attributes as {@link StateHandles#named} gives them
   * @param node its name in the source
   */
  Value get(
      OpKey op,
      Attributes attributes,
      List<Value> operands,
      GraphBuilder builder,
      String node,
      Origin origin) {
    Map<String, Value> known = handles.computeIfAbsent(builder, b -> new HashMap<>());
    String name = StateHandles.name(attributes);
    Value handle = known.get(name);
    if (handle == null) {
      List<TensorType> types = List.of(TensorType.of(DType.RESOURCE));
      handle = builder.add(op, attributes, operands, types, node, origin).getFirst();
      known.put(name, handle);
    }
    return handle;
  }
}

package org.signet.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.StateHandles;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Static tables between strings and int64 become builtins where every use of the table can: a
 * handle of one kind means nothing to ops of the other. TFLite has no kernels for other types.
 */
public final class BuiltinTables {
  /**
   * Tables and variables share the numbers of resources in TFLite, where variables are numbered
   * from 0.
   */
  private static final int FIRST_ID = 1 << 24;

  private static final String FIND = "LookupTableFindV2";
  private static final String IMPORT = "LookupTableImportV2";
  private static final String SIZE = "LookupTableSizeV2";

  private final Map<String, Integer> ids;

  private BuiltinTables(Map<String, Integer> ids) {
    this.ids = ids;
  }

  /** The program with builtins in place of the tables that can be such. */
  public static Program apply(Program program, Supplier<GraphBuilder> builders) {
    Set<String> found = new HashSet<>();
    Set<String> refused = new HashSet<>();
    program.signatures().forEach(signature -> collect(signature.graph(), false, found, refused));
    program.initialization().ifPresent(graph -> collect(graph, true, found, refused));
    found.removeAll(refused);
    if (found.isEmpty()) {
      return program;
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    found.stream().sorted().forEach(name -> ids.put(name, FIRST_ID + ids.size()));
    return program.mapGraphs(graph -> new BuiltinTables(ids).lower(graph, builders.get()));
  }

  private static void collect(
      Graph graph, boolean filling, Set<String> found, Set<String> refused) {
    for (Node node : graph.nodes()) {
      if (isStatic(node)) {
        String name = StateHandles.name(node.attributes());
        (hasKernel(node) ? found : refused).add(name);
      }
      for (int i = 0; i < node.operands().size(); i++) {
        Optional<String> name = tableOf(node.operand(i));
        if (name.isPresent() && !(i == 0 && isKnownUse(node, filling))) {
          refused.add(name.get());
        }
      }
      node.bodies().forEach(body -> collect(body, false, found, refused));
    }
    graph.outputs().forEach(output -> tableOf(output).ifPresent(refused::add));
  }

  private static boolean isStatic(Node node) {
    return node.op().isTf() && node.op().name().equals(StateHandles.STATIC_TABLE);
  }

  private static Optional<String> tableOf(Value value) {
    return value instanceof Value.Result result && isStatic(result.producer())
        ? Optional.of(StateHandles.name(result.producer().attributes()))
        : Optional.empty();
  }

  private static boolean hasKernel(Node handle) {
    DType key = handle.attributes().getType("key_dtype");
    DType value = handle.attributes().getType("value_dtype");
    return (key == DType.STRING && value == DType.INT64)
        || (key == DType.INT64 && value == DType.STRING);
  }

  private static boolean isKnownUse(Node node, boolean filling) {
    if (!node.op().isTf()) {
      return false;
    }
    return switch (node.op().name()) {
      case SIZE -> true;
      case FIND ->
          node.operand(2).type().shape().isStatic()
              && node.operand(2).type().shape().elements() == 1;
      case IMPORT ->
          filling
              && node.operand(1).type().shape().isStatic()
              && node.operand(1).type().shape().elements() > 0
              && node.operand(1).type().shape().equals(node.operand(2).type().shape());
      default -> false;
    };
  }

  private Graph lower(Graph graph, GraphBuilder builder) {
    IdentityHashMap<Value, Value> lowered = new IdentityHashMap<>();
    for (Value.Input input : graph.inputs()) {
      lowered.put(input, builder.input(input.name(), input.type()));
    }
    for (Node node : graph.nodes()) {
      List<Value> operands = new ArrayList<>();
      node.operands().forEach(value -> operands.add(lowered.getOrDefault(value, value)));
      List<Value> results = lower(node, operands, builder);
      for (int i = 0; i < node.results().size(); i++) {
        lowered.put(node.results().get(i), results.get(i));
      }
    }
    return builder.build(
        graph.outputs().stream().map(value -> lowered.getOrDefault(value, value)).toList());
  }

  private List<Value> lower(Node node, List<Value> operands, GraphBuilder builder) {
    if (isStatic(node) && ids.containsKey(StateHandles.name(node.attributes()))) {
      return handle(node, builder);
    }
    boolean onTable =
        !node.operands().isEmpty() && tableOf(node.operand(0)).filter(ids::containsKey).isPresent();
    return onTable ? use(node, operands, builder) : builder.copy(node, operands);
  }

  private List<Value> handle(Node node, GraphBuilder builder) {
    Attributes options =
        Attributes.of("table_id", ids.getOrDefault(StateHandles.name(node.attributes()), FIRST_ID))
            .with("key_dtype", node.attributes().getType("key_dtype").name())
            .with("value_dtype", node.attributes().getType("value_dtype").name());
    return add("HASHTABLE", options, List.of(), TensorType.of(DType.RESOURCE, 1), node, builder);
  }

  private static List<Value> use(Node node, List<Value> operands, GraphBuilder builder) {
    return switch (node.op().name()) {
      case FIND -> {
        TensorType type = node.resultTypes().getFirst().withShape(operands.get(1).type().shape());
        yield add("HASHTABLE_FIND", Attributes.NONE, operands, type, node, builder);
      }
      case IMPORT ->
          builder.add(
              OpKey.builtin("HASHTABLE_IMPORT"),
              Attributes.NONE,
              operands,
              List.of(),
              node.name(),
              node.origin());
      default -> {
        TensorType type = TensorType.of(DType.INT64, 1);
        Value size =
            add("HASHTABLE_SIZE", Attributes.NONE, operands, type, node, builder).getFirst();
        Value scalar = builder.constant(node.name() + "/shape", Tensor.of(new int[0]));
        yield List.of(
            builder.addOne(
                OpKey.builtin("RESHAPE"),
                Attributes.of("new_shape", List.of()),
                List.of(size, scalar),
                node.name(),
                node.origin()));
      }
    };
  }

  private static List<Value> add(
      String op,
      Attributes options,
      List<Value> operands,
      TensorType type,
      Node node,
      GraphBuilder builder) {
    return builder.add(
        OpKey.builtin(op), options, operands, List.of(type), node.name(), node.origin());
  }
}

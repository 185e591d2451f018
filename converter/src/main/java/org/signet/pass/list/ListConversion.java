package org.signet.pass.list;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Writes a graph anew, with tensors for the lists of dense families. Types are inferred on the way:
 * those of loop variables are the first that the body keeps.
 *
 * <p>For one graph and one thread.
 */
final class ListConversion {
  /** Shapes of loop variables settle within a few rounds: each only turns sizes unknown. */
  private static final int MOST_ROUNDS = 20;

  private final ListFamilies families;
  private final Map<ListFamily, Shape> elements;
  private final Map<Node, List<ElementSize>> sizes;
  private final boolean trial;
  private final Supplier<GraphBuilder> builders;
  private final IdentityHashMap<Value, Value> converted = new IdentityHashMap<>();

  private ListConversion(
      ListFamilies families,
      Map<ListFamily, Shape> elements,
      Map<Node, List<ElementSize>> sizes,
      boolean trial,
      Supplier<GraphBuilder> builders) {
    this.families = families;
    this.elements = elements;
    this.sizes = sizes;
    this.trial = trial;
    this.builders = builders;
  }

  /**
   * @param sizes the sizes of the elements of lists that are made without values
   */
  static ListConversion of(
      ListFamilies families, Map<Node, List<ElementSize>> sizes, Supplier<GraphBuilder> builders) {
    return new ListConversion(families, Map.of(), sizes, false, builders);
  }

  /**
   * A conversion of which only the types count. Lists whose element sizes are not known are made
   * from nothing, and so is what would fail with these types.
   *
   * @param elements the shape of a family's elements where more is known than the family says
   */
  static ListConversion trial(
      ListFamilies families, Map<ListFamily, Shape> elements, Supplier<GraphBuilder> builders) {
    return new ListConversion(families, elements, Map.of(), true, builders);
  }

  /** What stands for a value of the old graph, or of a graph that it runs. */
  Value converted(Value value) {
    return converted.getOrDefault(value, value);
  }

  /** The graph with inputs of these types. */
  Graph convert(Graph graph, List<TensorType> inputTypes) {
    GraphBuilder builder = builders.get();
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value.Input input = graph.inputs().get(i);
      converted.put(input, builder.input(input.name(), inputTypes.get(i)));
    }
    for (Node node : graph.nodes()) {
      List<Value> results = attempt(node, builder);
      for (int i = 0; i < node.results().size(); i++) {
        converted.put(node.results().get(i), results.get(i));
      }
    }
    return builder.build(all(graph.outputs()));
  }

  private List<Value> all(List<? extends Value> values) {
    return values.stream().map(this::converted).toList();
  }

  private List<Value> attempt(Node node, GraphBuilder builder) {
    try {
      return convert(node, all(node.operands()), builder);
    } catch (SignetException | IllegalArgumentException | ArithmeticException e) {
      if (!trial) {
        throw e;
      }
      List<TensorType> types = new ArrayList<>();
      for (Value result : node.results()) {
        Optional<ListFamily> family = families.find(result).filter(ListFamily::isDense);
        types.add(
            family.map(f -> TensorType.unranked(f.dtype().orElseThrow())).orElse(result.type()));
      }
      return unknown(node, types, builder);
    }
  }

  /** Values of which nothing but the type is known. */
  private static List<Value> unknown(Node node, List<TensorType> types, GraphBuilder builder) {
    OpKey op = OpKey.custom("Unknown");
    return builder.add(op, Attributes.NONE, List.of(), types, node.name(), node.origin());
  }

  private List<Value> convert(Node node, List<Value> operands, GraphBuilder builder) {
    if (node.is("WHILE")) {
      return loop(node, operands, builder);
    }
    if (node.is("IF")) {
      return branch(node, operands, builder);
    }
    Optional<ListFamily> family = families.dense(node);
    if (family.isEmpty()) {
      return builder.copy(node, operands);
    }
    Shape element = elements.getOrDefault(family.get(), family.get().element());
    ListOp op = ListOp.of(node).orElseThrow();
    if (op == ListOp.ELEMENT_SHAPE) {
      element = families.declared(node).orElse(element);
    }
    TfEmitter emit = new TfEmitter(builder, node);
    return op == ListOp.EMPTY || op == ListOp.RESERVE
        ? List.of(create(op, node, operands, family.get(), element, emit))
        : new DenseOps(node, operands, element, family.get().checksSizes(), emit).rewrite(op);
  }

  /** A list without values: zeros. */
  private Value create(
      ListOp op,
      Node node,
      List<Value> operands,
      ListFamily family,
      Shape element,
      TfEmitter emit) {
    DType dtype = family.dtype().orElseThrow();
    Value count = op == ListOp.EMPTY ? emit.scalar(0) : operands.get(1);
    List<ElementSize> known = sizes.getOrDefault(node, List.of());
    List<Value> all = new ArrayList<>(List.of(count));
    for (int i = 0; i < element.rank(); i++) {
      if (element.isKnown(i)) {
        all.add(emit.scalar(element.dim(i)));
      } else if (i < known.size()) {
        all.add(emit.size(converted(known.get(i).value()), known.get(i).axis()));
      } else {
        Optional<Tensor> rows = emit.builder().constantValue(count);
        int first = rows.isPresent() ? (int) rows.get().getLong(0) : Shape.UNKNOWN;
        TensorType type = TensorType.of(dtype, ListFamily.rows(first, element));
        return unknown(node, List.of(type), emit.builder()).getFirst();
      }
    }
    return emit.zeros(dtype, emit.pack(all));
  }

  private List<Value> branch(Node node, List<Value> operands, GraphBuilder builder) {
    List<TensorType> arguments = types(operands.subList(1, operands.size()));
    List<Graph> branches = node.bodies().stream().map(body -> convert(body, arguments)).toList();
    List<TensorType> types = types(branches.get(0).outputs());
    types = common(types, types(branches.get(1).outputs()), node);
    return builder.addWithBodies(node.op(), operands, types, branches, node.name(), node.origin());
  }

  private List<Value> loop(Node node, List<Value> operands, GraphBuilder builder) {
    List<TensorType> types = types(operands);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Graph body = convert(node.bodies().get(1), types);
      List<TensorType> kept = common(types, types(body.outputs()), node);
      if (kept.equals(types)) {
        Graph condition = convert(node.bodies().get(0), types);
        return builder.addWithBodies(
            node.op(), operands, types, List.of(condition, body), node.name(), node.origin());
      }
      types = kept;
    }
    throw SignetException.of(Code.INVALID_GRAPH, "a loop whose shapes never settle");
  }

  private static List<TensorType> types(List<? extends Value> values) {
    return values.stream().map(Value::type).toList();
  }

  private static List<TensorType> common(List<TensorType> a, List<TensorType> b, Node node) {
    List<TensorType> common = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).dtype() != b.get(i).dtype()) {
        throw SignetException.of(Code.INVALID_GRAPH, node.name() + " changes an element type");
      }
      common.add(a.get(i).withShape(a.get(i).shape().common(b.get(i).shape())));
    }
    return common;
  }
}

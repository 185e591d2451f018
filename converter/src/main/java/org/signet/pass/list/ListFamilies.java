package org.signet.pass.list;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.list.ListFamily.Creation;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** The families of lists of a graph and of the graphs that it runs. */
final class ListFamilies {
  /** What no builtin that stands for a list op moves, as itself or as its bits. */
  private static final Set<DType> UNMOVED =
      Set.of(DType.STRING, DType.COMPLEX128, DType.VARIANT, DType.RESOURCE);

  /** Joined in pairs: a list and one that it flows into; the last of a chain stands for all. */
  private final IdentityHashMap<Value, Value> next = new IdentityHashMap<>();

  /** What is given for an input of a loop that keeps it, of a condition, or of a branch. */
  private final IdentityHashMap<Value, Value> given = new IdentityHashMap<>();

  private final Map<Value, ListFamily> families = new LinkedHashMap<>();

  private ListFamilies() {}

  static ListFamilies of(Graph graph) {
    ListFamilies families = new ListFamilies();
    families.join(graph);
    families.next.keySet().stream()
        .map(families::root)
        .forEach(
            root -> families.families.computeIfAbsent(root, r -> new ListFamily()).addMember());
    graph.inputs().forEach(input -> families.obstruct(input, "it is an input of a signature"));
    graph.outputs().forEach(output -> families.obstruct(output, "it is an output of a signature"));
    families.learn(graph);
    families.families.values().forEach(families::judge);
    return families;
  }

  List<ListFamily> all() {
    return List.copyOf(families.values());
  }

  /** The family of a list; empty for any other value. */
  Optional<ListFamily> find(Value value) {
    return next.containsKey(value)
        ? Optional.ofNullable(families.get(root(value)))
        : Optional.empty();
  }

  /** The element shape that was declared for the list of a node where it was made, if known. */
  Optional<Shape> declared(Node node) {
    Value list = node.operand(0);
    while (given.containsKey(list)) {
      list = given.get(list);
    }
    Optional<Node> made =
        Optional.of(list)
            .filter(Value.Result.class::isInstance)
            .map(v -> ((Value.Result) v).producer());
    return made.flatMap(ListOp::of)
        .flatMap(ListOp::shapeOperand)
        .flatMap(operand -> constant(made.orElseThrow().operand(operand)))
        .filter(shape -> shape.rank() == 1)
        .map(shape -> Shape.of(shape.toInts()));
  }

  /** The family that a node works on, if it is to become tensors. */
  Optional<ListFamily> dense(Node node) {
    Optional<ListOp> op = ListOp.of(node);
    if (op.isEmpty()) {
      return Optional.empty();
    }
    Value list = ListOp.CREATING.contains(op.get()) ? node.result() : node.operand(0);
    return find(list).filter(ListFamily::isDense);
  }

  static boolean isList(Value value) {
    return value.isPresent() && value.type().dtype() == DType.VARIANT;
  }

  private Value root(Value value) {
    Value root = value;
    for (Value up = above(root); up != root; up = above(root)) {
      root = up;
    }
    next.put(value, root);
    return root;
  }

  private Value above(Value value) {
    return next.getOrDefault(value, value);
  }

  private void join(Value a, Value b) {
    next.putIfAbsent(a, a);
    next.putIfAbsent(b, b);
    next.put(root(a), root(b));
  }

  private void join(Graph graph) {
    for (Node node : graph.nodes()) {
      node.operands().stream().filter(ListFamilies::isList).forEach(list -> join(list, list));
      node.results().stream().filter(ListFamilies::isList).forEach(list -> join(list, list));
      if (node.is("WHILE")) {
        Graph condition = node.bodies().get(0);
        Graph body = node.bodies().get(1);
        joinAll(node.operands(), condition.inputs());
        joinAll(node.operands(), body.inputs());
        joinAll(node.operands(), body.outputs());
        joinAll(node.operands(), node.results());
        for (int i = 0; i < body.inputs().size(); i++) {
          if (body.outputs().get(i) == body.inputs().get(i)) {
            given.put(condition.inputs().get(i), node.operand(i));
            given.put(body.inputs().get(i), node.operand(i));
            given.put(node.results().get(i), node.operand(i));
          }
        }
      } else if (node.is("IF")) {
        for (Graph branch : node.bodies()) {
          joinAll(node.operands().subList(1, node.operands().size()), branch.inputs());
          joinAll(branch.outputs(), node.results());
          for (int i = 0; i < branch.inputs().size(); i++) {
            given.put(branch.inputs().get(i), node.operand(i + 1));
          }
        }
      } else if (ListOp.of(node).filter(ListOp.CHANGING::contains).isPresent()) {
        for (Value operand : node.operands()) {
          joinAll(List.of(operand), node.results().subList(0, 1));
        }
      }
      node.bodies().forEach(this::join);
    }
  }

  private void joinAll(List<? extends Value> some, List<? extends Value> others) {
    for (int i = 0; i < some.size(); i++) {
      if (isList(some.get(i)) && isList(others.get(i))) {
        join(some.get(i), others.get(i));
      }
    }
  }

  private void obstruct(Value value, String reason) {
    find(value).ifPresent(family -> family.obstruct(reason));
  }

  private void learn(Graph graph) {
    for (Node node : graph.nodes()) {
      Optional<ListOp> op = ListOp.of(node);
      if (op.isPresent()) {
        Value list = ListOp.CREATING.contains(op.get()) ? node.result() : node.operand(0);
        find(list).ifPresent(family -> learn(family, op.get(), node, graph));
      } else if (node.bodies().isEmpty()) {
        node.operands().forEach(list -> obstruct(list, node.op().name() + " takes it"));
        node.results().forEach(list -> obstruct(list, node.op().name() + " makes it"));
      } else if (!node.is("WHILE") && !node.is("IF")) {
        node.operands().forEach(list -> obstruct(list, "it is given to a call"));
      }
      node.operands().stream()
          .filter(Value.Constant.class::isInstance)
          .forEach(list -> obstruct(list, "it is a constant"));
      node.bodies().forEach(this::learn);
    }
  }

  private void learn(ListFamily family, ListOp op, Node node, Graph graph) {
    node.attributes()
        .find("element_dtype")
        .filter(DType.class::isInstance)
        .ifPresent(type -> family.learn((DType) type));
    if (!ListOp.CREATING.contains(op)) {
      family.readers().add(node);
    }
    op.shapeOperand().ifPresent(operand -> family.learn(spelledOut(node.operand(operand))));
    switch (op) {
      case EMPTY, RESERVE -> {
        family.creations().add(new Creation(node, graph));
      }
      case FROM_TENSOR, SCATTER, SCATTER_V2 -> learnRows(family, node.operand(0));
      case SPLIT -> learnSplit(family, node);
      case SET -> learnItem(family, node.operand(2));
      case PUSH -> learnItem(family, node.operand(1));
      case SCATTER_INTO -> learnRows(family, node.operand(1));
      case POP -> {
        family.learn(spelledOut(node.operand(1)));
        family.learn(node.results().get(1).type().shape());
      }
      case GET -> {
        family.learn(spelledOut(node.operand(2)));
        family.learn(node.result().type().shape());
      }
      case GATHER -> learnStack(family, node, node.operand(2));
      case STACK -> learnStack(family, node, node.operand(1));
      case CONCAT_V2 -> family.learn(spelledOut(node.operand(1)));
      case CONCAT -> learnAttribute(family, node.attributes());
      case RESIZE, JOIN, ZEROS, SUM, LENGTH, ELEMENT_SHAPE -> {}
    }
  }

  private static void learnItem(ListFamily family, Value item) {
    if (isList(item)) {
      family.obstruct("its elements are lists");
    }
    family.items().add(item);
    family.learn(item.type().shape());
  }

  private static void learnRows(ListFamily family, Value rows) {
    family.tensors().add(rows);
    family.learn(ListFamily.row(rows.type().shape()));
  }

  private static void learnStack(ListFamily family, Node node, Value shape) {
    family.learn(spelledOut(shape));
    family.learn(ListFamily.row(node.result().type().shape()));
  }

  private static void learnAttribute(ListFamily family, Attributes attributes) {
    attributes
        .find("element_shape")
        .filter(Shape.class::isInstance)
        .ifPresent(shape -> family.learn((Shape) shape));
  }

  /**
   * The parts of a tensor have sizes of their own. Only a list that nothing else flows into and
   * that nobody changes can be told to be that tensor.
   */
  private static void learnSplit(ListFamily family, Node node) {
    Shape row = ListFamily.row(node.operand(0).type().shape());
    family.learn(row.hasRank() ? ListFamily.rows(Shape.UNKNOWN, row) : row);
    if (constant(node.operand(2)).isEmpty() || family.members() > 1) {
      family.obstruct("its elements have different sizes");
    }
  }

  private void judge(ListFamily family) {
    if (family.dtype().filter(type -> !UNMOVED.contains(type)).isEmpty()) {
      family.obstruct("no builtins for elements of this type");
    }
    if (!family.element().hasRank()) {
      family.obstruct("the rank of its elements is not known");
    }
    for (Node reader : family.readers()) {
      ListOp op = ListOp.of(reader).orElseThrow();
      boolean parts = family.creations().isEmpty() && family.tensors().isEmpty();
      if (parts && !splitReader(op, reader)) {
        family.obstruct("its elements have different sizes");
      }
      if (op == ListOp.ELEMENT_SHAPE
          && !family.element().isStatic()
          && declared(reader).isEmpty()) {
        family.obstruct("what is known of its elements' shape is asked for");
      }
      if ((op == ListOp.CONCAT || op == ListOp.CONCAT_V2)
          && family.element().hasRank()
          && family.element().rank() == 0) {
        family.obstruct("it joins scalars");
      }
    }
  }

  private static boolean splitReader(ListOp op, Node reader) {
    return switch (op) {
      case CONCAT, CONCAT_V2, LENGTH -> true;
      case GET -> constant(reader.operand(1)).isPresent();
      default -> false;
    };
  }

  /** The element shape that a constant spells out, −1 for what it leaves open. */
  private static Shape spelledOut(Value value) {
    Optional<Tensor> tensor = constant(value);
    if (tensor.isPresent() && tensor.get().rank() == 1) {
      return Shape.of(tensor.get().toInts());
    }
    Shape shape = value.type().shape();
    return tensor.isEmpty() && shape.hasRank() && shape.rank() == 1 && shape.isKnown(0)
        ? Shape.ofRank(shape.dim(0))
        : Shape.unknownRank();
  }

  static Optional<Tensor> constant(Value value) {
    return value instanceof Value.Constant constant
        ? Optional.of(constant.data().load(constant.type()))
        : Optional.empty();
  }
}

package org.signet.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.Effects;
import org.signet.op.FusedActivation;
import org.signet.op.ListedOperands;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.OpTypes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Builds a graph. {@link #add} infers the types of what it adds and evaluates pure ops on constant
 * operands at once, by the runtime's own definitions; so whoever looks at an operand finds a
 * constant where there can be one.
 *
 * <p>For one thread and one graph.
 */
public final class GraphBuilder {
  /** Weights from this size on are kept as the product that they are. */
  private static final long SCALED_FROM_BYTES = 1 << 10;

  private static final Attributes PLAIN = Attributes.of(FusedActivation.OPTION, "NONE");

  private final OpDefinitions definitions;
  private final ConstantStore store;
  private final PartialValues partials;
  private final ConstantFolder folder;
  private final List<Value.Input> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final IdentityHashMap<Value.Constant, Tensor> loaded = new IdentityHashMap<>();

  // Kept: every node asks through them.
  private final Function<Value, Optional<Tensor>> constantValues = this::constantValue;
  private final Function<Value, Optional<Tensor>> partialValues = this::partialValue;

  public GraphBuilder(OpDefinitions definitions, ConstantStore store) {
    this.definitions = definitions;
    this.store = store;
    this.partials = new PartialValues(definitions);
    this.folder = new ConstantFolder(store);
  }

  /** A builder of another graph with the same definitions and constants. */
  public GraphBuilder fresh() {
    return new GraphBuilder(definitions, store);
  }

  public Value.Input input(String name, TensorType type) {
    Value.Input input = new Value.Input(name, type);
    inputs.add(input);
    return input;
  }

  /** Takes over an input of another graph. */
  public void keep(Value.Input input) {
    inputs.add(input);
  }

  /** Takes over the inputs and the nodes of another graph. */
  public void keep(Graph graph) {
    graph.inputs().forEach(this::keep);
    graph.nodes().forEach(this::keep);
  }

  /** A constant; large ones move off the heap. */
  public Value.Constant constant(String name, Tensor tensor) {
    return new Value.Constant(name, tensor.type(), store.keep(tensor));
  }

  /**
   * Float32 weights times a factor for each channel, which large ones are multiplied by when they
   * are read.
   *
   * @param inner the number of elements that stand behind each other for one channel
   */
  public Value.Constant scaled(Value.Constant weights, float[] factors, int inner) {
    ScaledData scaled = new ScaledData(weights.data(), Tensor.of(factors), inner);
    if (weights.data().byteSize() < SCALED_FROM_BYTES) {
      return constant(weights.name(), scaled.load(weights.type()));
    }
    Value.Constant product = new Value.Constant(weights.name(), weights.type(), scaled);
    Tensor numbers = scaled.factorsAlong(weights.type().shape());
    store
        .derivations()
        .add(
            OpKey.builtin("MUL"),
            PLAIN,
            List.of(weights, constant(weights.name() + "/scale", numbers)),
            List.of(product));
    return product;
  }

  /** Adds a node whose types are inferred, or folds it. */
  public List<Value> add(
      OpKey op, Attributes attributes, List<Value> operands, String name, Origin origin) {
    return add(op, attributes, operands, List.of(), name, origin);
  }

  /**
   * Adds a node, or folds it to constants.
   *
   * @param declared the result types as far as known; refined by inference. They also give the
   *     number of results; empty for an op that has a definition and as many results as that says
   * @return the results
   * @throws SignetException ({@link Code#INVALID_GRAPH}) if the operands contradict the op's
   *     definition
   */
  public List<Value> add(
      OpKey op,
      Attributes attributes,
      List<Value> operands,
      List<TensorType> declared,
      String name,
      Origin origin) {
    Optional<OpDefinition> definition = definitions.find(op);
    if (definition.isEmpty() || usesState(definition.get())) {
      return addNode(op, attributes, operands, declared, name, origin);
    }
    try {
      OpTypes known = types(attributes, operands, declared.size());
      List<TensorType> types = merge(declared, definition.get().shapeRule().infer(known));
      Optional<List<Value>> folded =
          folder.fold(definition.get(), attributes, operands, types, name);
      if (folded.isPresent()) {
        return folded.get();
      }
      List<Value> results = addNode(op, attributes, operands, types, name, origin);
      return partials.derive(definition.get(), known, results, this, name);
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException
        | ClassCastException e) {
      throw new SignetException(
          Diagnostic.error(
                  Code.INVALID_GRAPH, op.name() + " contradicts its operands: " + e.getMessage())
              .at(origin),
          e);
    }
  }

  /** Nothing is inferred or folded of an op whose results depend on more than its operands. */
  private static boolean usesState(OpDefinition definition) {
    return definition.effects() == Effects.READS_STATE
        || definition.effects() == Effects.WRITES_STATE;
  }

  /** Adds a node that runs other graphs. */
  public List<Value> addWithBodies(
      OpKey op,
      List<Value> operands,
      List<TensorType> types,
      List<Graph> bodies,
      String name,
      Origin origin) {
    Node node = new Node(op, Attributes.NONE, operands, types, bodies, name, origin);
    nodes.add(node);
    return List.copyOf(node.results());
  }

  /**
   * Adds a copy of another graph's node, on operands of this one; the node itself if these are its
   * own.
   */
  public List<Value> copy(Node node, List<Value> operands) {
    if (isSame(node.operands(), operands)) {
      return keep(node);
    }
    return node.bodies().isEmpty()
        ? add(
            node.op(), node.attributes(), operands, node.resultTypes(), node.name(), node.origin())
        : addWithBodies(
            node.op(), operands, node.resultTypes(), node.bodies(), node.name(), node.origin());
  }

  /** Nothing new can be inferred of it, but what is known of its results has to be found again. */
  private List<Value> keep(Node node) {
    nodes.add(node);
    List<Value> results = List.copyOf(node.results());
    Optional<OpDefinition> definition = definitions.find(node.op());
    if (definition.isEmpty() || usesState(definition.get()) || !node.bodies().isEmpty()) {
      return results;
    }
    OpTypes known = types(node.attributes(), node.operands(), results.size());
    return partials.derive(definition.get(), known, results, this, node.name());
  }

  /**
   * Builds a graph of the same inputs and, for each node in turn, what {@code change} makes of it
   * by this builder.
   *
   * @return {@code graph} itself if every value still stands for itself
   */
  public Graph rebuild(Graph graph, NodeChange change) {
    Substitution changed = new Substitution();
    graph.inputs().forEach(this::keep);
    for (Node node : graph.nodes()) {
      changed.put(node, change.apply(node, changed.of(node.operands())));
    }
    return changed.isEmpty() ? graph : build(changed.of(graph.outputs()));
  }

  private static boolean isSame(List<Value> a, List<Value> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i) != b.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Adds a node of one result. */
  public Value addOne(
      OpKey op, Attributes attributes, List<Value> operands, String name, Origin origin) {
    List<Value> results = add(op, attributes, operands, name, origin);
    if (results.size() != 1) {
      throw new IllegalStateException(op + " has " + results.size() + " results, not one");
    }
    return results.getFirst();
  }

  private List<Value> addNode(
      OpKey op,
      Attributes attributes,
      List<Value> operands,
      List<TensorType> types,
      String name,
      Origin origin) {
    Node node = new Node(op, attributes, operands, types, name, origin);
    nodes.add(node);
    return List.copyOf(node.results());
  }

  private static List<TensorType> merge(List<TensorType> declared, List<TensorType> inferred) {
    if (declared.size() != inferred.size()) {
      return inferred;
    }
    List<TensorType> merged = new ArrayList<>();
    for (int i = 0; i < inferred.size(); i++) {
      TensorType type = inferred.get(i);
      merged.add(type.withShape(type.shape().refine(declared.get(i).shape())));
    }
    return merged;
  }

  /** The value of {@code value} if it is a constant. Small ones are kept on the heap once read. */
  public Optional<Tensor> constantValue(Value value) {
    if (!(value instanceof Value.Constant constant)) {
      return Optional.empty();
    }
    Tensor known = loaded.get(constant);
    if (known != null) {
      return Optional.of(known);
    }
    Tensor tensor = constant.data().load(constant.type());
    if (tensor.size() <= 1024) {
      loaded.put(constant, tensor);
    }
    return Optional.of(tensor);
  }

  /**
   * The value of an int32 or int64 tensor of which some elements may be unknown ({@link
   * OpTypes#UNKNOWN_ELEMENT}).
   */
  public Optional<Tensor> partialValue(Value value) {
    return value instanceof Value.Constant
            && value.type().shape().elements() <= PartialValues.MOST_ELEMENTS
        ? constantValue(value)
        : partials.find(value);
  }

  /**
   * Takes over what another builder found out of {@code from}, for {@code to} that stands for it
   * here.
   */
  public void inheritPartial(GraphBuilder other, Value from, Value to) {
    other.partials.find(from).ifPresent(partial -> partials.put(to, partial));
  }

  public Graph build(List<Value> outputs) {
    return new Graph(inputs, nodes, outputs);
  }

  /** What is known of a use of an op in this graph. */
  private OpTypes types(Attributes attributes, List<Value> operands, int resultCount) {
    return new ListedOperands<>(
        attributes,
        operands,
        resultCount,
        operand -> operand.isPresent() ? Optional.of(operand.type()) : Optional.empty(),
        constantValues,
        partialValues);
  }

  /** Whether a shape has few enough elements for its values to be followed. */
  static boolean isSmall(Shape shape) {
    return shape.isStatic() && shape.elements() <= PartialValues.MOST_ELEMENTS;
  }
}

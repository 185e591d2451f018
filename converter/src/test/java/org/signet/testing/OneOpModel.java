package org.signet.testing;

import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.bundle.BundleTensor;
import org.signet.diag.Report;
import org.signet.emit.ModelWriter;
import org.signet.ir.ConstantStore;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.Value;
import org.signet.kernel.ReferenceProvider;
import org.signet.lower.FlexMode;
import org.signet.lower.FlexUse;
import org.signet.model.TfliteModel;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.flex.TfNodes;
import org.signet.pipeline.Pipeline;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.source.Endpoint;
import org.signet.source.SourceModel;
import org.signet.source.SourceNode;
import org.signet.source.SourceSignature;
import org.signet.source.VariableReader;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * A model of one TensorFlow op, put together in memory, to be converted and run:
 *
 * <pre>{@code
 * OneOpModel.of("Mean").input(x, 2, -1).constant(Tensor.of(new int[] {0})).convert().run()
 * }</pre>
 */
public final class OneOpModel {
  private static final String OP = "op";

  private final String op;
  private final List<Tensor> operands = new ArrayList<>();
  private final List<Optional<Shape>> declared = new ArrayList<>();
  private Attributes attributes = Attributes.NONE;

  private OneOpModel(String op) {
    this.op = op;
  }

  public static OneOpModel of(String op) {
    return new OneOpModel(op);
  }

  public OneOpModel with(String attribute, Object value) {
    attributes = attributes.with(attribute, value);
    return this;
  }

  public OneOpModel with(Attributes all) {
    attributes = all;
    return this;
  }

  /** An operand that is an input of this declared shape, and the value to run it with. */
  public OneOpModel input(Tensor value, Shape shape) {
    operands.add(value);
    declared.add(Optional.of(shape));
    return this;
  }

  public OneOpModel input(Tensor value, int... shape) {
    return input(value, Shape.of(shape));
  }

  /** An operand that is an input of the value's own shape. */
  public OneOpModel input(Tensor value) {
    return input(value, Shape.of(value.shape()));
  }

  /** An operand that is a constant. */
  public OneOpModel constant(Tensor value) {
    operands.add(value);
    declared.add(Optional.empty());
    return this;
  }

  public Converted convert() {
    return convert(FlexMode.ALLOW);
  }

  /**
   * Runs the whole pipeline.
   *
   * @throws org.signet.diag.SignetException if there are blockers
   */
  public Converted convert(FlexMode flex) {
    Report report = new Report();
    try (ConstantStore store = new ConstantStore()) {
      SourceModel source = source();
      Pipeline pipeline = new Pipeline(source, flex, false, store, report, Optional.empty());
      Program program = pipeline.run(source.signatures());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ModelWriter.write(program, Channels.newChannel(bytes));
      return new Converted(
          program.signatures().getFirst().graph(),
          pipeline.flexUses(),
          bytes.toByteArray(),
          feeds());
    }
  }

  private Map<String, Tensor> feeds() {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    for (int i = 0; i < operands.size(); i++) {
      if (declared.get(i).isPresent()) {
        feeds.put("x" + i, operands.get(i));
      }
    }
    return feeds;
  }

  /** The model as its source would say it. */
  private SourceModel source() {
    Map<String, SourceNode> nodes = new LinkedHashMap<>();
    List<Endpoint> inputs = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      String name = "x" + i;
      Tensor value = operands.get(i);
      Optional<Shape> shape = declared.get(i);
      if (shape.isPresent()) {
        inputs.add(new Endpoint(name, name + ":0", TensorType.of(value.dtype(), shape.get())));
      }
      nodes.put(name, operand(name, value, shape.isPresent()));
      names.add(name);
    }
    nodes.put(OP, new SourceNode(OP, op, names, attributes));
    List<Endpoint> outputs = new ArrayList<>();
    List<TensorType> results = resultTypes();
    for (int i = 0; i < results.size(); i++) {
      outputs.add(new Endpoint("y" + i, OP + ":" + i, results.get(i)));
    }
    SourceSignature signature = new SourceSignature("serving_default", "predict", inputs, outputs);
    return new SourceModel(
        Path.of("memory"),
        nodes,
        Map.of(),
        Map.of(),
        List.of(signature),
        new NoVariables(),
        Optional.empty(),
        () -> {},
        0);
  }

  private static SourceNode operand(String name, Tensor value, boolean fed) {
    Attributes dtype = Attributes.of("dtype", value.dtype());
    return fed
        ? new SourceNode(name, "Placeholder", List.of(), dtype)
        : new SourceNode(name, "Const", List.of(), dtype.with("value", value));
  }

  private List<TensorType> resultTypes() {
    Optional<TfOpDef> definition = TfOpCatalog.standard().find(op);
    return definition.isEmpty()
        ? List.of(TensorType.unranked(DType.FLOAT32))
        : TfNodes.resultTypes(definition.get(), TfNodes.withDefaults(definition.get(), attributes));
  }

  private record NoVariables() implements VariableReader {
    @Override
    public Optional<BundleTensor> read(String node) {
      return Optional.empty();
    }

    @Override
    public String describe(String node) {
      return node;
    }
  }

  /**
   * What came of it.
   *
   * @param graph the lowered graph
   * @param flexUses the Flex ops kept
   * @param model the bytes of the model file
   * @param feeds what to run it with
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Converted(
      Graph graph, List<FlexUse> flexUses, byte[] model, Map<String, Tensor> feeds) {

    /** The ops in order of evaluation, as a model file names them. */
    public List<String> ops() {
      return graph.nodes().stream().map(node -> node.op().toString()).toList();
    }

    /** The only node of this op. */
    public Node node(String builtin) {
      List<Node> found = graph.nodes().stream().filter(node -> node.is(builtin)).toList();
      if (found.size() != 1) {
        throw new AssertionError("not one " + builtin + " but " + graph.nodes());
      }
      return found.getFirst();
    }

    public List<TensorType> types() {
      return graph.outputs().stream().map(Value::type).toList();
    }

    /** Why the op stayed a Flex op. */
    public String reason() {
      return flexUses.getFirst().reason();
    }

    /** The results, by the reference kernels. */
    public List<Tensor> run() {
      return run(feeds);
    }

    public List<Tensor> run(Map<String, Tensor> inputs) {
      InterpreterOptions options =
          InterpreterOptions.standard()
              .withProviders(new ReferenceProvider(OpDefinitions.standard()));
      try (TfliteModel file = TfliteModel.of(model);
          Interpreter interpreter = new Interpreter(file, options)) {
        return List.copyOf(interpreter.signatureRunner("serving_default").run(inputs).values());
      }
    }
  }
}

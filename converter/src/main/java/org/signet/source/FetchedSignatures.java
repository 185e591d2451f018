package org.signet.source;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Makes signatures of tensors of a graph, as a session is fed and fetched from: any tensor may be
 * an input, whatever computes it.
 */
final class FetchedSignatures {
  private static final int MOST_LISTED = 20;
  private static final Pattern SAVER = Pattern.compile("save(_\\d+)?/");

  private final Path path;
  private final Map<String, SourceNode> nodes;
  private final Map<String, SourceFunction> functions;

  FetchedSignatures(
      Path path, Map<String, SourceNode> nodes, Map<String, SourceFunction> functions) {
    this.path = path;
    this.nodes = nodes;
    this.functions = functions;
  }

  /**
   * @throws SignetException if there is no such tensor, a feed inside the graph is read by no
   *     fetch, or two signatures or names are the same
   */
  List<SourceSignature> signatures(List<GraphEndpoints> wanted) {
    List<SourceSignature> signatures = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (GraphEndpoints endpoints : wanted) {
      if (!keys.add(endpoints.key())) {
        throw SignetException.of(
            Code.USAGE,
            "two signatures would have the key '" + endpoints.key() + "'",
            "give each its own with --key");
      }
      signatures.add(signature(endpoints));
    }
    return signatures;
  }

  private SourceSignature signature(GraphEndpoints wanted) {
    List<Endpoint> inputs = endpoints(wanted.key(), wanted.feeds());
    List<Endpoint> outputs = endpoints(wanted.key(), wanted.fetches());
    Set<TensorName> read = read(inputs, outputs);
    for (Endpoint input : inputs) {
      TensorName name = name(input.tensor());
      if (!read.contains(name) && !isPlaceholder(name)) {
        throw SignetException.of(
            Code.NO_SUCH_INPUT,
            "the feed '"
                + input.tensor()
                + "' of signature '"
                + wanted.key()
                + "' is read by no fetch",
            "leave it out, or fetch what depends on it");
      }
    }
    return new SourceSignature(wanted.key(), "", inputs, outputs);
  }

  /** An input of the graph itself, which a session may be fed whether or not anything reads it. */
  private boolean isPlaceholder(TensorName name) {
    SourceNode node = nodes.get(name.node());
    return node != null && node.op().startsWith("Placeholder");
  }

  private List<Endpoint> endpoints(String key, List<String> texts) {
    List<Endpoint> endpoints = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String text : texts) {
      Endpoint endpoint = endpoint(text);
      if (!names.add(endpoint.name())) {
        throw SignetException.of(
            Code.USAGE,
            "'" + endpoint.name() + "' is there twice in signature '" + key + "'",
            "name tensors with NAME=TENSOR");
      }
      endpoints.add(endpoint);
    }
    return endpoints;
  }

  private static TensorName name(String tensor) {
    TensorName name = TensorName.parse(tensor);
    return new TensorName(name.node(), "", name.index(), false);
  }

  /** The tensors that are looked at to compute the outputs; what is fed is not computed. */
  private Set<TensorName> read(List<Endpoint> inputs, List<Endpoint> outputs) {
    Set<TensorName> fed = new HashSet<>();
    inputs.forEach(input -> fed.add(name(input.tensor())));
    Set<TensorName> seen = new HashSet<>();
    Set<String> computed = new HashSet<>();
    Deque<TensorName> queue = new ArrayDeque<>();
    outputs.forEach(output -> queue.add(name(output.tensor())));
    while (!queue.isEmpty()) {
      TensorName tensor = queue.remove();
      SourceNode node = nodes.get(tensor.node());
      boolean isNew = tensor.control() || seen.add(tensor);
      if (isNew && node != null && !fed.contains(tensor) && computed.add(tensor.node())) {
        node.inputs().forEach(input -> queue.add(TensorName.parse(input)));
      }
    }
    return seen;
  }

  private Endpoint endpoint(String text) {
    String tensor = GraphEndpoints.tensorOf(text);
    TensorName name;
    try {
      name = name(tensor);
    } catch (NumberFormatException e) {
      throw SignetException.of(Code.BAD_VALUE, "'" + tensor + "' is no tensor name, such as x:0");
    }
    SourceNode node = nodes.get(name.node());
    if (node == null) {
      throw SignetException.of(
          Code.NO_SUCH_OUTPUT,
          path + " has no node '" + name.node() + "'; " + present(),
          near(name.node()));
    }
    return new Endpoint(GraphEndpoints.nameOf(text), tensor, type(node, name.index()));
  }

  private String near(String wanted) {
    List<String> near = NearNames.of(wanted, nodes.keySet());
    return near.isEmpty()
        ? "give a tensor as NODE:0"
        : "perhaps one of these is meant: " + String.join(", ", near);
  }

  /** The placeholders, and the nodes that no other reads, without what a Saver has added. */
  private String present() {
    List<String> placeholders = new ArrayList<>();
    Set<String> last = new TreeSet<>();
    for (SourceNode node : nodes.values()) {
      if (SAVER.matcher(node.name()).lookingAt()) {
        continue;
      }
      if (node.op().startsWith("Placeholder")) {
        placeholders.add(node.name());
      } else if (!node.op().equals("NoOp") && !node.op().startsWith("Assign")) {
        last.add(node.name());
      }
    }
    for (SourceNode node : nodes.values()) {
      node.inputs().forEach(input -> last.remove(TensorName.parse(input).node()));
    }
    return "its placeholders are: "
        + list(placeholders)
        + "; its last nodes: "
        + list(List.copyOf(last));
  }

  private static String list(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String listed = String.join(", ", names.subList(0, Math.min(MOST_LISTED, names.size())));
    return names.size() > MOST_LISTED ? listed + ", …" : listed;
  }

  private TensorType type(SourceNode node, int index) {
    Attributes attributes = node.attributes().all();
    if (node.op().startsWith("Placeholder") && index == 0) {
      Shape shape = attributes.find("shape").map(Shape.class::cast).orElse(Shape.unknownRank());
      return TensorType.of(attributes.getType("dtype"), shape);
    }
    List<TensorType> types = resultTypes(node, attributes);
    if (index < 0 || index >= types.size()) {
      throw SignetException.of(
          Code.NO_SUCH_OUTPUT,
          "node '" + node.name() + "' of " + path + " has no output " + index,
          types.isEmpty() ? "it has none at all" : "its last is :" + (types.size() - 1));
    }
    List<Shape> shapes = attributes.getList("_output_shapes", Shape.class);
    return shapes.size() == types.size()
        ? types.get(index).withShape(shapes.get(index))
        : types.get(index);
  }

  private List<TensorType> resultTypes(SourceNode node, Attributes attributes) {
    SourceFunction function = functions.get(node.op());
    if (function != null) {
      return function.signature().getOutputArgList().stream()
          .map(output -> DType.ofTfNumber(output.getTypeValue()).orElse(DType.VARIANT))
          .map(TensorType::unranked)
          .toList();
    }
    TfOpDef definition =
        TfOpCatalog.standard()
            .find(node.op())
            .orElseThrow(() ->
                SignetException.of(
                    Code.UNKNOWN_OP,
                    "TensorFlow has no op '" + node.op() + "', which '" + node.name() + "' is"));
    return TfNodes.resultTypes(definition, TfNodes.withDefaults(definition, attributes));
  }
}

package org.signet.reader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.signet.diag.Code;
import org.signet.diag.Malformed;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.source.Assets;
import org.signet.source.SignatureReader;
import org.signet.source.SourceGraph;
import org.signet.source.SourceMetaGraph;
import org.signet.source.TensorName;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SaverDef;

/**
 * A graph with what belongs to it: signatures, variables, and in TF2 the object that was saved.
 *
 * <p>What a method returns is put together when it is called; whoever needs it often keeps it.
 * Every method throws a {@link SignetException}, MALFORMED_GRAPH, if the file contradicts itself.
 */
public final class MetaGraph {
  private final SourceGraph source;
  private final MetaGraphDef metaGraph;
  private final int producer;
  private final Optional<Checkpoint> checkpoint;

  MetaGraph(SourceMetaGraph read, Path path, Optional<Checkpoint> checkpoint) {
    this.metaGraph = read.proto();
    this.producer = read.graph().getVersions().getProducer();
    this.source = SourceGraph.of(read, path);
    this.checkpoint = checkpoint;
  }

  private <T> T guarded(Supplier<T> read) {
    return Malformed.guard(Code.MALFORMED_GRAPH, source.path().toString(), Origin.NONE, read);
  }

  /** The tags that a SavedModel knows it by, sorted. */
  public Set<String> tags() {
    return Collections.unmodifiableSet(new TreeSet<>(metaGraph.getMetaInfoDef().getTagsList()));
  }

  /** The version of TensorFlow that wrote it; empty if it does not say. */
  public String tensorflowVersion() {
    return metaGraph.getMetaInfoDef().getTensorflowVersion();
  }

  /** The producer version of the graph, which tells how its ops are meant. */
  public int producer() {
    return producer;
  }

  /** Whether it holds the object that was saved, as TF2 does. */
  public boolean hasObjectGraph() {
    return metaGraph.hasObjectGraphDef() && metaGraph.getObjectGraphDef().getNodesCount() > 0;
  }

  /** The signatures by key, in declared order; without the one that names the init op. */
  public Map<String, SignatureInfo> signatures() {
    return guarded(() -> {
      SignatureReader reader = new SignatureReader(metaGraph, source.nodes(), source.functions());
      Map<String, SignatureInfo> signatures = new LinkedHashMap<>();
      for (String key : reader.keys()) {
        signatures.put(
            key, TensorInfos.signature(key, metaGraph.getSignatureDefOrThrow(key), reader));
      }
      return Collections.unmodifiableMap(signatures);
    });
  }

  /**
   * The signature of this key.
   *
   * @throws SignetException NO_SUCH_SIGNATURE
   */
  public SignatureInfo signature(String key) {
    Map<String, SignatureInfo> all = signatures();
    return Optional.ofNullable(all.get(key))
        .orElseThrow(() ->
            SignetException.of(
                Code.NO_SUCH_SIGNATURE,
                source.path()
                    + " has no signature '"
                    + key
                    + "'; there are: "
                    + Names.some(all.keySet())));
  }

  /** The objects that can be reached from the root, nearest first; none in a TF1 graph. */
  public List<ObjectInfo> objects() {
    return guarded(() -> objectGraph().objects());
  }

  /** The functions of the object that was saved, but those that only wrap a signature. */
  public List<FunctionInfo> functions() {
    return guarded(() -> objectGraph().functions());
  }

  private ObjectGraphReader objectGraph() {
    return new ObjectGraphReader(source, checkpoint);
  }

  /** The variables, of a TF2 model those of its object. */
  public List<VariableInfo> variables() {
    return guarded(() ->
        hasObjectGraph()
            ? objectGraph().variables()
            : new GraphVariables(metaGraph.getSaverDef(), source.nodes(), checkpoint).read());
  }

  /**
   * The variable of this path in the object graph ({@code dense_layer.kernel}, or with slashes),
   * this key in the checkpoint, or this name; looked for in this order.
   *
   * @throws SignetException NO_SUCH_VARIABLE
   */
  public VariableInfo variable(String name) {
    if (hasObjectGraph()) {
      Optional<VariableInfo> found =
          guarded(() ->
              objectGraph()
                  .variable(name)
                  .or(() -> objectGraph().variable(name.replace('/', '.'))));
      if (found.isPresent()) {
        return found.get();
      }
    }
    List<VariableInfo> all = variables();
    String plain = name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
    return all.stream()
        .filter(variable -> variable.key().filter(name::equals).isPresent())
        .findFirst()
        .or(() -> all.stream().filter(v -> v.name().equals(plain)).findFirst())
        .orElseThrow(() ->
            SignetException.of(
                Code.NO_SUCH_VARIABLE,
                source.path() + " has no variable '" + name + "'; there are: " + some(all)));
  }

  private static String some(List<VariableInfo> variables) {
    Set<String> names = new LinkedHashSet<>();
    variables.forEach(v -> names.add(v.path().isEmpty() ? v.name() : v.path()));
    return Names.some(names);
  }

  /** The files that it reads when it is loaded. */
  public List<AssetInfo> assets() {
    return Assets.of(metaGraph, source.path()).stream()
        .map(asset -> new AssetInfo(asset.getFilename(), asset.getTensorInfo().getName()))
        .toList();
  }

  /** The op that fills tables, and variables that no checkpoint holds. */
  public Optional<String> initOp() {
    return guarded(source::initOp);
  }

  /** The nodes of the main graph, in the order of the file. */
  public List<GraphNode> nodes() {
    return guarded(() -> {
      List<GraphNode> nodes = new ArrayList<>();
      source.nodes().values().forEach(node -> nodes.add(GraphNodes.of(node)));
      return List.copyOf(nodes);
    });
  }

  /** The placeholders of the main graph, which are what one feeds; but the saver's. */
  public List<TensorInfo> placeholders() {
    String file = metaGraph.getSaverDef().getFilenameTensorName();
    return guarded(() ->
        TensorInfos.placeholders(nodes()).stream()
            .filter(placeholder -> !placeholder.name().equals(file))
            .toList());
  }

  /**
   * The first result of each node that no other node reads, which are what one may fetch; but those
   * of the saver and those that only read a variable.
   */
  public List<TensorInfo> sinks() {
    SaverDef saver = metaGraph.getSaverDef();
    Set<String> own =
        new TreeSet<>(List.of(node(saver.getSaveTensorName()), node(saver.getRestoreOpName())));
    return guarded(() ->
        TensorInfos.sinks(nodes()).stream()
            .filter(sink -> !own.contains(node(sink.name())))
            .toList());
  }

  private static String node(String tensor) {
    return TensorName.parse(tensor).node();
  }

  /** The function library, in the order of the file. */
  public List<LibraryFunction> library() {
    return source.functions().values().stream().map(GraphNodes::of).toList();
  }

  /** How often each op is in main graph and library, by name. */
  public Map<String, Integer> ops() {
    Map<String, Integer> ops = GraphNodes.count(source.nodes().values());
    library()
        .forEach(
            function -> function.ops().forEach((op, count) -> ops.merge(op, count, Integer::sum)));
    return Collections.unmodifiableMap(ops);
  }

  /**
   * TF1's collections by name: the names of nodes, or how many values there are of another kind.
   */
  public Map<String, List<String>> collections() {
    Map<String, List<String>> collections = new TreeMap<>();
    metaGraph.getCollectionDefMap().forEach((name, values) -> collections.put(name, items(values)));
    return Collections.unmodifiableMap(collections);
  }

  private static List<String> items(CollectionDef collection) {
    return switch (collection.getKindCase()) {
      case NODE_LIST -> List.copyOf(collection.getNodeList().getValueList());
      case BYTES_LIST -> count(collection.getBytesList().getValueCount());
      case INT64_LIST -> count(collection.getInt64List().getValueCount());
      case FLOAT_LIST -> count(collection.getFloatList().getValueCount());
      case ANY_LIST -> count(collection.getAnyList().getValueCount());
      case KIND_NOT_SET -> List.of();
    };
  }

  private static List<String> count(int values) {
    return List.of("(" + values + (values == 1 ? " value)" : " values)"));
  }
}

package org.signet.golden;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.signet.api.ConversionOptions;
import org.signet.api.SourceKind;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.source.FunctionRequest;
import org.signet.source.GraphEndpoints;

/**
 * The source model of a case.
 *
 * @param kind its form as the case file names it: {@code saved_model}, {@code concrete_function},
 *     {@code graph_def}
 * @param path where it lies
 * @param tags the tag set of the MetaGraph that was saved; empty if the case names none
 * @param functions of a {@code concrete_function}: paths of functions by the key of the signature
 *     that each becomes
 * @param feeds of a graph: its input tensors
 * @param fetches of a graph: its output tensors
 * @param checkpoint of a graph: the prefix of its checkpoint
 */
public record CaseSource(
    String kind,
    Path path,
    List<String> tags,
    Map<String, String> functions,
    List<String> feeds,
    List<String> fetches,
    Optional<Path> checkpoint) {
  /** The form whose signatures are functions of a SavedModel. */
  private static final String CONCRETE_FUNCTION = "concrete_function";

  /** The key that the only signature of a graph gets. */
  private static final String GRAPH_KEY = "serving_default";

  public CaseSource {
    tags = List.copyOf(tags);
    functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    feeds = List.copyOf(feeds);
    fetches = List.copyOf(fetches);
  }

  /**
   * How to convert it.
   *
   * @param keys the signatures to convert; empty for all
   * @throws SignetException UNSUPPORTED_SOURCE if this version can't convert the kind
   */
  public ConversionOptions options(List<String> keys) {
    ConversionOptions options =
        ConversionOptions.of(path)
            .withKind(sourceKind())
            .withTags(Set.copyOf(tags))
            .withSignatures(keys);
    List<FunctionRequest> requests = new ArrayList<>();
    for (Map.Entry<String, String> function : functions.entrySet()) {
      requests.add(
          new FunctionRequest(function.getKey(), function.getValue(), OptionalInt.empty()));
    }
    options = options.withFunctions(requests);
    if (!fetches.isEmpty()) {
      options = options.withEndpoints(List.of(new GraphEndpoints(GRAPH_KEY, feeds, fetches)));
    }
    return checkpoint.isPresent() ? options.withCheckpoint(checkpoint.get()) : options;
  }

  private SourceKind sourceKind() {
    String name = kind.equals(CONCRETE_FUNCTION) ? SourceKind.SAVED_MODEL.toString() : kind;
    for (SourceKind supported : SourceKind.values()) {
      if (supported.toString().equals(name)) {
        return supported;
      }
    }
    throw SignetException.of(
        Code.UNSUPPORTED_SOURCE,
        path + " is of the kind '" + kind + "', which is not supported yet");
  }
}

package org.signet.golden;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param functions of a {@code concrete_function}: the functions that become signatures
 * @param endpoints of a graph: the tensors that make signatures; none for those it declares
 * @param checkpoint of a graph: the prefix of its checkpoint
 * @param variables of a GraphDef: checkpoint keys by the op of a variable
 */
public record CaseSource(
    String kind,
    Path path,
    List<String> tags,
    List<FunctionRequest> functions,
    List<GraphEndpoints> endpoints,
    Optional<Path> checkpoint,
    Map<String, String> variables) {
  /** The form whose signatures are functions of a SavedModel. */
  private static final String CONCRETE_FUNCTION = "concrete_function";

  public CaseSource {
    tags = List.copyOf(tags);
    functions = List.copyOf(functions);
    endpoints = List.copyOf(endpoints);
    variables = Map.copyOf(variables);
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
            .withSignatures(keys)
            .withFunctions(functions)
            .withEndpoints(endpoints)
            .withVariables(variables);
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

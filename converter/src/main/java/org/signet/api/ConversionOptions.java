package org.signet.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.signet.lower.FlexMode;
import org.signet.source.FunctionRequest;
import org.signet.source.GraphEndpoints;
import org.signet.source.OutputNames;

/**
 * What to convert, and how.
 *
 * @param source the model
 * @param kind the form in which it is kept
 * @param tags the tag set of the MetaGraph to convert; empty for {@code serve}, or the only one
 *     there is
 * @param signatures the keys of the signatures to convert; empty for all
 * @param functions functions of the object graph to convert instead of the signatures
 * @param endpoints tensors of the graph that make signatures, in place of those declared
 * @param checkpoint the prefix of the checkpoint of a bare graph
 * @param variables checkpoint keys by the variable op of a GraphDef, where they are not its name
 * @param outputNames what the outputs of a Keras file are called
 * @param flex what to do with ops that no builtin says the same as
 * @param externalizeState whether variables become inputs and outputs of the signatures that use
 *     them; a signature {@code initial_state} then gives the values that they begin with
 * @param dumpIr a directory for the text of the program after every stage
 */
public record ConversionOptions(
    Path source,
    SourceKind kind,
    Set<String> tags,
    List<String> signatures,
    List<FunctionRequest> functions,
    List<GraphEndpoints> endpoints,
    Optional<Path> checkpoint,
    Map<String, String> variables,
    OutputNames outputNames,
    FlexMode flex,
    boolean externalizeState,
    Optional<Path> dumpIr) {
  public ConversionOptions {
    tags = Set.copyOf(tags);
    signatures = List.copyOf(signatures);
    functions = List.copyOf(functions);
    endpoints = List.copyOf(endpoints);
    variables = Map.copyOf(variables);
  }

  /** All signatures of a source of any kind, with Flex ops where they are needed. */
  public static ConversionOptions of(Path source) {
    return new ConversionOptions(
        source,
        SourceKind.AUTO,
        Set.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        OutputNames.EXPORTED,
        FlexMode.ALLOW,
        false,
        Optional.empty());
  }

  public ConversionOptions withKind(SourceKind newKind) {
    return with(draft -> draft.kind = newKind);
  }

  public ConversionOptions withTags(Set<String> newTags) {
    return with(draft -> draft.tags = newTags);
  }

  public ConversionOptions withSignatures(List<String> newSignatures) {
    return with(draft -> draft.signatures = newSignatures);
  }

  public ConversionOptions withFunctions(List<FunctionRequest> newFunctions) {
    return with(draft -> draft.functions = newFunctions);
  }

  public ConversionOptions withEndpoints(List<GraphEndpoints> newEndpoints) {
    return with(draft -> draft.endpoints = newEndpoints);
  }

  public ConversionOptions withCheckpoint(Path prefix) {
    return with(draft -> draft.checkpoint = Optional.of(prefix));
  }

  public ConversionOptions withVariables(Map<String, String> newVariables) {
    return with(draft -> draft.variables = newVariables);
  }

  public ConversionOptions withOutputNames(OutputNames newNames) {
    return with(draft -> draft.outputNames = newNames);
  }

  public ConversionOptions withFlex(FlexMode newFlex) {
    return with(draft -> draft.flex = newFlex);
  }

  public ConversionOptions withExternalizeState(boolean externalize) {
    return with(draft -> draft.externalizeState = externalize);
  }

  public ConversionOptions withDumpIr(Path directory) {
    return with(draft -> draft.dumpIr = Optional.of(directory));
  }

  private ConversionOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options that may still change. */
  private static final class Draft {
    private final Path source;
    private SourceKind kind;
    private Set<String> tags;
    private List<String> signatures;
    private List<FunctionRequest> functions;
    private List<GraphEndpoints> endpoints;
    private Optional<Path> checkpoint;
    private Map<String, String> variables;
    private OutputNames outputNames;
    private FlexMode flex;
    private boolean externalizeState;
    private Optional<Path> dumpIr;

    Draft(ConversionOptions options) {
      source = options.source;
      kind = options.kind;
      tags = options.tags;
      signatures = options.signatures;
      functions = options.functions;
      endpoints = options.endpoints;
      checkpoint = options.checkpoint;
      variables = options.variables;
      outputNames = options.outputNames;
      flex = options.flex;
      externalizeState = options.externalizeState;
      dumpIr = options.dumpIr;
    }

    ConversionOptions options() {
      return new ConversionOptions(
          source,
          kind,
          tags,
          signatures,
          functions,
          endpoints,
          checkpoint,
          variables,
          outputNames,
          flex,
          externalizeState,
          dumpIr);
    }
  }
}

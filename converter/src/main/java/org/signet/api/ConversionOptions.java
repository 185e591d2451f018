package org.signet.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        Optional.empty());
  }

  public ConversionOptions withKind(SourceKind newKind) {
    return new ConversionOptions(
        source,
        newKind,
        tags,
        signatures,
        functions,
        endpoints,
        checkpoint,
        variables,
        outputNames,
        flex,
        dumpIr);
  }

  public ConversionOptions withTags(Set<String> newTags) {
    return new ConversionOptions(
        source,
        kind,
        newTags,
        signatures,
        functions,
        endpoints,
        checkpoint,
        variables,
        outputNames,
        flex,
        dumpIr);
  }

  public ConversionOptions withSignatures(List<String> newSignatures) {
    return new ConversionOptions(
        source,
        kind,
        tags,
        newSignatures,
        functions,
        endpoints,
        checkpoint,
        variables,
        outputNames,
        flex,
        dumpIr);
  }

  public ConversionOptions withFunctions(List<FunctionRequest> newFunctions) {
    return new ConversionOptions(
        source,
        kind,
        tags,
        signatures,
        newFunctions,
        endpoints,
        checkpoint,
        variables,
        outputNames,
        flex,
        dumpIr);
  }

  public ConversionOptions withEndpoints(List<GraphEndpoints> newEndpoints) {
    return new ConversionOptions(
        source,
        kind,
        tags,
        signatures,
        functions,
        newEndpoints,
        checkpoint,
        variables,
        outputNames,
        flex,
        dumpIr);
  }

  public ConversionOptions withCheckpoint(Path prefix) {
    return new ConversionOptions(
        source,
        kind,
        tags,
        signatures,
        functions,
        endpoints,
        Optional.of(prefix),
        variables,
        outputNames,
        flex,
        dumpIr);
  }

  public ConversionOptions withVariables(Map<String, String> newVariables) {
    return new ConversionOptions(
        source,
        kind,
        tags,
        signatures,
        functions,
        endpoints,
        checkpoint,
        newVariables,
        outputNames,
        flex,
        dumpIr);
  }

  public ConversionOptions withOutputNames(OutputNames newNames) {
    return new ConversionOptions(
        source,
        kind,
        tags,
        signatures,
        functions,
        endpoints,
        checkpoint,
        variables,
        newNames,
        flex,
        dumpIr);
  }

  public ConversionOptions withFlex(FlexMode newFlex) {
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
        newFlex,
        dumpIr);
  }

  public ConversionOptions withDumpIr(Path directory) {
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
        Optional.of(directory));
  }
}

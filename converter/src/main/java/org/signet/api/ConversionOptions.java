package org.signet.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.lower.FlexMode;

/**
 * What to convert, and how.
 *
 * @param source the model
 * @param kind the form in which it is kept
 * @param tags the tag set of the MetaGraph to convert; empty for {@code serve}, or the only one
 *     there is
 * @param signatures the keys of the signatures to convert; empty for all
 * @param flex what to do with ops that no builtin says the same as
 * @param dumpIr a directory for the text of the program after every stage
 */
public record ConversionOptions(
    Path source,
    SourceKind kind,
    Set<String> tags,
    List<String> signatures,
    FlexMode flex,
    Optional<Path> dumpIr) {
  public ConversionOptions {
    tags = Set.copyOf(tags);
    signatures = List.copyOf(signatures);
  }

  /** All signatures of a source of any kind, with Flex ops where they are needed. */
  public static ConversionOptions of(Path source) {
    return new ConversionOptions(
        source, SourceKind.AUTO, Set.of(), List.of(), FlexMode.ALLOW, Optional.empty());
  }

  public ConversionOptions withKind(SourceKind newKind) {
    return new ConversionOptions(source, newKind, tags, signatures, flex, dumpIr);
  }

  public ConversionOptions withTags(Set<String> newTags) {
    return new ConversionOptions(source, kind, newTags, signatures, flex, dumpIr);
  }

  public ConversionOptions withSignatures(List<String> newSignatures) {
    return new ConversionOptions(source, kind, tags, newSignatures, flex, dumpIr);
  }

  public ConversionOptions withFlex(FlexMode newFlex) {
    return new ConversionOptions(source, kind, tags, signatures, newFlex, dumpIr);
  }

  public ConversionOptions withDumpIr(Path directory) {
    return new ConversionOptions(source, kind, tags, signatures, flex, Optional.of(directory));
  }
}

package org.signet.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a source is read.
 *
 * @param kind its form; absent for the command line's default
 * @param tags the tag set of the MetaGraph
 * @param signatures the signatures to convert; empty for all
 * @param functions the functions to convert in place of the signatures
 * @param key the key of the signature that feeds and fetches make
 * @param feeds the inputs of a bare graph
 * @param fetches the outputs of a bare graph
 * @param outputNames what the outputs of a Keras file are called
 * @param externalizeState whether variables become inputs and outputs
 */
record SourceSettings(
    Optional<String> kind,
    List<String> tags,
    List<String> signatures,
    List<String> functions,
    Optional<String> key,
    List<String> feeds,
    List<String> fetches,
    Optional<String> outputNames,
    boolean externalizeState) {
  /** Those of {@code own}, and of {@code shared} what that does not say. */
  static SourceSettings of(Model own, Model shared) {
    return new SourceSettings(
        Optional.ofNullable(own.kind).or(() -> Optional.ofNullable(shared.kind)),
        either(own.tags, shared.tags),
        either(own.signatures, shared.signatures),
        either(own.functions, shared.functions),
        Optional.ofNullable(own.key).or(() -> Optional.ofNullable(shared.key)),
        either(own.feeds, shared.feeds),
        either(own.fetches, shared.fetches),
        Optional.ofNullable(own.outputNames).or(() -> Optional.ofNullable(shared.outputNames)),
        isSet(own.externalizeState, shared.externalizeState));
  }

  /** The flags that say so. */
  List<String> flags() {
    List<String> flags = new ArrayList<>();
    add(flags, "kind", kind.stream());
    add(flags, "tags", tags.stream());
    add(flags, "signatures", signatures.stream());
    add(flags, "function", functions.stream());
    add(flags, "key", key.stream());
    add(flags, "feeds", feeds.stream());
    add(flags, "fetches", fetches.stream());
    add(flags, "output-names", outputNames.stream());
    if (externalizeState) {
      flags.add("--externalize-state");
    }
    return flags;
  }

  /** A flag for each value; in one word, so that a value may begin with a dash. */
  static void add(List<String> flags, String name, Stream<?> values) {
    values.forEach(value -> flags.add("--" + name + "=" + value));
  }

  static <T> List<T> either(@Nullable List<T> own, @Nullable List<T> shared) {
    return List.copyOf(own != null ? own : shared != null ? shared : List.<T>of());
  }

  static boolean isSet(@Nullable Boolean own, @Nullable Boolean shared) {
    return own != null ? own : Boolean.TRUE.equals(shared);
  }
}

package org.signet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.signet.api.ConversionOptions;
import org.signet.api.Signet;
import org.signet.api.SourceKind;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.lower.FlexMode;
import org.signet.source.FunctionRequest;
import org.signet.source.OutputNames;
import org.signet.source.SourceSignature;

/** Flags to the options of the facade. */
final class ConversionFlags {
  private ConversionFlags() {}

  /** How to convert {@code source}. */
  static ConversionOptions of(Path source, Arguments arguments) {
    return withOutput(ofSource(source, arguments), arguments);
  }

  /** How to read {@code source}: {@link Flags#SOURCE}. */
  static ConversionOptions ofSource(Path source, Arguments arguments) {
    ConversionOptions options = ConversionOptions.of(source);
    Optional<String> kind = arguments.value(Flags.KIND);
    if (kind.isPresent()) {
      options = options.withKind(SourceKind.of(kind.get()));
    }
    options = options.withTags(new LinkedHashSet<>(list(arguments.values(Flags.TAGS))));
    List<FunctionRequest> functions = new ArrayList<>();
    for (String function : arguments.values(Flags.FUNCTION)) {
      functions.add(FunctionRequest.parse(function));
    }
    options = options.withFunctions(functions);
    options = options.withEndpoints(EndpointFlags.of(arguments));
    Optional<Path> checkpoint = arguments.file(Flags.CHECKPOINT);
    if (checkpoint.isPresent()) {
      options = options.withCheckpoint(checkpoint.get());
    }
    Optional<String> names = arguments.value(Flags.OUTPUT_NAMES);
    if (names.isPresent()) {
      options = options.withOutputNames(OutputNames.of(names.get()));
    }
    return options.withSignatures(keys(arguments.values(Flags.SIGNATURES), options));
  }

  /** Adds what says how the result is to be: {@link Flags#RESULT}. */
  static ConversionOptions withOutput(ConversionOptions options, Arguments arguments) {
    ConversionOptions changed =
        options.withExternalizeState(arguments.has(Flags.EXTERNALIZE_STATE));
    Optional<String> flex = arguments.value(Flags.FLEX);
    if (flex.isPresent()) {
      changed = changed.withFlex(flexMode(flex.get()));
    }
    Optional<Path> dump = arguments.file(Flags.DUMP_IR);
    return dump.isPresent() ? changed.withDumpIr(dump.get()) : changed;
  }

  private static FlexMode flexMode(String name) {
    for (FlexMode mode : FlexMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw SignetException.of(
        Code.BAD_VALUE,
        "there is no Flex mode '" + name + "'",
        "the modes are allow, warn, listed, forbid and only");
  }

  /** A single value is split at commas; of several each is one. */
  static List<String> list(List<String> values) {
    return values.size() == 1 ? split(values.getFirst()) : values;
  }

  /**
   * A single value is split at commas, unless the source has a signature of the whole as its key.
   */
  private static List<String> keys(List<String> values, ConversionOptions options) {
    if (values.size() != 1 || values.getFirst().indexOf(',') < 0) {
      return values;
    }
    for (SourceSignature signature : Signet.signatures(options)) {
      if (signature.key().equals(values.getFirst())) {
        return values;
      }
    }
    return split(values.getFirst());
  }

  private static List<String> split(String value) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int comma = value.indexOf(','); comma >= 0; comma = value.indexOf(',', start)) {
      parts.add(value.substring(start, comma));
      start = comma + 1;
    }
    parts.add(value.substring(start));
    return parts;
  }
}

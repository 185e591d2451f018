package org.signet.schema.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A builtin operator of TFLite.
 *
 * @param name its name in the schema, such as {@code CONV_2D}
 * @param code its number in {@code BuiltinOperator}
 * @param options the layout of its options, if the schema has one
 * @param optionsWritten whether files carry that table; where not, the union is NONE and readers
 *     need nothing from it
 * @param inputs the inputs in order; empty also for the few reserved ops
 * @param outputs the outputs in order
 * @param maxVersion the newest version that TF 2.21 runs, 0 if it runs none
 * @param maxVersionLiteRt the newest version that ai-edge-litert 2.3 runs, 0 if it runs none
 * @param versionRule which version a use needs
 * @param minRuntimes the first TFLite runtime that runs a version, where known
 */
public record BuiltinOp(
    String name,
    int code,
    Optional<OptionsTable> options,
    boolean optionsWritten,
    List<Argument> inputs,
    List<Argument> outputs,
    int maxVersion,
    int maxVersionLiteRt,
    VersionRule versionRule,
    NavigableMap<Integer, String> minRuntimes) {
  private static final int LAST_BYTE_CODE = 127;

  public BuiltinOp {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    minRuntimes = Collections.unmodifiableNavigableMap(new TreeMap<>(minRuntimes));
  }

  /** The code that old readers look at: 127 for every newer op. */
  public int deprecatedCode() {
    return Math.min(code, LAST_BYTE_CODE);
  }

  /** The version that a use of the op needs. */
  public int version(OpUse use) {
    return versionRule.version(use, options.isPresent() ? options.get().defaults() : Map.of());
  }

  /** The first TFLite runtime that runs a version, such as {@code 2.3.0}, where known. */
  public Optional<String> minRuntime(int version) {
    return Optional.ofNullable(minRuntimes.get(version));
  }

  /**
   * An input or output.
   *
   * @param name its name
   * @param optional whether it may be absent
   * @param variadic whether any number of tensors may stand here
   */
  public record Argument(String name, boolean optional, boolean variadic) {
    private static List<Argument> parse(String cell) {
      List<Argument> arguments = new ArrayList<>();
      if (!cell.equals("-")) {
        for (String word : Lines.split(cell, ' ')) {
          boolean optional = word.endsWith("?");
          boolean variadic = word.endsWith("*");
          String name = optional || variadic ? word.substring(0, word.length() - 1) : word;
          arguments.add(new Argument(name, optional, variadic));
        }
      }
      return arguments;
    }
  }

  /** Parses a line of {@code builtin_ops.tsv}. */
  static BuiltinOp parse(String line, OptionsCatalog catalog) {
    List<String> cells = Lines.split(line, '\t');
    String options = cells.get(2);
    boolean written = !options.startsWith("!");
    NavigableMap<Integer, String> minRuntimes = new TreeMap<>();
    if (!cells.get(8).equals("-")) {
      for (String entry : Lines.split(cells.get(8), ' ')) {
        minRuntimes.put(Integer.valueOf(Lines.before(entry, '=')), Lines.after(entry, '='));
      }
    }
    return new BuiltinOp(
        cells.get(0),
        Integer.parseInt(cells.get(1)),
        catalog.find(written ? options : options.substring(1)),
        written,
        Argument.parse(cells.get(3)),
        Argument.parse(cells.get(4)),
        Integer.parseInt(cells.get(5)),
        Integer.parseInt(cells.get(6)),
        VersionRule.parse(cells.get(7)),
        minRuntimes);
  }
}

package org.signet.schema.catalog;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The builtin operators of TFLite, by name and by code.
 *
 * <p>The resource {@code builtin_ops.tsv} has a line an op, sorted by code: name, code, options
 * table ({@code !} before it: files do not carry it), inputs and outputs ({@code ?} optional,
 * {@code *} any number), newest version of TF 2.21 and of ai-edge-litert 2.3, {@link VersionRule},
 * first runtime of each version.
 */
public final class BuiltinCatalog {
  /** Orders runtime versions such as {@code 2.9.0} before {@code 2.14.4} by their numbers. */
  public static final Comparator<String> RUNTIME_ORDER = new RuntimeOrder();

  private final OptionsCatalog options;
  private final List<String> lines;
  private final Map<String, Integer> codes = new HashMap<>();
  private final AtomicReferenceArray<BuiltinOp> parsed;

  private BuiltinCatalog(List<String> lines, OptionsCatalog options) {
    this.options = options;
    this.lines = lines;
    this.parsed = new AtomicReferenceArray<>(lines.size());
    for (int code = 0; code < lines.size(); code++) {
      codes.put(Lines.before(lines.get(code), '\t'), code);
    }
  }

  /** The catalog of the schema that this version of the project writes. */
  public static BuiltinCatalog standard() {
    return Standard.CATALOG;
  }

  /** The op of that name, such as {@code ADD}. */
  public Optional<BuiltinOp> byName(String name) {
    Integer code = codes.get(name);
    return code == null ? Optional.empty() : Optional.of(op(code));
  }

  /** The op of that code, as in {@code OperatorCode.builtin_code}. */
  public Optional<BuiltinOp> byCode(int code) {
    return code >= 0 && code < lines.size() ? Optional.of(op(code)) : Optional.empty();
  }

  /**
   * The op of that name, which the caller knows to exist.
   *
   * @throws IllegalArgumentException if there is none
   */
  public BuiltinOp get(String name) {
    Optional<BuiltinOp> op = byName(name);
    if (op.isEmpty()) {
      throw new IllegalArgumentException("no builtin op is called " + name);
    }
    return op.get();
  }

  /** All ops, sorted by code. */
  public List<BuiltinOp> all() {
    return IntStream.range(0, lines.size()).mapToObj(this::op).toList();
  }

  private BuiltinOp op(int code) {
    BuiltinOp known = parsed.get(code);
    if (known != null) {
      return known;
    }
    BuiltinOp op = BuiltinOp.parse(lines.get(code), options);
    return parsed.compareAndSet(code, null, op) ? op : parsed.get(code);
  }

  private static final class RuntimeOrder implements Comparator<String> {
    @Override
    public int compare(String left, String right) {
      List<String> lefts = Lines.split(left, '.');
      List<String> rights = Lines.split(right, '.');
      for (int i = 0; i < Math.min(lefts.size(), rights.size()); i++) {
        int order =
            Integer.compare(Integer.parseInt(lefts.get(i)), Integer.parseInt(rights.get(i)));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(lefts.size(), rights.size());
    }
  }

  private static final class Standard {
    static final BuiltinCatalog CATALOG =
        new BuiltinCatalog(Lines.read("builtin_ops.tsv"), OptionsCatalog.standard());
  }
}

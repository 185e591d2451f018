package org.signet.source.stablehlo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The ops of the VHLO dialect that have attributes of their own, which a module may list without
 * their names: {@code vhlo_ops.tsv} has an op of a version and the names of its attributes in the
 * order of the encoding.
 */
final class VhloOps {
  private static final String DIALECT = "vhlo.";
  private static final String FIRST_VERSION = "_v1";

  private final Map<String, List<String>> attributes = new HashMap<>();

  VhloOps() {
    try (InputStream table =
        Objects.requireNonNull(VhloOps.class.getResourceAsStream("vhlo_ops.tsv"))) {
      new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .forEach(line -> attributes.put(line[0], List.of(line[1].split(" ", -1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the attributes of {@code vhlo.dot_general_v2}, if it is known. */
  Optional<List<String>> attributes(String op) {
    return op.startsWith(DIALECT)
        ? Optional.ofNullable(attributes.get(op.substring(DIALECT.length())))
        : Optional.empty();
  }

  /**
   * StableHLO's name: {@code dot_general} for {@code vhlo.dot_general_v2}. An op of an unknown
   * version keeps it.
   */
  String plainName(String op) {
    if (!op.startsWith(DIALECT)) {
      return op;
    }
    String versioned = op.substring(DIALECT.length());
    boolean known = attributes.containsKey(versioned) || versioned.endsWith(FIRST_VERSION);
    int version = versioned.lastIndexOf("_v");
    return known && version > 0 ? versioned.substring(0, version) : versioned;
  }
}

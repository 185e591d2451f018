package org.signet.ir;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Everything that becomes one model file.
 *
 * @param signatures in declared order
 */
public record Program(List<Signature> signatures) {
  public Program {
    signatures = List.copyOf(signatures);
  }

  /** This program with every graph replaced by what {@code pass} makes of it. */
  public Program mapGraphs(UnaryOperator<Graph> pass) {
    return new Program(
        signatures.stream()
            .map(signature -> signature.withGraph(pass.apply(signature.graph())))
            .toList());
  }
}

package org.signet.ir;

import java.util.List;

/**
 * A signature: its key, the names of its inputs and outputs in declared order, and what it
 * computes.
 *
 * @param key the signature key, to the letter
 * @param inputNames one for each of the graph's inputs
 * @param outputNames one for each of the graph's outputs
 * @param graph what it computes
 */
public record Signature(
    String key, List<String> inputNames, List<String> outputNames, Graph graph) {
  public Signature {
    inputNames = List.copyOf(inputNames);
    outputNames = List.copyOf(outputNames);
  }

  public Signature withGraph(Graph newGraph) {
    return new Signature(key, inputNames, outputNames, newGraph);
  }
}

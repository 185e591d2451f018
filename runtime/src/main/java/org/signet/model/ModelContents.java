package org.signet.model;

import java.util.List;
import java.util.Map;

/**
 * All that is read from a file.
 *
 * @param description free text
 * @param buffers where the data lies
 * @param subgraphs the subgraphs
 * @param signatures the signatures, in the file's order
 * @param metadata buffer indices by name
 */
record ModelContents(
    String description,
    List<ModelBuffer> buffers,
    List<ModelSubgraph> subgraphs,
    List<ModelSignature> signatures,
    Map<String, Integer> metadata) {
  ModelContents {
    buffers = List.copyOf(buffers);
    subgraphs = List.copyOf(subgraphs);
    signatures = List.copyOf(signatures);
    metadata = Map.copyOf(metadata);
  }
}

package org.signet.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A signature: names for the inputs and outputs of a subgraph.
 *
 * @param key its key
 * @param inputs tensor indices by name, in the file's order
 * @param outputs tensor indices by name, in the file's order
 * @param subgraph the index of the subgraph that computes it
 */
public record ModelSignature(
    String key,
    SequencedMap<String, Integer> inputs,
    SequencedMap<String, Integer> outputs,
    int subgraph) {
  public ModelSignature {
    inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
  }
}

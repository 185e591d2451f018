package org.signet.golden;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.signet.type.TensorType;

/**
 * What a case declares of a signature.
 *
 * @param inputs types by name, in the case file's order
 * @param outputs types by name, in the case file's order
 */
public record CaseSignature(
    SequencedMap<String, TensorType> inputs, SequencedMap<String, TensorType> outputs) {
  public CaseSignature {
    inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
  }
}

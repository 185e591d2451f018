package org.signet.golden;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One call of a case.
 *
 * @param index its place among the calls, from 0
 * @param signature the key of the signature that is called
 * @param inputs files by input name
 * @param outputs files of what TensorFlow gave, by output name
 */
public record CaseCall(
    int index,
    String signature,
    SequencedMap<String, Path> inputs,
    SequencedMap<String, Path> outputs) {
  public CaseCall {
    inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
  }
}

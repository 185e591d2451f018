package org.signet.op.flex.audio;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on sound and speech. */
public final class AudioOps {
  private AudioOps() {}

  /** The families, in alphabetical order: a new file of such ops is added here. */
  public static List<OpDefinition> definitions() {
    return Stream.of(TfCtc.definitions(), TfSpectra.definitions(), TfWav.definitions())
        .flatMap(List::stream)
        .toList();
  }
}

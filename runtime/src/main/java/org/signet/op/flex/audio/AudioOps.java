package org.signet.op.flex.audio;

import java.util.List;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on sound and speech. */
public final class AudioOps {
  private AudioOps() {}

  /**
   * The ops of a family; a new file of such ops is added here and to {@code families.tsv}.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public static List<OpDefinition> family(String name) {
    return switch (name) {
      case "TfCtc" -> TfCtc.definitions();
      case "TfCtcLoss" -> TfCtcLoss.definitions();
      case "TfSpectra" -> TfSpectra.definitions();
      case "TfWav" -> TfWav.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}

package org.signet.op.flex.state;

import java.util.List;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on variables, tables, queues and checkpoints. */
public final class StateOps {
  private StateOps() {}

  /**
   * The ops of a family; a new file of such ops is added here and to {@code families.tsv}.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public static List<OpDefinition> family(String name) {
    return switch (name) {
      case "TfCheckpoints" -> TfCheckpoints.definitions();
      case "TfQueues" -> TfQueues.definitions();
      case "TfRowUpdates" -> TfRowUpdates.definitions();
      case "TfTables" -> TfTables.definitions();
      case "TfUpdates" -> TfUpdates.definitions();
      case "TfVariables" -> TfVariables.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}

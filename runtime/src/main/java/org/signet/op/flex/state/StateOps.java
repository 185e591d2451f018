package org.signet.op.flex.state;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on variables, tables, queues and checkpoints. */
public final class StateOps {
  private StateOps() {}

  /** The families, in alphabetical order: a new file of such ops is added here. */
  public static List<OpDefinition> definitions() {
    return Stream.of(
            TfCheckpoints.definitions(),
            TfQueues.definitions(),
            TfRowUpdates.definitions(),
            TfTables.definitions(),
            TfUpdates.definitions(),
            TfVariables.definitions())
        .flatMap(List::stream)
        .toList();
  }
}

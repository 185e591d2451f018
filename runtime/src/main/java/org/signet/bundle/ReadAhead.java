package org.signet.bundle;

import java.util.List;
import org.signet.diag.SignetException;

/** Asks a checkpoint for tensors, the last first, until all are read or somebody ends it. */
final class ReadAhead extends Thread {
  private final CheckpointBundle checkpoint;
  private final List<String> names;
  private boolean ended;

  ReadAhead(CheckpointBundle checkpoint, List<String> names) {
    super("signet-read-ahead");
    setDaemon(true);
    this.checkpoint = checkpoint;
    this.names = List.copyOf(names);
  }

  @Override
  public void run() {
    for (int i = names.size() - 1; i >= 0 && read(names.get(i)); i--) {}
  }

  private synchronized boolean read(String name) {
    if (ended) {
      return false;
    }
    try {
      checkpoint.find(name);
    } catch (SignetException e) {
      // Nothing is kept of it: whoever asks for the tensor gets the same.
    }
    return true;
  }

  /** Ends it, after the tensor that it is reading. */
  synchronized void end() {
    ended = true;
  }
}

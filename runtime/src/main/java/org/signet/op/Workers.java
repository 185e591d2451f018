package org.signet.op;

import java.util.function.IntConsumer;

/** Threads that may share the work of a call. */
public interface Workers {
  /** The calling thread alone. */
  Workers NONE =
      new Workers() {
        @Override
        public int threads() {
          return 1;
        }

        @Override
        public void run(int parts, IntConsumer task) {
          for (int part = 0; part < parts; part++) {
            task.accept(part);
          }
        }
      };

  /** How many threads there are, the calling one included. */
  int threads();

  /**
   * Runs {@code task} for each part from 0 to {@code parts}, in any order and on any of the
   * threads; returns when all have ended. What a part throws is thrown here. Within a part it runs
   * the parts of another task one after the other.
   */
  void run(int parts, IntConsumer task);
}

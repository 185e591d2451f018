package org.signet.ir;

import java.util.Set;
import org.signet.op.Attributes;

/** The TensorFlow ops by which graphs make handles of tables and queues, each having a name. */
public final class StateHandles {
  /** Makes a handle of a variable, where no builtin can. */
  public static final String VARIABLE = "VarHandleOp";

  /** Makes a handle of a table that is filled once. */
  public static final String STATIC_TABLE = "HashTableV2";

  /** Makes a handle of a queue that gives its entries in an order of its own. */
  public static final String SHUFFLED_QUEUE = "RandomShuffleQueueV2";

  private static final Set<String> TABLES =
      Set.of(
          STATIC_TABLE,
          "MutableDenseHashTableV2",
          "MutableHashTableOfTensorsV2",
          "MutableHashTableV2");

  private static final Set<String> QUEUES =
      Set.of("FIFOQueueV2", "PaddingFIFOQueueV2", "PriorityQueueV2", SHUFFLED_QUEUE);

  /** Makers of handles whose attributes say all there is to know; nothing fills or changes them. */
  private static final Set<String> WHOLE = Set.of("SentencepieceOp");

  private StateHandles() {}

  /** Whether {@code op} makes a handle that a model file can hold. */
  public static boolean isInFile(String op) {
    return isHandle(op) || WHOLE.contains(op) || op.equals(VARIABLE);
  }

  /** Whether {@code op} makes a handle of a table or a queue. */
  public static boolean isHandle(String op) {
    return TABLES.contains(op) || isQueue(op);
  }

  /** Whether {@code op} makes a handle of a queue. */
  public static boolean isQueue(String op) {
    return QUEUES.contains(op);
  }

  /** What tells a table from other tables, a queue from other queues: container and name. */
  public static String name(Attributes attributes) {
    // A null character can't be in a name, so no two meet.
    return attributes.getString("container", "") + '\0' + attributes.getString("shared_name", "");
  }

  /**
   * The attributes of a handle by which all graphs mean the same table or queue.
   *
   * @param place a name of its own for one that has none
   */
  public static Attributes named(Attributes attributes, String place) {
    String shared = attributes.getString("shared_name", "");
    return attributes
        .with("container", attributes.getString("container", ""))
        .with("shared_name", shared.isEmpty() ? place : shared);
  }
}

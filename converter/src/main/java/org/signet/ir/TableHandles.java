package org.signet.ir;

import java.util.Set;
import org.signet.op.Attributes;

/** The TensorFlow ops by which graphs make handles of tables, each table having a name. */
public final class TableHandles {
  /** Makes a handle of a table that is filled once. */
  public static final String STATIC = "HashTableV2";

  private static final Set<String> OPS =
      Set.of(
          STATIC, "MutableDenseHashTableV2", "MutableHashTableOfTensorsV2", "MutableHashTableV2");

  private TableHandles() {}

  public static boolean isHandle(String op) {
    return OPS.contains(op);
  }

  /** What tells a table from others: container and name. */
  public static String name(Attributes attributes) {
    // A null character can't be in a name, so no two tables meet.
    return attributes.getString("container", "") + '\0' + attributes.getString("shared_name", "");
  }
}

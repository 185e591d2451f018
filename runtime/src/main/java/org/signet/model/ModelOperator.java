package org.signet.model;

import java.util.Arrays;
import org.signet.op.Attributes;
import org.signet.op.OpKey;

/**
 * One operator of a subgraph.
 *
 * @param key its op
 * @param attributes its options: of a builtin those of its options table, absent ones with their
 *     defaults; of a Flex op the attributes of its node; of any other custom op the bytes {@value
 *     OpKey#CUSTOM_OPTIONS}
 * @param operands tensor indices, {@value #ABSENT} for an absent optional operand; not to be
 *     changed
 * @param results tensor indices; not to be changed
 * @param version the version of the op that the file asks for
 */
@SuppressWarnings("ArrayRecordComponent")
public record ModelOperator(
    OpKey key, Attributes attributes, int[] operands, int[] results, int version) {
  /** Stands for an operand that is not there. */
  public static final int ABSENT = -1;

  @Override
  public String toString() {
    return key
        + ".v"
        + version
        + attributes
        + Arrays.toString(operands)
        + "->"
        + Arrays.toString(results);
  }
}

package org.signet.lower;

import java.util.List;
import org.signet.diag.Origin;
import org.signet.op.Attributes;
import org.signet.type.DType;

/**
 * A Flex op that a conversion kept.
 *
 * @param op TensorFlow's name for it
 * @param operandTypes the operands' element types
 * @param attributes its attributes
 * @param reason why it is no builtin, a few words
 * @param listed whether it is on the list of ops that every runtime with the Flex delegate links;
 *     others need one with all of TensorFlow
 * @param origin where it comes from
 */
public record FlexUse(
    String op,
    List<DType> operandTypes,
    Attributes attributes,
    String reason,
    boolean listed,
    Origin origin) {
  public FlexUse {
    operandTypes = List.copyOf(operandTypes);
  }
}

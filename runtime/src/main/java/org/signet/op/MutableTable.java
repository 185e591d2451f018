package org.signet.op;

import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** A table that ops change. */
public final class MutableTable extends LookupTable {
  /**
   * @param valueShape the shape of one value; keys are scalars
   */
  public MutableTable(DType keyType, DType valueType, int... valueShape) {
    super(keyType, new int[0], valueType, valueShape);
  }

  @Override
  public void importAll(OpCall call) {
    Tensor keys = call.operand(1);
    Tensor values = call.operand(2);
    checkValues(keys, values, checkKeys(keys));
    rows.clear();
    insert(keys, values);
  }
}

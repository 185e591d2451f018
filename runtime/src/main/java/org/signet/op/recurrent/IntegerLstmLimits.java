package org.signet.op.recurrent;

import org.signet.op.Limits;
import org.signet.op.OpCall;
import org.signet.op.OpTypes;
import org.signet.op.quant.Affine;
import org.signet.type.DType;

/** What an LSTM on integers asks of scales and of the tensors between, as far as a file tells. */
record IntegerLstmLimits(LstmCell.Layout layout) implements Limits {
  @Override
  public void check(OpTypes use) {}

  @Override
  public void checkQuantized(OpTypes use) {
    if (use.dtype(0) == DType.UINT8 && Lstms.isBasic(use.attributes())) {
      ByteLstm.requireScale(0, use.operand(0));
      ByteLstm.requireScale(1, use.operand(1));
    } else if (use.dtype(0) == DType.INT8) {
      int between = size(use, OpCall.INTERMEDIATE_SCALES);
      IntegerLstm.requireIntermediates(between, size(use, OpCall.INTERMEDIATE_ZERO_POINTS));
      float scale = Affine.of(use.operand(layout.outputState() + 1)).scale();
      if (between == IntegerLstmCell.INTERMEDIATES) {
        IntegerLstmCell.requireCellScale(scale);
      } else {
        NarrowLstmCell.requireCellScale(scale);
      }
    }
  }

  private static int size(OpTypes use, String attribute) {
    return use.attributes().getList(attribute, Object.class).size();
  }
}

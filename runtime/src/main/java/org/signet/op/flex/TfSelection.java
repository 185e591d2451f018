package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.BinaryFunction;
import org.signet.op.BinaryFunctions;
import org.signet.op.ElementKind;
import org.signet.op.Limits;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Selection;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/** TensorFlow's choices by condition or bounds. */
final class TfSelection {
  private TfSelection() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("Select", Selection::selectShape, Selection::select)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("SelectV2", Selection::selectV2Shape, Selection::selectV2)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("Where", Selection::whereShape, Selection::where).accurate(Accuracy.EXACT),
        OpDefinition.tf("ClipByValue", Shapes.SAME, TfSelection::clip)
            .accurate(Accuracy.EXACT)
            .limited(Limits.all(ElementKind.REALS)));
  }

  /** Either bound; one that is NaN is none, and a NaN stays NaN. */
  private static final BinaryFunction AT_MOST =
      BinaryFunction.of((x, most) -> most < x ? most : x, Math::min);

  private static final BinaryFunction AT_LEAST =
      BinaryFunction.of((x, least) -> x < least ? least : x, Math::max);

  /**
   * Operand 0, at most operand 2, then at least operand 1, which broadcast to it: where the bounds
   * cross, the lower one counts.
   */
  private static void clip(OpCall call) {
    Tensor x = call.operand(0);
    for (int i = 1; i <= 2; i++) {
      Shapes.require(
          Arrays.equals(Shapes.broadcast(x.shape(), call.operand(i).shape()), x.shape()),
          "a bound of %s for %s",
          call.operand(i).type(),
          x.type());
    }
    Tensor result = call.result(0, x.dtype(), x.shape());
    boolean real = x.dtype().isFloating();
    (real ? AT_MOST : BinaryFunctions.MINIMUM).apply(x, call.operand(2), result);
    (real ? AT_LEAST : BinaryFunctions.MAXIMUM).apply(result, call.operand(1), result);
  }
}

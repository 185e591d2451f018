package org.signet.op.flex;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.KnownOperands;
import org.signet.op.OpDefinition;
import org.signet.op.Reshaping;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** TensorFlow's ops that change or tell the shape. */
final class TfReshaping {
  private TfReshaping() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("Reshape", Reshaping::inferReshape, Reshaping::reshape).moving(),
        OpDefinition.tf("ExpandDims", Reshaping::inferExpandDims, Reshaping::expandDims).moving(),
        OpDefinition.tf("Squeeze", Reshaping::inferSqueeze, Reshaping::squeeze).moving(),
        OpDefinition.tf("Shape", Reshaping::inferShape, Reshaping::shape).accurate(Accuracy.EXACT),
        OpDefinition.tf("ShapeN", Reshaping::inferShape, Reshaping::shape).accurate(Accuracy.EXACT),
        OpDefinition.tf("Rank", Reshaping::inferRank, Reshaping::rank).accurate(Accuracy.EXACT),
        size());
  }

  private static OpDefinition size() {
    return OpDefinition.tf(
            "Size",
            op ->
                List.of(
                    Shapes.plain(
                        KnownOperands.type(op.attributes(), "out_type", DType.INT32),
                        Shape.scalar())),
            call ->
                call.result(0, KnownOperands.type(call.attributes(), "out_type", DType.INT32))
                    .setLong(0, call.operand(0).size()))
        .accurate(Accuracy.EXACT);
  }
}

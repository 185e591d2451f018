package org.signet.op.flex;

import java.util.List;
import java.util.OptionalInt;
import org.signet.op.Accuracy;
import org.signet.op.Gathering;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Scattering;
import org.signet.op.Shapes;
import org.signet.op.Slicing;
import org.signet.op.StridedSlicing;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** TensorFlow's ops that cut out, pick or put in elements by index. */
final class TfIndexing {
  private TfIndexing() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("Slice", Slicing::inferSlice, Slicing::slice).moving(),
        OpDefinition.tf("StridedSlice", StridedSlicing::infer, StridedSlicing::slice).moving(),
        OpDefinition.tf("TensorStridedSliceUpdate", Shapes.SAME, StridedSlicing::update).moving(),
        OpDefinition.tf("Gather", TfIndexing::inferGather, TfIndexing::gather).moving(),
        OpDefinition.tf("GatherV2", TfIndexing::inferGatherV2, TfIndexing::gatherV2).moving(),
        OpDefinition.tf("GatherNd", Gathering::inferGatherNd, Gathering::gatherNd).moving(),
        OpDefinition.tf("ScatterNd", Scattering::inferScatterNd, Scattering::scatterNd),
        OpDefinition.tf("SparseToDense", Scattering::inferSparseToDense, Scattering::sparseToDense)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("TensorScatterUpdate", Shapes.SAME, Scattering::tensorScatterUpdate)
            .moving(),
        tensorScatter("ScatterNdNonAliasingAdd", Scattering.ADD),
        tensorScatter("TensorScatterAdd", Scattering.ADD),
        tensorScatter("TensorScatterSub", Scattering::subtract),
        tensorScatter("TensorScatterMax", Scattering::max).accurate(Accuracy.EXACT),
        tensorScatter("TensorScatterMin", Scattering::min).accurate(Accuracy.EXACT));
  }

  private static OpDefinition tensorScatter(String name, Scattering.Merge merge) {
    return OpDefinition.tf(name, Shapes.SAME, call -> Scattering.tensorScatter(call, merge));
  }

  private static List<TensorType> inferGather(OpTypes op) {
    Shape shape = Gathering.gathered(op.shape(0), op.shape(1), OptionalInt.of(0), 0);
    return List.of(Shapes.plain(op.dtype(0), shape));
  }

  private static void gather(OpCall call) {
    Gathering.gather(call, call.operand(0), call.operand(1), 0, 0);
  }

  /** Operands: params, indices, axis. */
  private static List<TensorType> inferGatherV2(OpTypes op) {
    int batchDims = op.attributes().getInt("batch_dims", 0);
    Shape shape =
        Gathering.gathered(op.shape(0), op.shape(1), KnownOperands.scalar(op, 2), batchDims);
    return List.of(Shapes.plain(op.dtype(0), shape));
  }

  private static void gatherV2(OpCall call) {
    Gathering.gather(
        call,
        call.operand(0),
        call.operand(1),
        KnownOperands.scalar(call.operand(2)),
        call.attributes().getInt("batch_dims", 0));
  }
}

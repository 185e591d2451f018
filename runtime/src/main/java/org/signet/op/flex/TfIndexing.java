package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.signet.op.Accuracy;
import org.signet.op.ElementKind;
import org.signet.op.Gathering;
import org.signet.op.KnownOperands;
import org.signet.op.Limits;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Scattering;
import org.signet.op.Shapes;
import org.signet.op.Slicing;
import org.signet.op.StridedSlicing;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** TensorFlow's ops that cut out, pick or put in elements by index. */
final class TfIndexing {
  private TfIndexing() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("Slice", Slicing::inferSlice, Slicing::slice).moving(),
        OpDefinition.tf("StridedSlice", StridedSlicing::infer, StridedSlicing::slice).moving(),
        OpDefinition.tf("XlaDynamicSlice", Slicing::inferDynamicSlice, Slicing::dynamicSlice)
            .moving(),
        OpDefinition.tf("XlaDynamicUpdateSlice", Shapes.SAME, Slicing::update).moving(),
        OpDefinition.tf("TensorStridedSliceUpdate", Shapes.SAME, StridedSlicing::update).moving(),
        OpDefinition.tf("Gather", TfIndexing::inferGather, TfIndexing::gather).moving(),
        OpDefinition.tf("GatherV2", TfIndexing::inferGatherV2, TfIndexing::gatherV2).moving(),
        OpDefinition.tf("GatherNd", Gathering::inferGatherNd, Gathering::gatherNd).moving(),
        Rules.exact("UnravelIndex", TfIndexing::inferUnravel, TfIndexing::unravel),
        OpDefinition.tf("ScatterNd", Scattering::inferScatterNd, Scattering::scatterNd),
        OpDefinition.tf("SparseToDense", Scattering::inferSparseToDense, Scattering::sparseToDense)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("TensorScatterUpdate", Shapes.SAME, Scattering::tensorScatterUpdate)
            .moving(),
        tensorScatter("ScatterNdNonAliasingAdd", Scattering.ADD),
        tensorScatter("TensorScatterAdd", Scattering.ADD),
        tensorScatter("TensorScatterSub", Scattering::subtract)
            .limited(Limits.elements(ElementKind.NUMBERS)),
        tensorScatter("TensorScatterMax", Scattering::max)
            .accurate(Accuracy.EXACT)
            .limited(Limits.elements(ElementKind.REALS)),
        tensorScatter("TensorScatterMin", Scattering::min)
            .accurate(Accuracy.EXACT)
            .limited(Limits.elements(ElementKind.REALS)));
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

  /** Operands: positions, a scalar or a vector; the shape that they are of. */
  private static List<TensorType> inferUnravel(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(0), Rules.replaced(op.shape(0), 0, Rules.dim(op, 1, 0))));
  }

  private static void unravel(OpCall call) {
    Tensor positions = call.operand(0);
    long[] dims = KnownOperands.elements(Rules.requireRank(call.operand(1), 1, "dims"));
    Shapes.require(positions.rank() <= 1 && positions.size() > 0, "indices %s", positions.type());
    long total = Arrays.stream(dims).reduce(1, Math::multiplyExact);
    int[] shape = Rules.replaced(Shape.of(positions.shape()), 0, dims.length).dims();
    Tensor result = call.result(0, positions.dtype(), shape);
    for (int i = 0; i < positions.size(); i++) {
      long rest = positions.getLong(i);
      Shapes.require(rest < total, "position %s of %s elements", rest, total);
      for (int d = dims.length - 1; d >= 0; d--) {
        result.setLong(d * positions.size() + i, rest % dims[d]);
        rest /= dims[d];
      }
    }
  }
}

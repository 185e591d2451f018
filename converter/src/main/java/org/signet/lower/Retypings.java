package org.signet.lower;

import static org.signet.type.DType.BFLOAT16;
import static org.signet.type.DType.BOOL;
import static org.signet.type.DType.COMPLEX64;
import static org.signet.type.DType.FLOAT16;
import static org.signet.type.DType.FLOAT32;
import static org.signet.type.DType.FLOAT64;
import static org.signet.type.DType.INT16;
import static org.signet.type.DType.INT32;
import static org.signet.type.DType.INT64;
import static org.signet.type.DType.INT8;
import static org.signet.type.DType.UINT16;
import static org.signet.type.DType.UINT32;
import static org.signet.type.DType.UINT64;
import static org.signet.type.DType.UINT8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.type.DType;

/**
 * Which ops mean the same on which other element types, where the kernels of builtins do not take
 * their own.
 */
final class Retypings {
  /**
   * Ops on float16 and bfloat16 that TensorFlow's own kernels compute in float32: each rounds a
   * float32 result once, or sums in float32. Ops whose kernels round in between are not among them:
   * on all 65,536 operands those of one operand agree with the rounded float32 result, but for six
   * of Acos and Atan, by the last bit.
   */
  private static final Set<String> ROUNDED_ONCE =
      Set.of(
          "Abs",
          "Acos",
          "Acosh",
          "Add",
          "AddV2",
          "Asin",
          "Asinh",
          "Atan",
          "Atan2",
          "Atanh",
          "BatchMatMul",
          "BatchMatMulV2",
          "BiasAdd",
          "BiasAddV1",
          "Ceil",
          "Conv2D",
          "Cos",
          "Cosh",
          "DepthwiseConv2dNative",
          "Digamma",
          "Div",
          "DivNoNan",
          "Erf",
          "Erfc",
          "Exp",
          "Expm1",
          "Floor",
          "FloorMod",
          "FusedBatchNorm",
          "FusedBatchNormV2",
          "FusedBatchNormV3",
          "Inv",
          "Lgamma",
          "Log",
          "Log1p",
          "MatMul",
          "Mean",
          "Mul",
          "MulNoNan",
          "Neg",
          "Pow",
          "RealDiv",
          "Reciprocal",
          "Relu",
          "Relu6",
          "Rint",
          "Round",
          "Rsqrt",
          "Sign",
          "Sin",
          "Sinh",
          "Sqrt",
          "Square",
          "Sub",
          "Sum",
          "Tan",
          "Tanh",
          "Xdivy");

  /** Ops that only compare elements, and answer with one of them or with bools or positions. */
  private static final Set<String> ORDERING =
      Set.of(
          "ArgMax",
          "ArgMin",
          "ClipByValue",
          "Equal",
          "Greater",
          "GreaterEqual",
          "IsFinite",
          "IsInf",
          "IsNan",
          "Less",
          "LessEqual",
          "LowerBound",
          "Max",
          "MaxPool",
          "MaxPool3D",
          "MaxPoolV2",
          "MaxPoolWithArgmax",
          "Maximum",
          "Min",
          "Minimum",
          "NotEqual",
          "NthElement",
          "Relu",
          "Relu6",
          "SegmentMax",
          "SegmentMin",
          "Sign",
          "TensorScatterMax",
          "TensorScatterMin",
          "TopKV2",
          "Unique",
          "UniqueV2",
          "UniqueWithCounts",
          "UniqueWithCountsV2",
          "UpperBound",
          "Where");

  /** Those of them that compare with 0. */
  private static final Set<String> TO_ZERO = Set.of("Relu", "Relu6", "Sign", "Where");

  /** Ops whose kernels take the largest float of a window, which may be a small integer. */
  private static final Set<String> POOLING = Set.of("MaxPool", "MaxPool3D", "MaxPoolV2");

  /** Ops whose integer results, in more bits, have the same low bits. */
  private static final Set<String> WRAPPING =
      Set.of(
          "Abs",
          "Add",
          "AddN",
          "AddV2",
          "BatchMatMul",
          "BatchMatMulV2",
          "BiasAdd",
          "BiasAddV1",
          "Cross",
          "Cumprod",
          "Cumsum",
          "Mul",
          "Neg",
          "Prod",
          "ScatterNd",
          "SegmentProd",
          "SegmentSum",
          "SparseSegmentSum",
          "SparseSegmentSumWithNumSegments",
          "Square",
          "Sub",
          "Sum",
          "TensorScatterAdd",
          "TensorScatterSub",
          "UnsortedSegmentProd",
          "UnsortedSegmentSum");

  /** Ops on integers that are the same numbers in more bits, and whose results fit again. */
  private static final Set<String> INTEGER =
      Set.of(
          "BitwiseAnd",
          "BitwiseOr",
          "BitwiseXor",
          "Div",
          "FloorDiv",
          "FloorMod",
          "Invert",
          "Mod",
          "RightShift",
          "TruncateDiv",
          "TruncateMod");

  /** Ops that move elements as they are, or fill in zeros. */
  private static final Set<String> MOVING =
      Set.of(
          "BatchToSpace",
          "BatchToSpaceND",
          "BroadcastTo",
          "ConcatV2",
          "Concat",
          "DepthToSpace",
          "Diag",
          "DiagPart",
          "DynamicPartition",
          "DynamicStitch",
          "ExpandDims",
          "ExtractImagePatches",
          "Fill",
          "Gather",
          "GatherNd",
          "GatherV2",
          "MirrorPad",
          "OneHot",
          "Pack",
          "Pad",
          "PadV2",
          "ParallelDynamicStitch",
          "ReverseSequence",
          "ReverseV2",
          "Roll",
          "Select",
          "SelectV2",
          "Slice",
          "SpaceToBatch",
          "SpaceToBatchND",
          "SpaceToDepth",
          "SparseToDense",
          "Split",
          "SplitV",
          "StridedSlice",
          "TensorScatterUpdate",
          "TensorStridedSliceUpdate",
          "Tile",
          "Transpose",
          "Unpack",
          "XlaDynamicSlice",
          "XlaDynamicUpdateSlice",
          "ZerosLike");

  /** Ops that only pick elements of one operand, with no kernel for strings or not at all ranks. */
  private static final Set<String> PICKING =
      Set.of(
          "BroadcastTo",
          "Gather",
          "GatherV2",
          "MirrorPad",
          "ReverseSequence",
          "ReverseV2",
          "Roll",
          "Split",
          "SplitV",
          "Transpose",
          "Unpack");

  private static final Map<DType, DType> FLOATS = Map.of(FLOAT16, FLOAT32, BFLOAT16, FLOAT32);

  private static final Map<DType, DType> SMALL_INTEGERS =
      Map.of(INT8, INT32, UINT8, INT32, INT16, INT32, UINT16, INT32);

  private static final Map<DType, DType> SMALL_AS_FLOATS =
      Map.of(INT8, FLOAT32, UINT8, FLOAT32, INT16, FLOAT32, UINT16, FLOAT32);

  private static final Map<DType, DType> SUMMED_AS =
      Map.of(INT8, INT64, UINT8, INT64, INT16, INT64, UINT16, INT64, UINT32, INT64);

  private static final Map<DType, DType> UNSIGNED = Map.of(UINT32, INT64);

  private static final Map<DType, DType> SIGNED_BITS = Map.of(UINT32, INT32, UINT64, INT64);

  private static final Map<DType, DType> ORDERED_BITS = Map.of(UINT64, INT64);

  private static final Map<DType, DType> MOVED_BITS =
      Map.of(
          BFLOAT16, INT16, COMPLEX64, INT64, FLOAT16, INT16, FLOAT64, INT64, UINT16, INT16, UINT32,
          INT32, UINT64, INT64);

  private static final Map<DType, DType> BOOL_BITS = Map.of(BOOL, UINT8);

  private Retypings() {}

  /** The other types on which an op may be tried, in this order. */
  static List<Retyping> of(String op) {
    List<Retyping> retypings = new ArrayList<>();
    if (ROUNDED_ONCE.contains(op) || ORDERING.contains(op) || isMoving(op)) {
      retypings.add(Retyping.byValue(FLOATS));
    }
    if (WRAPPING.contains(op)) {
      retypings.add(Retyping.byBits(SIGNED_BITS));
    }
    if (op.equals("Mean")) {
      retypings.add(Retyping.byValue(SUMMED_AS)); // as which TensorFlow sums them up, too
    }
    if (POOLING.contains(op)) {
      retypings.add(Retyping.byValue(SMALL_AS_FLOATS));
    }
    if (WRAPPING.contains(op) || ORDERING.contains(op) || INTEGER.contains(op)) {
      retypings.add(Retyping.byValue(SMALL_INTEGERS));
    }
    if (ORDERING.contains(op) || INTEGER.contains(op)) {
      retypings.add(Retyping.byValue(UNSIGNED));
    }
    if (ORDERING.contains(op) && !TO_ZERO.contains(op)) {
      retypings.add(Retyping.byOrder(ORDERED_BITS));
    }
    if (op.equals("EuclideanNorm") || op.equals("Softmax")) {
      retypings.add(Retyping.byValue(Map.of(BFLOAT16, FLOAT32))); // in which TensorFlow computes
    }
    if (op.startsWith("Unique")) {
      retypings.add(Retyping.byValue(Map.of(BOOL, INT32)));
    }
    if (isMoving(op)) {
      retypings.add(Retyping.byBits(MOVED_BITS));
      if (!op.startsWith("Select")) { // whose condition stays a bool
        retypings.add(Retyping.byBits(BOOL_BITS));
      }
      retypings.add(Retyping.byValue(SMALL_INTEGERS));
    }
    if (PICKING.contains(op)) {
      retypings.add(Retyping.byPlace(DType.STRING));
    }
    return retypings;
  }

  private static boolean isMoving(String op) {
    return MOVING.contains(op) || DiagonalLowering.MATRIX_OPS.contains(op);
  }
}

package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Ops on float16 and bfloat16 as the same ops on float32, between casts. TensorFlow's own kernels
 * compute them so: each rounds a float32 result once, or sums in float32. Ops whose kernels round
 * in between are not among them.
 */
final class WideFloats {
  private static final Set<DType> NARROW = Set.of(DType.FLOAT16, DType.BFLOAT16);

  private static final Set<String> OPS =
      Set.of(
          // Each element is one operation of float32, rounded.
          "Abs",
          "Add",
          "AddV2",
          "Ceil",
          "Cos",
          "Exp",
          "Floor",
          "Log",
          "Maximum",
          "Minimum",
          "Mul",
          "Neg",
          "RealDiv",
          "Relu",
          "Relu6",
          "Rint",
          "Round",
          "Rsqrt",
          "Sign",
          "Sin",
          "Sqrt",
          "Square",
          "Sub",
          "Tanh",
          // Comparisons, exact.
          "Equal",
          "Greater",
          "GreaterEqual",
          "Less",
          "LessEqual",
          "NotEqual",
          // Elements move as they are.
          "BroadcastTo",
          "ConcatV2",
          "ExpandDims",
          "GatherV2",
          "Identity",
          "Max",
          "MaxPool",
          "Min",
          "Pack",
          "Pad",
          "PadV2",
          "Reshape",
          "ReverseV2",
          "Select",
          "SelectV2",
          "Slice",
          "Split",
          "SplitV",
          "Squeeze",
          "StridedSlice",
          "Tile",
          "Transpose",
          "Unpack",
          // Sums of products, summed in float32.
          "BatchMatMulV2",
          "BiasAdd",
          "Conv2D",
          "DepthwiseConv2dNative",
          "MatMul",
          "Mean",
          "Sum");

  private final TfOp op;
  private final Emitter emit;

  private WideFloats(TfOp op, Emitter emit) {
    this.op = op;
    this.emit = emit;
  }

  /** The op on float32, if that means the same. */
  static Optional<TfOp> widened(TfOp op, Emitter emit) {
    boolean narrow =
        op.operands().stream()
            .anyMatch(value -> value.isPresent() && NARROW.contains(value.type().dtype()));
    return narrow && OPS.contains(op.name())
        ? Optional.of(new WideFloats(op, emit).widened())
        : Optional.empty();
  }

  private TfOp widened() {
    List<Value> operands =
        op.operands().stream()
            .map(value ->
                value.isPresent() && NARROW.contains(value.type().dtype())
                    ? emit.cast(value, DType.FLOAT32)
                    : value)
            .toList();
    List<TensorType> types = op.resultTypes().stream().map(WideFloats::widened).toList();
    Attributes attributes = op.attributes();
    for (Map.Entry<String, Object> attribute : op.attributes().asMap().entrySet()) {
      if (attribute.getValue() instanceof DType dtype && NARROW.contains(dtype)) {
        attributes = attributes.with(attribute.getKey(), DType.FLOAT32);
      }
    }
    return new TfOp(op.name(), attributes, operands, types, op.label(), op.origin());
  }

  private static TensorType widened(TensorType type) {
    return NARROW.contains(type.dtype()) ? type.withDType(DType.FLOAT32) : type;
  }

  /** Float32 results as what the op gives. */
  static List<Value> narrowed(List<Value> results, TfOp op, Emitter emit) {
    List<Value> narrowed = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      narrowed.add(emit.cast(results.get(i), op.resultTypes().get(i).dtype()));
    }
    return narrowed;
  }
}

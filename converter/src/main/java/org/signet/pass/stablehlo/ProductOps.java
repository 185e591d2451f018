package org.signet.pass.stablehlo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** Sums of products. */
final class ProductOps {
  private static final Set<DType> MULTIPLIED =
      Set.of(DType.FLOAT32, DType.INT32, DType.INT64, DType.FLOAT64, DType.COMPLEX64);

  private ProductOps() {}

  static void addTo(Map<String, HloImport> table) {
    table.put(
        "dot_general",
        call ->
            product(
                call,
                call.op().numbersOrNone("lhs_batching_dimensions"),
                call.op().numbersOrNone("rhs_batching_dimensions"),
                call.op().numbersOrNone("lhs_contracting_dimensions"),
                call.op().numbersOrNone("rhs_contracting_dimensions")));
    table.put(
        "dot",
        call -> {
          int last = call.spread(0).rank() - 1;
          return product(call, new int[0], new int[0], new int[] {last}, new int[] {0});
        });
  }

  /** An Einsum: batches first, then what is left of the first operand, then of the second. */
  private static List<Spread> product(
      HloCall call, int[] leftBatch, int[] rightBatch, int[] leftSum, int[] rightSum) {
    TfEmitter emit = call.emit();
    DType result = call.dtype();
    DType dtype =
        MULTIPLIED.contains(result) ? result : result.isInteger() ? DType.INT32 : DType.FLOAT32;
    Value left = emit.cast(call.operand(0), dtype);
    Value right = emit.cast(call.operand(1), dtype);
    int leftRank = left.type().shape().rank();
    int rightRank = right.type().shape().rank();
    char[] leftLabels = new char[leftRank];
    char[] rightLabels = new char[rightRank];
    StringBuilder labels = new StringBuilder();
    char next = 'a';
    for (int i = 0; i < leftBatch.length; i++, next++) {
      leftLabels[leftBatch[i]] = next;
      rightLabels[rightBatch[i]] = next;
      labels.append(next);
    }
    for (int i = 0; i < leftSum.length; i++, next++) {
      leftLabels[leftSum[i]] = next;
      rightLabels[rightSum[i]] = next;
    }
    for (int d : Dimensions.others(leftRank, Dimensions.concat(leftBatch, leftSum))) {
      leftLabels[d] = next;
      labels.append(next++);
    }
    for (int d : Dimensions.others(rightRank, Dimensions.concat(rightBatch, rightSum))) {
      rightLabels[d] = next;
      labels.append(next++);
    }
    String equation = new String(leftLabels) + "," + new String(rightLabels) + "->" + labels;
    Value product =
        equation.equals("ba,ac->bc")
            ? multiplied(emit, left, right)
            : emit.one(
                "Einsum",
                TfEmitter.types("T", left).with("N", 2).with("equation", equation),
                left,
                right);
    return HloCall.one(emit.cast(product, result));
  }

  private static Value multiplied(TfEmitter emit, Value left, Value right) {
    Attributes attributes =
        TfEmitter.types("T", left).with("transpose_a", false).with("transpose_b", false);
    return emit.one("MatMul", attributes, left, right);
  }
}

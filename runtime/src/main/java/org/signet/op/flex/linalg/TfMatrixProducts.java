package org.signet.op.flex.linalg;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.ElementKind;
import org.signet.op.MatrixProducts;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** MatMul, SparseMatMul and BatchMatMul; Einsum is in {@link EinsumOp}. */
final class TfMatrixProducts {
  private TfMatrixProducts() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf(
                "MatMul",
                op -> MatrixProducts.matrixShape(op, "transpose_a", "transpose_b"),
                call -> {
                  Shapes.require(
                      call.operand(0).rank() == 2 && call.operand(1).rank() == 2,
                      "no two matrices");
                  MatrixProducts.transposeAndMultiply(call, "transpose_a", "transpose_b");
                })
            .accurate(Accuracy.ACCUMULATED),
        // That many elements are zero is a hint only.
        OpDefinition.tf(
                "SparseMatMul",
                op ->
                    MatrixProducts.matrixShape(op, "transpose_a", "transpose_b").stream()
                        .map(type -> TensorType.of(DType.FLOAT32, type.shape()))
                        .toList(),
                call -> {
                  Shapes.require(
                      call.operand(0).rank() == 2 && call.operand(1).rank() == 2,
                      "no two matrices");
                  MatrixProducts.multiply(call, "transpose_a", "transpose_b", DType.FLOAT32);
                })
            .accurate(Accuracy.ACCUMULATED),
        batchMatMul("BatchMatMul"),
        batchMatMul("BatchMatMulV2"),
        batchMatMul("BatchMatMulV3"));
  }

  /** Products of complex and other numbers, and integers as sums of others, have no kernel. */
  private static void requireFittingTypes(OpTypes use) {
    DType sums = use.attributes().getType("Tout", use.dtype(0));
    for (int i = 0; i < 2; i++) {
      DType type = use.dtype(i);
      Shapes.require(
          ElementKind.NUMBERS.has(type)
              && (!type.isFloating() || sums.isFloating())
              && type.isComplex() == sums.isComplex(),
          "no kernel for products of %s and %s as %s",
          use.dtype(0),
          use.dtype(1),
          sums);
    }
  }

  private static OpDefinition batchMatMul(String name) {
    return OpDefinition.tf(
            name,
            op ->
                MatrixProducts.productShape(
                    op, "adj_x", "adj_y", op.attributes().getType("Tout", op.dtype(0))),
            call -> {
              DType type = call.attributes().getType("Tout", call.operand(0).dtype());
              MatrixProducts.multiply(call, "adj_x", "adj_y", type);
            })
        .accurate(Accuracy.ACCUMULATED)
        .limited(TfMatrixProducts::requireFittingTypes);
  }
}

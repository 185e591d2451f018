package org.signet.op.flex.linalg;

import java.util.List;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on matrices. */
public final class LinearAlgebraOps {
  private LinearAlgebraOps() {}

  /**
   * The ops of a family; a new file of such ops is added here and to {@code families.tsv}.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public static List<OpDefinition> family(String name) {
    return switch (name) {
      case "EinsumOp" -> EinsumOp.definitions();
      case "TfBandedMatrices" -> TfBandedMatrices.definitions();
      case "TfCholeskyGradient" -> TfCholeskyGradient.definitions();
      case "TfDiagonals" -> TfDiagonals.definitions();
      case "TfEigen" -> TfEigen.definitions();
      case "TfLeastSquares" -> TfLeastSquares.definitions();
      case "TfLinearAlgebra" -> TfLinearAlgebra.definitions();
      case "TfMatrices" -> TfMatrices.definitions();
      case "TfMatrixFunctions" -> TfMatrixFunctions.definitions();
      case "TfMatrixProducts" -> TfMatrixProducts.definitions();
      case "TfQr" -> TfQr.definitions();
      case "TfSvd" -> TfSvd.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}

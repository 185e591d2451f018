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
      case "TfDiagonals" -> TfDiagonals.definitions();
      case "TfLinearAlgebra" -> TfLinearAlgebra.definitions();
      case "TfMatrices" -> TfMatrices.definitions();
      case "TfMatrixProducts" -> TfMatrixProducts.definitions();
      case "TfQr" -> TfQr.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}

package org.signet.op.flex.linalg;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on matrices. */
public final class LinearAlgebraOps {
  private LinearAlgebraOps() {}

  /** The families, in alphabetical order: a new file of such ops is added here. */
  public static List<OpDefinition> definitions() {
    return Stream.of(
            EinsumOp.definitions(),
            TfDiagonals.definitions(),
            TfLinearAlgebra.definitions(),
            TfMatrices.definitions(),
            TfMatrixProducts.definitions(),
            TfQr.definitions())
        .flatMap(List::stream)
        .toList();
  }
}

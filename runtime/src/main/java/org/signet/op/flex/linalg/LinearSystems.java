package org.signet.op.flex.linalg;

import java.util.Arrays;
import java.util.List;
import org.signet.op.BroadcastLoop;
import org.signet.op.OpCall;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Batches of systems of equations: operand 0 holds matrices, or their diagonals, in as many columns
 * as there are unknowns, operand 1 right-hand sides by columns; leading dimensions are broadcast.
 */
final class LinearSystems {
  private LinearSystems() {}

  /** Solves one system, whose matrices are its own. */
  interface Solver {
    ComplexMatrix solve(ComplexMatrix a, ComplexMatrix b);
  }

  static List<TensorType> infer(OpTypes op) {
    Shape a = op.shape(0);
    Shape b = op.shape(1);
    if (!a.hasRank() || !b.hasRank()) {
      return List.of(Shapes.plain(op.dtype(0), Shape.unknownRank()));
    }
    Shape lead = Shapes.broadcast(TfLinearAlgebra.leading(a), TfLinearAlgebra.leading(b));
    int[] dims = Arrays.copyOf(lead.dims(), lead.rank() + 2);
    dims[lead.rank()] = a.isKnown(a.rank() - 1) ? a.dim(a.rank() - 1) : b.dim(b.rank() - 2);
    dims[lead.rank() + 1] = b.dim(b.rank() - 1);
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  static void solve(OpCall call, Solver solver) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    int[] leadA = TfLinearAlgebra.leading(Shape.of(a.shape())).dims();
    int[] leadB = TfLinearAlgebra.leading(Shape.of(b.shape())).dims();
    Shapes.require(a.dim(-1) == b.dim(-2), "right-hand sides %s for %s", b.type(), a.type());
    int[] lead = Shapes.broadcast(leadA, leadB);
    int[] shape = Arrays.copyOf(lead, lead.length + 2);
    shape[lead.length] = b.dim(-2);
    shape[lead.length + 1] = b.dim(-1);
    Tensor result = call.result(0, a.dtype(), shape);
    BroadcastLoop.run(
        lead,
        leadA,
        leadB,
        (i, x, y) ->
            solver.solve(ComplexMatrix.read(a, x), ComplexMatrix.read(b, y)).store(result, i));
  }
}

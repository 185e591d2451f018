package org.signet.lower;

import java.util.List;
import org.signet.diag.Origin;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * One use of a TensorFlow op, as a lowering sees it.
 *
 * @param name the op: {@code Conv2D}
 * @param attributes all of them, defaults filled in
 * @param operands values of the graph that is being emitted
 * @param resultTypes as inferred
 * @param label the name of the node, which what is emitted takes over
 * @param origin where it comes from
 */
public record TfOp(
    String name,
    Attributes attributes,
    List<Value> operands,
    List<TensorType> resultTypes,
    String label,
    Origin origin) {
  public Value operand(int i) {
    return operands.get(i);
  }

  public DType dtype(int i) {
    return operands.get(i).type().dtype();
  }

  public Shape shape(int i) {
    return operands.get(i).type().shape();
  }

  public TensorType result() {
    return resultTypes.getFirst();
  }
}

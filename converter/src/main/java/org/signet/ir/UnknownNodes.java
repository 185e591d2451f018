package org.signet.ir;

import java.util.Collections;
import java.util.List;
import org.signet.diag.Origin;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Nodes in the place of what was refused when it was imported, so that everything else that is in
 * the way is found in the same run. No graph with one of them is ever written.
 */
public final class UnknownNodes {
  /** No op of TensorFlow's has this name, so nothing infers, folds or lowers it. */
  private static final OpKey OP = OpKey.tf("(refused)");

  /** More results than what was refused can be expected to have. */
  private static final int MANY_RESULTS = 64;

  private UnknownNodes() {}

  /** Results for what was refused: of no type, and as many as anybody may ask for. */
  public static List<Value> add(
      GraphBuilder builder, List<Value> operands, String name, Origin origin) {
    List<TensorType> types = Collections.nCopies(MANY_RESULTS, TensorType.unranked(DType.VARIANT));
    return add(builder, operands, types, name, origin);
  }

  /** Results of these types. */
  public static List<Value> add(
      GraphBuilder builder,
      List<Value> operands,
      List<TensorType> types,
      String name,
      Origin origin) {
    return builder.add(OP, Attributes.NONE, operands, types, name, origin);
  }

  /** Whether {@code value} stands for the result of something that was refused. */
  public static boolean give(Value value) {
    return value instanceof Value.Result result && result.producer().op().equals(OP);
  }
}

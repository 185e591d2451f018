package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.List;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A {@code For} as a loop of the variables number, limit, step and those of its body, which gets
 * the number before them and gives them alone. A step away from the limit, where TensorFlow fails,
 * takes no turn: a model file has no op that fails.
 */
record CountedLoop(FunctionLibrary library, String body, String name, Origin origin, int depth)
    implements LoopFunctions {
  /** How many variables stand before those of the body. */
  static final int BOUNDS = 3;

  @Override
  public List<Value> test(NodeImporter importer, List<Value> variables) {
    GraphBuilder builder = importer.builder();
    Value number = variables.get(0);
    Value limit = variables.get(1);
    Value step = variables.get(2);
    Value below = less(builder, number, limit);
    Value above = less(builder, limit, number);
    long known = builder.constantValue(step).map(value -> value.getLong(0)).orElse(0L);
    if (known != 0) {
      return List.of(known > 0 ? below : above);
    }
    Value zero = builder.constant(name + "/zero", Tensor.scalar(0));
    Value up = and(builder, less(builder, zero, step), below);
    Value down = and(builder, less(builder, step, zero), above);
    return List.of(op(builder, "LogicalOr", Attributes.NONE, up, down));
  }

  @Override
  public List<Value> turn(NodeImporter importer, List<Value> variables) {
    Value number = variables.getFirst();
    List<Value> arguments = new ArrayList<>(List.of(number));
    arguments.addAll(variables.subList(BOUNDS, variables.size()));
    Attributes type = Attributes.of("T", DType.INT32);
    List<Value> next =
        new ArrayList<>(
            List.of(
                op(importer.builder(), "AddV2", type, number, variables.get(2)),
                variables.get(1),
                variables.get(2)));
    next.addAll(importer.call(body, arguments, origin, depth));
    return next;
  }

  @Override
  public boolean keeps(int index) {
    return index == 1
        || index == 2
        || (index >= BOUNDS && library.returnsArgument(body, index - BOUNDS + 1, index - BOUNDS));
  }

  private Value less(GraphBuilder builder, Value a, Value b) {
    return op(builder, "Less", Attributes.of("T", DType.INT32), a, b);
  }

  private Value and(GraphBuilder builder, Value a, Value b) {
    return op(builder, "LogicalAnd", Attributes.NONE, a, b);
  }

  private Value op(GraphBuilder builder, String op, Attributes attributes, Value a, Value b) {
    return builder.addOne(OpKey.tf(op), attributes, List.of(a, b), name + "/" + op, origin);
  }
}

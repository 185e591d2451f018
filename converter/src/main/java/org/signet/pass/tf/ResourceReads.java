package org.signet.pass.tf;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** The ops that only read a variable through its handle, put in terms of its value. */
final class ResourceReads {
  private ResourceReads() {}

  /**
   * @param reader gives the value behind a handle
   * @return the results; empty if {@code op} does more than read
   */
  static Optional<List<Value>> importRead(
      String op,
      Attributes attributes,
      List<Value> operands,
      BiFunction<Value, Origin, Value> reader,
      GraphBuilder builder,
      String name,
      Origin origin) {
    return switch (op) {
      case "ReadVariableOp", "DestroyTemporaryVariable" ->
          Optional.of(List.of(reader.apply(operands.getFirst(), origin)));
      case "ResourceGather" -> {
        Value variable = reader.apply(operands.getFirst(), origin);
        Attributes gather =
            Attributes.of(
                    "batch_dims",
                    attributes.getLong("batch_dims", 0),
                    "Tparams",
                    variable.type().dtype())
                .with("Tindices", operands.get(1).type().dtype())
                .with("Taxis", DType.INT32);
        Value axis =
            builder.constant(name + "/axis", Tensor.scalar(attributes.getInt("batch_dims", 0)));
        yield Optional.of(
            builder.add(
                OpKey.tf("GatherV2"),
                gather,
                List.of(variable, operands.get(1), axis),
                name,
                origin));
      }
      case "ResourceGatherNd" -> {
        Value variable = reader.apply(operands.getFirst(), origin);
        Attributes gather =
            Attributes.of(
                "Tparams", variable.type().dtype(), "Tindices", operands.get(1).type().dtype());
        yield Optional.of(
            builder.add(
                OpKey.tf("GatherNd"), gather, List.of(variable, operands.get(1)), name, origin));
      }
      case "VariableShape" -> {
        Value variable = reader.apply(operands.getFirst(), origin);
        Attributes shape =
            Attributes.of(
                "T",
                variable.type().dtype(),
                "out_type",
                attributes.getType("out_type", DType.INT32));
        yield Optional.of(builder.add(OpKey.tf("Shape"), shape, List.of(variable), name, origin));
      }
      case "VarIsInitializedOp", "IsVariableInitialized" -> {
        var _ = reader.apply(operands.getFirst(), origin); // fails later without a value
        yield Optional.of(List.of(builder.constant(name, Tensor.scalar(true))));
      }
      default -> Optional.empty();
    };
  }
}

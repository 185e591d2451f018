package org.signet.pass.tf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.op.flex.state.UpdateOp;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The ops that change a variable, put as a read, an op on tensors, and an assignment:
 *
 * <pre>
 *   AssignAddVariableOp(v, x)      →  v = read v + x
 *   ResourceScatterAdd(v, i, x)    →  v = TensorScatterAdd(read v, [i], x)
 *   ResourceScatterMul(v, i, x)    →  v = a loop over i of read v, row by row
 * </pre>
 */
final class StateWrites {
  private static final Map<String, String> UPDATES =
      Map.of(
          "AssignAdd", "AddV2",
          "AssignAddVariableOp", "AddV2",
          "AssignSub", "Sub",
          "AssignSubVariableOp", "Sub");

  /** Ops on rows whose numbers are a tensor of any shape. */
  private static final Map<String, String> SCATTERS =
      Map.ofEntries(
          Map.entry("ResourceScatterAdd", "TensorScatterAdd"),
          Map.entry("ResourceScatterMax", "TensorScatterMax"),
          Map.entry("ResourceScatterMin", "TensorScatterMin"),
          Map.entry("ResourceScatterSub", "TensorScatterSub"),
          Map.entry("ResourceScatterUpdate", "TensorScatterUpdate"),
          Map.entry("ScatterAdd", "TensorScatterAdd"),
          Map.entry("ScatterMax", "TensorScatterMax"),
          Map.entry("ScatterMin", "TensorScatterMin"),
          Map.entry("ScatterSub", "TensorScatterSub"),
          Map.entry("ScatterUpdate", "TensorScatterUpdate"));

  /** Ops on slices whose places are vectors. */
  private static final Map<String, String> ND_SCATTERS =
      Map.of(
          "ResourceScatterNdAdd", "TensorScatterAdd",
          "ResourceScatterNdMax", "TensorScatterMax",
          "ResourceScatterNdMin", "TensorScatterMin",
          "ResourceScatterNdSub", "TensorScatterSub",
          "ResourceScatterNdUpdate", "TensorScatterUpdate",
          "ScatterNdAdd", "TensorScatterAdd",
          "ScatterNdSub", "TensorScatterSub",
          "ScatterNdUpdate", "TensorScatterUpdate");

  /** Ops on rows that no op on tensors does at once. */
  private static final Map<String, String> ROW_BY_ROW =
      Map.of(
          "ResourceScatterDiv", "Div",
          "ResourceScatterMul", "Mul",
          "ScatterDiv", "Div",
          "ScatterMul", "Mul");

  private final GraphBuilder builder;
  private final VariableValues variables;

  StateWrites(GraphBuilder builder, VariableValues variables) {
    this.builder = builder;
    this.variables = variables;
  }

  /**
   * @param operands the variable first
   * @return the results: the variable again for an op on a reference; empty if {@code op} does not
   *     change a variable, or in a way that is not known here
   */
  Optional<List<Value>> importWrite(
      String op, Attributes attributes, List<Value> operands, String name, Origin origin) {
    if (operands.isEmpty() || !(operands.getFirst() instanceof Value.Resource variable)) {
      return Optional.empty();
    }
    Optional<UpdateOp> step = UpdateOp.find(op);
    if (step.isPresent()) {
      new VariableUpdates(builder, variables, name, origin)
          .importStep(step.get(), attributes, operands);
      return Optional.of(step.get().onReferences() ? List.of(variable) : List.of());
    }
    if (op.equals("CountUpTo") || op.equals("ResourceCountUpTo")) {
      return Optional.of(List.of(countUp(attributes, variable, name, origin)));
    }
    Optional<Value> value = newValue(op, attributes, variable, operands, name, origin);
    value.ifPresent(v -> variables.assign(variable, v, builder, origin));
    boolean reference = !op.startsWith("Resource") && !op.endsWith("VariableOp");
    return value.map(v -> reference ? List.of(variable) : List.of());
  }

  /** Adds one and gives what was there; picks a number that is not there if it is the limit. */
  private Value countUp(
      Attributes attributes, Value.Resource variable, String name, Origin origin) {
    Value old = variables.read(variable, builder, origin);
    DType dtype = old.type().dtype();
    Tensor limit = Tensor.zeros(dtype);
    limit.setLong(0, attributes.getLong("limit"));
    Tensor step = Tensor.zeros(dtype, 1);
    step.setLong(0, 1);
    Value reached =
        one(
            "GreaterEqual",
            Attributes.of("T", dtype),
            List.of(old, builder.constant(name + "/limit", limit)),
            name + "/reached",
            origin);
    Attributes types = Attributes.of("SrcT", DType.BOOL, "DstT", DType.INT32);
    Value place =
        one("Cast", types.with("Truncate", false), List.of(reached), name + "/place", origin);
    Value one =
        one(
            "GatherV2",
            Attributes.of("Tparams", dtype, "Tindices", DType.INT32)
                .with("Taxis", DType.INT32)
                .with("batch_dims", 0L),
            List.of(
                builder.constant(name + "/step", step),
                place,
                builder.constant(name + "/axis", Tensor.scalar(0))),
            name + "/limit",
            origin);
    Value next = one("AddV2", Attributes.of("T", dtype), List.of(old, one), name, origin);
    variables.assign(variable, next, builder, origin);
    return old;
  }

  private Optional<Value> newValue(
      String op,
      Attributes attributes,
      Value.Resource variable,
      List<Value> operands,
      String name,
      Origin origin) {
    if (op.equals("Assign") || op.equals("AssignVariableOp")) {
      boolean checked = attributes.getBoolean("validate_shape", op.equals("Assign"));
      Value value = operands.get(1);
      return Optional.of(
          checked ? ofShape(variable.content().shape(), value, name, origin) : value);
    }
    String update = UPDATES.get(op);
    if (update != null) {
      Value old = variables.read(variable, builder, origin);
      return Optional.of(updated(update, old, operands.get(1), name, origin));
    }
    String scatter = SCATTERS.get(op);
    if (scatter != null) {
      return Optional.of(
          scatter(
              scatter,
              variable,
              rows(operands.get(1), name, origin),
              updates(variable, operands, name, origin),
              name,
              origin));
    }
    String places = ND_SCATTERS.get(op);
    if (places != null) {
      return Optional.of(scatter(places, variable, operands.get(1), operands.get(2), name, origin));
    }
    String each = ROW_BY_ROW.get(op);
    if (each != null && isRowForEach(operands)) {
      return Optional.of(rowByRow(each, variable, operands, name, origin));
    }
    if (op.equals("ResourceStridedSliceAssign") || op.equals("StridedSliceAssign")) {
      Value old = variables.read(variable, builder, origin);
      List<Value> slice =
          List.of(old, operands.get(1), operands.get(2), operands.get(3), operands.get(4));
      return Optional.of(one("TensorStridedSliceUpdate", attributes, slice, name, origin));
    }
    return Optional.empty();
  }

  /** The value with one added or taken away, which must be of its shape: no sum is spread. */
  private Value updated(String update, Value old, Value change, String name, Origin origin) {
    Attributes types = Attributes.of("T", old.type().dtype());
    Shape shape = old.type().shape();
    if (shape.isStatic()) {
      Value same = ofShape(shape, change, name, origin);
      return one(update, types, List.of(old, same), name, origin);
    }
    Value more =
        update.equals("Sub")
            ? one("Neg", types, List.of(change), name + "/negative", origin)
            : change;
    return one("AddN", types.with("N", 2L), List.of(old, more), name, origin);
  }

  /**
   * {@code value}; where its shape is not known, it is reshaped to the variable's, which refuses
   * another number of elements.
   */
  private Value ofShape(Shape shape, Value value, String name, Origin origin) {
    if (!shape.isStatic() || value.type().shape().isStatic()) {
      return value;
    }
    return reshape(value, builder.constant(name + "/sizes", Tensor.of(shape.dims())), name, origin);
  }

  private Value reshape(Value value, Value sizes, String name, Origin origin) {
    Attributes types = Attributes.of("T", value.type().dtype(), "Tshape", DType.INT32);
    return one("Reshape", types, List.of(value, sizes), name + "/value", origin);
  }

  private Value scatter(
      String op, Value.Resource variable, Value places, Value updates, String name, Origin origin) {
    Value old = variables.read(variable, builder, origin);
    Attributes types =
        Attributes.of("T", old.type().dtype(), "Tindices", places.type().dtype())
            .with("bad_indices_policy", "");
    return one(op, types, List.of(old, places, updates), name, origin);
  }

  /** Numbers of rows as vectors of one element. */
  private Value rows(Value indices, String name, Origin origin) {
    Value last = builder.constant(name + "/axis", Tensor.scalar(-1));
    Attributes expand = Attributes.of("T", indices.type().dtype(), "Tdim", DType.INT32);
    return one("ExpandDims", expand, List.of(indices, last), name + "/indices", origin);
  }

  /** A row of updates for each index; a single number stands for all. */
  private Value updates(Value.Resource variable, List<Value> operands, String name, Origin origin) {
    Value updates = operands.get(2);
    Shape given = updates.type().shape();
    if (!given.hasRank() || given.rank() > 0) {
      return updates;
    }
    Value old = variables.read(variable, builder, origin);
    Value shape = shape(old, name, origin);
    List<Value> behindFirst =
        List.of(
            shape,
            builder.constant(name + "/begin", Tensor.of(new int[] {1})),
            builder.constant(name + "/size", Tensor.of(new int[] {-1})));
    Attributes slice = Attributes.of("T", DType.INT32, "Index", DType.INT32);
    List<Value> parts =
        List.of(
            shape(operands.get(1), name, origin),
            one("Slice", slice, behindFirst, name + "/row", origin),
            builder.constant(name + "/first", Tensor.scalar(0)));
    Attributes join = Attributes.of("T", DType.INT32, "Tidx", DType.INT32).with("N", 2L);
    Value all = one("ConcatV2", join, parts, name + "/shape", origin);
    Attributes spread = Attributes.of("T", updates.type().dtype(), "Tidx", DType.INT32);
    return one("BroadcastTo", spread, List.of(updates, all), name + "/updates", origin);
  }

  private Value shape(Value of, String name, Origin origin) {
    Attributes types = Attributes.of("T", of.type().dtype(), "out_type", DType.INT32);
    return one("Shape", types, List.of(of), name + "/shape", origin);
  }

  private static boolean isRowForEach(List<Value> operands) {
    Shape indices = operands.get(1).type().shape();
    Shape updates = operands.get(2).type().shape();
    return indices.hasRank() && indices.rank() == 1 && updates.hasRank();
  }

  private Value rowByRow(
      String op, Value.Resource variable, List<Value> operands, String name, Origin origin) {
    Value old = variables.read(variable, builder, origin);
    Attributes types = Attributes.of("T", old.type().dtype());
    return new RowLoop(builder, name, origin)
        .run(
            operands.get(1),
            List.of(old),
            List.of(updates(variable, operands, name, origin)),
            0,
            (body, rows, updates) ->
                List.of(
                    body.addOne(
                        OpKey.tf(op),
                        types,
                        List.of(rows.getFirst(), updates.getFirst()),
                        name,
                        origin)))
        .getFirst();
  }

  private Value one(
      String op, Attributes attributes, List<Value> operands, String name, Origin origin) {
    return builder.addOne(OpKey.tf(op), attributes, operands, name, origin);
  }
}

package org.signet.op.flex.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.Effects;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.RowScattering;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.op.Variable;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * TensorFlow's own variables, as files hold them whose variables are Flex ops, and the ops that
 * read and change them. A reference of TF1 is the handle of a variable here.
 */
final class TfVariables {
  private static final ShapeRule NOTHING = op -> List.of();

  private TfVariables() {}

  static List<OpDefinition> definitions() {
    List<OpDefinition> all = new ArrayList<>();
    all.add(handle("VarHandleOp", "shared_name"));
    all.add(handle("VariableV2", "shared_name"));
    all.add(handle("Variable", "shared_name"));
    all.add(handle("TemporaryVariable", "var_name"));
    all.add(reads("ReadVariableOp", TfVariables::declared, c -> c.result(0, value(c))));
    all.add(reads("_ReadVariablesOp", TfVariables::declaredList, TfVariables::readAll));
    for (String name : List.of("VarIsInitializedOp", "IsVariableInitialized")) {
      all.add(
          reads(
              name,
              Rules.always(Rules.scalar(DType.BOOL)),
              c -> c.result(0, Tensor.scalar(Variable.operand(c, 0).hasValue()))));
    }
    all.add(reads("VariableShape", TfVariables::shapeType, TfVariables::shape));
    all.add(reads("ResourceGather", TfVariables::declared, TfVariables::gather));
    all.add(
        reads("ResourceGatherNd", TfVariables::declared, c -> delegate(c, "GatherNd", value(c))));
    all.add(write("DestroyResourceOp", c -> Variable.operand(c, 0).forget()));
    all.add(
        writes(
            "DestroyTemporaryVariable",
            op -> List.of(Shapes.plain(op.attributes().getType("T"), Shape.unknownRank())),
            TfVariables::destroy));
    changes("Assign", "AssignVariableOp", c -> c.operand(1), all);
    changes("AssignAdd", "AssignAddVariableOp", c -> binary("AddV2", c), all);
    changes("AssignSub", "AssignSubVariableOp", c -> binary("Sub", c), all);
    changes("StridedSliceAssign", "ResourceStridedSliceAssign", TfVariables::sliceAssigned, all);
    for (RowScattering.Kind kind : RowScattering.kinds()) {
      changes(
          "Scatter" + kind.suffix(),
          "ResourceScatter" + kind.suffix(),
          c -> RowScattering.rows(value(c), c.operand(1), c.operand(2), kind),
          all);
      if (kind.hasIndexVectors()) {
        changes(
            "ScatterNd" + kind.suffix(),
            "ResourceScatterNd" + kind.suffix(),
            c -> RowScattering.slices(value(c), c, kind),
            all);
      }
    }
    return all;
  }

  private static OpDefinition handle(String op, String nameAttribute) {
    return OpDefinition.tf(
            op,
            Rules.always(Rules.scalar(DType.RESOURCE)),
            call ->
                Variable.of(
                        call.state(),
                        call.attributes().getString("container", ""),
                        call.attributes().getString(nameAttribute, ""))
                    .setHandle(call, 0))
        .accurate(Accuracy.EXACT)
        .withEffects(Effects.READS_STATE);
  }

  private static OpDefinition reads(String op, ShapeRule rule, Reference reference) {
    return Rules.exact(op, rule, reference).withEffects(Effects.READS_STATE);
  }

  private static OpDefinition write(String op, Reference reference) {
    return writes(op, NOTHING, reference);
  }

  private static OpDefinition writes(String op, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(op, rule, reference).withEffects(Effects.WRITES_STATE);
  }

  /** The op on a reference, which gives it back, and the one on a handle, which gives nothing. */
  private static void changes(
      String onReference,
      String onHandle,
      Function<OpCall, Tensor> next,
      List<OpDefinition> definitions) {
    definitions.add(write(onHandle, call -> Variable.operand(call, 0).assign(next.apply(call))));
    definitions.add(
        writes(
            onReference,
            op -> List.of(op.operand(0)),
            call -> {
              Variable variable = Variable.operand(call, 0);
              variable.assign(next.apply(call));
              variable.setReference(call, 0);
            }));
  }

  private static Tensor value(OpCall call) {
    return Variable.operand(call, 0).read();
  }

  private static List<TensorType> declared(OpTypes op) {
    return List.of(Shapes.plain(op.attributes().getType("dtype"), Shape.unknownRank()));
  }

  private static List<TensorType> declaredList(OpTypes op) {
    return op.attributes().getList("dtypes", DType.class).stream()
        .map(TensorType::unranked)
        .toList();
  }

  private static void readAll(OpCall call) {
    for (int i = 0; i < call.operandCount(); i++) {
      call.result(i, Variable.operand(call, i).read());
    }
  }

  private static List<TensorType> shapeType(OpTypes op) {
    return List.of(Rules.vector(op.attributes().getType("out_type")));
  }

  private static void shape(OpCall call) {
    int[] shape = value(call).shape();
    Tensor result = call.result(0, call.attributes().getType("out_type"), shape.length);
    for (int d = 0; d < shape.length; d++) {
      result.setLong(d, shape[d]);
    }
  }

  private static void gather(OpCall call) {
    int batchDims = call.attributes().getInt("batch_dims", 0);
    delegate(call, "GatherV2", value(call), Tensor.scalar(batchDims));
  }

  private static void destroy(OpCall call) {
    Tensor last = value(call);
    Variable.operand(call, 0).forget();
    call.result(0, last);
  }

  private static Tensor binary(String op, OpCall call) {
    Tensor old = value(call);
    Tensor change = call.operand(1);
    Shapes.require(
        Arrays.equals(old.shape(), change.shape()),
        "%s is added to or taken from a variable of %s",
        change.type(),
        old.type());
    return evaluate(op, call.attributes(), old, change);
  }

  private static Tensor sliceAssigned(OpCall call) {
    return evaluate(
        "TensorStridedSliceUpdate",
        call.attributes(),
        value(call),
        call.operand(1),
        call.operand(2),
        call.operand(3),
        call.operand(4));
  }

  /** Sets result 0 to what another op makes of a variable's value, the indices and {@code more}. */
  private static void delegate(OpCall call, String op, Tensor value, Tensor... more) {
    Tensor[] operands = new Tensor[2 + more.length];
    operands[0] = value;
    operands[1] = call.operand(1);
    System.arraycopy(more, 0, operands, 2, more.length);
    call.result(0, evaluate(op, call.attributes(), operands));
  }

  private static Tensor evaluate(String op, Attributes attributes, Tensor... operands) {
    OpDefinition definition = OpDefinitions.standard().find(OpKey.tf(op)).orElseThrow();
    return DirectCall.evaluate(definition, attributes, operands);
  }
}

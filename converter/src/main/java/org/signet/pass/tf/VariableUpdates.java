package org.signet.pass.tf;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.op.flex.state.Update;
import org.signet.op.flex.state.UpdateOp;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Steps of optimizers: reads of variables, arithmetic by the op's formula, and assignments. */
final class VariableUpdates {
  private final GraphBuilder builder;
  private final VariableValues variables;
  private final String name;
  private final Origin origin;

  VariableUpdates(GraphBuilder builder, VariableValues variables, String name, Origin origin) {
    this.builder = builder;
    this.variables = variables;
    this.name = name;
    this.origin = origin;
  }

  /**
   * Imports a step.
   *
   * @param operands variables first
   */
  void importStep(UpdateOp op, Attributes attributes, List<Value> operands) {
    SequencedMap<String, Value.Resource> handles = new LinkedHashMap<>();
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < operands.size(); i++) {
      String operand = op.operands().get(i);
      if (operands.get(i) instanceof Value.Resource handle) {
        handles.put(operand, handle);
        values.put(operand, variables.read(handle, builder, origin));
      } else {
        values.put(operand, operands.get(i));
      }
    }
    Map<String, Value> changed =
        op.sparse()
            ? rowByRow(op, attributes, handles.sequencedKeySet().stream().toList(), values)
            : step(op, attributes, values, builder);
    handles.forEach((operand, handle) ->
        variables.assign(handle, requireNonNull(changed.get(operand)), builder, origin));
  }

  private Map<String, Value> step(
      UpdateOp op, Attributes attributes, Map<String, Value> values, GraphBuilder target) {
    GraphUpdate update = new GraphUpdate(attributes, values, target);
    op.apply(update);
    Map<String, Value> changed = new HashMap<>();
    op.variables().forEach(variable -> changed.put(variable, update.get(variable)));
    return changed;
  }

  /** The same index may come twice, and then the second step starts from where the first ended. */
  private Map<String, Value> rowByRow(
      UpdateOp op, Attributes attributes, List<String> handles, Map<String, Value> values) {
    List<Value> wholes = handles.stream().map(values::get).toList();
    List<String> others =
        values.keySet().stream()
            .filter(operand -> !handles.contains(operand) && !operand.equals("indices"))
            .toList();
    List<Value> changed =
        new RowLoop(builder, name, origin)
            .run(
                requireNonNull(values.get("indices")),
                wholes,
                others.stream().map(values::get).toList(),
                others.indexOf(op.gradient()),
                (body, rows, rest) -> {
                  Map<String, Value> inner = new HashMap<>();
                  for (int i = 0; i < handles.size(); i++) {
                    inner.put(handles.get(i), rows.get(i));
                  }
                  for (int i = 0; i < others.size(); i++) {
                    inner.put(others.get(i), rest.get(i));
                  }
                  Map<String, Value> next = step(op, attributes, inner, body);
                  return handles.stream().map(next::get).toList();
                });
    Map<String, Value> result = new HashMap<>();
    for (int i = 0; i < handles.size(); i++) {
      result.put(handles.get(i), changed.get(i));
    }
    return result;
  }

  /** Computes with nodes of a graph. */
  private final class GraphUpdate extends Update<Value> {
    private final GraphBuilder target;
    private final DType dtype;

    GraphUpdate(Attributes attributes, Map<String, Value> operands, GraphBuilder target) {
      super(attributes, operands);
      this.target = target;
      this.dtype = get("var").type().dtype();
    }

    @Override
    protected Value apply(String op, List<Value> operands) {
      return target.addOne(
          OpKey.tf(op), Attributes.of("T", dtype), operands, name + "/" + op, origin);
    }

    @Override
    protected Value number(double value) {
      Tensor number = Tensor.zeros(dtype);
      number.setDouble(0, value);
      return target.constant(name + "/number", number);
    }

    @Override
    protected Value converted(Value integer) {
      Attributes types =
          Attributes.of("SrcT", integer.type().dtype(), "DstT", dtype).with("Truncate", false);
      return target.addOne(OpKey.tf("Cast"), types, List.of(integer), name + "/cast", origin);
    }

    @Override
    protected Optional<Double> known(Value scalar) {
      return target.constantValue(scalar).map(value -> value.getDouble(0));
    }
  }
}

package org.signet.op.flex.state;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.Effects;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.Variable;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * TensorFlow's ops that take a step of an optimizer on variables of the session. A reference of TF1
 * is the handle of a variable here. All or none of an op's variables change.
 */
final class TfUpdates {
  private TfUpdates() {}

  static List<OpDefinition> definitions() {
    return UpdateOp.all().stream()
        .map(op ->
            OpDefinition.tf(
                    op.name(), types -> results(op, types), call -> new Step(op, call).run())
                .accurate(Accuracy.ROUNDED)
                .withEffects(Effects.WRITES_STATE))
        .toList();
  }

  private static List<TensorType> results(UpdateOp op, OpTypes types) {
    return op.onReferences() ? List.of(types.operand(0)) : List.of();
  }

  /** One run of an op. */
  private static final class Step {
    private final UpdateOp op;
    private final OpCall call;
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, Tensor> values = new HashMap<>();

    Step(UpdateOp op, OpCall call) {
      this.op = op;
      this.call = call;
      List<String> names = op.operands();
      for (int i = 0; i < names.size(); i++) {
        if (op.variables().contains(names.get(i))) {
          Variable variable = Variable.operand(call, i);
          variables.put(names.get(i), variable);
          values.put(names.get(i), variable.read());
        } else {
          values.put(names.get(i), call.operand(i));
        }
      }
    }

    void run() {
      Tensor var = value("var");
      DType dtype = var.dtype();
      values.forEach((name, value) -> check(name, value, var));
      Map<String, Tensor> changed = new HashMap<>();
      if (op.sparse()) {
        variables.keySet().forEach(name -> changed.put(name, value(name).copy()));
        spans(value("indices"), var.dim(0)).forEach(span -> applyToRows(span, changed, dtype));
      } else {
        TensorUpdate update = new TensorUpdate(call.attributes(), values, dtype);
        op.apply(update);
        variables.keySet().forEach(name -> changed.put(name, update.get(name)));
      }
      variables.forEach((name, variable) -> variable.assign(requireNonNull(changed.get(name))));
      if (op.onReferences()) {
        requireNonNull(variables.get("var")).setReference(call, 0);
      }
    }

    private Tensor value(String name) {
      Tensor value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("operand '" + name + "' is missing");
      }
      return value;
    }

    private void check(String name, Tensor value, Tensor var) {
      int[] wanted;
      if (variables.containsKey(name) || (name.equals(op.gradient()) && !op.sparse())) {
        wanted = var.shape();
      } else if (name.equals(op.gradient())) {
        Shapes.require(var.rank() > 0, "the variable is a scalar");
        wanted = var.shape();
        wanted[0] = value("indices").size();
      } else if (name.equals("indices")) {
        wanted = new int[] {value.size()};
      } else {
        wanted = new int[0];
      }
      Shapes.require(
          Arrays.equals(value.shape(), wanted),
          "'%s' is %s, its shape should be %s",
          name,
          value.type(),
          Shapes.text(wanted));
    }

    /** The indices in spans of different ones, so that a row takes its steps one after another. */
    private static List<int[]> spans(Tensor indices, int rows) {
      List<int[]> spans = new ArrayList<>();
      Set<Integer> seen = new HashSet<>();
      int start = 0;
      int[] all = indices.toInts();
      for (int i = 0; i < all.length; i++) {
        Shapes.require(
            all[i] >= 0 && all[i] < rows, "index %s is not one of %s rows", all[i], rows);
        if (!seen.add(all[i])) {
          spans.add(new int[] {start, i});
          start = i;
          seen.clear();
          seen.add(all[i]);
        }
      }
      spans.add(new int[] {start, all.length});
      return spans;
    }

    private void applyToRows(int[] span, Map<String, Tensor> changed, DType dtype) {
      int[] indices = value("indices").toInts();
      int count = span[1] - span[0];
      int[] shape = value("var").shape();
      int width = Shapes.product(shape, 1, shape.length);
      shape[0] = count;
      Map<String, Tensor> rows = new HashMap<>(values);
      Tensor gradient = Tensor.zeros(dtype, shape);
      Elements.copy(value(op.gradient()), span[0] * width, gradient, 0, count * width);
      rows.put(op.gradient(), gradient);
      changed.forEach((name, whole) -> {
        Tensor some = Tensor.zeros(dtype, shape);
        for (int i = 0; i < count; i++) {
          Elements.copy(whole, indices[span[0] + i] * width, some, i * width, width);
        }
        rows.put(name, some);
      });
      TensorUpdate update = new TensorUpdate(call.attributes(), rows, dtype);
      op.apply(update);
      changed.forEach((name, whole) -> {
        for (int i = 0; i < count; i++) {
          int to = indices[span[0] + i] * width;
          Elements.copy(update.get(name), i * width, whole, to, width);
        }
      });
    }
  }

  /** Computes with tensors, by the definitions of TensorFlow's elementwise ops. */
  private static final class TensorUpdate extends Update<Tensor> {
    private final DType dtype;

    TensorUpdate(Attributes attributes, Map<String, Tensor> operands, DType dtype) {
      super(attributes, operands);
      this.dtype = dtype;
    }

    @Override
    protected Tensor apply(String op, List<Tensor> operands) {
      OpDefinition definition = OpDefinitions.standard().find(OpKey.tf(op)).orElseThrow();
      return DirectCall.evaluate(
          definition, Attributes.of("T", dtype), operands.toArray(Tensor[]::new));
    }

    @Override
    protected Tensor number(double value) {
      Tensor scalar = Tensor.zeros(dtype);
      switch (scalar.array()) {
        case float[] a -> a[0] = (float) value;
        case double[] a -> a[0] = value;
        default -> scalar.setDouble(0, value);
      }
      return scalar;
    }

    @Override
    protected Tensor converted(Tensor integer) {
      return number((float) integer.getLong(0));
    }

    @Override
    protected Optional<Double> known(Tensor scalar) {
      return scalar.dtype().isComplex() ? Optional.empty() : Optional.of(scalar.getDouble(0));
    }
  }
}

package org.signet.pass.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** The values of a graph in the one that is built of it: plain, turned, or both once asked for. */
final class PlacedValues {
  private final DimensionOrder order;
  private final GraphBuilder builder;
  private final IdentityHashMap<Value, Value> plain = new IdentityHashMap<>();
  private final IdentityHashMap<Value, Value> turned = new IdentityHashMap<>();

  PlacedValues(DimensionOrder order, GraphBuilder builder) {
    this.order = order;
    this.builder = builder;
  }

  void putPlain(Value value, Value asPlain) {
    plain.put(value, asPlain);
  }

  void putTurned(Value value, Value asTurned) {
    turned.put(value, asTurned);
  }

  /** Whether a value is there in the turned order, and not in the plain one. */
  boolean isTurnedOnly(Value value) {
    return turned.containsKey(value) && !plain.containsKey(value);
  }

  /** {@code value} as it was; transposed for this if it is only there turned. */
  Value plain(Value value) {
    Value known = plain.get(value);
    if (known == null) {
      Value source = turned.get(value);
      if (source == null) {
        return value; // an input, a constant
      }
      known = transposed(source, order, value.name(), originOf(value));
      plain.put(value, known);
    }
    return known;
  }

  /** {@code value} in the turned order; transposed for this if it is only there plain. */
  Value turned(Value value) {
    Value known = turned.get(value);
    if (known == null) {
      known = transposed(plain(value), order.inverse(), value.name(), originOf(value));
      turned.put(value, known);
    }
    return known;
  }

  private static Origin originOf(Value value) {
    return value instanceof Value.Result result
        ? result.producer().origin()
        : Origin.ofNode(value.name());
  }

  /** Copies an operator on plain operands. */
  void copy(Node node) {
    List<Value> operands = node.operands();
    for (Value operand : operands) {
      if (plain(operand) != operand) {
        operands = operands.stream().map(this::plain).toList();
        break;
      }
    }
    List<Value> results = builder.copy(node, operands);
    for (int i = 0; i < results.size(); i++) {
      plain.put(node.results().get(i), results.get(i));
    }
  }

  /** Emits an operator on turned operands. */
  void emit(Node node, Turned how) {
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < node.operands().size(); i++) {
      Value operand = node.operand(i);
      Tensor replaced = how.replaced().get(i);
      if (replaced != null) {
        operands.add(builder.constant(operand.name(), replaced));
      } else if (!how.data().contains(i)) {
        operands.add(plain(operand));
      } else {
        operands.add(
            operand instanceof Value.Constant constant ? whole(constant) : turned(operand));
      }
    }
    List<TensorType> types = new ArrayList<>();
    for (TensorType type : node.resultTypes()) {
      types.add(how.plainResult() ? type : type.withShape(order.turned(type.shape())));
    }
    boolean sizes = node.is("SHAPE");
    List<Value> results =
        builder.add(node.op(), how.attributes(), operands, types, node.name(), node.origin());
    for (int i = 0; i < results.size(); i++) {
      Value result = sizes ? inPlainOrder(results.get(i), node) : results.get(i);
      (how.plainResult() ? plain : turned).put(node.results().get(i), result);
    }
  }

  /** The sizes of a plain value, from those of the turned one. */
  private Value inPlainOrder(Value sizes, Node node) {
    Value axes = builder.constant(node.name() + "/order", Tensor.of(order.axes()));
    return builder.addOne(
        OpKey.builtin("GATHER"),
        Attributes.of("axis", 0, "batch_dims", 0),
        List.of(sizes, axes),
        node.name(),
        node.origin());
  }

  /** A constant that broadcasts, under all dimensions and turned. */
  private Value whole(Value.Constant constant) {
    int[] shape = constant.type().shape().dims();
    int[] whole = new int[order.rank()];
    Arrays.fill(whole, 1);
    System.arraycopy(shape, 0, whole, whole.length - shape.length, shape.length);
    Value reshaped = constant.as(constant.name(), TensorType.of(constant.type().dtype(), whole));
    return transposed(reshaped, order.inverse(), constant.name(), Origin.ofNode(constant.name()));
  }

  private Value transposed(Value value, DimensionOrder by, String name, Origin origin) {
    Value axes = builder.constant(name + "/order", Tensor.of(by.axes()));
    return builder.addOne(
        OpKey.builtin("TRANSPOSE"), Attributes.NONE, List.of(value, axes), name, origin);
  }
}

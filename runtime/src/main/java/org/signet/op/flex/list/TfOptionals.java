package org.signet.op.flex.list;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * TensorFlow's ops on optionals: tensors that may be missing, as those are that the gradient of a
 * conditional takes from the branch that did not run.
 */
final class TfOptionals {
  private static final ShapeRule HANDLE = op -> List.of(TensorType.of(DType.VARIANT));

  private TfOptionals() {}

  static List<OpDefinition> definitions() {
    return List.of(
        exact("OptionalFromValue", HANDLE, TfOptionals::fromValue),
        exact("OptionalGetValue", TfOptionals::inferValue, TfOptionals::getValue),
        exact("OptionalHasValue", op -> List.of(TensorType.of(DType.BOOL)), TfOptionals::hasValue),
        exact("OptionalNone", HANDLE, call -> set(call, List.of())));
  }

  private static OpDefinition exact(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference).accurate(Accuracy.EXACT);
  }

  /**
   * What the only element of a variant holds.
   *
   * @param components at least one tensor, or none if there is no value; not to be written to
   */
  private record Value(List<Tensor> components) {}

  private static void set(OpCall call, List<Tensor> components) {
    call.result(0, Tensor.wrap(DType.VARIANT, new Object[] {new Value(components)}));
  }

  private static List<Tensor> components(OpCall call) {
    Tensor handle = call.operand(0);
    Shapes.require(
        handle.dtype() == DType.VARIANT && handle.size() == 1, "%s is no optional", handle.type());
    if (handle.objects()[0] instanceof Value(List<Tensor> components)) {
      return components;
    }
    throw new IllegalArgumentException("an optional is needed, and the variant is none");
  }

  private static void fromValue(OpCall call) {
    List<Tensor> components = new ArrayList<>();
    for (int i = 0; i < call.operandCount(); i++) {
      components.add(call.operand(i));
    }
    set(call, List.copyOf(components));
  }

  private static void hasValue(OpCall call) {
    call.result(0, Tensor.scalar(!components(call).isEmpty()));
  }

  private static List<TensorType> inferValue(OpTypes op) {
    return declared(op.attributes());
  }

  private static List<TensorType> declared(Attributes attributes) {
    List<DType> dtypes = attributes.getList("output_types", DType.class);
    List<Shape> shapes = attributes.getList("output_shapes", Shape.class);
    Shapes.require(
        dtypes.size() == shapes.size(), "%s types of %s shapes", dtypes.size(), shapes.size());
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < dtypes.size(); i++) {
      types.add(Shapes.plain(dtypes.get(i), shapes.get(i)));
    }
    return types;
  }

  private static void getValue(OpCall call) {
    List<Tensor> components = components(call);
    Shapes.require(
        !components.isEmpty(), "the optional has no value; ask OptionalHasValue before it is read");
    List<TensorType> declared = declared(call.attributes());
    Shapes.require(
        declared.size() == components.size(),
        "the optional holds %s tensors, not %s",
        components.size(),
        declared.size());
    for (int i = 0; i < components.size(); i++) {
      Tensor component = components.get(i);
      TensorType type = declared.get(i);
      Shapes.require(
          type.dtype() == component.dtype() && type.shape().accepts(component.shape()),
          "tensor %s of the optional is %s, not %s",
          i,
          component.type(),
          type);
      call.result(i, component);
    }
  }
}

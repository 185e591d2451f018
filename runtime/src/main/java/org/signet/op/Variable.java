package org.signet.op;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A variable of a session, which a resource tensor refers to. For one thread at a time.
 *
 * <p>A value is never changed in place: whoever has read it keeps what was there.
 */
public final class Variable implements SessionValue {
  private static final String KIND = "variable ";
  private static final String VALUE = "value";

  private final String name;
  private @Nullable Tensor value;

  private Variable(String name) {
    this.name = name;
  }

  /** The variable of that name in a session, made without a value if it is new. */
  public static Variable of(SessionState state, String container, String name) {
    return state.get(stateName(container, name), Variable.class, () -> new Variable(name));
  }

  /** The name of a variable's state in a session. */
  public static String stateName(String container, String name) {
    // A null character can't be in a name, so no two variables meet.
    return KIND + container + '\0' + name;
  }

  /** Whether {@link #stateName} gives a variable this name. */
  public static boolean isStateName(String name) {
    return name.startsWith(KIND);
  }

  /**
   * The variable that operand {@code i}, a resource tensor of one element, refers to.
   *
   * @throws IllegalArgumentException if it refers to something else
   */
  public static Variable operand(OpCall call, int i) {
    Tensor handle = call.operand(i);
    Shapes.require(
        handle.dtype() == DType.RESOURCE && handle.size() == 1, "operand %d is no resource", i);
    if (handle.objects()[0] instanceof Variable variable) {
      return variable;
    }
    throw new IllegalArgumentException("operand " + i + " is a resource, but no variable");
  }

  /** Makes result {@code i} a scalar resource that refers to this variable. */
  public void setHandle(OpCall call, int i) {
    call.result(i, Tensor.wrap(DType.RESOURCE, new Object[] {this}));
  }

  /**
   * Sets result {@code i}, a reference in TensorFlow: to a handle of this variable if the result is
   * declared as one, else to the value.
   */
  public void setReference(OpCall call, int i) {
    if (call.resultType(i).dtype() == DType.RESOURCE) {
      setHandle(call, i);
    } else {
      call.result(i, read());
    }
  }

  public boolean hasValue() {
    return value != null;
  }

  /**
   * The value; not to be changed.
   *
   * @throws IllegalArgumentException if none has been assigned
   */
  public Tensor read() {
    Tensor current = value;
    if (current == null) {
      throw new IllegalArgumentException(
          "Could not find variable "
              + name
              + ". This could mean that the variable has been deleted. In TF1, it can also mean the"
              + " variable is uninitialized; first call what assigns it");
    }
    return current;
  }

  @Override
  public Runnable checkpoint() {
    Tensor before = value;
    return () -> value = before;
  }

  @Override
  public Map<String, Tensor> contents() {
    return value == null ? Map.of() : Map.of(VALUE, value.copy());
  }

  @Override
  public void restore(Map<String, Tensor> contents) {
    Tensor saved = contents.get(VALUE);
    value = saved == null ? null : saved.copy();
  }

  /** Takes its value away. */
  public void forget() {
    value = null;
  }

  /** Gives it a value, of which a copy is kept. */
  public void assign(Tensor newValue) {
    value = newValue.copy();
  }
}

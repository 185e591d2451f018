package org.signet.session;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.signet.diag.Code;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.model.ModelSignature;
import org.signet.plan.Plan;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Runs one signature of an {@link Interpreter}.
 *
 * <p>{@link #run(Map)} may be called from many threads at once. The step-wise form, {@link
 * #resizeInput}, {@link #allocate}, {@link #input}, {@link #invoke} and {@link #output}, keeps
 * tensors in the runner and is for one thread; runners are cheap, so take one for each.
 */
public final class SignatureRunner {
  private final Interpreter interpreter;
  private final ModelSignature signature;
  private final SignatureInfo info;
  private final Plan plan;

  private final Map<String, Shape> requested = new HashMap<>();
  private final Map<String, Tensor> allocated = new HashMap<>();
  private Map<String, Tensor> results = Map.of();

  SignatureRunner(
      Interpreter interpreter, ModelSignature signature, SignatureInfo info, Plan plan) {
    this.interpreter = interpreter;
    this.signature = signature;
    this.info = info;
    this.plan = plan;
  }

  public String key() {
    return signature.key();
  }

  /** Declared input types by name, in the file's order. */
  public SequencedMap<String, TensorType> inputs() {
    return info.inputs();
  }

  /** Declared output types by name, in the file's order. */
  public SequencedMap<String, TensorType> outputs() {
    return info.outputs();
  }

  Plan plan() {
    return plan;
  }

  /**
   * Runs the signature.
   *
   * @param inputs a tensor for each input, of the declared element type and of any size that fits
   *     the declared shape; not changed, and not to be changed while this runs
   * @return the outputs by name in the file's order, which belong to the caller
   * @throws SignetException NO_SUCH_INPUT if one is missing or unknown, WRONG_INPUT_TYPE,
   *     WRONG_INPUT_SHAPE; OP_FAILED if an op can't compute its result from these values,
   *     TENSOR_TOO_LARGE; CLOSED
   */
  public SequencedMap<String, Tensor> run(Map<String, Tensor> inputs) {
    checkNames(inputs.keySet(), info.inputs(), Code.NO_SUCH_INPUT, "input");
    int[] slots = interpreter.model().subgraphs().get(signature.subgraph()).inputs();
    Map<Integer, Tensor> bySlot = new HashMap<>();
    signature
        .inputs()
        .forEach(
            (name, slot) -> bySlot.put(slot, checkedInput(name, requireNonNull(inputs.get(name)))));
    List<Tensor> ordered = new ArrayList<>();
    for (int slot : slots) {
      ordered.add(requireNonNull(bySlot.get(slot)));
    }
    return named(interpreter.execute(key(), plan, ordered));
  }

  private SequencedMap<String, Tensor> named(List<Tensor> outputs) {
    int[] slots = interpreter.model().subgraphs().get(signature.subgraph()).outputs();
    boolean[] given = new boolean[slots.length];
    SequencedMap<String, Tensor> named = new LinkedHashMap<>();
    signature
        .outputs()
        .forEach((name, slot) -> {
          int position = position(slots, slot, given);
          // Two names may stand for one output of the subgraph; each gets a tensor of its own.
          Tensor output = outputs.get(position);
          named.put(name, given[position] ? output.copy() : output);
          given[position] = true;
        });
    return Collections.unmodifiableSequencedMap(named);
  }

  /**
   * Where a tensor is among the outputs, preferably where it has not been given to the user yet.
   */
  private static int position(int[] slots, int slot, boolean[] given) {
    int position = -1;
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == slot && (position < 0 || given[position])) {
        position = i;
      }
    }
    return position;
  }

  /** Runs the signature on Java values; see {@link Interpreter#runSignature(Map, Map, String)}. */
  void run(Map<String, ?> inputs, Map<String, ?> outputs) {
    checkNames(inputs.keySet(), info.inputs(), Code.NO_SUCH_INPUT, "input");
    for (String name : outputs.keySet()) {
      if (!info.outputs().containsKey(name)) {
        throw unknown(name, info.outputs(), Code.NO_SUCH_OUTPUT, "output");
      }
    }
    Map<String, Tensor> tensors = new HashMap<>();
    info.inputs()
        .forEach((name, type) -> {
          Object value = requireNonNull(inputs.get(name));
          tensors.put(name, JavaValues.tensor(value, type, "input '" + name + "'"));
        });
    run(tensors)
        .forEach((name, tensor) -> {
          Object target = outputs.get(name);
          if (target != null) {
            JavaValues.fill(target, tensor, "output '" + name + "'");
          }
        });
  }

  private void checkNames(
      Iterable<String> given, Map<String, TensorType> declared, Code code, String role) {
    Map<String, TensorType> missing = new LinkedHashMap<>(declared);
    for (String name : given) {
      if (!declared.containsKey(name)) {
        throw unknown(name, declared, code, role);
      }
      missing.remove(name);
    }
    if (!missing.isEmpty()) {
      throw failure(
          code, role + "s are missing: " + Interpreter.quoted(missing.keySet()), declared, role);
    }
  }

  private SignetException unknown(
      String name, Map<String, TensorType> declared, Code code, String role) {
    return failure(code, "there is no " + role + " '" + name + "'", declared, role);
  }

  private SignetException failure(
      Code code, String message, Map<String, TensorType> declared, String role) {
    return SignetException.of(
            code,
            message,
            "the signature's " + role + "s are " + Interpreter.quoted(declared.keySet()))
        .at(Origin.NONE.withSignature(key()));
  }

  private Tensor checkedInput(String name, Tensor tensor) {
    TensorType declared = declaredInput(name);
    if (tensor.dtype() != declared.dtype()) {
      throw wrong(Code.WRONG_INPUT_TYPE, name, declared, tensor.type().toString());
    }
    if (!declared.shape().accepts(tensor.shape())) {
      throw wrong(Code.WRONG_INPUT_SHAPE, name, declared, tensor.type().toString());
    }
    return tensor;
  }

  private SignetException wrong(Code code, String name, TensorType declared, String got) {
    return SignetException.of(code, "input '" + name + "' must be " + declared + ", not " + got)
        .at(Origin.NONE.withSignature(key()));
  }

  private TensorType declaredInput(String name) {
    TensorType declared = info.inputs().get(name);
    if (declared == null) {
      throw unknown(name, info.inputs(), Code.NO_SUCH_INPUT, "input");
    }
    return declared;
  }

  /**
   * Step-wise: sets the shape that an input will have from the next {@link #allocate} on.
   *
   * @throws SignetException NO_SUCH_INPUT, WRONG_INPUT_SHAPE if the declared shape does not allow
   *     it
   */
  public SignatureRunner resizeInput(String name, int... shape) {
    TensorType declared = declaredInput(name);
    if (Arrays.stream(shape).anyMatch(size -> size < 0) || !declared.shape().accepts(shape)) {
      throw wrong(Code.WRONG_INPUT_SHAPE, name, declared, Arrays.toString(shape));
    }
    requested.put(name, Shape.of(shape));
    return this;
  }

  /**
   * Step-wise: makes the input tensors, with zeros or empty strings; those whose shape has not
   * changed stay as they are. A free size that was never set is 1.
   *
   * @throws SignetException TENSOR_TOO_LARGE
   */
  public SignatureRunner allocate() {
    info.inputs().forEach((name, type) -> allocate(name, type));
    results = Map.of();
    return this;
  }

  private void allocate(String name, TensorType declared) {
    int[] shape = requested.getOrDefault(name, withoutFreeSizes(declared.shape())).dims();
    Tensor old = allocated.get(name);
    if (old != null && Arrays.equals(old.shape(), shape)) {
      return;
    }
    try {
      allocated.put(name, Tensor.zeros(declared.dtype(), shape));
    } catch (ArithmeticException | OutOfMemoryError e) {
      throw wrong(Code.TENSOR_TOO_LARGE, name, declared, "as large as " + Arrays.toString(shape));
    }
  }

  private static Shape withoutFreeSizes(Shape shape) {
    if (!shape.hasRank()) {
      return Shape.scalar();
    }
    int[] dims = shape.dims();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] == Shape.UNKNOWN ? 1 : dims[i];
    }
    return Shape.of(dims);
  }

  /**
   * Step-wise: an input tensor, to be filled through its array. It is made now if {@link #allocate}
   * has not been called.
   *
   * @throws SignetException NO_SUCH_INPUT
   */
  public Tensor input(String name) {
    TensorType declared = declaredInput(name);
    if (!allocated.containsKey(name)) {
      allocate(name, declared);
    }
    return requireNonNull(allocated.get(name));
  }

  /**
   * Step-wise: runs the signature on the input tensors.
   *
   * @throws SignetException as {@link #run(Map)} does
   */
  public SignatureRunner invoke() {
    info.inputs().keySet().forEach(this::input);
    results = run(allocated);
    return this;
  }

  /**
   * Step-wise: an output of the last {@link #invoke}.
   *
   * @throws SignetException NO_SUCH_OUTPUT if there is none of this name, or nothing has been
   *     invoked since {@link #allocate}
   */
  public Tensor output(String name) {
    if (!info.outputs().containsKey(name)) {
      throw unknown(name, info.outputs(), Code.NO_SUCH_OUTPUT, "output");
    }
    Tensor result = results.get(name);
    if (result == null) {
      throw SignetException.of(
          Code.NO_SUCH_OUTPUT, "output '" + name + "' has no value yet", "call invoke() first");
    }
    return result;
  }
}

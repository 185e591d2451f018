package org.signet.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.model.ModelOperator;
import org.signet.op.SessionState;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** One run of a plan: the tensors in its slots. For one thread and one run. */
final class Activation {
  /** The longest array that every JVM can make. */
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Bytes that a reference takes in an array, for the limit of a tensor's size. */
  private static final int REFERENCE_BYTES = 4;

  private final Plan plan;
  private final @Nullable Tensor[] slots;
  private final Session session;
  private final ArrayPool pool;

  /** The working memory that the step that runs has asked for. */
  private final List<float[]> workspaces = new ArrayList<>();

  /** Whether the outputs are for the user, and must be on arrays that nothing else uses. */
  private final boolean outermost;

  /** The arrays that were made for outputs to the user. */
  private final List<Object> fresh = new ArrayList<>(0);

  /**
   * What a run and those within it share.
   *
   * @param pool the arrays
   * @param state of the session
   * @param workers who may share the work
   * @param maxTensorBytes a result that would be larger makes the run fail
   * @param loopSteps counts the steps of loops
   */
  record Session(
      ArrayPool pool,
      SessionState state,
      Workers workers,
      long maxTensorBytes,
      LoopSteps loopSteps) {}

  private Activation(Plan plan, Session session, boolean outermost) {
    this.plan = plan;
    this.slots = plan.newSlots();
    this.session = session;
    this.pool = session.pool();
    this.outermost = outermost;
  }

  /**
   * Runs a plan for the user.
   *
   * @param inputs in the order of the subgraph's inputs; not changed
   * @return in the order of the subgraph's outputs, each on an array of its own that is as long as
   *     needed
   * @throws SignetException OP_FAILED or TENSOR_TOO_LARGE, with the tensor's name as the node
   */
  static List<Tensor> run(Plan plan, List<Tensor> inputs, Session session) {
    Activation activation = new Activation(plan, session, true);
    activation.runSteps(inputs);
    return activation.outputsForUser();
  }

  /** Runs a plan within this activation; the caller must release the arrays of the outputs. */
  List<Tensor> runNested(Plan nested, List<Tensor> inputs) {
    Activation activation = new Activation(nested, session, false);
    activation.runSteps(inputs);
    return activation.outputsForCaller();
  }

  boolean isVariable(int slot) {
    return Arrays.stream(plan.variables()).anyMatch(variable -> variable == slot);
  }

  LoopSteps loopSteps() {
    return session.loopSteps();
  }

  SessionState state() {
    return session.state();
  }

  Workers workers() {
    return session.workers();
  }

  /** An array for the step that runs. */
  float[] workspace(int length) {
    float[] array = (float[]) pool.take(DType.FLOAT32, length);
    pool.retain(array);
    workspaces.add(array);
    return array;
  }

  ArrayPool pool() {
    return pool;
  }

  Tensor get(int slot) {
    Tensor tensor = slots[slot];
    if (tensor == null) {
      throw new IllegalStateException("tensor " + slot + " has no value yet");
    }
    return tensor;
  }

  void set(int slot, Tensor tensor) {
    pool.retain(tensor.storage());
    clear(slot);
    slots[slot] = tensor;
  }

  private void clear(int slot) {
    Tensor old = slots[slot];
    if (old != null && !plan.isConstant(slot)) {
      slots[slot] = null;
      pool.release(old.storage());
    }
  }

  /** Puts a tensor with undefined contents into a slot. */
  Tensor allocate(int slot, DType dtype, int... shape) {
    int elements = checkedSize(dtype, shape);
    boolean forUser = outermost && plan.isOutput(slot);
    Object array = forUser ? Tensor.newArray(dtype, elements) : pool.take(dtype, elements);
    if (forUser) {
      fresh.add(array);
    }
    Tensor tensor = Tensor.wrap(dtype, array, shape);
    set(slot, tensor);
    return tensor;
  }

  private int checkedSize(DType dtype, int... shape) {
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("a result would have a dimension of " + size);
      }
    }
    long elements;
    try {
      elements = Shape.elements(shape);
    } catch (ArithmeticException e) {
      elements = Long.MAX_VALUE / 32;
    }
    long bytes = elements * Math.max(dtype.bytes(), REFERENCE_BYTES);
    if (elements * Tensor.lanes(dtype) > LONGEST_ARRAY || bytes > session.maxTensorBytes()) {
      throw SignetException.of(
          Code.TENSOR_TOO_LARGE, "a result would be " + TensorType.of(dtype, shape));
    }
    return (int) elements;
  }

  private void runSteps(List<Tensor> inputs) {
    int[] inputSlots = plan.subgraph().inputs();
    for (int i = 0; i < inputSlots.length; i++) {
      set(inputSlots[i], inputs.get(i));
    }
    for (int slot : plan.variables()) {
      set(slot, variable(slot));
    }
    for (PlanStep step : plan.steps()) {
      try {
        run(step);
      } catch (SignetException e) {
        throw e.code() == Code.TENSOR_TOO_LARGE
                && e.diagnostics().getFirst().origin().equals(Origin.NONE)
            ? failed(step, Code.TENSOR_TOO_LARGE, e.diagnostics().getFirst().message(), e)
            : e;
      } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
        // A file can make an op fail in any way; only bugs would be reported otherwise.
        throw failed(step, Code.OP_FAILED, describe(e), e);
      }
    }
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof IllegalArgumentException && message != null
        ? message
        : failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private SignetException failed(PlanStep step, Code code, String reason, Throwable cause) {
    String place =
        "operator " + step.operator() + " of subgraph " + plan.subgraphIndex() + ", " + step.ops();
    Diagnostic diagnostic = Diagnostic.error(code, place + ", failed: " + reason);
    return new SignetException(diagnostic.at(Origin.ofNode(step.resultName())), cause);
  }

  private Tensor variable(int slot) {
    TensorType type = plan.subgraph().tensors().get(slot).type();
    String name = "tensor " + slot + " of subgraph " + plan.subgraphIndex();
    return session
        .state()
        .get(name, Tensor.class, () -> Tensor.zeros(type.dtype(), type.shape().dims()));
  }

  private void run(PlanStep step) {
    if (step.action() instanceof Action.Run(var kernel)) {
      kernel.run(new StepCall(this, step));
      workspaces.forEach(pool::release);
      workspaces.clear();
    } else {
      ControlFlow.run(this, step);
    }
    for (int i = 0; i < step.results().length; i++) {
      DType dtype = get(step.results()[i]).dtype();
      DType declared = step.resultTypes().get(i).dtype();
      if (dtype != declared) {
        throw new IllegalArgumentException(
            "result " + i + " is " + dtype + ", but declared as " + declared);
      }
    }
    if (step.keepsTensors()) {
      giveAway(step.operands());
      giveAway(step.results());
    }
    for (int slot : step.released()) {
      clear(slot);
    }
  }

  /** These arrays may be part of the session's state now. */
  private void giveAway(int... tensors) {
    for (int slot : tensors) {
      if (slot != ModelOperator.ABSENT) {
        Object array = get(slot).storage();
        pool.giveAway(array);
        takeFresh(array);
      }
    }
  }

  private List<Tensor> outputsForCaller() {
    List<Tensor> outputs = new ArrayList<>();
    for (int slot : plan.subgraph().outputs()) {
      Tensor output = get(slot);
      pool.retain(output.storage());
      outputs.add(output);
    }
    clearAll();
    return outputs;
  }

  private List<Tensor> outputsForUser() {
    List<Tensor> outputs = new ArrayList<>();
    for (int slot : plan.subgraph().outputs()) {
      Tensor output = get(slot);
      // Removed when given out: a second output on the same array is a copy.
      outputs.add(takeFresh(output.storage()) ? output : output.copy());
    }
    clearAll();
    return outputs;
  }

  /** Whether an array was made for an output; after that it does not count as such any more. */
  @SuppressWarnings("ReferenceEquality") // arrays have no other equality
  private boolean takeFresh(Object array) {
    return fresh.removeIf(made -> made == array);
  }

  private void clearAll() {
    for (int slot = 0; slot < slots.length; slot++) {
      clear(slot);
    }
  }
}

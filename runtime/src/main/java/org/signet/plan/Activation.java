package org.signet.plan;

import java.util.ArrayList;
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

/** One run of a plan after another: the tensors in its slots. For one thread. */
final class Activation {
  /** The longest array that every JVM can make. */
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Bytes that a reference takes in an array, for the limit of a tensor's size. */
  private static final int REFERENCE_BYTES = 4;

  private final Plan plan;
  private final Frames frames;
  private final ArrayPool pool;
  private final @Nullable Tensor[] slots;

  /** What the tensors in the slots lie on, if that is of the pool. */
  private final @Nullable PooledArray[] arrays;

  /** What slots were given of tensors that are not of the pool, under other shapes. */
  private final @Nullable Tensor[] reshaped;

  private final StepCall[] calls;
  private final Values values;

  /** The working memory that the step that runs has asked for. */
  private final List<PooledArray> workspaces = new ArrayList<>(0);

  private final UserOutputs userOutputs;
  private final ShapeResults shapeResults;

  /** To be made by {@link Frames} alone. */
  Activation(Plan plan, Frames frames) {
    this.plan = plan;
    this.frames = frames;
    this.pool = frames.pool();
    this.slots = plan.newSlots();
    this.arrays = new PooledArray[slots.length];
    this.reshaped = new Tensor[slots.length];
    this.calls =
        plan.steps().stream().map(step -> new StepCall(this, step)).toArray(StepCall[]::new);
    this.values = new Values(pool, plan.subgraph().inputs().length);
    this.userOutputs = new UserOutputs(plan);
    this.shapeResults = new ShapeResults(plan, this, slots.length);
  }

  /**
   * Runs a plan for the user.
   *
   * @param inputs in the order of the subgraph's inputs; not changed
   * @return in the order of the subgraph's outputs, each on an array of its own that is as long as
   *     needed
   * @throws SignetException OP_FAILED or TENSOR_TOO_LARGE, with the tensor's name as the node
   */
  static List<Tensor> run(Plan plan, Tensor[] inputs, Frames frames) {
    Activation activation = frames.begin(plan);
    activation.userOutputs.begin();
    activation.runSteps(inputs);
    List<Tensor> outputs = activation.userOutputs.take(activation);
    activation.end();
    return outputs;
  }

  /**
   * The same, but writes outputs to tensors of the user.
   *
   * @param results in the order of the subgraph's outputs; null for those that nobody wants
   * @throws SignetException as {@link #run}; BAD_VALUE if an output has another type or shape
   */
  static void runInto(Plan plan, Tensor[] inputs, @Nullable Tensor[] results, Frames frames) {
    Activation activation = frames.begin(plan);
    activation.userOutputs.begin(inputs, results);
    activation.runSteps(inputs);
    activation.userOutputs.write(activation, results);
    activation.end();
  }

  private void runSteps(Tensor[] inputs) {
    int[] inputSlots = plan.subgraph().inputs();
    for (int i = 0; i < inputSlots.length; i++) {
      set(inputSlots[i], inputs[i]);
    }
    runSteps();
  }

  /** An activation for a run of a plan within this one, to be ended by {@link #end}. */
  Activation begin(Plan nested) {
    return frames.begin(nested);
  }

  /** Ends a run: its tensors are dropped, and another one may begin. */
  void end() {
    clearAll();
    userOutputs.end();
    frames.end(plan, this);
  }

  /** Room for the inputs on their way here. */
  Values values() {
    return values;
  }

  boolean isConstant(int slot) {
    return plan.isConstant(slot);
  }

  boolean isVariable(int slot) {
    for (int variable : plan.variables()) {
      if (variable == slot) {
        return true;
      }
    }
    return false;
  }

  LoopSteps loopSteps() {
    return frames.loopSteps();
  }

  SessionState state() {
    return frames.state();
  }

  Workers workers() {
    return frames.workers();
  }

  /** An array for the step that runs. */
  float[] workspace(int length) {
    PooledArray array = pool.take(DType.FLOAT32, length);
    pool.retain(array);
    workspaces.add(array);
    return (float[]) array.array();
  }

  Tensor get(int slot) {
    Tensor tensor = slots[slot];
    if (tensor == null) {
      throw new IllegalStateException("tensor " + slot + " has no value yet");
    }
    return tensor;
  }

  /** The array of the pool that the tensor in a slot lies on, if it lies on one. */
  @Nullable PooledArray array(int slot) {
    return arrays[slot];
  }

  /** Puts a tensor that was made elsewhere into a slot. */
  void set(int slot, Tensor tensor) {
    set(slot, tensor, pool.find(tensor.storage()));
  }

  /**
   * Puts a tensor into a slot.
   *
   * @param array what it lies on, if that is of the pool
   */
  void set(int slot, Tensor tensor, @Nullable PooledArray array) {
    pool.retain(array);
    clear(slot);
    slots[slot] = tensor;
    arrays[slot] = array;
  }

  /** Puts the elements of the tensor in slot {@code from} into another one, in another shape. */
  void setReshaped(int slot, int from, int... shape) {
    PooledArray array = arrays[from];
    Tensor tensor = get(from);
    boolean isOwn = array != null && Shape.elements(shape) == tensor.size();
    set(slot, isOwn ? array.tensor(tensor.dtype(), shape) : reshaped(slot, tensor, shape), array);
  }

  /** A reshaped tensor that is not of the pool: the one of the last run, if it is the same. */
  @SuppressWarnings("ReferenceEquality") // arrays have no other equality
  private Tensor reshaped(int slot, Tensor tensor, int... shape) {
    Tensor last = reshaped[slot];
    if (last == null || last.storage() != tensor.storage() || !last.hasShape(shape)) {
      last = tensor.reshaped(shape);
      reshaped[slot] = last;
    }
    return last;
  }

  private void clear(int slot) {
    if (slots[slot] != null && !plan.isConstant(slot)) {
      slots[slot] = null;
      pool.release(arrays[slot]);
      arrays[slot] = null;
    }
  }

  /** Puts a tensor with undefined contents into a slot. */
  Tensor allocate(int slot, DType dtype, int... shape) {
    int elements = checkedSize(dtype, shape);
    Tensor output = userOutputs.place(slot, dtype, elements, shape);
    if (output != null) {
      set(slot, output, null);
      return output;
    }
    PooledArray array = pool.take(dtype, elements);
    Tensor tensor = array.tensor(dtype, shape);
    set(slot, tensor, array);
    return tensor;
  }

  /**
   * Puts the tensor in slot {@code from} into another slot, for a step that changes it.
   *
   * @param released what nothing needs after the step
   * @return false, if somebody may need the tensor as it is
   */
  boolean takeOver(int slot, int from, int... released) {
    PooledArray array = arrays[from];
    boolean isLast = false;
    for (int last : released) {
      isLast |= last == from;
    }
    if (!isLast || array == null || !array.isKept() || array.tensors != 1) {
      return false;
    }
    set(slot, get(from), array);
    return true;
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
    if (elements * Tensor.lanes(dtype) > LONGEST_ARRAY || bytes > frames.maxTensorBytes()) {
      throw SignetException.of(
          Code.TENSOR_TOO_LARGE, "a result would be " + TensorType.of(dtype, shape));
    }
    return (int) elements;
  }

  /** Runs the steps on the inputs, which are in their slots. */
  void runSteps() {
    for (int slot : plan.variables()) {
      set(slot, variable(slot));
    }
    List<PlanStep> steps = plan.steps();
    for (int i = 0; i < calls.length; i++) {
      PlanStep step = steps.get(i);
      try {
        if (!shapeResults.restore(i)) {
          run(step, calls[i]);
          shapeResults.keep(i);
        }
        release(step);
      } catch (SignetException e) {
        Diagnostic first = e.diagnostics().getFirst();
        if (!first.origin().equals(Origin.NONE)) {
          throw e;
        }
        throw e.code() == Code.TENSOR_TOO_LARGE
            ? failed(step, Code.TENSOR_TOO_LARGE, first.message(), e)
            : e.at(Origin.ofNode(step.resultName()));
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
    return frames
        .state()
        .get(name, Tensor.class, () -> Tensor.zeros(type.dtype(), type.shape().dims()));
  }

  private void run(PlanStep step, StepCall call) {
    if (step.action() instanceof Action.Run(var kernel)) {
      kernel.run(call);
      if (!workspaces.isEmpty()) {
        releaseWorkspaces();
      }
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
  }

  private void release(PlanStep step) {
    for (int slot : step.released()) {
      clear(slot);
    }
  }

  private void releaseWorkspaces() {
    for (int i = workspaces.size() - 1; i >= 0; i--) {
      pool.release(workspaces.remove(i));
    }
  }

  /** These arrays may be part of the session's state now. */
  private void giveAway(int... tensors) {
    for (int slot : tensors) {
      if (slot != ModelOperator.ABSENT) {
        pool.giveAway(arrays[slot]);
        userOutputs.giveAway(get(slot).storage());
      }
    }
  }

  /** Drops all tensors but constants. Steps have dropped what is neither input nor output. */
  void clearAll() {
    clear(plan.subgraph().inputs());
    clear(plan.subgraph().outputs());
    clear(plan.variables());
  }

  private void clear(int[] cleared) {
    for (int slot : cleared) {
      clear(slot);
    }
  }
}

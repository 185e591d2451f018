package org.signet.kernel.dense;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.kernel.Kernel;
import org.signet.op.AxisOrder;
import org.signet.op.DirectCall;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Runs a step, and those that follow it on pieces of its result. What it was not made for, and what
 * is wrong, it leaves to the references, one after the other.
 */
final class DenseKernel implements Kernel {
  private final Attempt attempt;
  private final OpDefinition definition;
  private final TailFunctions functions;
  private final int operands;
  private final boolean complete;
  private final List<Following> followings;
  private final Tail tail;

  /** By operand, the order in which its dimensions are to be taken. */
  private final Map<Integer, int[]> orders;

  private DenseKernel(
      Attempt attempt,
      OpDefinition definition,
      TailFunctions functions,
      int operands,
      boolean complete,
      List<Following> followings,
      Tail tail,
      Map<Integer, int[]> orders) {
    this.attempt = attempt;
    this.definition = definition;
    this.functions = functions;
    this.operands = operands;
    this.complete = complete;
    this.followings = List.copyOf(followings);
    this.tail = tail;
    this.orders = Map.copyOf(orders);
  }

  /**
   * A kernel for one step.
   *
   * @param functions what may follow
   * @param operands how many the step has
   * @param declared how many it may have
   */
  static Kernel of(
      Attempt attempt,
      OpDefinition definition,
      TailFunctions functions,
      int operands,
      int declared) {
    boolean complete = operands >= declared;
    return new DenseKernel(
        attempt, definition, functions, operands, complete, List.of(), Tail.NONE, Map.of());
  }

  @Override
  public void run(OpCall call) {
    Optional<Routine> routine = routine(call);
    if (routine.isPresent()) {
      routine.get().run(call);
    } else if (followings.isEmpty() && orders.isEmpty()) {
      definition.reference().evaluate(call);
    } else {
      Tensor last = inTurn(call);
      Tensor result = call.result(0, DType.FLOAT32, last.shape());
      System.arraycopy(last.floats(), 0, result.floats(), 0, last.size());
    }
  }

  /** The routine of the last run, if it is for such a call, or a new one. */
  private Optional<Routine> routine(OpCall call) {
    KeptRoutine kept = KeptRoutine.find(this, call);
    if (kept != null) {
      return kept.routine();
    }
    Optional<Routine> made =
        tail.isEmpty() ? attempt.routine(call) : ((TailedAttempt) attempt).routine(call, tail);
    return KeptRoutine.keep(this, call, made, attempt.isOfShapes());
  }

  private Tensor inTurn(OpCall call) {
    List<Optional<Tensor>> given = new ArrayList<>();
    for (int i = 0; i < operands; i++) {
      given.add(call.has(i) ? Optional.of(operand(call, i)) : Optional.empty());
    }
    Tensor first = given.getFirst().orElseThrow();
    Tensor last = DirectCall.evaluate(definition, call.attributes(), given, 1).getFirst();
    int next = operands;
    for (Following following : followings) {
      List<Optional<Tensor>> values = new ArrayList<>();
      for (int i = 0; i < following.step().operandTypes().size(); i++) {
        boolean isLast = following.previous().contains(i);
        values.add(Optional.of(isLast ? last : operand(call, next++)));
      }
      switch (following.form()) {
        case Following.Form.Direct() -> {}
        case Following.Form.Gated() -> values.set(1, Optional.of(evaluate("LOGISTIC", call, last)));
        case Following.Form.Normalized(float epsilon) -> {
          Tensor squares = evaluate("SQUARED_DIFFERENCE", call, first, last);
          Tensor variance = evaluate("MEAN", call, squares, call.operand(1));
          Tensor sum = evaluate("ADD", call, variance, Tensor.scalar(epsilon));
          Tensor factor = evaluate("RSQRT", call, sum);
          values = List.of(Optional.of(evaluate("SUB", call, first, last)), Optional.of(factor));
        }
      }
      OpDefinition definition = definition(following.step().op());
      last = DirectCall.evaluate(definition, following.step().attributes(), values, 1).getFirst();
    }
    return last;
  }

  /** An operand in the order that the steps want. */
  private Tensor operand(OpCall call, int i) {
    int[] order = orders.get(i);
    return order == null ? call.operand(i) : AxisOrder.transposed(call.operand(i), order);
  }

  private static Tensor evaluate(String op, OpCall call, Tensor... operands) {
    return DirectCall.evaluate(definition(OpKey.builtin(op)), call.attributes(), operands);
  }

  private static OpDefinition definition(OpKey op) {
    return OpDefinitions.standard().find(op).orElseThrow();
  }

  @Override
  public Optional<Kernel> then(Following following) {
    if (!complete && !following.others().isEmpty()) {
      // The first of them would stand for the operand that is left out.
      return Optional.empty();
    }
    int next = operands;
    for (Following before : followings) {
      next += before.others().size();
    }
    List<Following> longer = new ArrayList<>(followings);
    longer.add(following);
    Optional<Attempt> both = attempt.with(tail, following, next);
    if (both.isPresent()) {
      return Optional.of(
          new DenseKernel(
              both.get(), definition, functions, operands, complete, longer, Tail.NONE, orders));
    }
    if (!(attempt instanceof TailedAttempt)) {
      return Optional.empty();
    }
    return functions
        .function(following, next)
        .map(function ->
            new DenseKernel(
                attempt,
                definition,
                functions,
                operands,
                complete,
                longer,
                tail.and(function),
                orders));
  }

  @Override
  public Optional<Runnable> preparation() {
    return attempt.preparation();
  }

  @Override
  public Optional<Kernel> reading(int operand, int... order) {
    return attempt
        .reading(operand, order)
        .map(reading -> {
          Map<Integer, int[]> more = new HashMap<>(orders);
          more.put(operand, order);
          return new DenseKernel(
              reading, definition, functions, operands, complete, followings, tail, more);
        });
  }
}

package org.signet.kernel.dense;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The functions of elements that kernels can apply to pieces of their results.
 *
 * @param settings of the provider
 * @param ones makes those of one element, by op
 * @param twos those of two
 */
record TailFunctions(
    Settings settings,
    Map<String, BiFunction<Step, Settings, Attempt>> ones,
    Map<String, Combination.Loop> twos) {

  /**
   * The function that a step computes.
   *
   * @param next the position that its first other operand will have
   */
  Optional<TailFunction> function(Following following, int next) {
    Step step = following.step();
    if (!step.op().isBuiltin()
        || !isFloat(step)
        || !keepsShape(following)
        || Refusals.reason(step).isPresent()) {
      return Optional.empty();
    }
    String op = step.op().name();
    Engine engine = settings.engine();
    if (following.gated()) {
      boolean bare = op.equals("MUL") && FusedActivation.of(step.attributes()).isNone();
      return bare ? Optional.of(new TailFunction.Swish(engine)) : Optional.empty();
    }
    Combination.Loop two = twos.get(op);
    if (two != null && following.previous().size() == 1 && following.others().size() == 1) {
      boolean isFirst = following.previous().getFirst() == 0;
      FusedActivation activation = FusedActivation.of(step.attributes());
      return Optional.of(new TailFunction.Two(two, next, isFirst, activation, engine));
    }
    BiFunction<Step, Settings, Attempt> one = ones.get(op);
    if (one != null
        && following.others().isEmpty()
        && one.apply(step, settings) instanceof Unary unary) {
      return Optional.of(new TailFunction.One(unary.loop()));
    }
    return Optional.empty();
  }

  /** Whether the shape stays as it is, as far as it is known. */
  private static boolean keepsShape(Following following) {
    Shape shape = following.step().resultTypes().getFirst().shape();
    return !shape.hasRank()
        || following.previous().stream()
            .map(following.step().operandTypes()::get)
            .allMatch(type -> type.isPresent() && type.get().shape().equals(shape));
  }

  private static boolean isFloat(Step step) {
    return step.operandTypes().stream()
        .allMatch(type -> type.isPresent() && type.get().dtype() == DType.FLOAT32);
  }
}

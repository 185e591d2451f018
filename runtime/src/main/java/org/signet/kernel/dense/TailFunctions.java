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
    if (following.form() instanceof Following.Form.Normalized) {
      return Optional.empty();
    }
    if (following.form() instanceof Following.Form.Gated) {
      boolean bare = op.equals("MUL") && FusedActivation.of(step.attributes()).isNone();
      return bare ? finished(Finish.Function.SWISH) : Optional.empty();
    }
    Optional<Combination.Loop> two = two(step);
    if (two.isPresent() && following.previous().size() == 1 && following.others().size() == 1) {
      boolean isFirst = following.previous().getFirst() == 0;
      FusedActivation activation = FusedActivation.of(step.attributes());
      return Optional.of(new TailFunction.Two(two.get(), next, isFirst, activation, engine));
    }
    if (op.equals("GELU")) {
      boolean byTanh = Unary.isByTanh(step);
      return finished(byTanh ? Finish.Function.GELU_BY_TANH : Finish.Function.GELU);
    }
    return following.others().isEmpty() ? one(step).map(TailFunction.One::new) : Optional.empty();
  }

  /** The function of one element that a step computes. */
  Optional<Unary.Loop> one(Step step) {
    BiFunction<Step, Settings, Attempt> one = ones.get(step.op().name());
    return one != null && one.apply(step, settings) instanceof Unary unary
        ? Optional.of(unary.loop())
        : Optional.empty();
  }

  /** The function of two elements that a step computes. */
  Optional<Combination.Loop> two(Step step) {
    return Optional.ofNullable(twos.get(step.op().name()));
  }

  private Optional<TailFunction> finished(Finish.Function function) {
    return Optional.of(new TailFunction.Finished(function, settings.engine()));
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

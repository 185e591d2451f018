package org.signet.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.signet.op.FusedActivation;
import org.signet.plan.Fusion.Planned;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * The steps by which TensorFlow normalizes: {@code (x − mean) · rsqrt(variance + epsilon)}, the
 * variance being the mean of {@code SQUARED_DIFFERENCE(x, mean)} over the same dimensions.
 *
 * @param operators those after the mean, the product last
 * @param epsilon added to the variance
 */
record Normalized(List<Integer> operators, float epsilon) {
  Normalized {
    operators = List.copyOf(operators);
  }

  /**
   * Finds them.
   *
   * @param mean the step that computes the mean
   * @param one a step that needs it
   * @param other the only other one
   * @param onlyUser gives the step that alone needs the result of another one
   */
  static Optional<Normalized> find(
      Planned mean, Planned one, Planned other, Function<Planned, Optional<Planned>> onlyUser) {
    boolean inOrder = is(one, "SQUARED_DIFFERENCE");
    Planned squares = inOrder ? one : other;
    Planned difference = inOrder ? other : one;
    if (!is(mean, "MEAN") || !is(squares, "SQUARED_DIFFERENCE") || !is(difference, "SUB")) {
      return Optional.empty();
    }
    int[] operands = {mean.planStep().operands()[0], mean.planStep().results()[0]};
    Optional<Planned> variance = onlyUser.apply(squares).filter(step -> isSameMean(step, mean));
    Optional<Planned> sum = variance.flatMap(onlyUser).filter(step -> is(step, "ADD"));
    Optional<Planned> root = sum.flatMap(onlyUser).filter(step -> is(step, "RSQRT"));
    Optional<Planned> product = root.flatMap(onlyUser).filter(step -> is(step, "MUL"));
    Optional<Float> epsilon = sum.flatMap(Normalized::constant);
    boolean fits =
        Arrays.equals(difference.planStep().operands(), operands)
            && Arrays.equals(sorted(squares.planStep().operands()), sorted(operands))
            && epsilon.isPresent()
            && product.isPresent()
            && product.equals(onlyUser.apply(difference))
            && product.get().shape().hasRank();
    return fits
        ? Optional.of(
            new Normalized(
                List.of(
                    squares.operator(),
                    difference.operator(),
                    variance.orElseThrow().operator(),
                    sum.orElseThrow().operator(),
                    root.orElseThrow().operator(),
                    product.orElseThrow().operator()),
                epsilon.get()))
        : Optional.empty();
  }

  private static int[] sorted(int[] numbers) {
    int[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Whether a step is a kernel for this builtin, without an activation. */
  private static boolean is(Planned step, String op) {
    return step.result().isPresent()
        && step.step().op().isBuiltin()
        && step.step().op().name().equals(op)
        && FusedActivation.of(step.step().attributes()).isNone();
  }

  private static boolean isSameMean(Planned step, Planned mean) {
    Optional<Tensor> axes = step.step().constants().get(1);
    Optional<Tensor> same = mean.step().constants().get(1);
    return is(step, "MEAN")
        && axes.isPresent()
        && same.isPresent()
        && Arrays.equals(axes.get().toInts(), same.get().toInts())
        && step.step().attributes().equals(mean.step().attributes());
  }

  /** The number that a sum adds. */
  private static Optional<Float> constant(Planned sum) {
    return sum.step().constants().stream()
        .flatMap(Optional::stream)
        .filter(tensor -> tensor.dtype() == DType.FLOAT32 && tensor.size() == 1)
        .findFirst()
        .map(tensor -> tensor.floats()[0]);
  }
}

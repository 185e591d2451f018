package org.signet.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.signet.kernel.ProviderOrder.Estimate;

/**
 * Which provider runs each operator of a subgraph, and why the others do not: what {@code
 * --explain} prints.
 *
 * @param subgraph the subgraph's index
 * @param steps one for each operator
 */
public record Explanation(int subgraph, List<Choice> steps) {
  public Explanation {
    steps = List.copyOf(steps);
  }

  /**
   * One operator.
   *
   * @param operator its index in the subgraph
   * @param op its op as the file names it
   * @param result the name of its first result, empty if it has none
   * @param provider who runs it; {@code plan} for control flow, {@code once} if its result is a
   *     constant, {@code none} if nobody does
   * @param refusals of the providers that were asked before
   * @param estimates by which the provider was chosen; empty if there was no choice or no estimate
   */
  public record Choice(
      int operator,
      String op,
      String result,
      String provider,
      List<Refusal> refusals,
      List<Estimate> estimates) {
    public Choice {
      refusals = List.copyOf(refusals);
      estimates = List.copyOf(estimates);
    }

    /** The same, run by a kernel of {@code other}. */
    Choice by(String other) {
      return new Choice(operator, op, result, other, refusals, estimates);
    }

    /** The same, run within the kernel of another operator. */
    Choice within(int other) {
      return new Choice(operator, op, result, provider + " within " + other, refusals, estimates);
    }

    /** {@code 3 CONV_2D 'y': reference (vector: 5 dimensions)}. */
    @Override
    public String toString() {
      String reasons =
          Stream.concat(
                  refusals.stream().map(Refusal::toString),
                  Stream.of(Estimate.text(estimates)).filter(text -> !text.isEmpty()))
              .collect(Collectors.joining("; "));
      return operator
          + " "
          + op
          + (result.isEmpty() ? "" : " '" + result + "'")
          + ": "
          + provider
          + (reasons.isEmpty() ? "" : " (" + reasons + ")");
    }
  }

  /**
   * A provider that did not offer a kernel.
   *
   * @param provider its name
   * @param reason why
   */
  public record Refusal(String provider, String reason) {
    @Override
    public String toString() {
      return provider + ": " + reason;
    }
  }

  /** A line for each operator. */
  @Override
  public String toString() {
    return steps.stream().map(Choice::toString).collect(Collectors.joining("\n"));
  }
}

package org.signet.golden.compare;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.golden.Tolerance;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSignature;
import org.signet.model.ModelSubgraph;
import org.signet.model.TfliteModel;
import org.signet.op.Accuracy;
import org.signet.op.Effects;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.RandomStream;
import org.signet.tensor.Tensor;

/**
 * How strictly a tensor is compared, which follows from the ops that it is computed by.
 *
 * @param accuracy the loosest of these ops
 * @param inexact how many of them round
 * @param deterministic whether none of them gives random numbers for want of a seed
 */
record Strictness(Accuracy accuracy, int inexact, boolean deterministic) {
  private static final Strictness EXACT = new Strictness(Accuracy.EXACT, 0, true);

  /** Of the result of one op on given operands. */
  static Strictness ofOp(OpKey op) {
    Optional<OpDefinition> definition = OpDefinitions.standard().find(op);
    Accuracy accuracy = definition.map(OpDefinition::accuracy).orElse(Accuracy.ACCUMULATED);
    boolean deterministic =
        definition.filter(found -> found.effects() == Effects.NONDETERMINISTIC).isEmpty();
    return new Strictness(accuracy, accuracy.equals(Accuracy.EXACT) ? 0 : 1, deterministic);
  }

  /**
   * Of an output of a signature. Where subgraphs are called, their ops count, too: all of the
   * model's, to keep it simple.
   */
  static Strictness ofOutput(TfliteModel model, ModelSignature signature, String output) {
    ModelSubgraph subgraph = model.subgraphs().get(signature.subgraph());
    Set<Integer> needed = new HashSet<>();
    Integer tensor = signature.outputs().get(output);
    if (tensor != null) {
      needed.add(tensor);
    }
    Strictness strictness = EXACT;
    List<ModelOperator> operators = subgraph.operators();
    for (int i = operators.size() - 1; i >= 0; i--) {
      ModelOperator operator = operators.get(i);
      if (gives(operator, needed)) {
        for (int operand : operator.operands()) {
          needed.add(operand);
        }
        strictness = strictness.and(ofOperator(model, operator));
      }
    }
    return strictness;
  }

  private static boolean gives(ModelOperator operator, Set<Integer> needed) {
    for (int result : operator.results()) {
      if (needed.contains(result)) {
        return true;
      }
    }
    return false;
  }

  private static Strictness ofOperator(TfliteModel model, ModelOperator operator) {
    boolean calls =
        operator.key().isBuiltin() && OpDefinitions.standard().find(operator.key()).isEmpty();
    if (!calls) {
      return ofUse(operator);
    }
    Strictness strictness = EXACT;
    for (ModelSubgraph subgraph : model.subgraphs()) {
      for (ModelOperator inner : subgraph.operators()) {
        strictness = strictness.and(ofUse(inner));
      }
    }
    return strictness;
  }

  /** Numbers drawn by seeds are the same for all that draw them in the same order. */
  private static Strictness ofUse(ModelOperator operator) {
    Strictness strictness = ofOp(operator.key());
    return RandomStream.isSeeded(operator.attributes())
        ? new Strictness(strictness.accuracy(), strictness.inexact(), true)
        : strictness;
  }

  /** Of what is computed by both. */
  Strictness and(Strictness other) {
    Accuracy loosest =
        new Accuracy(
            Math.max(accuracy.relative(), other.accuracy.relative()),
            Math.max(accuracy.absolute(), other.accuracy.absolute()));
    return new Strictness(loosest, inexact + other.inexact, deterministic && other.deterministic);
  }

  /** The loosest of both, for two ways to compute the same. */
  Strictness or(Strictness other) {
    Strictness both = and(other);
    return new Strictness(both.accuracy, Math.max(inexact, other.inexact), both.deterministic);
  }

  /**
   * The tolerance for this tensor. Errors of independent roundings add up as the root of their
   * number. Where sums of products are taken, small numbers are differences of large ones: their
   * error goes with the size of the tensor's numbers as a whole, the root of their mean square.
   */
  Tolerance tolerance(Tensor expected) {
    double growth = Math.sqrt(Math.max(1, inexact));
    double relative = accuracy.relative() * growth;
    double absolute = accuracy.absolute() * growth;
    boolean sums = accuracy.relative() >= Accuracy.ACCUMULATED.relative();
    return new Tolerance(
        relative, sums ? Math.max(absolute, relative * meanSize(expected)) : absolute);
  }

  private static double meanSize(Tensor tensor) {
    if (!tensor.dtype().isFloating()) {
      return 0;
    }
    double squares = 0;
    int finite = 0;
    for (int i = 0; i < tensor.size(); i++) {
      double value = tensor.getDouble(i);
      if (Double.isFinite(value)) {
        squares += value * value;
        finite++;
      }
    }
    return finite == 0 ? 0 : Math.sqrt(squares / finite);
  }
}

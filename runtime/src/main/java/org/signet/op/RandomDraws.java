package org.signet.op;

import java.util.Arrays;
import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Random numbers drawn from a generator that a session keeps: RANDOM_UNIFORM,
 * RANDOM_STANDARD_NORMAL and MULTINOMIAL, and the TensorFlow ops that they stand for. With seeds,
 * the numbers are TensorFlow's; without, they differ each time. TFLite's kernels give the same in
 * their first call only, but for MULTINOMIAL: TensorFlow sets steps of the generator aside for each
 * number, TFLite none.
 */
public final class RandomDraws {
  private RandomDraws() {}

  static List<OpDefinition> definitions() {
    return List.of(
        builtin("RANDOM_UNIFORM", RandomDraws::infer, uniform("RANDOM_UNIFORM")),
        builtin("RANDOM_STANDARD_NORMAL", RandomDraws::infer, normal("RANDOM_STANDARD_NORMAL")),
        builtin(
            "MULTINOMIAL",
            op -> inferMultinomial(op, DType.INT32),
            call ->
                multinomial(
                    RandomStream.draw("MULTINOMIAL", call, multinomialWords(call)),
                    call,
                    call.resultType(0).dtype())),
        tf("RandomUniform", RandomDraws::infer, uniform("RandomUniform")),
        tf("RandomStandardNormal", RandomDraws::infer, normal("RandomStandardNormal")),
        tf(
            "Multinomial",
            op -> inferMultinomial(op, outputType(op.attributes())),
            call ->
                multinomial(
                    RandomStream.draw("Multinomial", call, multinomialWords(call)),
                    call,
                    outputType(call.attributes()))));
  }

  private static OpDefinition builtin(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.builtin(name, rule, reference).withEffects(Effects.NONDETERMINISTIC);
  }

  private static OpDefinition tf(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference).withEffects(Effects.NONDETERMINISTIC);
  }

  private static List<TensorType> infer(OpTypes op) {
    DType dtype = op.attributes().getType("dtype", DType.FLOAT32);
    return List.of(Shapes.plain(dtype, KnownOperands.shape(op, 0)));
  }

  private static Tensor result(OpCall call) {
    DType dtype = call.attributes().getType("dtype", DType.FLOAT32);
    return call.result(0, dtype, KnownOperands.sizes(call.operand(0)));
  }

  private static Reference uniform(String op) {
    return call -> {
      Tensor result = result(call);
      RandomNumbers.uniform(RandomStream.draw(op, call, result.size()), result);
    };
  }

  private static Reference normal(String op) {
    return call -> {
      Tensor result = result(call);
      RandomNumbers.normal(RandomStream.draw(op, call, result.size()), result);
    };
  }

  /** The type of the classes that TensorFlow's ops draw. */
  public static DType outputType(Attributes attributes) {
    return attributes.getType("output_dtype", DType.INT64);
  }

  /** A matrix: a row for each of operand 0, as long as operand 1 says. */
  public static List<TensorType> inferMultinomial(OpTypes op, DType dtype) {
    Shape logits = op.shape(0);
    Shapes.require(!logits.hasRank() || logits.rank() == 2, "%s is no matrix of logits", logits);
    int rows = logits.hasRank() ? logits.dim(0) : Shape.UNKNOWN;
    int samples = KnownOperands.scalar(op, 1).orElse(Shape.UNKNOWN);
    return List.of(Shapes.plain(dtype, Shape.of(rows, samples)));
  }

  /** Two words for each sample of a row; rows begin at a multiple of four samples. */
  private static long multinomialWords(OpCall call) {
    Tensor logits = call.operand(0);
    Shapes.require(logits.rank() == 2, "the logits are no matrix");
    long samples = KnownOperands.scalar(call.operand(1));
    return logits.dim(0) * ((samples + 3) / 4 * 4 * 2);
  }

  /**
   * Draws classes by logits, operand 0, as many of each row as operand 1 says: each as likely as
   * the exponential of its logit; a logit that is not finite stands for none.
   */
  public static void multinomial(Philox generator, OpCall call, DType dtype) {
    Tensor logits = call.operand(0);
    Shapes.require(logits.rank() == 2, "the logits are no matrix");
    int rows = logits.dim(0);
    int classes = logits.dim(1);
    int samples = KnownOperands.scalar(call.operand(1));
    Shapes.require(samples >= 0, "%s samples", samples);
    Shapes.require(classes > 0 || rows == 0 || samples == 0, "samples of no class");
    Tensor result = call.result(0, dtype, rows, samples);
    double[] cumulative = new double[classes];
    for (int row = 0; row < rows; row++) {
      double total = accumulate(logits, row * classes, cumulative);
      for (int i = 0; i < samples; i++) {
        double wanted = RandomNumbers.fraction(generator) * total;
        result.setLong(row * samples + i, firstAbove(cumulative, wanted));
      }
    }
  }

  /** Sums up the likelihoods of a row's classes; returns the sum of all. */
  private static double accumulate(Tensor logits, int from, double[] cumulative) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < cumulative.length; k++) {
      double logit = logits.getDouble(from + k);
      highest = Double.isFinite(logit) ? Math.max(highest, logit) : highest;
    }
    double total = 0;
    for (int k = 0; k < cumulative.length; k++) {
      double logit = logits.getDouble(from + k);
      total += Double.isFinite(logit) ? Math.exp(logit - highest) : 0;
      cumulative[k] = total;
    }
    return total;
  }

  private static int firstAbove(double[] cumulative, double wanted) {
    int found = Arrays.binarySearch(cumulative, Math.nextUp(wanted));
    int at = found >= 0 ? found : -found - 1;
    while (at > 0 && cumulative[at - 1] > wanted) {
      at--;
    }
    return Math.min(at, cumulative.length - 1);
  }
}

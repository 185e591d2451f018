package org.signet.op.flex.random;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.Effects;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Philox;
import org.signet.op.RandomNumbers;
import org.signet.op.RandomStream;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Random numbers drawn from a generator that a session keeps, which no builtin draws: of other
 * distributions, integers, and shuffled rows.
 */
final class TfRandom {
  private TfRandom() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define(
            "RandomGamma", TfRandom::inferEach, call -> each(call, "RandomGamma", TfRandom::gamma)),
        define(
            "RandomPoisson",
            TfRandom::inferEach,
            call -> each(call, "RandomPoisson", RejectionSampling::poisson)),
        define(
            "RandomPoissonV2",
            TfRandom::inferEach,
            call -> each(call, "RandomPoissonV2", RejectionSampling::poisson)),
        define("RandomShuffle", Shapes.SAME, TfRandom::shuffle),
        define(
            "RandomUniformInt",
            op -> List.of(Shapes.plain(op.dtype(1), KnownOperands.shape(op, 0))),
            TfRandom::integers),
        define("TruncatedNormal", TfRandom::infer, TfRandom::truncatedNormal));
  }

  private static OpDefinition define(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference)
        .accurate(Accuracy.APPROXIMATE)
        .withEffects(Effects.NONDETERMINISTIC);
  }

  private static List<TensorType> infer(OpTypes op) {
    DType dtype = op.attributes().getType("dtype", DType.FLOAT32);
    return List.of(Shapes.plain(dtype, KnownOperands.shape(op, 0)));
  }

  private static void truncatedNormal(OpCall call) {
    DType dtype = call.attributes().getType("dtype", DType.FLOAT32);
    Tensor result = call.result(0, dtype, KnownOperands.sizes(call.operand(0)));
    RandomNumbers.truncatedNormal(
        RandomStream.draw("TruncatedNormal", call, result.size()), result);
  }

  private static void integers(OpCall call) {
    long low = call.operand(1).getLong(0);
    long high = call.operand(2).getLong(0);
    Tensor result = call.result(0, call.operand(1).dtype(), KnownOperands.sizes(call.operand(0)));
    Shapes.require(
        low < high || result.size() == 0, "Need minval < maxval, got %s >= %s", low, high);
    Philox generator = RandomStream.draw("RandomUniformInt", call, result.size());
    RandomNumbers.integers(generator, low, high, result);
  }

  private static void shuffle(OpCall call) {
    Tensor value = call.operand(0);
    int rows = value.rank() == 0 ? 1 : value.dim(0);
    boolean draws = value.size() > 1 && rows > 1;
    shuffle(
        call,
        draws
            ? Optional.of(RandomStream.skip("RandomShuffle", call, (rows - 1 + 3) / 4))
            : Optional.empty());
  }

  /**
   * Operand 0's rows in any order, by Fisher and Yates' exchanges; without a generator they stay.
   */
  static void shuffle(OpCall call, Optional<Philox> generator) {
    Tensor value = call.operand(0);
    int rows = value.rank() == 0 ? 1 : value.dim(0);
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    for (int i = 0; i < rows - 1 && generator.isPresent(); i++) {
      int other = i + Integer.remainderUnsigned(generator.get().next(), rows - i);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    Tensor result = call.result(0, value.dtype(), value.shape());
    int size = rows == 0 ? 0 : value.size() / rows;
    for (int i = 0; i < rows; i++) {
      Elements.copy(value, order[i] * size, result, i * size, size);
    }
  }

  private static double gamma(RejectionSampling source, double alpha, double most) {
    return source.gamma(alpha);
  }

  private static DType eachType(Attributes attributes, DType parameters) {
    return attributes.getType("dtype", parameters);
  }

  /** As many numbers, of shape operand 0, for each element of operand 1. */
  private static List<TensorType> inferEach(OpTypes op) {
    Shape shape = KnownOperands.shape(op, 0);
    DType dtype = eachType(op.attributes(), op.dtype(1));
    boolean known = shape.hasRank() && op.shape(1).hasRank();
    return List.of(
        Shapes.plain(
            dtype,
            known ? Shape.of(joined(shape.dims(), op.shape(1).dims())) : Shape.unknownRank()));
  }

  private static int[] joined(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static void each(OpCall call, String op, RejectionSampling.Distribution distribution) {
    Tensor parameters = call.operand(1);
    int[] shape = joined(KnownOperands.sizes(call.operand(0)), parameters.shape());
    Tensor result = call.result(0, eachType(call.attributes(), parameters.dtype()), shape);
    Philox generator = RandomStream.draw(op, call, result.size());
    RejectionSampling.fill(distribution, generator, parameters, result);
  }
}

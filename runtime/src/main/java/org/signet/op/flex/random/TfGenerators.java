package org.signet.op.flex.random;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.signet.op.Accuracy;
import org.signet.op.Effects;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Philox;
import org.signet.op.RandomNumbers;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.op.Variable;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Random numbers of {@code tf.random.Generator}, whose state is a variable: the counter's low and
 * high half and the key of Philox. Operands: the variable, the algorithm, then the shape.
 */
final class TfGenerators {
  private static final int PHILOX = 1;
  private static final int AUTOMATIC = 3;
  private static final int STATE = 3;

  /** The steps that the counter goes on by for each number. */
  private static final int STEPS_PER_NUMBER = 256;

  /** What TensorFlow sets aside for four successes of one batch. */
  private static final long BINOMIAL_NUMBERS = 200;

  private TfGenerators() {}

  static List<OpDefinition> definitions() {
    TensorType state = TensorType.of(DType.INT64, STATE);
    return List.of(
        define("RngReadAndSkip", Rules.always(state), TfGenerators::readAndSkip),
        define("RngSkip", Rules.always(), call -> skip(call, call.operand(2).getLong(0))),
        drawn("StatefulUniform", RandomNumbers::uniform),
        drawn("StatefulStandardNormalV2", RandomNumbers::normal),
        drawn("StatefulTruncatedNormal", RandomNumbers::truncatedNormal),
        drawn(
            "StatefulUniformFullInt",
            (generator, result) -> RandomNumbers.integers(generator, 0, 0, result)),
        define("StatefulUniformInt", TfGenerators::inferIntegers, TfGenerators::integers),
        define("StatefulRandomBinomial", TfGenerators::infer, TfGenerators::binomial),
        OpDefinition.tf("NonDeterministicInts", TfGenerators::inferSeeds, TfGenerators::seeds)
            .withEffects(Effects.NONDETERMINISTIC));
  }

  private static OpDefinition define(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference)
        .accurate(Accuracy.APPROXIMATE)
        .withEffects(Effects.WRITES_STATE);
  }

  /** Fills a tensor with random numbers. */
  private interface Distribution {
    void fill(Philox generator, Tensor result);
  }

  private static OpDefinition drawn(String name, Distribution distribution) {
    return define(
        name,
        TfGenerators::infer,
        call -> {
          Tensor result =
              call.result(0, dtype(call, DType.FLOAT32), KnownOperands.sizes(call.operand(2)));
          distribution.fill(skip(call, result.size()), result);
        });
  }

  private static DType dtype(OpCall call, DType fallback) {
    return call.attributes().getType("dtype", fallback);
  }

  private static List<TensorType> infer(OpTypes op) {
    DType dtype = op.attributes().getType("dtype", DType.FLOAT32);
    return List.of(Shapes.plain(dtype, KnownOperands.shape(op, 2)));
  }

  private static List<TensorType> inferIntegers(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(3), KnownOperands.shape(op, 2)));
  }

  private static void integers(OpCall call) {
    long low = call.operand(3).getLong(0);
    long high = call.operand(4).getLong(0);
    Tensor result = call.result(0, call.operand(3).dtype(), KnownOperands.sizes(call.operand(2)));
    Shapes.require(
        low < high || result.size() == 0, "Need minval < maxval, got %s >= %s", low, high);
    RandomNumbers.integers(skip(call, result.size()), low, high, result);
  }

  /** Operands after the shape: trials, the chance of each. */
  private static void binomial(OpCall call) {
    Tensor result = call.result(0, dtype(call, DType.INT64), KnownOperands.sizes(call.operand(2)));
    int batch = BinomialSampling.batch(call.operand(3), call.operand(4));
    long samples = batch == 0 ? 0 : result.size() / batch;
    Philox generator = skip(call, batch * BINOMIAL_NUMBERS * (samples + 3) / 4);
    BinomialSampling.fill(generator, call.operand(3), call.operand(4), result);
  }

  private static void readAndSkip(OpCall call) {
    Tensor before = Variable.operand(call, 0).read();
    skip(call, call.operand(2).getLong(0));
    call.result(0, before.copy());
  }

  /** The generator at the variable's state, which goes on by so many numbers. */
  private static Philox skip(OpCall call, long numbers) {
    Variable variable = Variable.operand(call, 0);
    Tensor state = variable.read();
    long algorithm = call.operand(1).getLong(0);
    Shapes.require(
        algorithm == PHILOX || algorithm == AUTOMATIC,
        "the generator of number %s; only Philox, 1, has a kernel",
        algorithm);
    Shapes.require(
        state.dtype() == DType.INT64 && state.rank() == 1 && state.size() >= STATE,
        "a state %s, where the counter and the key of Philox are needed",
        state.type());
    Philox generator = new Philox(state.getLong(2), state.getLong(0), state.getLong(1));
    long[] moved = generator.skipped(STEPS_PER_NUMBER * numbers).position();
    Tensor next = state.copy();
    next.setLong(0, moved[1]);
    next.setLong(1, moved[2]);
    variable.assign(next);
    return generator;
  }

  private static List<TensorType> inferSeeds(OpTypes op) {
    DType dtype = op.attributes().getType("dtype", DType.INT64);
    Shape shape = KnownOperands.shape(op, 0);
    return List.of(Shapes.plain(dtype, shape));
  }

  private static void seeds(OpCall call) {
    Tensor result = call.result(0, dtype(call, DType.INT64), KnownOperands.sizes(call.operand(0)));
    for (int i = 0; i < result.size(); i++) {
      result.setLong(i, ThreadLocalRandom.current().nextLong());
    }
  }
}

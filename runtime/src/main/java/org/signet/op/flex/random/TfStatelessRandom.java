package org.signet.op.flex.random;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Philox;
import org.signet.op.RandomDraws;
import org.signet.op.RandomNumbers;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Random numbers that depend on nothing but a seed (V1: operand 1) or a generator's key and counter
 * (V2: operands 1 to 3), drawn by Philox.
 */
final class TfStatelessRandom {
  private static final int PHILOX = 1;
  private static final int AUTOMATIC = 3;
  private static final long SCRAMBLE_KEY = 0x02461e293ec8f720L;

  private TfStatelessRandom() {}

  static List<OpDefinition> definitions() {
    TensorType key = Shapes.plain(DType.UINT64, Shape.of(1));
    TensorType counter = Shapes.plain(DType.UINT64, Shape.of(2));
    TensorType algorithm = Rules.scalar(DType.INT32);
    return List.of(
        Rules.exact(
            "StatelessRandomGetKeyCounter",
            Rules.always(key, counter),
            TfStatelessRandom::keyCounter),
        Rules.exact(
            "StatelessRandomGetKeyCounterAlg",
            Rules.always(key, counter, algorithm),
            call -> {
              keyCounter(call);
              call.result(2, Tensor.scalar(PHILOX));
            }),
        Rules.exact(
            "StatelessRandomGetAlg",
            Rules.always(algorithm),
            call -> call.result(0, Tensor.scalar(PHILOX))),
        drawn("StatelessRandomUniform", RandomNumbers::uniform),
        drawnV2("StatelessRandomUniformV2", RandomNumbers::uniform),
        approximate(drawn("StatelessRandomNormal", RandomNumbers::normal)),
        approximate(drawnV2("StatelessRandomNormalV2", RandomNumbers::normal)),
        approximate(drawn("StatelessTruncatedNormal", RandomNumbers::truncatedNormal)),
        approximate(drawnV2("StatelessTruncatedNormalV2", RandomNumbers::truncatedNormal)),
        drawn("StatelessRandomUniformFullInt", TfStatelessRandom::fullInt),
        drawnV2("StatelessRandomUniformFullIntV2", TfStatelessRandom::fullInt),
        Rules.exact(
            "StatelessRandomUniformInt",
            TfStatelessRandom::infer,
            call -> between(call, seeded(call.operand(1)), 2)),
        Rules.exact(
            "StatelessRandomUniformIntV2",
            TfStatelessRandom::infer,
            call -> between(call, given(call), 4)),
        Rules.exact(
            "StatelessMultinomial",
            op -> RandomDraws.inferMultinomial(op, RandomDraws.outputType(op.attributes())),
            call ->
                RandomDraws.multinomial(
                    seeded(call.operand(2)), call, RandomDraws.outputType(call.attributes()))),
        approximate(
            Rules.exact(
                "StatelessRandomGammaV2",
                op -> inferLike(op, op.dtype(2)),
                call -> gamma(call, seeded(call.operand(1)), 2))),
        approximate(
            Rules.exact(
                "StatelessRandomGammaV3",
                op -> inferLike(op, op.dtype(4)),
                call -> gamma(call, given(call), 4))),
        Rules.exact(
            "StatelessShuffle",
            Shapes.SAME,
            call -> TfRandom.shuffle(call, Optional.of(given(call)))),
        Rules.exact(
            "StatelessRandomBinomial",
            op -> inferLike(op, op.attributes().getType("dtype", DType.INT64)),
            call -> {
              DType dtype = call.attributes().getType("dtype", DType.INT64);
              Tensor result = call.result(0, dtype, KnownOperands.sizes(call.operand(0)));
              BinomialSampling.fill(
                  seeded(call.operand(1)), call.operand(2), call.operand(3), result);
            }),
        Rules.exact(
            "StatelessRandomPoisson",
            op -> inferLike(op, op.attributes().getType("dtype")),
            call ->
                fillLike(
                    call,
                    seeded(call.operand(1)),
                    2,
                    call.attributes().getType("dtype"),
                    RejectionSampling::poisson)));
  }

  private static List<TensorType> inferLike(OpTypes op, DType dtype) {
    return List.of(Shapes.plain(dtype, KnownOperands.shape(op, 0)));
  }

  private static void gamma(OpCall call, Philox generator, int alpha) {
    fillLike(
        call,
        generator,
        alpha,
        call.operand(alpha).dtype(),
        (source, shape, most) -> source.gamma(shape));
  }

  /** Numbers by the parameters of operand {@code i}, whose shape the result's ends with. */
  private static void fillLike(
      OpCall call,
      Philox generator,
      int i,
      DType dtype,
      RejectionSampling.Distribution distribution) {
    Tensor parameters = call.operand(i);
    int[] shape = KnownOperands.sizes(call.operand(0));
    int lead = shape.length - parameters.rank();
    Shapes.require(
        lead >= 0
            && Arrays.equals(shape, lead, shape.length, parameters.shape(), 0, parameters.rank()),
        "a shape %s that does not end with that of %s",
        Shapes.text(shape),
        parameters.type());
    RejectionSampling.fill(distribution, generator, parameters, call.result(0, dtype, shape));
  }

  private static OpDefinition approximate(OpDefinition definition) {
    return definition.accurate(Accuracy.APPROXIMATE);
  }

  /** Fills a tensor with random numbers. */
  private interface Distribution {
    void fill(Philox generator, Tensor result);
  }

  private static OpDefinition drawn(String name, Distribution distribution) {
    return Rules.exact(
        name,
        TfStatelessRandom::infer,
        call -> distribution.fill(seeded(call.operand(1)), result(call)));
  }

  private static OpDefinition drawnV2(String name, Distribution distribution) {
    return Rules.exact(
        name, TfStatelessRandom::infer, call -> distribution.fill(given(call), result(call)));
  }

  private static List<TensorType> infer(OpTypes op) {
    DType dtype = op.attributes().getType("dtype", DType.FLOAT32);
    return List.of(Shapes.plain(dtype, KnownOperands.shape(op, 0)));
  }

  private static Tensor result(OpCall call) {
    DType dtype = call.attributes().getType("dtype", DType.FLOAT32);
    return call.result(0, dtype, KnownOperands.sizes(call.operand(0)));
  }

  private static void fullInt(Philox generator, Tensor result) {
    RandomNumbers.integers(generator, 0, 0, result);
  }

  /** The bounds are operands {@code bounds} and the one after. */
  private static void between(OpCall call, Philox generator, int bounds) {
    long low = call.operand(bounds).getLong(0);
    long high = call.operand(bounds + 1).getLong(0);
    Tensor result = result(call);
    Shapes.require(
        low < high || result.size() == 0, "Need minval < maxval, got %s >= %s", low, high);
    RandomNumbers.integers(generator, low, high, result);
  }

  /** The key and the two halves of the counter that a seed is scrambled to. */
  static long[] scrambled(Tensor seed) {
    Shapes.require(seed.size() == 2, "a seed of %s numbers", seed.size());
    Philox mix = new Philox(SCRAMBLE_KEY, seed.getLong(0), seed.getLong(1));
    long key = mix.nextLong();
    return new long[] {key, 0, mix.nextLong()};
  }

  /** The generator that a seed of two numbers begins. */
  static Philox seeded(Tensor seed) {
    long[] state = scrambled(seed);
    return new Philox(state[0], state[1], state[2]);
  }

  private static void keyCounter(OpCall call) {
    long[] state = scrambled(call.operand(0));
    call.result(0, Tensor.wrap(DType.UINT64, new long[] {state[0]}, 1));
    call.result(1, Tensor.wrap(DType.UINT64, new long[] {state[1], state[2]}, 2));
  }

  private static Philox given(OpCall call) {
    Tensor key = call.operand(1);
    Tensor counter = call.operand(2);
    long algorithm = call.operand(3).getLong(0);
    Shapes.require(
        algorithm == PHILOX || algorithm == AUTOMATIC, "the generator of number %s", algorithm);
    Shapes.require(key.size() >= 1 && counter.size() >= 2, "a key of 64, a counter of 128 bits");
    return new Philox(key.longs()[0], counter.longs()[0], counter.longs()[1]);
  }
}

package org.signet.lower;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.tensor.Tensor;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;

/** The expected numbers are those of a TensorFlow session's first run. */
class RandomLoweringTest {
  private static OneOpModel numbers(String op, long seed, long seed2) {
    return OneOpModel.of(op)
        .with("dtype", DType.FLOAT32)
        .with("T", DType.INT32)
        .with("seed", seed)
        .with("seed2", seed2)
        .input(Tensor.of(new int[] {5}));
  }

  private static OneOpModel classes(DType dtype, long seed, long seed2) {
    return OneOpModel.of("Multinomial")
        .with("output_dtype", dtype)
        .with("T", DType.FLOAT32)
        .with("seed", seed)
        .with("seed2", seed2)
        .input(Tensor.of(new float[] {0, 1, 2, 3, 0, 0}, 2, 3))
        .input(Tensor.scalar(6));
  }

  @Test
  void uniformWithSeeds() {
    var converted = numbers("RandomUniform", 1234, 5678).convert();
    assertThat(converted.ops()).containsExactly("RANDOM_UNIFORM");
    assertThat(converted.run().getFirst().floats())
        .startsWith(0.6663078f, 0.9674705f, 0.88944757f)
        .endsWith(0.09441018f, 0.28930414f);
  }

  @Test
  void normalWithOneSeed() {
    var converted = numbers("RandomStandardNormal", 0, 7).convert();
    assertThat(converted.ops()).containsExactly("RANDOM_STANDARD_NORMAL");
    assertThat(converted.run().getFirst().floats())
        .startsWith(-0.23595823f, -0.045185227f, 0.1334511f);
  }

  @Test
  void numbersWithoutSeedsDiffer() {
    var converted = numbers("RandomUniform", 0, 0).convert();
    assertThat(converted.run().getFirst().floats())
        .isNotEqualTo(converted.run().getFirst().floats())
        .hasSize(5);
  }

  @Test
  void classesOfEitherType() {
    var ints = classes(DType.INT32, 1234, 5678).convert();
    assertThat(ints.ops()).containsExactly("MULTINOMIAL");
    assertThat(ints.run().getFirst().ints()).containsExactly(1, 1, 1, 1, 2, 2, 0, 2, 0, 0, 0, 0);
    var longs = classes(DType.INT64, 0, 7).convert();
    assertThat(longs.ops()).containsExactly("MULTINOMIAL", "CAST");
    assertThat(longs.run().getFirst().longs()).containsExactly(2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0);
  }
}

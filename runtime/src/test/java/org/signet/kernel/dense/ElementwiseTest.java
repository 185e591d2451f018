package org.signet.kernel.dense;

import static org.signet.kernel.dense.KernelRuns.random;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Functions of elements and of rows on vectors, in plain loops and by the reference. */
class ElementwiseTest {
  private static final List<String> UNARY =
      List.of(
          "ABS",
          "ELU",
          "EXP",
          "GELU",
          "HARD_SWISH",
          "LEAKY_RELU",
          "LOG",
          "LOGISTIC",
          "NEG",
          "RELU",
          "RELU6",
          "RELU_N1_TO_1",
          "RSQRT",
          "SQRT",
          "SQUARE",
          "TANH");

  private static final List<String> BINARY =
      List.of("ADD", "DIV", "MAXIMUM", "MINIMUM", "MUL", "SQUARED_DIFFERENCE", "SUB");

  private static final Attributes LEAKY = Attributes.of("alpha", 0.2f);

  private static Tensor tensor(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return Tensor.of(floats);
  }

  @Provide
  Arbitrary<Float> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.floats().between(-20, 20),
        Arbitraries.floats(),
        Arbitraries.of(
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MAX_VALUE,
            -Float.MAX_VALUE));
  }

  @Property(tries = 100)
  void functionsOfOne(@ForAll @Size(min = 1, max = 70) List<@From("numbers") Float> x) {
    for (String op : UNARY) {
      KernelRuns.check(op, LEAKY, tensor(x));
    }
    KernelRuns.check("GELU", Attributes.of("approximate", true), tensor(x));
  }

  @Property(tries = 100)
  void functionsOfTwo(
      @ForAll @Size(min = 1, max = 70) List<@From("numbers") Float> x,
      @ForAll @From("numbers") float shift) {
    Tensor a = tensor(x);
    Tensor b = tensor(x.reversed());
    for (String op : BINARY) {
      KernelRuns.check(op, Attributes.NONE, a, b);
      KernelRuns.check(op, Attributes.NONE, a, Tensor.scalar(shift));
    }
    KernelRuns.check("ADD", Attributes.of("fused_activation_function", "RELU6"), a, b);
  }

  @Test
  void broadcasting() {
    int[][][] shapes = {
      {{3, 40}, {40}},
      {{40}, {3, 40}},
      {{3, 40}, {3, 1}},
      {{3, 1}, {1, 40}},
      {{2, 3, 5}, {3, 1}},
      {{2, 3, 700}, {1}},
      {{}, {2, 700}},
      {{4, 1, 5}, {1, 3, 1}},
      {{2, 2, 3, 9}, {2, 1, 1, 9}},
      {{600, 1}, {600, 1}},
      {{3, 1, 40}, {7, 40}},
      {{3, 1, 9}, {2, 1, 4, 1}},
      {{40, 9}, {40, 1}},
      {{2, 17000}, {2, 1}},
      {{90, 200}, {200}},
      {{0, 3}, {3}}
    };
    for (String op : BINARY) {
      for (int[][] pair : shapes) {
        KernelRuns.check(op, Attributes.NONE, random(1, pair[0]), random(2, pair[1]));
      }
    }
  }

  @Property(tries = 100)
  void softmax(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 70) int row,
      @ForAll long seed) {
    KernelRuns.check("SOFTMAX", Attributes.of("beta", 1f), random(seed, rows, row));
    KernelRuns.check("SOFTMAX", Attributes.of("beta", 3.5f), random(seed, rows, row));
    KernelRuns.check("SOFTMAX", Attributes.of("beta", -1f), random(seed, rows, row));
  }

  @Test
  void softmaxOfSpecialNumbers() {
    float inf = Float.POSITIVE_INFINITY;
    Tensor x =
        Tensor.of(
            new float[] {
              1, Float.NaN, 2, 0, -inf, 1, 2, 3, inf, 1, 2, 3, -inf, -inf, -inf, -inf, 3e38f,
              -3e38f, 3e38f, 0
            },
            5,
            4);
    KernelRuns.check("SOFTMAX", Attributes.of("beta", 1f), x);
  }

  @Test
  void sums() {
    int[][] axes = {{-1}, {0}, {1, 2}, {2, 3}, {0, 1, 2, 3}, {0, 2}, {}, {3, 3}, {1, 3}};
    for (String op : List.of("SUM", "MEAN")) {
      for (int[] list : axes) {
        for (boolean keep : new boolean[] {false, true}) {
          Attributes options = Attributes.of("keep_dims", keep);
          KernelRuns.check(op, options, random(1, 3, 7, 5, 20), Tensor.of(list));
          KernelRuns.check(op, options, random(2, 2, 1, 1, 37), Tensor.of(list));
        }
      }
    }
  }

  @Test
  void extremes() {
    int[][] axes = {{-1}, {0}, {1, 2}, {2, 3}, {0, 1, 2, 3}, {0, 2}, {}, {1, 3}, {0, 2, 3}};
    for (String op : List.of("REDUCE_MAX", "REDUCE_MIN")) {
      for (int[] list : axes) {
        KernelRuns.check(op, Attributes.NONE, random(1, 3, 7, 5, 20), Tensor.of(list));
        KernelRuns.check(op, Attributes.NONE, random(2, 2, 1, 3, 137), Tensor.of(list));
      }
    }
  }

  @Property(tries = 100)
  void extremesOfSpecialNumbers(
      @ForAll @Size(min = 1, max = 140) List<@From("numbers") Float> x,
      @ForAll @From("numbers") float filling) {
    float[] values = new float[x.size()];
    Arrays.fill(values, filling);
    values[values.length / 2] = x.getFirst();
    for (String op : List.of("REDUCE_MAX", "REDUCE_MIN")) {
      for (Tensor tensor : List.of(tensor(x), Tensor.of(values))) {
        Tensor rows = tensor.reshaped(1, x.size());
        Tensor columns = Tensor.of(repeated(tensor.floats()), 2, x.size());
        KernelRuns.check(op, Attributes.NONE, rows, Tensor.of(new int[] {1}));
        KernelRuns.check(op, Attributes.NONE, columns, Tensor.of(new int[] {0}));
      }
    }
  }

  /** An array, and behind it the same from back to front. */
  private static float[] repeated(float... values) {
    float[] both = Arrays.copyOf(values, 2 * values.length);
    for (int i = 0; i < values.length; i++) {
      both[values.length + i] = values[values.length - 1 - i];
    }
    return both;
  }

  @Property(tries = 50)
  void choices(@ForAll @Size(min = 1, max = 140) List<@From("numbers") Float> x) {
    Tensor yes = tensor(x);
    Tensor no = tensor(x.reversed());
    Tensor held = Tensor.zeros(DType.BOOL, x.size());
    for (int i = 0; i < x.size(); i++) {
      held.bytes()[i] = (byte) (x.get(i) > 0 ? 1 : 0);
    }
    KernelRuns.check("SELECT", Attributes.NONE, held, yes, no);
    KernelRuns.check("SELECT_V2", Attributes.NONE, held, yes, Tensor.scalar(3f));
    KernelRuns.check("SELECT_V2", Attributes.NONE, held, Tensor.of(new float[] {-1}), no);
  }

  @Property(tries = 100)
  void placesOfExtremes(
      @ForAll @Size(min = 1, max = 300) List<@From("numbers") Float> x,
      @ForAll @IntRange(min = 1, max = 70) int row) {
    float[] values = new float[Math.ceilDiv(x.size(), row) * row];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.get(i % x.size());
    }
    Tensor rows = Tensor.of(values, values.length / row, row);
    for (String op : List.of("ARG_MAX", "ARG_MIN")) {
      Attributes type = Attributes.of("output_type", row % 2 == 0 ? "INT32" : "INT64");
      KernelRuns.check(op, type, rows, Tensor.of(new int[] {1}));
      KernelRuns.check(op, type, rows.reshaped(1, values.length), Tensor.of(new int[] {-1}));
    }
  }

  @Test
  void choicesByRows() {
    Tensor held = Tensor.zeros(DType.BOOL, 3, 1, 1, 40);
    for (int i = 0; i < held.size(); i++) {
      held.bytes()[i] = (byte) (i % 7 == 2 ? 1 : 0);
    }
    Tensor yes = random(1, 3, 2, 5, 40);
    KernelRuns.check("SELECT_V2", Attributes.NONE, held, yes, Tensor.scalar(-1e9f));
    KernelRuns.check("SELECT_V2", Attributes.NONE, held, yes, random(2, 3, 2, 5, 40));
    KernelRuns.check(
        "SELECT_V2",
        Attributes.NONE,
        held.reshaped(1, 3, 1, 40),
        Tensor.scalar(2f),
        random(3, 5, 3, 2, 40));
    Tensor few = Tensor.zeros(DType.BOOL, 40);
    few.bytes()[4] = 1;
    KernelRuns.check("SELECT", Attributes.NONE, few, random(4, 40, 40), random(5, 40, 40));
    KernelRuns.check("SELECT_V2", Attributes.NONE, few, random(4, 40, 40), random(5, 40, 1));
  }

  @Property(tries = 50)
  void logSoftmax(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 70) int row,
      @ForAll long seed) {
    KernelRuns.check("LOG_SOFTMAX", Attributes.NONE, random(seed, rows, row));
  }

  @Test
  void logSoftmaxOfSpecialNumbers() {
    float inf = Float.POSITIVE_INFINITY;
    Tensor x =
        Tensor.of(
            new float[] {
              1, Float.NaN, 2, 0, -inf, 1, 2, 3, -inf, -inf, -inf, -inf, 3e38f, -3e38f, 3e38f, 0,
              500, 400, -90, 500
            },
            5,
            4);
    KernelRuns.check("LOG_SOFTMAX", Attributes.NONE, x);
  }

  @Test
  void sumsOfSpecialNumbers() {
    float inf = Float.POSITIVE_INFINITY;
    Tensor x = Tensor.of(new float[] {3e38f, 3e38f, inf, 1, Float.NaN, 1, inf, -inf}, 4, 2);
    KernelRuns.check("MEAN", Attributes.NONE, x, Tensor.of(new int[] {1}));
    KernelRuns.check("MEAN", Attributes.NONE, x, Tensor.of(new int[] {0}));
  }
}

package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Ops that have loops of their own for common types give what one element at a time gives. */
class QuickLoopsTest {
  private static final float[] SPECIAL = {
    Float.NaN, 0, -0f, 1, -1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE
  };

  /** Broadcast shapes: rows, columns, an outer product, runs longer than a block. */
  private static final int[][][] SHAPES = {
    {{3, 700}, {3, 700}},
    {{3, 700}, {700}},
    {{3, 700}, {3, 1}},
    {{3, 1}, {1, 700}},
    {{}, {3, 5}},
    {{2, 1, 4}, {3, 1}},
    {{0, 4}, {4}}
  };

  private static Tensor floats(Random random, int... shape) {
    Tensor tensor = Tensor.zeros(DType.FLOAT32, shape);
    for (int i = 0; i < tensor.size(); i++) {
      boolean special = random.nextInt(3) == 0;
      tensor.floats()[i] =
          special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextInt(9) - 4.5f;
    }
    return tensor;
  }

  private static Tensor integers(Random random, DType dtype, int... shape) {
    long[] special = {Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE};
    Tensor tensor = Tensor.zeros(dtype, shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.setLong(i, random.nextInt(4) == 0 ? special[random.nextInt(4)] : random.nextInt(5));
    }
    return tensor;
  }

  private static Tensor builtin(String op, Attributes attributes, Tensor... operands) {
    OpDefinition definition = OpDefinitions.standard().find(OpKey.builtin(op)).orElseThrow();
    return DirectCall.evaluate(definition, attributes, operands);
  }

  @Property(tries = 20)
  void relations(@ForAll long seed) {
    Random random = new Random(seed);
    for (int[][] shapes : SHAPES) {
      for (Relation relation : Relation.values()) {
        checkRelation(relation, floats(random, shapes[0]), floats(random, shapes[1]));
        for (DType dtype : new DType[] {DType.INT32, DType.INT64}) {
          checkRelation(
              relation, integers(random, dtype, shapes[0]), integers(random, dtype, shapes[1]));
        }
      }
    }
  }

  private static void checkRelation(Relation relation, Tensor a, Tensor b) {
    Tensor result = builtin(relation.name(), Attributes.NONE, a, b);
    BroadcastLoop.run(
        result.shape(),
        a.shape(),
        b.shape(),
        (i, x, y) ->
            assertThat(result.getBoolean(i))
                .as("%s of %s and %s", relation, a.getDouble(x), b.getDouble(y))
                .isEqualTo(holds(relation, a, x, b, y)));
  }

  private static boolean holds(Relation relation, Tensor a, int x, Tensor b, int y) {
    if (!a.dtype().isFloating()) {
      return relation.holds(Long.compare(a.getLong(x), b.getLong(y)));
    }
    float left = a.floats()[x];
    float right = b.floats()[y];
    return switch (relation) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case LESS_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_EQUAL -> left >= right;
    };
  }

  @Property(tries = 20)
  void choices(@ForAll long seed) {
    Random random = new Random(seed);
    for (int[][] shapes : SHAPES) {
      int[] shape = Shapes.broadcast(shapes[0], shapes[1]);
      for (DType dtype : new DType[] {DType.FLOAT32, DType.INT32, DType.INT64, DType.INT8}) {
        boolean real = dtype == DType.FLOAT32;
        Tensor condition = Tensor.zeros(DType.BOOL, shapes[0]);
        for (int i = 0; i < condition.size(); i++) {
          condition.setLong(i, random.nextInt(2));
        }
        Tensor yes = real ? floats(random, shapes[1]) : integers(random, dtype, shapes[1]);
        Tensor no = real ? floats(random, shape) : integers(random, dtype, shape);
        Tensor result = builtin("SELECT_V2", Attributes.NONE, condition, yes, no);
        BroadcastLoop.run(
            shape,
            condition.shape(),
            yes.shape(),
            (i, c, x) ->
                assertThat(result.getDouble(i))
                    .isEqualTo(
                        (Double) (condition.getBoolean(c) ? yes.getDouble(x) : no.getDouble(i))));
      }
    }
  }

  @Property(tries = 20)
  void extremes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 1500) int length) {
    Random random = new Random(seed);
    Tensor x = floats(random, 2, length, 3);
    Tensor largest = builtin("REDUCE_MAX", Attributes.NONE, x, Tensor.of(new int[] {1}));
    Tensor rows = builtin("REDUCE_MIN", Attributes.NONE, x, Tensor.of(new int[] {0, 1, 2}));
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 6; i++) {
      double expected = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < length; k++) {
        double value = x.getDouble((i / 3 * length + k) * 3 + i % 3);
        expected = Math.max(expected, value);
        least = Math.min(least, value);
      }
      assertThat(largest.getDouble(i)).isEqualTo((Double) expected);
    }
    assertThat(rows.getDouble(0)).isEqualTo((Double) least);
  }

  /** Of numbers: with NaN there is no order, and recorded calls tell the result. */
  @Property(tries = 50)
  void largestElements(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int length) {
    Random random = new Random(seed);
    Tensor x = floats(random, length);
    for (int i = 0; i < length; i++) {
      x.floats()[i] = Float.isNaN(x.floats()[i]) ? i : x.floats()[i];
    }
    int k = random.nextInt(length + 1);
    DirectCall call = DirectCall.of(2, x, Tensor.scalar(k));
    TopK.evaluate(call, k, DType.INT32);
    Tensor values = call.currentResult(0);
    Tensor indices = call.currentResult(1);
    for (int i = 0; i < k; i++) {
      assertThat(values.getDouble(i)).isEqualTo((Double) x.getDouble(indices.ints()[i]));
      for (int j = 0; j < length; j++) {
        boolean listed = isListed(indices, i, j);
        assertThat(listed || !isBefore(x, j, indices.ints()[i]))
            .as("element %s is no later than element %s", j, indices.ints()[i])
            .isTrue();
      }
    }
  }

  private static boolean isListed(Tensor indices, int end, int index) {
    for (int i = 0; i < end; i++) {
      if (indices.ints()[i] == index) {
        return true;
      }
    }
    return false;
  }

  /** Of equal elements, zeros of either sign among them, the earlier wins. */
  private static boolean isBefore(Tensor x, int i, int j) {
    double a = x.getDouble(i) + 0.0;
    double b = x.getDouble(j) + 0.0;
    int order = Double.compare(a, b);
    return order > 0 || (order == 0 && i < j);
  }

  @Property(tries = 60)
  void realTransforms(@ForAll long seed, @ForAll @IntRange(min = 1, max = 70) int length) {
    Random random = new Random(seed);
    double[] numbers = random.doubles(length, -1, 1).toArray();
    RealFourierTransform transform = new RealFourierTransform(length);
    double[] spectrum = new double[2 * (length / 2 + 1)];
    transform.forward(numbers, spectrum, 0);
    for (int k = 0; k <= length / 2; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < length; i++) {
        double angle = -2 * Math.PI * i * k / length;
        re += numbers[i] * Math.cos(angle);
        im += numbers[i] * Math.sin(angle);
      }
      assertThat(Math.hypot(spectrum[2 * k] - re, spectrum[2 * k + 1] - im)).isLessThan(1e-11);
    }
    double[] back = new double[length];
    transform.inverse(spectrum, 0, back);
    for (int i = 0; i < length; i++) {
      assertThat(Math.abs(back[i] - numbers[i])).isLessThan(1e-13);
    }
  }
}

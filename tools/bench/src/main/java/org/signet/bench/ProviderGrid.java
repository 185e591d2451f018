package org.signet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/** Steps of each class of kernel, from tiny to large. */
final class ProviderGrid {
  private static final long SEED = 1;
  private static final int[] ELEMENTS = {
    1, 4, 8, 12, 16, 24, 32, 64, 128, 256, 1024, 4096, 65_536, 1 << 20
  };

  private final Random random = new Random(SEED);
  private final List<GridPoint> points = new ArrayList<>();

  private ProviderGrid() {}

  static List<GridPoint> points() {
    ProviderGrid grid = new ProviderGrid();
    grid.addFunctions();
    grid.addRows();
    grid.addProducts();
    grid.addConvolutions();
    grid.addWindows();
    return List.copyOf(grid.points);
  }

  private Tensor floats(int... shape) {
    float[] values = new float[Shapes.product(shape, 0, shape.length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Tensor.of(values, shape);
  }

  private void add(String op, Attributes attributes, int[] result, Tensor... operands) {
    points.add(GridPoint.of(op, attributes, result, Set.of(), operands));
  }

  private void addFunctions() {
    for (String op :
        List.of("RELU", "NEG", "SQRT", "SQUARE", "EXP", "LOGISTIC", "TANH", "GELU", "HARD_SWISH")) {
      for (int n : ELEMENTS) {
        add(op, Attributes.NONE, new int[] {1, n}, floats(1, n));
      }
    }
    for (String op : List.of("ADD", "MUL", "SUB", "DIV", "MAXIMUM", "SQUARED_DIFFERENCE")) {
      for (int n : ELEMENTS) {
        add(op, Attributes.NONE, new int[] {1, n}, floats(1, n), floats(1, n));
        if (op.equals("ADD")) {
          add(op, Attributes.NONE, new int[] {1, n}, floats(1, n), floats(1));
          add(op, Attributes.NONE, new int[] {8, n}, floats(8, n), floats(n));
          add(op, Attributes.NONE, new int[] {8, n}, floats(8, n), floats(8, 1));
        }
      }
    }
  }

  private void addRows() {
    int[][] shapes = {
      {1, 1},
      {1, 2},
      {1, 4},
      {1, 8},
      {1, 10},
      {1, 16},
      {1, 32},
      {1, 64},
      {1, 128},
      {1, 1000},
      {4, 4},
      {8, 8},
      {64, 2},
      {64, 64},
      {1536, 128}
    };
    Attributes keep = Attributes.of("keep_dims", true);
    for (int[] shape : shapes) {
      int rows = shape[0];
      int n = shape[1];
      add("SOFTMAX", Attributes.of("beta", 1f), shape, floats(shape));
      for (String op : List.of("MEAN", "SUM")) {
        points.add(
            GridPoint.of(
                op, keep, new int[] {rows, 1}, Set.of(1), floats(shape), Tensor.of(new int[] {1})));
        points.add(
            GridPoint.of(
                op, keep, new int[] {1, n}, Set.of(1), floats(shape), Tensor.of(new int[] {0})));
      }
    }
  }

  private void addProducts() {
    int[][] sizes = {
      {1, 1, 1},
      {1, 2, 2},
      {1, 4, 1},
      {1, 4, 4},
      {1, 8, 4},
      {1, 8, 8},
      {1, 16, 8},
      {1, 16, 16},
      {1, 32, 32},
      {1, 64, 10},
      {1, 64, 64},
      {1, 128, 512},
      {1, 1280, 1000},
      {2, 2, 2},
      {4, 4, 4},
      {8, 8, 8},
      {8, 64, 8},
      {16, 16, 16},
      {32, 32, 32},
      {128, 64, 64},
      {128, 768, 768}
    };
    for (int[] size : sizes) {
      int rows = size[0];
      int depth = size[1];
      int units = size[2];
      points.add(
          GridPoint.of(
              "FULLY_CONNECTED",
              Attributes.NONE,
              new int[] {rows, units},
              Set.of(1, 2),
              floats(rows, depth),
              floats(units, depth),
              floats(units)));
      add(
          "BATCH_MATMUL",
          Attributes.NONE,
          new int[] {rows, units},
          floats(rows, depth),
          floats(depth, units));
      add(
          "BATCH_MATMUL",
          Attributes.of("adj_y", true),
          new int[] {rows, units},
          floats(rows, depth),
          floats(units, depth));
    }
    for (int count : new int[] {16, 128, 1024}) {
      for (int rows : new int[] {1, 2, 4, 8, 128}) {
        add(
            "BATCH_MATMUL",
            Attributes.of("adj_y", true),
            new int[] {12, rows, count},
            floats(12, rows, 64),
            floats(12, count, 64));
        add(
            "BATCH_MATMUL",
            Attributes.NONE,
            new int[] {12, rows, 64},
            floats(12, rows, count),
            floats(12, count, 64));
      }
    }
  }

  private void addConvolutions() {
    int[][] sizes = {
      {1, 1, 4},
      {2, 1, 2},
      {4, 1, 8},
      {4, 3, 1},
      {4, 3, 4},
      {8, 3, 8},
      {7, 1, 64},
      {14, 3, 32},
      {28, 1, 64},
      {28, 3, 64},
      {56, 1, 64},
      {56, 3, 64}
    };
    for (int[] size : sizes) {
      int side = size[0];
      int window = size[1];
      int channels = size[2];
      Attributes strides = Attributes.of("padding", "SAME").with("stride_h", 1).with("stride_w", 1);
      int[] result = {1, side, side, channels};
      points.add(
          GridPoint.of(
              "CONV_2D",
              strides,
              result,
              Set.of(1, 2),
              floats(result),
              floats(channels, window, window, channels),
              floats(channels)));
      points.add(
          GridPoint.of(
              "DEPTHWISE_CONV_2D",
              strides.with("depth_multiplier", 1),
              result,
              Set.of(1, 2),
              floats(result),
              floats(1, window, window, channels),
              floats(channels)));
    }
  }

  private void addWindows() {
    int[][] sizes = {{2, 1}, {2, 4}, {4, 4}, {4, 8}, {8, 8}, {14, 32}, {56, 64}, {112, 64}};
    for (int[] size : sizes) {
      int side = size[0];
      int channels = size[1];
      Attributes halves =
          Attributes.of("padding", "VALID")
              .with("stride_h", 2)
              .with("stride_w", 2)
              .with("filter_height", 2)
              .with("filter_width", 2);
      for (String op : List.of("MAX_POOL_2D", "AVERAGE_POOL_2D")) {
        add(
            op,
            halves,
            new int[] {1, side / 2, side / 2, channels},
            floats(1, side, side, channels));
      }
    }
  }
}

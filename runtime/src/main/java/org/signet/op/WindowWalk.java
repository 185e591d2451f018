package org.signet.op;

import java.util.List;

/**
 * Visits the windows of up to three spatial dimensions in row-major order and tells which elements
 * of each lie inside the input.
 *
 * <p>Positions are row-major: of input pixels over the batch and all spatial dimensions, of taps
 * over the window. Not thread-safe.
 */
public final class WindowWalk {
  private static final int AXES = 3;

  private final int batch;
  private final WindowAxis[] axes = {WindowAxis.ONE, WindowAxis.ONE, WindowAxis.ONE};
  private final int[] position = {0, 0, -1};
  private final int[] pixels;
  private final int[] taps;
  private int image;
  private int count;

  WindowWalk(int batch, List<WindowAxis> spatial) {
    this.batch = batch;
    int window = 1;
    for (int i = 0; i < spatial.size(); i++) {
      axes[AXES - spatial.size() + i] = spatial.get(i);
      window *= spatial.get(i).kernel();
    }
    pixels = new int[window];
    taps = new int[window];
  }

  /** Gets each element of each window that lies inside the input. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param window number of the window, counted through the batch
     * @param tap place in the window
     * @param pixel of the input, counted through the batch
     */
    void visit(int window, int tap, int pixel);
  }

  /** Visits window by window, in each element by element. */
  public static void forEach(int batch, List<WindowAxis> spatial, Visitor visitor) {
    WindowWalk walk = new WindowWalk(batch, spatial);
    int windows = walk.windows();
    for (int window = 0; window < windows; window++) {
      walk.next();
      for (int i = 0; i < walk.count; i++) {
        visitor.visit(window, walk.taps[i], walk.pixels[i]);
      }
    }
  }

  /** How many windows there are in all. */
  int windows() {
    return batch * axes[0].output() * axes[1].output() * axes[2].output();
  }

  /** How many elements a whole window has. */
  int windowSize() {
    return taps.length;
  }

  /** How many pixels the input has in all. */
  int inputPixels() {
    return batch * axes[0].input() * axes[1].input() * axes[2].input();
  }

  /**
   * Moves to the next window, the first one at first. To be called at most {@link #windows} times.
   */
  void next() {
    int axis = AXES - 1;
    while (++position[axis] == axes[axis].output()) {
      position[axis] = 0;
      if (--axis < 0) {
        image++;
        break;
      }
    }
    collect();
  }

  private void collect() {
    count = 0;
    WindowAxis depth = axes[0];
    WindowAxis height = axes[1];
    WindowAxis width = axes[2];
    for (int i = 0; i < depth.kernel(); i++) {
      int z = depth.position(position[0], i);
      if (z < 0 || z >= depth.input()) {
        continue;
      }
      for (int j = 0; j < height.kernel(); j++) {
        int y = height.position(position[1], j);
        if (y >= 0 && y < height.input()) {
          int row = ((image * depth.input() + z) * height.input() + y) * width.input();
          collectRow(row, (i * height.kernel() + j) * width.kernel(), width);
        }
      }
    }
  }

  private void collectRow(int row, int firstTap, WindowAxis width) {
    int x = position[2] * width.stride() - width.before();
    for (int k = 0; k < width.kernel(); k++, x += width.dilation()) {
      if (x >= 0 && x < width.input()) {
        pixels[count] = row + x;
        taps[count++] = firstTap + k;
      }
    }
  }

  /** How many elements of the current window lie inside the input. */
  int count() {
    return count;
  }

  /** The input pixel of element {@code i} of those inside. */
  int pixel(int i) {
    return pixels[i];
  }

  /** The place in the window of element {@code i} of those inside. */
  int tap(int i) {
    return taps[i];
  }
}

package org.signet.op.flex;

import org.signet.op.WindowAxis;

/**
 * The windows of a convolution or pooling over images.
 *
 * @param rows windows along the height
 * @param columns windows along the width
 */
record PlaneWindows(WindowAxis rows, WindowAxis columns) {
  /** Gets each pixel of each window that lies inside the image. */
  interface Visitor {
    /**
     * @param window number of the window, counted through the batch
     * @param place number of the place inside it
     * @param pixel number of the pixel, counted through the batch
     */
    void visit(int window, int place, int pixel);
  }

  /** How many places a window has. */
  int places() {
    return rows.kernel() * columns.kernel();
  }

  /** How many windows an image has. */
  int perImage() {
    return rows.output() * columns.output();
  }

  /** Window by window, place by place, row by row. */
  void walk(int batch, Visitor visitor) {
    int window = 0;
    for (int b = 0; b < batch; b++) {
      for (int y = 0; y < rows.output(); y++) {
        for (int x = 0; x < columns.output(); x++) {
          for (int place = 0; place < places(); place++) {
            int row = at(rows, y, place / columns.kernel());
            int column = at(columns, x, place % columns.kernel());
            if (row >= 0 && row < rows.input() && column >= 0 && column < columns.input()) {
              visitor.visit(window, place, (b * rows.input() + row) * columns.input() + column);
            }
          }
          window++;
        }
      }
    }
  }

  private static int at(WindowAxis axis, int output, int k) {
    return output * axis.stride() - axis.before() + k * axis.dilation();
  }
}

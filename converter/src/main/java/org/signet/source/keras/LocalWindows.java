package org.signet.source.keras;

import java.util.stream.IntStream;

/**
 * Where the windows of a locally connected layer lie, and where Keras 2 keeps the weight of each of
 * their elements. Data are planes; of one dimension, one row.
 *
 * @param in rows, columns and channels of the data
 * @param kernel rows and columns of a window
 * @param strides down and along
 * @param same whether windows reach over the edges
 * @param filters the number of results for each place
 * @param channelsFirst the order in which Keras counts
 */
@SuppressWarnings("ArrayRecordComponent")
record LocalWindows(
    int[] in, int[] kernel, int[] strides, boolean same, int filters, boolean channelsFirst) {
  /** Stands for the weight of an element beyond the edges. */
  static final int OUTSIDE = -1;

  /** Rows and columns of the result. */
  int[] out() {
    return IntStream.range(0, 2)
        .map(i -> (in[i] - (same ? 1 : kernel[i]) + strides[i]) / strides[i])
        .toArray();
  }

  int places() {
    return out()[0] * out()[1];
  }

  /** The number of elements in a window. */
  int patch() {
    return kernel[0] * kernel[1] * in[2];
  }

  private int before(int axis) {
    return same ? kernel[axis] / 2 : 0;
  }

  /** The data with zeros where windows reach over the edges. */
  KerasTensor pad(GraphOps ops, KerasTensor x) {
    int[][] amounts = new int[4][2];
    for (int i = 0; same && i < 2; i++) {
      int last = (out()[i] - 1) * strides[i] - before(i) + kernel[i];
      amounts[i + 1] = new int[] {before(i), Math.max(0, last - in[i])};
    }
    return ops.pad(x, amounts);
  }

  /** The sizes of the variable in Keras's {@code implementation}. */
  int[] kernelDims(int implementation) {
    boolean flat = in[0] == 1 && kernel[0] == 1;
    int[] out = out();
    return switch (implementation) {
      case 1 -> new int[] {places(), patch(), filters};
      case 2 -> {
        int[] dims =
            channelsFirst
                ? new int[] {in[2], in[0], in[1], filters, out[0], out[1]}
                : new int[] {in[0], in[1], in[2], out[0], out[1], filters};
        yield flat
            ? channelsFirst
                ? new int[] {in[2], in[1], filters, out[1]}
                : new int[] {in[1], in[2], out[1], filters}
            : dims;
      }
      default -> new int[] {-1};
    };
  }

  /** The place of each weight [place, row, column, channel, filter] in the variable. */
  int[] weights(int implementation) {
    int[] result = new int[Math.multiplyExact(Math.multiplyExact(places(), patch()), filters)];
    int[] out = out();
    for (int place = 0, at = 0; place < places(); place++) {
      for (int k = 0; k < kernel[0] * kernel[1]; k++) {
        int row = place / out[1] * strides[0] - before(0) + k / kernel[1];
        int column = place % out[1] * strides[1] - before(1) + k % kernel[1];
        boolean inside = row >= 0 && row < in[0] && column >= 0 && column < in[1];
        for (int c = 0; c < in[2]; c++) {
          for (int f = 0; f < filters; f++, at++) {
            result[at] =
                !inside
                    ? OUTSIDE
                    : implementation == 2
                        ? matrixIndex(row * in[1] + column, c, place, f)
                        : (place * patch() + c * kernel[0] * kernel[1] + k) * filters + f;
          }
        }
      }
    }
    return implementation == 3 ? numbered(result) : result;
  }

  /** In a matrix of all data by all results. */
  private int matrixIndex(int pixel, int channel, int place, int filter) {
    return channelsFirst
        ? ((channel * in[0] * in[1] + pixel) * filters + filter) * places() + place
        : ((pixel * in[2] + channel) * places() + place) * filters + filter;
  }

  /** Keras numbers weights by result and then by datum, those outside left out. */
  private int[] numbered(int[] inside) {
    int[] result = new int[inside.length];
    int next = 0;
    int windowSize = kernel[0] * kernel[1];
    for (int i = 0; i < places() * filters; i++) {
      int place = channelsFirst ? i % places() : i / filters;
      int filter = channelsFirst ? i / places() : i % filters;
      for (int j = 0; j < patch(); j++) {
        int k = channelsFirst ? j % windowSize : j / in[2];
        int channel = channelsFirst ? j / windowSize : j % in[2];
        int at = ((place * windowSize + k) * in[2] + channel) * filters + filter;
        result[at] = inside[at] == OUTSIDE ? OUTSIDE : next++;
      }
    }
    return result;
  }
}

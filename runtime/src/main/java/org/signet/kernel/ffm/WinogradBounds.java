package org.signet.kernel.ffm;

import java.util.Objects;
import org.signet.kernel.dense.Winograd;

/**
 * What Java checks at each access of an array, once for a transformation of tiles.
 *
 * <p>All methods throw {@link IndexOutOfBoundsException}.
 */
final class WinogradBounds {
  private WinogradBounds() {}

  static void checkFilters(
      float[] from, int at, int count, int lanes, int line, float[] to, int toAt, int placeStep) {
    Objects.checkIndex(line, Winograd.PIXELS);
    Objects.checkIndex(count % lanes, 1);
    Objects.checkFromIndexSize(at, (long) Winograd.TAPS * count, from.length);
    Objects.checkIndex(placeStep, Integer.MAX_VALUE);
    long last = (Winograd.PIXELS - 1L) * placeStep;
    Objects.checkFromIndexSize(toAt, last + count, to.length);
  }

  static void checkIn(
      float[] from,
      int[] starts,
      int first,
      int end,
      int rowStep,
      int channels,
      int panel,
      float[] to,
      int placeStep) {
    Objects.checkFromToIndex(first, end, starts.length);
    Objects.checkIndex(channels % panel, 1);
    long last = (Winograd.PIXELS - 1L) * rowStep;
    for (int i = first; i < end; i++) {
      Objects.checkFromIndexSize(starts[i], (long) Winograd.PIXELS * channels, from.length);
      Objects.checkFromIndexSize(starts[i] + last, (long) Winograd.PIXELS * channels, from.length);
    }
    checkPlaces(end, channels, to, placeStep);
  }

  private static void checkPlaces(int tiles, int channels, float[] places, int placeStep) {
    Objects.checkIndex(placeStep, Integer.MAX_VALUE);
    long last = (Winograd.PLACES - 1L) * placeStep;
    Objects.checkFromIndexSize(last, (long) tiles * channels, places.length);
  }

  static void checkOut(
      float[] from,
      int placeStep,
      int[] places,
      int first,
      int end,
      int rowStep,
      int channels,
      int panel,
      float[] bias,
      float[] out) {
    Objects.checkFromToIndex(3L * first, 3L * end, places.length);
    Objects.checkIndex(channels % panel, 1);
    checkPlaces(end, channels, from, placeStep);
    Objects.checkFromIndexSize(0, channels, bias.length);
    for (int i = first; i < end; i++) {
      long line = (long) places[3 * i + 2] * channels;
      Objects.checkFromToIndex(0, places[3 * i + 1], Winograd.RESULTS);
      Objects.checkFromToIndex(0, places[3 * i + 2], Winograd.RESULTS);
      long last = (places[3 * i + 1] - 1L) * rowStep;
      Objects.checkFromIndexSize(places[3 * i], line, out.length);
      Objects.checkFromIndexSize(places[3 * i] + last, line, out.length);
    }
  }
}

package org.signet.cli;

import java.util.Locale;

/** Sizes and times for people. */
final class Sizes {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};
  private static final int STEP = 1000;

  private Sizes() {}

  /** {@code 512 bytes}, {@code 1.6 kB}. */
  static String bytes(long bytes) {
    if (bytes < STEP) {
      return bytes + " bytes";
    }
    double size = bytes;
    int unit = -1;
    while (size >= STEP && unit + 1 < UNITS.length) {
      size /= STEP;
      unit++;
    }
    return decimal(size, 1) + " " + UNITS[unit];
  }

  /** {@code 0.21 s}. */
  static String seconds(double seconds) {
    return decimal(seconds, 2) + " s";
  }

  /** {@code 12.5 us}, {@code 3.1 ms}. */
  static String micros(double micros) {
    return micros < STEP ? decimal(micros, 1) + " us" : decimal(micros / STEP, 2) + " ms";
  }

  /** Without {@link String#format}, which takes long the first time. */
  private static String decimal(double value, int digits) {
    long scale = 1;
    for (int i = 0; i < digits; i++) {
      scale *= 10;
    }
    long scaled = Math.round(value * scale);
    String rest = String.valueOf(scaled % scale + scale).substring(1);
    return scaled / scale + "." + rest;
  }

  /** An error for people: {@code 3.05e-05}. */
  static String error(double error) {
    return error == 0 || !Double.isFinite(error)
        ? String.valueOf(error)
        : String.format(Locale.ROOT, "%.3g", error);
  }
}

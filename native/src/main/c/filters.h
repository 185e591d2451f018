/* Winograd's transform of filters, see Winograd.java; a part of kernels.c. */

/* Three times LANES numbers, times a factor each, in the order of Java's sum. */
static inline void weighted(const double *factors, const double *a, const double *b, const double *c, double *to) {
  for (ptrdiff_t i = 0; i < LANES; i++) to[i] = 0.0 + factors[0] * a[i] + factors[1] * b[i] + factors[2] * c[i];
}

/* Filters of [outputs, 3, 3, channels] to [36, outputs, channels]. */
EXPORT void NAME(winogradFilters)(const float *from, int outputs, int channels, float *to) {
  static const double factors[6][3] = {
      {1.0 / 4, 0, 0},
      {-1.0 / 6, -1.0 / 6, -1.0 / 6},
      {-1.0 / 6, 1.0 / 6, -1.0 / 6},
      {1.0 / 24, 1.0 / 12, 1.0 / 6},
      {1.0 / 24, -1.0 / 12, 1.0 / 6},
      {0, 0, 1},
  };
  for (ptrdiff_t o = 0; o < outputs; o++) {
    for (ptrdiff_t c = 0; c < channels; c += LANES) {
      double taps[9][LANES], half[6][3][LANES], sum[LANES];
      for (ptrdiff_t t = 0; t < 9; t++) {
        for (ptrdiff_t i = 0; i < LANES; i++) taps[t][i] = from[(9 * o + t) * channels + c + i];
      }
      for (ptrdiff_t y = 0; y < 6; y++) {
        for (ptrdiff_t x = 0; x < 3; x++) weighted(factors[y], taps[x], taps[3 + x], taps[6 + x], half[y][x]);
      }
      for (ptrdiff_t place = 0; place < 36; place++) {
        double(*line)[LANES] = half[place / 6];
        weighted(factors[place % 6], line[0], line[1], line[2], sum);
        for (ptrdiff_t i = 0; i < LANES; i++) to[(place * outputs + o) * channels + c + i] = (float)sum[i];
      }
    }
  }
}

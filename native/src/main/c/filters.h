/* Winograd's transform of filters, see Winograd.java; a part of kernels.c. */

/* A column of a filter, its taps STEP apart, each times a factor. Products by powers of two are exact, so they may fuse. */
static inline vector down(const float *factors, const float *from, ptrdiff_t step) {
  return load(from) * spread(factors[0]) + load(from + 6 * step) * spread(factors[2]) +
         load(from + 3 * step) * spread(factors[1]);
}

/*
 * A line of transformed filters: taps of COUNT elements each, from from[at] on, to six places, the first from to[toAt] on,
 * each placeStep after the one before.
 */
static void winogradFilters(const float *from, int at, int count, int line, float *to, int toAt, int placeStep) {
  static const float factors[6][3] = {{1, 0, 0}, {1, 1, 1}, {1, -1, 1}, {1, 2, 4}, {1, -2, 4}, {0, 0, 1}};
  const vector two = spread(2), four = spread(4);
  const ptrdiff_t step = count, next = placeStep;
  for (ptrdiff_t i = 0; i < step; i += LANES) {
    const float *taps = from + at + i;
    float *out = to + toAt + i;
    vector a = down(factors[line], taps, step), b = down(factors[line], taps + step, step);
    vector c = down(factors[line], taps + 2 * step, step);
    vector p = a + c, q = a + c * four, r = b * two;
    store(out, a);
    store(out + next, p + b);
    store(out + 2 * next, p - b);
    store(out + 3 * next, q + r);
    store(out + 4 * next, q - r);
    store(out + 5 * next, c);
  }
}

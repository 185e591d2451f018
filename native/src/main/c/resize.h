/* Bilinear resizing, as Java does it: nothing is fused; a part of kernels.c, behind its pragma. */

/*
 * A line of resized pixels: each is the sum of two pixels of the line that begins at from[at], times their shares.
 *
 *   columns  for each the two pixels
 *   shares   for each their shares
 */
static void resizeLine(const float *from, int at, const int *columns, const float *shares, int width, int channels,
                       float *to, int toAt) {
  from += at;
  to += toAt;
  const ptrdiff_t depth = channels;
  for (ptrdiff_t x = 0; x < width; x++, to += depth) {
    const float *a = from + columns[2 * x] * depth, *b = from + columns[2 * x + 1] * depth;
    const float left = shares[2 * x], right = shares[2 * x + 1];
    ptrdiff_t c = 0;
    for (; c + LANES <= depth; c += LANES) store(to + c, load(a + c) * left + load(b + c) * right);
    for (; c < depth; c++) to[c] = a[c] * left + b[c] * right;
  }
}

/* The sum of two lines, times their shares. */
static void mixLines(const float *a, int aAt, const float *b, int bAt, float first, float second, float *to, int toAt,
                     int count) {
  a += aAt;
  b += bAt;
  to += toAt;
  ptrdiff_t i = 0;
  for (; i + LANES <= count; i += LANES) store(to + i, load(a + i) * first + load(b + i) * second);
  for (; i < count; i++) to[i] = a[i] * first + b[i] * second;
}

/* The second matrix of a product, cut into panels; a part of kernels.c. */

/* Elements of a column that are taken together: a line of a cache, since often all columns share one place there. */
#define TAKEN LINE

static inline void packSome(const float *from, ptrdiff_t columnStep, ptrdiff_t depthStep, ptrdiff_t count, float *to) {
  float taken[PANEL][TAKEN];
  for (ptrdiff_t j = 0; j < PANEL; j++, from += columnStep) {
    if (depthStep == 1 && count == TAKEN) {
      UNROLL for (ptrdiff_t k = 0; k < TAKEN; k++) taken[j][k] = from[k];
    } else {
      for (ptrdiff_t k = 0; k < count; k++) taken[j][k] = from[k * depthStep];
    }
  }
  for (ptrdiff_t k = 0; k < count; k++, to += PANEL) {
    UNROLL for (ptrdiff_t j = 0; j < PANEL; j++) to[j] = taken[j][k];
  }
}

/*
 * Packs a matrix: element k of column j is at from[at + j * columnStep + k * depthStep], and goes to where Panels.java has
 * it, counted from to[toAt] on. What is left of the last panel is filled with zeros.
 */
static void pack(const float *from, int at, int columns, int depth, int columnStep, int depthStep, float *to,
                 int toAt) {
  to += toAt;
  for (ptrdiff_t column = 0; column < columns; column += PANEL, to += (ptrdiff_t)PANEL * depth) {
    const float *first = from + at + column * columnStep;
    ptrdiff_t filled = columns - column < PANEL ? columns - column : PANEL;
    if (filled < PANEL) {
      for (ptrdiff_t k = 0; k < depth; k++) {
        for (ptrdiff_t j = 0; j < PANEL; j++) to[k * PANEL + j] = j < filled ? first[j * columnStep + k * depthStep] : 0;
      }
    } else if (columnStep == 1) {
      for (ptrdiff_t k = 0; k < depth; k++) {
        store(to + k * PANEL, load(first + k * depthStep));
        store(to + k * PANEL + LANES, load(first + k * depthStep + LANES));
      }
    } else {
      for (ptrdiff_t k = 0, count; k < depth; k += count) {
        count = depth - k < TAKEN ? depth - k : TAKEN;
        packSome(first + k * depthStep, columnStep, depthStep, count, to + k * PANEL);
      }
    }
  }
}

/* A product of one row, as those of recurrent steps and of classifiers; a part of kernels.c. */

/* Panels that are taken together: the sums of one alone would wait for each other. */
#define TOGETHER 4

/* Writes sums of one row, which begins at start, as long as so many panels are left; gives how many columns it has done. */
static ptrdiff_t oneRow(const struct left *left, ptrdiff_t start, const float *panels, const float *bias, float *out,
                        ptrdiff_t columns, vector min, vector max) {
  ptrdiff_t panel = left->tapCount * left->depth * PANEL;
  ptrdiff_t column = 0;
  for (; column + TOGETHER * PANEL <= columns; column += TOGETHER * PANEL, panels += (TOGETHER - 1) * panel) {
    vector s[TOGETHER][2];
    UNROLL for (int i = 0; i < TOGETHER; i++) {
      s[i][0] = load(bias + column + i * PANEL);
      s[i][1] = load(bias + column + i * PANEL + LANES);
    }
    for (ptrdiff_t t = 0; t < left->tapCount; t++) {
      const float *a = left->data + start + left->taps[t];
      for (ptrdiff_t k = 0; k < left->depth; k++, panels += PANEL) {
        vector x = spread(a[k]);
        UNROLL for (int i = 0; i < TOGETHER; i++) {
          s[i][0] = x * load(panels + i * panel) + s[i][0];
          s[i][1] = x * load(panels + i * panel + LANES) + s[i][1];
        }
      }
    }
    UNROLL for (int i = 0; i < TOGETHER; i++) {
      store(out + column + i * PANEL, bounded(s[i][0], min, max));
      store(out + column + i * PANEL + LANES, bounded(s[i][1], min, max));
    }
  }
  return column;
}

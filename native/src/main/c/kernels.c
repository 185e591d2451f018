/*
 * The inner loops of the float32 kernels, on the vectors of one instruction set. Compiled once for each, by build.py, with
 *
 *   NAME(f)  the exported name of function f
 *   LANES    floats in a vector
 *   ROWS     rows of a tile of a product: with its two vectors of columns it fills the registers
 *
 * Pointers are to Java arrays that the caller has pinned; nothing here allocates, blocks, or calls anything. Every sum is
 * one chain of fused multiply-adds in the order of the Java kernels (org.signet.kernel.vector), so results are the same bits.
 */

#include <stddef.h>

#define PANEL (2 * LANES)

/* Rows whose beginnings are kept at a time. */
#define BLOCK 1024

#include "export.h"

typedef float vector __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int mask __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

static inline vector load(const float *from) { return *(const vector *)from; }
static inline void store(float *to, vector x) { *(vector *)to = x; }
static inline vector spread(float x) { return x - (vector){0}; }

static inline vector choose(mask which, vector yes, vector no) {
  return (vector)((which & (mask)yes) | (~which & (mask)no));
}

/* NaN stays NaN, as in Java's comparisons. */
static inline vector bounded(vector x, vector min, vector max) {
  x = choose(x < min, min, x);
  return choose(x > max, max, x);
}

/* The rows of a product: see Left.java. */
struct left {
  const float *data;
  const int *taps;
  ptrdiff_t tapCount;
  ptrdiff_t depth;
};

#define UNROLL _Pragma("clang loop unroll(full)")

/* Elements of a row after which a tile fetches one more line of the panel that comes next: then 96 rows fetch all of it. */
#define STRETCH (1536 / ROWS / PANEL)

/* Floats in a line of a cache. */
#define LINE 16

#include "tiles.h"

/* Applies a function to rows of sums, by its number in Finish.java. */
static void finish(int function, float *sums, ptrdiff_t step, ptrdiff_t rows, ptrdiff_t count);

#include "row.h"

/*
 * Rows first to first + rows, columns from firstColumn on, of a product with packed panels; its row 0, column 0 would be
 * out[at].
 *
 *   place     at, width, rowStep, pixelStep of Left.java
 *   step      from one row to the next in out
 *   blockRows rows that stay in the caches while all panels go by
 *   function  finishes the sums
 */
static void product(const float *data, const int *place, const int *taps, int tapCount, int depth, const float *panels,
                    const float *bias, float low, float high, float *out, int at, int step, int first, int rows,
                    int firstColumn, int columns, int blockRows, int function) {
  struct left left = {data, taps, tapCount, depth};
  vector min = spread(low), max = spread(high);
  ptrdiff_t length = (ptrdiff_t)tapCount * depth;
  ptrdiff_t width = place[1];
  out += at + (ptrdiff_t)first * step + firstColumn;
  panels += firstColumn * length;
  bias += firstColumn;
  if (blockRows > BLOCK) blockRows = BLOCK;
  for (ptrdiff_t done = 0; done < rows; done += blockRows) {
    ptrdiff_t count = rows - done < blockRows ? rows - done : blockRows;
    ptrdiff_t starts[BLOCK];
    ptrdiff_t line = (first + done) / width, x = (first + done) % width;
    for (ptrdiff_t i = 0; i < count; i++) {
      starts[i] = place[0] + line * place[2] + x * place[3];
      if (++x == width) x = 0, line++;
    }
    ptrdiff_t begin = count == 1 ? oneRow(&left, starts[0], panels, bias, out + done * step, columns, min, max) : 0;
    if (begin > 0) finish(function, out + done * step, step, 1, begin);
    for (ptrdiff_t column = begin; column < columns; column += PANEL) {
      const float *panel = panels + column * length;
      ptrdiff_t wide = columns - column < PANEL ? columns - column : PANEL;
      ptrdiff_t ahead = PANEL * length / count;
      const struct tiles *kind = tilesOf(wide);
      /* Tiles of about the same height: those of few rows wait for their sums. */
      ptrdiff_t tiles = (count + kind->most - 1) / kind->most;
      ptrdiff_t height = count / tiles, higher = count % tiles;
      for (ptrdiff_t i = 0, r = 0; i < tiles; i++) {
        ptrdiff_t taken = i < higher ? height + 1 : height;
        float *to = out + (done + r) * step + column;
        kind->byHeight[taken - 1](&left, starts + r, panel, panel + PANEL * length + ahead * r, bias + column, to, step, wide, min, max);
        r += taken;
      }
      finish(function, out + done * step + column, step, count, wide);
    }
  }
}

#include "windows.h"

#include "functions.h"

#include "extremes.h"

#include "select.h"

#include "transpose.h"

#define FINISH(NUMBER, EXPRESSION)                                                                                    \
  case NUMBER:                                                                                                        \
    for (float *row = sums; rows > 0; rows--, row += step) {                                                          \
      ptrdiff_t k = 0;                                                                                                \
      for (; k + LANES <= count; k += LANES) {                                                                        \
        vector x = load(row + k);                                                                                     \
        store(row + k, EXPRESSION);                                                                                   \
      }                                                                                                               \
      if (k < count) {                                                                                                \
        vector x = loadSome(row + k, count - k);                                                                      \
        storeSome(row + k, EXPRESSION, count - k);                                                                    \
      }                                                                                                               \
    }                                                                                                                 \
    break;

static void finish(int function, float *sums, ptrdiff_t step, ptrdiff_t rows, ptrdiff_t count) {
  switch (function) {
    FINISH(1, x * logistic(x))
    FINISH(2, gelu(x))
    FINISH(3, geluByTanh(x))
  }
}

#include "pack.h"

#include "filters.h"

/* The transforms of Winograd.java, in the order of its operations; none is fused, since Java does not fuse them either. */
#pragma clang fp contract(off)

/* Six numbers of a line or column of pixels, STEP apart. */
#define SIX_IN(FROM, STEP, TO, TO_STEP)                                                                               \
  do {                                                                                                                \
    const vector a = (FROM)[0], b = (FROM)[STEP], c = (FROM)[2 * STEP], d = (FROM)[3 * STEP], e = (FROM)[4 * STEP],   \
                 f = (FROM)[5 * STEP];                                                                                \
    const vector p = e - c * four, q = d - b * four, r = e - c, s = (d - b) * two;                                    \
    (TO)[0] = (a * four - c * five + e) * fourth;                                                                     \
    (TO)[TO_STEP] = (p + q) * lessSixth;                                                                              \
    (TO)[2 * TO_STEP] = (p - q) * lessSixth;                                                                          \
    (TO)[3 * TO_STEP] = (r + s) * twentyFourth;                                                                       \
    (TO)[4 * TO_STEP] = (r - s) * twentyFourth;                                                                       \
    (TO)[5 * TO_STEP] = b * four - d * five + f;                                                                      \
  } while (0)

/* Four numbers from six. */
#define FOUR_OUT(FROM, STEP, TO, TO_STEP)                                                                             \
  do {                                                                                                                \
    const vector a = (FROM)[0], b = (FROM)[STEP], c = (FROM)[2 * STEP], d = (FROM)[3 * STEP], e = (FROM)[4 * STEP],   \
                 f = (FROM)[5 * STEP];                                                                                \
    const vector p = b + c, q = b - c, r = d + e, s = d - e;                                                          \
    (TO)[0] = a + p + r;                                                                                              \
    (TO)[TO_STEP] = q + s * two;                                                                                      \
    (TO)[2 * TO_STEP] = p + r * four;                                                                                 \
    (TO)[3 * TO_STEP] = q + s * eight + f;                                                                            \
  } while (0)

/*
 * Tiles of 6 x 6 pixels, transformed: tile i, which begins at from[starts[i]], goes to to[i * channels].
 *
 *   rowStep    from a line of pixels to the next
 *   placeStep  from a transformed place to the next
 */
static void winogradIn(const float *from, const int *starts, int first, int end, int rowStep, int channels,
                       float *to, int placeStep) {
  const vector two = spread(2), four = spread(4), five = spread(5);
  const vector fourth = spread(1.0f / 4), lessSixth = spread(-1.0f / 6), twentyFourth = spread(1.0f / 24);
  for (ptrdiff_t i = first; i < end; i++) {
    const float *tile = from + starts[i];
    float *out = to + i * channels;
    for (ptrdiff_t c = 0; c < channels; c += LANES) {
      vector between[36], last[36];
      for (ptrdiff_t x = 0; x < 6; x++) {
        vector pixels[6];
        UNROLL for (int y = 0; y < 6; y++) pixels[y] = load(tile + (ptrdiff_t)y * rowStep + x * channels + c);
        SIX_IN(pixels, 1, between + x, 6);
      }
      for (ptrdiff_t y = 0; y < 6; y++) SIX_IN(between + 6 * y, 1, last + 6 * y, 1);
      for (ptrdiff_t k = 0; k < 36; k++) store(out + k * placeStep + c, last[k]);
    }
  }
}

/*
 * Tiles of 4 x 4 results from transformed ones, which lie as those of pixels.
 *
 *   places  for each tile: where it begins in out, its lines, its columns
 *   rowStep from a line of results to the next
 */
static void winogradOut(const float *from, int placeStep, const int *places, int first, int end, int rowStep, int channels,
                        const float *bias, float low, float high, float *out) {
  const vector two = spread(2), four = spread(4), eight = spread(8), min = spread(low), max = spread(high);
  for (ptrdiff_t i = first; i < end; i++) {
    const float *tile = from + i * channels;
    float *to = out + places[3 * i];
    ptrdiff_t lines = places[3 * i + 1], columns = places[3 * i + 2];
    for (ptrdiff_t c = 0; c < channels; c += LANES) {
      vector between[24], last[16];
      vector start = load(bias + c);
      for (ptrdiff_t x = 0; x < 6; x++) {
        vector sums[6];
        UNROLL for (int y = 0; y < 6; y++) sums[y] = load(tile + (ptrdiff_t)(6 * y + x) * placeStep + c);
        FOUR_OUT(sums, 1, between + x, 6);
      }
      for (ptrdiff_t y = 0; y < 4; y++) FOUR_OUT(between + 6 * y, 1, last + 4 * y, 1);
      for (ptrdiff_t y = 0; y < lines; y++) {
        for (ptrdiff_t x = 0; x < columns; x++) {
          store(to + y * rowStep + x * channels + c, bounded(last[4 * y + x] + start, min, max));
        }
      }
    }
  }
}

#include "resize.h"

#include "calls.h"

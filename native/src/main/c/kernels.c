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

/* Pixels of a window at most. */
#define TAPS 1024

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

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

/* Elements of a row after which a tile fetches one more line of the panel that comes next: then 16 tiles fetch all of it. */
#define STRETCH (256 / PANEL)

/* Floats in a line of a cache. */
#define LINE 16

/*
 * A tile of a product: COUNT rows of a panel. Apart from it no loop holds enough in registers.
 *
 *   ahead  what to bring nearer meanwhile: weights come from memory, whose prefetcher stops at each page. Never read, so it
 *          may lie anywhere
 */
#define TILE(NAME, COUNT)                                                                                            \
  static void NAME(const struct left *left, const ptrdiff_t *starts, const float *panel, const float *ahead,         \
                   const float *bias, float *out, ptrdiff_t columns, ptrdiff_t width, vector min, vector max) {      \
    vector s[COUNT][2];                                                                                              \
    UNROLL for (int i = 0; i < COUNT; i++) {                                             \
      s[i][0] = load(bias);                                                                                          \
      s[i][1] = load(bias + LANES);                                                                                  \
    }                                                                                                                \
    for (ptrdiff_t t = 0; t < left->tapCount; t++) {                                                                      \
      const float *a[COUNT];                                                                                         \
      UNROLL for (int i = 0; i < COUNT; i++) a[i] = left->data + starts[i] + left->taps[t]; \
      for (ptrdiff_t k = 0; k < left->depth; ahead += LINE) {                                                        \
        ptrdiff_t end = k + STRETCH < left->depth ? k + STRETCH : left->depth;                                       \
        __builtin_prefetch(ahead, 0, 1);                                                                             \
        for (; k < end; k++, panel += PANEL) {                                                                       \
          vector b0 = load(panel), b1 = load(panel + LANES);                                                         \
          UNROLL for (int i = 0; i < COUNT; i++) {                                                                   \
            vector x = spread(a[i][k]);                                                                              \
            s[i][0] = x * b0 + s[i][0];                                                                              \
            s[i][1] = x * b1 + s[i][1];                                                                              \
          }                                                                                                          \
        }                                                                                                            \
      }                                                                                                              \
    }                                                                                                                \
    UNROLL for (int i = 0; i < COUNT; i++) {                                             \
      s[i][0] = bounded(s[i][0], min, max);                                                                          \
      s[i][1] = bounded(s[i][1], min, max);                                                                          \
    }                                                                                                                \
    if (width == PANEL) {                                                                                            \
      UNROLL for (int i = 0; i < COUNT; i++) {                                           \
        store(out + i * columns, s[i][0]);                                                                           \
        store(out + i * columns + LANES, s[i][1]);                                                                   \
      }                                                                                                              \
    } else {                                                                                                         \
      for (int i = 0; i < COUNT; i++) {                                                                              \
        float tail[PANEL];                                                                                           \
        store(tail, s[i][0]);                                                                                        \
        store(tail + LANES, s[i][1]);                                                                                \
        for (ptrdiff_t j = 0; j < width; j++) out[i * columns + j] = tail[j];                                             \
      }                                                                                                              \
    }                                                                                                                \
  }

TILE(tile1, 1)
TILE(tile2, 2)
TILE(tile3, 3)
TILE(tile4, 4)
TILE(tile5, 5)
TILE(tile6, 6)
#if ROWS > 6
TILE(tile8, 8)
TILE(tileAll, ROWS)
#else
#define tileAll tile6
#endif

typedef void (*tile)(const struct left *, const ptrdiff_t *, const float *, const float *, const float *, float *, ptrdiff_t,
                     ptrdiff_t, vector, vector);

#include "row.h"

EXPORT int NAME(panel)(void) { return PANEL; }

/*
 * Rows first to first + rows, columns from firstColumn on, of a product with packed panels; its row 0, column 0 would be
 * out[at].
 *
 *   place     at, width, rowStep, pixelStep of Left.java
 *   step      from one row to the next in out
 *   blockRows rows that stay in the caches while all panels go by
 */
EXPORT void NAME(product)(const float *data, const int *place, const int *taps, int tapCount, int depth, const float *panels,
                          const float *bias, float low, float high, float *out, int at, int step, int first, int rows,
                          int firstColumn, int columns, int blockRows) {
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
    for (ptrdiff_t column = begin; column < columns; column += PANEL) {
      const float *panel = panels + column * length;
      ptrdiff_t wide = columns - column < PANEL ? columns - column : PANEL;
      ptrdiff_t ahead = PANEL * length / count;
      for (ptrdiff_t r = 0; r < count;) {
        float *to = out + (done + r) * step + column;
        ptrdiff_t rest = count - r;
        tile run;
        ptrdiff_t taken;
#if ROWS > 6
        if (rest >= ROWS) run = tileAll, taken = ROWS;
        else if (rest >= 8) run = tile8, taken = 8;
        else if (rest >= 6) run = tile6, taken = 6;
#else
        /* Seven or eight rows are four and the rest, since fewer would wait for each other. */
        if (rest >= 9 || rest == 6) run = tile6, taken = 6;
#endif
        else if (rest == 5) run = tile5, taken = 5;
        else if (rest >= 4) run = tile4, taken = 4;
        else if (rest == 3) run = tile3, taken = 3;
        else if (rest == 2) run = tile2, taken = 2;
        else run = tile1, taken = 1;
        run(&left, starts + r, panel, panel + PANEL * length + ahead * r, bias + column, to, step, wide, min, max);
        r += taken;
      }
    }
  }
}


/* Vectors of channels of windows in a line that see the same pixels: one chain for each over taps, from start on. */
#define WINDOWS(FUNCTION, WINDOW_COUNT, VECTOR_COUNT)                                                                 \
  static void FUNCTION(const float *from, const ptrdiff_t *taps, const ptrdiff_t *places, ptrdiff_t count,            \
                       ptrdiff_t step, const float *weights, const float *start, ptrdiff_t channels, vector min,      \
                       vector max, float *out) {                                                                      \
    vector s[WINDOW_COUNT][VECTOR_COUNT];                                                                             \
    UNROLL for (int i = 0; i < WINDOW_COUNT; i++) {                                                                   \
      UNROLL for (int v = 0; v < VECTOR_COUNT; v++) s[i][v] = load(start + v * LANES);                                \
    }                                                                                                                 \
    for (ptrdiff_t t = 0; t < count; t++) {                                                                           \
      const float *x = from + taps[t];                                                                                \
      const float *w = weights + places[t];                                                                           \
      UNROLL for (int v = 0; v < VECTOR_COUNT; v++) {                                                                 \
        vector weight = load(w + v * LANES);                                                                          \
        UNROLL for (int i = 0; i < WINDOW_COUNT; i++) s[i][v] = load(x + i * step + v * LANES) * weight + s[i][v];    \
      }                                                                                                               \
    }                                                                                                                 \
    UNROLL for (int i = 0; i < WINDOW_COUNT; i++) {                                                                   \
      UNROLL for (int v = 0; v < VECTOR_COUNT; v++) store(out + i * channels + v * LANES, bounded(s[i][v], min, max)); \
    }                                                                                                                 \
  }

WINDOWS(threeWindowsOfFour, 3, 4)
WINDOWS(windowOfFour, 1, 4)
WINDOWS(threeWindows, 3, 1)
WINDOWS(window, 1, 1)

/* The same for all channels of windows of 3 x 3 pixels in a row, STRIDE pixels apart; every line of pixels is loaded once. */
#define WINDOWS_OF_9(FUNCTION, WINDOW_COUNT, STRIDE)                                                                  \
  static void FUNCTION(const float *row0, const float *row1, const float *row2, const float *weights,                 \
                       const float *start, ptrdiff_t channels, vector min, vector max, float *out) {                  \
    const float *rows[3] = {row0, row1, row2};                                                                        \
    for (ptrdiff_t c = 0; c < channels; c += LANES) {                                                                 \
      ptrdiff_t first = c + LANES <= channels ? c : channels - LANES;                                                 \
      vector s[WINDOW_COUNT];                                                                                         \
      UNROLL for (int i = 0; i < WINDOW_COUNT; i++) s[i] = load(start + first);                                       \
      UNROLL for (int y = 0; y < 3; y++) {                                                                            \
        vector x[(WINDOW_COUNT - 1) * STRIDE + 3];                                                                    \
        UNROLL for (int i = 0; i < (WINDOW_COUNT - 1) * STRIDE + 3; i++) x[i] = load(rows[y] + i * channels + first); \
        UNROLL for (int k = 0; k < 3; k++) {                                                                          \
          vector weight = load(weights + (3 * y + k) * channels + first);                                             \
          UNROLL for (int i = 0; i < WINDOW_COUNT; i++) s[i] = x[i * STRIDE + k] * weight + s[i];                     \
        }                                                                                                             \
      }                                                                                                               \
      UNROLL for (int i = 0; i < WINDOW_COUNT; i++) store(out + i * channels + first, bounded(s[i], min, max));       \
    }                                                                                                                 \
  }

WINDOWS_OF_9(fourWindowsOf9, 4, 1)
WINDOWS_OF_9(threeWindowsOf9, 3, 2)

/* The pixels of a window: positions from the first channel of its line's pixel 0 on, and where their weights begin. */
struct pixels {
  ptrdiff_t taps[TAPS], places[TAPS], count;
};

/*
 * Lines of a depthwise convolution, of at least LANES channels: see Windows.java.
 *
 *   lines  for each of them, where the input lines that it sees begin; -1 outside
 *   shape  inputWidth, outputWidth, kernelHeight, kernelWidth, stride, dilation, left of Windows.java
 */
EXPORT void NAME(depthwise)(const float *from, const int *lines, int lineCount, const int *shape, const float *weights,
                            const float *start, int channels, float low, float high, float *out, int at) {
  vector min = spread(low), max = spread(high);
  ptrdiff_t inputs = shape[0], outputs = shape[1], height = shape[2], width = shape[3];
  ptrdiff_t stride = shape[4], dilation = shape[5], left = shape[6];
  ptrdiff_t step = stride * channels;
  for (ptrdiff_t i = 0; i < lineCount; i++) {
    const int *seenLines = lines + i * height;
    int fast = height == 3 && width == 3 && dilation == 1 && stride <= 2 && seenLines[0] >= 0 && seenLines[1] >= 0 &&
               seenLines[2] >= 0;
    float *to = out + at + i * outputs * channels;
    for (ptrdiff_t x = 0; x < outputs;) {
      struct pixels seen;
      seen.count = 0;
      ptrdiff_t begin = x * stride - left, last = begin + (width - 1) * dilation;
      /* Windows that lie inside see the same pixels, each a step further. */
      ptrdiff_t run = begin < 0 || last >= inputs ? 1 : (inputs - 1 - last) / stride + 1;
      if (run > outputs - x) run = outputs - x;
      if (fast && begin >= 0 && last < inputs) {
        ptrdiff_t taken = stride == 1 ? 4 : 3;
        if (run >= taken) {
          const float *pixel = from + begin * channels;
          (stride == 1 ? fourWindowsOf9 : threeWindowsOf9)(pixel + seenLines[0], pixel + seenLines[1], pixel + seenLines[2],
                                                           weights, start, channels, min, max, to);
          x += taken;
          to += taken * channels;
          continue;
        }
      }
      for (ptrdiff_t y = 0; y < height; y++) {
        if (seenLines[y] < 0) continue;
        for (ptrdiff_t k = 0; k < width; k++) {
          ptrdiff_t column = begin + k * dilation;
          if (column < 0 || column >= inputs) continue;
          seen.taps[seen.count] = seenLines[y] + column * channels;
          seen.places[seen.count++] = (y * width + k) * channels;
        }
      }
      x += run;
      while (run > 0) {
        ptrdiff_t taken = run >= 3 ? 3 : 1;
        for (ptrdiff_t c = 0; c < channels;) {
          int four = c + 4 * LANES <= channels;
          /* The last vector overlaps with the one before. */
          ptrdiff_t first = c + LANES <= channels ? c : channels - LANES;
          (taken == 3 ? four ? threeWindowsOfFour : threeWindows : four ? windowOfFour : window)(
              from + first, seen.taps, seen.places, seen.count, step, weights + first, start + first, channels, min, max,
              to + first);
          c += four ? 4 * LANES : LANES;
        }
        for (ptrdiff_t t = 0; t < seen.count; t++) seen.taps[t] += taken * step;
        to += taken * channels;
        run -= taken;
      }
    }
  }
}

/* The largest, from the lowest finite number on, or the mean of the pixels of windows; as depthwise. */
EXPORT void NAME(pool)(int largest, const float *from, int step, int windows, const int *taps, int count, int channels,
                       float *out, int at) {
  for (ptrdiff_t i = 0; i < windows; i++) {
    for (ptrdiff_t c = 0; c < channels; c += LANES) {
      ptrdiff_t first = c + LANES <= channels ? c : channels - LANES;
      const float *x = from + i * step + first;
      vector s = spread(largest ? -0x1.fffffep127f : 0);
      for (ptrdiff_t t = 0; t < count; t++) {
        vector next = load(x + taps[t]);
        s = largest ? choose(next > s, next, s) : s + next;
      }
      store(out + at + i * channels + first, largest ? s : s / spread((float)count));
    }
  }
}

#include "functions.h"

/* The transforms of Winograd.java, in the order of its operations; none is fused, since Java does not fuse them either. */
#pragma clang fp contract(off)

/* Six numbers of a line or column of pixels, STEP apart. */
#define SIX_IN(FROM, STEP, TO, TO_STEP)                                                                               \
  do {                                                                                                                \
    const vector a = (FROM)[0], b = (FROM)[STEP], c = (FROM)[2 * STEP], d = (FROM)[3 * STEP], e = (FROM)[4 * STEP],   \
                 f = (FROM)[5 * STEP];                                                                                \
    const vector p = e - c * four, q = d - b * four, r = e - c, s = (d - b) * two;                                    \
    (TO)[0] = a * four - c * five + e;                                                                                \
    (TO)[TO_STEP] = p + q;                                                                                            \
    (TO)[2 * TO_STEP] = p - q;                                                                                        \
    (TO)[3 * TO_STEP] = r + s;                                                                                        \
    (TO)[4 * TO_STEP] = r - s;                                                                                        \
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
 * Tiles of 6 x 6 pixels, transformed: tile i, which begins at from[starts[i]], goes to to[i * 36 * channels].
 *
 *   rowStep  from a line of pixels to the next
 */
EXPORT void NAME(winogradIn)(const float *from, const int *starts, int first, int end, int rowStep, int channels,
                             float *to) {
  const vector two = spread(2), four = spread(4), five = spread(5);
  for (ptrdiff_t i = first; i < end; i++) {
    const float *tile = from + starts[i];
    float *out = to + i * 36 * channels;
    for (ptrdiff_t c = 0; c < channels; c += LANES) {
      vector between[36], last[36];
      for (ptrdiff_t x = 0; x < 6; x++) {
        vector pixels[6];
        UNROLL for (int y = 0; y < 6; y++) pixels[y] = load(tile + (ptrdiff_t)y * rowStep + x * channels + c);
        SIX_IN(pixels, 1, between + x, 6);
      }
      for (ptrdiff_t y = 0; y < 6; y++) SIX_IN(between + 6 * y, 1, last + 6 * y, 1);
      for (ptrdiff_t k = 0; k < 36; k++) store(out + k * channels + c, last[k]);
    }
  }
}

/*
 * Tiles of 4 x 4 results from transformed ones.
 *
 *   places  for each tile: where it begins in out, its lines, its columns
 *   rowStep from a line of results to the next
 */
EXPORT void NAME(winogradOut)(const float *from, const int *places, int first, int end, int rowStep, int channels,
                              const float *bias, float low, float high, float *out) {
  const vector two = spread(2), four = spread(4), eight = spread(8), min = spread(low), max = spread(high);
  for (ptrdiff_t i = first; i < end; i++) {
    const float *tile = from + i * 36 * channels;
    float *to = out + places[3 * i];
    ptrdiff_t lines = places[3 * i + 1], columns = places[3 * i + 2];
    for (ptrdiff_t c = 0; c < channels; c += LANES) {
      vector between[24], last[16];
      vector start = load(bias + c);
      for (ptrdiff_t x = 0; x < 6; x++) {
        vector sums[6];
        UNROLL for (int y = 0; y < 6; y++) sums[y] = load(tile + (6 * y + x) * channels + c);
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

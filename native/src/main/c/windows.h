/* Depthwise convolutions and pooling; the part of kernels.c that knows windows. Uses its vectors. */

/* Pixels of a window at most. */
#define TAPS 1024

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

/* The same for all channels of windows of SIZE x SIZE pixels in a row, STRIDE pixels apart; each line is loaded once. */
#define SQUARE_WINDOWS(FUNCTION, WINDOW_COUNT, STRIDE, SIZE)                                                          \
  static void FUNCTION(const float *from, const int *lines, const float *weights, const float *start,                 \
                       ptrdiff_t channels, vector min, vector max, float *out) {                                      \
    for (ptrdiff_t c = 0; c < channels; c += LANES) {                                                                 \
      ptrdiff_t first = c + LANES <= channels ? c : channels - LANES;                                                 \
      vector s[WINDOW_COUNT];                                                                                         \
      UNROLL for (int i = 0; i < WINDOW_COUNT; i++) s[i] = load(start + first);                                       \
      UNROLL for (int y = 0; y < SIZE; y++) {                                                                         \
        const float *line = from + lines[y] + first;                                                                  \
        vector x[(WINDOW_COUNT - 1) * STRIDE + SIZE];                                                                 \
        UNROLL for (int i = 0; i < (WINDOW_COUNT - 1) * STRIDE + SIZE; i++) x[i] = load(line + i * channels);         \
        UNROLL for (int k = 0; k < SIZE; k++) {                                                                       \
          vector weight = load(weights + (SIZE * y + k) * channels + first);                                          \
          UNROLL for (int i = 0; i < WINDOW_COUNT; i++) s[i] = x[i * STRIDE + k] * weight + s[i];                     \
        }                                                                                                             \
      }                                                                                                               \
      UNROLL for (int i = 0; i < WINDOW_COUNT; i++) store(out + i * channels + first, bounded(s[i], min, max));       \
    }                                                                                                                 \
  }

SQUARE_WINDOWS(fourWindowsOf9, 4, 1, 3)
SQUARE_WINDOWS(threeWindowsOf9, 3, 2, 3)
SQUARE_WINDOWS(fourWindowsOf25, 4, 1, 5)
SQUARE_WINDOWS(threeWindowsOf25, 3, 2, 5)

/* Windows that have a function of their own. */
struct squares {
  void (*run)(const float *, const int *, const float *, const float *, ptrdiff_t, vector, vector, float *);
  ptrdiff_t windows;
};

/* By size and stride; none where there is no such function. */
static struct squares squares(ptrdiff_t size, ptrdiff_t stride) {
  if (size == 3 && stride == 1) return (struct squares){fourWindowsOf9, 4};
  if (size == 3 && stride == 2) return (struct squares){threeWindowsOf9, 3};
  if (size == 5 && stride == 1) return (struct squares){fourWindowsOf25, 4};
  if (size == 5 && stride == 2) return (struct squares){threeWindowsOf25, 3};
  return (struct squares){NULL, 0};
}

/* The pixels of a window: positions from the first channel of its line's pixel 0 on, and where their weights begin. */
struct pixels {
  ptrdiff_t taps[TAPS], places[TAPS], count;
};

/*
 * Lines of a depthwise convolution, of at least LANES channels: see WindowLines.java.
 *
 *   lines  for each of them, where the input lines that it sees begin; -1 outside
 *   shape  inputWidth, outputWidth, kernelHeight, kernelWidth, stride, dilation, left of WindowLines.java
 */
EXPORT void NAME(depthwise)(const float *from, const int *lines, int lineCount, const int *shape, const float *weights,
                            const float *start, int channels, float low, float high, float *out, int at,
                            int function) {
  vector min = spread(low), max = spread(high);
  ptrdiff_t inputs = shape[0], outputs = shape[1], height = shape[2], width = shape[3];
  ptrdiff_t stride = shape[4], dilation = shape[5], left = shape[6];
  ptrdiff_t step = stride * channels;
  struct squares square = squares(height == width && dilation == 1 ? width : 0, stride);
  for (ptrdiff_t i = 0; i < lineCount; i++) {
    const int *seenLines = lines + i * height;
    int whole = 1;
    for (ptrdiff_t y = 0; y < height; y++) whole &= seenLines[y] >= 0;
    float *to = out + at + i * outputs * channels;
    for (ptrdiff_t x = 0; x < outputs;) {
      struct pixels seen;
      seen.count = 0;
      ptrdiff_t begin = x * stride - left, last = begin + (width - 1) * dilation;
      int inside = begin >= 0 && last < inputs;
      /* Windows that lie inside see the same pixels, each a step further. */
      ptrdiff_t run = inside ? (inputs - 1 - last) / stride + 1 : 1;
      if (run > outputs - x) run = outputs - x;
      if (inside && whole && square.run && run >= square.windows) {
        square.run(from + begin * channels, seenLines, weights, start, channels, min, max, to);
        finish(function, to, 0, 1, square.windows * channels);
        x += square.windows;
        to += square.windows * channels;
        continue;
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
        finish(function, to, 0, 1, taken * channels);
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

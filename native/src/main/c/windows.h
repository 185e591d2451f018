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
      UNROLL for (int v = 0; v < VECTOR_COUNT; v++) store(out + i * channels + v * LANES, bounded(s[i][v], min, max));\
    }                                                                                                                 \
  }

WINDOWS(threeWindowsOfFour, 3, 4)
WINDOWS(windowOfFour, 1, 4)
WINDOWS(threeWindows, 3, 1)
WINDOWS(window, 1, 1)

/*
 * The same for all channels of windows of SIZE x SIZE pixels in a row, STRIDE pixels apart. So many chains keep the
 * arithmetic units busy, and each pixel is loaded once.
 *
 *   first, end  the columns of pixels that lie inside the image, counted from the first that the first window sees
 */
#define SQUARE_WINDOWS(FUNCTION, WINDOW_COUNT, STRIDE, SIZE, EDGE)                                                    \
  static void FUNCTION(const float *from, const int *lines, ptrdiff_t first, ptrdiff_t end, const float *weights,     \
                       const float *start, ptrdiff_t channels, vector min, vector max, float *out) {                  \
    for (ptrdiff_t next = 0; next < channels; next += LANES) {                                                        \
      /* The last vector overlaps with the one before. */                                                             \
      ptrdiff_t c = next + LANES <= channels ? next : channels - LANES;                                               \
      const float *w = weights + c;                                                                                   \
      vector s[WINDOW_COUNT];                                                                                         \
      UNROLL for (int i = 0; i < WINDOW_COUNT; i++) s[i] = load(start + c);                                           \
      for (ptrdiff_t y = 0; y < SIZE; y++, w += SIZE * channels) {                                                    \
        if (lines[y] < 0) continue;                                                                                   \
        const float *x = from + lines[y] + c;                                                                         \
        vector weight[SIZE];                                                                                          \
        UNROLL for (int k = 0; k < SIZE; k++) weight[k] = load(w + k * channels);                                     \
        UNROLL for (int j = 0; j < (WINDOW_COUNT - 1) * STRIDE + SIZE; j++, x += channels) {                          \
          if (EDGE && (j < first || j >= end)) continue;                                                              \
          vector pixel = load(x);                                                                                     \
          UNROLL for (int k = 0; k < SIZE; k++) {                                                                     \
            int i = (j - k) / STRIDE;                                                                                 \
            if (j >= k && (j - k) % STRIDE == 0 && i < WINDOW_COUNT) s[i] = pixel * weight[k] + s[i];                 \
          }                                                                                                           \
        }                                                                                                             \
      }                                                                                                               \
      UNROLL for (int i = 0; i < WINDOW_COUNT; i++) store(out + i * channels + c, bounded(s[i], min, max));           \
    }                                                                                                                 \
  }

/* Windows that are taken together, at most: images of networks are 7, 14, 28 or 56 pixels wide. */
#define MANY 7

typedef void (*square)(const float *, const int *, ptrdiff_t, ptrdiff_t, const float *, const float *, ptrdiff_t, vector,
                       vector, float *);

/* Functions for windows of some size and stride, by how many they take less 1: windows that lie inside the image, or not. */
struct squares {
  square inside[MANY], atEdge[MANY];
};

#define SEVEN(KIND, STRIDE, SIZE, EDGE)                                                                               \
  SQUARE_WINDOWS(KIND##1, 1, STRIDE, SIZE, EDGE)                                                                      \
  SQUARE_WINDOWS(KIND##2, 2, STRIDE, SIZE, EDGE)                                                                      \
  SQUARE_WINDOWS(KIND##3, 3, STRIDE, SIZE, EDGE)                                                                      \
  SQUARE_WINDOWS(KIND##4, 4, STRIDE, SIZE, EDGE)                                                                      \
  SQUARE_WINDOWS(KIND##5, 5, STRIDE, SIZE, EDGE)                                                                      \
  SQUARE_WINDOWS(KIND##6, 6, STRIDE, SIZE, EDGE)                                                                      \
  SQUARE_WINDOWS(KIND##7, 7, STRIDE, SIZE, EDGE)

#define EACH_OF_SEVEN(KIND) {KIND##1, KIND##2, KIND##3, KIND##4, KIND##5, KIND##6, KIND##7}

#define SQUARES(KIND, STRIDE, SIZE)                                                                                   \
  SEVEN(KIND##Inside, STRIDE, SIZE, 0)                                                                                \
  SEVEN(KIND##AtEdge, STRIDE, SIZE, 1)                                                                                \
  static const struct squares KIND = {EACH_OF_SEVEN(KIND##Inside), EACH_OF_SEVEN(KIND##AtEdge)};

SQUARES(nine, 1, 3)
SQUARES(nineApart, 2, 3)
SQUARES(twentyFive, 1, 5)
SQUARES(twentyFiveApart, 2, 5)

/* By size and stride; none where there are no such functions. */
static const struct squares *squares(ptrdiff_t size, ptrdiff_t stride) {
  if (size == 3 && stride == 1) return &nine;
  if (size == 3 && stride == 2) return &nineApart;
  if (size == 5 && stride == 1) return &twentyFive;
  if (size == 5 && stride == 2) return &twentyFiveApart;
  return NULL;
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
static void depthwise(const float *from, const int *lines, int lineCount, const int *shape, const float *weights,
                      const float *start, int channels, float low, float high, float *out, int at,
                      int function) {
  vector min = spread(low), max = spread(high);
  ptrdiff_t inputs = shape[0], outputs = shape[1], height = shape[2], width = shape[3];
  ptrdiff_t stride = shape[4], dilation = shape[5], left = shape[6];
  ptrdiff_t step = stride * channels;
  const struct squares *square = squares(dilation == 1 && height == width ? width : 0, stride);
  for (ptrdiff_t i = 0; i < lineCount; i++) {
    const int *seenLines = lines + i * height;
    float *to = out + at + i * outputs * channels;
    for (ptrdiff_t x = 0; x < outputs;) {
      struct pixels seen;
      seen.count = 0;
      if (square) {
        /* Shares of about the same size: few chains would wait for their sums. */
        ptrdiff_t shares = (outputs - x + MANY - 1) / MANY, taken = (outputs - x + shares - 1) / shares;
        ptrdiff_t begin = x * stride - left, end = begin + (taken - 1) * stride + width;
        int edge = begin < 0 || end > inputs;
        float *results = to + x * channels;
        (edge ? square->atEdge : square->inside)[taken - 1](from + begin * channels, seenLines, -begin, inputs - begin,
                                                            weights, start, channels, min, max, results);
        finish(function, results, 0, 1, taken * channels);
        x += taken;
        continue;
      }
      ptrdiff_t begin = x * stride - left, last = begin + (width - 1) * dilation;
      int inside = begin >= 0 && last < inputs;
      /* Windows that lie inside see the same pixels, each a step further. */
      ptrdiff_t run = inside ? (inputs - 1 - last) / stride + 1 : 1;
      if (run > outputs - x) run = outputs - x;
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
static void pool(int largest, const float *from, int step, int windows, const int *taps, int count, int channels,
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

/* Functions of elements and of rows; the part of kernels.c that knows no windows and no matrices. Uses its vectors. */

/* PlainMath.exp, bit for bit. */
static inline vector exponential(vector x) {
  const vector rounding = spread(0x1.8p23f);
  vector shifted = bounded(x, spread(-104.0f), spread(89.0f));
  vector r = shifted;
  shifted = shifted * spread(1.442695f) + rounding;
  vector whole = shifted - rounding;
  r = whole * spread(-0.6933594f) + r;
  r = whole * spread(2.1219444e-4f) + r;
  vector p = spread(1.9875691e-4f) * r + spread(1.3981999e-3f);
  p = p * r + spread(8.333452e-3f);
  p = p * r + spread(0.041665796f);
  p = p * r + spread(0.16666666f);
  p = p * r + spread(0.5f);
  vector square = r * r;
  p = p * square + r;
  p = p + spread(1);
  mask n = (mask)shifted - 0x4B400000;
  mask half = n >> 1;
  return p * (vector)((half + 127) << 23) * (vector)((n - half + 127) << 23);
}

/* PlainMath.logistic, bit for bit. */
static inline vector logistic(vector x) {
  const vector rounding = spread(0x1.8000fep23f);
  x = choose(x < spread(-88.37f), spread(-89), choose(x > spread(87), spread(87), x));
  vector shifted = x * spread(-1.442695f) + rounding;
  vector whole = shifted - rounding;
  vector r = whole * spread(-0.6933594f) - x;
  r = whole * spread(2.1219444e-4f) + r;
  vector p = spread(1.381454e-3f) * r + spread(8.368745e-3f);
  p = p * r + spread(0.04166839f);
  p = p * r + spread(0.16666521f);
  p = p * r + spread(0.49999994f);
  p = p * (r * r) + r;
  vector power = (vector)((mask)shifted << 23);
  return spread(1) / (p * power + power + spread(1));
}

/* PlainMath.tanh, bit for bit. */
static inline vector hyperbolicTangent(vector x) {
  x = bounded(x, spread(-9.8f), spread(9.8f));
  vector s = x * x;
  vector p = spread(-2.7607684e-16f) * s + spread(2.000188e-13f);
  p = p * s + spread(-8.604672e-11f);
  p = p * s + spread(5.1222973e-8f);
  p = p * s + spread(1.48572235e-5f);
  p = p * s + spread(6.3726195e-4f);
  p = p * s + spread(4.8935246e-3f);
  vector q = spread(1.1982584e-6f) * s + spread(1.1853471e-4f);
  q = q * s + spread(2.2684347e-3f);
  q = q * s + spread(4.893525e-3f);
  return bounded(x * p / q, spread(-1), spread(1));
}

/* PlainMath.erf, bit for bit. */
static inline vector errorFunction(vector x) {
  x = bounded(x, spread(-4.1f), spread(4.1f));
  vector s = x * x;
  vector p = spread(-2.7261424e-10f) * s + spread(2.7706815e-8f);
  p = p * s + spread(-2.101024e-6f);
  p = p * s + spread(-5.6925062e-5f);
  p = p * s + spread(-7.3499064e-4f);
  p = p * s + spread(-2.9546e-3f);
  p = p * s + spread(-0.016096033f);
  vector q = spread(-1.45660715e-5f) * s + spread(-2.1337405e-4f);
  q = q * s + spread(-1.682827e-3f);
  q = q * s + spread(-7.3733293e-3f);
  q = q * s + spread(-0.014264739f);
  return bounded(x * p / q, spread(-1), spread(1));
}

/* PlainLoops.gelu. */
static inline vector gelu(vector x) {
  vector e = errorFunction(x * spread(0x1.6a09e6p-1f));
  return x * spread(0.5f) * (e + spread(1));
}

/* PlainLoops.geluByTanh. */
static inline vector geluByTanh(vector x) {
  vector cube = x * x * x * spread(0.044715f);
  vector cubic = cube + x;
  vector t = hyperbolicTangent(cubic * spread(0x1.988454p-1f));
  return x * spread(0.5f) * (t + spread(1));
}

/* PlainMath.log, bit for bit. */
static inline vector logarithm(vector x) {
  const mask tiny = x < spread(0x1p-126f);
  mask shifted = (mask)choose(tiny, x * spread(0x1p23f), x) - 0x3F3504F3;
  vector n = __builtin_convertvector((shifted >> 23) - (tiny & 23), vector);
  vector m = (vector)((shifted & 0x7FFFFF) + 0x3F3504F3) - spread(1);
  vector s = m * m;
  vector p = spread(0.07037683f) * m + spread(-0.1151461f);
  p = p * m + spread(0.11676998f);
  p = p * m + spread(-0.12420141f);
  p = p * m + spread(0.14249323f);
  p = p * m + spread(-0.16668057f);
  p = p * m + spread(0.20000714f);
  p = p * m + spread(-0.24999994f);
  p = p * m + spread(0.3333333f);
  p = p * m;
  p = p * s;
  p = n * spread(-2.1219444e-4f) + p;
  p = s * spread(-0.5f) + p;
  p = m + p;
  p = n * spread(0.6933594f) + p;
  vector none = choose(x == spread(0), spread(-__builtin_inff()), spread(__builtin_nanf("")));
  return choose(x < spread(__builtin_inff()), choose(x > spread(0), p, none), x);
}

/* PlainWaves.elu, bit for bit. */
static inline vector elu(vector x) {
  vector t = hyperbolicTangent(x * spread(0.5f));
  return choose(x > spread(0), x, (t + t) / (spread(1) - t));
}

/* As many elements as there are, the others 0. */
static inline vector loadSome(const float *from, ptrdiff_t count) {
  float some[LANES] = {0};
  for (ptrdiff_t k = 0; k < count; k++) some[k] = from[k];
  return load(some);
}

static inline void storeSome(float *to, vector x, ptrdiff_t count) {
  float some[LANES];
  store(some, x);
  for (ptrdiff_t k = 0; k < count; k++) to[k] = some[k];
}

#define EACH(FUNCTION, EXPRESSION)                                                                                    \
  static void each_##FUNCTION(const float *from, float *to, int at, int count, float a, float b) {                    \
    from += at;                                                                                                       \
    to += at;                                                                                                         \
    ptrdiff_t i = 0;                                                                                                  \
    for (; i + LANES <= count; i += LANES) {                                                                          \
      vector x = load(from + i);                                                                                      \
      store(to + i, EXPRESSION);                                                                                      \
    }                                                                                                                 \
    if (i < count) {                                                                                                  \
      vector x = loadSome(from + i, count - i);                                                                       \
      storeSome(to + i, EXPRESSION, count - i);                                                                       \
    }                                                                                                                 \
  }

/* Functions of elements; a and b are what they take besides. */
EACH(bound, bounded(x, spread(a), spread(b)))
EACH(leakyRelu, choose(x > spread(0), x, x * spread(a)))
EACH(elu, elu(x))
EACH(exp, exponential(x))
EACH(log, logarithm(x))
EACH(logistic, logistic(x))
EACH(swish, x * logistic(x))
EACH(tanh, hyperbolicTangent(x))
EACH(gelu, gelu(x))
EACH(geluByTanh, geluByTanh(x))

/* NaN if either is, and of zeros the positive one. */
static inline vector larger(vector x, vector y) {
  vector larger = choose(x == y, (vector)((mask)x & (mask)y), choose(x > y, x, y));
  return choose(x != x, x, larger);
}

/* NaN if either is, and of zeros the negative one. */
static inline vector smaller(vector x, vector y) {
  vector smaller = choose(x == y, (vector)((mask)x | (mask)y), choose(x < y, x, y));
  return choose(x != x, x, smaller);
}

/* Rows of results; X and Y load a vector of an operand's row, X_SOME and Y_SOME what is left of it. */
#define ROWS_OF_TWO(X, Y, X_SOME, Y_SOME, EXPRESSION)                                                                 \
  for (; rows > 0; rows--, a += aStep, b += bStep, out += step) {                                                     \
    const vector first = spread(*a), second = spread(*b);                                                             \
    (void)first, (void)second;                                                                                        \
    ptrdiff_t k = 0;                                                                                                  \
    for (; k + LANES <= count; k += LANES) {                                                                          \
      vector x = X, y = Y;                                                                                            \
      store(out + k, EXPRESSION);                                                                                     \
    }                                                                                                                 \
    if (k < count) {                                                                                                  \
      vector x = X_SOME, y = Y_SOME;                                                                                  \
      storeSome(out + k, EXPRESSION, count - k);                                                                      \
    }                                                                                                                 \
  }

#define TWO(CODE, EXPRESSION)                                                                                         \
  case CODE:                                                                                                          \
    if (alone == 1) {                                                                                                 \
      ROWS_OF_TWO(first, load(b + k), first, loadSome(b + k, count - k), EXPRESSION)                                  \
    } else if (alone == 2) {                                                                                          \
      ROWS_OF_TWO(load(a + k), second, loadSome(a + k, count - k), second, EXPRESSION)                                \
    } else {                                                                                                          \
      ROWS_OF_TWO(load(a + k), load(b + k), loadSome(a + k, count - k), loadSome(b + k, count - k), EXPRESSION)       \
    }                                                                                                                 \
    break;

/*
 * Functions of two elements, by their codes in Combination.java: rows of count elements, as many of out, a and b.
 *
 *   alone  1 if a row of a has one element, which meets all of b's; 2 if one of b has
 */
static void combine(int function, const float *a, int aAt, int aStep, const float *b, int bAt, int bStep, float *out,
                    int at, int step, int rows, int count, int alone) {
  a += aAt;
  b += bAt;
  out += at;
  switch (function) {
    TWO(0, x + y)
    TWO(1, x / y)
    TWO(2, larger(x, y))
    TWO(3, smaller(x, y))
    TWO(4, x * y)
    TWO(5, (x - y) * (x - y))
    TWO(6, x - y)
  }
}

/* Chains of a sum of a row: element i goes to chain i % CHAINS, as in Rows.java. */
#define CHAINS 16

typedef double chains __attribute__((vector_size(8 * LANES), aligned(8)));

#define SUM(EXPRESSION)                                                                                               \
  chains s[CHAINS / LANES] = {0};                                                                                     \
  ptrdiff_t i = 0;                                                                                                    \
  for (; i + CHAINS <= count; i += CHAINS) {                                                                          \
    UNROLL for (int c = 0; c < CHAINS / LANES; c++) {                                                                 \
      vector x = load(row + i + c * LANES);                                                                           \
      s[c] += __builtin_convertvector(EXPRESSION, chains);                                                            \
    }                                                                                                                 \
  }                                                                                                                   \
  double each[CHAINS];                                                                                                \
  for (int c = 0; c < CHAINS; c++) each[c] = s[c / LANES][c % LANES];                                                 \
  for (int c = 0; i + c < count; c++) {                                                                               \
    float x = row[i + c];                                                                                             \
    each[c] += EXPRESSION;                                                                                            \
  }                                                                                                                   \
  return halved(each);

static inline double halved(double *each) {
  for (int half = CHAINS / 2; half > 0; half /= 2) {
    for (int c = 0; c < half; c++) each[c] += each[c + half];
  }
  return each[0];
}

static inline double sum(const float *row, ptrdiff_t count) { SUM(x) }

/* Of the squares of the distances from the mean. */
static inline double deviations(const float *row, ptrdiff_t count, float mean) { SUM((x - mean) * (x - mean)) }

/* Sums of rows first to end of count elements, or their means. */
static void sums(const float *from, int first, int end, int count, int mean, float *out) {
  for (ptrdiff_t i = first; i < end; i++) {
    double total = sum(from + i * count, count);
    out[i] = (float)(mean ? total / count : total);
  }
}

/* VECTOR_COUNT vectors of columns, each column summed up by one chain. */
#define COLUMNS(FUNCTION, VECTOR_COUNT)                                                                               \
  static void FUNCTION(const float *from, ptrdiff_t rows, ptrdiff_t columns, double divisor, float *out) {            \
    chains s[VECTOR_COUNT] = {0};                                                                                     \
    for (ptrdiff_t k = 0; k < rows; k++, from += columns) {                                                           \
      UNROLL for (int v = 0; v < VECTOR_COUNT; v++) s[v] += __builtin_convertvector(load(from + v * LANES), chains);  \
    }                                                                                                                 \
    UNROLL for (int v = 0; v < VECTOR_COUNT; v++) store(out + v * LANES, __builtin_convertvector(s[v] / divisor, vector));\
  }

COLUMNS(fourColumns, 4)
COLUMNS(oneColumn, 1)

/* Sums of columns first to end of a matrix that begins at from[at], or their means: column c's goes to out[to + c]. */
static void columnSums(const float *from, int at, int rows, int columns, int first, int end, int mean, float *out,
                       int to) {
  double divisor = mean ? rows : 1;
  from += at;
  out += to;
  ptrdiff_t c = first;
  for (; c + 4 * LANES <= end; c += 4 * LANES) fourColumns(from + c, rows, columns, divisor, out + c);
  for (; c + LANES <= end; c += LANES) oneColumn(from + c, rows, columns, divisor, out + c);
  for (; c < end; c++) {
    double sum = 0;
    for (ptrdiff_t k = 0; k < rows; k++) sum += from[k * columns + c];
    out[c] = (float)(sum / divisor);
  }
}

/* The largest element, if none is NaN: then it does not matter. */
static inline float largest(const float *row, ptrdiff_t count) {
  vector m = spread(-__builtin_inff());
  ptrdiff_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    vector x = load(row + i);
    m = choose(x > m, x, m);
  }
  float most = -__builtin_inff();
  for (int c = 0; c < LANES; c++) most = m[c] > most ? m[c] : most;
  for (; i < count; i++) most = row[i] > most ? row[i] : most;
  return most;
}

/* Rows first to end of count elements: e to the power of beta times each, divided by their sum. As Rows.java. */
static void softmax(const float *from, float *to, int first, int end, int count, float beta) {
  for (ptrdiff_t i = first; i < end; i++) {
    const float *row = from + i * count;
    float *out = to + i * count;
    vector shift = spread(largest(row, count)), factor = spread(beta);
    ptrdiff_t k = 0;
    for (; k + LANES <= count; k += LANES) store(out + k, exponential((load(row + k) - shift) * factor));
    vector last = exponential((loadSome(row + k, count - k) - shift) * factor);
    storeSome(out + k, last, count - k);
    vector scale = spread((float)(1 / sum(out, count)));
    k = 0;
    for (; k + LANES <= count; k += LANES) store(out + k, load(out + k) * scale);
    storeSome(out + k, loadSome(out + k, count - k) * scale, count - k);
  }
}

/*
 * Rows first to end of count elements, brought to mean 0 and variance 1, times scale, plus shift. Each result is rounded
 * as by the ops that do this one after the other.
 */
static void normalize(const float *from, float *to, int first, int end, int count, float epsilon, const float *scale,
                      const float *shift) {
  for (ptrdiff_t i = first; i < end; i++) {
    const float *row = from + i * count;
    float *out = to + i * count;
    float mean = (float)(sum(row, count) / count);
    float variance = (float)(deviations(row, count, mean) / count);
    float factor = 1 / __builtin_sqrtf(variance + epsilon);
    for (ptrdiff_t k = 0; k < count; k += LANES) {
      ptrdiff_t left = count - k;
      vector x = left < LANES ? loadSome(row + k, left) : load(row + k);
      vector product = (x - mean) * factor * (left < LANES ? loadSome(scale + k, left) : load(scale + k));
      vector result = product + (left < LANES ? loadSome(shift + k, left) : load(shift + k));
      if (left < LANES) {
        storeSome(out + k, result, left);
      } else {
        store(out + k, result);
      }
    }
  }
}

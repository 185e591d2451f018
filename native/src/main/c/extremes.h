/* The largest or least of elements; a part of kernels.c, which knows no other reductions but sums: functions.h. */

/* Chains of a row, since each comparison waits for the one before. */
#define EXTREMES 4

/*
 * The largest of a row that is not empty, NaN if there is one, and of zeros the positive one; the least by its negative.
 *
 *   sign  a bit that turns each element's sign, or none
 */
static inline float largestOf(const float *row, ptrdiff_t count, int sign) {
  const mask turned = (mask)spread(0) | sign;
  vector most[EXTREMES];
  /* Bits that all have, and those that NaN leaves. */
  mask common[EXTREMES], odd[EXTREMES];
  UNROLL for (int i = 0; i < EXTREMES; i++) {
    most[i] = spread(-__builtin_inff());
    common[i] = (mask)spread(-0.0f);
    odd[i] = (mask)spread(0);
  }
#define LARGEST(I, X)                                                                                                 \
  vector x = (vector)((mask)(X) ^ turned);                                                                            \
  most[I] = choose(x > most[I], x, most[I]);                                                                          \
  common[I] &= (mask)x;                                                                                               \
  odd[I] |= x != x;
  ptrdiff_t k = 0;
  for (; k + EXTREMES * LANES <= count; k += EXTREMES * LANES) {
    UNROLL for (int i = 0; i < EXTREMES; i++) {
      LARGEST(i, load(row + k + i * LANES))
    }
  }
  for (; k + LANES <= count; k += LANES) {
    LARGEST(0, load(row + k))
  }
  if (k < count) {
    float some[LANES];
    for (ptrdiff_t i = 0; i < LANES; i++) some[i] = row[k + i < count ? k + i : k];
    LARGEST(1, load(some))
  }
  UNROLL for (int i = 1; i < EXTREMES; i++) {
    most[0] = choose(most[i] > most[0], most[i], most[0]);
    common[0] &= common[i];
    odd[0] |= odd[i];
  }
  float largest = __builtin_reduce_max(most[0]);
  int bits = __builtin_reduce_and(common[0]);
  if (__builtin_reduce_or(odd[0])) return __builtin_nanf("");
  if (largest == 0) largest = bits < 0 ? -0.0f : 0.0f;
  return largest;
}

/* The largest or least elements of rows first to end, of count elements each. */
static void extremes(const float *from, int first, int end, int count, int least, float *out) {
  for (ptrdiff_t i = first; i < end; i++) {
    const float *row = from + i * count;
    out[i] = least ? -largestOf(row, count, -0x7fffffff - 1) : largestOf(row, count, 0);
  }
}

/* VECTOR_COUNT vectors of columns. */
#define EXTREME_COLUMNS(FUNCTION, OF_TWO, VECTOR_COUNT)                                                               \
  static void FUNCTION(const float *from, ptrdiff_t rows, ptrdiff_t columns, float *out) {                            \
    vector s[VECTOR_COUNT];                                                                                           \
    UNROLL for (int v = 0; v < VECTOR_COUNT; v++) s[v] = load(from + v * LANES);                                      \
    for (ptrdiff_t k = 1; k < rows; k++) {                                                                            \
      from += columns;                                                                                                \
      UNROLL for (int v = 0; v < VECTOR_COUNT; v++) s[v] = OF_TWO(s[v], load(from + v * LANES));                      \
    }                                                                                                                 \
    UNROLL for (int v = 0; v < VECTOR_COUNT; v++) store(out + v * LANES, s[v]);                                       \
  }

EXTREME_COLUMNS(largestOfOne, larger, 1)
EXTREME_COLUMNS(largestOfSome, larger, 4)
EXTREME_COLUMNS(leastOfOne, smaller, 1)
EXTREME_COLUMNS(leastOfSome, smaller, 4)

/* The largest or least of columns first to end of a matrix of some rows. */
static void columnExtremes(const float *from, int at, int rows, int columns, int first, int end, int least, float *out,
                           int to) {
  from += at;
  out += to;
  ptrdiff_t c = first;
  for (; c + 4 * LANES <= end; c += 4 * LANES) {
    (least ? leastOfSome : largestOfSome)(from + c, rows, columns, out + c);
  }
  for (; c + LANES <= end; c += LANES) (least ? leastOfOne : largestOfOne)(from + c, rows, columns, out + c);
  if (c < end) {
    vector s = loadSome(from + c, end - c);
    for (ptrdiff_t k = 1; k < rows; k++) {
      vector x = loadSome(from + k * columns + c, end - c);
      s = least ? smaller(s, x) : larger(s, x);
    }
    storeSome(out + c, s, end - c);
  }
}

/* No smaller number is ever the largest, as TensorFlow has it. */
#define LEAST_FLOAT (-0x1.fffffep127f)

/* The place of the largest of a row, the first of equal ones; NaN is passed over; sign as for largestOf. */
static inline int placeOfLargest(const float *row, ptrdiff_t count, int sign) {
  const mask turned = (mask)spread(0) | sign;
  vector most = spread(LEAST_FLOAT);
  mask places = (mask)spread(0), here;
  UNROLL for (int i = 0; i < LANES; i++) here[i] = i;
  ptrdiff_t k = 0;
  for (; k + LANES <= count; k += LANES, here += LANES) {
    vector x = (vector)((mask)load(row + k) ^ turned);
    mask larger = x > most;
    most = choose(larger, x, most);
    places = (larger & here) | (~larger & places);
  }
  float largest = __builtin_reduce_max(most);
  mask equal = most == spread(largest);
  int place = __builtin_reduce_min((equal & places) | (~equal & 0x7fffffff));
  for (; k < count; k++) {
    float x = sign ? -row[k] : row[k];
    if (x > largest) {
      largest = x;
      place = (int)k;
    }
  }
  return place;
}

/* The same of LANES short rows. */
static inline void placesOfLargest(const float *rows, ptrdiff_t count, int sign, int *out) {
  const mask turned = (mask)spread(0) | sign;
  vector most = spread(LEAST_FLOAT);
  mask places = (mask)spread(0);
  for (ptrdiff_t k = 0; k < count; k++) {
    vector x;
    UNROLL for (int i = 0; i < LANES; i++) x[i] = rows[i * count + k];
    x = (vector)((mask)x ^ turned);
    mask larger = x > most;
    most = choose(larger, x, most);
    places = (larger & (int)k) | (~larger & places);
  }
  *(mask *)out = places;
}

/* The places of the largest or least elements of rows first to end, of count elements each. */
static void argExtremes(const float *from, int first, int end, int count, int least, int *out) {
  int sign = least ? -0x7fffffff - 1 : 0;
  ptrdiff_t i = first;
  if (count < 4 * LANES) {
    for (; i + LANES <= end; i += LANES) placesOfLargest(from + i * count, count, sign, out + i);
  }
  for (; i < end; i++) out[i] = placeOfLargest(from + i * count, count, sign);
}

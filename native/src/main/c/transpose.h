/* Transposes of matrices; a part of kernels.c. */

/* Rows of a matrix of which some columns stay in the nearest cache while they are transposed. */
#define NEAR 64

/* Indices of a shuffle: what goes to the lanes from K on, of two vectors. */
#define LOW_1(K) K, LANES + K, K + 1, LANES + K + 1
#define HIGH_1(K) K + 2, LANES + K + 2, K + 3, LANES + K + 3
#define LOW_2(K) K, K + 1, LANES + K, LANES + K + 1
#define HIGH_2(K) K + 2, K + 3, LANES + K + 2, LANES + K + 3
#define LOW_4(K) K, K + 1, K + 2, K + 3, LANES + K, LANES + K + 1, LANES + K + 2, LANES + K + 3
#define HIGH_4(K) LOW_4(K + 4)
#define EIGHT(K) K, K + 1, K + 2, K + 3, K + 4, K + 5, K + 6, K + 7

#if LANES == 4
#define FOURS(INDICES) INDICES(0)
#elif LANES == 8
#define FOURS(INDICES) INDICES(0), INDICES(4)
#define EIGHTS(INDICES) INDICES(0)
#else
#define FOURS(INDICES) INDICES(0), INDICES(4), INDICES(8), INDICES(12)
#define EIGHTS(INDICES) INDICES(0), INDICES(8)
#endif

/* Swaps halves of parts of two rows STEP apart, so that parts twice as long are transposed. */
#define SWAP(STEP, LOW, HIGH)                                                                                         \
  UNROLL for (int i = 0; i < LANES; i++) {                                                                            \
    if (i & STEP) continue;                                                                                           \
    vector x = tile[i], y = tile[i + STEP];                                                                           \
    tile[i] = __builtin_shufflevector(x, y, LOW);                                                                     \
    tile[i + STEP] = __builtin_shufflevector(x, y, HIGH);                                                             \
  }

/* A matrix of LANES rows and as many columns. */
static inline void transposeTile(const float *from, ptrdiff_t step, float *to, ptrdiff_t toStep) {
  vector tile[LANES];
  UNROLL for (int i = 0; i < LANES; i += 4) {
    vector a = load(from + i * step), b = load(from + (i + 1) * step);
    vector c = load(from + (i + 2) * step), d = load(from + (i + 3) * step);
    vector p = __builtin_shufflevector(a, b, FOURS(LOW_1)), q = __builtin_shufflevector(a, b, FOURS(HIGH_1));
    vector r = __builtin_shufflevector(c, d, FOURS(LOW_1)), s = __builtin_shufflevector(c, d, FOURS(HIGH_1));
    tile[i] = __builtin_shufflevector(p, r, FOURS(LOW_2));
    tile[i + 1] = __builtin_shufflevector(p, r, FOURS(HIGH_2));
    tile[i + 2] = __builtin_shufflevector(q, s, FOURS(LOW_2));
    tile[i + 3] = __builtin_shufflevector(q, s, FOURS(HIGH_2));
  }
#if LANES > 4
  SWAP(4, EIGHTS(LOW_4), EIGHTS(HIGH_4))
#endif
#if LANES > 8
#define LOW_8 EIGHT(0), EIGHT(LANES)
#define HIGH_8 EIGHT(8), EIGHT(LANES + 8)
  SWAP(8, LOW_8, HIGH_8)
#endif
  UNROLL for (int i = 0; i < LANES; i++) store(to + i * toStep, tile[i]);
}

static inline void transposeSlowly(const float *from, ptrdiff_t step, ptrdiff_t rows, ptrdiff_t columns, float *to,
                                   ptrdiff_t toStep) {
  for (ptrdiff_t r = 0; r < rows; r++) {
    for (ptrdiff_t c = 0; c < columns; c++) to[c * toStep + r] = from[r * step + c];
  }
}

/* Pixels of three channels: element P of three vectors in a row is taken from the first two, if it is there, then from the third. */
#define SPLIT_FIRST(I, C) (3 * (I) + (C) < 2 * LANES ? 3 * (I) + (C) : 0)
#define SPLIT_SECOND(I, C) (3 * (I) + (C) < 2 * LANES ? (I) : 3 * (I) + (C)-LANES)

/* Lane I of vector V of such pixels, by its channel. */
#define JOIN_FIRST(I, V) (((V)*LANES + (I)) % 3 == 1 ? LANES + ((V)*LANES + (I)) / 3 : ((V)*LANES + (I)) / 3)
#define JOIN_SECOND(I, V) (((V)*LANES + (I)) % 3 == 2 ? LANES + ((V)*LANES + (I)) / 3 : (I))

#define FOUR_OF(F, I, X) F(I, X), F(I + 1, X), F(I + 2, X), F(I + 3, X)
#if LANES == 4
#define EACH_LANE(F, X) FOUR_OF(F, 0, X)
#elif LANES == 8
#define EACH_LANE(F, X) FOUR_OF(F, 0, X), FOUR_OF(F, 4, X)
#else
#define EACH_LANE(F, X) FOUR_OF(F, 0, X), FOUR_OF(F, 4, X), FOUR_OF(F, 8, X), FOUR_OF(F, 12, X)
#endif

#define THREE_TO_ONE(FIRST, SECOND, X, A, B, C)                                                                       \
  __builtin_shufflevector(__builtin_shufflevector(A, B, EACH_LANE(FIRST, X)), C, EACH_LANE(SECOND, X))

/* Pixels of three channels become three planes, step apart. */
static void splitPixels(const float *from, ptrdiff_t count, float *to, ptrdiff_t step) {
  ptrdiff_t i = 0;
  for (; i + LANES <= count; i += LANES, from += 3 * LANES) {
    vector a = load(from), b = load(from + LANES), c = load(from + 2 * LANES);
    store(to + i, THREE_TO_ONE(SPLIT_FIRST, SPLIT_SECOND, 0, a, b, c));
    store(to + step + i, THREE_TO_ONE(SPLIT_FIRST, SPLIT_SECOND, 1, a, b, c));
    store(to + 2 * step + i, THREE_TO_ONE(SPLIT_FIRST, SPLIT_SECOND, 2, a, b, c));
  }
  transposeSlowly(from, 3, count - i, 3, to + i, step);
}

/* And the other way round. */
static void joinPixels(const float *from, ptrdiff_t step, ptrdiff_t count, float *to) {
  ptrdiff_t i = 0;
  for (; i + LANES <= count; i += LANES, to += 3 * LANES) {
    vector a = load(from + i), b = load(from + step + i), c = load(from + 2 * step + i);
    store(to, THREE_TO_ONE(JOIN_FIRST, JOIN_SECOND, 0, a, b, c));
    store(to + LANES, THREE_TO_ONE(JOIN_FIRST, JOIN_SECOND, 1, a, b, c));
    store(to + 2 * LANES, THREE_TO_ONE(JOIN_FIRST, JOIN_SECOND, 2, a, b, c));
  }
  transposeSlowly(from + i, step, 3, count - i, to, 3);
}

/* Element c of row r, at from[at + r * step + c], goes to to[toAt + c * toStep + r]. */
static void transpose(const float *from, int at, int step, int rows, int columns, float *to, int toAt, int toStep) {
  from += at;
  to += toAt;
  if (columns == 3 && step == 3) return splitPixels(from, rows, to, toStep);
  if (rows == 3 && toStep == 3) return joinPixels(from, step, columns, to);
  ptrdiff_t wholeRows = rows - rows % LANES, wholeColumns = columns - columns % LANES;
  const ptrdiff_t next = step, toNext = toStep;
  for (ptrdiff_t row = 0; row < wholeRows; row += NEAR) {
    ptrdiff_t end = row + NEAR < wholeRows ? row + NEAR : wholeRows;
    for (ptrdiff_t c = 0; c < wholeColumns; c += LANES) {
      for (ptrdiff_t r = row; r < end; r += LANES) {
        transposeTile(from + r * next + c, next, to + c * toNext + r, toNext);
      }
    }
    transposeSlowly(from + row * next + wholeColumns, next, end - row, columns - wholeColumns,
                    to + wholeColumns * toNext + row, toNext);
  }
  transposeSlowly(from + wholeRows * next, next, rows - wholeRows, columns, to + wholeRows, toNext);
}

/* Tiles of a product: the sums of some rows and the columns of a panel, in registers; a part of kernels.c. */

/*
 * Vectors of half the lanes, for what is left of the columns: as many of them as of whole ones are done at a time where the
 * whole ones are made of two, as in the first machines with AVX-512 by AMD.
 */
#define HALF (LANES / 2)
typedef float half __attribute__((vector_size(4 * HALF), aligned(4), may_alias));
typedef int halfMask __attribute__((vector_size(4 * HALF), aligned(4), may_alias));

static inline half loadHalf(const float *from) { return *(const half *)from; }
static inline void storeHalf(float *to, half x) { *(half *)to = x; }
static inline half spreadHalf(float x) { return x - (half){0}; }

static inline half chooseHalf(halfMask which, half yes, half no) {
  return (half)((which & (halfMask)yes) | (~which & (halfMask)no));
}

static inline half boundedHalf(half x, vector min, vector max) {
  half low = spreadHalf(min[0]), high = spreadHalf(max[0]);
  x = chooseHalf(x < low, low, x);
  return chooseHalf(x > high, high, x);
}

/*
 * A tile: COUNT rows of the first VECTORS vectors of a panel and of HALVES, one or none, of a vector behind them. Apart from
 * it no loop holds enough in registers. Every loop over the sums is unrolled: one that were not would keep all of them in
 * memory.
 *
 *   ahead  what to bring nearer meanwhile: weights come from memory, whose prefetcher stops at each page. Never read, so it
 *          may lie anywhere
 */
#define TILE(NAME, COUNT, VECTORS, HALVES)                                                                           \
  static void NAME(const struct left *left, const ptrdiff_t *starts, const float *panel, const float *ahead,         \
                   const float *bias, float *out, ptrdiff_t columns, ptrdiff_t width, vector min, vector max) {      \
    vector s[COUNT][VECTORS + 1];                                                                                    \
    half h[COUNT];                                                                                                   \
    UNROLL for (int i = 0; i < COUNT; i++) {                                                                         \
      UNROLL for (int v = 0; v < VECTORS; v++) s[i][v] = load(bias + v * LANES);                                     \
      if (HALVES) h[i] = loadHalf(bias + VECTORS * LANES);                                                           \
    }                                                                                                                \
    for (ptrdiff_t t = 0; t < left->tapCount; t++) {                                                                 \
      const float *a[COUNT];                                                                                         \
      UNROLL for (int i = 0; i < COUNT; i++) a[i] = left->data + starts[i] + left->taps[t];                          \
      for (ptrdiff_t k = 0; k < left->depth; ahead += LINE) {                                                        \
        ptrdiff_t end = k + STRETCH < left->depth ? k + STRETCH : left->depth;                                       \
        __builtin_prefetch(ahead, 0, 1);                                                                             \
        for (; k < end; k++, panel += PANEL) {                                                                       \
          vector b[VECTORS + 1];                                                                                     \
          half c = {0};                                                                                              \
          UNROLL for (int v = 0; v < VECTORS; v++) b[v] = load(panel + v * LANES);                                   \
          if (HALVES) c = loadHalf(panel + VECTORS * LANES);                                                         \
          UNROLL for (int i = 0; i < COUNT; i++) {                                                                   \
            vector x = spread(a[i][k]);                                                                              \
            UNROLL for (int v = 0; v < VECTORS; v++) s[i][v] = x * b[v] + s[i][v];                                   \
            if (HALVES) h[i] = spreadHalf(a[i][k]) * c + h[i];                                                       \
          }                                                                                                          \
        }                                                                                                            \
      }                                                                                                              \
    }                                                                                                                \
    UNROLL for (int i = 0; i < COUNT; i++) {                                                                         \
      UNROLL for (int v = 0; v < VECTORS; v++) s[i][v] = bounded(s[i][v], min, max);                                 \
      if (HALVES) h[i] = boundedHalf(h[i], min, max);                                                                \
    }                                                                                                                \
    ptrdiff_t full = VECTORS * LANES + HALVES * HALF;                                                                \
    float tail[COUNT][VECTORS * LANES + HALVES * HALF];                                                              \
    float *to = width == full ? out : tail[0];                                                                       \
    ptrdiff_t step = width == full ? columns : full;                                                                 \
    UNROLL for (int i = 0; i < COUNT; i++) {                                                                         \
      UNROLL for (int v = 0; v < VECTORS; v++) store(to + i * step + v * LANES, s[i][v]);                            \
      if (HALVES) storeHalf(to + i * step + VECTORS * LANES, h[i]);                                                  \
    }                                                                                                                \
    if (width == full) return;                                                                                       \
    for (int i = 0; i < COUNT; i++) {                                                                                \
      for (ptrdiff_t j = 0; j < width; j++) out[i * columns + j] = tail[i][j];                                       \
    }                                                                                                                \
  }

typedef void (*tile)(const struct left *, const ptrdiff_t *, const float *, const float *, const float *, float *, ptrdiff_t,
                     ptrdiff_t, vector, vector);

/* Tiles of one width, by their height less 1. */
struct tiles {
  const tile *byHeight;
  ptrdiff_t most;
};

#define SIX(KIND, VECTORS, HALVES)                                                                                    \
  TILE(KIND##1, 1, VECTORS, HALVES)                                                                                   \
  TILE(KIND##2, 2, VECTORS, HALVES)                                                                                   \
  TILE(KIND##3, 3, VECTORS, HALVES)                                                                                   \
  TILE(KIND##4, 4, VECTORS, HALVES)                                                                                   \
  TILE(KIND##5, 5, VECTORS, HALVES)                                                                                   \
  TILE(KIND##6, 6, VECTORS, HALVES)

#define TWELVE(KIND, VECTORS, HALVES)                                                                                 \
  SIX(KIND, VECTORS, HALVES)                                                                                          \
  TILE(KIND##7, 7, VECTORS, HALVES)                                                                                   \
  TILE(KIND##8, 8, VECTORS, HALVES)                                                                                   \
  TILE(KIND##9, 9, VECTORS, HALVES)                                                                                   \
  TILE(KIND##10, 10, VECTORS, HALVES)                                                                                 \
  TILE(KIND##11, 11, VECTORS, HALVES)                                                                                 \
  TILE(KIND##12, 12, VECTORS, HALVES)                                                                                 \
  static const tile KIND##ByHeight[] = {KIND##1, KIND##2, KIND##3, KIND##4,  KIND##5,  KIND##6,                       \
                                        KIND##7, KIND##8, KIND##9, KIND##10, KIND##11, KIND##12};                     \
  static const struct tiles KIND = {KIND##ByHeight, 12};

TWELVE(narrow, 1, 0)
#if ROWS > 6
TWELVE(wide, 2, 0)
#else
SIX(wide, 2, 0)
static const tile wideByHeight[] = {wide1, wide2, wide3, wide4, wide5, wide6};
static const struct tiles wide = {wideByHeight, 6};
#endif
#if LANES == 16
TWELVE(small, 0, 1)
TWELVE(middle, 1, 1)
#endif

/* Those for a number of columns, at most a panel's. */
static inline const struct tiles *tilesOf(ptrdiff_t columns) {
#if LANES == 16
  if (columns <= HALF) return &small;
  if (columns > LANES && columns <= LANES + HALF) return &middle;
#endif
  return columns <= LANES ? &narrow : &wide;
}

/* Choice by condition, and conditions; a part of kernels.c. */

typedef signed char flags __attribute__((vector_size(LANES), aligned(1), may_alias));

/*
 * out[i] = yes[i * yesStep] where flag i is not 0, else no[i * noStep], for count elements from the places on that go
 * before them.
 */
static void selected(const signed char *held, int heldAt, const float *yes, int yesAt, int yesStep, const float *no,
                     int noAt, int noStep, float *out, int at, int count) {
  held += heldAt;
  yes += yesAt;
  no += noAt;
  out += at;
  ptrdiff_t k = 0;
  if (count >= LANES) {
    vector x = spread(*yes), y = spread(*no);
    for (; k + LANES <= count; k += LANES) {
      mask which = __builtin_convertvector(*(const flags *)(held + k), mask) != 0;
      if (yesStep) x = load(yes + k);
      if (noStep) y = load(no + k);
      store(out + k, choose(which, x, y));
    }
  }
  for (; k < count; k++) out[k] = held[k] ? yes[k * yesStep] : no[k * noStep];
}

#define RELATION(CODE, TYPE, OPERATOR)                                                                                \
  case CODE: {                                                                                                        \
    TYPE x = (TYPE)spread(*a), y = (TYPE)spread(*b);                                                                  \
    for (; k + LANES <= count; k += LANES) {                                                                          \
      if (aStep) x = (TYPE)load(a + k);                                                                               \
      if (bStep) y = (TYPE)load(b + k);                                                                               \
      *(flags *)(out + k) = __builtin_convertvector((x OPERATOR y) & 1, flags);                                       \
    }                                                                                                                 \
    if (k < count) {                                                                                                  \
      if (aStep) x = (TYPE)loadSome(a + k, count - k);                                                                \
      if (bStep) y = (TYPE)loadSome(b + k, count - k);                                                                \
      mask holds = x OPERATOR y;                                                                                      \
      for (ptrdiff_t i = 0; k + i < count; i++) out[k + i] = holds[i] & 1;                                            \
    }                                                                                                                 \
    break;                                                                                                            \
  }

/*
 * out[i] = 1 where a relation, by its code in Comparison.java, holds between a[i * aStep] and b[i * bStep], else 0, for
 * count elements from the places on that go before them.
 *
 *   integers  whether the arrays hold int32
 */
static void compare(int relation, int integers, const float *a, int aAt, int aStep, const float *b, int bAt, int bStep,
                    signed char *out, int at, int count) {
  a += aAt;
  b += bAt;
  out += at;
  ptrdiff_t k = 0;
  switch (integers ? relation + 4 : relation) {
    RELATION(0, vector, ==)
    RELATION(1, vector, !=)
    RELATION(2, vector, <)
    RELATION(3, vector, <=)
    RELATION(4, mask, ==)
    RELATION(5, mask, !=)
    RELATION(6, mask, <)
    RELATION(7, mask, <=)
  }
}

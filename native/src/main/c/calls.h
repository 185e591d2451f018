/* What Java calls, see NativeCalls.java; a part of kernels.c. */

#define CALL(FUNCTION, STATEMENT) EXPORT void NAME(FUNCTION)(ARRAYS, int *n) { STATEMENT; }

static inline float real(int bits) {
  union {
    int bits;
    float number;
  } both = {bits};
  return both.number;
}

/* The width of a panel goes to the first number. */
CALL(panel, n[0] = PANEL)

CALL(product, product(a, n, places, n[4], n[5], b, c, real(n[6]), real(n[7]), d, n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15]))
CALL(pack, pack(a, n[0], n[1], n[2], n[3], n[4], b, n[5]))
CALL(winogradFilters, winogradFilters(a, n[0], n[1], n[2], b, n[3], n[4]))
CALL(winogradIn, winogradIn(a, places, n[0], n[1], n[2], n[3], b, n[4]))
CALL(winogradOut, winogradOut(a, n[0], places, n[1], n[2], n[3], n[4], b, real(n[5]), real(n[6]), c))
CALL(depthwise, depthwise(a, places, n[7], n, b, c, n[8], real(n[9]), real(n[10]), d, n[11], n[12]))
CALL(pool, pool(n[0], a, n[1], n[2], places, n[3], n[4], b, n[5]))

#define CALL_EACH(FUNCTION) CALL(FUNCTION, each_##FUNCTION(a, b, n[0], n[1], real(n[2]), real(n[3])))

CALL_EACH(bound)
CALL_EACH(leakyRelu)
CALL_EACH(elu)
CALL_EACH(exp)
CALL_EACH(log)
CALL_EACH(logistic)
CALL_EACH(swish)
CALL_EACH(tanh)
CALL_EACH(gelu)
CALL_EACH(geluByTanh)

CALL(combine, combine(n[0], a, n[1], n[2], b, n[3], n[4], c, n[5], n[6], n[7], n[8], n[9]))
CALL(compare, compare(n[0], n[1], a, n[2], n[3], b, n[4], n[5], (signed char *)c, n[6], n[7]))
CALL(sums, sums(a, n[0], n[1], n[2], n[3], b))
CALL(columnSums, columnSums(a, n[0], n[1], n[2], n[3], n[4], n[5], b, n[6]))
CALL(extremes, extremes(a, n[0], n[1], n[2], n[3], b))
CALL(columnExtremes, columnExtremes(a, n[0], n[1], n[2], n[3], n[4], n[5], b, n[6]))
CALL(argExtremes, argExtremes(a, n[0], n[1], n[2], n[3], (int *)b))
CALL(select, selected((const signed char *)a, n[0], b, n[1], n[2], c, n[3], n[4], d, n[5], n[6]))
CALL(transpose, transpose(a, n[0], n[1], n[2], n[3], b, n[4], n[5]))
CALL(resizeLine, resizeLine(a, n[0], places, b, n[1], n[2], c, n[3]))
CALL(mixLines, mixLines(a, n[0], b, n[1], real(n[2]), real(n[3]), c, n[4], n[5]))
CALL(softmax, softmax(a, b, n[0], n[1], n[2], real(n[3])))
CALL(normalize, normalize(a, b, n[0], n[1], n[2], real(n[3]), c, d))

/* What Java sees. All its functions are of one type, since binding the first of a type takes a JVM milliseconds. */

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

/* Arrays, of which a function takes the first few, and places in them; behind them are its numbers, floats by their bits. */
#define ARRAYS float *a, float *b, float *c, float *d, int *places

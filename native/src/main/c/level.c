/* Which of the instruction sets that kernels.c was compiled for this machine has: the suffix of the names, or nothing. */

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

#if defined(__x86_64__)
#include <cpuid.h>

/* The registers that the system saves: bits 1 and 2 for AVX, 5 to 7 for AVX-512. */
static unsigned saved(void) {
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

/* 2: AVX-512F; 1: AVX2 with FMA; 0: neither. */
EXPORT int signet_level(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  int fma = (c >> 12) & 1, osxsave = (c >> 27) & 1;
  if (!fma || !osxsave || (saved() & 6) != 6) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  if ((b >> 5 & 1) == 0) return 0;
  return (b >> 16 & 1) && (saved() & 0xe6) == 0xe6 ? 2 : 1;
}
#else
/* Every AArch64 has NEON. */
EXPORT int signet_level(void) { return 1; }
#endif

/* Which of the instruction sets that kernels.c was compiled for this machine has: the suffix of the names, or nothing. */

#include "export.h"

#if defined(__x86_64__)
#include <cpuid.h>

/* The registers that the system saves: bits 1 and 2 for AVX, 5 to 7 for AVX-512. */
static unsigned saved(void) {
  unsigned low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

/* Bits of leaf 7's ebx: BMI1, AVX2 and BMI2; AVX-512 F, DQ, CD, BW and VL. */
#define V3 (1u << 3 | 1u << 5 | 1u << 8)
#define V4 (1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31)

/* 2: x86-64-v4, that is AVX-512; 1: x86-64-v3, that is AVX2 with FMA; 0: neither. */
static int level(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  int fma = (c >> 12) & 1, movbe = (c >> 22) & 1, osxsave = (c >> 27) & 1;
  if (!fma || !movbe || !osxsave || (saved() & 6) != 6) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (b & V3) != V3) return 0;
  return (b & V4) == V4 && (saved() & 0xe6) == 0xe6 ? 2 : 1;
}
#else
/* Every AArch64 has NEON. */
static int level(void) { return 1; }
#endif

EXPORT void signet_level(ARRAYS, int *n) { n[0] = level(); }

package org.signet.op;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The 64-bit hashes that TensorFlow's ops promise never to change. */
public final class StringHashes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** FarmHash's primes between 2^63 and 2^64. */
  private static final long K0 = 0xc3a5c85c97cb3127L;

  private static final long K1 = 0xb492b66fbe98f273L;
  private static final long K2 = 0x9ae16a3b2f90404fL;

  private static final long FARM_SEED = 81;

  private static final long MURMUR = 0xc6a4a7935bd1e995L;
  private static final long MURMUR_SEED = 0xDECAFCAFFEL;

  private StringHashes() {}

  private static long fetch(byte[] s, int at) {
    return (long) LONG.get(s, at);
  }

  private static long fetch32(byte[] s, int at) {
    return (int) INT.get(s, at) & 0xFFFFFFFFL;
  }

  private static long rotate(long value, int distance) {
    return Long.rotateRight(value, distance);
  }

  private static long mix(long value) {
    return value ^ (value >>> 47);
  }

  private static long pair(long u, long v, long multiplier) {
    long a = mix((u ^ v) * multiplier);
    return mix((v ^ a) * multiplier) * multiplier;
  }

  /** FarmHash's Fingerprint64 (farmhashna). */
  public static long farm(byte[] s) {
    int n = s.length;
    if (n <= 16) {
      return farmTo16(s);
    }
    return n <= 32 ? farmTo32(s) : n <= 64 ? farmTo64(s) : farmLong(s);
  }

  private static long farmTo16(byte[] s) {
    int n = s.length;
    long multiplier = K2 + n * 2L;
    if (n >= 8) {
      long a = fetch(s, 0) + K2;
      long b = fetch(s, n - 8);
      return pair(rotate(b, 37) * multiplier + a, (rotate(a, 25) + b) * multiplier, multiplier);
    }
    if (n >= 4) {
      return pair(n + (fetch32(s, 0) << 3), fetch32(s, n - 4), multiplier);
    }
    if (n == 0) {
      return K2;
    }
    long y = (s[0] & 0xFF) + ((long) (s[n >> 1] & 0xFF) << 8);
    long z = n + ((long) (s[n - 1] & 0xFF) << 2);
    return mix(y * K2 ^ z * K0) * K2;
  }

  private static long farmTo32(byte[] s) {
    int n = s.length;
    long multiplier = K2 + n * 2L;
    long a = fetch(s, 0) * K1;
    long b = fetch(s, 8);
    long c = fetch(s, n - 8) * multiplier;
    long d = fetch(s, n - 16) * K2;
    return pair(rotate(a + b, 43) + rotate(c, 30) + d, a + rotate(b + K2, 18) + c, multiplier);
  }

  private static long farmTo64(byte[] s) {
    int n = s.length;
    long multiplier = K2 + n * 2L;
    long a = fetch(s, 0) * K2;
    long b = fetch(s, 8);
    long c = fetch(s, n - 8) * multiplier;
    long d = fetch(s, n - 16) * K2;
    long y = rotate(a + b, 43) + rotate(c, 30) + d;
    long z = pair(y, a + rotate(b + K2, 18) + c, multiplier);
    long e = fetch(s, 16) * multiplier;
    long f = fetch(s, 24);
    long g = (y + fetch(s, n - 32)) * multiplier;
    long h = (z + fetch(s, n - 24)) * multiplier;
    return pair(rotate(e + f, 43) + rotate(g, 30) + h, e + rotate(f + a, 18) + g, multiplier);
  }

  /** 56 bytes of state, stirred with 64 bytes of text at a time; the last 64 come once more. */
  private static long farmLong(byte[] s) {
    int n = s.length;
    long x = FARM_SEED;
    long y = x * K1 + 113;
    long z = mix(y * K2 + 113) * K2;
    long[] v = {0, 0};
    long[] w = {0, 0};
    x = x * K2 + fetch(s, 0);
    int end = (n - 1) / 64 * 64;
    for (int at = 0; at < end; at += 64) {
      x = rotate(x + y + v[0] + fetch(s, at + 8), 37) * K1;
      y = rotate(y + v[1] + fetch(s, at + 48), 42) * K1;
      x ^= w[1];
      y += v[0] + fetch(s, at + 40);
      z = rotate(z + w[0], 33) * K1;
      v = weak(s, at, v[1] * K1, x + w[0]);
      w = weak(s, at + 32, z + w[1], y + fetch(s, at + 16));
      long swapped = z;
      z = x;
      x = swapped;
    }
    long multiplier = K1 + ((z & 0xFF) << 1);
    int last = n - 64;
    w[0] += (n - 1) & 63;
    v[0] += w[0];
    w[0] += v[0];
    x = rotate(x + y + v[0] + fetch(s, last + 8), 37) * multiplier;
    y = rotate(y + v[1] + fetch(s, last + 48), 42) * multiplier;
    x ^= w[1] * 9;
    y += v[0] * 9 + fetch(s, last + 40);
    z = rotate(z + w[0], 33) * multiplier;
    v = weak(s, last, v[1] * multiplier, x + w[0]);
    w = weak(s, last + 32, z + w[1], y + fetch(s, last + 16));
    return pair(
        pair(v[0], w[0], multiplier) + mix(y) * K0 + x,
        pair(v[1], w[1], multiplier) + z,
        multiplier);
  }

  private static long[] weak(byte[] s, int at, long seedA, long seedB) {
    long z = fetch(s, at + 24);
    long a = seedA + fetch(s, at);
    long b = rotate(seedB + a + z, 21);
    long c = a;
    a += fetch(s, at + 8);
    a += fetch(s, at + 16);
    b += rotate(a, 44);
    return new long[] {a + z, b + c};
  }

  /** MurmurHash64A with TensorFlow's seed. */
  public static long murmur(byte[] s) {
    int n = s.length;
    long h = MURMUR_SEED ^ (n * MURMUR);
    int at = 0;
    for (; at + 8 <= n; at += 8) {
      long k = fetch(s, at) * MURMUR;
      k = (k ^ (k >>> 47)) * MURMUR;
      h = (h ^ k) * MURMUR;
    }
    if (at < n) {
      for (int i = n - 1; i >= at; i--) {
        h ^= (s[i] & 0xFFL) << (8 * (i - at));
      }
      h *= MURMUR;
    }
    h = (h ^ (h >>> 47)) * MURMUR;
    return h ^ (h >>> 47);
  }

  /** SipHash-2-4 (Aumasson and Bernstein 2012) of a text under a key of 128 bits. */
  public static long sip(byte[] s, long key0, long key1) {
    long[] v = {
      0x736f6d6570736575L ^ key0,
      0x646f72616e646f6dL ^ key1,
      0x6c7967656e657261L ^ key0,
      0x7465646279746573L ^ key1
    };
    int at = 0;
    for (; at + 8 <= s.length; at += 8) {
      absorb(v, fetch(s, at));
    }
    long last = (long) s.length << 56;
    for (int i = at; i < s.length; i++) {
      last |= (s[i] & 0xFFL) << (8 * (i - at));
    }
    absorb(v, last);
    v[2] ^= 0xFF;
    for (int i = 0; i < 4; i++) {
      round(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void absorb(long[] v, long word) {
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
  }

  private static void round(long[] v) {
    v[0] += v[1];
    v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
    v[0] = Long.rotateLeft(v[0], 32);
    v[2] += v[3];
    v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
    v[2] = Long.rotateLeft(v[2], 32);
  }
}

package org.signet.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Why tensors are heap arrays: the same product of four rows with a panel of two vectors' width, on
 * what tensors could have been. The score is in operations (a multiplication or an addition) per
 * nanosecond, that is GFLOP/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TensorStorageBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final int WIDTH = 16;
  private static final int ROWS = 4;
  private static final int DEPTH = 256;
  private static final int OPERATIONS = 2 * ROWS * WIDTH * DEPTH;

  /**
   * What the numbers lie in. {@code polluted}: heap arrays, in a program that uses the same code on
   * every kind of segment, as a runtime would.
   */
  @Param({"array", "heap-segment", "native-segment", "polluted-segment"})
  public String storage = "";

  private final float[] rowArray = new float[ROWS * DEPTH];
  private final float[] panelArray = new float[DEPTH * WIDTH];
  private final float[] sumArray = new float[ROWS * WIDTH];
  private MemorySegment rows = MemorySegment.NULL;
  private MemorySegment panel = MemorySegment.NULL;
  private MemorySegment sums = MemorySegment.NULL;

  @Setup
  public void setUp() {
    useHeap();
    if (storage.equals("native-segment") || storage.equals("polluted-segment")) {
      useNative();
    }
    if (storage.equals("polluted-segment")) {
      for (int i = 0; i < 50_000; i++) {
        useOther(i);
        onSegments(rows, panel, sums);
      }
      useHeap();
    }
  }

  private void useHeap() {
    rows = MemorySegment.ofArray(rowArray);
    panel = MemorySegment.ofArray(panelArray);
    sums = MemorySegment.ofArray(sumArray);
  }

  private void useNative() {
    rows = Arena.ofAuto().allocate(4L * rowArray.length, 64);
    panel = Arena.ofAuto().allocate(4L * panelArray.length, 64);
    sums = Arena.ofAuto().allocate(4L * sumArray.length, 64);
  }

  /** Kinds of segment in turns: native, over floats, over bytes. */
  private void useOther(int i) {
    rows =
        switch (i % 3) {
          case 0 -> MemorySegment.ofArray(rowArray);
          case 1 -> MemorySegment.ofArray(new byte[4 * rowArray.length]);
          default -> Arena.ofAuto().allocate(4L * rowArray.length, 64);
        };
    panel =
        i % 2 == 0
            ? MemorySegment.ofArray(panelArray)
            : Arena.ofAuto().allocate(4L * panelArray.length, 64);
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void product() {
    if (storage.equals("array")) {
      onArrays(rowArray, panelArray, sumArray);
    } else {
      onSegments(rows, panel, sums);
    }
  }

  private static void onArrays(float[] a, float[] b, float[] out) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    for (int k = 0; k < DEPTH; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, k * WIDTH + 8);
      FloatVector x = FloatVector.broadcast(SPECIES, a[k]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = FloatVector.broadcast(SPECIES, a[DEPTH + k]);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = FloatVector.broadcast(SPECIES, a[2 * DEPTH + k]);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = FloatVector.broadcast(SPECIES, a[3 * DEPTH + k]);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
    }
    s00.intoArray(out, 0);
    s01.intoArray(out, 8);
    s10.intoArray(out, 16);
    s11.intoArray(out, 24);
    s20.intoArray(out, 32);
    s21.intoArray(out, 40);
    s30.intoArray(out, 48);
    s31.intoArray(out, 56);
  }

  private static FloatVector load(MemorySegment from, int index) {
    return FloatVector.fromMemorySegment(SPECIES, from, 4L * index, ByteOrder.nativeOrder());
  }

  private static FloatVector spread(MemorySegment from, int index) {
    return FloatVector.broadcast(SPECIES, from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * index));
  }

  private static void store(FloatVector vector, MemorySegment to, int index) {
    vector.intoMemorySegment(to, 4L * index, ByteOrder.nativeOrder());
  }

  private static void onSegments(MemorySegment a, MemorySegment b, MemorySegment out) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = s00;
    FloatVector s10 = s00;
    FloatVector s11 = s00;
    FloatVector s20 = s00;
    FloatVector s21 = s00;
    FloatVector s30 = s00;
    FloatVector s31 = s00;
    for (int k = 0; k < DEPTH; k++) {
      FloatVector b0 = load(b, k * WIDTH);
      FloatVector b1 = load(b, k * WIDTH + 8);
      FloatVector x = spread(a, k);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = spread(a, DEPTH + k);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = spread(a, 2 * DEPTH + k);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = spread(a, 3 * DEPTH + k);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
    }
    store(s00, out, 0);
    store(s01, out, 8);
    store(s10, out, 16);
    store(s11, out, 24);
    store(s20, out, 32);
    store(s21, out, 40);
    store(s30, out, 48);
    store(s31, out, 56);
  }
}

package org.signet.kernel.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The functions that the native library has for this machine's instruction set; their parameters
 * are described in {@code calls.h}.
 *
 * @param library where they are
 * @param level the instruction set, as {@code level.c} numbers them
 * @param panel columns in a panel of a packed matrix: two vectors
 */
record NativeKernels(NativeLibrary library, int level, int panel) {

  /**
   * Calls any function with four arrays of floats, one of places in them, and its numbers: they are
   * all of this one type, since binding each takes milliseconds in a JVM that has just begun.
   * Arrays on the heap are pinned meanwhile.
   *
   * <p>To be called by {@code invokeExact} where the arrays are: the JIT then makes one piece of
   * code of it, without objects for the segments.
   */
  @SuppressWarnings("restricted") // every call is checked by Bounds
  static final MethodHandle CALL =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
              Linker.Option.critical(true));

  /** Looks for the library once. */
  private static final class Here {
    private static final Optional<NativeKernels> KERNELS =
        NativeLibrary.find().flatMap(NativeKernels::in);
  }

  /** The functions, if there is a library for this platform that has any for this machine. */
  static Optional<NativeKernels> here() {
    return Here.KERNELS;
  }

  private static Optional<NativeKernels> in(NativeLibrary library) {
    int level = number(library, "level");
    return level == 0
        ? Optional.empty()
        : Optional.of(new NativeKernels(library, level, number(library, "panel_" + level)));
  }

  /** Where a function for this machine's instruction set is. */
  MemorySegment function(String name) {
    return function(library, name + "_" + level);
  }

  private static MemorySegment function(NativeLibrary library, String name) {
    return library.symbols().findOrThrow("signet_" + name);
  }

  /** What a function writes to the first of its numbers. */
  private static int number(NativeLibrary library, String name) {
    MemorySegment none = MemorySegment.ofArray(new float[0]);
    int[] number = {0};
    try {
      CALL.invokeExact(
          function(library, name), none, none, none, none, none, MemorySegment.ofArray(number));
    } catch (Throwable e) {
      throw impossible(e);
    }
    return number[0];
  }

  /** What a method handle may throw by its type, and native code does not. */
  static IllegalStateException impossible(Throwable e) {
    return new IllegalStateException("native code throws nothing", e);
  }
}

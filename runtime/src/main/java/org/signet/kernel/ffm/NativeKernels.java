package org.signet.kernel.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The functions that the native library has for this machine's instruction set; their parameters
 * are described in {@code kernels.c}.
 *
 * @param library where they are
 * @param level the instruction set, as {@code level.c} numbers them
 * @param panel columns in a panel of a packed matrix: two vectors
 */
@SuppressWarnings("restricted") // every call is checked by Bounds
record NativeKernels(NativeLibrary library, int level, int panel) {

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
    int level = call(library.symbols(), "signet_level");
    return level == 0
        ? Optional.empty()
        : Optional.of(
            new NativeKernels(library, level, call(library.symbols(), "signet_panel_" + level)));
  }

  /**
   * Binds a function without a result. Arrays on the heap may be passed to it: they are pinned
   * during the call.
   */
  MethodHandle bind(String function, MemoryLayout... parameters) {
    MemorySegment address = library.symbols().findOrThrow("signet_" + function + "_" + level);
    return Linker.nativeLinker()
        .downcallHandle(
            address, FunctionDescriptor.ofVoid(parameters), Linker.Option.critical(true));
  }

  private static int call(SymbolLookup library, String function) {
    MethodHandle handle =
        Linker.nativeLinker()
            .downcallHandle(library.findOrThrow(function), FunctionDescriptor.of(JAVA_INT));
    try {
      return (int) handle.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(function + " throws nothing", e);
    }
  }
}

package org.signet.kernel.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The functions of the native library for this machine's instruction set; their parameters are
 * described in {@code kernels.c}. Arrays on the heap may be passed: they are pinned during the
 * call.
 *
 * @param panel columns in a panel of a packed matrix: two vectors
 */
@SuppressWarnings("restricted") // every call is checked by Bounds
record NativeKernels(
    int panel,
    MethodHandle product,
    MethodHandle winogradIn,
    MethodHandle winogradOut,
    MethodHandle depthwise,
    MethodHandle pool,
    MethodHandle columnSums,
    MethodHandle bound,
    MethodHandle leakyRelu,
    MethodHandle exp,
    MethodHandle logistic,
    MethodHandle swish,
    MethodHandle tanh,
    MethodHandle gelu,
    MethodHandle geluByTanh,
    MethodHandle combine,
    MethodHandle sums,
    MethodHandle softmax,
    MethodHandle normalize,
    MethodHandle pack) {

  /** Looks for the library once. */
  private static final class Here {
    private static final Optional<NativeKernels> KERNELS =
        NativeLibrary.find().flatMap(NativeKernels::in);
  }

  /** The functions, if there is a library for this platform that has any for this machine. */
  static Optional<NativeKernels> here() {
    return Here.KERNELS;
  }

  private static Optional<NativeKernels> in(SymbolLookup library) {
    Linker linker = Linker.nativeLinker();
    int level = call(linker, library, "signet_level");
    if (level == 0) {
      return Optional.empty();
    }
    Binder binder = new Binder(linker, library, "_" + level);
    FunctionDescriptor each =
        FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_FLOAT, JAVA_FLOAT);
    return Optional.of(
        new NativeKernels(
            call(linker, library, "signet_panel_" + level),
            binder.bind(
                "product",
                FunctionDescriptor.ofVoid(
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    JAVA_FLOAT,
                    JAVA_FLOAT,
                    ADDRESS,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT)),
            binder.bind(
                "winogradIn",
                FunctionDescriptor.ofVoid(
                    ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS)),
            binder.bind(
                "winogradOut",
                FunctionDescriptor.ofVoid(
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_FLOAT,
                    JAVA_FLOAT,
                    ADDRESS)),
            binder.bind(
                "depthwise",
                FunctionDescriptor.ofVoid(
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    JAVA_FLOAT,
                    JAVA_FLOAT,
                    ADDRESS,
                    JAVA_INT,
                    JAVA_INT)),
            binder.bind(
                "pool",
                FunctionDescriptor.ofVoid(
                    JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS,
                    JAVA_INT)),
            binder.bind(
                "columnSums",
                FunctionDescriptor.ofVoid(
                    ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS,
                    JAVA_INT)),
            binder.bind("bound", each),
            binder.bind("leakyRelu", each),
            binder.bind("exp", each),
            binder.bind("logistic", each),
            binder.bind("swish", each),
            binder.bind("tanh", each),
            binder.bind("gelu", each),
            binder.bind("geluByTanh", each),
            binder.bind(
                "combine",
                FunctionDescriptor.ofVoid(
                    JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS,
                    JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)),
            binder.bind(
                "sums",
                FunctionDescriptor.ofVoid(
                    ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS)),
            binder.bind(
                "softmax",
                FunctionDescriptor.ofVoid(
                    ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_FLOAT)),
            binder.bind(
                "normalize",
                FunctionDescriptor.ofVoid(
                    ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_FLOAT, ADDRESS, ADDRESS)),
            binder.bind(
                "pack",
                FunctionDescriptor.ofVoid(
                    ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS,
                    JAVA_INT))));
  }

  private record Binder(Linker linker, SymbolLookup library, String suffix) {
    MethodHandle bind(String function, FunctionDescriptor type) {
      MemorySegment address = library.findOrThrow("signet_" + function + suffix);
      return linker.downcallHandle(address, type, Linker.Option.critical(true));
    }
  }

  private static int call(Linker linker, SymbolLookup library, String function) {
    MethodHandle handle =
        linker.downcallHandle(library.findOrThrow(function), FunctionDescriptor.of(JAVA_INT));
    try {
      return (int) handle.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(function + " throws nothing", e);
    }
  }
}

package org.signet.kernel.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;

/**
 * Calls of the native functions. Binding a function of a new type takes 5 ms and more in a JVM that
 * has just begun, so those of each type are bound when the first of them is called. The JIT
 * compiles a call into the code around it only if it knows the handle as a constant, as that of a
 * static final field.
 */
final class NativeCalls {
  static final NativeKernels KERNELS = NativeKernels.here().orElseThrow();

  private NativeCalls() {}

  static final class Product {
    static final MethodHandle PRODUCT =
        KERNELS.bind(
            "product",
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
            JAVA_INT);

    private Product() {}
  }

  static final class Pack {
    static final MethodHandle PACK =
        KERNELS.bind(
            "pack", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

    private Pack() {}
  }

  static final class WinogradFilters {
    static final MethodHandle FILTERS =
        KERNELS.bind("winogradFilters", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

    private WinogradFilters() {}
  }

  static final class WinogradTiles {
    static final MethodHandle IN =
        KERNELS.bind(
            "winogradIn",
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            JAVA_INT);
    static final MethodHandle OUT =
        KERNELS.bind(
            "winogradOut",
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            JAVA_FLOAT,
            JAVA_FLOAT,
            ADDRESS);

    private WinogradTiles() {}
  }

  static final class Depthwise {
    static final MethodHandle DEPTHWISE =
        KERNELS.bind(
            "depthwise",
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
            JAVA_INT);

    private Depthwise() {}
  }

  static final class Pool {
    static final MethodHandle POOL =
        KERNELS.bind(
            "pool", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS,
            JAVA_INT);

    private Pool() {}
  }

  /** Functions of each element. */
  static final class Elements {
    static final MethodHandle BOUND = function("bound");
    static final MethodHandle LEAKY_RELU = function("leakyRelu");
    static final MethodHandle EXP = function("exp");
    static final MethodHandle LOGISTIC = function("logistic");
    static final MethodHandle SWISH = function("swish");
    static final MethodHandle TANH = function("tanh");
    static final MethodHandle GELU = function("gelu");
    static final MethodHandle GELU_BY_TANH = function("geluByTanh");

    private Elements() {}

    private static MethodHandle function(String name) {
      return KERNELS.bind(name, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_FLOAT, JAVA_FLOAT);
    }
  }

  static final class Combine {
    static final MethodHandle COMBINE =
        KERNELS.bind(
            "combine", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS,
            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);

    private Combine() {}
  }

  static final class RowSums {
    static final MethodHandle SUMS =
        KERNELS.bind("sums", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);

    private RowSums() {}
  }

  static final class ColumnSums {
    static final MethodHandle SUMS =
        KERNELS.bind(
            "columnSums",
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            JAVA_INT);

    private ColumnSums() {}
  }

  static final class Softmax {
    static final MethodHandle SOFTMAX =
        KERNELS.bind("softmax", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_FLOAT);

    private Softmax() {}
  }

  static final class Normalize {
    static final MethodHandle NORMALIZE =
        KERNELS.bind(
            "normalize",
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            ADDRESS);

    private Normalize() {}
  }
}

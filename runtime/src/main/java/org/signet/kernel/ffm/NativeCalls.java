package org.signet.kernel.ffm;

import java.lang.foreign.MemorySegment;

/**
 * The functions of the native library for this machine, to be called by {@link NativeKernels#CALL}.
 * {@code calls.h} tells which arrays and numbers each takes.
 */
final class NativeCalls {
  static final NativeKernels KERNELS = NativeKernels.here().orElseThrow();

  /** In the place of an array that a function does not take. */
  static final MemorySegment NONE = MemorySegment.ofArray(new int[0]);

  static final MemorySegment PRODUCT = KERNELS.function("product");
  static final MemorySegment PACK = KERNELS.function("pack");
  static final MemorySegment WINOGRAD_FILTERS = KERNELS.function("winogradFilters");
  static final MemorySegment WINOGRAD_IN = KERNELS.function("winogradIn");
  static final MemorySegment WINOGRAD_OUT = KERNELS.function("winogradOut");
  static final MemorySegment DEPTHWISE = KERNELS.function("depthwise");
  static final MemorySegment POOL = KERNELS.function("pool");

  static final MemorySegment BOUND = KERNELS.function("bound");
  static final MemorySegment LEAKY_RELU = KERNELS.function("leakyRelu");
  static final MemorySegment ELU = KERNELS.function("elu");
  static final MemorySegment EXP = KERNELS.function("exp");
  static final MemorySegment LOG = KERNELS.function("log");
  static final MemorySegment LOGISTIC = KERNELS.function("logistic");
  static final MemorySegment SWISH = KERNELS.function("swish");
  static final MemorySegment TANH = KERNELS.function("tanh");
  static final MemorySegment GELU = KERNELS.function("gelu");
  static final MemorySegment GELU_BY_TANH = KERNELS.function("geluByTanh");
  static final MemorySegment COMBINE = KERNELS.function("combine");

  static final MemorySegment COMPARE = KERNELS.function("compare");

  static final MemorySegment SUMS = KERNELS.function("sums");
  static final MemorySegment COLUMN_SUMS = KERNELS.function("columnSums");
  static final MemorySegment EXTREMES = KERNELS.function("extremes");
  static final MemorySegment COLUMN_EXTREMES = KERNELS.function("columnExtremes");
  static final MemorySegment ARG_EXTREMES = KERNELS.function("argExtremes");
  static final MemorySegment SELECT = KERNELS.function("select");
  static final MemorySegment TRANSPOSE = KERNELS.function("transpose");
  static final MemorySegment RESIZE_LINE = KERNELS.function("resizeLine");
  static final MemorySegment MIX_LINES = KERNELS.function("mixLines");
  static final MemorySegment SOFTMAX = KERNELS.function("softmax");
  static final MemorySegment NORMALIZE = KERNELS.function("normalize");

  private NativeCalls() {}
}

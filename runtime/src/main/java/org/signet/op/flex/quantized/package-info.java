/**
 * TensorFlow's ops on its own quantized types, {@code quint8} and the like, with the arithmetic of
 * its kernels for any CPU. Their tensors are of the integer types that carry them ({@link
 * org.signet.type.DType#carrier}); the ranges that give the integers a meaning are operands.
 */
@NullMarked
package org.signet.op.flex.quantized;

import org.jspecify.annotations.NullMarked;

/**
 * What the builtins mean on quantized tensors, with the arithmetic of TFLite's reference kernels.
 *
 * <p>{@link org.signet.op.quant.QuantizedReferences} lists which builtin has which. Most need no
 * loops of their own: sums of products run the plain definition on integers ({@link
 * org.signet.op.quant.IntegerSums}), functions whose kernels look them up in tables run it on reals
 * ({@link org.signet.op.quant.RealSteps}).
 */
@NullMarked
package org.signet.op.quant;

import org.jspecify.annotations.NullMarked;

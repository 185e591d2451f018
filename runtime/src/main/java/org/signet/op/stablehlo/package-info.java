/**
 * The builtins whose names begin with STABLEHLO, and REDUCE_WINDOW and DILATE, which TFLite made of
 * two of them. Their meaning is that of the StableHLO specification.
 */
@NullMarked
package org.signet.op.stablehlo;

import org.jspecify.annotations.NullMarked;

package org.signet.kernel.vector;

/**
 * What the kernels of a provider share.
 *
 * @param plainBelow products of fewer multiply-adds run in plain loops
 * @param constants packed weights
 */
record Settings(long plainBelow, PackedConstants constants) {}

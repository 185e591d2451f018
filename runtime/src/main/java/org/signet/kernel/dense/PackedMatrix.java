package org.signet.kernel.dense;

/**
 * The second matrix of a product, as engines read it.
 *
 * @param panels its elements, see {@link Panels}
 * @param bias what the sums of each column start from, filled up to whole panels
 * @param columns the number of columns
 */
@SuppressWarnings("ArrayRecordComponent")
public record PackedMatrix(float[] panels, float[] bias, int columns) {}

package org.signet.bundle;

import java.util.List;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * What the index of a checkpoint says of a tensor.
 *
 * @param key its name
 * @param dtype the element type
 * @param shape the whole shape
 * @param slices the slices it was saved in, {@code 0+3:0+5} for rows 0 to 2 of five columns; empty
 *     if it was saved in one piece
 * @param shard the number of the data file that holds it; −1 if it was saved in slices
 * @param bytes its size in the file; 0 if it was saved in slices
 */
public record BundleEntry(
    String key, DType dtype, Shape shape, List<String> slices, int shard, long bytes) {
  public BundleEntry {
    slices = List.copyOf(slices);
  }
}

package org.signet.reader;

import java.util.List;
import org.signet.type.TensorType;

/**
 * What a checkpoint's index says of a tensor.
 *
 * @param key its name
 * @param type the element type and the whole shape
 * @param slices the slices it was saved in, as a partitioned variable is: start and length in each
 *     dimension, {@code 0+3:0+5}; empty if it is in one piece
 * @param shard the number of the data file that holds it; −1 if it is in slices
 * @param bytes its size in the data file; 0 if it is in slices
 */
public record CheckpointEntry(
    String key, TensorType type, List<String> slices, int shard, long bytes) {
  public CheckpointEntry {
    slices = List.copyOf(slices);
  }
}

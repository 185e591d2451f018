package org.signet.bundle;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The tensors of a checkpoint of one format; applied to the name of one that is there, it reads it
 * whole. Safe for use by many threads.
 */
sealed interface CheckpointTensors extends Function<String, BundleTensor>
    permits FirstFormatTensors, TensorReader {
  /** The names of all tensors, sorted. */
  Set<String> names();

  /** What is told of the tensor of this name, which must be there. */
  BundleEntry describe(String key);

  /**
   * The tensor of this name, which must be there, before its bytes are checked, if that is worth
   * it.
   */
  Optional<BundleTensor> unchecked(String key);

  /** A slice that was saved as such; empty if none was of just these elements. */
  Optional<BundleTensor> slice(String key, SliceSpec slice);

  /** The slices in which the tensor of this name was saved, or just the whole. */
  List<SliceSpec> slices(String key);

  /** The number of data files. */
  int fileCount();

  /** The size of all data files that there are. */
  long fileBytes();
}

package org.signet.source;

import java.util.Optional;
import org.signet.bundle.BundleTensor;
import org.signet.bundle.CheckpointBundle;

/** Reads tables from checkpoints, where they are two tensors. */
final class TableKeys {
  private TableKeys() {}

  /** Both, or nothing. */
  static Optional<VariableReader.TableContents> read(
      Optional<CheckpointBundle> checkpoint, String keysName, String valuesName) {
    Optional<BundleTensor> keys = checkpoint.flatMap(bundle -> bundle.find(keysName));
    Optional<BundleTensor> values = checkpoint.flatMap(bundle -> bundle.find(valuesName));
    return keys.isPresent() && values.isPresent()
        ? Optional.of(new VariableReader.TableContents(keys.get(), values.get()))
        : Optional.empty();
  }
}

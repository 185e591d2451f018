package org.signet.reader;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.bundle.BundleEntry;
import org.signet.bundle.BundleTensor;
import org.signet.bundle.CheckpointBundle;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.TensorType;

/**
 * The tensors of a checkpoint ({@code PREFIX.index}, {@code PREFIX.data-00000-of-00001}, …) by
 * name: of TF1's {@code Saver} (V2), of {@code tf.train.Checkpoint}, of a SavedModel's {@code
 * variables} directory.
 *
 * <pre>{@code
 * try (Checkpoint checkpoint = Checkpoint.open(Path.of("ckpt/model-1000"))) {
 *   StoredTensor kernel = checkpoint.tensor("dense/kernel");
 *   kernel.type(); // float32[784, 10], from the index alone
 *   kernel.bytes(); // mapped; its checksum was compared
 * }
 * }</pre>
 *
 * <p>Opening reads the index only, so time and memory depend on the number of tensors, not on their
 * size. Safe for use by many threads.
 */
public final class Checkpoint implements AutoCloseable {
  private final Path prefix;
  private final CheckpointBundle bundle;

  private Checkpoint(Path prefix) {
    this.prefix = prefix;
    this.bundle = CheckpointBundle.open(prefix);
  }

  /**
   * Opens a checkpoint.
   *
   * @param prefix what the names of its files have in common, such as {@code
   *     model/variables/variables}
   * @throws SignetException FILE_MISSING or FILE_UNREADABLE; MALFORMED_CHECKPOINT or
   *     CHECKSUM_MISMATCH if the index is damaged; UNSUPPORTED_SOURCE if this is a checkpoint of
   *     TensorFlow's first format (V1)
   */
  public static Checkpoint open(Path prefix) {
    return new Checkpoint(prefix);
  }

  /** What the names of its files have in common. */
  public Path prefix() {
    return prefix;
  }

  /** The names of all tensors, sorted. */
  public Set<String> keys() {
    return bundle.keys();
  }

  /** The number of data files. */
  public int shards() {
    return bundle.shards();
  }

  /**
   * What the index says of a tensor; empty if there is none of this name.
   *
   * @throws SignetException MALFORMED_CHECKPOINT if its entry is damaged; UNSUPPORTED_SOURCE if its
   *     type is not known here; CLOSED
   */
  public Optional<CheckpointEntry> entry(String key) {
    Optional<BundleEntry> entry = bundle.entry(key);
    return entry.isEmpty() ? Optional.empty() : Optional.of(entry(entry.get()));
  }

  /**
   * A tensor, whole even if it was saved in slices; empty if there is none of this name. No data
   * file is opened before its elements are asked for.
   *
   * @throws SignetException as {@link #entry}
   */
  public Optional<StoredTensor> find(String key) {
    Optional<CheckpointEntry> entry = entry(key);
    return entry.isEmpty()
        ? Optional.empty()
        : Optional.of(new StoredTensor(entry.get().type(), new Elements(key)));
  }

  /**
   * As {@link #find}, for a tensor that must be there.
   *
   * @throws SignetException NO_SUCH_VARIABLE if it is not; as {@link #entry}
   */
  public StoredTensor tensor(String key) {
    Optional<StoredTensor> tensor = find(key);
    if (tensor.isEmpty()) {
      throw missing(key);
    }
    return tensor.get();
  }

  private SignetException missing(String key) {
    return SignetException.of(
        Code.NO_SUCH_VARIABLE,
        "checkpoint "
            + prefix
            + " has no tensor '"
            + key
            + "'; there are: "
            + Names.some(bundle.keys()));
  }

  private static CheckpointEntry entry(BundleEntry entry) {
    return new CheckpointEntry(
        entry.key(),
        TensorType.of(entry.dtype(), entry.shape()),
        entry.slices(),
        entry.shard(),
        entry.bytes());
  }

  /** Reads a tensor. A class, since a first lambda takes longer than to open a checkpoint. */
  private final class Elements implements Supplier<BundleTensor> {
    private final String key;

    Elements(String key) {
      this.key = key;
    }

    @Override
    public BundleTensor get() {
      Optional<BundleTensor> tensor = bundle.find(key);
      if (tensor.isEmpty()) {
        throw missing(key);
      }
      return tensor.get();
    }
  }

  CheckpointBundle bundle() {
    return bundle;
  }

  /** Unmaps the files; the bytes that it gave are invalid then. Closing twice does nothing. */
  @Override
  public void close() {
    bundle.close();
  }
}

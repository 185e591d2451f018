package org.signet.bundle;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * The tensors of a checkpoint by name.
 *
 * <p>{@link #open} reads the index and checks it; a tensor's bytes are mapped, not copied, and
 * checked against their checksum when the tensor is first asked for. A tensor saved in slices is
 * put together, which copies it once.
 *
 * <p>What opens a checkpoint and looks a tensor up does without lambdas, pattern switches, formats
 * and joined strings, here and in the classes of this package: what the JVM makes for these when
 * they first run takes longer than all the rest.
 *
 * <p>Safe for use by many threads, but closing it makes all bytes it gave invalid.
 */
public final class CheckpointBundle implements AutoCloseable {
  private final Arena arena;
  private final Set<String> keys;
  private final CheckpointTensors reader;
  private final ConcurrentHashMap<String, BundleTensor> read = new ConcurrentHashMap<>();
  private final Set<String> promised = ConcurrentHashMap.newKeySet();
  private final List<ReadAhead> ahead = new ArrayList<>();

  private CheckpointBundle(Path named, Arena arena) {
    Path prefix = CheckpointFolder.prefix(named);
    Path file = CheckpointFolder.file(prefix, CheckpointPrefixes.INDEX);
    this.arena = arena;
    this.reader = Files.isRegularFile(file) ? bundle(prefix, file) : firstFormat(prefix, file);
    this.keys = Collections.unmodifiableSet(reader.names());
  }

  private TensorReader bundle(Path prefix, Path file) {
    Region index = Region.map(file, arena);
    SortedTable table = SortedTable.read(index);
    Header header = Header.read(index, table);
    return new TensorReader(table, header, new Shards(prefix, header.shards(), arena));
  }

  private FirstFormatTensors firstFormat(Path file, Path index) {
    if (Files.isRegularFile(file)) {
      Region region = Region.map(file, arena);
      if (SortedTable.isTable(region)) {
        return FirstFormatTensors.read(region);
      }
    }
    throw SignetException.of(
        Code.FILE_MISSING, index + " is missing; " + CheckpointPrefixes.beside(file));
  }

  /**
   * Opens a checkpoint.
   *
   * @param prefix what the names of its files have in common, such as {@code
   *     model/variables/variables}, or a single file of the format before bundles; a folder stands
   *     for the checkpoint in it whose files are named by their endings alone, or for the latest,
   *     which its file {@code checkpoint} names
   * @throws SignetException FILE_MISSING or FILE_UNREADABLE; MALFORMED_CHECKPOINT or
   *     CHECKSUM_MISMATCH if the index is damaged
   */
  public static CheckpointBundle open(Path prefix) {
    Arena arena = Arena.ofShared();
    try {
      return new CheckpointBundle(prefix, arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** The names of all tensors, sorted. */
  public Set<String> keys() {
    return keys;
  }

  public boolean contains(String key) {
    return keys.contains(key);
  }

  /**
   * The tensor of this name, whole even if it was saved in slices; empty if there is none.
   *
   * @throws SignetException MALFORMED_CHECKPOINT or CHECKSUM_MISMATCH if it is damaged;
   *     FILE_MISSING or FILE_UNREADABLE if its data can't be read; UNSUPPORTED_SOURCE if it has a
   *     type that Signet does not know; CLOSED after {@link #close}
   */
  public Optional<BundleTensor> find(String key) {
    requireOpen();
    if (!contains(key)) {
      return Optional.empty();
    }
    return Optional.of(read.computeIfAbsent(key, reader));
  }

  /**
   * The same, but a large tensor's bytes may not have been checked yet: {@link #check} tells
   * whether they are right, before anything that is made of them may be used. So nobody waits for
   * checksums while there is other work to do.
   *
   * @throws SignetException as {@link #find(String)} does
   */
  public Optional<BundleTensor> promise(String key) {
    requireOpen();
    if (!contains(key)) {
      return Optional.empty();
    }
    BundleTensor known = read.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<BundleTensor> unchecked = reader.unchecked(key);
    if (unchecked.isEmpty()) {
      return find(key);
    }
    promised.add(key);
    return unchecked;
  }

  /**
   * Checks what {@link #promise} gave.
   *
   * @throws SignetException as {@link #find(String)} does
   */
  public void check() {
    for (String key : promised) {
      find(key);
    }
  }

  /**
   * A part of the tensor of this name; empty if there is none of the name. Other slices of it need
   * not be there if this is one that was saved.
   *
   * @throws SignetException as {@link #find(String)} does
   * @throws IllegalArgumentException if the tensor has no such part
   */
  public Optional<BundleTensor> find(String key, SliceSpec slice) {
    requireOpen();
    if (slice.isWhole() || !contains(key)) {
      return find(key);
    }
    Optional<BundleTensor> saved = reader.slice(key, slice);
    return saved.isPresent() ? saved : find(key).map(slice::of);
  }

  /**
   * The slices in which the tensor of this name was saved, in their order, or just {@link
   * SliceSpec#WHOLE}; empty if there is none.
   *
   * @throws SignetException as {@link #entry} does
   */
  public List<SliceSpec> slices(String key) {
    requireOpen();
    return contains(key) ? reader.slices(key) : List.of();
  }

  /**
   * Checks tensors in a thread of its own, before they are asked for. They are expected to be asked
   * for in this order, so it begins at the other end. What is wrong with one is told to whoever
   * asks for it.
   */
  public synchronized void readAhead(List<String> names) {
    requireOpen();
    ReadAhead reading = new ReadAhead(this, names);
    ahead.add(reading);
    reading.start();
  }

  /**
   * What the index says of the tensor of this name; empty if there is none. No data file is opened.
   *
   * @throws SignetException MALFORMED_CHECKPOINT if its entry is damaged; UNSUPPORTED_SOURCE if it
   *     has a type that Signet does not know; CLOSED after {@link #close}
   */
  public Optional<BundleEntry> entry(String key) {
    requireOpen();
    return contains(key) ? Optional.of(reader.describe(key)) : Optional.empty();
  }

  /** The number of data files. */
  public int shards() {
    return reader.fileCount();
  }

  /** The size of all data files that there are. */
  public long bytes() {
    return reader.fileBytes();
  }

  private void requireOpen() {
    if (!arena.scope().isAlive()) {
      throw SignetException.of(Code.CLOSED, "the checkpoint was closed");
    }
  }

  /** Unmaps the files. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (arena.scope().isAlive()) {
      ahead.forEach(ReadAhead::end);
      read.clear();
      arena.close();
    }
  }

  static Path withSuffix(Path prefix, String suffix) {
    return prefix.getFileSystem().getPath(prefix.toString().concat(suffix));
  }
}

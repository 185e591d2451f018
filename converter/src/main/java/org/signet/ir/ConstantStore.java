package org.signet.ir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Keeps the constants that a conversion computes. Small ones stay on the heap; large ones, such as
 * transposed weights, go to a temporary file that is mapped, so that a model of any size converts
 * in a small heap.
 *
 * <p>Not thread-safe. Closing it invalidates the large constants.
 */
public final class ConstantStore implements AutoCloseable {
  /** From this size on, in bytes, a constant leaves the heap. */
  static final long SPILL_FROM = 1 << 20;

  /** From this size on, in bytes, a value that is there already is not kept again. */
  private static final long SHARED_FROM = 1 << 10;

  private static final int PROBE_BYTES = 256;

  private final Arena arena = Arena.ofShared();
  private final Map<Object, List<Value.Constant>> computed = new HashMap<>();
  private final Map<Integer, List<Kept>> kept = new HashMap<>();
  private final Derivations derivations = new Derivations();

  private record Kept(DType dtype, MemorySegment bytes, ConstantData data) {}

  /**
   * A constant of this value; the tensor is kept when it is small and must then not be written to
   * any more. Equal values are one constant, so that whoever uses a weight in several signatures
   * can tell.
   */
  public ConstantData keep(Tensor tensor) {
    if (tensor.dtype() == DType.STRING || !tensor.dtype().isInTflite()) {
      return ConstantData.of(tensor);
    }
    MemorySegment bytes = ConstantData.bytesOf(tensor);
    if (bytes.byteSize() < SHARED_FROM) {
      return ConstantData.of(tensor);
    }
    // What tells most values apart: the size and the first bytes.
    byte[] head = bytes.asSlice(0, PROBE_BYTES).toArray(ValueLayout.JAVA_BYTE);
    int hash = 31 * Arrays.hashCode(head) + Long.hashCode(bytes.byteSize());
    List<Kept> candidates = kept.computeIfAbsent(hash, key -> new ArrayList<>(1));
    for (Kept candidate : candidates) {
      if (candidate.dtype() == tensor.dtype() && candidate.bytes().mismatch(bytes) < 0) {
        return candidate.data();
      }
    }
    ConstantData data =
        bytes.byteSize() < SPILL_FROM
            ? ConstantData.of(tensor)
            : mapped(bytes.byteSize(), file -> file.copyFrom(bytes));
    MemorySegment keptBytes = data instanceof ConstantData.Mapped mapped ? mapped.bytes() : bytes;
    candidates.add(new Kept(tensor.dtype(), keptBytes, data));
    return data;
  }

  /**
   * A constant off the heap, of so many bytes.
   *
   * @param writer fills the bytes, which are zeros
   */
  ConstantData mapped(long size, Consumer<MemorySegment> writer) {
    MemorySegment bytes = temporary(size);
    writer.accept(bytes);
    return new ConstantData.Mapped(bytes.asReadOnly());
  }

  /**
   * What {@code computation} gives, computed once for each key: signatures that use the same weight
   * share what is made of it.
   */
  List<Value.Constant> once(Object key, Supplier<List<Value.Constant>> computation) {
    List<Value.Constant> known = computed.get(key);
    if (known == null) {
      known = computation.get();
      computed.put(key, known);
    }
    return known;
  }

  /** How the constants were computed. */
  public Derivations derivations() {
    return derivations;
  }

  private MemorySegment temporary(long size) {
    try {
      Path file = Files.createTempFile("signet-constant", ".bin");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no room for a temporary file", e);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}

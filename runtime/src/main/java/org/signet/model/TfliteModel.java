package org.signet.model;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * An open, verified {@code .tflite} file.
 *
 * <p>Immutable, and safe to share between threads and interpreters: constants are read from the
 * mapped file when they are first needed, large ones only if a kernel has no copy of its own, and
 * what planning derives from them is kept here, too. Close it when no interpreter uses it any more.
 */
public final class TfliteModel implements AutoCloseable {
  /**
   * The key of the signature that stands for subgraph 0 in a file without signatures; TFLite calls
   * it so, too.
   */
  public static final String PLACEHOLDER_KEY = "<placeholder signature>";

  private final MemorySegment file;
  private final Optional<Arena> arena;
  private final ModelContents contents;
  private final SequencedMap<String, ModelSignature> signatures;

  /** Elements from which on a constant is read only where it is needed. */
  private static final int LARGE = 1 << 10;

  private final Map<BufferUse, Tensor> constants = new ConcurrentHashMap<>();
  private final Map<Object, Object> derived = new ConcurrentHashMap<>();

  /** The elements of one buffer, read as one type. */
  private record BufferUse(
      int buffer, DType dtype, long elements, Optional<SparseLayout> sparsity) {
    // Written out, since a record's own is linked when it is first called, which takes 10 ms.
    @Override
    public int hashCode() {
      return buffer;
    }
  }

  private TfliteModel(MemorySegment file, Optional<Arena> arena) {
    this.file = file;
    this.arena = arena;
    ByteBuffer structure =
        file.asSlice(0, Math.min(file.byteSize(), ModelBuffer.LARGEST)).asByteBuffer();
    this.contents = ModelReader.read(structure, file.byteSize());
    ModelVerifier.verify(contents);
    this.signatures = signatures(contents);
    verifyStrings();
  }

  /**
   * Maps and verifies a file.
   *
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE, MALFORMED_MODEL, or UNSUPPORTED_MODEL if
   *     the model needs a feature of the format that this runtime lacks
   */
  public static TfliteModel open(Path path) {
    if (Files.isDirectory(path)) {
      throw SignetException.of(Code.FILE_UNREADABLE, path + " is a directory");
    }
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      TfliteModel model = new TfliteModel(file, Optional.of(arena));
      opened = true;
      return model;
    } catch (NoSuchFileException e) {
      throw SignetException.of(Code.FILE_MISSING, "there is no file " + path);
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + path + ": " + e.getMessage());
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  /**
   * Verifies a model in memory; the array is not copied and must not change.
   *
   * @throws SignetException as {@link #open} does
   */
  public static TfliteModel of(byte[] bytes) {
    return new TfliteModel(MemorySegment.ofArray(bytes), Optional.empty());
  }

  /**
   * Verifies the model between position and limit of a buffer, which is not copied and must not
   * change.
   */
  public static TfliteModel of(ByteBuffer bytes) {
    return new TfliteModel(MemorySegment.ofBuffer(bytes), Optional.empty());
  }

  private static SequencedMap<String, ModelSignature> signatures(ModelContents contents) {
    SequencedMap<String, ModelSignature> signatures = new LinkedHashMap<>();
    contents.signatures().forEach(signature -> signatures.put(signature.key(), signature));
    if (signatures.isEmpty()) {
      ModelSubgraph primary = contents.subgraphs().getFirst();
      signatures.put(
          PLACEHOLDER_KEY,
          new ModelSignature(
              PLACEHOLDER_KEY,
              names(primary, primary.inputs()),
              names(primary, primary.outputs()),
              0));
    }
    return Collections.unmodifiableSequencedMap(signatures);
  }

  /** Tensors by their own names; one whose name is taken or missing gets its index appended. */
  private static SequencedMap<String, Integer> names(ModelSubgraph subgraph, int[] tensors) {
    SequencedMap<String, Integer> names = new LinkedHashMap<>();
    for (int tensor : tensors) {
      String name = subgraph.tensors().get(tensor).name();
      while (name.isEmpty() || names.containsKey(name)) {
        name += "#" + tensor;
      }
      names.put(name, tensor);
    }
    return names;
  }

  /** Strings are few and small, and their offsets must be right: they are read at once. */
  private void verifyStrings() {
    for (int i = 0; i < contents.subgraphs().size(); i++) {
      List<ModelTensor> tensors = contents.subgraphs().get(i).tensors();
      for (int j = 0; j < tensors.size(); j++) {
        if (tensors.get(j).type().dtype() == DType.STRING) {
          constant(i, j);
        }
      }
    }
  }

  /** Free text that a converter left. */
  public String description() {
    return contents.description();
  }

  /** The subgraphs; {@link ModelSignature#subgraph()} is an index into them. */
  public List<ModelSubgraph> subgraphs() {
    return contents.subgraphs();
  }

  /**
   * The signatures by key, in the file's order. A file without signatures has one here, {@value
   * #PLACEHOLDER_KEY}, for subgraph 0, whose inputs and outputs are named as the tensors are.
   */
  public SequencedMap<String, ModelSignature> signatures() {
    return signatures;
  }

  /** The bytes of a metadata entry, such as {@code min_runtime_version}. */
  public Optional<ByteBuffer> metadata(String name) {
    return Optional.ofNullable(contents.metadata().get(name))
        .map(buffer -> bytes(buffer).asReadOnlyBuffer());
  }

  /** The size of the file in bytes. */
  public long size() {
    return file.byteSize();
  }

  /** The size of a buffer's data in bytes. */
  public long bufferSize(int buffer) {
    return contents.buffers().get(buffer).size();
  }

  /**
   * The value of a tensor, if it is a constant. Not to be changed.
   *
   * @param subgraph the subgraph's index
   * @param tensor the tensor's index there
   * @throws SignetException CLOSED if the model has been closed
   */
  public Optional<Tensor> constant(int subgraph, int tensor) {
    ModelTensor declared = contents.subgraphs().get(subgraph).tensors().get(tensor);
    int buffer = declared.buffer();
    if (buffer == 0 || contents.buffers().get(buffer).isEmpty()) {
      return Optional.empty();
    }
    DType dtype = declared.type().dtype();
    int[] shape = declared.type().shape().dims();
    String place = "subgraph " + subgraph + ", tensor " + tensor;
    BufferUse use =
        new BufferUse(buffer, dtype, declared.type().shape().elements(), declared.sparsity());
    Tensor constant = constants.computeIfAbsent(use, _ -> read(use, shape, place));
    return Optional.of(constant.reshaped(shape));
  }

  private Tensor read(BufferUse use, int[] shape, String place) {
    if (use.sparsity().isPresent()) {
      SparseLayout layout = use.sparsity().get();
      int[] stored = {layout.check(shape, place)};
      return layout.expand(
          ConstantLayout.read(use.dtype(), bytes(use.buffer()), stored, place), shape, place);
    }
    return use.dtype() == DType.FLOAT32 && use.elements() >= LARGE
        ? Tensor.stored(new MappedFloats(segment(use.buffer())), shape)
        : ConstantLayout.read(use.dtype(), bytes(use.buffer()), shape, place);
  }

  private ByteBuffer bytes(int buffer) {
    return segment(buffer).asByteBuffer();
  }

  private MemorySegment segment(int buffer) {
    ModelBuffer place = contents.buffers().get(buffer);
    if (!file.scope().isAlive()) {
      throw SignetException.of(Code.CLOSED, "the model has been closed");
    }
    return file.asSlice(place.offset(), place.size());
  }

  /**
   * What {@code key} stands for, made by {@code make} when it is asked for first, and kept as long
   * as the model: plans and packed weights.
   */
  public <T> T derived(Object key, Class<T> type, Supplier<T> make) {
    return type.cast(derived.computeIfAbsent(key, _ -> make.get()));
  }

  /** Unmaps the file. Calls that run must have ended. */
  @Override
  public void close() {
    arena.filter(open -> open.scope().isAlive()).ifPresent(Arena::close);
  }
}

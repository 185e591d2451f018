package org.signet.source.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.bundle.BundleTensor;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Reads an HDF5 file as Keras writes it: groups, attributes, and datasets in one piece. Links are
 * not followed, filters not undone.
 */
final class HdfStore implements AutoCloseable {
  /** Where the superblock has its version. */
  private static final int VERSION = 8;

  private static final int DEEPEST = 64;

  private final Path path;
  private final HdfFile file;

  private HdfStore(Path path, HdfFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @throws SignetException if it is no HDF5 file
   */
  static HdfStore open(Path path) {
    return guarded(
        path,
        () -> {
          HdfFile file = new HdfFile(path);
          checkLength(path, file);
          return new HdfStore(path, file);
        });
  }

  /** The superblock says where the file ends; the library takes no notice. */
  private static void checkLength(Path path, HdfFile file) {
    ByteBuffer start = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    long length;
    try (FileChannel channel = FileChannel.open(path)) {
      int read = 0;
      while (read >= 0 && start.hasRemaining()) {
        read = channel.read(start, start.position());
      }
      length = channel.size();
    } catch (IOException e) {
      file.close();
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + path + ": " + e.getMessage());
    }
    int end =
        switch (start.get(VERSION)) {
          case 0 -> 40;
          case 1 -> 44;
          default -> 28;
        };
    if (file.getUserBlockSize() == 0 && start.getLong(end) > length) {
      file.close();
      throw SignetException.of(
          Code.MALFORMED_CHECKPOINT,
          path + " ends after " + length + " of " + start.getLong(end) + " bytes",
          "the file is truncated");
    }
  }

  /** The library has unchecked exceptions of all kinds for a file that is damaged. */
  private static <T> T guarded(Path path, Supplier<T> action) {
    try {
      return action.get();
    } catch (SignetException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw SignetException.of(
          Code.MALFORMED_CHECKPOINT,
          path + " is no readable HDF5 file: " + e.getMessage(),
          "the file may be truncated");
    }
  }

  private Optional<Node> find(String name) {
    Node node = file;
    for (String part : name.split("/", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      if (!(node instanceof Group group)) {
        return Optional.empty();
      }
      Node child = group.getChildren().get(part);
      if (child == null) {
        return Optional.empty();
      }
      if (child.isLink()) {
        throw SignetException.of(
            Code.UNSUPPORTED_SOURCE, path + ": '" + name + "' is a link, which is not followed");
      }
      node = child;
    }
    return Optional.of(node);
  }

  /** Whether there is a group or dataset of this name. */
  boolean exists(String name) {
    return guarded(path, () -> find(name).isPresent());
  }

  /** The paths of all datasets within a group, but optimizer state; of all if it is empty. */
  List<String> datasets(String group) {
    return guarded(
        path,
        () -> {
          List<String> found = new ArrayList<>();
          find(group).ifPresent(node -> collect(node, group, 0, found));
          return found;
        });
  }

  private static void collect(Node node, String name, int depth, List<String> found) {
    if (node instanceof Group group && depth < DEEPEST) {
      group
          .getChildren()
          .forEach((child, inner) -> {
            if (!inner.isLink() && !child.startsWith("optimizer")) {
              collect(inner, name.isEmpty() ? child : name + "/" + child, depth + 1, found);
            }
          });
    } else if (node instanceof ContiguousDataset) {
      found.add(name);
    }
  }

  /** A string attribute of a group. */
  Optional<String> text(String group, String attribute) {
    return guarded(
        path,
        () ->
            find(group)
                .map(node -> node.getAttributes().get(attribute))
                .map(Attribute::getData)
                .filter(String.class::isInstance)
                .map(String.class::cast));
  }

  /**
   * A list of strings that is an attribute, or, where it is too long for one, several: {@code
   * weight_names0}, {@code weight_names1}.
   */
  List<String> names(String group, String attribute) {
    return guarded(
        path,
        () -> {
          Optional<Node> node = find(group);
          List<String> names = new ArrayList<>();
          if (node.isEmpty()) {
            return names;
          }
          Attribute whole = node.get().getAttributes().get(attribute);
          if (whole != null) {
            addStrings(whole, names);
            return names;
          }
          for (int i = 0; node.get().getAttributes().containsKey(attribute + i); i++) {
            addStrings(node.get().getAttribute(attribute + i), names);
          }
          return names;
        });
  }

  private static void addStrings(Attribute attribute, List<String> names) {
    if (attribute.getData() instanceof String[] strings) {
      names.addAll(List.of(strings));
    }
  }

  /** The type of a dataset; empty if there is none. */
  Optional<TensorType> type(String name) {
    return guarded(path, () -> dataset(name).map(dataset -> type(name, dataset)));
  }

  /** A dataset; empty if there is none. */
  Optional<BundleTensor> read(String name) {
    return guarded(path, () -> dataset(name).map(dataset -> read(name, dataset)));
  }

  private Optional<ContiguousDataset> dataset(String name) {
    Optional<Node> node = find(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof ContiguousDataset dataset) {
      return Optional.of(dataset);
    }
    throw SignetException.of(
        Code.UNSUPPORTED_SOURCE,
        path + ": '" + name + "' is not kept in one piece, as Keras keeps weights",
        "save the model again with Keras");
  }

  private TensorType type(String name, Dataset dataset) {
    long[] dims = dataset.getDimensionsAsLong();
    int[] sizes = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      sizes[i] = Math.toIntExact(dims[i]);
    }
    return TensorType.of(dtype(name, dataset), Shape.of(sizes));
  }

  private DType dtype(String name, Dataset dataset) {
    DataType type = dataset.getDataType();
    Optional<DType> dtype =
        switch (type) {
          case FloatingPoint number when number.getByteOrder() == ByteOrder.LITTLE_ENDIAN ->
              switch (number.getSize() * 100 + number.getExponentSize()) {
                case 205 -> Optional.of(DType.FLOAT16);
                case 208 -> Optional.of(DType.BFLOAT16);
                case 408 -> Optional.of(DType.FLOAT32);
                case 811 -> Optional.of(DType.FLOAT64);
                default -> Optional.empty();
              };
          case FixedPoint number when number.getByteOrder() == ByteOrder.LITTLE_ENDIAN ->
              DType.ofName((number.isSigned() ? "int" : "uint") + 8 * number.getSize());
          // Keras writes no other type of two bytes that is no number.
          default -> type.getSize() == 2 ? Optional.of(DType.BFLOAT16) : Optional.empty();
        };
    return dtype.orElseThrow(() ->
        SignetException.of(
            Code.UNSUPPORTED_SOURCE,
            path + ": '" + name + "' holds elements of no type that Keras has for weights"));
  }

  private BundleTensor read(String name, ContiguousDataset dataset) {
    TensorType type = type(name, dataset);
    long bytes = Math.multiplyExact(type.shape().elements(), type.dtype().bytes());
    if (bytes == 0) {
      return tensor(type, MemorySegment.ofArray(new byte[0]));
    }
    if (dataset.getStorageInBytes() != bytes) {
      throw SignetException.of(
          Code.MALFORMED_CHECKPOINT, path + ": '" + name + "' should be " + bytes + " bytes long");
    }
    MemorySegment data = MemorySegment.ofBuffer(dataset.getBuffer().rewind());
    if (data.byteSize() != bytes) {
      throw SignetException.of(Code.MALFORMED_CHECKPOINT, path + ": '" + name + "' is cut short");
    }
    return tensor(type, data.asReadOnly());
  }

  private static BundleTensor tensor(TensorType type, MemorySegment data) {
    return new BundleTensor(type.dtype(), type.shape(), new BundleTensor.Data.Raw(data));
  }

  @Override
  public void close() {
    file.close();
  }
}

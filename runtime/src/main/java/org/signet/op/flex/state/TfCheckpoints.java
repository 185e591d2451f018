package org.signet.op.flex.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.signet.bundle.BundleTensor;
import org.signet.bundle.BundleWriter;
import org.signet.bundle.CheckpointBundle;
import org.signet.bundle.SavedTensor;
import org.signet.bundle.SliceFile;
import org.signet.bundle.SliceSpec;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Effects;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.Shapes;
import org.signet.op.flex.ProtoTensors;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * The ops that write and read checkpoints: SaveV2, RestoreV2 and MergeV2Checkpoints those of {@link
 * CheckpointBundle}, Save, SaveSlices, Restore and RestoreSlice the single files before them; and
 * the names of parts. A checkpoint that can't be read fails with the code that tells why.
 */
final class TfCheckpoints {
  private TfCheckpoints() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("MergeV2Checkpoints", op -> List.of(), TfCheckpoints::merge)
            .withEffects(Effects.WRITES_STATE),
        Rules.exact("Restore", TfCheckpoints::restoredType, TfCheckpoints::restore)
            .withEffects(Effects.READS_STATE),
        Rules.exact("RestoreV2", TfCheckpoints::restoredTypes, TfCheckpoints::restoreAll)
            .withEffects(Effects.READS_STATE),
        Rules.exact("RestoreSlice", TfCheckpoints::restoredType, TfCheckpoints::restore)
            .withEffects(Effects.READS_STATE),
        saving("Save", call -> SliceFile.write(path(call.operand(0), 0), tensors(call, 2))),
        saving("SaveSlices", call -> SliceFile.write(path(call.operand(0), 0), tensors(call, 3))),
        saving("SaveV2", call -> BundleWriter.write(path(call.operand(0), 0), tensors(call, 3))),
        Rules.exact(
            "ShardedFilename",
            Rules.always(Rules.scalar(DType.STRING)),
            call -> name(call, "-%05d-of-%05d", call.operand(1), call.operand(2))),
        Rules.exact(
            "ShardedFilespec",
            Rules.always(Rules.scalar(DType.STRING)),
            call -> name(call, "-?????-of-%05d", call.operand(1))));
  }

  private static OpDefinition saving(String op, Reference reference) {
    return OpDefinition.tf(op, call -> List.of(), reference).withEffects(Effects.WRITES_STATE);
  }

  private static void name(OpCall call, String format, Tensor... numbers) {
    Object[] arguments = new Object[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      arguments[i] = numbers[i].getLong(0);
    }
    String suffix = String.format(Locale.ROOT, format, arguments);
    call.result(0, Tensor.scalar(call.operand(0).getString(0) + suffix));
  }

  private static Path path(Tensor name, int i) {
    try {
      return Path.of(new String(name.strings()[i], StandardCharsets.UTF_8));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + name.getString(i) + "' is no name of a file", e);
    }
  }

  /** Operands: file or prefix, names, maybe slices, and tensors from {@code first} on. */
  private static List<SavedTensor> tensors(OpCall call, int first) {
    Tensor names = call.operand(1);
    Shapes.require(
        names.size() == call.operandCount() - first,
        "%s names for %s tensors",
        names.size(),
        call.operandCount() - first);
    List<SavedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      SliceSpec slice = first == 2 ? SliceSpec.WHOLE : slice(call.operand(2), i);
      tensors.add(new SavedTensor(names.getString(i), slice, call.operand(first + i)));
    }
    return tensors;
  }

  private static SliceSpec slice(Tensor slices, int i) {
    return new SliceSpec(slices.getString(i));
  }

  private static List<TensorType> restoredType(OpTypes op) {
    return List.of(TensorType.unranked(op.attributes().getType("dt")));
  }

  private static List<TensorType> restoredTypes(OpTypes op) {
    return op.attributes().getList("dtypes", DType.class).stream()
        .map(TensorType::unranked)
        .toList();
  }

  /** Operands: file, name, maybe a slice. */
  private static void restore(OpCall call) {
    Path file = path(call.operand(0), 0);
    String name = call.operand(1).getString(0);
    SliceSpec slice = call.operandCount() > 2 ? slice(call.operand(2), 0) : SliceSpec.WHOLE;
    set(call, 0, name, file, SliceFile.read(file, name, slice), call.attributes().getType("dt"));
  }

  /** Operands: prefix, names, slices. */
  private static void restoreAll(OpCall call) {
    Path prefix = path(call.operand(0), 0);
    Tensor names = call.operand(1);
    Tensor slices = call.operand(2);
    List<DType> types = call.attributes().getList("dtypes", DType.class);
    Shapes.require(
        names.size() == types.size() && names.size() == slices.size(),
        "%s names and %s slices for %s tensors",
        names.size(),
        slices.size(),
        types.size());
    if (SliceFile.exists(prefix)) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.getString(i);
        set(call, i, name, prefix, SliceFile.read(prefix, name, slice(slices, i)), types.get(i));
      }
      return;
    }
    try (CheckpointBundle bundle = CheckpointBundle.open(prefix)) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.getString(i);
        Optional<BundleTensor> found = find(bundle, name, slice(slices, i));
        set(call, i, name, prefix, found.map(BundleTensor::load), types.get(i));
      }
    }
  }

  private static Optional<BundleTensor> find(
      CheckpointBundle bundle, String name, SliceSpec slice) {
    try {
      return bundle.find(name, slice);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tensor_name = " + name + "; " + e.getMessage(), e);
    } catch (SignetException e) {
      if (bundle.slices(name).equals(List.of(SliceSpec.WHOLE))) {
        throw e;
      }
      int rank = bundle.entry(name).map(entry -> entry.shape().rank()).orElse(0);
      throw new IllegalArgumentException(
          "Does not have sufficient slices for partitioned tensor %s to restore in slice_spec: %s (%s)"
              .formatted(name, slice.extents(rank), e.getMessage()),
          e);
    }
  }

  private static void set(
      OpCall call, int i, String name, Path file, Optional<Tensor> found, DType type) {
    Tensor tensor =
        found.orElseThrow(
            () -> new IllegalArgumentException("Key " + name + " not found in checkpoint " + file));
    Shapes.require(
        tensor.dtype() == type,
        "tensor_name = %s; expected dtype %s does not equal original dtype %s in %s",
        name,
        ProtoTensors.name(type),
        ProtoTensors.name(tensor.dtype()),
        file);
    call.result(i, tensor);
  }

  /** Operands: prefixes, the prefix of what they become together. */
  private static void merge(OpCall call) {
    Tensor prefixes = call.operand(0);
    boolean mayMiss = call.attributes().getBoolean("allow_missing_files", false);
    List<SavedTensor> tensors = new ArrayList<>();
    List<Path> old = new ArrayList<>();
    for (int i = 0; i < prefixes.size(); i++) {
      Path prefix = path(prefixes, i);
      if (mayMiss && !Files.exists(Path.of(prefix + ".index"))) {
        continue;
      }
      try (CheckpointBundle bundle = CheckpointBundle.open(prefix)) {
        for (String key : bundle.keys()) {
          for (SliceSpec slice : bundle.slices(key)) {
            Tensor tensor = bundle.find(key, slice).orElseThrow().load();
            tensors.add(new SavedTensor(key, slice, tensor));
          }
        }
        old.add(Path.of(prefix + ".index"));
        for (int shard = 0; shard < bundle.shards(); shard++) {
          old.add(
              Path.of(
                  prefix
                      + String.format(Locale.ROOT, ".data-%05d-of-%05d", shard, bundle.shards())));
        }
      }
    }
    Path target = path(call.operand(1), 0);
    BundleWriter.write(target, tensors);
    old.removeIf(file -> file.toString().startsWith(target + "."));
    old.forEach(TfCheckpoints::delete);
    if (call.attributes().getBoolean("delete_old_dirs", true)) {
      old.stream()
          .map(Path::toAbsolutePath)
          .map(Path::getParent)
          .distinct()
          .forEach(folder -> {
            if (folder != null && !folder.equals(target.toAbsolutePath().getParent())) {
              folder.toFile().delete();
            }
          });
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw SignetException.of(
          Code.FILE_UNWRITABLE, "can't delete " + file + ": " + e.getMessage());
    }
  }
}

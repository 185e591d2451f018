package org.signet.op.flex.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.signet.bundle.BundleTensor;
import org.signet.bundle.BundleWriter;
import org.signet.bundle.CheckpointBundle;
import org.signet.bundle.SliceFile;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.op.Effects;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * The ops that write and read checkpoints: SaveV2, RestoreV2 and MergeV2Checkpoints those of {@link
 * CheckpointBundle}, Save and Restore the single files before them; and the names of parts. A
 * checkpoint that can't be read fails with the code that tells why.
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
        OpDefinition.tf("Save", op -> List.of(), TfCheckpoints::save)
            .withEffects(Effects.WRITES_STATE),
        OpDefinition.tf("SaveV2", op -> List.of(), TfCheckpoints::saveBundle)
            .withEffects(Effects.WRITES_STATE),
        Rules.exact(
            "ShardedFilename",
            Rules.always(Rules.scalar(DType.STRING)),
            call -> name(call, "-%05d-of-%05d", call.operand(1), call.operand(2))),
        Rules.exact(
            "ShardedFilespec",
            Rules.always(Rules.scalar(DType.STRING)),
            call -> name(call, "-?????-of-%05d", call.operand(1))));
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

  /** Operands: prefix, names, slices, tensors. */
  private static void saveBundle(OpCall call) {
    requireWhole(call.operand(2));
    BundleWriter.write(path(call.operand(0), 0), tensors(call, 3));
  }

  /** Operands: file, names, tensors. */
  private static void save(OpCall call) {
    SliceFile.write(path(call.operand(0), 0), tensors(call, 2));
  }

  private static Map<String, Tensor> tensors(OpCall call, int first) {
    Tensor names = call.operand(1);
    Shapes.require(
        names.size() == call.operandCount() - first,
        "%s names for %s tensors",
        names.size(),
        call.operandCount() - first);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Tensor before = tensors.put(names.getString(i), call.operand(first + i));
      Shapes.require(before == null, "there are two tensors '%s'", names.getString(i));
    }
    return tensors;
  }

  private static void requireWhole(Tensor slices) {
    for (int i = 0; i < slices.size(); i++) {
      Shapes.require(
          slices.strings()[i].length == 0,
          "'%s' asks for a slice of a tensor; only whole ones are saved and restored",
          slices.getString(i));
    }
  }

  private static List<TensorType> restoredType(OpTypes op) {
    return List.of(TensorType.unranked(op.attributes().getType("dt")));
  }

  private static List<TensorType> restoredTypes(OpTypes op) {
    return op.attributes().getList("dtypes", DType.class).stream()
        .map(TensorType::unranked)
        .toList();
  }

  /** Operands: file, name. */
  private static void restore(OpCall call) {
    Path file = path(call.operand(0), 0);
    String name = call.operand(1).getString(0);
    set(call, 0, name, file, SliceFile.read(file, name), call.attributes().getType("dt"));
  }

  /** Operands: prefix, names, slices. */
  private static void restoreAll(OpCall call) {
    Path prefix = path(call.operand(0), 0);
    Tensor names = call.operand(1);
    requireWhole(call.operand(2));
    List<DType> types = call.attributes().getList("dtypes", DType.class);
    Shapes.require(
        names.size() == types.size(), "%s names for %s tensors", names.size(), types.size());
    if (SliceFile.exists(prefix)) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.getString(i);
        set(call, i, name, prefix, SliceFile.read(prefix, name), types.get(i));
      }
      return;
    }
    try (CheckpointBundle bundle = CheckpointBundle.open(prefix)) {
      for (int i = 0; i < names.size(); i++) {
        String name = names.getString(i);
        set(call, i, name, prefix, bundle.find(name).map(BundleTensor::load), types.get(i));
      }
    }
  }

  private static void set(
      OpCall call, int i, String name, Path file, Optional<Tensor> found, DType type) {
    Tensor tensor =
        found.orElseThrow(() ->
            new IllegalArgumentException("the checkpoint " + file + " has no '" + name + "'"));
    Shapes.require(
        tensor.dtype() == type, "'%s' of %s is %s, not %s", name, file, tensor.dtype(), type);
    call.result(i, tensor);
  }

  /** Operands: prefixes, the prefix of what they become together. */
  private static void merge(OpCall call) {
    Tensor prefixes = call.operand(0);
    boolean mayMiss = call.attributes().getBoolean("allow_missing_files", false);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<Path> old = new ArrayList<>();
    for (int i = 0; i < prefixes.size(); i++) {
      Path prefix = path(prefixes, i);
      if (mayMiss && !Files.exists(Path.of(prefix + ".index"))) {
        continue;
      }
      try (CheckpointBundle bundle = CheckpointBundle.open(prefix)) {
        for (String key : bundle.keys()) {
          Tensor tensor = bundle.find(key).orElseThrow().load();
          Shapes.require(
              tensors.put(key, tensor) == null, "two checkpoints to be merged hold '%s'", key);
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

package org.signet.op.flex.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.op.flex.ProtoTensors;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.tensorflow.proto.Feature;

/** Values of features of serialised Examples, and the sparse and ragged tensors made of them. */
final class FeatureRows {
  private FeatureRows() {}

  /**
   * The values of a feature as a vector; nothing if the example has none of this name, or one
   * without a kind.
   */
  static Optional<Tensor> values(Map<String, Feature> example, String key, DType dtype) {
    return values(example.getOrDefault(key, Feature.getDefaultInstance()), "Key: " + key, dtype);
  }

  /**
   * The same of an example of several.
   *
   * @param name of the example, empty where it is one alone
   * @param index its number
   */
  static Optional<Tensor> values(
      Map<String, Feature> example, String key, DType dtype, String name, int index) {
    Feature feature = example.getOrDefault(key, Feature.getDefaultInstance());
    return values(feature, place(key, name, index), dtype);
  }

  /** What errors begin with. */
  static String place(String key, String name, int index) {
    return name.isEmpty() ? "Key: " + key : "Name: " + name + ", Key: " + key + ", Index: " + index;
  }

  /**
   * The values of a feature as a vector; nothing if it is without a kind.
   *
   * @param place what an error begins with
   */
  static Optional<Tensor> values(Feature feature, String place, DType dtype) {
    DType actual =
        switch (feature.getKindCase()) {
          case FLOAT_LIST -> DType.FLOAT32;
          case INT64_LIST -> DType.INT64;
          case BYTES_LIST -> DType.STRING;
          case KIND_NOT_SET -> dtype;
        };
    Shapes.require(
        actual == dtype,
        "%s.  Data types don't match. Data type: %s but expected type: %s",
        place,
        ProtoTensors.name(actual),
        ProtoTensors.name(dtype));
    return switch (feature.getKindCase()) {
      case FLOAT_LIST -> {
        Tensor floats = Tensor.zeros(dtype, feature.getFloatList().getValueCount());
        for (int i = 0; i < floats.size(); i++) {
          floats.floats()[i] = feature.getFloatList().getValue(i);
        }
        yield Optional.of(floats);
      }
      case INT64_LIST -> {
        Tensor integers = Tensor.zeros(dtype, feature.getInt64List().getValueCount());
        for (int i = 0; i < integers.size(); i++) {
          integers.longs()[i] = feature.getInt64List().getValue(i);
        }
        yield Optional.of(integers);
      }
      case BYTES_LIST -> {
        Tensor strings = Tensor.zeros(dtype, feature.getBytesList().getValueCount());
        for (int i = 0; i < strings.size(); i++) {
          strings.strings()[i] = feature.getBytesList().getValue(i).toByteArray();
        }
        yield Optional.of(strings);
      }
      case KIND_NOT_SET -> Optional.empty();
    };
  }

  /** The values of a feature in each example, none where it is missing. */
  static List<Tensor> rows(List<Map<String, Feature>> examples, String key, DType dtype) {
    return rows(examples, key, dtype, List.of());
  }

  /** The same of examples with these names, or without if there are none. */
  static List<Tensor> rows(
      List<Map<String, Feature>> examples, String key, DType dtype, List<String> names) {
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      String name = names.isEmpty() ? "" : names.get(i);
      rows.add(
          values(examples.get(i), key, dtype, name, i).orElseGet(() -> Tensor.zeros(dtype, 0)));
    }
    return rows;
  }

  /** Sets the indices, values and shape of a sparse tensor with a row of each example. */
  static void setSparse(OpCall call, int[] results, DType dtype, List<Tensor> rows, int[] batch) {
    int total = setValues(call, results[1], dtype, rows);
    int rank = batch.length + 1;
    long[] indices = call.result(results[0], DType.INT64, total, rank).longs();
    int at = 0;
    int longest = 0;
    for (int row = 0; row < rows.size(); row++) {
      int length = rows.get(row).size();
      longest = Math.max(longest, length);
      for (int i = 0; i < length; i++) {
        if (rank > 1) {
          indices[at++] = row;
        }
        indices[at++] = i;
      }
    }
    long[] shape = call.result(results[2], DType.INT64, rank).longs();
    shape[0] = rows.size();
    shape[rank - 1] = longest;
  }

  /** Sets a result to all rows, one after the other; gives their size. */
  static int setValues(OpCall call, int result, DType dtype, List<Tensor> rows) {
    int total = rows.stream().mapToInt(Tensor::size).sum();
    Tensor values = call.result(result, dtype, total);
    int at = 0;
    for (Tensor row : rows) {
      Elements.copy(row, 0, values, at, row.size());
      at += row.size();
    }
    return total;
  }

  /** Where each row begins and the last ends; nothing for a single example. */
  static void setSplits(OpCall call, int result, DType dtype, List<Tensor> rows, int[] batch) {
    Tensor splits = call.result(result, dtype, batch.length == 0 ? 0 : rows.size() + 1);
    int at = 0;
    for (int i = 0; i < splits.size(); i++) {
      splits.setLong(i, at);
      at += i < rows.size() ? rows.get(i).size() : 0;
    }
  }
}

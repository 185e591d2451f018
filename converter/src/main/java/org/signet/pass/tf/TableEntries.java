package org.signet.pass.tf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.Elements;
import org.signet.tensor.Tensor;

/**
 * What a table is filled with.
 *
 * @param keys a key in each row
 * @param values as many rows
 */
record TableEntries(Tensor keys, Tensor values) {
  /**
   * The entries with each key once; themselves if it is so already.
   *
   * @throws SignetException if a key has two values
   */
  TableEntries distinct(String table, Origin origin) {
    Map<Object, Integer> first = new LinkedHashMap<>();
    for (int i = 0; i < keys.size() && i < values.size(); i++) {
      Integer known = first.putIfAbsent(element(keys, i), i);
      if (known != null && !element(values, known).equals(element(values, i))) {
        throw new SignetException(
            Diagnostic.error(
                    Code.MALFORMED_GRAPH,
                    "the table '" + table + "' gets two values for the key of entry " + i)
                .at(origin));
      }
    }
    if (first.size() == keys.size()) {
      return this;
    }
    Tensor distinctKeys = Tensor.zeros(keys.dtype(), first.size());
    Tensor distinctValues = Tensor.zeros(values.dtype(), first.size());
    int at = 0;
    for (int i : first.values()) {
      Elements.copy(keys, i, distinctKeys, at, 1);
      Elements.copy(values, i, distinctValues, at++, 1);
    }
    return new TableEntries(distinctKeys, distinctValues);
  }

  /**
   * The entries whose keys are none of {@code marks}.
   *
   * @param keyShape the shape of one key
   * @param valueShape the shape of one value
   */
  TableEntries without(List<Tensor> marks, int[] keyShape, int[] valueShape) {
    int keyWidth = product(keyShape);
    int valueWidth = product(valueShape);
    List<Integer> kept = new ArrayList<>();
    for (int row = 0; row < keys.size() / keyWidth; row++) {
      int at = row;
      if (marks.stream().noneMatch(mark -> isKey(mark, at, keyWidth))) {
        kept.add(row);
      }
    }
    Tensor keptKeys = Tensor.zeros(keys.dtype(), withRows(kept.size(), keyShape));
    Tensor keptValues = Tensor.zeros(values.dtype(), withRows(kept.size(), valueShape));
    for (int i = 0; i < kept.size(); i++) {
      Elements.copy(keys, kept.get(i) * keyWidth, keptKeys, i * keyWidth, keyWidth);
      Elements.copy(values, kept.get(i) * valueWidth, keptValues, i * valueWidth, valueWidth);
    }
    return new TableEntries(keptKeys, keptValues);
  }

  private boolean isKey(Tensor mark, int row, int width) {
    boolean equal = true;
    for (int k = 0; equal && k < width; k++) {
      equal = element(mark, k).equals(element(keys, row * width + k));
    }
    return equal;
  }

  private static int product(int... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static int[] withRows(int rows, int... shape) {
    int[] all = new int[shape.length + 1];
    all[0] = rows;
    System.arraycopy(shape, 0, all, 1, shape.length);
    return all;
  }

  /** Equal for equal elements. */
  private static Object element(Tensor tensor, int i) {
    return switch (tensor.dtype()) {
      case STRING -> ByteBuffer.wrap(tensor.strings()[i]);
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> tensor.getDouble(i);
      default -> tensor.getLong(i);
    };
  }
}

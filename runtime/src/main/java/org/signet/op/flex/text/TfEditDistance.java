package org.signet.op.flex.text;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.op.Complex;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * EditDistance: how many insertions, deletions and exchanges make one sequence of the other
 * (Levenshtein), perhaps for each element of the other. Operands: two sparse tensors, of which the
 * last dimension holds the sequences: what was found, and the truth.
 */
final class TfEditDistance {
  private TfEditDistance() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("EditDistance", TfEditDistance::infer, TfEditDistance::evaluate));
  }

  private static List<TensorType> infer(OpTypes op) {
    if (op.constant(2).isEmpty() || op.constant(5).isEmpty()) {
      int rank = Rules.dim(op, 2, 0);
      return List.of(
          rank == Shape.UNKNOWN
              ? TensorType.unranked(DType.FLOAT32)
              : Rules.ranked(DType.FLOAT32, rank - 1));
    }
    return List.of(TensorType.of(DType.FLOAT32, shape(op.constant(2).get(), op.constant(5).get())));
  }

  /** The larger of the two sizes, but for the last dimension. */
  private static int[] shape(Tensor found, Tensor truth) {
    Shapes.require(
        found.size() == truth.size() && found.size() > 1,
        "sequences of ranks %s and %s",
        found.size(),
        truth.size());
    int[] shape = new int[found.size() - 1];
    Arrays.setAll(shape, d -> (int) Math.max(found.getLong(d), truth.getLong(d)));
    return shape;
  }

  private static void evaluate(OpCall call) {
    int[] shape = shape(call.operand(2), call.operand(5));
    boolean normalizes = call.attributes().getBoolean("normalize", true);
    Map<Integer, List<Object>> found = sequences(call, 0, shape);
    Map<Integer, List<Object>> truth = sequences(call, 3, shape);
    Tensor result = call.result(0, DType.FLOAT32, shape);
    for (int i = 0; i < result.size(); i++) {
      List<Object> a = found.getOrDefault(i, List.of());
      List<Object> b = truth.getOrDefault(i, List.of());
      float distance = distance(a, b);
      if (normalizes) {
        distance = b.isEmpty() ? (a.isEmpty() ? 0 : Float.POSITIVE_INFINITY) : distance / b.size();
      }
      result.floats()[i] = distance;
    }
  }

  /** The sequence at each place of the result; operands from {@code first} on. */
  private static Map<Integer, List<Object>> sequences(OpCall call, int first, int[] shape) {
    Tensor indices = Rules.requireRank(call.operand(first), 2, "indices");
    Tensor values = call.operand(first + 1);
    int[] sizes = KnownOperands.sizes(call.operand(first + 2));
    int rank = shape.length + 1;
    Shapes.require(
        indices.hasShape(values.size(), rank), "indices %s of rank %s", indices.type(), rank);
    Map<Integer, List<Object>> sequences = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      int place = 0;
      for (int d = 0; d < rank; d++) {
        long index = indices.getLong(i * rank + d);
        Shapes.require(index >= 0 && index < sizes[d], "index %s of %s", index, sizes[d]);
        place = d < shape.length ? place * shape[d] + (int) index : place;
      }
      sequences.computeIfAbsent(place, _ -> new ArrayList<>()).add(element(values, i));
    }
    return sequences;
  }

  private static Object element(Tensor values, int i) {
    if (values.dtype() == DType.STRING) {
      return ByteBuffer.wrap(values.strings()[i]);
    }
    if (values.dtype().isComplex()) {
      return Complex.get(values, i);
    }
    return values.dtype().isFloating() ? (Object) values.getDouble(i) : values.getLong(i);
  }

  private static int distance(List<Object> a, List<Object> b) {
    int[] row = new int[b.size() + 1];
    Arrays.setAll(row, k -> k);
    for (int i = 0; i < a.size(); i++) {
      int diagonal = row[0];
      row[0] = i + 1;
      for (int k = 0; k < b.size(); k++) {
        int exchanged = diagonal + (a.get(i).equals(b.get(k)) ? 0 : 1);
        diagonal = row[k + 1];
        row[k + 1] = Math.min(exchanged, Math.min(row[k], row[k + 1]) + 1);
      }
    }
    return row[b.size()];
  }
}

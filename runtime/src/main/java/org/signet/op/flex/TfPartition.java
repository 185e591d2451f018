package org.signet.op.flex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * DynamicPartition deals slices out to several tensors, DynamicStitch puts slices of several into
 * one.
 */
final class TfPartition {
  private TfPartition() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("DynamicPartition", TfPartition::inferPartition, TfPartition::partition)
            .moving(),
        OpDefinition.tf("DynamicStitch", TfPartition::inferStitch, TfPartition::stitch)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("ParallelDynamicStitch", TfPartition::inferStitch, TfPartition::stitch)
            .accurate(Accuracy.EXACT));
  }

  /** Operands: data, and for each slice the number of the result that it goes to. */
  private static List<TensorType> inferPartition(OpTypes op) {
    Optional<int[]> counts = op.constant(1).map(numbers -> counts(numbers, op.resultCount()));
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < op.resultCount(); i++) {
      int result = i;
      int rows = counts.map(known -> known[result]).orElse(Shape.UNKNOWN);
      types.add(Shapes.plain(op.dtype(0), slices(op.shape(0), op.shape(1), rows)));
    }
    return types;
  }

  /** {@code rows} slices of {@code data}, of which {@code numbers} has an element each. */
  private static Shape slices(Shape data, Shape numbers, int rows) {
    if (!data.hasRank() || !numbers.hasRank()) {
      return Shape.unknownRank();
    }
    int lead = numbers.rank();
    Shapes.require(lead <= data.rank(), "%s numbers for %s", numbers, data);
    for (int d = 0; d < lead; d++) {
      boolean differ = data.isKnown(d) && numbers.isKnown(d) && data.dim(d) != numbers.dim(d);
      Shapes.require(!differ, "%s numbers for %s", numbers, data);
    }
    int[] dims = new int[data.rank() - lead + 1];
    dims[0] = rows;
    System.arraycopy(data.dims(), lead, dims, 1, dims.length - 1);
    return Shape.of(dims);
  }

  private static int[] counts(Tensor numbers, int results) {
    int[] counts = new int[results];
    for (int i = 0; i < numbers.size(); i++) {
      long number = numbers.getLong(i);
      Shapes.require(number >= 0 && number < results, "no partition %s of %s", number, results);
      counts[(int) number]++;
    }
    return counts;
  }

  private static void partition(OpCall call) {
    Tensor data = call.operand(0);
    Tensor numbers = call.operand(1);
    int[] counts = counts(numbers, call.resultCount());
    Tensor[] results = new Tensor[counts.length];
    for (int i = 0; i < counts.length; i++) {
      Shape shape = slices(Shape.of(data.shape()), Shape.of(numbers.shape()), counts[i]);
      results[i] = call.result(i, data.dtype(), shape.dims());
    }
    int slice = Shapes.product(data.shape(), numbers.rank(), data.rank());
    int[] next = new int[counts.length];
    for (int i = 0; i < numbers.size(); i++) {
      int to = (int) numbers.getLong(i);
      Elements.copy(data, i * slice, results[to], next[to]++ * slice, slice);
    }
  }

  /** Operands: n tensors of indices, n of slices; the last slice for an index wins. */
  private static List<TensorType> inferStitch(OpTypes op) {
    int n = op.operandCount() / 2;
    int rows = 0;
    Shape merged = Shape.unknownRank();
    for (int i = 0; i < n; i++) {
      Optional<Tensor> indices = op.constant(i);
      boolean known = indices.isPresent() && rows != Shape.UNKNOWN;
      rows = known ? Math.max(rows, rows(indices.get())) : Shape.UNKNOWN;
      merged = merged.refine(slices(op.shape(n + i), op.shape(i), Shape.UNKNOWN));
    }
    return List.of(Shapes.plain(op.dtype(n), merged.hasRank() ? merged.withDim(0, rows) : merged));
  }

  private static int rows(Tensor indices) {
    long largest = -1;
    for (int i = 0; i < indices.size(); i++) {
      long index = indices.getLong(i);
      Shapes.require(index >= 0 && index < Integer.MAX_VALUE, "%s is no index", index);
      largest = Math.max(largest, index);
    }
    return (int) largest + 1;
  }

  private static void stitch(OpCall call) {
    int n = call.operandCount() / 2;
    int rows = 0;
    for (int i = 0; i < n; i++) {
      rows = Math.max(rows, rows(call.operand(i)));
    }
    int[] shape = stitched(call, 0, n, rows);
    Tensor result = call.result(0, call.operand(n).dtype(), shape);
    Elements.clear(result);
    int slice = Shapes.product(shape, 1, shape.length);
    for (int i = 0; i < n; i++) {
      Shapes.require(
          Arrays.equals(shape, stitched(call, i, n, rows)), "the slices differ in shape");
      Tensor indices = call.operand(i);
      for (int k = 0; k < indices.size(); k++) {
        Elements.copy(
            call.operand(n + i), k * slice, result, (int) indices.getLong(k) * slice, slice);
      }
    }
  }

  private static int[] stitched(OpCall call, int i, int n, int rows) {
    Shape data = Shape.of(call.operand(n + i).shape());
    return slices(data, Shape.of(call.operand(i).shape()), rows).dims();
  }
}

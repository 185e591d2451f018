package org.signet.op.flex.text;

import java.util.List;
import java.util.Optional;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.op.flex.ProtoTensors;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * A feature of an Example that has a shape.
 *
 * @param key its name
 * @param shape its shape; with an unknown first size it has as many rows as the longest, and {@code
 *     fallback} pads the others
 * @param fallback what a missing feature is taken to be; empty if it must be there
 * @param names of the examples, for errors; none where they have no names
 */
record DenseFeature(String key, Shape shape, Tensor fallback, List<String> names) {

  /** Sets a result to the values of all examples, stacked. */
  void set(OpCall call, int result, List<Optional<Tensor>> rows, int[] batch) {
    Shapes.require(shape.hasRank(), "feature '%s' has no shape", key);
    boolean free = shape.rank() > 0 && !shape.isKnown(0);
    int[] dims = shape.dims();
    int row = Shapes.product(dims, free ? 1 : 0, dims.length);
    if (free) {
      Shapes.require(fallback.size() == 1, "feature '%s' needs one element to pad with", key);
      dims[0] = rows.stream().mapToInt(values -> size(values) / Math.max(1, row)).max().orElse(0);
    } else {
      Shapes.require(
          fallback.size() == 0 || shape.accepts(fallback.shape()),
          "the default of '%s' is %s",
          key,
          fallback.type());
    }
    int[] all = new int[batch.length + dims.length];
    System.arraycopy(batch, 0, all, 0, batch.length);
    System.arraycopy(dims, 0, all, batch.length, dims.length);
    Tensor target = call.result(result, fallback.dtype(), all);
    int size = Shapes.product(dims, 0, dims.length);
    for (int i = 0; i < rows.size(); i++) {
      if (free) {
        Elements.fill(target, i * size, size, fallback, 0);
        Shapes.require(size(rows.get(i)) % Math.max(1, row) == 0, "'%s' has no whole rows", key);
      } else {
        check(rows.get(i), size, i);
      }
      Tensor values = rows.get(i).orElse(free ? Tensor.zeros(fallback.dtype(), 0) : fallback);
      Elements.copy(values, 0, target, i * size, values.size());
    }
  }

  private static int size(Optional<Tensor> values) {
    return values.map(Tensor::size).orElse(0);
  }

  private void check(Optional<Tensor> values, int size, int i) {
    String name = names.isEmpty() ? "" : names.get(i);
    String type = ProtoTensors.name(fallback.dtype());
    Shapes.require(
        values.isPresent() || fallback.size() > 0 || size == 0,
        "%sFeature: %s (data type: %s) is required but could not be found.",
        name.isEmpty() ? "" : "Name: " + name + ", ",
        key,
        type);
    Shapes.require(
        values.isEmpty() || values.get().size() == size,
        "%s.  Number of %s values != expected.  Values size: %s but output shape: %s",
        FeatureRows.place(key, name, i),
        type,
        size(values),
        shape);
  }
}

package org.signet.lower;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Resampling;
import org.signet.op.ResizingKernel;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * ResizeArea, ResizeBicubic and ScaleAndTranslate of images of known size: along height, then along
 * width, the pixels that each result takes are gathered, weighted and summed up.
 */
final class ResampleLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("ResizeArea", "ResizeBicubic", "ScaleAndTranslate");
  }

  /** How one of the two dimensions is resampled. */
  private interface Method {
    Resampling of(int dimension, int from, int to);
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Shape shape = op.shape(0);
    Optional<int[]> size = emit.intsOf(op.operand(1));
    boolean known = shape.hasRank() && shape.isKnown(1) && shape.isKnown(2) && size.isPresent();
    Optional<Method> method = method(op, emit);
    if (!known || method.isEmpty()) {
      return Lowered.declined("the sizes before and after are not both known");
    }
    Value image = emit.cast(op.operand(0), DType.FLOAT32);
    int height = shape.dim(1);
    int width = shape.dim(2);
    DimSource batch = DimSource.of(image, 0);
    DimSource channels = DimSource.of(image, 3);
    DimSource row = DimSource.product(List.of(known(width), channels));
    Value rows = DimSource.reshape(image, List.of(batch, known(height), row), emit);
    rows = along(rows, method.get().of(0, height, size.get()[0]), emit);
    DimSource lines = DimSource.product(List.of(batch, known(size.get()[0])));
    Value columns = DimSource.reshape(rows, List.of(lines, known(width), channels), emit);
    columns = along(columns, method.get().of(1, width, size.get()[1]), emit);
    return Lowered.to(
        DimSource.reshape(
            columns, List.of(batch, known(size.get()[0]), known(size.get()[1]), channels), emit));
  }

  private static Optional<Method> method(TfOp op, Emitter emit) {
    Attributes attributes = op.attributes();
    if (!op.name().equals("ScaleAndTranslate")) {
      Resampling.Grid grid = Resampling.Grid.of(attributes);
      return Optional.of(
          op.name().equals("ResizeArea")
              ? (dimension, from, to) -> Resampling.area(grid, from, to)
              : (dimension, from, to) -> Resampling.cubic(grid, from, to));
    }
    Optional<Tensor> scale = emit.valueOf(op.operand(2));
    Optional<Tensor> translation = emit.valueOf(op.operand(3));
    if (scale.isEmpty() || translation.isEmpty()) {
      return Optional.empty();
    }
    ResizingKernel kernel = ResizingKernel.of(attributes.getString("kernel_type"));
    boolean antialias = attributes.getBoolean("antialias");
    return Optional.of((dimension, from, to) ->
        Resampling.byKernel(
            kernel,
            antialias,
            (float) scale.get().getDouble(dimension),
            (float) translation.get().getDouble(dimension),
            from,
            to));
  }

  private static DimSource known(int size) {
    return new DimSource(size, List.of());
  }

  /** {@code value} [before, from, after] resampled to [before, to, after]. */
  static Value along(Value value, Resampling resampling, Emitter emit) {
    Value taken =
        emit.builtin(
            "GATHER",
            Attributes.of("axis", 1, "batch_dims", 0),
            value,
            emit.constant(resampling.positions()));
    Value weighted = emit.builtin("MUL", taken, emit.constant(resampling.shares()));
    return emit.builtin("SUM", Attributes.of("keep_dims", false), weighted, emit.ints(2));
  }
}

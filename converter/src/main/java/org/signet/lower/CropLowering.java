package org.signet.lower;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * CropAndResize to a known size: pixels are gathered at the places that boxes and images give at
 * run time.
 */
final class CropLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("CropAndResize");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Optional<int[]> size = emit.intsOf(op.operand(3));
    if (size.isEmpty() || !op.shape(0).hasRank()) {
      return Lowered.declined("the size of the crops is not constant");
    }
    boolean nearest = op.attributes().getString("method").equals("nearest");
    Value image = emit.cast(op.operand(0), DType.FLOAT32);
    List<Value> edges = emit.split(1, 4, op.operand(1));
    int[] crop = size.get();
    Line down = Line.of(edges.get(0), edges.get(2), image, 1, crop[0], nearest, emit);
    Line along = Line.of(edges.get(1), edges.get(3), image, 2, crop[1], nearest, emit);
    Pixels pixels = Pixels.of(image, op.operand(2), emit);
    Value above = pixels.at(down.first(), along.first());
    if (!nearest) {
      Value share = emit.reshape(along.share(), Shape.of(Shape.UNKNOWN, 1, crop[1], 1));
      above = mix(above, pixels.at(down.first(), along.second()), share, emit);
      Value below =
          mix(
              pixels.at(down.second(), along.first()),
              pixels.at(down.second(), along.second()),
              share,
              emit);
      share = emit.reshape(down.share(), Shape.of(Shape.UNKNOWN, crop[0], 1, 1));
      above = mix(above, below, share, emit);
    }
    Value inside =
        emit.builtin(
            "LOGICAL_AND",
            emit.reshape(down.inside(), Shape.of(Shape.UNKNOWN, crop[0], 1, 1)),
            emit.reshape(along.inside(), Shape.of(Shape.UNKNOWN, 1, crop[1], 1)));
    Value outside = emit.scalar(op.attributes().getFloat("extrapolation_value", 0));
    return Lowered.to(emit.select(inside, above, outside));
  }

  private static Value mix(Value first, Value second, Value share, Emitter emit) {
    Value difference = emit.builtin("SUB", second, first);
    return emit.builtin("ADD", first, emit.builtin("MUL", difference, share));
  }

  /**
   * Where the pixels of each crop lie along one dimension of the image, [boxes, size] each.
   *
   * @param first the pixel before, or the nearest one, int32
   * @param second the pixel behind
   * @param share how far it is from the one to the other
   * @param inside whether it is in the image
   */
  private record Line(Value first, Value second, Value share, Value inside) {
    static Line of(
        Value from, Value to, Value image, int axis, int size, boolean nearest, Emitter emit) {
      FloatMath m = new FloatMath(emit);
      Value last = emit.builtin("SUB", DimSource.of(image, axis).scalar(emit), emit.scalar(1));
      Value farthest = emit.cast(last, DType.FLOAT32);
      Value place;
      if (size == 1) {
        place = m.multiply(m.multiply(m.add(from, to), 0.5), farthest);
      } else {
        float[] steps = new float[size];
        for (int i = 0; i < size; i++) {
          steps[i] = i;
        }
        Value scale = m.divide(m.multiply(m.subtract(to, from), farthest), m.number(size - 1));
        Value start = m.multiply(from, farthest);
        place = m.add(start, m.multiply(emit.floats(steps, 1, size), scale));
      }
      Value inside =
          emit.builtin(
              "LOGICAL_AND",
              emit.builtin("GREATER_EQUAL", place, emit.scalar(0f)),
              emit.builtin("LESS_EQUAL", place, farthest));
      Value before = m.floor(nearest ? m.add(place, 0.5) : place);
      Value first = bounded(before, last, emit);
      return new Line(
          first,
          nearest ? first : bounded(emit.builtin("CEIL", place), last, emit),
          m.subtract(place, before),
          inside);
    }

    private static Value bounded(Value place, Value last, Emitter emit) {
      Value whole = emit.cast(place, DType.INT32);
      return emit.builtin("MAXIMUM", emit.builtin("MINIMUM", whole, last), emit.scalar(0));
    }
  }

  /**
   * The pixels of all images.
   *
   * @param all [pixels, channels]
   * @param starts the first row of each crop's image among the rows of all, int32 [boxes, 1]
   * @param width of the images, int32
   */
  private record Pixels(Value all, Value starts, Value width, Emitter emit) {
    static Pixels of(Value image, Value numbers, Emitter emit) {
      List<DimSource> dims = DimSource.all(image);
      Value all =
          DimSource.reshape(
              image, List.of(DimSource.product(dims.subList(0, 3)), dims.getLast()), emit);
      Value column = emit.reshape(numbers, Shape.of(Shape.UNKNOWN, 1));
      Value starts = emit.builtin("MUL", column, dims.get(1).scalar(emit));
      return new Pixels(all, starts, dims.get(2).scalar(emit), emit);
    }

    /**
     * Those at rows [boxes, height] and columns [boxes, width]: [boxes, height, width, channels].
     */
    Value at(Value rows, Value columns) {
      Value lines = emit.builtin("MUL", emit.builtin("ADD", starts, rows), width);
      Value places =
          emit.builtin(
              "ADD",
              emit.builtin("EXPAND_DIMS", lines, emit.scalar(2)),
              emit.builtin("EXPAND_DIMS", columns, emit.scalar(1)));
      return emit.builtin("GATHER", Attributes.of("axis", 0, "batch_dims", 0), all, places);
    }
  }
}

package org.signet.lower;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Ops on the colours of images of float32: conversions between red, green, blue and hue,
 * saturation, value, pixel by pixel, and the contrast of each channel.
 */
final class ColorLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("AdjustContrastv2", "AdjustHue", "AdjustSaturation", "HSVToRGB", "RGBToHSV");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Value image = op.operand(0);
    if (op.name().equals("AdjustContrastv2")) {
      return contrast(image, op.operand(1), emit);
    }
    FloatMath m = new FloatMath(emit);
    UnaryOperator<Color> change =
        switch (op.name()) {
          case "RGBToHSV" -> rgb -> rgb.toHsv(m);
          case "HSVToRGB" -> hsv -> hsv.toRgb(m);
          case "AdjustHue" -> rgb -> rgb.toHsv(m).turned(op.operand(1), m).toRgb(m);
          default -> rgb -> rgb.toHsv(m).saturated(op.operand(1), m).toRgb(m);
        };
    Value pixels = emit.reshape(image, Shape.of(Shape.UNKNOWN, 3));
    Color changed = change.apply(Color.of(pixels, emit));
    return Lowered.to(
        emit.reshapeLike(
            emit.concat(1, changed.first(), changed.second(), changed.third()), image));
  }

  /** The distance from each channel's mean over an image, times a factor. */
  private static Lowered contrast(Value images, Value factor, Emitter emit) {
    if (!images.type().shape().hasRank()) {
      return Lowered.declined("the rank is not known");
    }
    int rank = images.type().shape().rank();
    FloatMath m = new FloatMath(emit);
    Value mean =
        emit.builtin(
            "MEAN", Attributes.of("keep_dims", true), images, emit.ints(rank - 3, rank - 2));
    return Lowered.to(m.add(m.multiply(m.subtract(images, mean), factor), mean));
  }

  /**
   * The channels of all pixels, [pixels, 1] each: red, green, blue, or hue, saturation, value, hues
   * from 0 to 1.
   */
  private record Color(Value first, Value second, Value third) {
    static Color of(Value pixels, Emitter emit) {
      List<Value> channels = emit.split(1, 3, pixels);
      return new Color(channels.get(0), channels.get(1), channels.get(2));
    }

    Color toHsv(FloatMath m) {
      Value value = m.larger(first, m.larger(second, third));
      Value range = m.subtract(value, m.smaller(first, m.smaller(second, third)));
      Value isColored = m.greater(range, 0);
      Value sixth = m.multiply(m.select(isColored, range, m.filled(1, range)), 6);
      Value fromRed = m.divide(m.subtract(second, third), sixth);
      Value fromGreen = m.add(m.divide(m.subtract(third, first), sixth), 2.0 / 6);
      Value fromBlue = m.add(m.divide(m.subtract(first, second), sixth), 4.0 / 6);
      Value hue =
          m.select(
              m.equal(first, value),
              fromRed,
              m.select(m.equal(second, value), fromGreen, fromBlue));
      hue = m.select(m.less(hue, 0), m.add(hue, 1), hue);
      Value none = m.filled(0, range);
      Value isBright = m.greater(value, 0);
      Value divisor = m.select(isBright, value, m.filled(1, value));
      Value saturation = m.select(isBright, m.divide(range, divisor), none);
      return new Color(m.select(isColored, hue, none), saturation, value);
    }

    Color toRgb(FloatMath m) {
      Value sixths = m.multiply(first, 6);
      return new Color(
          mixed(m.add(m.abs(m.add(sixths, -3)), -1), m),
          mixed(m.subtract(2, m.abs(m.add(sixths, -2))), m),
          mixed(m.subtract(2, m.abs(m.add(sixths, -4))), m));
    }

    private Value mixed(Value share, FloatMath m) {
      Value bounded = m.atLeast(m.atMost(share, 1), 0);
      return m.multiply(m.add(m.subtract(1, second), m.multiply(second, bounded)), third);
    }

    Color turned(Value by, FloatMath m) {
      Value hue = m.add(first, by);
      return new Color(m.subtract(hue, m.floor(hue)), second, third);
    }

    Color saturated(Value factor, FloatMath m) {
      Value saturation = m.atLeast(m.atMost(m.multiply(second, factor), 1), 0);
      return new Color(first, saturation, third);
    }
  }
}

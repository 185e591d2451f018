package org.signet.op.flex.image;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.signet.op.Accuracy;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Ops on the colours of images: red, green, blue, or hue, saturation, value in the last axis. */
final class TfColors {
  private TfColors() {}

  static List<OpDefinition> definitions() {
    return List.of(
        pixelwise("RGBToHSV", (call, c) -> hsv(c)),
        pixelwise("HSVToRGB", (call, c) -> rgb(c)),
        pixelwise(
            "AdjustHue",
            (call, c) -> {
              double[] hsv = hsv(c);
              double hue = hsv[0] + call.operand(1).getDouble(0);
              return rgb(hue - Math.floor(hue), hsv[1], hsv[2]);
            }),
        pixelwise(
            "AdjustSaturation",
            (call, c) -> {
              double[] hsv = hsv(c);
              double saturation = hsv[1] * call.operand(1).getDouble(0);
              return rgb(hsv[0], Math.clamp(saturation, 0, 1), hsv[2]);
            }),
        OpDefinition.tf(
                "AdjustContrast",
                Rules.mapped(DType.FLOAT32),
                call -> {
                  double low = call.operand(2).getDouble(0);
                  double high = call.operand(3).getDouble(0);
                  Shapes.require(low <= high, "no value from %s to %s", low, high);
                  contrast(call, DType.FLOAT32, x -> Math.clamp(x, low, high));
                })
            .accurate(Accuracy.ACCUMULATED),
        OpDefinition.tf(
                "AdjustContrastv2",
                Shapes.SAME,
                call -> contrast(call, call.operand(0).dtype(), x -> x))
            .accurate(Accuracy.ACCUMULATED));
  }

  /** A pixel's new colour. */
  private interface Change {
    double[] of(OpCall call, double... color);
  }

  private static OpDefinition pixelwise(String name, Change change) {
    return OpDefinition.tf(
            name,
            Shapes.SAME,
            call -> {
              Tensor image = call.operand(0);
              Shapes.require(
                  image.rank() >= 1 && image.dim(-1) == 3, "%s has not 3 channels", image.type());
              Tensor result = call.result(0, image.dtype(), image.shape());
              for (int i = 0; i < image.size(); i += 3) {
                double[] color =
                    change.of(
                        call, image.getDouble(i), image.getDouble(i + 1), image.getDouble(i + 2));
                for (int k = 0; k < 3; k++) {
                  result.setDouble(i + k, color[k]);
                }
              }
            })
        .accurate(Accuracy.APPROXIMATE);
  }

  private static double[] hsv(double... c) {
    double value = Math.max(c[0], Math.max(c[1], c[2]));
    double range = value - Math.min(c[0], Math.min(c[1], c[2]));
    if (!(range > 0)) {
      return new double[] {0, 0, value};
    }
    double hue;
    if (c[0] == value) {
      hue = (c[1] - c[2]) / (6 * range);
    } else if (c[1] == value) {
      hue = (c[2] - c[0]) / (6 * range) + 2.0 / 6;
    } else {
      hue = (c[0] - c[1]) / (6 * range) + 4.0 / 6;
    }
    return new double[] {hue < 0 ? hue + 1 : hue, value > 0 ? range / value : 0, value};
  }

  private static double[] rgb(double... hsv) {
    double sixths = 6 * hsv[0];
    double[] shares = {
      Math.abs(sixths - 3) - 1, 2 - Math.abs(sixths - 2), 2 - Math.abs(sixths - 4)
    };
    double[] color = new double[3];
    for (int k = 0; k < 3; k++) {
      color[k] = (1 - hsv[1] + hsv[1] * Math.clamp(shares[k], 0, 1)) * hsv[2];
    }
    return color;
  }

  /** Operands: images, a factor for the distance from each channel's mean over an image. */
  private static void contrast(OpCall call, DType dtype, DoubleUnaryOperator limit) {
    Tensor images = call.operand(0);
    Shapes.require(images.rank() >= 3, "%s are no images", images.type());
    double factor = call.operand(1).getDouble(0);
    int channels = images.dim(-1);
    int pixels = images.dim(-2) * images.dim(-3);
    Tensor result = call.result(0, dtype, images.shape());
    int perImage = pixels * channels;
    for (int from = 0; from < images.size(); from += perImage) {
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int i = c; i < perImage; i += channels) {
          sum += images.getDouble(from + i);
        }
        for (int i = c; i < perImage; i += channels) {
          double mean = sum / pixels;
          double value = (images.getDouble(from + i) - mean) * factor + mean;
          result.setDouble(from + i, limit.applyAsDouble(value));
        }
      }
    }
  }
}

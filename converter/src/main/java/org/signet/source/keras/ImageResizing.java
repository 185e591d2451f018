package org.signet.source.keras;

import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Resizes images as {@code tf.image.resize} does: pixels are centred at halves.
 *
 * @param call the layer
 * @param height of the result
 * @param width of the result
 * @param method how to interpolate
 * @param fit how the proportions of the images are kept
 * @param antialias whether to blur before making smaller
 */
record ImageResizing(
    LayerCall call, int height, int width, String method, Fit fit, boolean antialias) {
  /** What happens to images of other proportions. */
  enum Fit {
    STRETCH,
    CROP,
    PAD
  }

  /** As the settings of the layer say. */
  static ImageResizing of(LayerCall call) {
    KerasConfig config = call.config();
    Fit fit =
        config.getBoolean("crop_to_aspect_ratio", false)
            ? Fit.CROP
            : config.getBoolean("pad_to_aspect_ratio", false) ? Fit.PAD : Fit.STRETCH;
    return new ImageResizing(
        call,
        config.getInt("height"),
        config.getInt("width"),
        config.getString("interpolation", "bilinear"),
        fit,
        config.getBoolean("antialias", false));
  }

  static ImageResizing to(LayerCall call, int height, int width, String method) {
    return new ImageResizing(call, height, width, method, Fit.STRETCH, false);
  }

  /** The same, cropping images to the proportions of the result. */
  ImageResizing croppedToProportions() {
    return new ImageResizing(call, height, width, method, Fit.CROP, antialias);
  }

  /** The images, one or a batch, in their element type or float32. */
  KerasTensor apply(KerasTensor images) {
    GraphOps ops = call.ops();
    boolean channelsFirst = call.config().channelsFirst();
    boolean single = images.rank() == 3;
    KerasTensor x = single ? ops.expandDims(images, 0) : images;
    x = fitted(ops.toChannelsLast(x, channelsFirst));
    KerasTensor result = ops.fromChannelsLast(resize(x), channelsFirst);
    return single ? ops.squeeze(result, 0) : result;
  }

  private KerasTensor fitted(KerasTensor x) {
    if (fit == Fit.STRETCH) {
      return x;
    }
    int rows = x.dim(1);
    int columns = x.dim(2);
    if (rows == Shape.UNKNOWN || columns == Shape.UNKNOWN) {
      return new ImageFitting(call.ops(), x, height, width)
          .apply(fit == Fit.CROP, call.config().getDouble("fill_value", 0));
    }
    // In floats, as Keras computes it.
    int likeWidth = (int) ((float) ((long) columns * height) / width);
    int likeHeight = (int) ((float) ((long) rows * width) / height);
    return fit == Fit.CROP
        ? cropped(
            cropped(x, 1, Math.max(1, Math.min(rows, likeWidth))),
            2,
            Math.max(1, Math.min(columns, likeHeight)))
        : padded(x, Math.max(rows, likeWidth), Math.max(columns, likeHeight));
  }

  private KerasTensor cropped(KerasTensor x, int axis, int size) {
    int begin = (x.dim(axis) - size) / 2;
    return size == x.dim(axis) ? x : call.ops().slice(x, axis, begin, begin + size);
  }

  private KerasTensor padded(KerasTensor x, int rows, int columns) {
    int above = (rows - x.dim(1)) / 2;
    int left = (columns - x.dim(2)) / 2;
    if (above == 0 && left == 0) {
      return x;
    }
    GraphOps ops = call.ops();
    int[] amounts = {0, 0, above, above, left, left, 0, 0};
    return ops.add(
        "PadV2",
        Attributes.NONE,
        x,
        ops.graph().constant(Tensor.of(amounts, 4, 2)),
        ops.scalar(x.dtype(), call.config().getDouble("fill_value", 0)));
  }

  /** What {@code ScaleAndTranslate} calls the method, if it takes that. */
  private Optional<String> kernel(boolean blurred) {
    return switch (method) {
      case "lanczos3", "lanczos5", "gaussian", "mitchellcubic" -> Optional.of(method);
      case "bilinear" -> blurred ? Optional.of("triangle") : Optional.empty();
      case "bicubic" -> blurred ? Optional.of("keyscubic") : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Images [batch, height, width, channels]. */
  KerasTensor resize(KerasTensor x) {
    GraphOps ops = call.ops();
    boolean blurred = antialias && (method.equals("bilinear") || method.equals("bicubic"));
    KerasTensor sizes = ops.ints(height, width);
    Optional<String> kernel = kernel(blurred);
    if (kernel.isEmpty()) {
      return resize(call, x, sizes, method);
    }
    return ops.add(
        "ScaleAndTranslate",
        Attributes.of("kernel_type", kernel.get(), "antialias", antialias),
        x,
        sizes,
        scale(x),
        ops.graph().constant(Tensor.of(new float[2], 2)));
  }

  /** How much larger the result is, down and along. */
  private KerasTensor scale(KerasTensor x) {
    GraphOps ops = call.ops();
    if (x.dim(1) != Shape.UNKNOWN && x.dim(2) != Shape.UNKNOWN) {
      float[] scale = {(float) height / x.dim(1), (float) width / x.dim(2)};
      return ops.graph().constant(Tensor.of(scale, 2));
    }
    KerasTensor sizes = ops.sizes().plus(x, 1, 3).tensor();
    return ops.binary(
        "RealDiv",
        ops.graph().constant(Tensor.of(new float[] {height, width}, 2)),
        ops.cast(sizes, DType.FLOAT32));
  }

  /** Resizes images [batch, height, width, channels] to {@code sizes}, int32 [2]. */
  static KerasTensor resize(LayerCall call, KerasTensor x, KerasTensor sizes, String method) {
    GraphOps ops = call.ops();
    return switch (method) {
      case "nearest" -> ops.add("ResizeNearestNeighbor", centred(), x, sizes);
      case "bilinear" -> ops.add("ResizeBilinear", centred(), x, sizes);
      case "bicubic" -> ops.add("ResizeBicubic", centred(), x, sizes);
      case "area" -> ops.add("ResizeArea", Attributes.of("align_corners", false), x, sizes);
      default -> throw call.unsupported("it interpolates by '" + method + "'");
    };
  }

  private static Attributes centred() {
    return Attributes.of("half_pixel_centers", true, "align_corners", false);
  }
}

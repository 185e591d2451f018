package org.signet.lower;

import java.util.Optional;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * What convolutions and pools over two spatial dimensions have in common: strides, dilation,
 * padding and layout.
 *
 * @param channelsFirst whether the data is NCHW
 * @param strides vertical, horizontal
 * @param dilations vertical, horizontal
 * @param padding SAME, VALID or EXPLICIT
 * @param explicit with EXPLICIT: top, bottom, left, right
 */
@SuppressWarnings("ArrayRecordComponent")
record SpatialOptions(
    boolean channelsFirst, int[] strides, int[] dilations, String padding, int[] explicit) {
  /** Reads them from a TensorFlow op; empty if its window moves over batch or channels. */
  static Optional<SpatialOptions> of(Attributes attributes) {
    boolean first = attributes.getString("data_format", "NHWC").equals("NCHW");
    int height = first ? 2 : 1;
    int[] strides = attributes.getInts("strides");
    int[] dilations = attributes.getInts("dilations");
    int[] pads = attributes.getInts("explicit_paddings");
    String padding = attributes.getString("padding");
    if (strides.length != 4 || strides[0] != 1 || strides[first ? 1 : 3] != 1) {
      return Optional.empty();
    }
    boolean explicit = padding.equals("EXPLICIT");
    if (explicit && pads.length != 8) {
      return Optional.empty();
    }
    return Optional.of(
        new SpatialOptions(
            first,
            new int[] {strides[height], strides[height + 1]},
            dilations.length == 4
                ? new int[] {dilations[height], dilations[height + 1]}
                : new int[] {1, 1},
            padding,
            explicit
                ? new int[] {
                  pads[2 * height], pads[2 * height + 1], pads[2 * height + 2], pads[2 * height + 3]
                }
                : new int[4]));
  }

  boolean isExplicit() {
    return padding.equals("EXPLICIT");
  }

  boolean isDilated() {
    return dilations[0] != 1 || dilations[1] != 1;
  }

  int channels(Shape shape) {
    return shape.hasRank() && shape.rank() == 4 ? shape.dim(channelsFirst ? 1 : 3) : Shape.UNKNOWN;
  }

  /** The options padding and strides of a builtin. */
  Attributes window() {
    return Attributes.of("padding", isExplicit() ? "VALID" : padding, "stride_h", strides[0])
        .with("stride_w", strides[1])
        .with("fused_activation_function", "NONE");
  }

  Attributes withDilation(Attributes window) {
    return window.with("dilation_h_factor", dilations[0]).with("dilation_w_factor", dilations[1]);
  }

  Value toNhwc(Value value, Emitter emit) {
    return channelsFirst ? emit.transpose(value, 0, 2, 3, 1) : value;
  }

  Value fromNhwc(Value value, Emitter emit) {
    return channelsFirst ? emit.transpose(value, 0, 3, 1, 2) : value;
  }

  /** How many rows and columns explicit padding adds, in NHWC. */
  int[] explicitSums() {
    return new int[] {0, explicit[0] + explicit[1], explicit[2] + explicit[3], 0};
  }

  /** How many of them come first, in NHWC. */
  int[] explicitStarts() {
    return new int[] {0, explicit[0], explicit[2], 0};
  }

  /** {@code nhwc} with explicit padding of this value, if there is any. */
  Value padded(Value nhwc, float with, Emitter emit) {
    if (!isExplicit() || explicit[0] + explicit[1] + explicit[2] + explicit[3] == 0) {
      return nhwc;
    }
    int[] pads = {0, 0, explicit[0], explicit[1], explicit[2], explicit[3], 0, 0};
    Value amounts = emit.constant(Tensor.of(pads, 4, 2));
    return with == 0
        ? emit.builtin("PAD", nhwc, amounts)
        : emit.builtin("PADV2", nhwc, amounts, emit.scalar(DType.FLOAT32, with));
  }
}

package org.signet.lower;

import java.util.Optional;
import org.signet.ir.Value;
import org.signet.op.Attributes;

/**
 * What convolutions and pools over three spatial dimensions have in common.
 *
 * @param channelsFirst whether the data is NCDHW
 * @param strides along depth, height, width
 * @param dilations along depth, height, width
 * @param padding SAME or VALID
 */
@SuppressWarnings("ArrayRecordComponent")
record VolumeOptions(boolean channelsFirst, int[] strides, int[] dilations, String padding) {
  /** Reads them from a TensorFlow op; empty if its window moves over batch or channels. */
  static Optional<VolumeOptions> of(Attributes attributes) {
    boolean first = attributes.getString("data_format", "NDHWC").equals("NCDHW");
    Optional<int[]> strides = spatial(attributes.getInts("strides"), first);
    int[] dilations = attributes.getInts("dilations");
    String padding = attributes.getString("padding");
    if (strides.isEmpty() || padding.equals("EXPLICIT")) {
      return Optional.empty();
    }
    return (dilations.length == 0 ? Optional.of(new int[] {1, 1, 1}) : spatial(dilations, first))
        .map(found -> new VolumeOptions(first, strides.get(), found, padding));
  }

  /** The three in the middle of five numbers, whose others must be 1. */
  static Optional<int[]> spatial(int[] numbers, boolean channelsFirst) {
    int at = channelsFirst ? 2 : 1;
    boolean fits = numbers.length == 5 && numbers[0] == 1 && numbers[channelsFirst ? 1 : 4] == 1;
    return fits
        ? Optional.of(new int[] {numbers[at], numbers[at + 1], numbers[at + 2]})
        : Optional.empty();
  }

  boolean isDilated() {
    return dilations[0] != 1 || dilations[1] != 1 || dilations[2] != 1;
  }

  /** The options of CONV_3D and CONV_3D_TRANSPOSE. */
  Attributes convolution() {
    return Attributes.of("padding", padding, "fused_activation_function", "NONE")
        .with("stride_d", strides[0])
        .with("stride_h", strides[1])
        .with("stride_w", strides[2])
        .with("dilation_d_factor", dilations[0])
        .with("dilation_h_factor", dilations[1])
        .with("dilation_w_factor", dilations[2]);
  }

  Value toNdhwc(Value value, Emitter emit) {
    return channelsFirst ? emit.transpose(value, 0, 2, 3, 4, 1) : value;
  }

  Value fromNdhwc(Value value, Emitter emit) {
    return channelsFirst ? emit.transpose(value, 0, 4, 1, 2, 3) : value;
  }
}

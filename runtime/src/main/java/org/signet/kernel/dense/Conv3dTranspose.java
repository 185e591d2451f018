package org.signet.kernel.dense;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.WindowAxis;
import org.signet.op.WindowOptions;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * CONV_3D_TRANSPOSE on NDHWC volumes with a DHWOI filter, without groups: the product of a line of
 * the input with the whole filter, each place of which is added to where it falls in the result.
 */
final class Conv3dTranspose implements Attempt {
  private static final int RANK = 5;

  private final FusedActivation activation;
  private final Settings settings;
  private final Multiplier.Maker multipliers;

  Conv3dTranspose(Step step, Settings settings) {
    this.settings = settings;
    activation = FusedActivation.of(step.attributes());
    multipliers = new Multiplier.Maker(settings, step.constants().get(1));
  }

  @Override
  public Optional<Routine> routine(OpCall call) {
    int[] shape = call.operand(0).toInts();
    Tensor filter = call.operand(1);
    Tensor input = call.operand(2);
    boolean fits =
        shape.length == RANK
            && filter.rank() == RANK
            && input.rank() == RANK
            && shape[0] == input.dim(0)
            && shape[4] == filter.dim(3)
            && input.dim(4) == filter.dim(4)
            && filter.size() > 0
            && input.size() > 0
            && Operands.isBias(Operands.optional(call, 3), shape[4]);
    if (!fits) {
      return Optional.empty();
    }
    List<WindowAxis> axes =
        WindowOptions.builtin(call.attributes(), "d", "h", "w")
            .axes(
                new int[] {shape[1], shape[2], shape[3]},
                new int[] {filter.dim(0), filter.dim(1), filter.dim(2)});
    return Optional.of(new Lines(axes, shape, input.shape()));
  }

  /** The lines of the input, one after the other. */
  private final class Lines implements Routine {
    private final WindowAxis depth;
    private final WindowAxis height;
    private final WindowAxis width;
    private final int[] shape;
    private final int[] input;

    /** Places in the window. */
    private final int places;

    private @Nullable Multiplier known;

    Lines(List<WindowAxis> axes, int[] shape, int[] input) {
      this.depth = axes.get(0);
      this.height = axes.get(1);
      this.width = axes.get(2);
      this.shape = shape;
      this.input = input;
      this.places = depth.kernel() * height.kernel() * width.kernel();
    }

    @Override
    public void run(OpCall call) {
      Tensor result = call.result(0, DType.FLOAT32, shape);
      float[] out = result.floats();
      Operands.fill(out, result.size(), Operands.optional(call, 3), shape[4]);
      Multiplier multiplier = multiplier(call);
      float[] from = call.operand(2).floats();
      int pixels = input[3];
      int channels = input[4];
      Left left = Left.matrix(channels);
      float[] line = call.workspace(pixels * places * shape[4]);
      for (int y = 0; y < input[0] * input[1] * input[2]; y++) {
        multiplier.multiply(from, y * pixels * channels, left, pixels, line, 0);
        spread(y, line, out);
      }
      if (!activation.isNone()) {
        settings.engine().bound(out, out, 0, result.size(), activation.min(), activation.max());
      }
    }

    private Multiplier multiplier(OpCall call) {
      if (known != null) {
        return known;
      }
      Tensor filter = call.operand(1);
      int rows = input[0] * input[1] * input[2] * input[3];
      Right right = Right.columns(filter, places * shape[4], input[4]);
      Multiplier made = multipliers.make(call, right, Optional.empty(), Finish.NONE, rows);
      known = made.isLasting() ? made : null;
      return made;
    }

    /** Adds what line {@code y}, counted over all planes, gives. */
    private void spread(int y, float[] line, float[] out) {
      int image = y / input[2] / input[1];
      for (int place = 0; place < places / width.kernel(); place++) {
        int plane = depth.position(y / input[2] % input[1], place / height.kernel());
        int row = height.position(y % input[2], place % height.kernel());
        if (plane >= 0 && plane < shape[1] && row >= 0 && row < shape[2]) {
          int at = ((image * shape[1] + plane) * shape[2] + row) * shape[3] * shape[4];
          for (int k = 0; k < width.kernel(); k++) {
            spreadLine(line, (place * width.kernel() + k) * shape[4], k, out, at);
          }
        }
      }
    }

    /** Adds what lies at place {@code k} of the window in a line to the line at {@code at}. */
    private void spreadLine(float[] line, int first, int k, float[] out, int at) {
      int channels = shape[4];
      int step = places * channels;
      for (int x = 0; x < input[3]; x++) {
        int column = width.position(x, k);
        if (column >= 0 && column < shape[3]) {
          int to = at + column * channels;
          PlainLoops.add(out, to, line, first + x * step, out, to, channels);
        }
      }
    }
  }
}

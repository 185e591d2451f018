package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.WindowAxis;
import org.signet.op.WindowOptions;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * CONV_3D on NDHWC volumes with a DHWIO filter, without groups: a product for each plane of the
 * result, whose rows are the windows where they lie in the input, or in a copy with its padding.
 */
final class Conv3d implements TailedAttempt {
  private static final int RANK = 5;

  private final Finish finish;
  private final Multiplier.Maker multipliers;

  Conv3d(Step step, Settings settings) {
    finish = Finish.of(FusedActivation.of(step.attributes()));
    multipliers = new Multiplier.Maker(settings, step.constants().get(1));
  }

  @Override
  public Optional<Routine> routine(OpCall call, Tail tail) {
    Tensor input = call.operand(0);
    Tensor filter = call.operand(1);
    boolean fits =
        input.rank() == RANK
            && filter.rank() == RANK
            && input.dim(4) == filter.dim(3)
            && input.size() > 0
            && filter.size() > 0
            && Operands.isBias(Operands.optional(call, 2), filter.dim(4));
    if (!fits) {
      return Optional.empty();
    }
    List<WindowAxis> axes =
        WindowOptions.builtin(call.attributes(), "d", "h", "w")
            .axes(
                new int[] {input.dim(1), input.dim(2), input.dim(3)},
                new int[] {filter.dim(0), filter.dim(1), filter.dim(2)});
    int[] shape = {
      input.dim(0), axes.get(0).output(), axes.get(1).output(), axes.get(2).output(), filter.dim(4)
    };
    if (axes.stream().anyMatch(axis -> axis.output() == 0)) {
      return Optional.empty();
    }
    return tail.on(call, shape)
        .map(functions -> new Planes(Volume.of(axes, input.dim(4)), shape, tail, functions));
  }

  /** The planes of the result, one after the other. */
  private final class Planes implements Routine {
    private final Volume volume;
    private final int[] shape;
    private final int rows;
    private final StepMultiplier multiplier;

    Planes(Volume volume, int[] shape, Tail tail, Tail.Piece functions) {
      this.volume = volume;
      this.shape = shape;
      this.rows = shape[2] * shape[3];
      long all = (long) shape[0] * shape[1] * rows;
      this.multiplier =
          new StepMultiplier(
              1,
              functions,
              (call, filter, bias) ->
                  multipliers
                      .make(call, right(filter), bias, finish, all)
                      .followedBy(tail, functions));
    }

    @Override
    public void run(OpCall call) {
      multiplier.begin(call);
      float[] from = call.operand(0).floats();
      float[] out = call.result(0, DType.FLOAT32, shape).floats();
      float[] padded = volume.isPadded() ? call.workspace(volume.size()) : from;
      int plane = rows * shape[4];
      for (int n = 0; n < shape[0]; n++) {
        if (volume.isPadded()) {
          volume.pad(from, n, padded);
        }
        for (int z = 0; z < shape[1]; z++) {
          int first = (volume.isPadded() ? 0 : n * volume.size()) + z * volume.planeStep();
          int at = (n * shape[1] + z) * plane;
          multiplier.get().multiply(call.workers(), padded, first, volume.windows(), rows, out, at);
        }
      }
    }
  }

  /** The filter as a matrix: a column for each output channel. */
  private static Right right(Tensor filter) {
    int columns = filter.dim(4);
    return new Right(filter, 0, columns, filter.size() / columns, 1, columns);
  }

  /**
   * A volume of the input with its padding.
   *
   * @param sizes of the input's volume, its channels last
   * @param before the padding before each dimension
   * @param padded the sizes with all padding
   * @param windows of a plane of the result
   * @param planeStep from the windows of one plane to those of the next
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Volume(int[] sizes, int[] before, int[] padded, Left windows, int planeStep) {
    static Volume of(List<WindowAxis> axes, int channels) {
      int[] sizes = new int[RANK - 1];
      int[] before = new int[RANK - 1];
      int[] padded = new int[RANK - 1];
      sizes[3] = channels;
      padded[3] = channels;
      for (int i = 0; i < axes.size(); i++) {
        WindowAxis axis = axes.get(i);
        int end = (axis.output() - 1) * axis.stride() + (axis.kernel() - 1) * axis.dilation() + 1;
        sizes[i] = axis.input();
        before[i] = axis.before();
        padded[i] = Math.max(end, axis.before() + axis.input());
      }
      WindowAxis depth = axes.get(0);
      WindowAxis height = axes.get(1);
      WindowAxis width = axes.get(2);
      int line = padded[2] * channels;
      int plane = padded[1] * line;
      boolean isRun = width.dilation() == 1;
      int runs = isRun ? 1 : width.kernel();
      int[] taps = new int[depth.kernel() * height.kernel() * runs];
      for (int i = 0; i < taps.length; i++) {
        int z = i / runs / height.kernel() * depth.dilation();
        int y = i / runs % height.kernel() * height.dilation();
        taps[i] = z * plane + y * line + i % runs * width.dilation() * channels;
      }
      Left windows =
          new Left(
              width.output(),
              height.stride() * line,
              width.stride() * channels,
              taps,
              isRun ? width.kernel() * channels : channels);
      return new Volume(sizes, before, padded, windows, depth.stride() * plane);
    }

    boolean isPadded() {
      return !Arrays.equals(sizes, padded);
    }

    int size() {
      return padded[0] * padded[1] * padded[2] * padded[3];
    }

    /** Copies volume {@code n} into zeros. */
    void pad(float[] from, int n, float[] to) {
      Arrays.fill(to, 0, size(), 0);
      int run = sizes[2] * sizes[3];
      for (int z = 0; z < sizes[0]; z++) {
        for (int y = 0; y < sizes[1]; y++) {
          int source = ((n * sizes[0] + z) * sizes[1] + y) * run;
          int line = (before[0] + z) * padded[1] + before[1] + y;
          System.arraycopy(from, source, to, (line * padded[2] + before[2]) * padded[3], run);
        }
      }
    }
  }
}

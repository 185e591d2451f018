package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.op.FusedActivation;
import org.signet.tensor.Tensor;

/**
 * The second matrix of products, prepared for one run of a kernel: packed if the products are large
 * enough.
 */
final class Multiplier implements AutoCloseable {
  private final Engine engine;
  private final Right right;
  private final Optional<float[]> bias;
  private final FusedActivation activation;
  private final Optional<Packed> packed;

  /**
   * A packed matrix.
   *
   * @param borrowedFrom to whom the panels must be given back, if they are not kept
   */
  private record Packed(PackedMatrix matrix, Optional<Scratch> borrowedFrom) {}

  private Multiplier(
      Engine engine,
      Right right,
      Optional<float[]> bias,
      FusedActivation activation,
      Optional<Packed> packed) {
    this.engine = engine;
    this.right = right;
    this.bias = bias;
    this.activation = activation;
    this.packed = packed;
  }

  /** Makes multipliers for the runs of one kernel. */
  static final class Maker {
    private final Settings settings;
    private final Optional<float[]> constant;
    private final Scratch scratch = new Scratch();

    /**
     * @param settings of the provider
     * @param constant the operand that holds the second matrix, if it is constant
     */
    Maker(Settings settings, Optional<Tensor> constant) {
      this.settings = settings;
      this.constant = constant.map(Tensor::floats);
    }

    /**
     * A multiplier for {@code rows} rows in all.
     *
     * @param bias as many as {@code right} has columns
     */
    Multiplier make(Right right, Optional<Tensor> bias, FusedActivation activation, long rows) {
      Optional<float[]> values = bias.map(Tensor::floats);
      boolean plain = rows * right.columns() * right.depth() < settings.plainBelow();
      Optional<Packed> packed = plain ? Optional.empty() : Optional.of(pack(right, values));
      return new Multiplier(settings.engine(), right, values, activation, packed);
    }

    /** Only the constant's own array may be looked up among the packed ones. */
    @SuppressWarnings("ReferenceEquality")
    private Packed pack(Right right, Optional<float[]> bias) {
      int width = settings.engine().panel();
      float[] padded = right.paddedBias(bias, width);
      boolean known = constant.isPresent() && constant.get() == right.data();
      float[] panels =
          known
              ? settings.constants().panels(right)
              : Panels.pack(right, width, scratch.take(Panels.size(right, width)));
      return new Packed(
          new PackedMatrix(panels, padded, right.columns()),
          known ? Optional.empty() : Optional.of(scratch));
    }
  }

  /** Writes {@code rows} rows of sums, one after the other from {@code at} on. */
  void multiply(Left left, int rows, float[] out, int at) {
    if (packed.isPresent()) {
      engine.product(left, rows, packed.get().matrix(), activation, out, at);
    } else {
      PlainProduct.multiply(left, rows, right, bias, out, at, activation);
    }
  }

  @Override
  public void close() {
    packed.ifPresent(
        it -> it.borrowedFrom().ifPresent(owner -> owner.giveBack(it.matrix().panels())));
  }
}

package org.signet.lower;

import org.signet.ir.Value;
import org.signet.op.ResizingKernel;

/** A {@link ResizingKernel} at distances that are computed: its value by float32 builtins. */
final class KernelFunction {
  private final ResizingKernel kernel;
  private final FloatMath m;

  KernelFunction(ResizingKernel kernel, Emitter emit) {
    this.kernel = kernel;
    m = new FloatMath(emit);
  }

  /** The value at each distance, none of which is negative. */
  Value at(Value x) {
    double radius = kernel.radius();
    Value edge = kernel == ResizingKernel.BOX ? edge(x, radius) : m.zeros(x);
    return m.select(m.less(x, radius), inside(x), edge);
  }

  /** At its edge a box has half its height. */
  private Value edge(Value x, double radius) {
    return m.select(m.equal(x, radius), m.filled(0.5, x), m.zeros(x));
  }

  private Value inside(Value x) {
    return switch (kernel) {
      case BOX -> m.filled(1, x);
      case LANCZOS1, LANCZOS3, LANCZOS5 -> lanczos(x);
      case GAUSSIAN -> m.exp(m.multiply(m.squared(x), -2));
      case TRIANGLE -> m.subtract(1, x);
      case KEYS_CUBIC ->
          piecewise(x, m.polynomial(x, 1.5, -2.5, 0, 1), m.polynomial(x, -0.5, 2.5, -4, 2));
      case MITCHELL_CUBIC ->
          piecewise(
              x,
              m.polynomial(x, 7 / 6.0, -2, 0, 8 / 9.0),
              m.polynomial(x, -7 / 18.0, 2, -10 / 3.0, 16 / 9.0));
    };
  }

  private Value piecewise(Value x, Value belowOne, Value others) {
    return m.select(m.less(x, 1), belowOne, others);
  }

  private Value lanczos(Value x) {
    Value isFar = m.greater(x, 1e-3f);
    Value angle = m.multiply(m.atLeast(x, 1e-3f), Math.PI);
    Value waves = m.multiply(m.sin(angle), m.sin(m.multiply(angle, 1 / (double) kernel.radius())));
    Value share = m.multiply(m.divide(waves, m.squared(angle)), kernel.radius());
    return m.select(isFar, share, m.filled(1, x));
  }
}

package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.source.stablehlo.HloRegion;
import org.signet.type.DType;

/**
 * Reductions of windows: pools where there are such, cumulative sums where a window reaches back to
 * the first element, else parts of the tensor put together by the function.
 */
final class ReduceWindow implements HloImport {
  @Override
  public List<Spread> results(HloCall call) {
    int count = call.operandCount() / 2;
    Windows window = Windows.of(call, call.spread(0).rank());
    return reduced(call, call.operands(0, count), window, call.region(0));
  }

  /**
   * Tensors reduced.
   *
   * @param values the call's first operands; behind them are first values
   */
  static List<Spread> reduced(HloCall call, List<Value> values, Windows window, HloRegion region) {
    if (values.size() == 1) {
      Optional<String> function = Computation.function(region, 0, 0, 1);
      Optional<Value> known =
          function.flatMap(name -> known(call, values.getFirst(), window, name));
      if (known.isPresent()) {
        return HloCall.one(known.get());
      }
    }
    ElementFunction function =
        ElementFunction.of(call, region)
            .orElseThrow(() -> call.refused("a reduction of windows by a function of its own"));
    Fold fold = new Fold(call.emit(), function);
    return folded(call, values, window, fold).stream().map(Spread::of).toList();
  }

  private static Optional<Value> known(
      HloCall call, Value operand, Windows window, String function) {
    Optional<Value> cumulative = cumulative(call, operand, window, function);
    return cumulative.isPresent() || !WindowPooling.fits(call, window, function)
        ? cumulative
        : Optional.of(WindowPooling.pooled(call.emit(), operand, window, function));
  }

  private static Optional<Value> cumulative(
      HloCall call, Value operand, Windows window, String function) {
    int[] axes = window.axes();
    boolean sum = function.equals("add");
    DType dtype = operand.type().dtype();
    boolean numbers = dtype.isInteger() || dtype.isFloating();
    if (axes.length != 1 || !numbers || (!sum && !function.equals("multiply"))) {
      return Optional.empty();
    }
    int axis = axes[0];
    int size = operand.type().shape().dim(axis);
    boolean whole =
        size > 0
            && window.sizes()[axis] == size
            && window.strides()[axis] == 1
            && window.isSolid()
            && ReductionOps.isNeutral(call.known(1), sum ? "Sum" : "Prod", dtype);
    boolean forward = window.low()[axis] == size - 1 && window.high()[axis] == 0;
    boolean backward = window.low()[axis] == 0 && window.high()[axis] == size - 1;
    if (!whole || (!forward && !backward)) {
      return Optional.empty();
    }
    return Optional.of(running(call.emit(), operand, axis, sum ? "Cumsum" : "Cumprod", !forward));
  }

  /** A cumulative op. */
  static Value running(TfEmitter emit, Value operand, int axis, String op, boolean reverse) {
    Attributes attributes =
        TfEmitter.types("T", operand)
            .with("Tidx", DType.INT32)
            .with("exclusive", false)
            .with("reverse", reverse);
    return emit.one(op, attributes, operand, emit.scalar(axis));
  }

  /** One dimension after the other, among first values around the tensor and in its gaps. */
  private static List<Value> folded(HloCall call, List<Value> operands, Windows window, Fold fold) {
    int count = operands.size();
    int[] interior = Arrays.stream(window.gaps()).map(gap -> gap - 1).toArray();
    List<Value> initial = call.operands(count, 2 * count);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(
          SliceOps.padded(
              call.emit(), operands.get(i), initial.get(i), window.low(), window.high(), interior));
    }
    int[] axes = window.axes();
    for (int i = axes.length - 1; i >= 0; i--) {
      int axis = axes[i];
      values = fold.windows(values, axis, window.sizes()[axis], window.dilations()[axis]);
      values = fold.strided(values, axis, window.strides()[axis]);
    }
    return fold.after(initial, values);
  }
}

package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.source.stablehlo.HloOp;
import org.signet.source.stablehlo.HloRegion;
import org.signet.source.stablehlo.HloValue;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** What a small region of scalars computes, told by its form or by trying it. */
final class Computation {
  /** Ops that choose by comparisons: what they do shows on numbers of all orders. */
  private static final Set<String> CHOOSING =
      Set.of("constant", "compare", "select", "and", "or", "not", "xor", "return");

  private Computation() {}

  /** The op that a region applies to its arguments {@code a} and {@code b}, in either order. */
  static Optional<String> function(HloRegion region, int result, int a, int b) {
    HloValue given = region.results().get(result);
    HloValue left = region.arguments().get(a);
    HloValue right = region.arguments().get(b);
    return region.ops().stream()
        .filter(op -> op.results().contains(given))
        .filter(op -> Set.copyOf(op.operands()).equals(Set.of(left, right)))
        .map(HloOp::name)
        .findFirst();
  }

  /** Whether the region gives its argument {@code index}, whatever else it is given. */
  static boolean gives(HloRegion region, int index) {
    return region.results().getFirst().equals(region.arguments().get(index));
  }

  static boolean chooses(HloRegion region) {
    return region.ops().stream().allMatch(op -> CHOOSING.contains(op.name()));
  }

  /**
   * The results of a region for these numbers, one for each argument; empty if they are not known.
   */
  static Optional<List<Tensor>> tried(HloCall call, HloRegion region, double... numbers) {
    GraphBuilder builder = call.emit().builder().fresh();
    TfEmitter emit = new TfEmitter(builder, call.emit().name(), call.emit().origin());
    Frame frame = call.frame().forTrial();
    for (HloValue captured : region.captured()) {
      Spread outside = call.frame().get(captured);
      if (!(outside.value() instanceof Value.Constant)) {
        return Optional.empty();
      }
      frame.put(captured, outside);
    }
    List<Spread> arguments = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      HloValue argument = region.arguments().get(i);
      if (!(argument.type()
          instanceof org.signet.source.stablehlo.HloType.Ranked(TensorType type))) {
        return Optional.empty();
      }
      arguments.add(Spread.of(emit.number(type.dtype(), numbers[i])));
    }
    List<Tensor> results = new ArrayList<>();
    for (Value value :
        RegionImporter.values(region, arguments, frame, builder, call.emit().origin())) {
      Optional<Tensor> known = builder.constantValue(value);
      if (known.isEmpty()) {
        return Optional.empty();
      }
      results.add(known.get());
    }
    return Optional.of(results);
  }

  /** Numbers of a type to try, ascending. */
  static double[] samples(DType dtype) {
    if (dtype == DType.BOOL) {
      return new double[] {0, 1};
    }
    if (dtype.isFloating()) {
      return new double[] {
        Double.NEGATIVE_INFINITY, -7.5, -1, 0, 0.25, 1, 3, Double.POSITIVE_INFINITY
      };
    }
    return dtype.isUnsigned()
        ? new double[] {0, 1, 2, 7, 100}
        : new double[] {-100, -7, -1, 0, 1, 3, 100};
  }
}

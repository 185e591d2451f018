package org.signet.op.stablehlo;

import java.util.Optional;
import org.signet.op.BinaryFunction;
import org.signet.op.OpCall;
import org.signet.op.Shapes;

/** The function that an op's region computes, a subgraph of a single op. */
final class Regions {
  private Regions() {}

  /**
   * The name of the op in the region, which {@link OpCall#REGION} tells.
   *
   * @return empty if the region has no op: it gives its second argument
   */
  static Optional<BinaryFunction> find(OpCall call) {
    Shapes.require(
        call.attributes().has(OpCall.REGION),
        "the region is no subgraph of a single op, which is all that kernels run");
    String name = call.attributes().getString(OpCall.REGION);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    BinaryFunction function = StablehloElementwise.BINARY.get(name);
    if (function == null) {
      throw new IllegalArgumentException("a region of " + name + " is not supported");
    }
    return Optional.of(function);
  }

  static BinaryFunction function(OpCall call) {
    return find(call).orElseThrow(() -> new IllegalArgumentException("the region has no op"));
  }

  /** The same as TFLite's kernel of windows has it, for which AND and OR are of truth values. */
  static BinaryFunction ofWindows(OpCall call) {
    return switch (call.attributes().getString(OpCall.REGION, "")) {
      case "STABLEHLO_AND" -> StablehloWindows.ALL;
      case "STABLEHLO_OR" -> StablehloWindows.ANY;
      default -> function(call);
    };
  }
}

package org.signet.pass.stablehlo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.source.stablehlo.HloOp;
import org.signet.source.stablehlo.HloRegion;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * The gradient of a pooling of [batch, height, width, channels]: each number is added where the
 * extreme of its window stands, the first of equal ones.
 */
final class SelectAndScatter implements HloImport {
  private static final int GREATER_OR_EQUAL = 2;
  private static final int LESS_OR_EQUAL = 4;

  @Override
  public List<Spread> results(HloCall call) {
    TfEmitter emit = call.emit();
    Value x = call.operand(0);
    int[] sizes = call.op().numbers("window_dimensions");
    int[] strides = call.orOnes("window_strides", sizes.length);
    boolean padded =
        Arrays.stream(call.op().numbersOrNone("padding")).anyMatch(amount -> amount != 0);
    boolean images = sizes.length == 4 && sizes[0] * strides[0] * sizes[3] * strides[3] == 1;
    if (!images || padded || x.type().dtype() != DType.FLOAT32) {
      throw call.refused("windows of other tensors than images of float32, or with borders");
    }
    Optional<Tensor> first = call.known(2);
    if (!Computation.function(call.region(1), 0, 0, 1).equals(Optional.of("add"))
        || !ReductionOps.isNeutral(first, "Sum", DType.FLOAT32)) {
      throw call.refused("a scatter that does not add to zeros");
    }
    boolean least = isLeast(call);
    Attributes window =
        TfEmitter.types("T", x)
            .with("ksize", longs(sizes))
            .with("strides", longs(strides))
            .with("padding", "VALID")
            .with("data_format", "NHWC");
    Value image = least ? emit.plain("Neg", x) : x;
    Value pooled = emit.one("MaxPool", window, image);
    return HloCall.one(emit.one("MaxPoolGrad", window, image, pooled, call.operand(1)));
  }

  private static List<Long> longs(int[] numbers) {
    return Arrays.stream(numbers).mapToObj(number -> (long) number).toList();
  }

  /** Whether the least of a window is selected rather than the greatest. */
  private static boolean isLeast(HloCall call) {
    HloRegion region = call.region(0);
    HloOp choice = region.ops().getFirst();
    boolean plain =
        choice.name().equals("compare")
            && choice.results().equals(region.results())
            && choice.operands().equals(region.arguments());
    int direction = plain ? choice.number("comparison_direction") : -1;
    if (direction != GREATER_OR_EQUAL && direction != LESS_OR_EQUAL) {
      throw call.refused("a selection that is no comparison of two numbers");
    }
    return direction == LESS_OR_EQUAL;
  }
}

package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.signet.ir.Value;
import org.signet.type.TensorType;

/**
 * An op of one element of each operand, which broadcasts by itself: operands go in without their
 * own broadcasts, and what no operand gives whole stays to be broadcast.
 */
record Elementwise(BiFunction<HloCall, List<Value>, Value> function) implements HloImport {
  @Override
  public List<Spread> results(HloCall call) {
    if (call.frame().module().onTensors()) {
      return HloCall.one(function.apply(call, call.operands(0, call.operandCount())));
    }
    int rank = call.shape().rank();
    boolean[] stretched = new boolean[rank];
    Arrays.fill(stretched, true);
    Optional<Value> sizes = Optional.empty();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < call.operandCount(); i++) {
      Spread operand = call.spread(i);
      values.add(operand.value());
      if (operand.rank() == rank) {
        for (int d = 0; d < rank; d++) {
          stretched[d] &= operand.stretched()[d];
        }
        sizes = sizes.or(operand::sizes);
      }
    }
    Value value = function.apply(call, values);
    TensorType full = value.type().withShape(call.shape());
    Spread result = new Spread(value, full, stretched, sizes);
    return List.of(
        result.isStretched() ? result : Spread.of(Spread.expanded(call.emit(), value, rank)));
  }
}

package org.signet.source.keras;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Functions called on tensors of a model's graph: Keras 3 keeps them as operations ({@code x * 2}
 * is a {@code Multiply}), Keras 2 as layers that name a TensorFlow function ({@code
 * math.multiply}).
 */
final class OperationNodes implements KerasLayer {
  private static final List<Function<FunctionCall, Optional<List<KerasTensor>>>> FAMILIES =
      List.of(
          call -> ElementwiseFunctions.apply(call).map(List::of),
          call -> ReductionFunctions.apply(call).map(List::of),
          ShapeFunctions::apply,
          JoiningFunctions::apply,
          PickingFunctions::apply,
          call -> ProductFunctions.apply(call).map(List::of));

  @Override
  public Set<String> classNames() {
    return Set.of("SlicingOpLambda", "TFOpLambda");
  }

  private static String function(LayerSpec layer) {
    return layer.keras2()
        ? FunctionNames.ofKeras2(layer.config().getString("function"))
        : WeightNode.snakeCase(layer.className());
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    FunctionCall function = new FunctionCall(call, function(call.layer()));
    for (Function<FunctionCall, Optional<List<KerasTensor>>> family : FAMILIES) {
      Optional<List<KerasTensor>> results = family.apply(function);
      if (results.isPresent()) {
        return results.get();
      }
    }
    throw call.keras2()
        ? call.unsupported(
            "TensorFlow's function '"
                + call.config().getString("function")
                + "' can't be converted")
        : function.refused();
  }
}

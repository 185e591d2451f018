package org.signet.source.keras;

import java.util.Optional;

/**
 * Products, maxima and minima of masked tensors as Keras 3 has them: what is masked in one operand
 * leaves the others as they are, and what is masked in all is 0 in a product.
 */
final class MaskedMerge {
  private final GraphOps ops;
  private final String op;

  private MaskedMerge(GraphOps ops, String op) {
    this.ops = ops;
    this.op = op;
  }

  static KerasTensor merge(LayerCall call) {
    MaskedMerge merge =
        new MaskedMerge(
            call.ops(),
            call.layer().className().equals("Multiply") ? "Mul" : call.layer().className());
    boolean all = call.inputs().stream().allMatch(input -> input.mask().isPresent());
    return merge.op.equals("Mul") ? merge.product(call, all) : merge.extreme(call, all);
  }

  private KerasTensor product(LayerCall call, boolean all) {
    Optional<KerasTensor> result = Optional.empty();
    Optional<KerasTensor> mask = Optional.empty();
    for (KerasTensor input : call.inputs()) {
      Optional<KerasTensor> own = input.mask().map(m -> raised(ops, m, input));
      KerasTensor factor =
          own.isPresent() ? ops.select(own.get(), input, ops.scalar(input.dtype(), 1)) : input;
      result = Optional.of(result.map(r -> ops.times(r, factor)).orElse(factor));
      mask = either(mask, own);
    }
    KerasTensor product = result.orElseThrow();
    return all
        ? unraised(ops.select(mask.orElseThrow(), product, ops.scalar(product.dtype(), 0)), mask)
        : product.withMask(Optional.empty());
  }

  private KerasTensor extreme(LayerCall call, boolean all) {
    KerasTensor result = call.input();
    Optional<KerasTensor> mask = result.mask().map(m -> raised(ops, m, call.input()));
    for (KerasTensor input : call.inputs().subList(1, call.inputs().size())) {
      Optional<KerasTensor> own = input.mask().map(m -> raised(ops, m, input));
      KerasTensor before = result;
      KerasTensor next = own.map(m -> ops.select(m, input, before)).orElse(input);
      KerasTensor kept = mask.map(m -> ops.select(m, before, next)).orElse(before);
      mask = mask.isPresent() && own.isPresent() ? either(mask, own) : Optional.empty();
      result = ops.binary(op, kept, next);
    }
    return all ? unraised(result, mask) : result.withMask(Optional.empty());
  }

  private Optional<KerasTensor> either(Optional<KerasTensor> x, Optional<KerasTensor> y) {
    return x.isPresent() && y.isPresent()
        ? Optional.of(ops.binary("LogicalOr", x.get(), y.get()))
        : x.or(() -> y);
  }

  /** A mask with a dimension of size 1 for the features. */
  static KerasTensor raised(GraphOps ops, KerasTensor mask, KerasTensor of) {
    return mask.rank() < of.rank() ? ops.expandDims(mask, mask.rank()) : mask;
  }

  private KerasTensor unraised(KerasTensor x, Optional<KerasTensor> mask) {
    return x.withMask(mask.map(m -> ops.reduce("Any", m, false, m.rank() - 1)));
  }
}

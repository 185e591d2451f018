package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Value;
import org.signet.source.stablehlo.HloOp;
import org.signet.source.stablehlo.HloRegion;
import org.signet.source.stablehlo.HloValue;

/** A region of scalars, which runs on all elements of tensors of one shape at once. */
record ElementFunction(HloCall call, HloRegion region) {
  /** The function of a region, if each of its ops gives an element for an element. */
  static Optional<ElementFunction> of(HloCall call, HloRegion region) {
    return isOfElements(call.frame().module(), region, 0)
        ? Optional.of(new ElementFunction(call, region))
        : Optional.empty();
  }

  private static boolean isOfElements(ModuleContext module, HloRegion region, int depth) {
    return depth < CallOps.DEEPEST
        && region.ops().subList(0, region.ops().size() - 1).stream()
            .allMatch(op -> isOfElements(module, op, depth));
  }

  private static boolean isOfElements(ModuleContext module, HloOp op, int depth) {
    if (op.name().equals("constant") || CallOps.isNamedFunction(op)) {
      return true;
    }
    return CallOps.callee(op)
        .map(name ->
            module
                .functions()
                .find(name)
                .filter(function -> isOfElements(module, function.body(), depth + 1))
                .isPresent())
        .orElseGet(() -> HloImports.find(op.name()) instanceof Elementwise);
  }

  /**
   * What the function gives.
   *
   * @param arguments tensors of one shape, and scalars
   */
  List<Value> apply(List<Value> arguments) {
    TfEmitter emit = call.emit();
    Frame frame = call.frame().onTensors();
    for (HloValue captured : region.captured()) {
      frame.put(captured, call.frame().get(captured));
    }
    List<Spread> given = arguments.stream().map(Spread::of).toList();
    Value shaped =
        arguments.stream()
            .filter(argument -> argument.type().shape().rank() > 0)
            .findFirst()
            .orElse(arguments.getFirst());
    List<Value> results = new ArrayList<>();
    for (Value result :
        RegionImporter.values(region, given, frame, emit.builder(), emit.origin())) {
      boolean same = result.type().shape().rank() == shaped.type().shape().rank();
      results.add(same ? result : emit.broadcast(result, emit.sizes(shaped)));
    }
    return results;
  }
}

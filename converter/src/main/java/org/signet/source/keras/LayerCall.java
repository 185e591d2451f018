package org.signet.source.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.diag.SignetException;
import org.signet.type.DType;

/** One call of a layer: its settings, inputs and variables. */
final class LayerCall {
  private final Tracer tracer;
  private final LayerSpec layer;
  private final Arguments arguments;

  LayerCall(Tracer tracer, LayerSpec layer, Arguments arguments) {
    this.tracer = tracer;
    this.layer = layer;
    this.arguments = arguments;
  }

  Tracer tracer() {
    return tracer;
  }

  LayerSpec layer() {
    return layer;
  }

  KerasConfig config() {
    return layer.config();
  }

  GraphOps ops() {
    return tracer.ops();
  }

  Arguments arguments() {
    return arguments;
  }

  boolean keras2() {
    return layer.keras2();
  }

  /** What the layer computes with: its inputs and variables of other float types are cast to it. */
  DType dtype() {
    return layer.policy().compute();
  }

  /** The first or only input. */
  KerasTensor input() {
    List<KerasTensor> inputs = inputs();
    if (inputs.isEmpty()) {
      throw layer.config().malformed("it is called without an input");
    }
    return inputs.getFirst();
  }

  /** The first input as it is given, whatever the layer computes with. */
  KerasTensor givenInput() {
    return first()
        .flatMap(argument -> argument.tensors().findFirst())
        .orElseThrow(() -> layer.config().malformed("it is called without an input"));
  }

  private Optional<Argument> first() {
    return arguments.find(0, "inputs").or(() -> arguments.named().values().stream().findFirst());
  }

  /** The first input for layers that compute with whole numbers, too, as with real ones. */
  KerasTensor realInput() {
    return real(input());
  }

  /** Whole numbers as what the layer computes with. */
  KerasTensor real(KerasTensor x) {
    boolean whole = x.dtype().isInteger() || x.dtype() == DType.BOOL;
    return whole && dtype().isFloating() ? ops().cast(x, dtype()).withMask(x.mask()) : x;
  }

  /** The tensors of the first argument; Keras 3 takes whole numbers beside real ones for such. */
  List<KerasTensor> alikeInputs() {
    List<KerasTensor> inputs = inputs();
    return !keras2() && inputs.stream().anyMatch(x -> x.dtype().isFloating())
        ? inputs.stream().map(this::real).toList()
        : inputs;
  }

  /** The tensors of the first argument. */
  List<KerasTensor> inputs() {
    return first()
        .map(argument -> argument.tensors().map(this::autocast).toList())
        .orElse(List.of());
  }

  /** A further tensor that the layer is called with. */
  Optional<KerasTensor> tensor(int position, String name) {
    return arguments
        .find(position, name)
        .flatMap(argument -> argument.tensors().findFirst())
        .map(this::autocast);
  }

  /** The mask: the one that the call gives, or that of the first input. */
  Optional<KerasTensor> mask() {
    Optional<Argument> given = arguments.find(Integer.MAX_VALUE, "mask");
    return given.isPresent()
        ? given.get().tensors().findFirst()
        : arguments.positional().stream()
            .flatMap(Argument::tensors)
            .findFirst()
            .flatMap(KerasTensor::mask);
  }

  /** The masks of the inputs: those that the call gives, or the inputs' own. */
  List<Optional<KerasTensor>> masks() {
    Optional<Argument> given = arguments.find(1, "mask");
    List<Optional<KerasTensor>> masks = new ArrayList<>();
    if (given.isPresent() && given.get() instanceof Argument.Items(List<Argument> items)) {
      items.forEach(item -> masks.add(item.tensors().findFirst()));
    } else {
      given.ifPresent(mask -> masks.add(mask.tensors().findFirst()));
    }
    List<KerasTensor> inputs = inputs();
    for (int i = masks.size(); i < inputs.size(); i++) {
      masks.add(given.isPresent() ? Optional.empty() : inputs.get(i).mask());
    }
    return masks;
  }

  /** Makes an input count as unmasked from now on, unless the layer works on a cast copy of it. */
  void takeMaskOff(String name) {
    List<String> order = List.of("query", "value", "key");
    arguments.find(order.indexOf(name), name).stream()
        .flatMap(Argument::tensors)
        .filter(tensor -> tensor.dtype() == dtype())
        .forEach(tracer::takeMaskOff);
  }

  private KerasTensor autocast(KerasTensor tensor) {
    DType to = dtype();
    return tensor.dtype().isFloating() && to.isFloating() && tensor.dtype() != to
        ? ops().cast(tensor, to).withMask(tensor.mask())
        : tensor;
  }

  /**
   * The value of a variable of the layer, in the type that the layer computes with.
   *
   * @param dims the sizes it must have, −1 for any
   */
  KerasTensor weight(String name, int... dims) {
    return weight(layer.weights(), name, dims);
  }

  /** The value of a variable of a part of the layer. */
  KerasTensor weight(WeightNode part, String name, int... dims) {
    KerasTensor value = tracer.variable(part, name, dims);
    return value.dtype().isFloating() && dtype().isFloating() ? ops().cast(value, dtype()) : value;
  }

  /** {@code x} after the layer's activation function, if it has one. */
  KerasTensor activate(KerasTensor x) {
    return activate(LayerSpec.ACTIVATION, x);
  }

  /** {@code x} after the activation function of that setting. */
  KerasTensor activate(String setting, KerasTensor x) {
    Optional<LayerSpec> activation = layer.activationLayer(setting);
    return activation.isPresent()
        ? tracer.call(activation.get(), Arguments.of(List.of(x))).getFirst()
        : Activations.of(layer, setting).apply(ops(), x);
  }

  SignetException unsupported(String why) {
    return layer.unsupported(why);
  }
}

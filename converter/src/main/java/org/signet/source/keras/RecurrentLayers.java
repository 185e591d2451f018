package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.TensorType;

/**
 * Recurrent layers. Where the number of time steps is known and small, every step becomes nodes of
 * its own, which share the weights; else there is a loop.
 */
final class RecurrentLayers implements KerasLayer {
  private static final int MOST_UNROLLED = 64;

  private static final Map<String, String> CELLS =
      Map.of(
          "ConvLSTM1D", "ConvLSTMCell",
          "ConvLSTM2D", "ConvLSTMCell",
          "ConvLSTM3D", "ConvLSTMCell",
          "GRU", "GRUCell",
          "LSTM", "LSTMCell",
          "SimpleRNN", "SimpleRNNCell");

  @Override
  public Set<String> classNames() {
    return Set.of(
        "Bidirectional",
        "ConvLSTM1D",
        "ConvLSTM2D",
        "ConvLSTM3D",
        "GRU",
        "LSTM",
        "RNN",
        "SimpleRNN");
  }

  @Override
  public Masking masking() {
    return Masking.OWN;
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    if (!layer.className().equals("Bidirectional")) {
      return weightsOf(layer);
    }
    return WeightNode.of(layer)
        .part(weightsOf(layer.child("layer")), "forward_layer")
        .part(weightsOf(backward(layer)), "backward_layer");
  }

  private static WeightNode weightsOf(LayerSpec layer) {
    LayerSpec settings = cellSettings(layer);
    return WeightNode.of(layer).part(RecurrentCell.weights(settings, cellKind(layer)), "cell");
  }

  private static LayerSpec cellSettings(LayerSpec layer) {
    return CELLS.containsKey(layer.className()) ? layer : layer.child("cell");
  }

  private static String cellKind(LayerSpec layer) {
    if (!CELLS.containsKey(layer.className()) && !layer.className().equals("RNN")) {
      throw layer.unsupported("it is no recurrent layer that can be converted");
    }
    String kind = CELLS.getOrDefault(layer.className(), "");
    return kind.isEmpty() ? layer.child("cell").className() : kind;
  }

  private static LayerSpec backward(LayerSpec layer) {
    return layer.child(layer.config().has("backward_layer") ? "backward_layer" : "layer");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    return call.layer().className().equals("Bidirectional")
        ? bidirectional(call)
        : new Run(
                call,
                call.layer(),
                call.layer().weights(),
                reversed(call.layer()),
                call.config().getBoolean("zero_output_for_mask", false))
            .results(initialStates(call));
  }

  private static boolean reversed(LayerSpec layer) {
    return layer.config().getBoolean("go_backwards", false);
  }

  /** The states that the call gives to start from. */
  private static List<KerasTensor> initialStates(LayerCall call) {
    List<KerasTensor> inputs = call.inputs();
    return call.arguments()
        .find(1, "initial_state")
        .map(states -> states.tensors().toList())
        .orElse(inputs.subList(1, inputs.size()));
  }

  /**
   * The mask that steps are computed with. Keras 3 hands on that of the input only if the input is
   * the one tensor that the layer is called with.
   */
  private static Optional<KerasTensor> mask(LayerCall call) {
    boolean given = has(call, Integer.MAX_VALUE, "mask");
    boolean lost = !call.keras2() && !given && has(call, 1, "initial_state");
    return lost ? Optional.empty() : call.mask();
  }

  private static boolean has(LayerCall call, int position, String argument) {
    return call.arguments().find(position, argument).stream()
        .flatMap(Argument::tensors)
        .findAny()
        .isPresent();
  }

  /**
   * One layer run along time in one direction.
   *
   * @param zero whether the outputs of steps that do not count are zeros, not those of the step
   *     before
   */
  private record Run(
      LayerCall call, LayerSpec layer, WeightNode weights, boolean backwards, boolean zero) {
    /** The output or outputs by time, and the last states if the layer gives them. */
    List<KerasTensor> results(List<KerasTensor> initial) {
      KerasConfig config = layer.config();
      boolean timeMajor = config.getBoolean("time_major", false);
      boolean sequences = config.getBoolean("return_sequences", false);
      check(timeMajor);
      KerasTensor input =
          timeMajor ? RecurrentLoop.timeMajor(call.ops(), call.realInput()) : call.realInput();
      RecurrentCell cell =
          new RecurrentCell(cellSettings(layer), weights.part("cell"), cellKind(layer));
      boolean stateful = config.getBoolean("stateful", false);
      List<KerasTensor> given = stateful ? kept(cell, input, initial) : initial;
      List<Optional<KerasTensor>> states = new ArrayList<>();
      for (int i = 0; i < cell.states(); i++) {
        states.add(i < given.size() ? Optional.of(given.get(i)) : Optional.empty());
      }
      int steps = input.dim(1);
      boolean unrolled = steps > 0 && steps <= MOST_UNROLLED;
      List<KerasTensor> all =
          unrolled
              ? unrolled(cell, input, states, sequences)
              : new RecurrentLoop(call, cell, backwards, zero, sequences)
                  .results(input, mask(call), states);
      if (stateful) {
        call.tracer().states().after(weights, all.subList(1, all.size()));
      }
      KerasTensor output = all.getFirst();
      if (sequences) {
        output = timeMajor ? RecurrentLoop.timeMajor(call.ops(), output) : output;
        output = output.withMask(call.mask());
      }
      List<KerasTensor> results = new ArrayList<>(List.of(output));
      if (config.getBoolean("return_state", false)) {
        results.addAll(all.subList(1, all.size()));
      }
      return results;
    }

    /** The states that the layer kept, unless the call gives others. */
    private List<KerasTensor> kept(
        RecurrentCell cell, KerasTensor input, List<KerasTensor> initial) {
      if (call.tracer().isFolded()) {
        throw layer.unsupported("it keeps its state between calls, but is called for each step");
      }
      if (call.tracer().states().has(weights)) {
        throw layer.unsupported(
            "it keeps its state between calls of the model, which calls it several times in an"
                + " order that the file does not tell");
      }
      if (call.keras2() && !initial.isEmpty()) {
        throw layer.unsupported(
            "it keeps its state between calls, which Keras 2 prefers to the one that it is given"
                + " once it is not zero; make the layer with stateful=False");
      }
      List<Optional<KerasTensor>> none = Collections.nCopies(cell.states(), Optional.empty());
      // Nobody needs what this computes: it tells the shapes, and is dropped.
      List<TensorType> types =
          cell.step(call, call.ops().at(input, 1, 0), none).states().stream()
              .map(KerasTensor::type)
              .toList();
      if (!types.stream().allMatch(type -> type.shape().isStatic())) {
        throw layer.unsupported("it keeps its state between calls for a batch of unknown size");
      }
      List<KerasTensor> states = call.tracer().states().before(weights, types);
      return initial.isEmpty() ? states : initial;
    }

    /** As {@link RecurrentLoop#results}, for few steps. */
    private List<KerasTensor> unrolled(
        RecurrentCell cell,
        KerasTensor input,
        List<Optional<KerasTensor>> initial,
        boolean sequences) {
      GraphOps ops = call.ops();
      List<Optional<KerasTensor>> states = new ArrayList<>(initial);
      List<KerasTensor> xs = new ArrayList<>(unstack(ops, input));
      List<KerasTensor> masks =
          new ArrayList<>(mask(call).map(mask -> unstack(ops, mask)).orElse(List.of()));
      if (backwards) {
        Collections.reverse(xs);
        Collections.reverse(masks);
      }
      List<KerasTensor> outputs = new ArrayList<>();
      for (int t = 0; t < xs.size(); t++) {
        RecurrentCell.Step step = cell.step(call, xs.get(t), states);
        KerasTensor output = step.output();
        List<KerasTensor> next = step.states();
        if (!masks.isEmpty()) {
          Optional<KerasTensor> before =
              outputs.isEmpty() || zero ? Optional.empty() : Optional.of(outputs.getLast());
          output = RecurrentLoop.keep(ops, masks.get(t), output, before);
          next = new ArrayList<>();
          for (int i = 0; i < states.size(); i++) {
            next.add(RecurrentLoop.keep(ops, masks.get(t), step.states().get(i), states.get(i)));
          }
        }
        outputs.add(output);
        states.clear();
        next.forEach(state -> states.add(Optional.of(state)));
      }
      List<KerasTensor> results = new ArrayList<>();
      results.add(sequences ? ops.stack(outputs, 1) : outputs.getLast());
      states.forEach(state -> state.ifPresent(results::add));
      return results;
    }

    private static List<KerasTensor> unstack(GraphOps ops, KerasTensor x) {
      return ops.graph()
          .add("Unpack", Attributes.NONE.with("num", x.dim(1)).with("axis", 1), List.of(x));
    }

    private void check(boolean timeMajor) {
      boolean convolutional = cellKind(layer).equals("ConvLSTMCell");
      int rank = convolutional ? 3 + ConvolutionLayers.spatialRank(layer) : 3;
      if (call.input().rank() != rank) {
        throw layer.unsupported(
            "its input is not [batch, time, "
                + (convolutional ? "image, channels" : "features")
                + "]");
      }
      if (timeMajor && call.mask().isPresent()) {
        throw layer.unsupported("its input has time before the batch, and a mask");
      }
    }
  }

  private static List<KerasTensor> bidirectional(LayerCall call) {
    GraphOps ops = call.ops();
    LayerSpec forward = call.layer().child("layer");
    LayerSpec backward = backward(call.layer());
    boolean own = call.layer().config().has("backward_layer");
    List<KerasTensor> initial = initialStates(call);
    int half = initial.size() / 2;
    // Keras sets zero_output_for_mask so, whatever the layer says.
    boolean sequences = forward.config().getBoolean("return_sequences", false);
    WeightNode weights = call.layer().weights();
    List<KerasTensor> ahead =
        new Run(call, forward, weights.part("forward_layer"), reversed(forward), sequences)
            .results(initial.subList(0, half));
    List<KerasTensor> back =
        new Run(
                call,
                backward,
                weights.part("backward_layer"),
                own ? reversed(backward) : !reversed(forward),
                sequences)
            .results(initial.subList(half, initial.size()));
    KerasTensor y = ahead.getFirst();
    KerasTensor z = back.getFirst();
    if (sequences) {
      z = ops.add("ReverseV2", Attributes.NONE, z, ops.ints(1));
    }
    Optional<KerasTensor> mask = y.mask();
    List<KerasTensor> results = new ArrayList<>();
    switch (call.config().getString("merge_mode", "none")) {
      case "concat" -> results.add(ops.concat(List.of(y, z), -1).withMask(mask));
      case "sum" -> results.add(ops.plus(y, z).withMask(mask));
      case "mul" -> results.add(ops.times(y, z).withMask(mask));
      case "ave" -> results.add(ops.binary("RealDiv", ops.plus(y, z), 2).withMask(mask));
      default -> results.addAll(List.of(y, z.withMask(mask)));
    }
    results.addAll(ahead.subList(1, ahead.size()));
    results.addAll(back.subList(1, back.size()));
    return results;
  }
}

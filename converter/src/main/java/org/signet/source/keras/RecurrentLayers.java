package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.Shape;

/**
 * Recurrent layers over a number of time steps that is known: every step becomes nodes of its own,
 * which share the weights.
 */
final class RecurrentLayers implements KerasLayer {
  private static final int MOST_STEPS = 1000;

  private static final Map<String, String> CELLS =
      Map.of("GRU", "GRUCell", "LSTM", "LSTMCell", "SimpleRNN", "SimpleRNNCell");

  @Override
  public Set<String> classNames() {
    return Set.of("Bidirectional", "GRU", "LSTM", "RNN", "SimpleRNN");
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
   * One layer run along time in one direction.
   *
   * @param zero whether the outputs of steps that do not count are zeros, not those of the step
   *     before
   */
  private record Run(
      LayerCall call, LayerSpec layer, WeightNode weights, boolean backwards, boolean zero) {
    /** The output or outputs by time, and the last states if the layer gives them. */
    List<KerasTensor> results(List<KerasTensor> initial) {
      GraphOps ops = call.ops();
      KerasConfig config = layer.config();
      KerasTensor input = call.input();
      int steps = input.dim(1);
      check(input, steps);
      RecurrentCell cell =
          new RecurrentCell(cellSettings(layer), weights.part("cell"), cellKind(layer));
      List<KerasTensor> xs = new ArrayList<>(unstack(ops, input));
      List<KerasTensor> masks =
          new ArrayList<>(call.mask().map(mask -> unstack(ops, mask)).orElse(List.of()));
      if (backwards) {
        Collections.reverse(xs);
        Collections.reverse(masks);
      }
      List<Optional<KerasTensor>> states = new ArrayList<>();
      for (int i = 0; i < cell.states(); i++) {
        states.add(i < initial.size() ? Optional.of(initial.get(i)) : Optional.empty());
      }
      List<KerasTensor> outputs = new ArrayList<>();
      for (int t = 0; t < steps; t++) {
        RecurrentCell.Step step = cell.step(call, xs.get(t), states);
        KerasTensor output = step.output();
        List<KerasTensor> next = step.states();
        if (!masks.isEmpty()) {
          KerasTensor counts = ops.expandDims(masks.get(t), 1);
          Optional<KerasTensor> before =
              outputs.isEmpty() || zero ? Optional.empty() : Optional.of(outputs.getLast());
          output = keep(ops, counts, output, before);
          next = new ArrayList<>();
          for (int i = 0; i < states.size(); i++) {
            next.add(keep(ops, counts, step.states().get(i), states.get(i)));
          }
        }
        outputs.add(output);
        states.clear();
        next.forEach(state -> states.add(Optional.of(state)));
      }
      List<KerasTensor> results = new ArrayList<>();
      results.add(
          config.getBoolean("return_sequences", false)
              ? ops.stack(outputs, 1).withMask(call.mask())
              : outputs.getLast());
      if (config.getBoolean("return_state", false)) {
        states.forEach(state -> state.ifPresent(results::add));
      }
      return results;
    }

    private static List<KerasTensor> unstack(GraphOps ops, KerasTensor x) {
      return ops.graph()
          .add("Unpack", Attributes.NONE.with("num", x.dim(1)).with("axis", 1), List.of(x));
    }

    /** {@code now} where the step counts, else what was before, which may be zeros. */
    private static KerasTensor keep(
        GraphOps ops, KerasTensor counts, KerasTensor now, Optional<KerasTensor> before) {
      return ops.select(counts, now, before.orElseGet(() -> ops.unary("ZerosLike", now)));
    }

    private void check(KerasTensor input, int steps) {
      KerasConfig config = layer.config();
      if (input.rank() != 3) {
        throw layer.unsupported("its input is not [batch, time, features]");
      }
      if (steps == Shape.UNKNOWN || steps < 1 || steps > MOST_STEPS) {
        throw layer.unsupported(
            "it runs over "
                + (steps == Shape.UNKNOWN
                    ? "a number of time steps that is not known"
                    : steps + " time steps")
                + "; 1 to "
                + MOST_STEPS
                + " can be unrolled");
      }
      if (config.getBoolean("stateful", false)) {
        throw layer.unsupported("it keeps its state between calls");
      }
      if (config.getBoolean("time_major", false)) {
        throw layer.unsupported("its input has time before the batch");
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

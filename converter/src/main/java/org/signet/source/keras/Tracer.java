package org.signet.source.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.bundle.BundleTensor;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.source.VariableReader;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Calls layers, which adds their nodes to a graph, and keeps account of the variables they read.
 */
final class Tracer {
  /** Models within models multiply their calls; no real one has as many. */
  private static final int MOST_CALLS = 200_000;

  private final GraphOps ops;
  private final HdfStore file;
  private final WeightPaths paths;
  private final Map<String, String> vocabularies;
  private final IdentityHashMap<WeightNode, KerasTensor> tables = new IdentityHashMap<>();
  private final Map<String, KerasTensor> valueOfPath = new HashMap<>();
  private final Map<String, String> pathOfHandle = new HashMap<>();
  private final Set<String> unmasked = new HashSet<>();
  private final SessionStates states;
  private int calls;
  private int folded;

  /**
   * @param file holds the weights
   * @param paths says where
   * @param vocabularies the tokens of lookup layers by {@link WeightPaths#folder}
   */
  Tracer(
      GraphDefBuilder graph, HdfStore file, WeightPaths paths, Map<String, String> vocabularies) {
    this.ops = new GraphOps(graph);
    this.file = file;
    this.paths = paths;
    this.vocabularies = vocabularies;
    this.states = new SessionStates(ops);
  }

  GraphOps ops() {
    return ops;
  }

  /** What stateful layers keep. */
  SessionStates states() {
    return states;
  }

  /** Whether the call that is being made has time steps for a batch. */
  boolean isFolded() {
    return folded > 0;
  }

  /** Calls a layer on all time steps at once, as if they were a batch. */
  List<KerasTensor> callOnSteps(LayerSpec layer, Arguments arguments) {
    folded++;
    try {
      return call(layer, arguments);
    } finally {
      folded--;
    }
  }

  /** Calls a layer; nodes are named after it. */
  List<KerasTensor> call(LayerSpec layer, Arguments arguments) {
    if (++calls > MOST_CALLS) {
      throw SignetException.of(
          Code.MALFORMED_GRAPH, "the model makes more than " + MOST_CALLS + " calls of layers");
    }
    KerasLayer kind = KerasLayers.standard().of(layer);
    LayerCall call = new LayerCall(this, layer, arguments.map(this::withoutLostMask));
    // Keras 3 overrides this when it serves a model, and records it where it is a mere default.
    if (layer.keras2() && arguments.isTrue(Integer.MAX_VALUE, "training")) {
      throw layer.unsupported("it is called as in training, which gives random results");
    }
    String scope = ops.graph().scope();
    ops.graph().enter(scope.isEmpty() ? layer.name() : scope + "/" + layer.name());
    try {
      List<KerasTensor> results = kind.call(call);
      return switch (kind.masking()) {
        case OWN -> results;
        case DROPS -> masked(results, Optional.empty());
        case PASSES -> masked(results, call.mask());
      };
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw new SignetException(
          Diagnostic.error(
              Code.MALFORMED_GRAPH,
              "layer '"
                  + layer.name()
                  + "' ("
                  + layer.className()
                  + ") contradicts its inputs: "
                  + e.getMessage()),
          e);
    } finally {
      ops.graph().enter(scope);
    }
  }

  /** Makes all further calls see {@code tensor} without its mask. */
  void takeMaskOff(KerasTensor tensor) {
    unmasked.add(tensor.name());
  }

  private KerasTensor withoutLostMask(KerasTensor tensor) {
    return unmasked.contains(tensor.name()) ? tensor.withMask(Optional.empty()) : tensor;
  }

  private static List<KerasTensor> masked(List<KerasTensor> tensors, Optional<KerasTensor> mask) {
    List<KerasTensor> masked = new ArrayList<>();
    tensors.forEach(tensor -> masked.add(tensor.withMask(mask)));
    return masked;
  }

  /** The tokens that an archive keeps for a layer, a line each. */
  Optional<String> vocabulary(WeightNode node) {
    return paths.folder(node).map(vocabularies::get);
  }

  /** Whether the file holds a variable that it need not hold. */
  boolean isKept(WeightNode node, String weight) {
    return paths.find(node, weight).filter(file::exists).isPresent();
  }

  /** The elements of a variable that decides what the layer is made of; empty if there is none. */
  Optional<Tensor> kept(WeightNode node, String weight) {
    return paths.find(node, weight).flatMap(file::read).map(BundleTensor::load);
  }

  /** The table of a layer, made at its first call. */
  KerasTensor table(WeightNode node, Supplier<KerasTensor> maker) {
    KerasTensor known = tables.get(node);
    if (known == null) {
      known = maker.get();
      tables.put(node, known);
    }
    return known;
  }

  /**
   * The value of a variable.
   *
   * @param dims the sizes it must have, −1 for any
   */
  KerasTensor variable(WeightNode node, String weight, int... dims) {
    String path = paths.of(node, weight);
    KerasTensor value = valueOfPath.get(path);
    if (value == null) {
      TensorType type =
          file.type(path)
              .orElseThrow(() ->
                  SignetException.of(
                      Code.VARIABLE_WITHOUT_VALUE,
                      "'"
                          + weight
                          + "' of layer '"
                          + node.name()
                          + "' has no value: there is no dataset "
                          + path,
                      "save the model again with its weights"));
      GraphDefBuilder.Variable variable = ops.graph().variable(weight, type);
      value = variable.value();
      valueOfPath.put(path, value);
      pathOfHandle.put(variable.handle(), path);
    }
    if (!Shape.of(dims).accepts(value.shape().dims())) {
      throw SignetException.of(
          Code.MALFORMED_CHECKPOINT,
          "'"
              + weight
              + "' of layer '"
              + node.name()
              + "' is "
              + value.type()
              + " in "
              + path
              + ", but the layer needs "
              + Shape.of(dims),
          "the weights belong to another model");
    }
    return value;
  }

  /** The values of the variables that were read. */
  VariableReader variables() {
    return new VariableReader() {
      @Override
      public Optional<BundleTensor> read(String node) {
        return states
            .initial(node)
            .or(() -> Optional.ofNullable(pathOfHandle.get(node)).flatMap(file::read));
      }

      @Override
      public String describe(String node) {
        return pathOfHandle.getOrDefault(node, node);
      }
    };
  }
}

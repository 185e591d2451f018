package org.signet.source.keras;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.type.DType;

/** {@code StringLookup} and {@code IntegerLookup}: indices of tokens, or tokens of indices. */
final class IndexLookupLayers implements KerasLayer {
  private static final String INTEGERS = "IntegerLookup";

  @Override
  public Set<String> classNames() {
    return Set.of(INTEGERS, "StringLookup");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    return IndexLookup.weights(layer, WeightNode.of(layer));
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    KerasConfig config = call.config();
    WeightNode node = call.layer().weights();
    boolean strings = !call.layer().className().equals(INTEGERS);
    DType tokens = strings ? DType.STRING : numbers(call);
    boolean inverse = config.getBoolean("invert", false);
    Optional<String> mask = config.find("mask_token").map(token -> config.getString("mask_token"));
    boolean maskIndex = mask.isPresent() && IndexLookup.mode(config).equals("int");
    Vocabulary.Settings settings =
        new Vocabulary.Settings(
            strings,
            mask,
            maskIndex ? 1 : 0,
            config.getString("oov_token", strings ? "[UNK]" : "-1"),
            config.getInt("num_oov_indices", 1));
    IndexLookup lookup =
        new IndexLookup(call, node, Vocabulary.read(call, settings, List.of(node)));
    KerasTensor input = call.givenInput();
    KerasTensor found = lookup.find(strings || inverse ? input : call.ops().cast(input, tokens));
    boolean index = IndexLookup.mode(config).equals("int");
    if (index && !inverse && call.keras2()) {
      return List.of(call.ops().cast(found, call.dtype()));
    }
    return List.of(inverse && !strings ? call.ops().cast(found, tokens) : lookup.encode(found));
  }

  private static DType numbers(LayerCall call) {
    String name = call.config().getString("vocabulary_dtype", "int64");
    return DType.ofName(name)
        .filter(DType::isInteger)
        .orElseThrow(() -> call.unsupported("its tokens are " + name));
  }
}

package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.op.Attributes;
import org.signet.type.Shape;

/**
 * {@code TextVectorization}: texts, standardized and split, as indices of tokens or as a vector a
 * text.
 */
final class TextVectorizationLayer implements KerasLayer {
  private static final String LOOKUP = "_lookup_layer";
  private static final String WHITESPACE = "whitespace";
  private static final String LENGTH = "output_sequence_length";
  private static final String PUNCTUATION = "[!\"#$%&()\\*\\+,-\\./:;<=>?@\\[\\\\\\]^_`{|}~\\']";

  @Override
  public Set<String> classNames() {
    return Set.of("TextVectorization");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    WeightNode lookup = new WeightNode("StringLookup", layer.name(), layer.trainable());
    return WeightNode.of(layer).part(IndexLookup.weights(layer, lookup), LOOKUP);
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    boolean index = IndexLookup.mode(call.config()).equals("int");
    if (call.config().getBoolean("ragged", false) || !call.config().has("output_mode")) {
      throw call.unsupported("its result is ragged; save the layer with ragged=False");
    }
    WeightNode node = call.layer().weights();
    WeightNode inner = node.part(LOOKUP);
    Vocabulary.Settings settings =
        new Vocabulary.Settings(true, Optional.of(""), index ? 1 : 0, "[UNK]", 1);
    IndexLookup lookup =
        new IndexLookup(call, inner, Vocabulary.read(call, settings, List.of(inner, node)));
    KerasTensor texts = standardized(call, call.givenInput());
    Optional<String> split = function(call, "split", WHITESPACE, "character");
    KerasTensor indices =
        split.isPresent() ? split(call, lookup, texts, split.get()) : unsplit(call, lookup, texts);
    return List.of(lookup.encode(indices));
  }

  /** A setting that names a function of Keras. */
  private static Optional<String> function(LayerCall call, String setting, String... known) {
    Optional<JsonElement> json = call.config().find(setting);
    if (json.isPresent()
        && !(json.get() instanceof JsonPrimitive name
            && List.of(known).contains(name.getAsString()))) {
      throw call.unsupported(
          "its setting '"
              + setting
              + "' is a function of the model's author, which is never run; apply it before the"
              + " model and save the layer without it");
    }
    return json.map(JsonElement::getAsString);
  }

  private static KerasTensor standardized(LayerCall call, KerasTensor texts) {
    GraphOps ops = call.ops();
    String how =
        function(call, "standardize", "lower", "strip_punctuation", "lower_and_strip_punctuation")
            .orElse("");
    KerasTensor lower = how.startsWith("lower") ? ops.unary("StringLower", texts) : texts;
    return how.endsWith("strip_punctuation")
        ? ops.add(
            "StaticRegexReplace",
            Attributes.of("pattern", PUNCTUATION, "rewrite", "").with("replace_global", true),
            lower)
        : lower;
  }

  /** Indices [..., tokens] of texts that are split. */
  private static KerasTensor split(
      LayerCall call, IndexLookup lookup, KerasTensor input, String how) {
    GraphOps ops = call.ops();
    KerasTensor texts = input;
    if (input.rank() > 1) {
      if (input.dim(-1) != 1) {
        throw call.unsupported("it splits texts, but its input is not [batch, 1]");
      }
      texts = ops.squeeze(input, input.rank() - 1);
    }
    KerasTensor flat = texts.rank() == 1 ? texts : ops.reshape(texts, -1);
    RaggedTokens tokens =
        how.equals(WHITESPACE) ? RaggedTokens.words(ops, flat) : RaggedTokens.characters(ops, flat);
    int[] widths = ngrams(call);
    if (widths.length > 0) {
      tokens = tokens.ngrams(ops, widths);
    }
    boolean index = IndexLookup.mode(call.config()).equals("int");
    int length = call.config().getInt(LENGTH, Shape.UNKNOWN);
    // Vectors take no account of indices below 0.
    KerasTensor matrix = tokens.map(lookup::find).toMatrix(ops, length, index ? 0 : -1);
    return texts.rank() == 1
        ? matrix
        : ops.reshape(matrix, ops.sizes().plus(texts, 0, texts.rank()).plus(matrix, 1));
  }

  /** Indices of texts that are one token each. */
  private static KerasTensor unsplit(LayerCall call, IndexLookup lookup, KerasTensor texts) {
    GraphOps ops = call.ops();
    KerasTensor tokens = texts;
    int[] widths = ngrams(call);
    if (widths.length > 0) {
      if (texts.rank() != 2) {
        throw call.unsupported("it joins texts that are not [batch, texts]");
      }
      tokens = joined(ops, texts, widths);
    }
    KerasTensor indices = lookup.find(tokens);
    // Keras fills up no rows that are empty.
    if (!call.config().has(LENGTH) || indices.dim(-1) == 0) {
      return indices;
    }
    int length = call.config().getInt(LENGTH);
    int[][] behind = new int[indices.rank()][2];
    behind[indices.rank() - 1][1] = length;
    return ops.slice(ops.pad(indices, behind), -1, 0, length);
  }

  /** Strings [batch, runs]: neighbours joined. */
  private static KerasTensor joined(GraphOps ops, KerasTensor texts, int... widths) {
    int known = texts.dim(1);
    KerasTensor runs = ops.integer(0);
    int count = 0;
    for (int width : widths) {
      KerasTensor more = ops.minus(ops.size(texts, 1), ops.integer(width - 1));
      runs = ops.plus(runs, ops.binary("Maximum", more, 0));
      count += Math.max(0, known - width + 1);
    }
    if (known != Shape.UNKNOWN && count == 0) {
      return ops.slice(texts, 1, known, 0);
    }
    GraphOps.Sizes rows = ops.sizes().plus(texts, 0);
    return ops.reshape(
        RaggedTokens.rows(ops, texts).ngrams(ops, widths).values(),
        known == Shape.UNKNOWN ? rows.plus(runs) : rows.plus(count));
  }

  private static int[] ngrams(LayerCall call) {
    Optional<JsonElement> json = call.config().find("ngrams");
    if (json.isEmpty()) {
      return new int[0];
    }
    if (json.get().isJsonPrimitive()) {
      return IntStream.rangeClosed(1, call.config().getInt("ngrams")).toArray();
    }
    return call.config().getInts("ngrams");
  }
}

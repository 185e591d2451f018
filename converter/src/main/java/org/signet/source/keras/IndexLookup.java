package org.signet.source.keras;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** What a table makes of tokens: indices, or the other way round, and vectors for indices. */
final class IndexLookup {
  static final String IDF_WEIGHTS = "idf_weights";
  private static final String TF_IDF = "tf_idf";

  /** Keras 3 writes a mode under its old name nowhere, but Keras 2 did. */
  private static final List<String> OLD_NAMES = List.of("binary", "tf-idf");

  private final LayerCall call;
  private final GraphOps ops;
  private final WeightNode node;
  private final Vocabulary vocabulary;
  private final boolean inverse;

  /**
   * @param node the weights of the layer that looks up
   */
  IndexLookup(LayerCall call, WeightNode node, Vocabulary vocabulary) {
    this.call = call;
    this.ops = call.ops();
    this.node = node;
    this.vocabulary = vocabulary;
    this.inverse = call.config().getBoolean("invert", false);
  }

  /** What a layer keeps besides its vocabulary. */
  static WeightNode weights(LayerSpec layer, WeightNode node) {
    return mode(layer.config()).equals(TF_IDF) ? node.named(IDF_WEIGHTS) : node;
  }

  static String mode(KerasConfig config) {
    String mode = config.getString("output_mode", "int");
    return switch (OLD_NAMES.indexOf(mode)) {
      case 0 -> "multi_hot";
      case 1 -> TF_IDF;
      default -> mode;
    };
  }

  /**
   * Indices of tokens as int64, or tokens of indices.
   *
   * @param tokens strings or numbers
   */
  KerasTensor find(KerasTensor tokens) {
    boolean texts = vocabulary.settings().strings() && !inverse;
    if (texts != (tokens.dtype() == DType.STRING)) {
      throw call.unsupported("its input is " + tokens.dtype());
    }
    KerasTensor keys = texts ? tokens : ops.cast(tokens, DType.INT64);
    KerasTensor table = call.tracer().table(node, this::makeTable);
    KerasTensor found =
        ops.add(
                "LookupTableFindV2",
                Attributes.of("Tout", inverse ? tokenType() : DType.INT64),
                table,
                keys,
                ops.graph().constant(missing()))
            .refined(keys.shape());
    return !inverse && vocabulary.settings().unknownIndices() > 1
        ? ops.select(ops.binary("Equal", found, -1), unknownIndex(keys), found)
        : found;
  }

  private DType tokenType() {
    return vocabulary.settings().strings() ? DType.STRING : DType.INT64;
  }

  /** What the table gives for what it does not hold. */
  private Tensor missing() {
    Vocabulary.Settings settings = vocabulary.settings();
    if (inverse) {
      return settings.strings()
          ? Tensor.scalar(settings.unknown())
          : Tensor.scalar(Long.parseLong(settings.unknown()));
    }
    return Tensor.scalar(settings.unknownIndices() == 1 ? (long) settings.maskIndices() : -1L);
  }

  /** The mask is an entry, too: its index is 0, or none that counts where vectors are made. */
  private KerasTensor makeTable() {
    Vocabulary.Settings settings = vocabulary.settings();
    List<String> tokens = new ArrayList<>(vocabulary.tokens());
    long first = settings.firstToken();
    LongStream indices = LongStream.range(first, first + tokens.size());
    if (settings.mask().isPresent()) {
      tokens.add(settings.mask().get());
      long mask = settings.maskIndices() > 0 ? 0 : Long.MAX_VALUE;
      indices = LongStream.concat(indices, LongStream.of(mask));
    }
    KerasTensor texts = ops.graph().constant(vocabulary.tensor(tokens));
    KerasTensor numbers = ops.graph().constant(Tensor.of(indices.toArray()));
    Attributes types =
        Attributes.of("key_dtype", inverse ? DType.INT64 : tokenType())
            .with("value_dtype", inverse ? tokenType() : DType.INT64)
            .with("shared_name", ops.graph().newName("table"));
    KerasTensor table = ops.add("HashTableV2", types);
    List<KerasTensor> entries =
        inverse ? List.of(table, numbers, texts) : List.of(table, texts, numbers);
    ops.graph().add("LookupTableImportV2", Attributes.NONE, entries);
    return table;
  }

  /** Which of several indices an unknown token has. */
  private KerasTensor unknownIndex(KerasTensor tokens) {
    Vocabulary.Settings settings = vocabulary.settings();
    boolean hashed =
        settings.strings() || call.config().getString("oov_method", "floormod").equals("farmhash");
    KerasTensor index =
        hashed
            ? HashingLayer.hash(call, tokens, settings.unknownIndices())
            : ops.binary("FloorMod", tokens, settings.unknownIndices());
    return ops.binary("AddV2", index, settings.maskIndices());
  }

  /** Indices as the layer's {@code output_mode} has them. */
  KerasTensor encode(KerasTensor indices) {
    String mode = mode(call.config());
    if (mode.equals("int")) {
      return indices;
    }
    boolean padded = call.config().getBoolean("pad_to_max_tokens", false);
    int depth = padded ? call.config().getInt("max_tokens") : vocabulary.size();
    int said = call.config().getInt("vocabulary_size", vocabulary.size());
    if (!padded && said != vocabulary.size()) {
      throw call.config()
          .malformed("it has " + vocabulary.size() + " tokens, but was saved with " + said);
    }
    DType dtype = call.keras2() ? vectorType() : DType.INT64;
    String counted = mode.equals(TF_IDF) ? "count" : mode;
    KerasTensor vectors =
        CategoryEncodingLayer.encode(call, counted, indices, depth, Optional.empty(), dtype);
    if (!mode.equals(TF_IDF)) {
      return vectors;
    }
    KerasTensor weights = idfWeights(depth);
    return ops.times(ops.cast(vectors, weights.dtype()), weights);
  }

  private DType vectorType() {
    DType policy = call.dtype();
    return policy.isFloating() ? policy : DType.FLOAT32;
  }

  /** [depth] */
  private KerasTensor idfWeights(int depth) {
    if (call.tracer().isKept(node, IDF_WEIGHTS)) {
      return call.tracer().variable(node, IDF_WEIGHTS, depth);
    }
    JsonElement json =
        call.config()
            .find(IDF_WEIGHTS)
            .orElseThrow(() -> call.config().malformed("its idf_weights are missing"));
    Tensor given = PreprocessingLayers.tensor(json, DType.FLOAT64);
    int front = vocabulary.special() ? 0 : vocabulary.settings().firstToken();
    if (given.size() != vocabulary.size() - front) {
      throw call.config().malformed("it has " + given.size() + " idf_weights, not one a token");
    }
    double sum = 0;
    for (int i = 0; i < given.size(); i++) {
      sum += given.getDouble(i);
    }
    float[] weights = new float[depth];
    for (int i = 0; i < front + given.size(); i++) {
      weights[i] = (float) (i < front ? sum / given.size() : given.getDouble(i - front));
    }
    return ops.graph().constant(Tensor.of(weights));
  }
}

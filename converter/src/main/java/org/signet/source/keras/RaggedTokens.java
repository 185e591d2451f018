package org.signet.source.keras;

import java.util.List;
import java.util.function.UnaryOperator;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Rows of tokens that differ in length.
 *
 * @param values all tokens, row after row
 * @param splits int64: where each row begins, and where the last one ends
 */
record RaggedTokens(KerasTensor values, KerasTensor splits) {
  private static final String UTF_8 = "UTF-8";
  private static final int REPLACEMENT = 0xFFFD;

  /**
   * The words of each text.
   *
   * @param texts strings [rows]
   */
  static RaggedTokens words(GraphOps ops, KerasTensor texts) {
    KerasTensor white = ops.graph().constant(Tensor.scalar(""));
    List<KerasTensor> parts =
        ops.graph().add("StringSplitV2", Attributes.of("maxsplit", -1), List.of(texts, white));
    KerasTensor rows = ops.at(parts.get(0), 1, 0);
    KerasTensor ones = ops.cast(ops.binary("GreaterEqual", rows, 0), DType.INT64);
    KerasTensor lengths =
        ops.add("UnsortedSegmentSum", Attributes.NONE, ones, rows, ops.size(texts, 0));
    KerasTensor ends = ops.add("Cumsum", Attributes.NONE, lengths, ops.integer(0));
    KerasTensor none = ops.graph().constant(Tensor.of(new long[1]));
    return new RaggedTokens(parts.get(1), ops.concat(List.of(none, ends), 0));
  }

  /**
   * The characters of each text.
   *
   * @param texts strings [rows]
   */
  static RaggedTokens characters(GraphOps ops, KerasTensor texts) {
    Attributes errors = Attributes.of("errors", "replace", "replacement_char", REPLACEMENT);
    List<KerasTensor> parts =
        ops.graph()
            .add(
                "UnicodeDecode",
                errors
                    .with("input_encoding", UTF_8)
                    .with("replace_control_characters", false)
                    .with("Tsplits", DType.INT64),
                List.of(texts));
    KerasTensor codes = parts.get(1);
    KerasTensor end = ops.plus(ops.size(codes, 0), ops.integer(1));
    KerasTensor each = ops.cast(ops.range(end), DType.INT64);
    KerasTensor characters =
        ops.add("UnicodeEncode", errors.with("output_encoding", UTF_8), codes, each);
    return new RaggedTokens(characters, parts.get(0));
  }

  /**
   * Runs of tokens, joined by blanks.
   *
   * @param widths how long, one after the other
   */
  RaggedTokens ngrams(GraphOps ops, int... widths) {
    List<KerasTensor> parts =
        ops.graph().add("StringNGrams", attributes(widths), List.of(values, splits));
    return new RaggedTokens(parts.get(0), parts.get(1));
  }

  private static Attributes attributes(int... widths) {
    return Attributes.of("separator", " ", "left_pad", "")
        .with("right_pad", "")
        .with("pad_width", 0)
        .with("preserve_short_sequences", false)
        .with("ngram_widths", java.util.Arrays.stream(widths).mapToObj(Long::valueOf).toList());
  }

  /** The rows of a matrix. */
  static RaggedTokens rows(GraphOps ops, KerasTensor matrix) {
    KerasTensor width = ops.size(matrix, 1);
    KerasTensor counts = ops.range(ops.plus(ops.size(matrix, 0), ops.integer(1)));
    return new RaggedTokens(
        ops.reshape(matrix, -1), ops.cast(ops.times(counts, width), DType.INT64));
  }

  RaggedTokens map(UnaryOperator<KerasTensor> function) {
    return new RaggedTokens(function.apply(values), splits);
  }

  /**
   * As a matrix, short rows filled up.
   *
   * @param width that of the matrix, longer rows being cut; {@link Shape#UNKNOWN} for that of the
   *     longest row
   * @param filler what follows short rows
   */
  KerasTensor toMatrix(GraphOps ops, int width, long filler) {
    return ops.add(
        "RaggedTensorToTensor",
        Attributes.of("row_partition_types", List.of("ROW_SPLITS")),
        ops.graph().constant(Tensor.of(new long[] {Shape.UNKNOWN, width})),
        values,
        ops.graph().constant(Tensor.scalar(filler)),
        splits);
  }
}

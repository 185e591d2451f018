package org.signet.op;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** SKIP_GRAM: words that follow each other nearly; LSH_PROJECTION: bits by hashing. */
final class TextHashing {
  private static final int MOST_BITS = 32;

  private TextHashing() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "SKIP_GRAM",
                op -> List.of(Shapes.plain(DType.STRING, Shape.of(Shape.UNKNOWN))),
                TextHashing::skipGrams)
            .accurate(Accuracy.EXACT),
        OpDefinition.builtin("LSH_PROJECTION", TextHashing::inferBits, TextHashing::project)
            .accurate(Accuracy.EXACT));
  }

  /**
   * The sequences of {@code ngram_size} words of a text (or fewer, with {@code include_all_ngrams})
   * between which at most {@code max_skip_size} words are left out, by their first word.
   */
  private static void skipGrams(OpCall call) {
    Attributes options = call.attributes();
    int size = options.getInt("ngram_size", 0);
    int skip = options.getInt("max_skip_size", 0);
    boolean all = options.getBoolean("include_all_ngrams", false);
    Tensor text = call.operand(0);
    Shapes.require(text.size() == 1, "one text expected, not %s", text.type());
    List<byte[]> words = words(text.strings()[0]);
    List<byte[]> grams = new ArrayList<>();
    if (size > 0 && words.size() >= size) {
      for (int first = 0; first < words.size(); first++) {
        extend(words, new int[] {first}, size, skip, all, grams);
      }
    }
    call.result(0, Tensor.wrap(DType.STRING, grams.toArray(byte[][]::new), grams.size()));
  }

  /** Adds what begins with the words {@code chosen}, longer sequences first. */
  private static void extend(
      List<byte[]> words, int[] chosen, int size, int skip, boolean all, List<byte[]> grams) {
    int last = chosen[chosen.length - 1];
    if (chosen.length < size) {
      for (int next = last + 1; next <= last + 1 + skip && next < words.size(); next++) {
        int[] longer = Arrays.copyOf(chosen, chosen.length + 1);
        longer[chosen.length] = next;
        extend(words, longer, size, skip, all, grams);
      }
    }
    if (all || chosen.length == size) {
      grams.add(joined(words, chosen));
    }
  }

  private static byte[] joined(List<byte[]> words, int[] chosen) {
    StringBuilder text = new StringBuilder();
    for (int word : chosen) {
      text.append(text.isEmpty() ? "" : " ")
          .append(new String(words.get(word), StandardCharsets.ISO_8859_1));
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The words between white space, as C's {@code isspace} has it. */
  private static List<byte[]> words(byte[] text) {
    List<byte[]> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r')) {
        if (i > start) {
          words.add(Arrays.copyOfRange(text, start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  private static boolean isDense(Attributes options) {
    String type = options.getString("type", "UNKNOWN");
    Shapes.require(type.equals("DENSE") || type.equals("SPARSE"), "a projection of type %s", type);
    return type.equals("DENSE");
  }

  private static List<TensorType> inferBits(OpTypes op) {
    Shape seeds = Shapes.ranked(op.shape(0), 2, "the seeds");
    boolean known = seeds.isStatic();
    int size =
        isDense(op.attributes()) ? known ? (int) seeds.elements() : Shape.UNKNOWN : seeds.dim(0);
    return List.of(Shapes.plain(DType.INT32, Shape.of(size)));
  }

  /**
   * For each seed of operand 0 the sign of the sum of the hashes of operand 1's slices, times
   * operand 2: bits, or SPARSE those of each row together, above the row's number.
   */
  private static void project(OpCall call) {
    Tensor seeds = call.operand(0);
    Tensor input = call.operand(1);
    int rows = seeds.dim(0);
    int bits = seeds.dim(1);
    Shapes.require(bits <= MOST_BITS, "%s bits do not fit an int32", bits);
    boolean dense = isDense(call.attributes());
    Optional<float[]> weights =
        call.has(2) ? Optional.of(call.operand(2).floats()) : Optional.empty();
    int[] result = call.result(0, DType.INT32, dense ? rows * bits : rows).ints();
    for (int r = 0; r < rows; r++) {
      int signature = 0;
      for (int b = 0; b < bits; b++) {
        int bit = bit(seeds.floats()[r * bits + b], input, weights);
        signature = signature << 1 | bit;
        if (dense) {
          result[r * bits + b] = bit;
        }
      }
      if (!dense) {
        result[r] = signature + (r << bits);
      }
    }
  }

  private static int bit(float seed, Tensor input, Optional<float[]> weights) {
    int slices = input.dim(0);
    byte[] bytes = RawElements.write(input);
    int width = slices == 0 ? 0 : bytes.length / slices;
    double score = 0;
    for (int i = 0; i < slices; i++) {
      byte[] key = new byte[Float.BYTES + width];
      ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).putFloat(seed);
      System.arraycopy(bytes, i * width, key, Float.BYTES, width);
      double hash = StringHashes.farm(key);
      score += weights.isPresent() ? weights.get()[i] * hash : hash;
    }
    return score > 0 ? 1 : 0;
  }
}

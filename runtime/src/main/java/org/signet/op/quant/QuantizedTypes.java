package org.signet.op.quant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * The element types that builtins take together where some are quantized, for those whose operands
 * depend on each other: a cell on floats takes weights in 8 bits, one on int8 asks for certain
 * types of all.
 *
 * <p>{@code quantized_types.tsv} has a line for each combination: the ops, a tab, a word for each
 * result, a tab, a word for each operand. A word is types with bars between, after which {@code !}
 * asks for one scale where they are integers, and {@code ?} for one or more; {@code 4*} before it
 * repeats it. The last word stands for what is behind it, too.
 */
final class QuantizedTypes {
  private static final String TABLE = "quantized_types.tsv";
  private static final Map<String, List<Combination>> BY_NAME = read();

  private QuantizedTypes() {}

  /** How many scales integers have. */
  private enum Scales {
    ANY,
    ONE,
    SOME
  }

  private record Word(List<DType> types, Scales scales) {
    static Word of(String text) {
      Scales scales =
          switch (text.charAt(text.length() - 1)) {
            case '!' -> Scales.ONE;
            case '?' -> Scales.SOME;
            default -> Scales.ANY;
          };
      String names = scales == Scales.ANY ? text : text.substring(0, text.length() - 1);
      List<DType> types =
          Arrays.stream(names.split("[|]", -1))
              .map(name -> DType.ofName(name).orElseThrow())
              .toList();
      return new Word(types, scales);
    }

    boolean takes(TensorType type) {
      boolean scaled = type.quantization().isQuantized();
      boolean free = !type.dtype().isInteger() || scales == Scales.ANY;
      return types.contains(type.dtype())
          && (free || (scaled && !(scales == Scales.ONE && type.quantization().isPerAxis())));
    }
  }

  private record Combination(List<Word> results, List<Word> operands) {
    boolean takes(OpTypes use, List<TensorType> resultTypes) {
      for (int i = 0; i < resultTypes.size(); i++) {
        if (!at(results, i).takes(resultTypes.get(i))) {
          return false;
        }
      }
      for (int i = 0; i < use.operandCount(); i++) {
        if (use.has(i) && !at(operands, i).takes(use.operand(i))) {
          return false;
        }
      }
      return true;
    }

    private static Word at(List<Word> words, int i) {
      return words.get(Math.min(i, words.size() - 1));
    }
  }

  /**
   * Checks a use.
   *
   * @throws IllegalArgumentException if there are combinations for the op, and this is none
   */
  static void check(String op, OpTypes use, List<TensorType> results) {
    List<Combination> combinations = BY_NAME.getOrDefault(op, List.of());
    Shapes.require(
        combinations.isEmpty() || combinations.stream().anyMatch(c -> c.takes(use, results)),
        "no kernel for quantized operands %s, results %s",
        operands(use),
        results.stream().map(QuantizedTypes::text).toList());
  }

  private static String operands(OpTypes use) {
    StringJoiner all = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < use.operandCount(); i++) {
      all.add(use.has(i) ? text(use.operand(i)) : "-");
    }
    return all.toString();
  }

  private static String text(TensorType type) {
    String scales =
        !type.quantization().isQuantized()
            ? ""
            : type.quantization().isPerAxis() ? " of several scales" : " of a scale";
    return type.dtype() + scales;
  }

  private static Map<String, List<Combination>> read() {
    Map<String, List<Combination>> byName = new HashMap<>();
    text()
        .lines()
        .forEach(line -> {
          String[] columns = line.split("\t", -1);
          Combination combination = new Combination(words(columns[1]), words(columns[2]));
          for (String name : columns[0].split(" ", -1)) {
            byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(combination);
          }
        });
    return byName;
  }

  private static List<Word> words(String column) {
    List<Word> words = new ArrayList<>();
    for (String text : column.split(" ", -1)) {
      int star = text.indexOf('*');
      int times = star < 0 ? 1 : Integer.parseInt(text.substring(0, star));
      words.addAll(Collections.nCopies(times, Word.of(text.substring(star + 1))));
    }
    return List.copyOf(words);
  }

  private static String text() {
    try (InputStream in = QuantizedTypes.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + TABLE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the resource " + TABLE, e);
    }
  }
}

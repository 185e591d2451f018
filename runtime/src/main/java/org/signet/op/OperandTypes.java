package org.signet.op;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.signet.type.DType;

/**
 * The element types that builtins take: which operands share one, and of what kind each is. A file
 * may declare any, since TFLite's format has no definitions of ops.
 *
 * <p>{@code operand_types.tsv} has a line for each set of ops that take the same: their names, a
 * tab, and a word for each operand, {@code name} or {@code name:kind|kind}. Operands of one name
 * have one type, but for {@code _}; a kind is an {@link ElementKind} or a type. A last word that
 * ends in {@code *} stands for any number of operands; of operands without a word nothing is asked.
 */
public final class OperandTypes implements Limits {
  private static final String TABLE = "operand_types.tsv";
  private static final String NO_NAME = "_";
  private static final Map<String, OperandTypes> BY_NAME = read();
  private static final OperandTypes NOTHING = new OperandTypes("");

  /**
   * One operand's word.
   *
   * @param kinds what it may be of; any type if this and {@code types} are empty
   */
  private record Word(String name, List<ElementKind> kinds, List<DType> types) {
    static Word of(String text) {
      String[] parts = text.split(":", -1);
      List<ElementKind> kinds = new ArrayList<>();
      List<DType> types = new ArrayList<>();
      for (String one : parts.length == 1 ? new String[0] : parts[1].split("[|]", -1)) {
        DType.ofName(one)
            .ifPresentOrElse(
                types::add, () -> kinds.add(ElementKind.valueOf(one.toUpperCase(Locale.ROOT))));
      }
      return new Word(parts[0], List.copyOf(kinds), List.copyOf(types));
    }

    boolean isOfIntegers() {
      return kinds.equals(List.of(ElementKind.WHOLE));
    }

    void require(int operand, DType dtype) {
      boolean any = kinds.isEmpty() && types.isEmpty();
      Shapes.require(
          any || types.contains(dtype) || kinds.stream().anyMatch(kind -> kind.has(dtype)),
          "no kernel for %s as operand %s ('%s')",
          dtype,
          operand,
          name);
    }
  }

  private final List<Word> words;
  private final boolean repeated;

  private OperandTypes(String line) {
    this.repeated = line.endsWith("*");
    String all = repeated ? line.substring(0, line.length() - 1) : line;
    this.words =
        all.isEmpty() ? List.of() : Arrays.stream(all.split(" ", -1)).map(Word::of).toList();
  }

  /** What a builtin asks. */
  public static OperandTypes of(String builtin) {
    return BY_NAME.getOrDefault(builtin, NOTHING);
  }

  private static Map<String, OperandTypes> read() {
    Map<String, OperandTypes> byName = new HashMap<>();
    text()
        .lines()
        .forEach(line -> {
          int tab = line.indexOf('\t');
          OperandTypes types = new OperandTypes(line.substring(tab + 1));
          for (String name : line.substring(0, tab).split(" ", -1)) {
            byName.put(name, types);
          }
        });
    return byName;
  }

  private static String text() {
    try (InputStream in = OperandTypes.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + TABLE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the resource " + TABLE, e);
    }
  }

  @Override
  public void check(OpTypes use) {
    for (int i = 0; i < use.operandCount(); i++) {
      Optional<Word> word = word(i);
      if (word.isPresent() && use.has(i)) {
        word.get().require(i, use.dtype(i));
      }
    }
    checkNames(use);
  }

  private void checkNames(OpTypes use) {
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < use.operandCount(); i++) {
      Optional<Word> word = word(i).filter(one -> !one.name().equals(NO_NAME));
      if (word.isPresent() && use.has(i)) {
        Integer before = first.putIfAbsent(word.get().name(), i);
        if (before != null) {
          Shapes.require(
              use.dtype(i) == use.dtype(before),
              "operands %s and %s have to be of one type, not of %s and %s",
              before,
              i,
              use.dtype(before),
              use.dtype(i));
        }
      }
    }
  }

  @Override
  public void checkQuantized(OpTypes use) {
    for (int i = 0; i < use.operandCount(); i++) {
      if (use.has(i) && isOfIntegers(i)) {
        words.get(i).require(i, use.dtype(i));
      }
    }
    checkNames(use);
  }

  /** Whether an operand has to be of integers, such as indices and sizes. */
  public boolean isOfIntegers(int operand) {
    return word(operand).filter(Word::isOfIntegers).isPresent();
  }

  private Optional<Word> word(int operand) {
    if (operand < words.size()) {
      return Optional.of(words.get(operand));
    }
    return repeated ? Optional.of(words.getLast()) : Optional.empty();
  }
}

package org.signet.schema.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.signet.schema.catalog.OpUse.Operand;

/**
 * Which version of a builtin op a use of it needs.
 *
 * <p>A rule is text, {@code 3 i0=INT16 & o0=INT16; 2 i0=INT8; 1}: clauses, each a version and the
 * conditions under which it is the one. The first clause whose conditions all hold wins; the last
 * has none. The conditions:
 *
 * <ul>
 *   <li>{@code i0=INT8/UINT8}, {@code o1=INT16}: the type of an input or output is one of these
 *   <li>{@code i0.quantized}, {@code i1.per_channel}, {@code i1.sparse}, {@code i3.present}
 *   <li>{@code i0.rank>4}, {@code i0.rank!=4}, {@code i0.rank=5}; an operand that is absent has
 *       rank 0
 *   <li>{@code inputs=2}: how many inputs are listed; {@code rank>4}: the highest rank of an input
 *   <li>{@code broadcast}: the shapes of the first two inputs differ
 *   <li>{@code grouped}: the filter (input 1) has fewer channels than input 0
 *   <li>{@code rescale>=1}: the scales of both inputs, divided by the output's
 *   <li>anything else is an option: {@code keep_num_dims}, {@code batch_dims!=0}, {@code
 *       kernel_type=FULL}
 *   <li>{@code !} before a condition: it does not hold
 * </ul>
 *
 * <p>Conditions are interpreted rather than compiled to lambdas, whose linking would cost a short
 * process more than all the rules it asks.
 */
public final class VersionRule {
  private final String text;
  private final List<Clause> clauses;

  private VersionRule(String text, List<Clause> clauses) {
    this.text = text;
    this.clauses = List.copyOf(clauses);
  }

  /**
   * Parses a rule.
   *
   * @throws IllegalArgumentException if the text is no rule
   */
  public static VersionRule parse(String text) {
    List<Clause> clauses = new ArrayList<>();
    for (String clause : Lines.split(text, ';')) {
      String stripped = clause.strip();
      List<Condition> conditions = new ArrayList<>();
      String rest = Lines.after(stripped, ' ');
      if (!rest.isEmpty()) {
        for (String condition : Lines.split(rest, '&')) {
          conditions.add(Condition.parse(condition.strip()));
        }
      }
      clauses.add(new Clause(Integer.parseInt(Lines.before(stripped, ' ')), conditions));
    }
    if (!clauses.getLast().conditions().isEmpty()) {
      throw new IllegalArgumentException("the last clause has conditions: " + text);
    }
    return new VersionRule(text, clauses);
  }

  /**
   * The version for a use.
   *
   * @param defaults the options' defaults, for those the use does not have
   */
  public int version(OpUse use, Map<String, Object> defaults) {
    for (Clause clause : clauses) {
      if (clause.holds(use, defaults)) {
        return clause.version();
      }
    }
    throw new IllegalStateException("a rule's last clause always holds: " + text);
  }

  /** Every version that the rule can give, in the order of its clauses. */
  public List<Integer> versions() {
    List<Integer> versions = new ArrayList<>();
    for (Clause clause : clauses) {
      if (!versions.contains(clause.version())) {
        versions.add(clause.version());
      }
    }
    return versions;
  }

  /** The rule's text. */
  @Override
  public String toString() {
    return text;
  }

  private record Clause(int version, List<Condition> conditions) {
    Clause {
      conditions = List.copyOf(conditions);
    }

    boolean holds(OpUse use, Map<String, Object> defaults) {
      for (Condition condition : conditions) {
        if (condition.holds(use, defaults) == condition.negated()) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * {@code subject operator value}, the latter two empty for a flag.
   *
   * @param types the value's parts, if it is of types
   * @param number the value, if it is a number
   */
  private record Condition(
      boolean negated,
      String subject,
      String operator,
      String value,
      List<String> types,
      float number) {
    private static final String OPERATORS = "!=>";
    private static final List<String> PROPERTIES =
        List.of("quantized", "per_channel", "sparse", "present", "rank");

    static Condition parse(String text) {
      boolean negated = text.startsWith("!");
      int start = negated ? 1 : 0;
      int operator = start;
      while (operator < text.length() && OPERATORS.indexOf(text.charAt(operator)) < 0) {
        operator++;
      }
      int value = operator;
      while (value < text.length() && OPERATORS.indexOf(text.charAt(value)) >= 0) {
        value++;
      }
      String bound = text.substring(value);
      boolean isNumber = !bound.isEmpty() && Character.isDigit(bound.charAt(0));
      Condition condition =
          new Condition(
              negated,
              text.substring(start, operator),
              text.substring(operator, value),
              bound,
              Lines.split(bound, '/'),
              isNumber ? Float.parseFloat(bound) : Float.NaN);
      condition.check();
      return condition;
    }

    private void check() {
      if (isOfType() && !operator.equals("=")) {
        throw new IllegalArgumentException("types are compared with = only: " + subject + operator);
      }
      if (isOperand() && !isOfType() && !PROPERTIES.contains(subject.substring(3))) {
        throw new IllegalArgumentException("operands have no such property: " + subject);
      }
    }

    private boolean isOperand() {
      return subject.length() >= 2
          && (subject.charAt(0) == 'i' || subject.charAt(0) == 'o')
          && Character.isDigit(subject.charAt(1))
          && (subject.length() == 2 || subject.charAt(2) == '.');
    }

    private boolean isOfType() {
      return isOperand() && subject.length() == 2;
    }

    /** Whether it holds before negation. */
    boolean holds(OpUse use, Map<String, Object> defaults) {
      if (isOperand()) {
        return holdsForOperand(use);
      }
      return switch (subject) {
        case "inputs" -> compare(use.inputs().size());
        case "rank" -> compare(highestRank(use));
        case "rescale" -> compare(rescale(use));
        case "broadcast" -> broadcasts(use);
        case "grouped" -> grouped(use);
        default -> holdsForOption(use.options().getOrDefault(subject, defaults.get(subject)));
      };
    }

    private boolean holdsForOperand(OpUse use) {
      int index = subject.charAt(1) - '0';
      Optional<Operand> found = subject.charAt(0) == 'i' ? use.input(index) : use.output(index);
      if (!isOfType() && subject.endsWith(".rank")) {
        return compare(rank(found));
      }
      if (found.isEmpty()) {
        return false;
      }
      Operand operand = found.get();
      if (isOfType()) {
        return types.contains(operand.type());
      }
      return switch (subject.substring(3)) {
        case "quantized" -> operand.quantized();
        case "per_channel" -> operand.perChannel();
        case "sparse" -> operand.sparse();
        default -> true;
      };
    }

    private boolean holdsForOption(@Nullable Object option) {
      if (option == null) {
        throw new IllegalArgumentException("the op has no option " + subject);
      }
      return switch (operator) {
        case "" -> option.equals(true);
        case "=" -> option.toString().equals(value);
        case "!=" -> !option.toString().equals(value);
        default -> throw new IllegalArgumentException("options have no " + operator);
      };
    }

    private boolean compare(float actual) {
      return switch (operator) {
        case "=" -> actual == number;
        case "!=" -> actual != number;
        case ">" -> actual > number;
        case ">=" -> actual >= number;
        default -> throw new IllegalArgumentException("no such comparison: " + operator);
      };
    }
  }

  private static List<Integer> shape(Optional<Operand> operand) {
    return operand.isPresent() ? operand.get().shape() : List.of();
  }

  private static int rank(Optional<Operand> operand) {
    return shape(operand).size();
  }

  private static int highestRank(OpUse use) {
    int highest = 0;
    for (Optional<Operand> input : use.inputs()) {
      highest = Math.max(highest, rank(input));
    }
    return highest;
  }

  private static boolean broadcasts(OpUse use) {
    return use.inputs().size() >= 2 && !shape(use.input(0)).equals(shape(use.input(1)));
  }

  private static boolean grouped(OpUse use) {
    int channels = lastDimension(use.input(0));
    int filterChannels = lastDimension(use.input(1));
    return channels > 0 && filterChannels > 0 && channels != filterChannels;
  }

  private static int lastDimension(Optional<Operand> operand) {
    List<Integer> shape = shape(operand);
    return shape.isEmpty() ? -1 : shape.getLast();
  }

  private static float rescale(OpUse use) {
    float left = firstScale(use.input(0));
    float right = firstScale(use.input(1));
    float output = firstScale(use.output(0));
    return output == 0 ? 0 : left * right / output;
  }

  private static float firstScale(Optional<Operand> operand) {
    return operand.isPresent() && operand.get().quantized() ? operand.get().scales().getFirst() : 0;
  }
}

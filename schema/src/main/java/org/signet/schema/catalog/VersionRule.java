package org.signet.schema.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
          conditions.add(parseCondition(condition.strip()));
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
    return clauses.stream().map(Clause::version).distinct().toList();
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
        if (!condition.holds(use, defaults)) {
          return false;
        }
      }
      return true;
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds(OpUse use, Map<String, Object> defaults);
  }

  private static Condition parseCondition(String text) {
    if (text.startsWith("!")) {
      Condition negated = parseCondition(text.substring(1));
      return (use, defaults) -> !negated.holds(use, defaults);
    }
    int at = 0;
    while (at < text.length() && "!=>".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String left = text.substring(0, at);
    int end = at;
    while (end < text.length() && "!=>".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    String operator = text.substring(at, end);
    String right = text.substring(end);
    if (isOperand(left)) {
      return operandCondition(left, operator, right);
    }
    return switch (left) {
      case "inputs" -> (use, defaults) -> compare(use.inputs().size(), operator, right);
      case "rank" -> (use, defaults) -> compare(highestRank(use), operator, right);
      case "rescale" -> (use, defaults) -> compare(rescale(use), operator, right);
      case "broadcast" -> (use, defaults) -> broadcasts(use);
      case "grouped" -> (use, defaults) -> grouped(use);
      default -> optionCondition(left, operator, right);
    };
  }

  private static boolean isOperand(String name) {
    return name.length() >= 2
        && (name.charAt(0) == 'i' || name.charAt(0) == 'o')
        && Character.isDigit(name.charAt(1))
        && (name.length() == 2 || name.charAt(2) == '.');
  }

  private static Condition operandCondition(String left, String operator, String right) {
    boolean input = left.charAt(0) == 'i';
    int index = left.charAt(1) - '0';
    if (left.length() == 2) {
      if (!operator.equals("=")) {
        throw new IllegalArgumentException("types are compared with = only: " + left + operator);
      }
      List<String> types = List.copyOf(Lines.split(right, '/'));
      return onOperand(input, index, operand -> types.contains(operand.type()));
    }
    return switch (left.substring(3)) {
      case "quantized" -> onOperand(input, index, Operand::quantized);
      case "per_channel" -> onOperand(input, index, Operand::perChannel);
      case "sparse" -> onOperand(input, index, Operand::sparse);
      case "present" -> onOperand(input, index, operand -> true);
      case "rank" -> (use, defaults) -> compare(rank(operand(use, input, index)), operator, right);
      default -> throw new IllegalArgumentException("no such property: " + left);
    };
  }

  private static Condition onOperand(boolean input, int index, Predicate<Operand> test) {
    return (use, defaults) -> operand(use, input, index).filter(test).isPresent();
  }

  private static Condition optionCondition(String name, String operator, String right) {
    return (use, defaults) -> {
      Object value = use.options().getOrDefault(name, defaults.get(name));
      if (value == null) {
        throw new IllegalArgumentException("the op has no option " + name);
      }
      return switch (operator) {
        case "" -> value.equals(true);
        case "=" -> value.toString().equals(right);
        case "!=" -> !value.toString().equals(right);
        default -> throw new IllegalArgumentException("options have no " + operator);
      };
    };
  }

  private static boolean compare(float value, String operator, String right) {
    float bound = Float.parseFloat(right);
    return switch (operator) {
      case "=" -> value == bound;
      case "!=" -> value != bound;
      case ">" -> value > bound;
      case ">=" -> value >= bound;
      default -> throw new IllegalArgumentException("no such comparison: " + operator);
    };
  }

  private static Optional<Operand> operand(OpUse use, boolean input, int index) {
    return input ? use.input(index) : use.output(index);
  }

  private static int rank(Optional<Operand> operand) {
    return operand.map(present -> present.shape().size()).orElse(0);
  }

  private static int highestRank(OpUse use) {
    return use.inputs().stream().mapToInt(VersionRule::rank).max().orElse(0);
  }

  private static boolean broadcasts(OpUse use) {
    return use.inputs().size() >= 2
        && !use.input(0).map(Operand::shape).equals(use.input(1).map(Operand::shape));
  }

  private static boolean grouped(OpUse use) {
    int channels = lastDimension(use.input(0));
    int filterChannels = lastDimension(use.input(1));
    return channels > 0 && filterChannels > 0 && channels != filterChannels;
  }

  private static int lastDimension(Optional<Operand> operand) {
    List<Integer> shape = operand.map(Operand::shape).orElse(List.of());
    return shape.isEmpty() ? -1 : shape.getLast();
  }

  private static float rescale(OpUse use) {
    float left = firstScale(use.input(0));
    float right = firstScale(use.input(1));
    float output = firstScale(use.output(0));
    return output == 0 ? 0 : left * right / output;
  }

  private static float firstScale(Optional<Operand> operand) {
    List<Float> scales = operand.map(Operand::scales).orElse(List.of());
    return scales.isEmpty() ? 0 : scales.getFirst();
  }
}

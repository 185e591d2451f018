package org.signet.cli.expr;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * Reads {@code NAME=EXPRESSION; NAME=EXPRESSION}, with Python's precedence. A name is all that
 * stands before the first equals sign, so that it may be a tensor's.
 */
final class Parser {
  private static final int DEEPEST = 100;

  private final ExpressionText source;
  private final Lexer lexer;
  private Token token = new Token(Token.Kind.END, "", 0);
  private int depth;

  Parser(ExpressionText source) {
    this.source = source;
    this.lexer = new Lexer(source);
  }

  /**
   * The expressions by name.
   *
   * @throws org.signet.diag.SignetException BAD_VALUE
   */
  SequencedMap<String, Syntax> assignments() {
    SequencedMap<String, Syntax> assignments = new LinkedHashMap<>();
    int start = 0;
    while (!source.text().substring(start).isBlank() || assignments.isEmpty()) {
      int equals = source.text().indexOf('=', start);
      if (equals < 0) {
        throw source.mistake(start, "this is not NAME=EXPRESSION", "x=np.ones((2,3));y=[1,2]");
      }
      String name = source.text().substring(start, equals).strip();
      lexer.goTo(equals + 1);
      advance();
      Syntax value = tupleOrOne();
      if (name.isEmpty() || assignments.put(name, value) != null) {
        throw source.mistake(
            start, name.isEmpty() ? "a name is missing" : "'" + name + "' is given twice");
      }
      if (!token.is(";") && token.kind() != Token.Kind.END) {
        throw source.mistake(token.at(), "the expression should have ended here");
      }
      start = Math.min(token.at() + 1, source.text().length());
    }
    return assignments;
  }

  private void advance() {
    token = lexer.next();
  }

  private boolean take(String symbol) {
    boolean found = token.is(symbol);
    if (found) {
      advance();
    }
    return found;
  }

  private void expect(String symbol) {
    if (!take(symbol)) {
      throw source.mistake(token.at(), "'" + symbol + "' is missing");
    }
  }

  /** Without brackets, too, {@code 1, 2} is a tuple. */
  private Syntax tupleOrOne() {
    int at = token.at();
    Syntax first = sum();
    if (!token.is(",")) {
      return first;
    }
    List<Syntax> items = new ArrayList<>(List.of(first));
    while (take(",") && !token.is(";") && token.kind() != Token.Kind.END) {
      items.add(sum());
    }
    return new Syntax.Sequence(items, at);
  }

  private Syntax sum() {
    if (++depth > DEEPEST) {
      throw source.mistake(
          token.at(), "this is nested too deeply", "give a file: --input NAME=@x.npy");
    }
    Syntax left = product();
    while (token.is("+") || token.is("-")) {
      Token operator = token;
      advance();
      left = new Syntax.Operation(operator.text().charAt(0), left, product(), operator.at());
    }
    depth--;
    return left;
  }

  private Syntax product() {
    Syntax left = signed();
    while (token.is("*") || token.is("/")) {
      Token operator = token;
      advance();
      left = new Syntax.Operation(operator.text().charAt(0), left, signed(), operator.at());
    }
    return left;
  }

  private Syntax signed() {
    if (!token.is("-") && !token.is("+")) {
      return members();
    }
    if (++depth > DEEPEST) {
      throw source.mistake(token.at(), "these are too many signs", "one is enough");
    }
    Token sign = token;
    advance();
    Syntax operand = signed();
    depth--;
    return new Syntax.Sign(sign.is("-"), operand, sign.at());
  }

  /** An atom with what follows it: {@code .name} and {@code (...)}. */
  private Syntax members() {
    Syntax value = atom();
    while (true) {
      int at = token.at();
      if (take(".")) {
        if (token.kind() != Token.Kind.NAME) {
          throw source.mistake(token.at(), "a name is missing");
        }
        value = new Syntax.Member(value, token.text(), token.at());
        advance();
      } else if (take("(")) {
        value = new Syntax.Call(value, arguments(), value.at());
      } else if (token.is("[")) {
        throw source.mistake(at, "indices are not allowed");
      } else {
        return value;
      }
    }
  }

  private List<Syntax.Argument> arguments() {
    List<Syntax.Argument> arguments = new ArrayList<>();
    while (!token.is(")")) {
      int at = token.at();
      Syntax value = sum();
      String keyword = "";
      if (value instanceof Syntax.Name(var name, var nameAt) && take("=")) {
        keyword = name;
        value = sum();
      }
      arguments.add(new Syntax.Argument(keyword, value, at));
      if (!take(",")) {
        break;
      }
    }
    expect(")");
    return arguments;
  }

  private Syntax atom() {
    Token first = token;
    return switch (first.kind()) {
      case NUMBER -> {
        advance();
        yield new Syntax.Literal(number(first), first.at());
      }
      case STRING -> new Syntax.Literal(new Value.Text(strings()), first.at());
      case NAME -> {
        advance();
        boolean isTrue = first.is("True");
        yield isTrue || first.is("False")
            ? new Syntax.Literal(new Value.Bool(isTrue), first.at())
            : new Syntax.Name(first.text(), first.at());
      }
      default -> {
        if (take("[")) {
          yield new Syntax.Sequence(items("]", new ArrayList<>()), first.at());
        }
        if (take("(")) {
          yield bracketed(first.at());
        }
        throw source.unknown(first.at(), "a value is missing");
      }
    };
  }

  /** Strings that follow each other are one. */
  private String strings() {
    StringBuilder text = new StringBuilder();
    while (token.kind() == Token.Kind.STRING) {
      text.append(token.text());
      advance();
    }
    return text.toString();
  }

  /** What follows an opening bracket: a tuple, or an expression. */
  private Syntax bracketed(int at) {
    if (take(")")) {
      return new Syntax.Sequence(List.of(), at);
    }
    Syntax first = sum();
    if (take(")")) {
      return first;
    }
    expect(",");
    return new Syntax.Sequence(items(")", new ArrayList<>(List.of(first))), at);
  }

  private List<Syntax> items(String end, List<Syntax> items) {
    while (!token.is(end)) {
      items.add(sum());
      if (!take(",")) {
        break;
      }
    }
    expect(end);
    return items;
  }

  private Value number(Token number) {
    String text = number.text().replace("_", "").toLowerCase(Locale.ROOT);
    try {
      if (text.startsWith("0x")) {
        return new Value.Int(new BigInteger(text.substring(2), 16));
      }
      if (text.startsWith("0o")) {
        return new Value.Int(new BigInteger(text.substring(2), 8));
      }
      if (text.startsWith("0b")) {
        return new Value.Int(new BigInteger(text.substring(2), 2));
      }
      boolean whole = text.chars().allMatch(Character::isDigit);
      if (whole && text.startsWith("0") && !text.matches("0+")) {
        throw source.mistake(number.at(), "a number must not start with 0", "octal numbers: 0o17");
      }
      return whole ? new Value.Int(new BigInteger(text)) : new Value.Real(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw source.mistake(number.at(), "this is no number");
    }
  }
}

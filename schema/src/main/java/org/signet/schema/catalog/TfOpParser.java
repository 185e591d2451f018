package org.signet.schema.catalog;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.signet.schema.catalog.AttrValue.BoolValue;
import org.signet.schema.catalog.AttrValue.FloatValue;
import org.signet.schema.catalog.AttrValue.IntValue;
import org.signet.schema.catalog.AttrValue.ListValue;
import org.signet.schema.catalog.AttrValue.ShapeValue;
import org.signet.schema.catalog.AttrValue.StringValue;
import org.signet.schema.catalog.AttrValue.TensorValue;
import org.signet.schema.catalog.AttrValue.TypeValue;
import org.signet.schema.catalog.TfOpDef.ArgDef;
import org.signet.schema.catalog.TfOpDef.AttrDef;
import org.signet.schema.catalog.TfOpDef.Trait;

/** Parses a line of {@code tf_ops.tsv}; {@code schema/make/tf_op_definitions.py} has its syntax. */
final class TfOpParser {
  private TfOpParser() {}

  static TfOpDef parse(String line) {
    List<String> cells = Lines.split(line, '\t');
    List<AttrDef> attrs = new ArrayList<>();
    for (String cell : cells.subList(4, cells.size())) {
      attrs.add(attr(cell));
    }
    return new TfOpDef(
        cells.get(0), args(cells.get(2)), args(cells.get(3)), attrs, traits(cells.get(1)));
  }

  private static Set<Trait> traits(String flags) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    for (int i = 0; i < flags.length(); i++) {
      switch (flags.charAt(i)) {
        case 's' -> traits.add(Trait.STATEFUL);
        case 'c' -> traits.add(Trait.COMMUTATIVE);
        case 'a' -> traits.add(Trait.AGGREGATE);
        case 'u' -> traits.add(Trait.ALLOWS_UNINITIALIZED_INPUT);
        case 'd' -> traits.add(Trait.DISTRIBUTED_COMMUNICATION);
        case 'F' -> traits.add(Trait.FLEX);
        case 't' -> traits.add(Trait.TF_TEXT);
        case 'p' -> traits.add(Trait.SENTENCEPIECE);
        case '-' -> {}
        default -> throw new IllegalStateException("unknown flag in " + flags);
      }
    }
    return traits;
  }

  private static List<ArgDef> args(String cell) {
    List<ArgDef> args = new ArrayList<>();
    if (!cell.equals("-")) {
      for (String word : Lines.split(cell, ' ')) {
        args.add(arg(word));
      }
    }
    return args;
  }

  private static ArgDef arg(String word) {
    String type = Lines.after(word, ':');
    boolean ref = type.startsWith("&");
    if (ref) {
      type = type.substring(1);
    }
    Optional<String> number = Optional.empty();
    if (type.indexOf('*') >= 0) {
      number = Optional.of(Lines.before(type, '*'));
      type = Lines.after(type, '*');
    }
    Optional<String> none = Optional.empty();
    Optional<String> fixed = none;
    Optional<String> typeAttr = none;
    Optional<String> typeListAttr = none;
    switch (type.charAt(0)) {
      case '$' -> typeAttr = Optional.of(type.substring(1));
      case '[' -> typeListAttr = Optional.of(type.substring(1, type.length() - 1));
      default -> fixed = Optional.of(type);
    }
    return new ArgDef(Lines.before(word, ':'), fixed, typeAttr, number, typeListAttr, ref);
  }

  private static AttrDef attr(String cell) {
    List<String> parts = Lines.split(cell, '|');
    String kind = Lines.after(parts.getFirst(), ':');
    Optional<AttrValue> defaultValue = Optional.empty();
    List<AttrValue> allowed = List.of();
    OptionalLong minimum = OptionalLong.empty();
    for (String part : parts.subList(1, parts.size())) {
      String text = part.substring(1);
      switch (part.charAt(0)) {
        case '=' -> defaultValue = Optional.of(value(kind, text));
        case '{' -> allowed = elements(elementKind(kind), text);
        case '>' -> minimum = OptionalLong.of(Long.parseLong(text));
        default -> throw new IllegalStateException("unknown part of attribute " + cell);
      }
    }
    return new AttrDef(Lines.before(cell, ':'), kind, defaultValue, allowed, minimum);
  }

  private static String elementKind(String kind) {
    return kind.startsWith("list(") ? kind.substring(5, kind.length() - 1) : kind;
  }

  private static AttrValue value(String kind, String text) {
    return switch (kind) {
      case "type" -> new TypeValue(text);
      case "int" -> new IntValue(Long.parseLong(text));
      case "float" -> new FloatValue(Float.parseFloat(text));
      case "bool" -> new BoolValue(text.equals("true"));
      case "string" -> new StringValue(unescape(text));
      case "shape" ->
          new ShapeValue(text.equals("?") ? Optional.empty() : Optional.of(longs(inner(text))));
      case "tensor" -> tensor(text);
      default -> new ListValue(elements(elementKind(kind), inner(text)));
    };
  }

  private static TensorValue tensor(String text) {
    int end = text.indexOf(']');
    String rest = text.substring(end + 1);
    return new TensorValue(
        Lines.before(rest, '='), longs(text.substring(1, end)), longs(Lines.after(rest, '=')));
  }

  private static String inner(String text) {
    return text.substring(1, text.length() - 1);
  }

  private static List<Long> longs(String text) {
    List<Long> values = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String number : Lines.split(text, ',')) {
        values.add(Long.valueOf(number));
      }
    }
    return List.copyOf(values);
  }

  /** The values between the commas that are in no brackets. */
  private static List<AttrValue> elements(String kind, String text) {
    List<AttrValue> values = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '[' -> depth++;
        case ']' -> depth--;
        case ',' -> {
          if (depth == 0) {
            values.add(value(kind, text.substring(start, i)));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    if (!text.isEmpty()) {
      values.add(value(kind, text.substring(start)));
    }
    return values;
  }

  private static String unescape(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}

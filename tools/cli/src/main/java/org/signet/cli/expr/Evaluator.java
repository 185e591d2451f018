package org.signet.cli.expr;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** What an expression means. */
final class Evaluator {
  private static final Set<String> NUMPY = Set.of("np", "numpy");

  private final ExpressionText source;
  private final NumpyFunctions numpy;

  Evaluator(ExpressionText source, NumpyFunctions numpy) {
    this.source = source;
    this.numpy = numpy;
  }

  /**
   * @throws org.signet.diag.SignetException BAD_VALUE
   */
  Value evaluate(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Literal(var value, var at) -> value;
      case Syntax.Sequence(var items, var at) ->
          new Value.Items(items.stream().map(this::evaluate).toList());
      case Syntax.Sign(var negative, var operand, var at) -> {
        Value value = evaluate(operand);
        yield guard(at, () -> sign(negative, value));
      }
      case Syntax.Operation(var operator, var left, var right, var at) -> {
        Value a = evaluate(left);
        Value b = evaluate(right);
        yield guard(at, () -> Arithmetic.apply(operator, a, b));
      }
      case Syntax.Name(var name, var at) -> builtinType(name, at);
      case Syntax.Member member -> constant(member);
      case Syntax.Call call -> call(call);
    };
  }

  /** What the helpers say is wrong is told of a place in the text. */
  private <T> T guard(int at, Supplier<T> computation) {
    try {
      return computation.get();
    } catch (IllegalArgumentException e) {
      throw source.mistake(at, String.valueOf(e.getMessage()));
    }
  }

  private static Value sign(boolean negative, Value value) {
    if (!negative) {
      return Arithmetic.apply('+', new Value.Int(BigInteger.ZERO), value);
    }
    // Not 0 - x, which is not -0.0 for 0.0.
    return switch (value) {
      case Value.Int(var number) -> new Value.Int(number.negate());
      case Value.Real(var number) -> new Value.Real(-number);
      case Value.Bool(var flag) -> new Value.Int(BigInteger.valueOf(flag ? -1 : 0));
      default -> Arithmetic.apply('*', value, new Value.Int(BigInteger.ONE.negate()));
    };
  }

  private Value builtinType(String name, int at) {
    return switch (name) {
      case "float" -> new Value.Type(DType.FLOAT64);
      case "int" -> new Value.Type(DType.INT64);
      case "bool" -> new Value.Type(DType.BOOL);
      case "str", "bytes", "object" -> new Value.Type(DType.STRING);
      default -> throw source.unknown(at, "'" + name + "' is not known");
    };
  }

  /** {@code np.float32}, {@code np.pi}. */
  private Value constant(Syntax.Member member) {
    String name =
        numpyName(member)
            .orElseThrow(() -> source.unknown(member.at(), "'" + member.name() + "' is not known"));
    return numpy
        .constant(name)
        .orElseThrow(() ->
            NumpyFunctions.names().contains(name)
                ? source.mistake(member.at(), "np." + name + " is a function: np." + name + "(...)")
                : source.unknown(member.at(), "there is no np." + name + " here"));
  }

  /** The name behind {@code np.}: {@code random.rand} of {@code np.random.rand}. */
  private static Optional<String> numpyName(Syntax syntax) {
    if (!(syntax instanceof Syntax.Member(var target, var name, var at))) {
      return Optional.empty();
    }
    if (target instanceof Syntax.Name(var owner, var ownerAt) && NUMPY.contains(owner)) {
      return Optional.of(name);
    }
    return numpyName(target).map(owner -> owner + "." + name);
  }

  private Value call(Syntax.Call call) {
    List<Value> positional = new ArrayList<>();
    Map<String, Value> named = new LinkedHashMap<>();
    for (Syntax.Argument argument : call.arguments()) {
      Value value = evaluate(argument.value());
      if (argument.keyword().isEmpty()) {
        positional.add(value);
      } else if (named.put(argument.keyword(), value) != null) {
        throw source.mistake(argument.at(), "'" + argument.keyword() + "' is given twice");
      }
    }
    Syntax function = call.function();
    Optional<String> name = numpyName(function);
    if (name.isPresent()) {
      return guard(
          call.at(),
          () ->
              numpy
                  .call(name.get(), positional, named)
                  .orElseThrow(() ->
                      source.unknown(function.at(), "there is no np." + name.get() + " here")));
    }
    if (function instanceof Syntax.Member(var target, var method, var at)) {
      Value value = evaluate(target);
      return guard(at, () -> method(value, method, positional, named));
    }
    throw source.mistake(call.at(), "this can't be called");
  }

  private static Value method(
      Value value, String method, List<Value> positional, Map<String, Value> named) {
    if (!(value instanceof Value.Array(var tensor))) {
      throw new IllegalArgumentException(
          value.kind() + " has no ." + method + ": use np.array(...)");
    }
    ArgumentList arguments = new ArgumentList("." + method, positional, named);
    return new Value.Array(
        switch (method) {
          case "astype" ->
              Casts.cast(
                  tensor,
                  arguments
                      .dtype("dtype", 0)
                      .orElseThrow(() ->
                          new IllegalArgumentException(
                              ".astype needs a type, such as np.float32")));
          case "reshape" -> reshape(tensor, arguments, positional);
          default -> throw new IllegalArgumentException("there is no ." + method + " here");
        });
  }

  private static Tensor reshape(Tensor tensor, ArgumentList arguments, List<Value> positional) {
    Value sizes = positional.size() == 1 ? positional.getFirst() : new Value.Items(positional);
    arguments.takes(positional.size());
    int[] shape = Arrays.shape(sizes, Optional.of(tensor.size()));
    try {
      return tensor.reshaped(shape);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          tensor.type()
              + " has another number of elements than "
              + java.util.Arrays.toString(shape),
          e);
    }
  }
}

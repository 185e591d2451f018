package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * If, Case, While and For become IF and WHILE, whose branches, conditions and bodies are graphs of
 * their own. Constants and variables that a branch captures go into it; everything else is an
 * input.
 */
final class FunctionalControl {
  /** Shapes of loop variables settle within a few rounds: each only turns sizes unknown. */
  private static final int MOST_ROUNDS = 20;

  private final NodeImporter importer;
  private final GraphBuilder builder;

  FunctionalControl(NodeImporter importer, GraphBuilder builder) {
    this.importer = importer;
    this.builder = builder;
  }

  /**
   * @param depth how many functions deep the node stands
   * @return the results; empty if {@code op} is none of these
   */
  Optional<List<Value>> importControl(
      String op,
      Attributes attributes,
      List<Value> operands,
      String name,
      Origin origin,
      int depth) {
    Call call = new Call(name, origin, depth);
    return switch (op) {
      case "If", "StatelessIf" -> {
        Value condition = truth(operands.getFirst(), call);
        List<Value> inputs = operands.subList(1, operands.size());
        String whenTrue = attributes.getFunction("then_branch").name();
        String whenFalse = attributes.getFunction("else_branch").name();
        yield Optional.of(choose(condition, whenTrue, whenFalse, inputs, call));
      }
      case "Case", "StatelessCase" -> {
        List<String> branches =
            attributes.getList("branches", Attributes.FunctionRef.class).stream()
                .map(Attributes.FunctionRef::name)
                .toList();
        yield Optional.of(
            select(operands.getFirst(), branches, 0, operands.subList(1, operands.size()), call));
      }
      case "While", "StatelessWhile" -> {
        String test = attributes.getFunction("cond").name();
        String body = attributes.getFunction("body").name();
        FunctionLibrary library = importer.functions();
        yield Optional.of(
            loop(new LoopFunctions.Called(library, test, body, origin, depth), operands, call));
      }
      case "For" -> {
        String body = attributes.getFunction("body").name();
        CountedLoop counted = new CountedLoop(importer.functions(), body, name, origin, depth);
        List<Value> variables = loop(counted, operands, call);
        yield Optional.of(variables.subList(CountedLoop.BOUNDS, variables.size()));
      }
      default -> Optional.empty();
    };
  }

  /** Where a node stands. */
  private record Call(String name, Origin origin, int depth) {}

  /** A graph and its results, resources among them. */
  private record Body(GraphBuilder builder, List<Value> results) {
    Graph graph() {
      return builder.build(results.stream().filter(v -> !(v instanceof Value.Resource)).toList());
    }
  }

  /** TensorFlow takes any number for a condition. */
  private Value truth(Value value, Call call) {
    DType dtype = value.type().dtype();
    if (dtype == DType.BOOL) {
      return value;
    }
    if (dtype == DType.STRING) {
      throw refused("a condition on a string", call);
    }
    Value zero = builder.constant(call.name() + "/zero", Tensor.zeros(dtype));
    Attributes attributes = Attributes.of("T", dtype, "incompatible_shape_error", true);
    return builder.addOne(
        OpKey.tf("NotEqual"), attributes, List.of(value, zero), call.name(), call.origin());
  }

  private List<Value> choose(
      Value condition, String whenTrue, String whenFalse, List<Value> inputs, Call call) {
    Optional<Tensor> known = builder.constantValue(condition);
    if (known.isPresent()) {
      String branch = known.get().getBoolean(0) ? whenTrue : whenFalse;
      return importer.call(branch, inputs, call.origin(), call.depth());
    }
    Body first =
        branch(
            inputs,
            (nested, arguments) -> nested.call(whenTrue, arguments, call.origin(), call.depth()));
    Body second =
        branch(
            inputs,
            (nested, arguments) -> nested.call(whenFalse, arguments, call.origin(), call.depth()));
    return branchOn(condition, inputs, first, second, call);
  }

  /** What one of two graphs gives, each of {@code inputs}. */
  List<Value> choose(
      Value condition,
      List<Value> inputs,
      Filler whenTrue,
      Filler whenFalse,
      String name,
      Origin origin,
      int depth) {
    Optional<Tensor> known = builder.constantValue(condition);
    if (known.isPresent()) {
      return (known.get().getBoolean(0) ? whenTrue : whenFalse).fill(importer, inputs);
    }
    Call call = new Call(name, origin, depth);
    return branchOn(condition, inputs, branch(inputs, whenTrue), branch(inputs, whenFalse), call);
  }

  /** What the variables of a loop are at its end. */
  List<Value> loop(
      LoopFunctions functions, List<Value> operands, String name, Origin origin, int depth) {
    return loop(functions, operands, new Call(name, origin, depth));
  }

  private List<Value> branchOn(
      Value condition, List<Value> inputs, Body first, Body second, Call call) {
    List<Value> operands = new ArrayList<>(List.of(condition));
    inputs.stream().filter(FunctionalControl::isOperand).forEach(operands::add);
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < first.results().size(); i++) {
      Value result = first.results().get(i);
      if (!(result instanceof Value.Resource)) {
        types.add(common(result.type(), second.results().get(i).type(), call));
      }
    }
    List<Value> results =
        builder.addWithBodies(
            OpKey.builtin("IF"),
            operands,
            types,
            List.of(first.graph(), second.graph()),
            call.name(),
            call.origin());
    return withResources(first.results(), results);
  }

  /** Fills the graph of a branch, of a condition or of a body. */
  @FunctionalInterface
  interface Filler {
    List<Value> fill(NodeImporter nested, List<Value> arguments);
  }

  private Body branch(List<Value> inputs, Filler filler) {
    GraphBuilder inner = builder.fresh();
    List<Value> arguments = new ArrayList<>();
    for (Value input : inputs) {
      arguments.add(isOperand(input) ? inner.input(input.name(), input.type()) : input);
    }
    NodeImporter nested = importer.nested(inner);
    return new Body(
        inner, nested.variables().dereference(filler.fill(nested, arguments), Origin.NONE));
  }

  private static boolean isOperand(Value value) {
    return !(value instanceof Value.Constant) && !(value instanceof Value.Resource);
  }

  /**
   * Branch {@code at} if the index says so, else one of those behind it; the last is for all else.
   */
  private List<Value> select(
      Value index, List<String> branches, int at, List<Value> inputs, Call call) {
    if (at == branches.size() - 1) {
      return importer.call(branches.get(at), inputs, call.origin(), call.depth());
    }
    Value number = builder.constant(call.name() + "/branch", Tensor.scalar(at));
    Attributes attributes = Attributes.of("T", DType.INT32, "incompatible_shape_error", true);
    Value condition =
        builder.addOne(
            OpKey.tf("Equal"), attributes, List.of(index, number), call.name(), call.origin());
    List<Value> captured = new ArrayList<>(List.of(index));
    captured.addAll(inputs);
    Body first =
        branch(
            captured,
            (nested, arguments) ->
                nested.call(branches.get(at), tail(arguments), call.origin(), call.depth()));
    Body rest =
        branch(
            captured,
            (nested, arguments) ->
                nested
                    .control()
                    .select(arguments.getFirst(), branches, at + 1, tail(arguments), call));
    return branchOn(condition, captured, first, rest, call);
  }

  private static List<Value> tail(List<Value> values) {
    return values.subList(1, values.size());
  }

  private List<Value> loop(LoopFunctions functions, List<Value> operands, Call call) {
    Set<Integer> captured = captured(functions, operands);
    List<Value> variables = without(operands, captured);
    List<TensorType> types = new ArrayList<>(variables.stream().map(Value::type).toList());
    Body step = iteration(functions::turn, operands, captured, types);
    for (int round = 0; generalize(types, step, operands, captured, call); round++) {
      if (round == MOST_ROUNDS) {
        throw refused("a loop whose shapes never settle", call);
      }
      step = iteration(functions::turn, operands, captured, types);
    }
    Body test = iteration(functions::test, operands, captured, types);
    Body next = new Body(step.builder(), without(step.results(), captured));
    List<Value> results =
        builder.addWithBodies(
            OpKey.builtin("WHILE"),
            variables,
            types,
            List.of(test.graph(), next.graph()),
            call.name(),
            call.origin());
    List<Value> all = new ArrayList<>();
    int position = 0;
    for (int i = 0; i < operands.size(); i++) {
      all.add(captured.contains(i) ? operands.get(i) : results.get(position++));
    }
    return all;
  }

  /**
   * The operands that are no loop variables but go into the body as they are: variables of the
   * model, and constants that the body hands on unchanged.
   */
  private static Set<Integer> captured(LoopFunctions functions, List<Value> operands) {
    Set<Integer> captured = new HashSet<>();
    for (int i = 0; i < operands.size(); i++) {
      boolean kept = operands.get(i) instanceof Value.Constant && functions.keeps(i);
      if (kept || operands.get(i) instanceof Value.Resource) {
        captured.add(i);
      }
    }
    return captured;
  }

  private static List<Value> without(List<Value> values, Set<Integer> captured) {
    List<Value> rest = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (!captured.contains(i)) {
        rest.add(values.get(i));
      }
    }
    return rest;
  }

  private Body iteration(
      Filler filler, List<Value> operands, Set<Integer> captured, List<TensorType> types) {
    GraphBuilder inner = builder.fresh();
    List<Value> arguments = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < operands.size(); i++) {
      Value operand = operands.get(i);
      arguments.add(
          captured.contains(i) ? operand : inner.input(operand.name(), types.get(next++)));
    }
    NodeImporter nested = importer.nested(inner);
    List<Value> results = filler.fill(nested, arguments);
    return new Body(inner, nested.variables().dereferenceChanged(results, operands));
  }

  /** Makes {@code types} true of what the body gives, too; whether that changed any. */
  private static boolean generalize(
      List<TensorType> types, Body step, List<Value> operands, Set<Integer> captured, Call call) {
    boolean changed = false;
    int next = 0;
    for (int i = 0; i < operands.size(); i++) {
      if (captured.contains(i)) {
        if (step.results().get(i) != operands.get(i)) {
          throw refused("a loop that exchanges variables", call);
        }
        continue;
      }
      TensorType type = common(types.get(next), step.results().get(i).type(), call);
      changed |= !type.equals(types.set(next++, type));
    }
    return changed;
  }

  /** The results with the resources, which are no tensors, in their places. */
  private static List<Value> withResources(List<Value> pattern, List<Value> results) {
    List<Value> all = new ArrayList<>();
    int next = 0;
    for (Value value : pattern) {
      all.add(value instanceof Value.Resource ? value : results.get(next++));
    }
    return all;
  }

  private static TensorType common(TensorType a, TensorType b, Call call) {
    if (a.dtype() != b.dtype()) {
      throw refused("branches that give " + a.dtype() + " and " + b.dtype(), call);
    }
    return a.withShape(a.shape().common(b.shape()));
  }

  private static SignetException refused(String what, Call call) {
    return new SignetException(
        Diagnostic.error(Code.OP_NOT_CONVERTIBLE, what + " has no place in a model file")
            .at(call.origin()));
  }
}

package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.source.stablehlo.HloRegion;
import org.signet.source.stablehlo.HloValue;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** Loops and branches as WHILE and IF, whose regions become graphs. */
final class ControlOps {
  /** Shapes settle within a few rounds: each only turns sizes unknown. */
  private static final int MOST_ROUNDS = 20;

  private ControlOps() {}

  static void addTo(Map<String, HloImport> table) {
    table.put("while", ControlOps::loop);
    table.put("if", ControlOps::choose);
    table.put("case", call -> select(call, call.operand(0), call.op().regions(), call.emit()));
  }

  /** A region's graph, on inputs of its own. */
  private record Body(GraphBuilder builder, List<Value> results) {
    Graph graph() {
      return builder.build(results);
    }
  }

  /**
   * The values from outside that regions use: constants go into their graphs, others become inputs.
   */
  private record Captured(List<HloValue> fixed, List<HloValue> given, List<Value> values) {
    static Captured of(HloCall call, List<HloRegion> regions) {
      Set<HloValue> all = new LinkedHashSet<>();
      regions.forEach(region -> all.addAll(region.captured()));
      List<HloValue> fixed = new ArrayList<>();
      List<HloValue> given = new ArrayList<>();
      List<Value> values = new ArrayList<>();
      for (HloValue value : all) {
        if (call.frame().get(value).value() instanceof Value.Constant) {
          fixed.add(value);
        } else {
          given.add(value);
          values.add(call.frame().whole(value, call.emit()));
        }
      }
      return new Captured(fixed, given, values);
    }

    Frame frame(HloCall call, List<Value> inputs) {
      Frame frame = call.frame().nested();
      fixed.forEach(value -> frame.put(value, call.frame().get(value)));
      for (int i = 0; i < given.size(); i++) {
        frame.put(given.get(i), Spread.of(inputs.get(i)));
      }
      return frame;
    }
  }

  private static List<Value> inputs(GraphBuilder graph, List<Value> like, List<TensorType> types) {
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < like.size(); i++) {
      inputs.add(graph.input(like.get(i).name(), types.get(i)));
    }
    return inputs;
  }

  private static List<TensorType> types(List<Value> values) {
    return new ArrayList<>(values.stream().map(Value::type).toList());
  }

  private static List<Spread> inlined(HloCall call, HloRegion region) {
    Frame frame = call.frame().nested();
    region.captured().forEach(value -> frame.put(value, call.frame().get(value)));
    return RegionImporter.results(
        region, List.of(), frame, call.emit().builder(), call.emit().origin());
  }

  private static List<Spread> choose(HloCall call) {
    Optional<Tensor> known = call.known(0);
    if (known.isPresent()) {
      return inlined(call, call.region(known.get().getBoolean(0) ? 0 : 1));
    }
    Captured captured = Captured.of(call, call.op().regions());
    Body first = branch(call, call.region(0), captured);
    Body second = branch(call, call.region(1), captured);
    return spreads(branchOn(call.emit(), call.operand(0), captured.values(), first, second));
  }

  private static List<Spread> spreads(List<Value> values) {
    return values.stream().map(Spread::of).toList();
  }

  private static Body branch(HloCall call, HloRegion region, Captured captured) {
    GraphBuilder inner = call.emit().builder().fresh();
    List<Value> inputs = inputs(inner, captured.values(), types(captured.values()));
    Frame frame = captured.frame(call, inputs);
    return new Body(
        inner, RegionImporter.values(region, List.of(), frame, inner, call.emit().origin()));
  }

  private static List<Value> branchOn(
      TfEmitter emit, Value condition, List<Value> inputs, Body first, Body second) {
    List<Value> operands = new ArrayList<>(List.of(condition));
    operands.addAll(inputs);
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < first.results().size(); i++) {
      types.add(common(first.results().get(i).type(), second.results().get(i).type()));
    }
    List<Graph> graphs = List.of(first.graph(), second.graph());
    return emit.builder()
        .addWithBodies(OpKey.builtin("IF"), operands, types, graphs, emit.name(), emit.origin());
  }

  private static TensorType common(TensorType a, TensorType b) {
    return a.withShape(a.shape().common(b.shape()));
  }

  /** The first region if the index is 0, else one of those behind it; the last is for all else. */
  private static List<Spread> select(
      HloCall call, Value index, List<HloRegion> regions, TfEmitter emit) {
    Optional<Tensor> known = emit.builder().constantValue(index);
    if (known.isPresent()) {
      long at = known.get().getLong(0);
      boolean inside = at >= 0 && at < regions.size();
      return inlined(call, regions.get(inside ? (int) at : regions.size() - 1));
    }
    if (regions.size() == 1) {
      return inlined(call, regions.getFirst());
    }
    Captured captured = Captured.of(call, regions);
    return spreads(selected(call, index, regions, captured, captured.values(), emit, 0));
  }

  private static List<Value> selected(
      HloCall call,
      Value index,
      List<HloRegion> regions,
      Captured captured,
      List<Value> values,
      TfEmitter emit,
      int at) {
    Attributes attributes = TfEmitter.types("T", index).with("incompatible_shape_error", true);
    Value condition = emit.one("Equal", attributes, index, emit.number(index.type().dtype(), at));
    Body first = branch(call, regions.get(at), captured);
    if (at == regions.size() - 2) {
      return branchOn(emit, condition, values, first, branch(call, regions.getLast(), captured));
    }
    List<Value> operands = new ArrayList<>(List.of(index));
    operands.addAll(values);
    GraphBuilder inner = emit.builder().fresh();
    List<Value> inputs = inputs(inner, operands, types(operands));
    TfEmitter nested = new TfEmitter(inner, emit.name(), emit.origin());
    List<Value> rest =
        selected(
            call,
            inputs.getFirst(),
            regions,
            captured,
            inputs.subList(1, inputs.size()),
            nested,
            at + 1);
    GraphBuilder chosen = emit.builder().fresh();
    List<Value> given = inputs(chosen, operands, types(operands));
    Frame frame = captured.frame(call, given.subList(1, given.size()));
    Body same =
        new Body(
            chosen,
            RegionImporter.values(regions.get(at), List.of(), frame, chosen, emit.origin()));
    return branchOn(emit, condition, operands, same, new Body(inner, rest));
  }

  /** Constants that a turn hands on unchanged go into the loop's graphs. */
  private static List<Spread> loop(HloCall call) {
    HloRegion test = call.region(0);
    HloRegion turn = call.region(1);
    Captured captured = Captured.of(call, List.of(test, turn));
    int count = call.operandCount();
    Set<Integer> kept = new HashSet<>();
    List<Value> variables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean same = turn.results().get(i).equals(turn.arguments().get(i));
      if (same && call.spread(i).value() instanceof Value.Constant) {
        kept.add(i);
      } else {
        variables.add(call.operand(i));
      }
    }
    variables.addAll(captured.values());
    List<TensorType> types = types(variables);
    Body step = iteration(call, turn, captured, kept, variables, types, true);
    for (int round = 0; generalize(types, step); round++) {
      if (round == MOST_ROUNDS) {
        throw call.refused("a loop whose shapes never settle");
      }
      step = iteration(call, turn, captured, kept, variables, types, true);
    }
    Body condition = iteration(call, test, captured, kept, variables, types, false);
    TfEmitter emit = call.emit();
    List<Value> results =
        emit.builder()
            .addWithBodies(
                OpKey.builtin("WHILE"),
                variables,
                types,
                List.of(condition.graph(), step.graph()),
                emit.name(),
                emit.origin());
    List<Spread> all = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < count; i++) {
      all.add(kept.contains(i) ? call.spread(i) : Spread.of(results.get(next++)));
    }
    return all;
  }

  private static Body iteration(
      HloCall call,
      HloRegion region,
      Captured captured,
      Set<Integer> kept,
      List<Value> variables,
      List<TensorType> types,
      boolean turn) {
    GraphBuilder inner = call.emit().builder().fresh();
    List<Value> inputs = inputs(inner, variables, types);
    int own = variables.size() - captured.values().size();
    List<Value> outside = inputs.subList(own, inputs.size());
    Frame frame = captured.frame(call, outside);
    List<Spread> arguments = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < call.operandCount(); i++) {
      arguments.add(kept.contains(i) ? call.spread(i) : Spread.of(inputs.get(next++)));
    }
    List<Value> all = RegionImporter.values(region, arguments, frame, inner, call.emit().origin());
    if (!turn) {
      return new Body(inner, all);
    }
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!kept.contains(i)) {
        results.add(all.get(i));
      }
    }
    results.addAll(outside);
    return new Body(inner, results);
  }

  /** Makes {@code types} true of what a turn gives, too; whether that changed any. */
  private static boolean generalize(List<TensorType> types, Body step) {
    boolean changed = false;
    for (int i = 0; i < types.size(); i++) {
      TensorType type = common(types.get(i), step.results().get(i).type());
      changed |= !type.equals(types.set(i, type));
    }
    return changed;
  }
}

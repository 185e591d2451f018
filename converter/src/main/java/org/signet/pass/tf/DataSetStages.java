package org.signet.pass.tf;

import static org.signet.pass.tf.DataSet.joined;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** What can be done with the elements of a data set, one by one. */
final class DataSetStages {
  private DataSetStages() {}

  /** What a function makes of each. */
  static DataSet mapped(DataSet source, String function, List<Value> arguments) {
    return new DataSetStage(source, arguments) {
      @Override
      List<Value> take(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        List<Value> made = graph.call(function, joined(element, own));
        return joined(own, t.take(graph, made, rest));
      }

      @Override
      public boolean isSteady() {
        return source().isSteady();
      }
    };
  }

  /** Those that a function is true of. */
  static DataSet filtered(DataSet source, String predicate, List<Value> arguments) {
    return new DataSetStage(source, arguments) {
      @Override
      List<Value> take(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        Value wanted = graph.call(predicate, joined(element, own)).getFirst();
        return joined(own, graph.where(wanted, element, rest, t));
      }
    };
  }

  /**
   * What a function makes of each and of a state that it hands on.
   *
   * @param states how many of {@code start} are the state, which come first
   */
  static DataSet scanned(DataSet source, String function, List<Value> start, int states) {
    return new DataSetStage(source, start) {
      @Override
      List<Value> take(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        List<Value> arguments = new ArrayList<>(own.subList(0, states));
        arguments.addAll(element);
        arguments.addAll(own.subList(states, own.size()));
        List<Value> made = graph.call(function, arguments);
        List<Value> next = joined(made.subList(0, states), own.subList(states, own.size()));
        return joined(next, t.take(graph, made.subList(states, made.size()), rest));
      }

      @Override
      boolean keepsOwn() {
        return false;
      }

      @Override
      public boolean isSteady() {
        return source().isSteady();
      }
    };
  }

  /** Those before the first that a function is false of. */
  static DataSet takenWhile(
      DataSetGraph made, DataSet source, String predicate, List<Value> arguments) {
    List<Value> start = joined(List.of(made.constant(Tensor.scalar(true))), arguments);
    return new DataSetStage(source, start) {
      @Override
      List<Value> take(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        List<Value> others = own.subList(1, own.size());
        Value wanted = graph.call(predicate, joined(element, others)).getFirst();
        Value open = isSingle() ? wanted : graph.all(List.of(own.getFirst(), wanted));
        return joined(joined(List.of(open), others), graph.where(open, element, rest, t));
      }

      @Override
      List<Value> open(DataSetGraph graph, List<Value> own) {
        return List.of(own.getFirst());
      }

      @Override
      boolean keepsOwn() {
        return false;
      }
    };
  }

  /** The first {@code count}; all if that is below 0. */
  static DataSet taken(DataSetGraph made, DataSet source, Value count) {
    return new DataSetStage(source, List.of(made.constant(Tensor.scalar(0L)), count)) {
      @Override
      List<Value> take(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        Value next = graph.op("AddV2", own.get(0), graph.constant(Tensor.scalar(1L)));
        List<Value> left =
            isSingle()
                ? t.take(graph, element, rest)
                : graph.where(open(graph, own).getFirst(), element, rest, t);
        return joined(List.of(next, own.get(1)), left);
      }

      @Override
      List<Value> open(DataSetGraph graph, List<Value> own) {
        Value all = graph.op("Less", own.get(1), graph.constant(Tensor.scalar(0L)));
        return List.of(graph.either(all, graph.op("Less", own.get(0), own.get(1))));
      }

      @Override
      boolean keepsOwn() {
        return false;
      }

      @Override
      public boolean isSteady() {
        return source().isSteady();
      }
    };
  }

  /** Those behind the first {@code count}; none if that is below 0. */
  static DataSet skipped(DataSetGraph made, DataSet source, Value count) {
    return new DataSetStage(source, List.of(made.constant(Tensor.scalar(0L)), count)) {
      @Override
      List<Value> take(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        Value zero = graph.constant(Tensor.scalar(0L));
        Value next = graph.op("AddV2", own.get(0), graph.constant(Tensor.scalar(1L)));
        Value behind =
            graph.all(
                List.of(
                    graph.op("LessEqual", zero, own.get(1)),
                    graph.op("GreaterEqual", own.get(0), own.get(1))));
        return joined(List.of(next, own.get(1)), graph.where(behind, element, rest, t));
      }

      @Override
      boolean keepsOwn() {
        return false;
      }
    };
  }

  /** The elements of the data sets that a function makes of each. */
  static DataSet flattened(DataSet source, String function, List<Value> arguments, DataSets known) {
    return new DataSetStage(source, arguments) {
      @Override
      List<Value> take(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        Value inner = graph.call(function, joined(element, own)).getFirst();
        List<Value> left = graph.goThrough(known.get(inner, graph), rest, List.of(), t);
        return joined(own, left);
      }

      @Override
      public boolean isSingle() {
        return false;
      }
    };
  }

  /** Elements of several, side by side; of the others each turn gives one. */
  static DataSet zipped(List<DataSet> all, int first) {
    List<Value> start = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      start.addAll(i == first ? List.of() : all.get(i).start());
    }
    return new DataSetStage(all.get(first), start) {
      @Override
      List<Value> take(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        int mine = own.size();
        Taker both =
            (inner, given, all) ->
                beside(inner, given, all.subList(0, mine), all.subList(mine, all.size()), t);
        // What comes without a turn of its own may come when the others are at their end.
        return isSingle()
            ? both.take(graph, element, joined(own, rest))
            : graph.where(graph.all(open(graph, own)), element, joined(own, rest), both);
      }

      private List<Value> beside(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        List<Value> side = new ArrayList<>();
        List<Value> next = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
          if (i == first) {
            side.addAll(element);
            continue;
          }
          List<Value> part = own.subList(next.size(), next.size() + all.get(i).start().size());
          next.addAll(
              all.get(i)
                  .turn(
                      graph,
                      part,
                      List.of(),
                      (_, given, none) -> {
                        side.addAll(given);
                        return none;
                      }));
        }
        return joined(next, t.take(graph, side, rest));
      }

      @Override
      List<Value> open(DataSetGraph graph, List<Value> own) {
        List<Value> conditions = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
          if (i != first) {
            int to = from + all.get(i).start().size();
            conditions.addAll(all.get(i).goesOn(graph, own.subList(from, to)));
            from = to;
          }
        }
        return conditions;
      }

      @Override
      boolean keepsOwn() {
        return false;
      }

      @Override
      public boolean isSteady() {
        return source().isSteady();
      }
    };
  }

  /**
   * {@code size} of them at a time, in lists until there are so many.
   *
   * @param whole whether the last ones are left out where there are fewer
   * @param parts what the tensors of an element are
   */
  static DataSet batched(
      DataSetGraph made, DataSet source, int size, boolean whole, List<ListPart> parts) {
    List<Value> start = new ArrayList<>(List.of(made.number(0)));
    parts.forEach(part -> start.add(part.empty(made)));
    return new DataSetStage(source, start) {
      @Override
      List<Value> take(
          DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker t) {
        Value count = graph.next(own.getFirst(), 1);
        List<Value> lists = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
          lists.add(parts.get(i).pushed(graph, own.get(i + 1), element.get(i)));
        }
        Value full = graph.op("Equal", equality(), count, graph.number(size));
        return handedOn(graph, full, joined(List.of(count), lists), rest, t);
      }

      @Override
      List<Value> last(DataSetGraph graph, List<Value> own, List<Value> rest, Taker t) {
        Value some = graph.op("Less", graph.number(0), own.getFirst());
        return whole ? joined(own, rest) : handedOn(graph, some, own, rest, t);
      }

      // Where it is time, hands on what the lists hold, and begins new ones.
      private List<Value> handedOn(
          DataSetGraph outer, Value time, List<Value> own, List<Value> rest, Taker t) {
        int mine = own.size();
        return outer.choose(
            time,
            joined(own, rest),
            (graph, given) -> {
              List<Value> batch = new ArrayList<>();
              List<Value> next = new ArrayList<>(List.of(graph.number(0)));
              for (int i = 0; i < parts.size(); i++) {
                batch.add(parts.get(i).stacked(graph, given.get(i + 1)));
                next.add(parts.get(i).empty(graph));
              }
              return joined(next, t.take(graph, batch, given.subList(mine, given.size())));
            },
            (_, given) -> given);
      }

      @Override
      boolean keepsOwn() {
        return false;
      }

      @Override
      public boolean isSingle() {
        return whole && source().isSingle();
      }
    };
  }

  private static Attributes equality() {
    return Attributes.of("T", DType.INT32).with("incompatible_shape_error", true);
  }

  /** All of them, {@code count} times, or without an end if that is below 0. */
  static DataSet repeated(DataSetGraph made, DataSet source, int count) {
    return new DataSet() {
      private final List<Value> first = source.start();
      private final int size = first.size();

      @Override
      public List<Value> start() {
        return joined(joined(first, List.of(made.number(1))), first);
      }

      @Override
      public List<Boolean> kept() {
        List<Boolean> kept = new ArrayList<>(source.kept());
        kept.add(false);
        kept.addAll(Collections.nCopies(size, true));
        return kept;
      }

      @Override
      public List<Value> goesOn(DataSetGraph graph, List<Value> own) {
        Value more =
            count < 0
                ? graph.constant(Tensor.scalar(true))
                : graph.op("Less", own.get(size), graph.number(count));
        Value inside = graph.all(source.goesOn(graph, own.subList(0, size)));
        return List.of(graph.either(inside, more));
      }

      @Override
      public List<Value> turn(DataSetGraph outer, List<Value> own, List<Value> rest, Taker taker) {
        int all = own.size();
        Taker inner =
            (graph, element, given) ->
                joined(
                    given.subList(0, all - size),
                    taker.take(graph, element, given.subList(all - size, given.size())));
        return outer.choose(
            outer.all(source.goesOn(outer, own.subList(0, size))),
            joined(own, rest),
            (graph, given) ->
                source.turn(
                    graph, given.subList(0, size), given.subList(size, given.size()), inner),
            (graph, given) -> {
              List<Value> end =
                  source.finish(
                      graph, given.subList(0, size), given.subList(size, given.size()), inner);
              List<Value> again = new ArrayList<>();
              for (int i = 0; i < size; i++) {
                again.add(end.get(source.kept().get(i) ? i : size + 1 + i));
              }
              again.add(graph.next(end.get(size), 1));
              again.addAll(end.subList(size + 1, end.size()));
              return again;
            });
      }

      @Override
      public List<Value> finish(
          DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
        int all = own.size();
        return source.finish(
            graph,
            own.subList(0, size),
            joined(own.subList(size, all), rest),
            (g, element, given) ->
                joined(
                    given.subList(0, all - size),
                    taker.take(g, element, given.subList(all - size, given.size()))));
      }

      @Override
      public boolean isSingle() {
        return source.isSingle();
      }
    };
  }

  /**
   * One tensor of the elements that a list collects.
   *
   * @param shape one element's, of a known rank
   */
  record ListPart(DType dtype, Shape shape) {
    private Value elementShape(DataSetGraph graph) {
      return graph.constant(Tensor.of(shape.dims()));
    }

    private Attributes types() {
      return Attributes.of("element_dtype", dtype, "shape_type", DType.INT32);
    }

    Value empty(DataSetGraph graph) {
      return graph.op("EmptyTensorList", types(), elementShape(graph), graph.number(-1));
    }

    Value pushed(DataSetGraph graph, Value list, Value element) {
      return graph.op("TensorListPushBack", Attributes.of("element_dtype", dtype), list, element);
    }

    Value stacked(DataSetGraph graph, Value list) {
      Attributes types = Attributes.of("element_dtype", dtype).with("num_elements", -1L);
      return graph.op("TensorListStack", types, list, elementShape(graph));
    }
  }
}

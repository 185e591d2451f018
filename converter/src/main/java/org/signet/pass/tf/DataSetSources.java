package org.signet.pass.tf;

import static org.signet.pass.tf.DataSet.joined;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** The data sets that are made of no other ones, or of several. */
final class DataSetSources {
  private DataSetSources() {}

  /**
   * The rows of tensors. Its variables are the next row's number, how many there are, and the
   * tensors.
   */
  record Slices(List<Value> start) implements DataSet {
    static Slices of(DataSetGraph graph, List<Value> tensors) {
      return new Slices(joined(List.of(graph.number(0), graph.rows(tensors.getFirst())), tensors));
    }

    @Override
    public List<Boolean> kept() {
      return keptBehindFirst(start);
    }

    @Override
    public List<Value> goesOn(DataSetGraph graph, List<Value> own) {
      return List.of(graph.op("Less", own.get(0), own.get(1)));
    }

    @Override
    public List<Value> turn(DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
      List<Value> element =
          own.subList(2, own.size()).stream().map(one -> graph.row(one, own.get(0))).toList();
      return joined(withFirst(graph.next(own.get(0), 1), own), taker.take(graph, element, rest));
    }

    @Override
    public boolean isSteady() {
      return true;
    }
  }

  /**
   * The same rows, {@code size} at a time.
   *
   * @param whole whether the last ones are left out where there are fewer
   */
  record Batches(List<Value> start, int size, boolean whole) implements DataSet {
    @Override
    public List<Boolean> kept() {
      return keptBehindFirst(start);
    }

    @Override
    public List<Value> goesOn(DataSetGraph graph, List<Value> own) {
      Value last = whole ? graph.next(own.get(0), size - 1) : own.get(0);
      return List.of(graph.op("Less", last, own.get(1)));
    }

    @Override
    public List<Value> turn(DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
      Value next = graph.next(own.get(0), size);
      Value rows =
          whole
              ? graph.op("AddV2", graph.range(graph.number(0), graph.number(size)), own.get(0))
              : graph.range(own.get(0), graph.op("Minimum", next, own.get(1)));
      List<Value> element =
          own.subList(2, own.size()).stream().map(one -> graph.row(one, rows)).toList();
      return joined(withFirst(next, own), taker.take(graph, element, rest));
    }

    @Override
    public boolean isSteady() {
      return true;
    }
  }

  /** The int64 numbers from the first variable to before the second by steps of the third. */
  record Numbers(List<Value> start, boolean down, DType dtype) implements DataSet {
    @Override
    public List<Boolean> kept() {
      return keptBehindFirst(start);
    }

    @Override
    public List<Value> goesOn(DataSetGraph graph, List<Value> own) {
      return List.of(graph.op(down ? "Greater" : "Less", own.get(0), own.get(1)));
    }

    @Override
    public List<Value> turn(DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
      Value number = own.get(0);
      Attributes cast = Attributes.of("SrcT", DType.INT64, "DstT", dtype).with("Truncate", false);
      Value element = dtype == DType.INT64 ? number : graph.op("Cast", cast, number);
      return joined(
          withFirst(graph.op("AddV2", number, own.get(2)), own),
          taker.take(graph, List.of(element), rest));
    }

    @Override
    public boolean isSteady() {
      return true;
    }
  }

  /** One element; the first variable tells whether it was taken. */
  record Once(List<Value> start) implements DataSet {
    static Once of(DataSetGraph graph, List<Value> tensors) {
      return new Once(joined(List.of(graph.constant(Tensor.scalar(false))), tensors));
    }

    @Override
    public List<Boolean> kept() {
      return keptBehindFirst(start);
    }

    @Override
    public List<Value> goesOn(DataSetGraph graph, List<Value> own) {
      return List.of(graph.not(own.get(0)));
    }

    @Override
    public List<Value> turn(DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
      Value taken = graph.constant(Tensor.scalar(true));
      return joined(withFirst(taken, own), taker.take(graph, own.subList(1, own.size()), rest));
    }

    @Override
    public boolean isSteady() {
      return true;
    }
  }

  /** The elements of one, then those of another. */
  record Both(DataSet first, DataSet second) implements DataSet {
    @Override
    public List<Value> start() {
      return joined(first.start(), second.start());
    }

    @Override
    public List<Boolean> kept() {
      return Stream.concat(first.kept().stream(), second.kept().stream()).toList();
    }

    @Override
    public List<Value> goesOn(DataSetGraph graph, List<Value> own) {
      int size = first.start().size();
      return List.of(
          graph.either(
              graph.all(first.goesOn(graph, own.subList(0, size))),
              graph.all(second.goesOn(graph, own.subList(size, own.size())))));
    }

    @Override
    public List<Value> turn(DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
      int size = first.start().size();
      int all = own.size();
      return graph.choose(
          graph.all(first.goesOn(graph, own.subList(0, size))),
          joined(own, rest),
          (then, given) ->
              first.turn(
                  then,
                  given.subList(0, size),
                  given.subList(size, given.size()),
                  (g, element, others) ->
                      joined(
                          others.subList(0, all - size),
                          taker.take(g, element, others.subList(all - size, others.size())))),
          (then, given) ->
              joined(
                  given.subList(0, size),
                  second.turn(
                      then, given.subList(size, all), given.subList(all, given.size()), taker)));
    }

    @Override
    public boolean isSingle() {
      return first.isSingle() && second.isSingle();
    }
  }

  private static List<Boolean> keptBehindFirst(List<Value> start) {
    List<Boolean> kept = new ArrayList<>(Collections.nCopies(start.size(), true));
    kept.set(0, false);
    return kept;
  }

  private static List<Value> withFirst(Value first, List<Value> own) {
    return joined(List.of(first), own.subList(1, own.size()));
  }
}

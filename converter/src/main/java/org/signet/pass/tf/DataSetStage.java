package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.signet.ir.Value;

/** A data set made of the elements of another one, with variables of its own behind the other's. */
abstract class DataSetStage implements DataSet {
  private final DataSet source;
  private final List<Value> start;
  private final int size;

  /**
   * @param start what its own variables begin with
   */
  DataSetStage(DataSet source, List<Value> start) {
    this.source = source;
    this.start = List.copyOf(start);
    this.size = source.start().size();
  }

  /**
   * Adds what is done with an element of the other one.
   *
   * @param own the variables of this stage alone
   * @return the new values of {@code own}, and of {@code rest} behind them
   */
  abstract List<Value> take(
      DataSetGraph graph, List<Value> element, List<Value> own, List<Value> rest, Taker taker);

  /** Conditions besides the other one's. */
  List<Value> open(DataSetGraph graph, List<Value> own) {
    return List.of();
  }

  /** What is handed on at the end; as {@link #take}. */
  List<Value> last(DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
    return DataSet.joined(own, rest);
  }

  /** Whether a turn changes none of the stage's own variables. */
  boolean keepsOwn() {
    return true;
  }

  final DataSet source() {
    return source;
  }

  @Override
  public final List<Value> start() {
    return DataSet.joined(source.start(), start);
  }

  @Override
  public final List<Boolean> kept() {
    List<Boolean> kept = new ArrayList<>(source.kept());
    kept.addAll(Collections.nCopies(start.size(), keepsOwn()));
    return kept;
  }

  @Override
  public final List<Value> goesOn(DataSetGraph graph, List<Value> own) {
    return DataSet.joined(
        source.goesOn(graph, own.subList(0, size)), open(graph, own.subList(size, own.size())));
  }

  @Override
  public final List<Value> turn(
      DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
    return source.turn(graph, own.subList(0, size), behind(own, rest), taking(taker));
  }

  @Override
  public final List<Value> finish(
      DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
    List<Value> all = source.finish(graph, own.subList(0, size), behind(own, rest), taking(taker));
    int from = size + start.size();
    return DataSet.joined(
        all.subList(0, size),
        last(graph, all.subList(size, from), all.subList(from, all.size()), taker));
  }

  private List<Value> behind(List<Value> own, List<Value> rest) {
    return DataSet.joined(own.subList(size, own.size()), rest);
  }

  private Taker taking(Taker taker) {
    return (graph, element, all) ->
        take(
            graph,
            element,
            all.subList(0, start.size()),
            all.subList(start.size(), all.size()),
            taker);
  }

  @Override
  public boolean isSingle() {
    return source.isSingle();
  }
}

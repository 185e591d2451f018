package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.List;
import org.signet.ir.Value;

/**
 * A data set that a signature makes and goes through itself. It becomes a loop: it begins with some
 * variables, each turn takes an element, or a part of the way to one, and hands it on to whoever
 * asked for it. So nothing of the data set itself is left in a model file.
 *
 * <p>Values that are handed on with an element, {@code rest}, are those of whom it is for. They may
 * go through branches, so nobody uses any other value of a turn.
 */
interface DataSet {
  /** The values that its variables begin with. */
  List<Value> start();

  /** Which of its variables no turn changes. */
  List<Boolean> kept();

  /** The conditions, all of which hold if another turn may follow. */
  List<Value> goesOn(DataSetGraph graph, List<Value> own);

  /**
   * Adds a turn.
   *
   * @param own its variables
   * @return the new values of {@code own}, and of {@code rest} behind them
   */
  List<Value> turn(DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker);

  /** Adds what is handed on when no turn follows; as {@link #turn}. */
  default List<Value> finish(DataSetGraph graph, List<Value> own, List<Value> rest, Taker taker) {
    return joined(own, rest);
  }

  /** Whether a turn hands on no more than one element, and the end none. */
  default boolean isSingle() {
    return true;
  }

  /** Whether each turn hands on an element, in the same graph. */
  default boolean isSteady() {
    return false;
  }

  /** Whom elements are for. */
  @FunctionalInterface
  interface Taker {
    /** Adds what is done with an element, and gives the new values of {@code rest}. */
    List<Value> take(DataSetGraph graph, List<Value> element, List<Value> rest);
  }

  static List<Value> joined(List<? extends Value> a, List<? extends Value> b) {
    List<Value> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}

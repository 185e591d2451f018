package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;

/**
 * A recurrent layer run along time in a loop, over any number of steps. The outputs are gathered in
 * a tensor list.
 *
 * @param call the layer's call
 * @param cell makes one step
 * @param backwards whether it begins with the last step
 * @param zero whether the outputs of steps that do not count are zeros, not those of the step
 *     before
 * @param sequences whether all outputs are wanted, not only the last
 */
record RecurrentLoop(
    LayerCall call, RecurrentCell cell, boolean backwards, boolean zero, boolean sequences) {
  /** The output or outputs by time, then the last states. */
  List<KerasTensor> results(
      KerasTensor input, Optional<KerasTensor> mask, List<Optional<KerasTensor>> initial) {
    GraphOps ops = call.ops();
    KerasTensor xs = timeMajor(ops, input);
    Optional<KerasTensor> masks = mask.map(m -> timeMajor(ops, m));
    KerasTensor steps = ops.size(xs, 0);
    // Nobody needs what this computes: it tells the shapes, and is dropped.
    RecurrentCell.Step sample = cell.step(call, ops.at(xs, 0, 0), initial);
    List<KerasTensor> variables = new ArrayList<>(List.of(ops.integer(0)));
    if (sequences) {
      variables.add(newList(ops, sample.output(), steps));
    }
    if (masks.isPresent()) {
      variables.add(zeros(ops, input, sample.output()));
    }
    int firstState = variables.size();
    for (int i = 0; i < initial.size(); i++) {
      KerasTensor state = sample.states().get(i);
      variables.add(initial.get(i).orElseGet(() -> zeros(ops, input, state)));
    }
    List<KerasTensor> after =
        WhileLoop.add(
            ops.graph(),
            variables,
            now -> ops.binary("Less", now.getFirst(), steps),
            now -> next(ops, now, xs, masks, steps));
    List<KerasTensor> states = after.subList(firstState, after.size());
    List<KerasTensor> results = new ArrayList<>();
    if (sequences) {
      Attributes attributes =
          Attributes.of("element_dtype", sample.output().dtype(), "num_elements", -1);
      KerasTensor shape = ops.ints(sample.output().shape().dims());
      KerasTensor stacked = ops.add("TensorListStack", attributes, after.get(1), shape);
      results.add(timeMajor(ops, stacked));
    } else {
      results.add(masks.isPresent() ? after.get(1) : states.get(cell.outputState()));
    }
    results.addAll(states);
    return results;
  }

  /** The variables of the next round. */
  private List<KerasTensor> next(
      GraphOps ops,
      List<KerasTensor> now,
      KerasTensor xs,
      Optional<KerasTensor> masks,
      KerasTensor steps) {
    KerasTensor time = now.getFirst();
    KerasTensor at = backwards ? ops.minus(ops.minus(steps, ops.integer(1)), time) : time;
    int firstState = 1 + (sequences ? 1 : 0) + (masks.isPresent() ? 1 : 0);
    List<KerasTensor> states = now.subList(firstState, now.size());
    RecurrentCell.Step step =
        cell.step(call, ops.gather(xs, at, 0), states.stream().map(Optional::of).toList());
    KerasTensor output = step.output();
    List<KerasTensor> newStates = new ArrayList<>(step.states());
    if (masks.isPresent()) {
      KerasTensor counts = ops.gather(masks.get(), at, 0);
      KerasTensor before = now.get(firstState - 1);
      output = keep(ops, counts, output, zero ? Optional.empty() : Optional.of(before));
      for (int i = 0; i < newStates.size(); i++) {
        newStates.set(i, keep(ops, counts, newStates.get(i), Optional.of(states.get(i))));
      }
    }
    List<KerasTensor> variables = new ArrayList<>(List.of(ops.plus(time, ops.integer(1))));
    if (sequences) {
      Attributes attributes = Attributes.of("resize_if_index_out_of_bounds", false);
      variables.add(ops.add("TensorListSetItem", attributes, now.get(1), time, output));
    }
    if (masks.isPresent()) {
      variables.add(output);
    }
    variables.addAll(newStates);
    return variables;
  }

  /** {@code now} for the rows that count, else what was before, which may be zeros. */
  static KerasTensor keep(
      GraphOps ops, KerasTensor counts, KerasTensor now, Optional<KerasTensor> before) {
    KerasTensor rows = counts;
    for (int axis = 1; axis < now.rank(); axis++) {
      rows = ops.expandDims(rows, axis);
    }
    return ops.select(rows, now, before.orElseGet(() -> ops.unary("ZerosLike", now)));
  }

  private static KerasTensor newList(GraphOps ops, KerasTensor element, KerasTensor steps) {
    Attributes attributes = Attributes.of("element_dtype", element.dtype());
    return ops.add("TensorListReserve", attributes, ops.ints(element.shape().dims()), steps);
  }

  /** Zeros of the shape of {@code like}, the batch being that of {@code input}. */
  private static KerasTensor zeros(GraphOps ops, KerasTensor input, KerasTensor like) {
    GraphOps.Sizes sizes = ops.sizes().plus(input, 0);
    for (int axis = 1; axis < like.rank(); axis++) {
      sizes.plus(like.dim(axis));
    }
    return ops.add("Fill", Attributes.NONE, sizes.tensor(), ops.scalar(like.dtype(), 0))
        .refined(sizes.shape());
  }

  /** Exchanges the first two dimensions. */
  static KerasTensor timeMajor(GraphOps ops, KerasTensor x) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      order.add(axis);
    }
    Collections.swap(order, 0, 1);
    return ops.transpose(x, order.stream().mapToInt(i -> i).toArray());
  }
}

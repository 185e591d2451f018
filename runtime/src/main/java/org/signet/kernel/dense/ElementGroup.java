package org.signet.kernel.dense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.kernel.Kernel;
import org.signet.kernel.Step;
import org.signet.kernel.StepGroup;
import org.signet.op.DirectCall;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.OpDefinitions;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Functions of elements of parts of rows, as the gates of a recurrent cell: a row is split, and all
 * is done to its parts while they are in the nearest cache. The bits are those that the steps would
 * give one after the other.
 */
final class ElementGroup implements Kernel {
  private final StepGroup group;
  private final Settings settings;
  private final List<RowPart> parts;

  /** For each value the number of its place in the working memory; −1 if it has none. */
  private final int[] places;

  private final int placeCount;

  /** The first tensor that is split, and into how many parts. */
  private final int split;

  private final int splitInto;

  private ElementGroup(
      StepGroup group, Settings settings, List<RowPart> parts, RowPlaces places, int into) {
    this.group = group;
    this.settings = settings;
    this.parts = List.copyOf(parts);
    this.places = places.toArray();
    this.placeCount = places.count();
    this.split = group.operands().getFirst().get(1);
    this.splitInto = into;
  }

  /**
   * A kernel for a group that begins with SPLIT.
   *
   * @param functions those that the steps may compute
   */
  static Optional<Kernel> of(StepGroup group, TailFunctions functions) {
    RowPlaces places = new RowPlaces(group);
    List<RowPart> parts = new ArrayList<>();
    int result = group.given();
    for (int i = 0; i < group.steps().size(); i++) {
      Step step = group.steps().get(i);
      Optional<RowPart> part = part(step, group.operands().get(i), result, functions);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
      if (!places.add(i, part.get())) {
        return Optional.empty();
      }
      result += step.resultTypes().size();
    }
    int into = group.steps().getFirst().resultTypes().size();
    return Optional.of(new ElementGroup(group, functions.settings(), parts, places, into));
  }

  private static Optional<RowPart> part(
      Step step, List<Integer> operands, int result, TailFunctions functions) {
    if (step.op().name().equals("SPLIT")) {
      return Optional.of(new RowPart.Split(operands.get(1), result, step.resultTypes().size()));
    }
    if (Refusals.reason(step).isPresent()) {
      return Optional.empty();
    }
    return functions
        .one(step)
        .<RowPart>map(loop -> new RowPart.One(loop, operands.getFirst(), result))
        .or(() ->
            functions
                .two(step)
                .map(loop ->
                    new RowPart.Two(
                        loop,
                        operands.get(0),
                        operands.get(1),
                        result,
                        FusedActivation.of(step.attributes()),
                        functions.settings().engine())));
  }

  @Override
  public void run(OpCall call) {
    KeptRoutine kept = KeptRoutine.find(this, call);
    Optional<Routine> routine =
        kept != null ? kept.routine() : KeptRoutine.keep(this, call, routine(call), false);
    if (routine.isPresent()) {
      routine.get().run(call);
    } else {
      inTurn(call);
    }
  }

  private Optional<Routine> routine(OpCall call) {
    Tensor whole = call.operand(split);
    int[] shape = whole.shape();
    int length = shape.length == 0 ? 0 : shape[shape.length - 1] / splitInto;
    if (length == 0 || length * splitInto != whole.dim(-1)) {
      return Optional.empty();
    }
    shape[shape.length - 1] = length;
    int rows = Shapes.product(shape, 0, shape.length - 1);
    return settings.isSmall((long) rows * length) || !fits(call, shape, rows)
        ? Optional.empty()
        : Optional.of(new Rows(call, shape, rows));
  }

  /** One row after the other. */
  private final class Rows implements Routine {
    private final int[] shape;
    private final int length;
    private final Division division;

    /** Where the values of each thread's rows are. */
    private final RowValues[] values;

    private Rows(OpCall call, int[] shape, int rows) {
      this.shape = shape;
      this.length = shape[shape.length - 1];
      long work = (long) rows * length * Parts.ELEMENT * parts.size();
      division = Division.of(call.workers(), work, rows, this::run);
      values = new RowValues[division.parts()];
      Arrays.setAll(values, _ -> new RowValues(places.length, length));
    }

    @Override
    public void run(OpCall call) {
      float[] memory = call.workspace(values.length * placeCount * length);
      for (int i = 0; i < group.results().size(); i++) {
        call.result(i, DType.FLOAT32, shape);
      }
      for (int part = 0; part < values.length; part++) {
        fill(values[part], call, memory, part * placeCount * length);
      }
      division.run(call.workers());
    }

    private void run(int part, int from, int to) {
      for (int row = from; row < to; row++) {
        for (int i = 0; i < parts.size(); i++) {
          parts.get(i).run(values[part], row);
        }
      }
    }
  }

  /** Whether all operands are as long as the parts, or shared by all rows. */
  private boolean fits(OpCall call, int[] shape, int rows) {
    for (RowPart part : parts) {
      boolean fits =
          switch (part) {
            case RowPart.Split(int from, _, int count) ->
                from < group.given() && isSplit(call.operand(from), shape, count);
            case RowPart.One _ -> true;
            case RowPart.Two two ->
                fits(call, two.first(), shape, rows) && fits(call, two.second(), shape, rows);
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSplit(Tensor whole, int[] shape, int count) {
    int[] own = whole.shape();
    int last = shape.length - 1;
    return own.length == shape.length
        && Arrays.equals(own, 0, last, shape, 0, last)
        && own[last] == shape[last] * count;
  }

  private boolean fits(OpCall call, int value, int[] shape, int rows) {
    if (value >= group.given()) {
      return true;
    }
    Tensor operand = call.operand(value);
    int length = shape[shape.length - 1];
    boolean isWhole = operand.size() == rows * length && operand.hasShape(shape);
    boolean isRow = operand.size() == length && operand.dim(-1) == length;
    boolean isOne = operand.size() == 1 && places[value] >= 0;
    return operand.rank() <= shape.length && (isWhole || isRow || isOne);
  }

  /**
   * Says where the values of a call are.
   *
   * @param at where the working memory of who asks for them begins
   */
  private void fill(RowValues values, OpCall call, float[] memory, int at) {
    int length = values.length();
    for (int i = 0; i < group.given(); i++) {
      Tensor operand = call.operand(i);
      if (places[i] >= 0) {
        Arrays.fill(memory, at + places[i] * length, at + (places[i] + 1) * length, first(operand));
      } else if (operand.dtype() == DType.FLOAT32) {
        values.set(i, operand.floats(), 0, operand.size() <= length ? 0 : operand.dim(-1));
      }
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        values.set(i, memory, at + places[i] * length, 0);
      }
    }
    for (int i = 0; i < group.results().size(); i++) {
      values.set(group.results().get(i), call.currentResult(i).floats(), 0, length);
    }
  }

  private static float first(Tensor tensor) {
    return tensor.floats()[0];
  }

  /** Runs the steps by their references. */
  private void inTurn(OpCall call) {
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < group.given(); i++) {
      values.add(call.operand(i));
    }
    for (int i = 0; i < group.steps().size(); i++) {
      Step step = group.steps().get(i);
      List<Optional<Tensor>> operands =
          group.operands().get(i).stream().map(values::get).map(Optional::of).toList();
      values.addAll(
          DirectCall.evaluate(
              OpDefinitions.standard().find(step.op()).orElseThrow(),
              step.attributes(),
              operands,
              step.resultTypes().size()));
    }
    for (int i = 0; i < group.results().size(); i++) {
      call.result(i, values.get(group.results().get(i)));
    }
  }
}

package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Functions that join, split, repeat, shift and pad. */
final class JoiningFunctions {
  private final FunctionCall call;
  private final GraphOps ops;

  private JoiningFunctions(FunctionCall call) {
    this.call = call;
    this.ops = call.ops();
  }

  /** The results of a function; empty if it is none of these. */
  static Optional<List<KerasTensor>> apply(FunctionCall call) {
    JoiningFunctions functions = new JoiningFunctions(call);
    return switch (call.name()) {
      case "split" -> Optional.of(functions.split());
      case "unstack" -> Optional.of(functions.unstack());
      default -> functions.single().map(List::of);
    };
  }

  private Optional<KerasTensor> single() {
    return switch (call.name()) {
      case "concatenate" -> Optional.of(concatenate(call.integer("axis", -1)));
      case "hstack" -> Optional.of(concatenate(1));
      case "append" -> Optional.of(append());
      case "stack" -> Optional.of(ops.stack(same(call.tensors()), call.integer("axis", 0)));
      case "flip", "reverse" -> Optional.of(flip());
      case "tile" -> Optional.of(tile());
      case "repeat" -> Optional.of(repeat());
      case "roll" -> Optional.of(roll());
      case "pad" -> Optional.of(pad());
      default -> Optional.empty();
    };
  }

  /** Tensors of different types are joined in the float type among them. */
  private List<KerasTensor> same(List<KerasTensor> tensors) {
    List<DType> types = tensors.stream().map(KerasTensor::dtype).distinct().toList();
    if (types.size() == 1) {
      return tensors;
    }
    List<DType> floating = types.stream().filter(DType::isFloating).toList();
    if (floating.size() != 1 || types.contains(DType.BOOL)) {
      throw call.refused();
    }
    return tensors.stream().map(tensor -> ops.cast(tensor, floating.getFirst())).toList();
  }

  private KerasTensor concatenate(int axis) {
    return ops.concat(same(call.tensors()), axis);
  }

  private KerasTensor append() {
    KerasTensor y = call.operand(1, "x2").tensors().findFirst().orElseThrow(call::refused);
    List<KerasTensor> both = same(List.of(call.x(), y));
    int[] axis = call.integers("axis").orElse(new int[0]);
    return axis.length == 0
        ? ops.concat(both.stream().map(part -> ops.reshape(part, -1)).toList(), 0)
        : ops.concat(both, axis[0]);
  }

  private List<KerasTensor> split() {
    KerasTensor x = call.x();
    int axis = x.axis(call.integer("axis", 0));
    int[] parts =
        call.integers("indices_or_sections", "num_or_size_splits").orElseThrow(call::refused);
    boolean list =
        call.parameter("indices_or_sections", "num_or_size_splits").orElseThrow(call::refused)
            instanceof Argument.Items;
    if (!list) {
      return ops.split(x, parts[0], axis);
    }
    if (x.dim(axis) == Shape.UNKNOWN) {
      throw call.refused();
    }
    List<KerasTensor> results = new ArrayList<>();
    int begin = 0;
    for (int part : parts) {
      int end = call.keras2() ? begin + part : part;
      results.add(slice(x, axis, begin, end));
      begin = end;
    }
    if (!call.keras2()) {
      results.add(slice(x, axis, begin, x.dim(axis)));
    }
    return results;
  }

  private KerasTensor slice(KerasTensor x, int axis, int begin, int end) {
    if (begin < 0 || end <= begin || end > x.dim(axis)) {
      throw call.refused();
    }
    return ops.slice(x, axis, begin, end);
  }

  private List<KerasTensor> unstack() {
    KerasTensor x = call.x();
    int axis = x.axis(call.integer("axis", 0));
    if (x.dim(axis) == Shape.UNKNOWN) {
      throw call.refused();
    }
    return IntStream.range(0, x.dim(axis)).mapToObj(i -> ops.at(x, axis, i)).toList();
  }

  private KerasTensor flip() {
    KerasTensor x = call.x();
    return ops.add("ReverseV2", Attributes.NONE, x, ops.ints(call.axes(x)));
  }

  private KerasTensor tile() {
    KerasTensor x = call.x();
    int[] given = call.integers("repeats", "multiples").orElseThrow(call::refused);
    int rank = Math.max(given.length, x.rank());
    int[] multiples = new int[rank];
    Arrays.fill(multiples, 1);
    System.arraycopy(given, 0, multiples, rank - given.length, given.length);
    while (x.rank() < rank) {
      x = ops.expandDims(x, 0);
    }
    return ops.tile(x, multiples);
  }

  private KerasTensor repeat() {
    KerasTensor x = call.x();
    int[] repeats = call.integers("repeats").orElseThrow(call::refused);
    if (call.integers("axis").isEmpty()) {
      x = ops.reshape(x, -1);
    }
    int axis = x.axis(call.integer("axis", 0));
    if (repeats.length == 1) {
      return UpSamplingLayers.repeat(ops, x, axis, repeats[0]);
    }
    int[] indices =
        IntStream.range(0, repeats.length)
            .flatMap(i -> IntStream.generate(() -> i).limit(repeats[i]))
            .toArray();
    return ops.gather(x, ops.ints(indices), axis);
  }

  private KerasTensor roll() {
    KerasTensor x = call.x();
    int[] shift = call.integers("shift").orElseThrow(call::refused);
    Optional<int[]> axis = call.integers("axis");
    if (axis.isEmpty() || axis.get().length != shift.length) {
      throw call.refused();
    }
    return ops.add("Roll", Attributes.NONE, x, ops.ints(shift), ops.ints(axis.get()));
  }

  private KerasTensor pad() {
    KerasTensor x = call.x();
    Argument widths = call.parameter("pad_width", "paddings").orElseThrow(call::refused);
    int[] amounts = amounts(widths, x.rank());
    KerasTensor paddings = ops.graph().constant(Tensor.of(amounts, x.rank(), 2));
    String mode = call.text("mode").orElse("constant").toUpperCase(Locale.ROOT);
    if (mode.equals("CONSTANT")) {
      double value = call.number(0, "constant_values");
      return ops.add("PadV2", Attributes.NONE, x, paddings, ops.scalar(x.dtype(), value));
    }
    return ops.add("MirrorPad", Attributes.of("mode", mode), x, paddings);
  }

  private int[] amounts(Argument widths, int rank) {
    if (widths instanceof Argument.Symbolic) {
      throw call.refused();
    }
    Tensor given = constant(widths);
    int[] amounts = new int[2 * rank];
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] =
          switch (given.size()) {
            case 1 -> (int) given.getLong(0);
            case 2 -> (int) given.getLong(i % 2);
            default -> (int) given.getLong(i);
          };
    }
    if (given.size() > 2 && given.size() != amounts.length) {
      throw call.refused();
    }
    return amounts;
  }

  private Tensor constant(Argument value) {
    return PreprocessingLayers.tensor(call.json(value), DType.INT32);
  }
}

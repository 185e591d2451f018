package org.signet.schema.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One use of a builtin op, as far as its version depends on it.
 *
 * @param inputs the inputs in the op's order; an absent optional input that is listed is empty
 * @param outputs the outputs in the op's order
 * @param options the options by field name, as {@link OptionsCodec} has them; missing ones have
 *     their defaults
 */
public record OpUse(
    List<Optional<Operand>> inputs, List<Operand> outputs, Map<String, Object> options) {
  public OpUse {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    options = Map.copyOf(options);
  }

  /** A use in which every input is present and every option has its default. */
  public static OpUse of(List<Operand> inputs, List<Operand> outputs) {
    return new OpUse(inputs.stream().map(Optional::of).toList(), outputs, Map.of());
  }

  /** This use with one more option set. */
  public OpUse with(String option, Object value) {
    Map<String, Object> all = new HashMap<>(options);
    all.put(option, value);
    return new OpUse(inputs, outputs, all);
  }

  /** This use with an absent optional input listed behind the others. */
  public OpUse withAbsentInput() {
    List<Optional<Operand>> all = new ArrayList<>(inputs);
    all.add(Optional.empty());
    return new OpUse(all, outputs, options);
  }

  /** The input at that index, if the use lists it and it is present. */
  public Optional<Operand> input(int index) {
    return index < inputs.size() ? inputs.get(index) : Optional.empty();
  }

  /** The output at that index, if there is one. */
  public Optional<Operand> output(int index) {
    return index < outputs.size() ? Optional.of(outputs.get(index)) : Optional.empty();
  }

  /**
   * A tensor at an op.
   *
   * @param type the element type by its name in the schema, such as {@code FLOAT32}
   * @param shape the dimensions, -1 where unknown; empty for a scalar and for an unknown rank
   * @param scales the scales of its quantization: none, one, or one a channel
   * @param sparse whether it is stored sparse
   */
  public record Operand(String type, List<Integer> shape, List<Float> scales, boolean sparse) {
    public Operand {
      shape = List.copyOf(shape);
      scales = List.copyOf(scales);
    }

    /** A tensor without quantization. */
    public static Operand of(String type, Integer... shape) {
      return new Operand(type, List.of(shape), List.of(), false);
    }

    /** This tensor with quantization. */
    public Operand scaled(Float... newScales) {
      return new Operand(type, shape, List.of(newScales), sparse);
    }

    /** Whether it has quantization parameters. */
    public boolean quantized() {
      return !scales.isEmpty();
    }

    /** Whether it has a scale for each channel. */
    public boolean perChannel() {
      return scales.size() > 1;
    }
  }
}

package org.signet.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * What is known of where constants come from: of those that were computed of large ones, by which
 * op. So it can be told which are the same weights in several forms.
 *
 * <p>Not thread-safe.
 */
public final class Derivations {
  /** Smaller constants are not followed. */
  public static final long FROM_BYTES = 1 << 10;

  /** Longer chains of ops are followed so far back. */
  private static final int LONGEST = 16;

  private final Map<ConstantData, Derivation> derivations = new HashMap<>();

  /**
   * Of all constants that are sources or results, the number of ops that they came through. A
   * constant that is there already is not the result of a later op, so none is made of itself.
   */
  private final Map<ConstantData, Integer> lengths = new HashMap<>();

  static boolean isFollowed(Value.Constant constant) {
    TensorType type = constant.type();
    return type.dtype() != DType.STRING
        && type.dtype().bytes() > 0
        && !type.quantization().isQuantized()
        && type.shape().elements() * type.dtype().bytes() >= FROM_BYTES;
  }

  /** Tells that {@code results} are those of an op on {@code operands}. */
  void add(OpKey op, Attributes attributes, List<Value> operands, List<Value.Constant> results) {
    int length = -1;
    for (Value operand : operands) {
      if (operand instanceof Value.Constant constant && isFollowed(constant)) {
        lengths.putIfAbsent(constant.data(), 0);
        length = Math.max(length, lengths.get(constant.data()));
      }
    }
    if (length < 0 || length >= LONGEST) {
      return;
    }
    List<TensorType> types = results.stream().map(Value.Constant::type).toList();
    for (int i = 0; i < results.size(); i++) {
      ConstantData data = results.get(i).data();
      if (isFollowed(results.get(i)) && lengths.putIfAbsent(data, length + 1) == null) {
        derivations.put(data, new Derivation(op, attributes, operands, types, i));
      }
    }
  }

  /** How {@code data} was computed; empty if it is nobody's result. */
  public Optional<Derivation> of(ConstantData data) {
    return Optional.ofNullable(derivations.get(data));
  }

  /** Whether {@code data} was computed of others, or others of it. */
  public boolean contains(ConstantData data) {
    return lengths.containsKey(data);
  }

  /** The weights that {@code data} is, transposed and scaled. */
  public ConstantData origin(ConstantData data) {
    ConstantData origin = data;
    for (Derivation step = derivations.get(data); step != null; step = derivations.get(origin)) {
      boolean transposed = step.order().isPresent();
      if (!transposed && step.scaled().isEmpty()) {
        break;
      }
      origin =
          transposed
              ? ((Value.Constant) step.operands().getFirst()).data()
              : step.scaled().orElseThrow().data();
    }
    return origin;
  }
}

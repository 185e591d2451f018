package org.signet.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Evaluates one op on given values, outside any model: for constant folding and for tests. Not
 * thread-safe.
 */
public final class DirectCall implements OpCall {
  private final Attributes attributes;
  private final List<Optional<Tensor>> operands;
  private final List<Optional<TensorType>> operandTypes;
  private final Tensor[] results;
  private final List<TensorType> resultTypes;
  private final Optional<SessionState> state;

  private DirectCall(
      Attributes attributes,
      List<Optional<Tensor>> operands,
      List<Optional<TensorType>> operandTypes,
      List<TensorType> resultTypes,
      Optional<SessionState> state) {
    this.state = state;
    this.attributes = attributes;
    this.operands = operands;
    this.operandTypes = operandTypes;
    this.resultTypes = resultTypes;
    this.results = new Tensor[resultTypes.size()];
  }

  /** A call of a kernel that asks for no types. */
  static DirectCall of(int resultCount, Tensor... operands) {
    List<Optional<Tensor>> all = Arrays.stream(operands).map(Optional::of).toList();
    List<TensorType> types = Collections.nCopies(resultCount, TensorType.unranked(DType.VARIANT));
    return new DirectCall(Attributes.NONE, all, types(all), types, Optional.empty());
  }

  /** Runs {@code definition} with one result on operands that are all there. */
  public static Tensor evaluate(
      OpDefinition definition, Attributes attributes, Tensor... operands) {
    return evaluate(definition, attributes, Arrays.stream(operands).map(Optional::of).toList(), 1)
        .getFirst();
  }

  /**
   * Runs {@code definition}.
   *
   * @throws IllegalArgumentException if the operands contradict the definition, or are outside its
   *     limits
   */
  public static List<Tensor> evaluate(
      OpDefinition definition,
      Attributes attributes,
      List<Optional<Tensor>> operands,
      int resultCount) {
    OpTypes known =
        new ListedOperands<>(
            attributes,
            operands,
            resultCount,
            operand -> operand.map(Tensor::type),
            operand -> operand,
            operand -> operand);
    return evaluate(definition, attributes, operands, definition.shapeRule().infer(known));
  }

  /** Runs {@code definition} with these declared result types. */
  public static List<Tensor> evaluate(
      OpDefinition definition,
      Attributes attributes,
      List<Optional<Tensor>> operands,
      List<TensorType> resultTypes) {
    return evaluate(definition, attributes, operands, types(operands), resultTypes);
  }

  /** Runs {@code definition}, which may read and change {@code state}. */
  public static List<Tensor> evaluate(
      OpDefinition definition,
      Attributes attributes,
      List<Optional<Tensor>> operands,
      List<TensorType> resultTypes,
      SessionState state) {
    return run(
        definition,
        new DirectCall(attributes, operands, types(operands), resultTypes, Optional.of(state)));
  }

  private static List<Optional<TensorType>> types(List<Optional<Tensor>> operands) {
    return operands.stream().map(operand -> operand.map(Tensor::type)).toList();
  }

  /** Runs {@code definition} with these declared types, which may be quantized. */
  public static List<Tensor> evaluate(
      OpDefinition definition,
      Attributes attributes,
      List<Optional<Tensor>> operands,
      List<Optional<TensorType>> operandTypes,
      List<TensorType> resultTypes) {
    return run(
        definition,
        new DirectCall(attributes, operands, operandTypes, resultTypes, Optional.empty()));
  }

  private static List<Tensor> run(OpDefinition definition, DirectCall call) {
    Stream<TensorType> types =
        Stream.concat(
            call.operandTypes.stream().flatMap(Optional::stream), call.resultTypes.stream());
    if (types.noneMatch(DirectCall::isQuantized)) {
      definition
          .limits()
          .check(
              new ListedOperands<>(
                  call.attributes,
                  call.operandTypes,
                  call.resultCount(),
                  type -> type,
                  _ -> Optional.empty(),
                  _ -> Optional.empty()));
    }
    definition.reference().evaluate(call);
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < call.results.length; i++) {
      results.add(call.currentResult(i));
    }
    return results;
  }

  private static boolean isQuantized(TensorType type) {
    return type.quantization().isQuantized();
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public int operandCount() {
    return operands.size();
  }

  @Override
  public boolean has(int i) {
    return i < operands.size() && operands.get(i).isPresent();
  }

  @Override
  public Tensor operand(int i) {
    return operands.get(i).orElseThrow();
  }

  @Override
  public TensorType operandType(int i) {
    return operandTypes.get(i).orElseThrow();
  }

  @Override
  public int resultCount() {
    return results.length;
  }

  @Override
  public TensorType resultType(int i) {
    return resultTypes.get(i);
  }

  /** Filled with rubbish, so that a kernel which leaves elements unwritten is found out. */
  @Override
  public Tensor result(int i, DType dtype, int... shape) {
    Tensor result = Tensor.zeros(dtype, shape);
    Object array = result.array();
    // No switch on types: it would be made for the first constant that is folded.
    if (array instanceof float[] a) {
      Arrays.fill(a, Float.NaN);
    } else if (array instanceof double[] a) {
      Arrays.fill(a, Double.NaN);
    } else if (array instanceof byte[] a) {
      Arrays.fill(a, (byte) 0x5A);
    } else if (array instanceof short[] a) {
      Arrays.fill(a, (short) 0x5A5A);
    } else if (array instanceof int[] a) {
      Arrays.fill(a, 0x5A5A5A5A);
    } else if (array instanceof long[] a) {
      Arrays.fill(a, 0x5A5A5A5A5A5A5A5AL);
    }
    results[i] = result;
    return result;
  }

  @Override
  public void resultReshaped(int i, int operand, int... shape) {
    results[i] = operand(operand).reshaped(shape);
  }

  @Override
  public void result(int i, Tensor value) {
    results[i] = value;
  }

  @Override
  public Tensor currentResult(int i) {
    Tensor result = results[i];
    if (result == null) {
      throw new IllegalStateException("result " + i + " has not been set");
    }
    return result;
  }

  @Override
  public SessionState state() {
    return state.orElseThrow(
        () -> new IllegalStateException("an op that needs state can't be evaluated on its own"));
  }
}

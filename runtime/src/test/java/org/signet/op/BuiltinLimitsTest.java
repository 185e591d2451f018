package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * A builtin that is offered when a model is opened runs: recorded calls of TFLite's ops are
 * repeated with other element types for one of their operands, and for all operands of its type.
 * Each is either refused beforehand or runs.
 */
class BuiltinLimitsTest {
  /** Whose integers may be divisors of 0, powers below 0 or sizes that don't fit. */
  private static final List<String> BY_VALUE =
      List.of(
          "BITCAST ",
          "DIV ",
          "FLOOR_DIV ",
          "FLOOR_MOD ",
          "POW ",
          "RANGE ",
          "RSQRT ",
          "SQRT ",
          "STABLEHLO_DIVIDE ",
          "STABLEHLO_REMAINDER ");

  /** Whose quantized operands have types that depend on each other, and are checked in the run. */
  private static final Set<String> BY_EACH_OTHER =
      Set.of(
          "BIDIRECTIONAL_SEQUENCE_LSTM",
          "BIDIRECTIONAL_SEQUENCE_RNN",
          "LSTM",
          "PRELU",
          "QUANTIZE",
          "RNN",
          "SVDF",
          "UNIDIRECTIONAL_SEQUENCE_LSTM",
          "UNIDIRECTIONAL_SEQUENCE_RNN");

  /** Repeated calls of one op, and the same types of operands and attributes. */
  private static final int ALIKE = 2;

  private static final int MOST_ELEMENTS = 2_000;

  private final Map<String, Integer> alike = new HashMap<>();
  private final Map<String, String> gaps = new TreeMap<>();
  private final Map<String, Boolean> ran = new TreeMap<>();

  @Test
  void whatIsOfferedRuns() throws URISyntaxException {
    Path folder = Path.of(OpCaseTest.class.getResource("cases").toURI());
    for (Path file : OpCaseReader.files(folder)) {
      OpCaseReader.read(file).stream()
          .filter(c -> !c.fails() && c.key().isBuiltin())
          .forEach(this::vary);
    }
    gaps.keySet().removeIf(use -> BY_VALUE.stream().anyMatch(use::startsWith));
    assertThat(gaps).isEmpty();
    assertThat(ran).hasSizeGreaterThan(3_000);
  }

  private static boolean isQuantized(OpCase c) {
    return c.resultTypes().stream().anyMatch(type -> type.quantization().isQuantized())
        || c.operandTypes().stream()
            .flatMap(Optional::stream)
            .anyMatch(type -> type.quantization().isQuantized());
  }

  private void vary(OpCase c) {
    OpDefinition definition = OpDefinitions.standard().find(c.key()).orElseThrow();
    List<Optional<Tensor>> operands = c.operands();
    String call = use(c, operands) + c.attributes();
    if (definition.effects() == Effects.NONDETERMINISTIC
        || (BY_EACH_OTHER.contains(c.key().name()) && isQuantized(c))
        || alike.merge(call, 1, Integer::sum) > ALIKE
        || operands.stream().flatMap(Optional::stream).mapToInt(Tensor::size).sum()
            > MOST_ELEMENTS) {
      return;
    }
    List<DType> found =
        operands.stream().flatMap(Optional::stream).map(Tensor::dtype).distinct().toList();
    for (DType type : types()) {
      for (int i = 0; i < operands.size(); i++) {
        int changed = i;
        run(c, definition, with(operands, type, j -> j == changed));
      }
      for (DType from : found) {
        run(c, definition, with(operands, type, j -> is(operands.get(j), from)));
      }
    }
  }

  private static boolean is(Optional<Tensor> operand, DType type) {
    return operand.isPresent() && operand.get().dtype() == type;
  }

  private static List<DType> types() {
    return Arrays.stream(DType.values())
        .filter(type ->
            type.isInTflite()
                && type != DType.RESOURCE
                && type != DType.VARIANT
                && type != DType.INT4)
        .toList();
  }

  /** The operands, those that are chosen converted. */
  private static List<Optional<Tensor>> with(
      List<Optional<Tensor>> operands, DType type, IntPredicate chosen) {
    List<Optional<Tensor>> all = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Optional<Tensor> operand = operands.get(i);
      boolean converted = chosen.test(i) && operand.isPresent() && isHeldBy(operand.get(), type);
      all.add(converted ? operand.map(tensor -> OpLimitsTest.converted(tensor, type)) : operand);
    }
    return all;
  }

  /** Whether a type holds the numbers of a tensor: an axis of -1 is no uint8. */
  private static boolean isHeldBy(Tensor tensor, DType type) {
    if (tensor.dtype() == DType.RESOURCE || tensor.dtype() == DType.VARIANT) {
      return false;
    }
    return !type.isUnsigned()
        || !tensor.dtype().isInteger()
        || IntStream.range(0, tensor.size()).allMatch(i -> tensor.getLong(i) >= 0);
  }

  private static String use(OpCase c, List<Optional<Tensor>> operands) {
    StringBuilder use = new StringBuilder(c.key().name());
    operands.forEach(operand ->
        use.append(' ').append(operand.map(tensor -> tensor.dtype().toString()).orElse("-")));
    return use.toString();
  }

  private void run(OpCase c, OpDefinition definition, List<Optional<Tensor>> operands) {
    List<Optional<TensorType>> types =
        IntStream.range(0, operands.size())
            .mapToObj(i -> operands.get(i).map(tensor -> declared(tensor, c, i)))
            .toList();
    boolean quantized = isQuantized(c);
    List<TensorType> results = quantized ? c.resultTypes() : results(c, definition, types);
    Step step =
        new Step(
            c.key(),
            c.attributes(),
            types,
            types.stream().map(_ -> Optional.<Tensor>empty()).toList(),
            results);
    if (KernelProviders.reference().offer(step) instanceof Offer.Refused) {
      return;
    }
    try {
      DirectCall.evaluate(definition, c.attributes(), operands, types, results);
      ran.put(use(c, operands), true);
    } catch (RuntimeException e) {
      gaps.put(use(c, operands), e.toString());
    }
  }

  /** An operand's type, with the scale that was recorded if it may have one. */
  private static TensorType declared(Tensor tensor, OpCase c, int operand) {
    return tensor.dtype().isInteger()
        ? new TensorType(
            tensor.dtype(),
            tensor.type().shape(),
            c.operandTypes().get(operand).orElseThrow().quantization())
        : tensor.type();
  }

  /** The recorded results, of the types that the op gives for these operands. */
  private static List<TensorType> results(
      OpCase c, OpDefinition definition, List<Optional<TensorType>> types) {
    List<TensorType> inferred =
        definition
            .shapeRule()
            .infer(
                new ListedOperands<>(
                    c.attributes(),
                    types,
                    c.results().size(),
                    type -> type.map(one -> TensorType.unranked(one.dtype())),
                    _ -> Optional.empty(),
                    _ -> Optional.empty()));
    return IntStream.range(0, inferred.size())
        .mapToObj(i -> inferred.get(i).withShape(c.results().get(i).type().shape()))
        .toList();
  }
}

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

  @Test
  void whatTfliteRanIsOffered() throws URISyntaxException {
    Path folder = Path.of(OpCaseTest.class.getResource("cases").toURI());
    for (Path file : OpCaseReader.files(folder)) {
      OpCaseReader.read(file).stream()
          .filter(c -> !c.fails() && c.key().isBuiltin())
          .forEach(c -> {
            List<Optional<TensorType>> types = declared(c, c.operands());
            if (offer(c, types, c.resultTypes()) instanceof Offer.Refused(String reason)) {
              gaps.put(use(c, c.operands()), reason);
            }
          });
    }
    assertThat(gaps).isEmpty();
  }

  @Test
  void quantizedTensorsWithoutAScaleAreRefusedBefore() throws URISyntaxException {
    Path folder = Path.of(OpCaseTest.class.getResource("cases").toURI());
    for (Path file : OpCaseReader.files(folder)) {
      OpCaseReader.read(file).stream()
          .filter(c -> !c.fails() && c.key().isBuiltin() && isQuantized(c))
          .forEach(this::withoutScales);
    }
    gaps.keySet().removeIf(use -> BY_VALUE.stream().anyMatch(use::startsWith));
    assertThat(gaps).isEmpty();
    assertThat(ran).isNotEmpty();
  }

  /** Takes the scale of one operand or result away at a time. */
  private void withoutScales(OpCase c) {
    if (alike.merge(use(c, c.operands()) + c.attributes(), 1, Integer::sum) > ALIKE) {
      return;
    }
    List<Optional<TensorType>> operands = declared(c, c.operands());
    for (int i = 0; i < operands.size(); i++) {
      List<Optional<TensorType>> fewer = new ArrayList<>(operands);
      fewer.set(i, operands.get(i).map(type -> TensorType.of(type.dtype(), type.shape())));
      run(c, c.operands(), fewer, c.resultTypes());
    }
    for (int i = 0; i < c.resultTypes().size(); i++) {
      List<TensorType> fewer = new ArrayList<>(c.resultTypes());
      fewer.set(i, TensorType.of(fewer.get(i).dtype(), fewer.get(i).shape()));
      run(c, c.operands(), operands, fewer);
    }
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
    List<Optional<TensorType>> types = declared(c, operands);
    run(c, operands, types, isQuantized(c) ? c.resultTypes() : results(c, definition, types));
  }

  private void run(
      OpCase c,
      List<Optional<Tensor>> operands,
      List<Optional<TensorType>> types,
      List<TensorType> results) {
    if (offer(c, types, results) instanceof Offer.Refused) {
      return;
    }
    OpDefinition definition = OpDefinitions.standard().find(c.key()).orElseThrow();
    try {
      DirectCall.evaluate(definition, c.attributes(), operands, types, results);
      ran.put(use(c, operands), true);
    } catch (RuntimeException e) {
      gaps.put(use(c, operands) + " " + types + results, e.toString());
    }
  }

  private static Offer offer(OpCase c, List<Optional<TensorType>> types, List<TensorType> results) {
    List<Optional<Tensor>> unknown = types.stream().map(_ -> Optional.<Tensor>empty()).toList();
    return KernelProviders.reference()
        .offer(new Step(c.key(), c.attributes(), types, unknown, results));
  }

  private static List<Optional<TensorType>> declared(OpCase c, List<Optional<Tensor>> operands) {
    return IntStream.range(0, operands.size())
        .mapToObj(i -> operands.get(i).map(tensor -> declared(tensor, c, i)))
        .toList();
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

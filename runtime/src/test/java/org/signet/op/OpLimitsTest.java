package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.schema.catalog.AttrValue;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.schema.catalog.TfOpDef.ArgDef;
import org.signet.schema.catalog.TfOpDef.AttrDef;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A kernel that is there when a model is opened runs: the recorded calls of TensorFlow's ops are
 * repeated with every element type, text and flag that the op's definition allows for one of its
 * attributes. Each is either refused beforehand or runs, but for what is wrong with the operands'
 * values.
 */
class OpLimitsTest {
  private static final TfOpCatalog OPS = TfOpCatalog.standard();

  /** Changes that contradict the sizes or the contents of what was recorded. */
  private static final List<String> BY_VALUE =
      List.of(
          "BatchMatMul adj_",
          "BatchMatMulV3 adj_",
          "Bitcast type=complex128",
          "Conv3DBackpropInputV2 padding=VALID",
          "DeserializeManySparse dtype=",
          "DeserializeSparse dtype=",
          "FusedBatchNormGrad data_format=NCHW",
          "MaxPoolV2 data_format=NCHW",
          "ParseTensor out_type=");

  /** What became of one change to all recorded calls of an op. */
  private static final class Outcome {
    int ran;
    final List<Throwable> refused = new ArrayList<>();

    /** What a run has died of that should not have begun, or should have reached its end. */
    Optional<Throwable> gap() {
      return refused.stream()
          .filter(failure -> !(failure instanceof IllegalArgumentException) || ran == 0)
          .findFirst();
    }
  }

  private final Map<String, Outcome> outcomes = new TreeMap<>();

  @Test
  void whatIsOfferedRuns() throws URISyntaxException {
    Path folder = Path.of(OpCaseTest.class.getResource("cases").toURI());
    for (Path file : OpCaseReader.files(folder)) {
      OpCaseReader.read(file).stream()
          .filter(c -> !c.fails() && !c.key().isBuiltin())
          .forEach(this::vary);
    }
    Map<String, Throwable> gaps = new TreeMap<>();
    outcomes.forEach((use, outcome) -> outcome.gap().ifPresent(failure -> gaps.put(use, failure)));
    gaps.keySet().removeIf(use -> BY_VALUE.stream().anyMatch(use::startsWith));
    assertThat(gaps).isEmpty();
    assertThat(outcomes.values().stream().filter(outcome -> outcome.ran > 0))
        .hasSizeGreaterThan(5_000);
  }

  private void vary(OpCase c) {
    Optional<TfOpDef> op = OPS.find(c.key().name()).filter(TfOpDef::registered);
    OpDefinition definition = OpDefinitions.standard().find(c.key()).orElseThrow();
    if (op.isEmpty() || definition.effects() == Effects.NONDETERMINISTIC) {
      return;
    }
    for (AttrDef attr : op.get().attrs()) {
      for (Object value : values(attr)) {
        operands(c, op.get(), attr, value)
            .ifPresent(operands ->
                run(
                    c,
                    definition,
                    c.attributes().with(attr.name(), value),
                    operands,
                    c.key().name() + " " + attr.name() + "=" + value));
      }
    }
  }

  /** The values that an attribute may have, if these are few. */
  private static List<?> values(AttrDef attr) {
    return switch (attr.kind()) {
      case "bool" -> List.of(false, true);
      case "string" ->
          attr.allowed().stream().map(value -> ((AttrValue.StringValue) value).value()).toList();
      case "type" -> types(attr);
      default -> List.of();
    };
  }

  private static List<?> types(AttrDef attr) {
    Stream<DType> types =
        attr.allowed().isEmpty()
            ? Arrays.stream(DType.values())
            : attr.allowed().stream()
                .flatMap(value -> DType.ofName(((AttrValue.TypeValue) value).name()).stream());
    return types
        .filter(type -> type != DType.RESOURCE && type != DType.VARIANT && type != DType.INT4)
        .toList();
  }

  /** The operands, those whose type the attribute tells converted; empty if that can't be done. */
  private static Optional<List<Optional<Tensor>>> operands(
      OpCase c, TfOpDef op, AttrDef attr, Object value) {
    if (!(value instanceof DType type)) {
      return Optional.of(c.operands());
    }
    List<Optional<Tensor>> operands = new ArrayList<>();
    for (ArgDef arg : op.inputs()) {
      if (arg.typeListAttr().isPresent()) {
        return Optional.empty();
      }
      int count = arg.numberAttr().map(name -> c.attributes().getInt(name)).orElse(1);
      for (int i = 0; i < count && operands.size() < c.operands().size(); i++) {
        Optional<Tensor> operand = c.operands().get(operands.size());
        boolean converted = arg.typeAttr().equals(Optional.of(attr.name()));
        operands.add(converted ? operand.map(tensor -> converted(tensor, type)) : operand);
      }
    }
    return Optional.of(operands);
  }

  /** A tensor of another type with the same small numbers; texts become small numbers. */
  static Tensor converted(Tensor from, DType type) {
    if (from.dtype() == type) {
      return from;
    }
    Tensor to = Tensor.zeros(type, from.shape());
    for (int i = 0; i < from.size(); i++) {
      double number = number(from, i);
      switch (type) {
        case STRING ->
            to.strings()[i] = String.valueOf((long) number).getBytes(StandardCharsets.UTF_8);
        case COMPLEX64, COMPLEX128 -> new Complex(number, 0).store(to, i);
        case BOOL -> to.setLong(i, number == 0 ? 0 : 1);
        case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> to.setDouble(i, number);
        default -> to.setLong(i, (long) number);
      }
    }
    return to;
  }

  private static double number(Tensor tensor, int i) {
    double number =
        switch (tensor.dtype()) {
          case STRING -> i % 3;
          case COMPLEX64, COMPLEX128 -> Complex.get(tensor, i).re();
          case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> tensor.getDouble(i);
          default -> tensor.getLong(i);
        };
    return Double.isFinite(number) ? number : 1;
  }

  private void run(
      OpCase c,
      OpDefinition definition,
      Attributes attributes,
      List<Optional<Tensor>> operands,
      String use) {
    Step step =
        new Step(
            c.key(),
            attributes,
            operands.stream().map(operand -> operand.map(Tensor::type)).toList(),
            operands.stream().map(_ -> Optional.<Tensor>empty()).toList(),
            c.resultTypes());
    if (KernelProviders.reference().offer(step) instanceof Offer.Refused) {
      return;
    }
    Outcome outcome = outcomes.computeIfAbsent(use, _ -> new Outcome());
    try {
      DirectCall.evaluate(definition, attributes, operands, c.results().size());
      outcome.ran++;
    } catch (RuntimeException e) {
      outcome.refused.add(e);
    }
  }
}

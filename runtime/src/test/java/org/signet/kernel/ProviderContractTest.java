package org.signet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.signet.kernel.dense.DenseProvider;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.DirectCall;
import org.signet.op.OpCase;
import org.signet.op.OpCaseComparison;
import org.signet.op.OpCaseReader;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Every provider runs every case of the builtins: it agrees with TensorFlow's numbers within the
 * op's accuracy, or refuses with a reason. The reference never refuses.
 */
class ProviderContractTest {
  /** What a provider is told before the model runs. */
  private enum Knowledge {
    /** All types, and the values of all operands but the first. */
    TYPES_AND_CONSTANTS,
    /** All types, and no value. */
    TYPES,
    /** Element types alone. */
    DTYPES
  }

  private static List<OpCase> builtinCases() throws URISyntaxException {
    Path folder = Path.of(OpCaseReader.class.getResource("cases").toURI());
    return OpCaseReader.files(folder).stream()
        .flatMap(path -> OpCaseReader.read(path).stream())
        .filter(c -> c.key().isBuiltin())
        .toList();
  }

  @TestFactory
  Stream<DynamicContainer> providers() throws URISyntaxException {
    List<OpCase> cases = builtinCases();
    Stream<DynamicContainer> everywhere =
        Stream.of(
            container("reference", KernelProviders.reference(), cases, Knowledge.TYPES),
            container("vector", VectorProvider.standard(), cases, Knowledge.values()),
            container("vector, eager", VectorProvider.eager(), cases, Knowledge.values()));
    Stream<DynamicContainer> here =
        Stream.of(FfmProvider.find(), FfmProvider.eager())
            .flatMap(Optional::stream)
            .map(provider -> container("ffm", provider, cases, Knowledge.values()));
    return Stream.concat(everywhere, here);
  }

  private static DynamicContainer container(
      String name, KernelProvider provider, List<OpCase> cases, Knowledge... knowledge) {
    return DynamicContainer.dynamicContainer(
        name,
        Stream.of(knowledge)
            .map(known ->
                DynamicContainer.dynamicContainer(
                    known.toString(), tests(provider, cases, known))));
  }

  /** A test for each case that is accepted, and one for all that are refused. */
  private static Stream<DynamicTest> tests(
      KernelProvider provider, List<OpCase> cases, Knowledge knowledge) {
    Map<Boolean, List<OpCase>> byAnswer =
        cases.stream()
            .collect(
                Collectors.partitioningBy(
                    c -> provider.offer(step(c, knowledge)) instanceof Offer.Accepted));
    List<OpCase> refused = byAnswer.getOrDefault(false, List.of());
    return Stream.concat(
        Stream.of(
            DynamicTest.dynamicTest(
                "refusals", () -> refused.forEach(c -> check(provider, c, knowledge)))),
        byAnswer.getOrDefault(true, List.of()).stream()
            .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(provider, c, knowledge))));
  }

  private static void check(KernelProvider provider, OpCase c, Knowledge knowledge) {
    OpDefinition definition = OpDefinitions.standard().find(c.key()).orElseThrow();
    switch (provider.offer(step(c, knowledge))) {
      case Offer.Refused(String reason) -> {
        assertThat(reason).isNotBlank();
        assertThat(provider).isNotEqualTo(KernelProviders.reference());
      }
      case Offer.Accepted(Kernel kernel) -> check(c, definition, kernel);
    }
  }

  private static void check(OpCase c, OpDefinition definition, Kernel kernel) {
    OpDefinition own = definition.withReference(kernel::run);
    if (c.fails()) {
      assertThatThrownBy(() -> DirectCall.evaluate(own, c.attributes(), c.operands(), 1))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    OpCaseComparison.check(c, definition, c.run(own));
  }

  private static Step step(OpCase c, Knowledge knowledge) {
    List<Optional<TensorType>> types = new ArrayList<>();
    List<Optional<Tensor>> constants = new ArrayList<>();
    for (int i = 0; i < c.operands().size(); i++) {
      Optional<Tensor> operand = c.operands().get(i);
      boolean constant = knowledge == Knowledge.TYPES_AND_CONSTANTS && i > 0;
      types.add(c.operandTypes().get(i).map(type -> declared(type, knowledge)));
      constants.add(constant ? operand : Optional.empty());
    }
    List<TensorType> results =
        c.resultTypes().stream().map(result -> declared(result, knowledge)).toList();
    return new Step(c.key(), c.attributes(), types, constants, results);
  }

  private static TensorType declared(TensorType type, Knowledge knowledge) {
    return knowledge == Knowledge.DTYPES ? type.withShape(Shape.unknownRank()) : type;
  }

  @Test
  void aCaseForEachDenseOp() throws URISyntaxException {
    DenseProvider provider = VectorProvider.standard();
    Set<String> accepted = new TreeSet<>();
    for (OpCase c : builtinCases()) {
      if (provider.offer(step(c, Knowledge.TYPES)) instanceof Offer.Accepted) {
        accepted.add(c.key().name());
      }
    }
    assertThat(accepted).isEqualTo(provider.ops());
  }

  @Test
  void theFastestComeFirst() {
    assertThat(KernelProviders.standard())
        .extracting(KernelProvider::name)
        .isSubsetOf("ffm", "vector", "reference")
        .endsWith("vector", "reference");
  }
}

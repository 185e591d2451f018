package org.signet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.kernel.Work;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;

class PlansTest {
  private static final int CHAIN = 1;

  /** Runs additions alone. */
  private static final class Adder implements KernelProvider {
    @Override
    public String name() {
      return "adder";
    }

    @Override
    public Offer offer(Step step) {
      return step.op().name().equals("ADD")
          ? KernelProviders.reference().offer(step)
          : Offer.refuse("no addition");
    }
  }

  /** The reference kernels, thought to be slow. */
  private static final class Slow implements KernelProvider {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public Offer offer(Step step) {
      return KernelProviders.reference().offer(step);
    }

    @Override
    public OptionalDouble estimate(Step step, Work work) {
      return OptionalDouble.of(1e6);
    }
  }

  private static TfliteModel model() throws IOException {
    try (InputStream in =
        Interpreter.class.getResourceAsStream("/org/signet/session/arithmetic.tflite")) {
      return TfliteModel.of(in.readAllBytes());
    }
  }

  @Test
  void explainsEachChoice() throws IOException {
    Plans plans = Plans.of(model(), List.of(new Adder(), KernelProviders.reference()));

    assertThat(plans.plan(CHAIN).explanation().toString().lines())
        .containsExactly(
            "0 MUL 'mul1': reference (adder: no addition)",
            "1 ADD 'add': adder",
            "2 MUL 'mul_1': reference (adder: no addition)",
            "3 ADD 'add_1': adder",
            "4 MUL 'mul_2': reference (adder: no addition)",
            "5 ADD 'PartitionedCall:0': adder");
  }

  @Test
  void takesTheFasterAndSaysSo() throws IOException {
    Plans plans = Plans.of(model(), List.of(new Slow(), KernelProviders.reference()));

    assertThat(plans.plan(CHAIN).explanation().steps())
        .allSatisfy(step ->
            assertThat(step.toString())
                .matches(".*: reference \\(about 1.00 ms by slow, 0.\\d+ us by reference\\)"));
  }

  @Test
  void namesEveryOperatorThatNobodyRuns() throws IOException {
    Plans plans = Plans.of(model(), List.of(new Adder()));

    assertThatThrownBy(() -> plans.plan(CHAIN))
        .isInstanceOfSatisfying(
            SignetException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(Code.NO_KERNEL);
              assertThat(failure.diagnostics()).hasSize(3);
            })
        .hasMessageContaining("no kernel runs MUL: adder: no addition (3 times: node 'mul1'");
  }

  @Test
  void sharesPlansOfEqualProviders() throws IOException {
    TfliteModel model = model();
    Plan plan = Plans.of(model, KernelProviders.standard()).plan(CHAIN);

    assertThat(Plans.of(model, KernelProviders.standard()).plan(CHAIN)).isSameAs(plan);
    assertThat(Plans.of(model, List.of(KernelProviders.reference(), new Adder())).plan(CHAIN))
        .isNotSameAs(plan);
    assertThat(plan.usesState()).isFalse();
  }
}

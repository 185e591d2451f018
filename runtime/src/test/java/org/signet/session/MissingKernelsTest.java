package org.signet.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.Offer;
import org.signet.kernel.Step;
import org.signet.model.TfliteModel;
import org.signet.tensor.Tensor;

/** Models some of whose operators nobody runs. */
class MissingKernelsTest {
  /**
   * Runs all but one op.
   *
   * @param op its name
   */
  private record Without(String op) implements KernelProvider {
    @Override
    public String name() {
      return "without";
    }

    @Override
    public Offer offer(Step step) {
      return step.op().name().equals(op)
          ? Offer.refuse("not today")
          : KernelProviders.reference().offer(step);
    }
  }

  private static InterpreterOptions without(String op) {
    return InterpreterOptions.standard().withProviders(new Without(op));
  }

  @Test
  void tellsOfAllOperatorsWhenTheModelIsOpened() {
    TfliteModel model = RecordedCall.model("control");
    SignetException failure =
        catchThrowableOfType(SignetException.class, () -> new Interpreter(model, without("ADD")));
    // One in a branch, two in the body of a loop.
    assertThat(failure.diagnostics())
        .extracting(d -> d.code(), d -> d.origin().signature())
        .containsExactly(
            tuple(Code.NO_KERNEL, "choose"),
            tuple(Code.NO_KERNEL, "grow"),
            tuple(Code.NO_KERNEL, "grow"));
    assertThat(failure)
        .hasMessageContaining(
            "no kernel runs ADD: without: not today (3 times: signature 'choose'");
  }

  @Test
  void runsTheOtherSignaturesIfAskedTo() {
    TfliteModel model = RecordedCall.model("control");
    assertThatThrownBy(() -> new Interpreter(model, without("LESS")))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("there are kernels for all of 'choose'")
        .hasMessageContaining("withPartialUse()");
    try (Interpreter partial = new Interpreter(model, without("LESS").withPartialUse())) {
      SignatureRunner choose = partial.signatureRunner("choose");
      Map<String, Tensor> outputs =
          choose.run(Map.of("flag", Tensor.scalar(true), "x", Tensor.of(new float[] {1})));
      assertThat(outputs).containsOnlyKeys("y");
      assertThatThrownBy(() -> partial.signatureRunner("grow"))
          .isInstanceOf(SignetException.class)
          .hasMessageContaining("SIG-0605 no kernel runs LESS: without: not today")
          .hasMessageContaining("signature 'grow'");
      assertThatThrownBy(partial::requireRunnable).hasMessageContaining("SIG-0605");
    }
  }
}

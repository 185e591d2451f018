package org.signet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.model.TfliteModel;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.tensor.Npz;
import org.signet.tensor.Tensor;

/** A layer of an encoder: attention and normalization run as one step each. */
class EncoderTest {
  private static Path file(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(EncoderTest.class.getResource("/org/signet/plan/" + name)).toURI());
  }

  private static List<KernelProvider> fast() {
    List<KernelProvider> providers = new ArrayList<>();
    providers.add(VectorProvider.eager());
    FfmProvider.eager().ifPresent(providers::add);
    return providers;
  }

  @Test
  void givesTheNumbersOfTensorFlow() throws IOException, URISyntaxException {
    Map<String, Tensor> numbers = Npz.read(file("encoder.npz"));
    Tensor x = Objects.requireNonNull(numbers.get("x"));
    float[] y = Objects.requireNonNull(numbers.get("y")).floats();
    List<KernelProvider> all = new ArrayList<>(fast());
    all.add(KernelProviders.reference());
    try (TfliteModel model = TfliteModel.open(file("encoder.tflite"))) {
      for (KernelProvider provider : all) {
        for (int threads = 1; threads < 3; threads++) {
          InterpreterOptions options =
              InterpreterOptions.standard()
                  .withThreads(threads)
                  .withProviders(provider, KernelProviders.reference());
          try (Interpreter interpreter = new Interpreter(model, options)) {
            float[] result =
                Objects.requireNonNull(interpreter.signatureRunner().run(Map.of("x", x)).get("y"))
                    .floats();
            assertThat(result).hasSize(y.length);
            for (int i = 0; i < y.length; i++) {
              assertThat(result[i]).isCloseTo(y[i], within(2e-5f));
            }
          }
        }
      }
    }
  }

  @Test
  void putsStepsTogether() throws IOException, URISyntaxException {
    assumeThat(fast()).isNotEmpty();
    try (TfliteModel model = TfliteModel.open(file("encoder.tflite"))) {
      for (KernelProvider provider : fast()) {
        Plan plan = Plans.of(model, List.of(provider, KernelProviders.reference())).plan(0);
        List<String> ops = plan.steps().stream().map(PlanStep::ops).toList();
        assertThat(ops).filteredOn(op -> op.contains("TRANSPOSE")).hasSize(1);
        assertThat(ops).filteredOn(op -> op.contains("BATCH_MATMUL")).hasSize(1);
        assertThat(ops).filteredOn(op -> op.contains("MEAN")).hasSize(2);
        assertThat(ops).noneMatch(op -> op.contains("RSQRT"));
      }
    }
  }
}

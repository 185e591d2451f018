package org.signet.golden.junit;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.LinkedHashMap;
import java.util.Map;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.session.InterpreterOptions;

/** Runs the cases of which providers have kernels of their own on each provider that is here. */
class GoldenProvidersTest {
  private static final Map<String, InterpreterOptions> WAYS = ways();

  private static Map<String, InterpreterOptions> ways() {
    Map<String, InterpreterOptions> ways = new LinkedHashMap<>();
    InterpreterOptions standard = InterpreterOptions.standard();
    ways.put("reference", standard.withProviders(KernelProviders.reference()));
    ways.put("vector", first(VectorProvider.standard()));
    FfmProvider.find().ifPresent(provider -> ways.put("native", first(provider)));
    ways.put("two threads", standard.withThreads(2));
    return ways;
  }

  private static InterpreterOptions first(KernelProvider provider) {
    return InterpreterOptions.standard().withProviders(provider, KernelProviders.reference());
  }

  @GoldenCases(
      value = "golden/cases",
      only = {
        "cnn-batch-norm",
        "dense",
        "mobilenet-v2",
        "ops-elementwise",
        "ops-nn",
        "ops-reduce",
        "shared-weights",
        "transformer-block"
      })
  void givesTheSameOnEach(GoldenSignature signature) {
    WAYS.forEach((way, options) ->
        assertThatCode(() -> signature.check(signature.goldenCase().conversion(), options))
            .as(way)
            .doesNotThrowAnyException());
  }
}

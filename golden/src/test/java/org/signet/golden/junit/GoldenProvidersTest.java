package org.signet.golden.junit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.KernelProviders;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.session.InterpreterOptions;

/** Runs the cases of which providers have kernels of their own on each. */
class GoldenProvidersTest {
  private static final String FOLDER = "golden/cases";
  private static final KernelProvider VECTOR = VectorProvider.standard();
  private static final Optional<? extends KernelProvider> NATIVE = FfmProvider.find();

  @GoldenCases(
      value = FOLDER,
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
  void onReferenceKernels(GoldenSignature signature) {
    check(signature, InterpreterOptions.standard().withProviders(KernelProviders.reference()));
  }

  @GoldenCases(
      value = FOLDER,
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
  void onTheVectorApi(GoldenSignature signature) {
    check(signature, first(VECTOR));
  }

  @GoldenCases(
      value = FOLDER,
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
  void onNativeKernels(GoldenSignature signature) {
    assumeTrue(NATIVE.isPresent(), "skipped: there are no native kernels for this machine");
    check(signature, first(NATIVE.orElseThrow()));
  }

  @GoldenCases(
      value = FOLDER,
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
  void onTwoThreads(GoldenSignature signature) {
    check(signature, InterpreterOptions.standard().withThreads(2));
  }

  private static InterpreterOptions first(KernelProvider provider) {
    return InterpreterOptions.standard().withProviders(provider, KernelProviders.reference());
  }

  private static void check(GoldenSignature signature, InterpreterOptions options) {
    signature.check(signature.goldenCase().conversion(), options);
  }
}

package org.signet.golden.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.api.ConversionOptions;
import org.signet.api.Signet;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.golden.TestFolders;
import org.signet.kernel.KernelProviders;
import org.signet.model.ModelOperator;
import org.signet.model.TfliteModel;
import org.signet.session.InterpreterOptions;
import org.signet.tensor.RawElements;

class SourceComparisonTest {
  @TempDir private Path folder = Path.of("");

  private static ConversionOptions source(String name) {
    return TestFolders.goldenCase(name).conversion();
  }

  private List<SignatureVerdict> compare(
      ConversionOptions source, ConversionOptions converted, InterpreterOptions options) {
    Path file = folder.resolve("model.tflite");
    Signet.convert(converted, file);
    try (TfliteModel original = Signet.openSource(source);
        TfliteModel model = TfliteModel.open(file)) {
      return SourceComparison.compare(original, model, options);
    }
  }

  private static InterpreterOptions faulty(String op) {
    return InterpreterOptions.standard()
        .withProviders(new FaultyKernels(op), KernelProviders.reference());
  }

  @Test
  void passesWhatIsConvertedRight() {
    List<SignatureVerdict> verdicts =
        compare(source("encode-decode"), source("encode-decode"), InterpreterOptions.standard());
    assertThat(verdicts).extracting(SignatureVerdict::key).containsExactly("encode", "decode");
    assertThat(verdicts)
        .allMatch(SignatureVerdict::passed)
        .allMatch(verdict -> verdict.calls() == 3);
  }

  @Test
  void allowsForTheRoundingOfLongChains() {
    assertThat(
            compare(
                source("transformer-block"),
                source("transformer-block"),
                InterpreterOptions.standard()))
        .allMatch(SignatureVerdict::passed);
  }

  @Test
  void namesTheKernelThatIsWrong() {
    List<SignatureVerdict> verdicts =
        compare(source("cnn-batch-norm"), source("cnn-batch-norm"), faulty("CONV_2D"));
    SignatureVerdict verdict = verdicts.getFirst();
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.failure().map(Diagnostic::code)).contains(Code.OUTPUT_DIFFERS);
    assertThat(verdict.divergence().orElseThrow())
        .contains("CONV_2D")
        .contains("the faulty kernel differs from the reference");
  }

  @Test
  void tellsOfSignaturesThatAreMissingOrTooMany() {
    ConversionOptions encodeOnly = source("encode-decode").withSignatures(List.of("encode"));
    List<SignatureVerdict> missing =
        compare(source("encode-decode"), encodeOnly, InterpreterOptions.standard());
    assertThat(missing).extracting(SignatureVerdict::passed).containsExactly(true, false);
    assertThat(missing.getLast().failure().map(Diagnostic::code)).contains(Code.SIGNATURES_DIFFER);
    List<SignatureVerdict> extra =
        compare(encodeOnly, source("encode-decode"), InterpreterOptions.standard());
    assertThat(extra.getLast().difference().orElseThrow()).contains("unexpected signature");
  }

  @Test
  void namesTheFirstOperatorThatDiffersFromTheSource() throws Exception {
    Path file = folder.resolve("model.tflite");
    Signet.convert(source("dense"), file);
    byte[] bytes = Files.readAllBytes(file);
    try (TfliteModel original = Signet.openSource(source("dense"));
        TfliteModel model = withOtherWeights(bytes, "FULLY_CONNECTED")) {
      SignatureVerdict verdict =
          SourceComparison.compare(original, model, InterpreterOptions.standard()).getFirst();
      assertThat(verdict.passed()).isFalse();
      assertThat(verdict.divergence().orElseThrow())
          .contains("FULLY_CONNECTED")
          .contains("is the first that differs from the source, whose op is Flex");
    }
  }

  @Test
  void handlesOfVariablesDoNotCount() throws Exception {
    Path file = folder.resolve("model.tflite");
    Signet.convert(source("state-ruled-out"), file);
    byte[] bytes = Files.readAllBytes(file);
    byte[] seven = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(7).array();
    bytes[indexOf(bytes, seven) + 3] ^= (byte) 0x80;
    try (TfliteModel original = Signet.openSource(source("state-ruled-out"));
        TfliteModel model = TfliteModel.of(bytes)) {
      SignatureVerdict verdict =
          SourceComparison.compare(original, model, InterpreterOptions.standard()).getFirst();
      assertThat(verdict.passed()).isFalse();
      assertThat(verdict.divergence().orElseThrow()).contains("READ_VARIABLE '");
    }
  }

  /**
   * The model with a conversion error: the weights of the last operator of this kind are negated.
   */
  private static TfliteModel withOtherWeights(byte[] bytes, String op) {
    byte[] weights = {};
    try (TfliteModel model = TfliteModel.of(bytes)) {
      for (ModelOperator operator : model.subgraphs().getFirst().operators()) {
        if (operator.key().toString().equals(op)) {
          weights = RawElements.write(model.constant(0, operator.operands()[1]).orElseThrow());
        }
      }
    }
    byte[] changed = bytes.clone();
    int at = indexOf(bytes, weights);
    for (int i = 3; i < weights.length; i += Float.BYTES) {
      changed[at + i] ^= (byte) 0x80;
    }
    return TfliteModel.of(changed);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("the weights are not in the file");
  }
}

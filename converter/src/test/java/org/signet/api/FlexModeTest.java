package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.signet.api.ConversionReport.SignatureSummary;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.lower.FlexMode;
import org.signet.lower.FlexUse;
import org.signet.model.TfliteModel;
import org.signet.testing.Checkout;

/**
 * What becomes of ops that no builtin says the same as: numbers as strings, and hashes of strings.
 */
class FlexModeTest {
  @TempDir Path folder;

  private ConversionReport convert(FlexMode mode) {
    return Signet.convert(options(mode), folder.resolve("model.tflite"));
  }

  private SignetException refused(FlexMode mode) {
    return catchThrowableOfType(SignetException.class, () -> convert(mode));
  }

  private static ConversionOptions options(FlexMode mode) {
    return ConversionOptions.of(Checkout.testModel("needs_flex")).withFlex(mode);
  }

  @Test
  void allowedOnesAreKeptAndListedWithTheReason() {
    ConversionReport report = convert(FlexMode.ALLOW);
    assertThat(report.diagnostics()).isEmpty();
    assertThat(report.flexUses())
        .extracting(FlexUse::op)
        .containsExactlyInAnyOrder("AsString", "StringToHashBucketFast");
    assertThat(report.flexUses()).allMatch(use -> !use.reason().isBlank());
    assertThat(report.flexCount()).isEqualTo(2);
    assertThat(report.builtinCount()).isEqualTo(3);
  }

  @Test
  void eachIsWarnedOf() {
    ConversionReport report = convert(FlexMode.WARN);
    assertThat(report.diagnostics())
        .hasSize(2)
        .extracting(Diagnostic::code)
        .containsOnly(Code.FLEX_OP_KEPT);
    assertThat(report.diagnostics()).allMatch(d -> d.origin().signature().equals("flex"));
  }

  @Test
  void allOfThemBlockAtOnceWhereTheyAreForbidden() {
    SignetException e = refused(FlexMode.FORBID);
    assertThat(e.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(Code.FLEX_FORBIDDEN, Code.FLEX_FORBIDDEN);
    assertThat(e).hasMessageContainingAll("AsString", "StringToHashBucketFast", "--flex allow");
  }

  @Test
  void signaturesWithoutThemConvertWhereTheyAreForbidden() {
    ConversionReport report =
        Signet.convert(
            options(FlexMode.FORBID).withSignatures(List.of("plain")),
            folder.resolve("model.tflite"));
    assertThat(report.flexCount()).isZero();
  }

  @Test
  void tablesThatASignatureFillsItselfNeedNone() {
    ConversionReport report =
        Signet.convert(
            ConversionOptions.of(Checkout.goldenModel("table-filled-in-graph"))
                .withFlex(FlexMode.FORBID),
            folder.resolve("model.tflite"));
    assertThat(report.flexCount()).isZero();
  }

  @Test
  void everyOpIsOneInTheSourceItself() {
    ConversionReport report = convert(FlexMode.ONLY);
    assertThat(report.builtinCount()).isZero();
    for (SignatureSummary signature : report.signatures()) {
      assertThat(signature.builtins()).isEmpty();
    }
    try (TfliteModel source = Signet.openSource(options(FlexMode.ALLOW))) {
      assertThat(source.signatures().keySet()).containsExactly("plain", "flex");
    }
  }

  @ParameterizedTest
  @EnumSource(FlexMode.class)
  void modelsThatNeedNoneConvertInEveryMode(FlexMode mode) {
    ConversionOptions options = ConversionOptions.of(Checkout.testModel("affine")).withFlex(mode);
    ConversionReport report = Signet.convert(options, folder.resolve("model.tflite"));
    assertThat(report.diagnostics()).isEmpty();
    assertThat(report.flexCount() > 0).isEqualTo(mode == FlexMode.ONLY);
  }
}

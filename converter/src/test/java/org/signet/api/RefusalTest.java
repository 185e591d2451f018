package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.RefusedOp;
import org.signet.diag.SignetException;
import org.signet.lower.FlexMode;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.testing.OneOpModel;
import org.signet.type.DType;

/** What is said when there is no model file, and what is left behind: nothing. */
class RefusalTest {
  @TempDir Path folder;

  private SignetException refused(ConversionOptions options) {
    return refused(options, folder.resolve("model.tflite"));
  }

  private static SignetException refused(ConversionOptions options, Path target) {
    return catchThrowableOfType(SignetException.class, () -> Signet.convert(options, target));
  }

  private static ConversionOptions model(String name) {
    return ConversionOptions.of(Checkout.testModel(name));
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyUnknownOpIsNamedAtOnce() throws IOException {
    SignetException e = refused(model("unknown_ops"));
    assertThat(e.diagnostics()).extracting(Diagnostic::code).containsOnly(Code.UNKNOWN_OP);
    assertThat(e)
        .hasMessageContainingAll("'MysteriousSum'", "'MysteriousProduct'", "zeta", "alpha");
    assertThat(files()).isEmpty();
  }

  @Test
  void everyRefusedOpOfAStableHloModuleIsNamedWithTheLineThatMakesIt() throws IOException {
    SignetException e = refused(model("stablehlo_refused"));
    assertThat(e.diagnostics()).extracting(Diagnostic::code).containsOnly(Code.OP_NOT_CONVERTIBLE);
    assertThat(e.diagnostics())
        .extracting(diagnostic -> diagnostic.refused().map(RefusedOp::name).orElse(""))
        .containsExactlyInAnyOrder(
            "stablehlo.rng_bit_generator", "stablehlo.custom_call", "stablehlo.sort");
    assertThat(e).hasMessageContainingAll("lapack_ssyevd_ffi", "make_stablehlo_models.py:");
    assertThat(files()).isEmpty();
  }

  @Test
  void aListOfWhatARefusedOpGivesIsNoFurtherError() throws IOException {
    SignetException e = refused(model("refused_sequence"));
    assertThat(e.diagnostics())
        .extracting(diagnostic -> diagnostic.refused().map(RefusedOp::name).orElse(""))
        .containsExactly("Cast", "Cast");
    assertThat(files()).isEmpty();
  }

  @Test
  void aQueueThatAnotherProgramFills() {
    ConversionOptions queues = ConversionOptions.of(Checkout.goldenModel("state-queues"));
    SignetException e = refused(queues.withSignatures(List.of("take", "take_many")));
    assertThat(e.code()).isEqualTo(Code.OP_NOT_CONVERTIBLE);
    assertThat(e).hasMessageContainingAll("nothing in the model fills the queue", "QueueDequeueV2");
    assertThat(e.diagnostics()).hasSize(1);
  }

  @Test
  void everythingRefusedIsToldAtOnceWithTheLineThatMakesIt() {
    SignetException e = refused(model("refused").withFlex(FlexMode.FORBID));
    assertThat(e.diagnostics())
        .extracting(
            Diagnostic::code,
            d -> d.refused().orElseThrow().name(),
            d -> d.origin().signature() + " " + d.origin().node(),
            d -> d.origin().line().orElseThrow().toString())
        .containsExactlyInAnyOrder(
            made(Code.UNKNOWN_OP, "MysteriousProduct", "score MatMul", "26 in square"),
            made(Code.FLEX_FORBIDDEN, "SelfAdjointEigV2", "score SelfAdjointEigV2", "18 in score"),
            made(Code.FLEX_FORBIDDEN, "AsString", "score AsString", "30 in as_text"),
            made(Code.FLEX_FORBIDDEN, "AsString", "solve AsString", "30 in as_text"),
            made(Code.FLEX_FORBIDDEN, "AsString", "solve renamed", "30 in as_text"));
    assertThat(String.valueOf(e.getMessage()).lines()).hasSize(3);
  }

  private static Tuple made(Code code, String op, String place, String line) {
    return tuple(code, op, place, "project/make_refused_model.py:" + line);
  }

  @Test
  void everyLoweringSaysWhyItDeclines() {
    OneOpModel product =
        OneOpModel.of("Prod")
            .with(Attributes.of("T", DType.COMPLEX64, "Tidx", DType.INT32))
            .input(Tensor.zeros(DType.COMPLEX64, 2, 3))
            .constant(Tensor.of(new int[] {0}));
    SignetException e =
        catchThrowableOfType(SignetException.class, () -> product.convert(FlexMode.FORBID));
    assertThat(e.diagnostics().getFirst().refused().orElseThrow().declines())
        .containsExactly(
            new RefusedOp.Decline("ReduceLowering", "no kernel for complex64"),
            new RefusedOp.Decline("RoundedRowsLowering", "no kernel for complex64"));
  }

  @Test
  void aSignatureThatIsNotThereListsThoseThatAre() {
    SignetException e = refused(model("affine").withSignatures(List.of("alpha", "beta")));
    assertThat(e.code()).isEqualTo(Code.NO_SUCH_SIGNATURE);
    assertThat(e).hasMessageContainingAll("'beta'", "'zeta', 'alpha'");
  }

  @Test
  void aTagSetThatIsNotThereListsThoseThatAre() {
    SignetException e = refused(model("tags").withTags(Set.of("tpu")));
    assertThat(e.code()).isEqualTo(Code.NO_SUCH_TAG_SET);
    assertThat(e).hasMessageContainingAll("'tpu'", "'serve', 'serve,gpu'");
  }

  @Test
  void aMissingSource() {
    assertThat(refused(ConversionOptions.of(folder.resolve("nowhere"))).code())
        .isEqualTo(Code.FILE_MISSING);
    assertThat(refused(ConversionOptions.of(folder)).code()).isEqualTo(Code.FILE_MISSING);
  }

  @Test
  void aTargetThatCantBeWritten() throws IOException {
    Path missing = folder.resolve("missing").resolve("model.tflite");
    assertThat(refused(model("affine"), missing).code()).isEqualTo(Code.FILE_UNWRITABLE);
    Path directory = Files.createDirectory(folder.resolve("directory"));
    assertThat(refused(model("affine"), directory).code()).isEqualTo(Code.FILE_UNWRITABLE);
    assertThat(files()).containsExactly("directory");
  }

  @Test
  void anOldTargetStaysUnlessAllGoesWell() throws IOException {
    Path target = Files.writeString(folder.resolve("model.tflite"), "old");
    assertThat(refused(model("unknown_ops"), target)).isNotNull();
    assertThat(target).hasContent("old");
    Signet.convert(model("affine"), target);
    assertThat(Files.size(target)).isGreaterThan(500);
    assertThat(files()).containsExactly("model.tflite");
  }

  @Test
  void permissionsAreThoseOfAnyNewFile() throws IOException {
    Path other = Files.createFile(folder.resolve("other"));
    Path target = folder.resolve("model.tflite");
    Signet.convert(model("affine"), target);
    if (Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
      assertThat(Files.getPosixFilePermissions(target))
          .isEqualTo(Files.getPosixFilePermissions(other));
    }
  }

  @Test
  void aSourceWithoutSignatures() throws IOException {
    Path source = Files.createDirectory(folder.resolve("empty"));
    Files.write(source.resolve("saved_model.pb"), new byte[] {0x08, 0x01, 0x12, 0x00});
    assertThat(refused(ConversionOptions.of(source)).code()).isEqualTo(Code.NOTHING_TO_CONVERT);
  }
}

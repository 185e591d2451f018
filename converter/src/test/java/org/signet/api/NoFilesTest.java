package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.testing.Checkout;

/** A session in which no op may touch a file. */
class NoFilesTest {
  @TempDir Path folder;

  @Test
  void signaturesThatSaveOrRestoreAreRefusedBeforeTheyRun() {
    Path target = folder.resolve("training.tflite");
    Signet.convert(ConversionOptions.of(Checkout.testModel("training")), target);
    InterpreterOptions options = InterpreterOptions.standard();
    try (Interpreter any = new Interpreter(target, options);
        Interpreter none = new Interpreter(target, options.withoutFiles())) {
      for (String key : any.signatureKeys()) {
        any.signatureRunner(key);
        if (key.startsWith("save") || key.startsWith("restore")) {
          assertThatThrownBy(() -> none.signatureRunner(key))
              .isInstanceOf(SignetException.class)
              .hasMessageContaining("SIG-0605")
              .hasMessageContaining("files, which this session forbids");
        } else {
          none.signatureRunner(key);
        }
      }
      assertThat(any.signatureKeys()).contains("save", "restore");
      any.requireRunnable();
      SignetException all = catchThrowableOfType(SignetException.class, none::requireRunnable);
      assertThat(all.diagnostics())
          .extracting(Diagnostic::code, diagnostic -> diagnostic.origin().signature())
          .contains(tuple(Code.NO_KERNEL, "save"), tuple(Code.NO_KERNEL, "restore"));
    }
  }
}

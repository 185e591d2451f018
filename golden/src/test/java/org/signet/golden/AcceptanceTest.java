package org.signet.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.signet.api.Signet;
import org.signet.golden.compare.CaseComparison;
import org.signet.golden.compare.CaseVerdict;
import org.signet.model.TfliteModel;
import org.signet.session.InterpreterOptions;

/**
 * Converts and runs cases of the acceptance corpus, which is kept apart from the sources: in the
 * folder that {@code -Dsignet.acceptance} names, or {@code ../shared/acceptance} beside the
 * checkout. Without it there is one test, which says that it was skipped.
 */
class AcceptanceTest {
  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> givesWhatTensorFlowGives() throws IOException {
    Optional<Path> corpus = corpus();
    if (corpus.isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "acceptance corpus",
              () ->
                  abort(
                      "skipped: there is no acceptance corpus; -Dsignet.acceptance=DIR says where it is")));
    }
    return CaseReader.readAll(corpus.get()).stream()
        .map(found -> DynamicTest.dynamicTest(found.name(), () -> check(found)));
  }

  private static Optional<Path> corpus() {
    String named = System.getProperty("signet.acceptance", "");
    Path beside = TestFolders.root().resolveSibling("shared").resolve("acceptance");
    Path cases = (named.isEmpty() ? beside : Path.of(named)).resolve("cases");
    return Files.isDirectory(cases) ? Optional.of(cases) : Optional.empty();
  }

  private static void check(GoldenCase goldenCase) {
    Path file = folder.resolve(goldenCase.name() + ".tflite");
    Signet.convert(goldenCase.conversion(), file);
    try (TfliteModel model = TfliteModel.open(file)) {
      CaseVerdict verdict =
          CaseComparison.compare(goldenCase, model, InterpreterOptions.standard());
      assertThat(verdict.passed()).as(verdict.toString()).isTrue();
    }
  }
}

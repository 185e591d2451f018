package org.signet.golden;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.signet.api.Signet;
import org.signet.diag.SignetException;
import org.signet.golden.compare.CaseComparison;
import org.signet.golden.compare.CaseVerdict;
import org.signet.model.TfliteModel;
import org.signet.session.InterpreterOptions;

/**
 * Converts and runs cases of the acceptance corpus, which is kept apart from the sources: in the
 * folder that {@code -Dsignet.acceptance} names, or {@code ../shared/acceptance} beside the
 * checkout. Without it there is one test, which says that it was skipped.
 *
 * <p>Cases that can't pass yet are in {@code known-failures.txt}; one that passes although it is
 * there fails the test, so that the list stays true.
 */
class AcceptanceTest {
  private static final List<String> GROUPS = List.of("seed-", "net-", "real-");

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
    List<String> knownFailures = knownFailures();
    return CaseReader.readAll(corpus.get()).stream()
        .filter(found -> GROUPS.stream().anyMatch(group -> found.name().startsWith(group)))
        .map(found ->
            DynamicTest.dynamicTest(
                found.name(), () -> check(found, knownFailures.contains(found.name()))));
  }

  private static Optional<Path> corpus() {
    String named = System.getProperty("signet.acceptance", "");
    Path beside = TestFolders.root().resolveSibling("shared").resolve("acceptance");
    Path cases = (named.isEmpty() ? beside : Path.of(named)).resolve("cases");
    return Files.isDirectory(cases) ? Optional.of(cases) : Optional.empty();
  }

  /** A name a line; what follows it says why. */
  private static List<String> knownFailures() throws IOException {
    try (InputStream stream = AcceptanceTest.class.getResourceAsStream("known-failures.txt")) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.strip().split(" ", 2)[0]).toList();
    }
  }

  private static void check(GoldenCase goldenCase, boolean knownToFail) {
    Optional<String> failure = failure(goldenCase);
    if (knownToFail && failure.isEmpty()) {
      throw new AssertionError(goldenCase.name() + " passes: remove it from known-failures.txt");
    }
    if (!knownToFail && failure.isPresent()) {
      throw new AssertionError(failure.get());
    }
  }

  private static Optional<String> failure(GoldenCase goldenCase) {
    try {
      Path file = folder.resolve(goldenCase.name() + ".tflite");
      Signet.convert(goldenCase.conversion(), file);
      try (TfliteModel model = TfliteModel.open(file)) {
        CaseVerdict verdict =
            CaseComparison.compare(goldenCase, model, InterpreterOptions.standard());
        return verdict.passed() ? Optional.empty() : Optional.of(verdict.toString());
      }
    } catch (SignetException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}

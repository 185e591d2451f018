package org.signet.golden.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.signet.api.ConversionOptions;
import org.signet.api.Signet;
import org.signet.diag.SignetException;
import org.signet.golden.CaseSource;
import org.signet.golden.GoldenCase;
import org.signet.golden.compare.CaseComparison;
import org.signet.golden.compare.CaseVerdict;
import org.signet.golden.compare.SignatureVerdict;
import org.signet.model.TfliteModel;
import org.signet.session.InterpreterOptions;

/**
 * One signature of a golden case, as a test method gets it. A model is run once, whatever the
 * number of signatures.
 */
public final class GoldenSignature {
  private final GoldenCase goldenCase;
  private final String key;
  private final Map<String, CaseVerdict> verdicts;

  GoldenSignature(GoldenCase goldenCase, String key, Map<String, CaseVerdict> verdicts) {
    this.goldenCase = goldenCase;
    this.key = key;
    this.verdicts = verdicts;
  }

  /** A place for verdicts that the signatures of one case share. */
  static Map<String, CaseVerdict> newVerdicts() {
    return new ConcurrentHashMap<>();
  }

  public GoldenCase goldenCase() {
    return goldenCase;
  }

  public String key() {
    return key;
  }

  /**
   * Converts the case's source, runs the case on the result, and looks at this signature.
   *
   * @throws AssertionError if the numbers are not TensorFlow's
   * @throws SignetException if the source can't be converted
   */
  public void check() {
    check(goldenCase.conversion());
  }

  /** As {@link #check()}, converting with other options. */
  public void check(ConversionOptions options) {
    check(options, InterpreterOptions.standard());
  }

  /** As {@link #check()}, converting and running with other options. */
  public void check(ConversionOptions options, InterpreterOptions run) {
    String way = options + " " + run;
    judge(verdicts.computeIfAbsent(way, name -> convertAndRun(options, run)));
  }

  /**
   * Runs the case on a model file that has been made before, and looks at this signature.
   *
   * @throws AssertionError if the numbers are not TensorFlow's
   */
  public void check(Path model) {
    judge(
        verdicts.computeIfAbsent(
            model.toString(),
            name -> {
              try (TfliteModel opened = TfliteModel.open(model)) {
                return run(opened, InterpreterOptions.standard());
              }
            }));
  }

  private CaseVerdict convertAndRun(ConversionOptions options, InterpreterOptions run) {
    try {
      Path folder = Files.createTempDirectory("signet-golden");
      Path file = folder.resolve("model.tflite");
      try {
        Signet.convert(options, file);
        try (TfliteModel model = TfliteModel.open(file)) {
          return run(model, run);
        }
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CaseVerdict run(TfliteModel model, InterpreterOptions options) {
    CaseVerdict verdict = CaseComparison.compare(goldenCase, model, options);
    if (verdict.passed()) {
      return verdict;
    }
    Optional<TfliteModel> source = openSource(goldenCase.source());
    try {
      return CaseComparison.diagnose(goldenCase, model, options, source);
    } finally {
      source.ifPresent(TfliteModel::close);
    }
  }

  private static Optional<TfliteModel> openSource(CaseSource source) {
    try {
      return Optional.of(Signet.openSource(source.options(List.of())));
    } catch (SignetException e) {
      return Optional.empty(); // then the verdict goes without
    }
  }

  private void judge(CaseVerdict verdict) {
    SignatureVerdict own = verdict.signature(key);
    if (!own.passed()) {
      throw new AssertionError("golden case " + goldenCase.name() + ": " + own);
    }
  }

  @Override
  public String toString() {
    return goldenCase.name() + " " + key;
  }
}

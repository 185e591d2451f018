package org.signet.golden.compare;

import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;

/** Gathers what the calls of one signature give. */
final class VerdictBuilder {
  private final String key;
  private int calls;
  private double maxError;
  private String worst = "";
  private Optional<Diagnostic> failure = Optional.empty();
  private Optional<String> notes = Optional.empty();

  VerdictBuilder(String key) {
    this.key = key;
  }

  void endCall() {
    calls++;
  }

  /**
   * Adds the comparison of an output.
   *
   * @param call which call it is, in words
   */
  void add(String call, String output, TensorVerdict verdict) {
    String place = call + ", output '" + output + "'";
    boolean larger = verdict.maxError() > maxError || Double.isNaN(verdict.maxError());
    if (larger && !Double.isNaN(maxError)) {
      maxError = verdict.maxError();
      worst = place + verdict.worst();
    }
    verdict.difference().ifPresent(what -> fail(Code.OUTPUT_DIFFERS, place + what));
  }

  /** Records a failure; only the first is kept. */
  void fail(Code code, String what) {
    if (failure.isEmpty()) {
      failure = Optional.of(SignatureVerdict.diagnostic(key, code, what));
    }
  }

  /** Records a call that failed. */
  void fail(String call, SignetException problem) {
    fail(Code.OUTPUT_DIFFERS, call + " failed: " + problem.diagnostics().getFirst());
  }

  void note(String what) {
    notes = Optional.of(notes.map(before -> before + "; " + what).orElse(what));
  }

  boolean failed() {
    return failure.isPresent();
  }

  int calls() {
    return calls;
  }

  SignatureVerdict build() {
    // Nothing was compared where no call was made.
    double error = failed() && calls == 0 ? Double.NaN : maxError;
    return new SignatureVerdict(key, calls, error, worst, failure, Optional.empty(), notes);
  }
}

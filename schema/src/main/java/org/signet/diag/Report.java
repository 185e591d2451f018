package org.signet.diag;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers diagnostics, so that all blockers of a run are told at once. Not thread-safe. */
public final class Report {
  private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();

  public void add(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  /** Everything reported so far, in order, each once. */
  public List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  /**
   * Ends the run if there are errors.
   *
   * @throws SignetException with all of them
   */
  public void throwIfErrors() {
    List<Diagnostic> errors =
        diagnostics.stream().filter(diagnostic -> diagnostic.severity() == Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new SignetException(errors);
    }
  }
}

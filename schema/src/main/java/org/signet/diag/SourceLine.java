package org.signet.diag;

/**
 * A line of the program that made a model.
 *
 * @param file its path, as recorded
 * @param line its number, from 1
 * @param function the function it stands in; empty if that was not recorded
 */
public record SourceLine(String file, int line, String function) {
  /** {@code model.py:8 in score}. */
  @Override
  public String toString() {
    return file + ":" + line + (function.isEmpty() ? "" : " in " + function);
  }
}

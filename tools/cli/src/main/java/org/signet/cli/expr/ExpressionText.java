package org.signet.cli.expr;

import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * The whole text, which says where in it a mistake is.
 *
 * @param text as given
 */
record ExpressionText(String text) {
  private static final String ALLOWED =
      "allowed are Python's numbers, strings, lists, tuples, True and False, + - * /, and of np: "
          + String.join(", ", NumpyFunctions.names())
          + ", types such as np.float32, .astype and .reshape";

  private static final int MOST_SHOWN = 24;

  /** What to throw for something that is not known here. */
  SignetException unknown(int at, String problem) {
    return mistake(at, problem, ALLOWED);
  }

  /** What to throw for a mistake at a position. */
  SignetException mistake(int at, String problem, String... hints) {
    String rest = text.substring(Math.min(at, text.length())).strip();
    String shown = rest.length() > MOST_SHOWN ? rest.substring(0, MOST_SHOWN) + "…" : rest;
    String place = rest.isEmpty() ? "at the end" : "before \"" + shown + "\"";
    return SignetException.of(
        Code.BAD_VALUE, "--input-exprs, column " + (at + 1) + ", " + place + ": " + problem, hints);
  }
}

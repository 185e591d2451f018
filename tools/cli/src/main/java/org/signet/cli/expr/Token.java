package org.signet.cli.expr;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text as written; of a {@link Kind#STRING} its bytes, one per char
 * @param at where it starts in the whole text
 */
record Token(Kind kind, String text, int at) {
  /** What a word can be. */
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
  }
}

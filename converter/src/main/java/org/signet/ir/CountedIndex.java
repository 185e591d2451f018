package org.signet.ir;

/**
 * Tells of an op that passes make that its index is what a loop counts, or has been used before: it
 * is not checked where that would take ops in every turn.
 */
public final class CountedIndex {
  /** The name of a boolean attribute; TensorFlow leaves names that begin so to others. */
  public static final String ATTRIBUTE = "_counted";

  private CountedIndex() {}
}

package org.signet.kernel.dense;

/** The relations that engines have; NaN is unequal to all and in no order with any. */
public enum Comparison {
  EQUAL(0),
  NOT_EQUAL(1),
  LESS(2),
  LESS_EQUAL(3);

  private final int code;

  Comparison(int code) {
    this.code = code;
  }

  /** The number that stands for it in native code. */
  public int code() {
    return code;
  }
}

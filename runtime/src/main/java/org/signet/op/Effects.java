package org.signet.op;

/** What an op does besides computing its results. */
public enum Effects {
  /** Nothing: equal operands give equal results, unused calls may go, calls may be folded. */
  PURE,
  /** Results differ from call to call (random numbers, time); calls are never folded or merged. */
  NONDETERMINISTIC,
  /** Reads state that others may write. */
  READS_STATE,
  /** Changes state or the world outside; order is kept and the call never dropped. */
  WRITES_STATE
}

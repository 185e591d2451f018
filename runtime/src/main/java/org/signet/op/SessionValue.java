package org.signet.op;

/** State of a session that can be taken back to what it was. */
public interface SessionValue {
  /**
   * What brings back what is there now, to be run at most once. Taking it is cheap: what is there
   * is copied only if it changes afterwards.
   */
  Runnable checkpoint();
}

package org.signet.op;

import java.util.Map;
import org.signet.tensor.Tensor;

/** State of a session that can be taken back to what it was, and be kept as tensors. */
public interface SessionValue {
  /**
   * What brings back what is there now, to be run at most once. Taking it is cheap: what is there
   * is copied only if it changes afterwards.
   */
  Runnable checkpoint();

  /** All there is, as tensors by what they are; none if there is nothing yet. */
  Map<String, Tensor> contents();

  /**
   * Makes the state what {@link #contents} told, maybe in another session.
   *
   * @throws IllegalArgumentException if this is of something else; the state may be changed
   */
  void restore(Map<String, Tensor> contents);
}

package org.signet.op;

import java.util.function.Supplier;

/** The state that ops of one session share, by name. Calls are made by one thread at a time. */
public interface SessionState {
  /** The state of this name, made by {@code initial} when it is asked for first. */
  <T> T get(String name, Class<T> type, Supplier<T> initial);
}

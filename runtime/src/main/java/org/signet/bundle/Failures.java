package org.signet.bundle;

import org.signet.diag.SignetException;

/** Helps to keep the cause of a failure. */
final class Failures {
  private Failures() {}

  static SignetException withCause(SignetException failure, Throwable cause) {
    failure.initCause(cause);
    return failure;
  }
}

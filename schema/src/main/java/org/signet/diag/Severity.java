package org.signet.diag;

/** How much a diagnostic matters. */
public enum Severity {
  INFO,
  WARNING,
  ERROR
}

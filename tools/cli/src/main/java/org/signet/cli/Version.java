package org.signet.cli;

import java.util.Optional;

/** The version of the program. */
final class Version {
  private Version() {}

  /** As the jar's manifest says it. */
  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not from a jar)");
  }
}

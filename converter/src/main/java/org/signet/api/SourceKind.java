package org.signet.api;

import java.util.Locale;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** The forms in which a model is kept. */
public enum SourceKind {
  /** Found out from what is there. */
  AUTO,
  /** A SavedModel directory. */
  SAVED_MODEL;

  /**
   * The kind of this name, as the command line spells it: {@code saved_model}.
   *
   * @throws SignetException if there is none
   */
  public static SourceKind of(String name) {
    for (SourceKind kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw SignetException.of(
        Code.UNKNOWN_SOURCE_KIND,
        "there is no source kind '" + name + "'",
        "the kinds are auto and saved_model");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

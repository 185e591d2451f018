package org.signet.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** The forms in which a model is kept. */
public enum SourceKind {
  /** Found out from what is there. */
  AUTO,
  /** A SavedModel directory. */
  SAVED_MODEL,
  /** A bare GraphDef, binary or text. */
  GRAPH_DEF,
  /** A MetaGraphDef, binary or text. */
  META_GRAPH,
  /** A {@code .keras} archive. */
  KERAS,
  /** A whole-model HDF5 file of Keras. */
  KERAS_H5;

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
        "the kinds are: "
            + Arrays.stream(values()).map(SourceKind::toString).collect(Collectors.joining(", ")));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

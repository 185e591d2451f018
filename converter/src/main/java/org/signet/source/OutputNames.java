package org.signet.source;

import java.util.Locale;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** What the outputs of a Keras file are called. */
public enum OutputNames {
  /**
   * As Keras itself exports the model: {@code output_0} and so on, or the keys of a dictionary, by
   * Keras 3; after layers by Keras 2.
   */
  EXPORTED,
  /** After the layers that give them, with a number behind the name where it is not the first. */
  LAYERS;

  /**
   * @throws SignetException if there is none of this name
   */
  public static OutputNames of(String name) {
    for (OutputNames names : values()) {
      if (names.toString().equals(name)) {
        return names;
      }
    }
    throw SignetException.of(
        Code.BAD_VALUE,
        "outputs can't be named after '" + name + "'",
        "the choices are exported and layers");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

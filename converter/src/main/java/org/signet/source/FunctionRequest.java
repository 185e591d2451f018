package org.signet.source;

import java.util.OptionalInt;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * A function of the object graph that is to become a signature.
 *
 * @param key the signature key it gets; empty for the default
 * @param path its path from the root: {@code encoder.encode}
 * @param index which of its traces; empty if it has one
 */
public record FunctionRequest(String key, String path, OptionalInt index) {
  /**
   * Reads {@code [KEY=]PATH[#INDEX]}.
   *
   * @throws SignetException if the index is no number
   */
  public static FunctionRequest parse(String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? "" : text.substring(0, equals);
    String rest = text.substring(equals + 1);
    int hash = rest.lastIndexOf('#');
    if (hash < 0) {
      return new FunctionRequest(key, rest, OptionalInt.empty());
    }
    try {
      int index = Integer.parseInt(rest.substring(hash + 1));
      return new FunctionRequest(key, rest.substring(0, hash), OptionalInt.of(index));
    } catch (NumberFormatException e) {
      throw SignetException.of(
          Code.BAD_VALUE,
          "'" + text + "' is not [KEY=]PATH[#INDEX]: what follows the '#' is no number");
    }
  }

  /** The last part of the path. */
  String lastSegment() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}

package org.signet.source;

import java.util.List;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * The tensors of a bare graph that become a signature.
 *
 * @param key the signature key
 * @param feeds its inputs: {@code TENSOR}, or {@code NAME=TENSOR}
 * @param fetches its outputs, written likewise
 */
public record GraphEndpoints(String key, List<String> feeds, List<String> fetches) {
  public GraphEndpoints {
    feeds = List.copyOf(feeds);
    fetches = List.copyOf(fetches);
    if (fetches.isEmpty()) {
      throw SignetException.of(
          Code.USAGE, "signature '" + key + "' fetches nothing", "name its outputs with --fetches");
    }
  }

  /**
   * The name in the signature: what stands before {@code =}, else the tensor without {@code :0}.
   */
  public static String nameOf(String text) {
    int equals = text.indexOf('=');
    if (equals >= 0) {
      return text.substring(0, equals);
    }
    return text.endsWith(":0") ? text.substring(0, text.length() - 2) : text;
  }

  static String tensorOf(String text) {
    return text.substring(text.indexOf('=') + 1);
  }
}

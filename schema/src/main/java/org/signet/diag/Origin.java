package org.signet.diag;

import java.util.Optional;
import java.util.StringJoiner;

/**
 * Where in a source something comes from. Parts that do not apply are empty strings.
 *
 * @param signature the signature key
 * @param function the function of the library that holds the node, empty for the main graph
 * @param node the node's name
 * @param line where the program that made the model makes the node, if the model records it
 */
public record Origin(String signature, String function, String node, Optional<SourceLine> line) {
  /** No known place. */
  public static final Origin NONE = new Origin("", "", "");

  public Origin(String signature, String function, String node) {
    this(signature, function, node, Optional.empty());
  }

  public static Origin ofNode(String node) {
    return new Origin("", "", node);
  }

  public Origin withSignature(String key) {
    return new Origin(key, function, node, line);
  }

  public Origin withLine(SourceLine sourceLine) {
    return new Origin(signature, function, node, Optional.of(sourceLine));
  }

  /** The place in words, if there is one. */
  public Optional<String> describe() {
    StringJoiner text = new StringJoiner(", ");
    if (!signature.isEmpty()) {
      text.add("signature '" + signature + "'");
    }
    if (!function.isEmpty()) {
      text.add("function '" + function + "'");
    }
    if (!node.isEmpty()) {
      text.add("node '" + node + "'");
    }
    line.ifPresent(known -> text.add("made at " + known));
    return text.length() == 0 ? Optional.empty() : Optional.of(text.toString());
  }
}

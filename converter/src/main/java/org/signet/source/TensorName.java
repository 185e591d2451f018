package org.signet.source;

/**
 * The name of a tensor in a graph: {@code node}, {@code node:1} in the main graph; {@code
 * node:argument:1} in a function; {@code ^node} for a control dependency.
 *
 * @param node the node's name
 * @param argument the output argument's name in a function; empty in the main graph
 * @param index counts outputs, in a function those of the argument
 * @param control whether this is a control dependency
 */
public record TensorName(String node, String argument, int index, boolean control) {
  /**
   * Reads a name.
   *
   * @throws NumberFormatException if the part that should be a number is none
   */
  public static TensorName parse(String text) {
    if (text.startsWith("^")) {
      return new TensorName(text.substring(1), "", 0, true);
    }
    int first = text.indexOf(':');
    if (first < 0) {
      return new TensorName(text, "", 0, false);
    }
    int second = text.indexOf(':', first + 1);
    return second < 0
        ? new TensorName(
            text.substring(0, first), "", Integer.parseInt(text.substring(first + 1)), false)
        : new TensorName(
            text.substring(0, first),
            text.substring(first + 1, second),
            Integer.parseInt(text.substring(second + 1)),
            false);
  }
}

package org.signet.cli;

/**
 * The descriptor of an option: one for the command line, the Maven plugin and the documentation.
 *
 * @param name the long form without dashes: {@code flex}
 * @param letter the short form, empty if there is none
 * @param value what the value is called in the help, empty for a switch
 * @param many whether there may be several values
 * @param parameter the parameter of the Maven plugin, empty if the plugin has none
 * @param description what it does
 */
record Flag(
    String name, String letter, String value, boolean many, String parameter, String description) {
  static Flag of(String name, String value, String description) {
    return new Flag(name, "", value, false, "", description);
  }

  Flag letter(String newLetter) {
    return new Flag(name, newLetter, value, many, parameter, description);
  }

  /** May be given many times. */
  Flag repeated() {
    return new Flag(name, letter, value, true, parameter, description);
  }

  Flag inPlugin(String newParameter) {
    return new Flag(name, letter, value, many, newParameter, description);
  }

  /** As the help shows it: {@code -o, --output FILE}. */
  String usage() {
    String dashed = (letter.isEmpty() ? "    " : "-" + letter + ", ") + "--" + name;
    return value.isEmpty() ? dashed : dashed + " " + value;
  }
}

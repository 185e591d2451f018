package org.signet.cli;

import java.util.ArrayList;
import java.util.List;

/** The help texts. */
final class Help {
  private static final int WIDTH = 100;
  private static final String INDENT = "      ";

  private Help() {}

  static String general() {
    StringBuilder text = new StringBuilder();
    text.append(
        "signet turns a TensorFlow model into a .tflite file in which every signature lives on,\n");
    text.append("and runs and verifies both.\n\nUsage:\n");
    int widest = 0;
    for (Command command : Commands.all()) {
      widest = Math.max(widest, command.name().length());
    }
    for (Command command : Commands.all()) {
      text.append("  signet ")
          .append(command.name())
          .append(" ".repeat(widest - command.name().length()));
      text.append("  ").append(command.summary()).append('\n');
    }
    text.append("  signet COMMAND --help")
        .append(" ".repeat(Math.max(1, widest - 12)))
        .append("the options of a command\n");
    text.append("  signet --version\n\nExamples:\n");
    for (Command command : Commands.all()) {
      text.append("  ").append(command.examples().getFirst()).append('\n');
    }
    text.append(
        "\nExit status: 0 all went well, 1 verification failed, 2 wrong usage, 3 the source can't be converted,\n");
    text.append(
        "4 malformed or unsafe input, 5 a file can't be read or written, 70 a bug of signet.\n");
    return text.toString();
  }

  static String of(Command command) {
    StringBuilder text = new StringBuilder();
    text.append("signet ")
        .append(command.name())
        .append(' ')
        .append(command.synopsis())
        .append("\n\n");
    text.append(command.summary()).append("\n\nOptions:\n");
    List<Flag> flags = new ArrayList<>(command.flags());
    flags.addAll(Flags.COMMON);
    for (Flag flag : flags) {
      text.append("  ").append(flag.usage()).append('\n');
      wrap(flag.description(), text);
    }
    text.append("\nExamples:\n");
    for (String example : command.examples()) {
      text.append("  ").append(example).append('\n');
    }
    return text.toString();
  }

  private static void wrap(String description, StringBuilder text) {
    int column = 0;
    for (String word : description.split(" ", -1)) {
      if (column == 0 || column + 1 + word.length() > WIDTH) {
        text.append(column == 0 ? "" : "\n").append(INDENT).append(word);
        column = INDENT.length() + word.length();
      } else {
        text.append(' ').append(word);
        column += 1 + word.length();
      }
    }
    text.append('\n');
  }
}

package org.signet.cli;

import java.util.ArrayList;
import java.util.List;

/** The options as Markdown, for {@code docs/options.md}. */
final class OptionDocs {
  private OptionDocs() {}

  static String text() {
    StringBuilder text = new StringBuilder("# Options\n\n");
    text.append("Written from the descriptors that the command line itself uses.\n");
    for (Command command : Commands.all()) {
      text.append("\n## signet ")
          .append(command.name())
          .append("\n\n")
          .append(command.summary())
          .append("\n\n");
      text.append("    signet ")
          .append(command.name())
          .append(' ')
          .append(command.synopsis())
          .append("\n\n");
      text.append("| option | Maven parameter | what it does |\n| --- | --- | --- |\n");
      List<Flag> flags = new ArrayList<>(command.flags());
      flags.addAll(Flags.COMMON);
      for (Flag flag : flags) {
        row(flag, text);
      }
      text.append("\nExamples:\n\n");
      for (String example : command.examples()) {
        text.append("    ").append(example).append('\n');
      }
    }
    return text.toString();
  }

  private static void row(Flag flag, StringBuilder text) {
    String parameter = flag.parameter().isEmpty() ? "" : "`" + flag.parameter() + "`";
    text.append("| `").append(flag.usage().strip()).append("` | ").append(parameter);
    text.append(" | ").append(flag.description().replace("|", "\\|")).append(" |\n");
  }
}

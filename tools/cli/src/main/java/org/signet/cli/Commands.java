package org.signet.cli;

import java.util.List;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** The sub-commands. */
final class Commands {
  private static final String GOLDEN = "golden";

  private Commands() {}

  /** All, in the order of the help. */
  static List<Command> all() {
    return List.of(
        new ConvertCommand(),
        new InspectCommand(),
        new RunCommand(),
        new VerifyCommand(),
        new BenchCommand(),
        new GoldenConvertCommand(),
        new GoldenRunCommand());
  }

  /** The one that these words start with. Only its class is loaded. */
  static Optional<Command> find(String... words) {
    String first = words.length == 0 ? "" : words[0];
    String second = words.length > 1 && first.equals(GOLDEN) ? words[1] : "";
    return switch (first + " " + second) {
      case "convert " -> Optional.of(new ConvertCommand());
      case "inspect " -> Optional.of(new InspectCommand());
      case "run " -> Optional.of(new RunCommand());
      case "verify " -> Optional.of(new VerifyCommand());
      case "bench " -> Optional.of(new BenchCommand());
      case "golden convert" -> Optional.of(new GoldenConvertCommand());
      case "golden run" -> Optional.of(new GoldenRunCommand());
      default -> Optional.empty();
    };
  }

  /** How many words its name has. */
  static int words(Command command) {
    return command.name().indexOf(' ') < 0 ? 1 : 2;
  }

  static SignetException unknown(String... words) {
    boolean golden = words[0].equals(GOLDEN);
    String name = golden && words.length > 1 ? GOLDEN + " " + words[1] : words[0];
    return SignetException.of(
        Code.USAGE,
        golden && words.length == 1 ? "golden what?" : "there is no command '" + name + "'",
        golden
            ? "there are golden convert and golden run"
            : "there are convert, inspect, run, verify, bench, golden convert and golden run",
        "see signet --help");
  }
}

package org.signet.cli;

import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** What a sub-command was called with, and where it prints. */
final class Arguments {
  private final Command command;
  private final CommandLine line;
  private final PrintStream out;
  private final PrintStream err;

  private Arguments(Command command, CommandLine line, PrintStream out, PrintStream err) {
    this.command = command;
    this.line = line;
    this.out = out;
    this.err = err;
  }

  /**
   * Parses what follows the command's name.
   *
   * @throws SignetException USAGE
   */
  static Arguments parse(Command command, String[] args, PrintStream out, PrintStream err) {
    Options options = new Options();
    for (Flag flag : command.flags()) {
      options.addOption(option(flag));
    }
    for (Flag flag : Flags.COMMON) {
      options.addOption(option(flag));
    }
    try {
      DefaultParser parser =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .setStripLeadingAndTrailingQuotes(false)
              .get();
      CommandLine line = parser.parse(options, withDashes(args));
      for (Flag flag : command.flags()) {
        String[] values = line.getOptionValues(flag.name());
        if (!flag.many() && values != null && values.length > 1) {
          throw usage(command, "--" + flag.name() + " is given " + values.length + " times");
        }
      }
      return new Arguments(command, line, out, err);
    } catch (ParseException e) {
      throw usage(command, String.valueOf(e.getMessage()));
    }
  }

  /** {@code --input_exprs} is {@code --input-exprs}: TensorFlow's own tools write it so. */
  private static String[] withDashes(String[] args) {
    return Arrays.stream(args).map(Arguments::withDashes).toArray(String[]::new);
  }

  private static String withDashes(String arg) {
    int end = arg.indexOf('=') < 0 ? arg.length() : arg.indexOf('=');
    return arg.startsWith("--")
        ? arg.substring(0, end).replace('_', '-') + arg.substring(end)
        : arg;
  }

  private static Option option(Flag flag) {
    Option option =
        new Option(
            flag.letter().isEmpty() ? null : flag.letter(),
            flag.name(),
            !flag.value().isEmpty(),
            null);
    if (flag.name().equals(Flags.GOLDEN.name())) {
      option.setArgs(Option.UNLIMITED_VALUES); // "--golden CASE..."
    }
    return option;
  }

  private static SignetException usage(Command command, String problem) {
    return SignetException.of(Code.USAGE, problem, "see signet " + command.name() + " --help");
  }

  /** What to throw where the arguments make no sense. */
  SignetException usage(String problem) {
    return usage(command, problem);
  }

  /** The only thing given besides flags. */
  Path operand(String what) {
    List<Path> operands = operands(what);
    if (operands.size() > 1) {
      throw usage("what is '" + operands.get(1) + "'? There is one " + what);
    }
    return operands.getFirst();
  }

  /** The things given besides flags, at least one. */
  List<Path> operands(String what) {
    if (line.getArgList().isEmpty()) {
      throw usage(what + " is missing");
    }
    return line.getArgList().stream().map(this::path).toList();
  }

  /** For commands that take flags only. */
  void noOperands() {
    if (!line.getArgList().isEmpty()) {
      throw usage("what is '" + line.getArgList().getFirst() + "'?");
    }
  }

  boolean has(Flag flag) {
    return line.hasOption(flag.name());
  }

  Optional<String> value(Flag flag) {
    return Optional.ofNullable(line.getOptionValue(flag.name()));
  }

  String required(Flag flag) {
    return value(flag).orElseThrow(() -> usage("--" + flag.name() + " is missing"));
  }

  Optional<Path> file(Flag flag) {
    Optional<String> value = value(flag);
    return value.isEmpty() ? Optional.empty() : Optional.of(path(value.get()));
  }

  Path requiredFile(Flag flag) {
    return path(required(flag));
  }

  /** Each value as it was given. */
  List<String> values(Flag flag) {
    String[] values = line.getOptionValues(flag.name());
    return values == null ? List.of() : List.of(values);
  }

  /** Each flag as it was given, in order. */
  List<Given> inOrder() {
    List<Given> given = new ArrayList<>();
    for (Option option : line.getOptions()) {
      given.add(new Given(option.getLongOpt(), String.valueOf(option.getValue(""))));
    }
    return given;
  }

  /**
   * A flag of the command line.
   *
   * @param name its long form without dashes
   * @param value its value, empty for a switch
   */
  record Given(String name, String value) {
    boolean is(Flag flag) {
      return name.equals(flag.name());
    }
  }

  /**
   * A number.
   *
   * @throws SignetException USAGE if it is none from 0 to 2^32 - 1
   */
  int unsigned(Flag flag, int otherwise) {
    try {
      return value(flag).map(Integer::parseUnsignedInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw usage("--" + flag.name() + " must be a number from 0 to 4294967295");
    }
  }

  List<Path> files(Flag flag) {
    List<Path> files = new ArrayList<>();
    for (String value : values(flag)) {
      files.add(path(value));
    }
    return files;
  }

  private Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw usage("'" + text.replace('\0', '?') + "' can't be a file: " + e.getReason());
    }
  }

  boolean json() {
    return has(Flags.JSON);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }
}

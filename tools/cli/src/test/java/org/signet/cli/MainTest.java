package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.golden.snapshot.Snapshot;

class MainTest {
  static List<Command> commands() {
    return Commands.all();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void helps(String flag) {
    Run run = Run.of(flag).succeeds();
    commands()
        .forEach(command -> assertThat(run.out()).contains("  signet " + command.name() + " "));
    assertThat(run.out()).contains("Examples:");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpsWithEachCommand(Command command) {
    String[] words = (command.name() + " --help").split(" ");
    Run run = Run.of(words).succeeds();
    assertThat(run.out())
        .startsWith("signet " + command.name() + " ")
        .contains("Examples:\n  signet " + command.name());
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 120);
    command.flags().forEach(flag -> assertThat(run.out()).contains("--" + flag.name()));
    assertThat(Run.of(("help " + command.name()).split(" ")).out()).isEqualTo(run.out());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void findsEachCommandByItsName(Command command) {
    assertThat(Commands.find(command.name().split(" ")).map(Command::name))
        .contains(command.name());
    assertThat(command.examples())
        .allMatch(example -> example.startsWith("signet " + command.name() + " "));
  }

  @Test
  void tellsItsVersion() {
    assertThat(Run.of("--version").succeeds().out()).startsWith("signet ");
  }

  @Test
  void withoutArgumentsItHelpsAndFails() {
    Run run = Run.of();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("Usage:");
  }

  @Test
  void saysWhichCommandsThereAre() {
    assertThat(Run.of("transmogrify").fails(2, "SIG-0101").err())
        .contains("'transmogrify'")
        .contains("convert, inspect");
    Run.of("golden").fails(2, "SIG-0101");
    Run.of("golden", "fleece").fails(2, "SIG-0101");
  }

  @Test
  void printsErrorsAsJsonToo() {
    Run run = Run.of("convert", "--json");
    assertThat(run.fails(2, "SIG-0101").out()).contains("\"code\": \"SIG-0101\"");
  }

  @Test
  void printsStackTracesOnlyWhenAskedTo() {
    assertThat(Run.of("convert").err()).doesNotContain("\tat ");
    assertThat(Run.of("convert", "--debug").err()).contains("\tat ");
  }

  @Test
  void aBugTakesOneLineAndSaysHowToSeeMore() {
    assertThat(Failures.bug(new IllegalStateException("a\nb")))
        .isEqualTo(
            "signet: SIG-0900 a bug of signet: IllegalStateException: a b; run it again with --debug to see the stack trace, and report it");
    assertThat(Code.BUG.kind().exitStatus()).isEqualTo(70);
  }

  @Test
  void theDocumentationListsEveryOption() {
    Snapshot.assertMatches(Run.root().resolve("docs").resolve("options.md"), OptionDocs.text());
  }

  /** To verify is a goal of its own there; a graph makes one signature. */
  @Test
  void thePluginHasWhatAConversionTakes() {
    assertThat(new ConvertCommand().flags())
        .allMatch(flag -> flag.equals(Flags.VERIFY) || !flag.parameter().isEmpty());
  }
}

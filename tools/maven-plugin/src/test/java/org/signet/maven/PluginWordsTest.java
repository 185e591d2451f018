package org.signet.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.cli.Main;

class PluginWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "allow it with --flex allow | allow it with <flex>allow</flex>",
        "allow it with --flex=allow; or not | allow it with <flex>allow</flex>; or not",
        "--against or --golden is missing | <against> or <golden> is missing",
        "write it with --dump-ir DIR | write it with <dumpIr>DIR</dumpIr>",
        "run it again with --debug to see it | run it again with -X to see it",
        "see signet convert --help | see mvn org.signet:signet-maven-plugin:help -Ddetail -Dgoal=convert",
        "op 'a--b' of $1 and \\1 --flex | op 'a--b' of $1 and \\1 <flex>",
      })
  void saysItInTheWordsOfAPom(String commandLine, String pom) {
    assertThat(PluginWords.of(commandLine)).isEqualTo(pom);
  }

  /**
   * What the command can do, a pom can say; to verify is a goal of its own there, and the number of
   * threads changes no result.
   */
  @Test
  void everyOptionIsAParameter() {
    Set<String> options = new TreeSet<>();
    options.addAll(options("convert"));
    options.addAll(options("verify"));
    options.removeAll(Set.of("json", "debug", "help", "verify", "threads"));
    assertThat(PluginWords.PARAMETERS.keySet()).isEqualTo(options);

    Set<String> fields =
        Arrays.stream(Model.class.getDeclaredFields())
            .map(Field::getName)
            .collect(Collectors.toSet());
    assertThat(PluginWords.PARAMETERS.values()).allMatch(fields::contains);
  }

  private static Set<String> options(String command) {
    ByteArrayOutputStream help = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(help, true, StandardCharsets.UTF_8);
    assertThat(Main.run(new String[] {command, "--help"}, stream, stream)).isZero();
    return Pattern.compile("^ +(?:-\\w, )?--([a-z-]+)", Pattern.MULTILINE)
        .matcher(help.toString(StandardCharsets.UTF_8))
        .results()
        .map(option -> option.group(1))
        .collect(Collectors.toSet());
  }
}

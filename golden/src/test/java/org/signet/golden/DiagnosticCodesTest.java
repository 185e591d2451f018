package org.signet.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.signet.diag.Code;

/** {@code docs/codes.md} has a section for every code, and no other. */
class DiagnosticCodesTest {
  private static List<String> lines() throws Exception {
    return Files.readAllLines(TestFolders.root().resolve("docs").resolve("codes.md"));
  }

  @Test
  void everyCodeHasASectionAndViceVersa() throws Exception {
    List<String> sections = lines().stream().filter(line -> line.startsWith("## ")).toList();
    assertThat(sections)
        .containsExactlyElementsOf(
            Arrays.stream(Code.values()).map(code -> "## " + code + " " + code.name()).toList());
  }

  @Test
  void everySectionHasAnExampleOfItsOwnCode() throws Exception {
    String current = "";
    Stream.Builder<String> examples = Stream.builder();
    for (String line : lines()) {
      if (line.startsWith("## ")) {
        current = line.substring(3, 11);
      } else if (line.startsWith("    ") && !current.isEmpty()) {
        assertThat(line).contains(current);
        examples.add(current);
      }
    }
    assertThat(examples.build())
        .containsExactlyElementsOf(Arrays.stream(Code.values()).map(Code::toString).toList());
  }
}

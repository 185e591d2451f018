package org.signet.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentFileTest {
  @Test
  void quotesEveryArgument() {
    assertThat(ArgumentFile.text(List.of("-cp", "a b.jar", "", "#c")))
        .isEqualTo("\"-cp\"\n\"a b.jar\"\n\"\"\n\"#c\"\n");
  }

  @Test
  void escapesWhatTheLauncherWouldTakeApart() {
    assertThat(ArgumentFile.text(List.of("C:\\x", "say \"so\"", "two\nlines")))
        .isEqualTo("\"C:\\\\x\"\n\"say \\\"so\\\"\"\n\"two\\nlines\"\n");
  }
}

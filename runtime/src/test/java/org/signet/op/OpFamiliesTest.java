package org.signet.op;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With {@code -Dsignet.approve=true} the index is written anew for the families that it names. */
class OpFamiliesTest {
  private static final Path INDEX = Path.of("src/main/resources/org/signet/op/families.tsv");

  @Test
  void theIndexNamesWhatTheFamiliesDefine() throws IOException {
    String defined =
        OpFamilies.text().lines().map(OpFamiliesTest::defined).collect(joining("\n", "", "\n"));
    if (Boolean.getBoolean("signet.approve")) {
      Files.writeString(INDEX, defined);
    } else {
      assertThat(OpFamilies.text())
          .as("run this test with -Dsignet.approve=true to bring families.tsv up to date")
          .isEqualTo(defined);
    }
  }

  private static String defined(String line) {
    String family = line.substring(0, line.indexOf('\t'));
    return OpFamilies.definitions(family).stream()
        .map(definition -> definition.key().toString())
        .sorted()
        .collect(joining(" ", family + '\t', ""));
  }

  @Test
  void anOpIsFoundInItsFamily() {
    OpFamilies families = OpFamilies.read();
    assertThat(families.of(OpKey.builtin("RELU"))).contains("Activations");
    assertThat(families.of(OpKey.tf("StringLower"))).contains("flex.text.TfStrings");
    assertThat(families.of(OpKey.custom("StringLower"))).isEmpty();
  }

  @Test
  void familiesThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> OpFamilies.definitions("Nothing")).hasMessage("no family Nothing");
    assertThatThrownBy(() -> OpFamilies.definitions("flex.text.Nothing"))
        .hasMessage("no family Nothing");
    assertThatThrownBy(() -> OpFamilies.definitions("flex.none.Nothing"))
        .hasMessage("no package of families none");
  }
}

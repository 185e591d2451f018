package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say of a model some of whose ops nobody runs. */
class MissingKernelsTest {
  @TempDir private Path folder = Path.of("");
  private String model = "";
  private String goldenCase = "";

  /** A model whose signature decode has an op that TensorFlow has not. */
  @BeforeEach
  void makeModel() throws IOException {
    goldenCase = Run.goldenCase("encode-decode").toString();
    Path file = folder.resolve("model.tflite");
    Run.of("golden", "convert", "--case", goldenCase, "-o", file.toString()).succeeds();
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file, bytes.replace("StringToNumber", "StringToNumbeR"), StandardCharsets.ISO_8859_1);
    model = file.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --signature encode --input x=[1]",
        "bench --signature encode",
        "verify --golden CASE"
      })
  void everyCommandRefusesItFirst(String line) {
    Run run = Run.of(words(line));
    run.fails(3, "SIG-0605");
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("no kernel runs FlexStringToNumbeR")
        .contains("(signature 'decode', node 'StringToNumbeR')")
        .contains("there are kernels for all of 'encode'; to run no more than that")
        .contains("--partial");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --partial --signature encode --input x=[1]",
        "bench --partial --signature encode --runs 1"
      })
  void otherSignaturesRunIfAskedTo(String line) {
    Run.of(words(line)).succeeds();
  }

  @Test
  void verifiesTheOtherSignaturesIfAskedTo() {
    Run run = Run.of(words("verify --partial --golden CASE"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("PASS encode").containsPattern("FAIL decode .*SIG-0605");
  }

  private String[] words(String line) {
    String[] words = line.replace("CASE", goldenCase).split(" ");
    List<String> all = new ArrayList<>(List.of(words[0], model));
    all.addAll(List.of(words).subList(1, words.length));
    return all.toArray(String[]::new);
  }
}

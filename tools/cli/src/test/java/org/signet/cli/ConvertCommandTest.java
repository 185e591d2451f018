package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.golden.Json;
import org.signet.session.Interpreter;

class ConvertCommandTest {
  @TempDir private Path folder = Path.of("");
  private String target = "";

  @BeforeEach
  void name() {
    target = folder.resolve("model.tflite").toString();
  }

  private Run convert(String goldenCase, String... more) {
    String[] args =
        Stream.concat(Stream.of("convert", Run.model(goldenCase), "-o", target), Stream.of(more))
            .toArray(String[]::new);
    return Run.of(args);
  }

  private List<String> keys() {
    try (Interpreter interpreter = new Interpreter(Path.of(target))) {
      return interpreter.signatureKeys();
    }
  }

  /** Nothing is left of a conversion that failed. */
  private void assertNothingWritten() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.contains(".tmp") || name.endsWith(".tflite"));
    }
  }

  @Test
  void endsWithASummary() {
    Run run = convert("encode-decode").succeeds();
    assertThat(run.out())
        .startsWith("Flex ops: FlexAsString, FlexStringToNumber\n")
        .contains("  FlexStringToNumber(string) {out_type = float32}: ")
        .containsPattern("signature +inputs +outputs +builtin +Flex\n")
        .containsPattern("encode +x float32\\[\\?\\] +encoded_result string\\[\\?\\] +0 +1\n")
        .containsPattern("all +1 +2\n")
        .containsPattern(" kB -> .* in \\d+\\.\\d\\d s\n$");
    assertThat(keys()).containsExactly("encode", "decode");
  }

  @Test
  void countsBuiltins() {
    assertThat(convert("dense").succeeds().out())
        .doesNotContain("Flex ops")
        .containsPattern("serve +.* 2 +0\n");
  }

  @Test
  void writesReportsAndDumps() throws Exception {
    Path report = folder.resolve("report.json");
    Path dumps = folder.resolve("dumps");
    convert("encode-decode", "--report", report.toString(), "--dump-ir", dumps.toString())
        .succeeds();
    String json = Files.readString(report);
    assertThat(Run.member(json, "flex_ops")).hasToString("2");
    assertThat(Run.member(json, "signatures").toString()).matches("[{]encode=.*, decode=.*");
    assertThat(dumps.resolve("00-import.txt")).isRegularFile();
  }

  @Test
  void printsJsonAlone() throws Exception {
    Run run = convert("encode-decode", "--json").succeeds();
    assertThat(Json.parse(run.out())).isInstanceOf(Map.class);
  }

  @Test
  void convertsOnlyTheSignaturesAskedFor() {
    convert("encode-decode", "--signatures", "decode").succeeds();
    assertThat(keys()).containsExactly("decode");
    convert("encode-decode", "--signatures", "decode,encode").succeeds();
    assertThat(keys()).containsExactly("encode", "decode");
    convert("encode-decode", "--signatures", "encode", "--signatures", "decode").succeeds();
    assertThat(keys()).containsExactly("encode", "decode");
  }

  @Test
  void repeatedKeysAreNotSplit() {
    Run run = convert("encode-decode", "--signatures", "encode,decode", "--signatures", "encode");
    run.fails(2, "SIG-0103");
    assertThat(run.err()).contains("'encode,decode'").contains("'encode', 'decode'");
  }

  @Test
  void warnsOfFlexOpsIfAsked() {
    Run run = convert("encode-decode", "--flex", "warn");
    assertThat(run.status()).isZero();
    assertThat(run.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("signet: warning: SIG-0408 Flex"));
  }

  @Test
  void tellsAllBlockersAtOnceEachOpOnce() throws Exception {
    Run run = convert("string-numbers", "--flex", "forbid");
    run.fails(3, "SIG-0402");
    assertThat(run.err())
        .containsPattern("AsString .*\\(\\d+ times, first signature '.*'; signature '.*\\)")
        .contains("StringToNumber");
    assertThat(run.err().lines().filter(line -> line.contains("StringToNumber would")).count())
        .isEqualTo(1);
    assertNothingWritten();
  }

  @Test
  void whatIsInTheWayIsInTheReportToo() throws Exception {
    Path report = folder.resolve("report.json");
    Run run = convert("string-numbers", "--flex=forbid", "--json", "--report=" + report);
    assertThat(report).content().isEqualTo(run.out());
    Object first = ((List<?>) Run.member(run.out(), "errors")).getFirst();
    assertThat(first)
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("op", "AsString")
        .containsKeys("code", "signature", "node", "declined", "hints");
  }

  @Test
  void canMakeEveryOpAFlexOp() {
    assertThat(convert("dense", "--flex", "only").succeeds().out())
        .contains("FlexMatMul")
        .containsPattern("all +0 +");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--flex=maybe", "--kind=onnx"})
  void saysWhichValuesThereAre(String flag) throws Exception {
    Run run = convert("dense", flag);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains(flag.substring(flag.indexOf('=') + 1))
        .containsPattern("the (modes|kinds) are:? ");
    assertNothingWritten();
  }

  @Test
  void saysWhichTagSetsThereAre() throws Exception {
    Run run = convert("dense", "--tags", "gpu,fast");
    run.fails(2, "SIG-0102");
    assertThat(run.err()).contains("serve");
    assertNothingWritten();
  }

  @Test
  void saysWhichSignaturesThereAre() throws Exception {
    Run run = convert("dense", "--signatures", "serving");
    run.fails(2, "SIG-0103");
    assertThat(run.err()).contains("'serving'").contains("'serve', 'serving_default'");
    assertNothingWritten();
  }

  @Test
  void saysThatThereIsNoSource() throws Exception {
    Run.of("convert", folder.resolve("none").toString(), "-o", target).fails(5, "SIG-0201");
    Run.of("convert", folder.toString(), "-o", target).fails(5, "SIG-0201");
    assertNothingWritten();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "saved_model.pb",
        "variables/variables.index",
        "variables/variables.data-00000-of-00001"
      })
  void refusesTruncatedFiles(String file) throws Exception {
    Path copy = copy(Path.of(Run.model("dense")), folder.resolve("copy"));
    byte[] bytes = Files.readAllBytes(copy.resolve(file));
    for (int length : new int[] {bytes.length - 1, bytes.length / 2, 1}) {
      Files.write(copy.resolve(file), Arrays.copyOf(bytes, length));
      Run run = Run.of("convert", copy.toString(), "-o", target);
      assertThat(run.status()).as("%s of %d bytes: %s", file, length, run.err()).isEqualTo(4);
      run.fails(4, run.err().substring("signet: ".length(), "signet: SIG-0000".length()));
      assertNothingWritten();
    }
  }

  @Test
  void refusesFilesThatAreMissing() throws Exception {
    Path copy = copy(Path.of(Run.model("dense")), folder.resolve("copy"));
    Files.delete(copy.resolve("variables").resolve("variables.index"));
    Run run = Run.of("convert", copy.toString(), "-o", target);
    assertThat(run.status()).isIn(4, 5);
    assertThat(run.err()).contains("SIG-0");
    assertNothingWritten();
  }

  @Test
  void leavesTheTargetAloneIfItFails() throws Exception {
    Files.writeString(Path.of(target), "old");
    convert("string-numbers", "--flex", "forbid").fails(3, "SIG-0402");
    assertThat(Path.of(target)).hasContent("old");
  }

  @Test
  void saysThatTheTargetCanNotBeWritten() throws Exception {
    Run.of("convert", Run.model("dense"), "-o", folder.resolve("no").resolve("m.tflite").toString())
        .fails(5, "SIG-0203");
    Run.of("convert", Run.model("dense"), "-o", folder.toString()).fails(5, "SIG-0203");
    assertNothingWritten();
  }

  @Test
  void wantsASourceAndATarget() {
    Run.of("convert", Run.model("dense")).fails(2, "SIG-0101");
    Run.of("convert", "-o", target).fails(2, "SIG-0101");
    Run.of("convert", Run.model("dense"), "more", "-o", target).fails(2, "SIG-0101");
    Run.of("convert", Run.model("dense"), "-o", target, "--nonsense").fails(2, "SIG-0101");
    Run.of("convert", Run.model("dense"), "-o", target, "-o", target).fails(2, "SIG-0101");
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}

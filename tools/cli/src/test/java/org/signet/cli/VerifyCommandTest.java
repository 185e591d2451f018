package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.tensor.Npy;
import org.signet.tensor.Tensor;

class VerifyCommandTest {
  @TempDir private Path folder = Path.of("");

  private static String golden(String name) {
    return Run.goldenCase(name).toString();
  }

  @Test
  void comparesWithTheSourceAndWithGoldenCases() {
    String model = Run.convert("encode-decode", folder);
    Run run =
        Run.of(
                "verify",
                model,
                "--against",
                Run.model("encode-decode"),
                "--golden",
                golden("encode-decode"))
            .succeeds();
    assertThat(run.out())
        .contains("  PASS encode  calls=3 max_error=0.0\n")
        .contains("in golden case encode-decode\n")
        .contains("the source in golden case encode-decode\n")
        .endsWith("6 passed, 0 failed\n");
  }

  @Test
  void takesSeveralCases() {
    String model = Run.convert("dense", folder);
    Run run = Run.of("verify", model, "--golden", golden("dense"), golden("dense"));
    assertThat(run.succeeds().out()).endsWith("4 passed, 0 failed\n");
  }

  @Test
  void saysWhatDiffersAndWhere() throws Exception {
    Path other = otherNumbers();
    String model = Run.convert("dense", folder);
    Run run = Run.of("verify", model, "--golden", other.toString());
    run.fails(1, "SIG-0701");
    assertThat(run.err()).contains("call 0, output 'output_0'[0, 0]").contains("'serve'");
    assertThat(run.out())
        .contains("FAIL serve ")
        .contains(" max_error=")
        .contains("0 passed, 2 failed");
    Run json = Run.of("verify", model, "--golden", other.toString(), "--json");
    assertThat(json.status()).isEqualTo(1);
    assertThat(Run.member(json.out(), 0, "signatures", "serve", "passed")).isEqualTo(false);
    assertThat(Run.member(json.out(), 0, "signatures", "serve", "worst").toString())
        .contains("output 'output_0'");
  }

  @Test
  void saysThatALoopTakesTooManySteps() {
    String model = Run.convert("loop-growing", folder);
    Run run = Run.of("verify", model, "--golden", golden("loop-growing"), "--max-steps", "1");
    assertThat(run.fails(1, "SIG-0701").err()).contains("SIG-0609", "more than 1 steps");
    // The source's loop takes as many, and what neither ran was not compared.
    assertThat(run.out() + run.err()).doesNotContain("no operator differs");
  }

  /** The case of the dense model, whose first call is to give another number. */
  private Path otherNumbers() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("other"));
    String file = "serve.0.out.output_0.npy";
    Tensor expected = Npy.read(Run.goldenCase("dense").resolve("data").resolve(file));
    expected.setDouble(0, expected.getDouble(0) + 1);
    Npy.write(copy.resolve(file), expected);
    String original = Run.goldenCase("dense").toUri().getPath();
    Files.writeString(
        copy.resolve("case.json"),
        Files.readString(Run.goldenCase("dense").resolve("case.json"))
            .replace("data/" + file, file)
            .replace("\"data/", "\"" + original + "data/")
            .replace("\"model\"", "\"" + original + "model\""));
    return copy;
  }

  @Test
  void saysWhichSignaturesDiffer() {
    String model = folder.resolve("encode.tflite").toString();
    Run.of("convert", Run.model("encode-decode"), "-o", model, "--signatures", "encode").succeeds();
    Run run = Run.of("verify", model, "--against", Run.model("encode-decode"));
    run.fails(1, "SIG-0702");
    assertThat(run.err()).contains("'decode'");
    Run.of("verify", model, "--against", Run.model("encode-decode"), "--signatures", "encode")
        .succeeds();
  }

  @Test
  void wantsSomethingToCompareWith() {
    String model = Run.convert("dense", folder);
    Run.of("verify", model).fails(2, "SIG-0101");
    Run.of("verify", "--against", Run.model("dense")).fails(2, "SIG-0101");
    Run.of("verify", model, "--golden", folder.toString()).fails(5, "SIG-0201");
    Run.of("verify", folder.resolve("none.tflite").toString(), "--against", Run.model("dense"))
        .fails(5, "SIG-0201");
  }
}

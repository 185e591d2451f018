package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.golden.CaseCall;
import org.signet.golden.CaseReader;
import org.signet.golden.CaseSignature;
import org.signet.golden.GoldenCase;
import org.signet.golden.Json;
import org.signet.golden.TensorFiles;
import org.signet.golden.compare.TensorComparison;
import org.signet.session.Interpreter;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class GoldenCommandTest {
  @TempDir private Path folder = Path.of("");

  private String convert(Path goldenCase) {
    String file = folder.resolve("golden.tflite").toString();
    Run.of("golden", "convert", "--case", goldenCase.toString(), "-o", file).succeeds();
    return file;
  }

  private Path caseFile(String json) throws Exception {
    Path made = Files.createDirectories(folder.resolve("case"));
    Files.writeString(made.resolve("case.json"), json);
    return made;
  }

  @ParameterizedTest
  @ValueSource(strings = {"encode-decode", "dense", "checkpoint-types-rare"})
  void runsEveryCallInOrder(String name) throws Exception {
    Path path = Run.goldenCase(name);
    Path out = folder.resolve("out");
    Run.of(
            "golden",
            "run",
            "--model",
            convert(path),
            "--case",
            path.toString(),
            "--output-dir",
            out.toString())
        .succeeds();
    GoldenCase goldenCase = CaseReader.read(path);
    List<?> written = (List<?>) Json.parse(Files.readString(out.resolve("outputs.json")));
    assertThat(written).hasSize(goldenCase.calls().size());
    for (CaseCall call : goldenCase.calls()) {
      Map<?, ?> files = (Map<?, ?>) written.get(call.index());
      call.outputs()
          .forEach((output, expected) -> {
            DType dtype = dtype(goldenCase, call, output);
            Tensor actual = TensorFiles.read(out.resolve(String.valueOf(files.get(output))), dtype);
            assertThat(
                    TensorComparison.compare(
                            TensorFiles.read(expected, dtype), actual, goldenCase.tolerance())
                        .difference())
                .as("call %d, %s", call.index(), output)
                .isEmpty();
          });
    }
  }

  private static DType dtype(GoldenCase goldenCase, CaseCall call, String output) {
    CaseSignature signature = Objects.requireNonNull(goldenCase.signatures().get(call.signature()));
    return Objects.requireNonNull(signature.outputs().get(output)).dtype();
  }

  @Test
  void onlyPlansWhereThereAreNoCalls() throws Exception {
    String model = convert(Run.goldenCase("dense"));
    Path noCalls =
        caseFile("{\"source\": {\"kind\": \"saved_model\", \"path\": \"m\"}, \"signatures\": {}}");
    Path out = folder.resolve("out");
    Run.of(
            "golden",
            "run",
            "--model",
            model,
            "--case",
            noCalls.toString(),
            "--output-dir",
            out.toString())
        .succeeds();
    assertThat(Json.parse(Files.readString(out.resolve("outputs.json")))).isEqualTo(List.of());
  }

  @Test
  void convertsOnlyTheSignaturesThatTheCaseNames() throws Exception {
    String source = Run.goldenCase("encode-decode").resolve("model").toUri().getPath();
    Path one =
        caseFile(
            "{\"source\": {\"kind\": \"saved_model\", \"path\": \""
                + source
                + "\", \"tags\": [\"serve\"]}, \"signature_keys\": [\"decode\"]}");
    try (Interpreter interpreter = new Interpreter(Path.of(convert(one)))) {
      assertThat(interpreter.signatureKeys()).containsExactly("decode");
    }
  }

  @Test
  void minglesNoTagSets() throws Exception {
    String source = Run.goldenCase("encode-decode").resolve("model").toUri().getPath();
    Path other =
        caseFile(
            "{\"source\": {\"kind\": \"saved_model\", \"path\": \""
                + source
                + "\", \"tags\": [\"gpu\"]}}");
    Run.of(
            "golden",
            "convert",
            "--case",
            other.toString(),
            "-o",
            folder.resolve("m.tflite").toString())
        .fails(2, "SIG-0102");
  }

  @Test
  void saysWhichSourcesItDoesNotKnow() throws Exception {
    Path unknown = caseFile("{\"source\": {\"kind\": \"onnx\", \"path\": \"m\"}}");
    Path target = folder.resolve("m.tflite");
    assertThat(
            Run.of("golden", "convert", "--case", unknown.toString(), "-o", target.toString())
                .fails(3, "SIG-0307")
                .err())
        .contains("'onnx'");
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesMalformedCases() throws Exception {
    Path malformed = caseFile("{\"source\": ");
    Run.of(
            "golden",
            "convert",
            "--case",
            malformed.toString(),
            "-o",
            folder.resolve("m.tflite").toString())
        .fails(4, "SIG-0703");
    Run.of(
            "golden",
            "convert",
            "--case",
            folder.toString(),
            "-o",
            folder.resolve("m.tflite").toString())
        .fails(5, "SIG-0201");
  }

  @Test
  void leavesNoIndexOfCallsThatFail() throws Exception {
    String model = convert(Run.goldenCase("encode-decode"));
    Path bad =
        caseFile(
            "{\"source\": {}, \"calls\": [{\"signature\": \"encode\", \"inputs\": {}, \"outputs\": {}}]}");
    Path out = folder.resolve("out");
    Run.of(
            "golden",
            "run",
            "--model",
            model,
            "--case",
            bad.toString(),
            "--output-dir",
            out.toString())
        .fails(2, "SIG-0601");
    assertThat(out.resolve("outputs.json")).doesNotExist();
  }
}

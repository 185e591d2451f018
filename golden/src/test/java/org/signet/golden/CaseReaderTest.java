package org.signet.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.api.SourceKind;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.source.FunctionRequest;
import org.signet.source.GraphEndpoints;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

class CaseReaderTest {
  @TempDir private Path folder = Path.of("");

  private GoldenCase read(String json) throws IOException {
    Files.writeString(folder.resolve(CaseReader.FILE), json);
    return CaseReader.read(folder);
  }

  @Test
  void readsWholeCases() throws Exception {
    GoldenCase goldenCase =
        read(
            """
            {"name": "n", "source": {"kind": "saved_model", "path": "m", "tags": ["a", "b"]}, "signature_keys": ["k"],
             "signatures": {"k": {"inputs": {"z": {"dtype": "float32", "shape": [null, 3]}, "a": {"dtype": "string", "shape": null}},
                                  "outputs": {"y": {"dtype": "bool", "shape": []}}}},
             "calls": [{"signature": "k", "inputs": {"z": "data/z.npy", "a": "data/a.json"}, "outputs": {"y": "data/y.npy"}}],
             "stateful": true, "tolerance": {"rtol": 1e-5, "atol": 1e-6}, "unknown": 1}
            """);
    assertThat(goldenCase.name()).isEqualTo("n");
    assertThat(goldenCase.conversion().source()).isEqualTo(folder.resolve("m"));
    assertThat(goldenCase.conversion().kind()).isEqualTo(SourceKind.SAVED_MODEL);
    assertThat(goldenCase.conversion().tags()).containsExactlyInAnyOrder("a", "b");
    assertThat(goldenCase.conversion().signatures()).containsExactly("k");
    CaseSignature signature = goldenCase.signatures().firstEntry().getValue();
    assertThat(signature.inputs().keySet()).containsExactly("z", "a");
    assertThat(signature.inputs()).containsEntry("z", TensorType.of(DType.FLOAT32, -1, 3));
    assertThat(signature.inputs()).containsEntry("a", TensorType.unranked(DType.STRING));
    assertThat(signature.outputs()).containsEntry("y", TensorType.of(DType.BOOL));
    assertThat(goldenCase.calls().getFirst().inputs())
        .containsEntry("a", folder.resolve("data/a.json"));
    assertThat(goldenCase.stateful()).isTrue();
    assertThat(goldenCase.tolerance()).isEqualTo(new Tolerance(1e-5, 1e-6));
  }

  @Test
  void callsMayBeMissing() throws Exception {
    GoldenCase goldenCase = read("{\"source\": {}}");
    assertThat(goldenCase.calls()).isEmpty();
    assertThat(goldenCase.name()).isEqualTo(String.valueOf(folder.getFileName()));
  }

  @Test
  void readsWhereVariablesAre() throws Exception {
    GoldenCase goldenCase =
        read("{\"source\": {\"checkpoint\": \"c\", \"variables\": {\"v\": \"w\"}}}");
    assertThat(goldenCase.conversion().checkpoint()).contains(folder.resolve("c"));
    assertThat(goldenCase.conversion().variables()).containsOnly(java.util.Map.entry("v", "w"));
  }

  @Test
  void saysWhichSourcesItDoesNotKnow() throws Exception {
    GoldenCase goldenCase = read("{\"source\": {\"kind\": \"onnx\", \"path\": \"m\"}}");
    assertThatThrownBy(goldenCase::conversion)
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.UNSUPPORTED_SOURCE))
        .hasMessageContaining("'onnx'");
  }

  @Test
  void readsOneFunctionWithItsIndexAndKey() throws Exception {
    CaseSource source =
        read("{\"source\": {\"function\": \"a.b\", \"index\": 2, \"key\": \"k\"}}").source();
    assertThat(source.functions())
        .containsExactly(new FunctionRequest("k", "a.b", OptionalInt.of(2)));
  }

  @Test
  void readsSetsOfFeedsAndFetches() throws Exception {
    String sets =
        "{\"a\": {\"feeds\": [\"x:0\"], \"fetches\": [\"y\"]}, \"b\": {\"fetches\": [\"n=z:1\"]}}";
    CaseSource source = read("{\"source\": {\"endpoints\": " + sets + "}}").source();
    assertThat(source.endpoints())
        .containsExactly(
            new GraphEndpoints("a", List.of("x:0"), List.of("y")),
            new GraphEndpoints("b", List.of(), List.of("n=z:1")));
    CaseSource one = read("{\"source\": {\"feeds\": [\"x\"], \"fetches\": [\"y\"]}}").source();
    assertThat(one.endpoints())
        .containsExactly(new GraphEndpoints("serving_default", List.of("x"), List.of("y")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|ends too early",
        "{\"source\": {\"function\": \"f\", \"index\": 0.5}}|a whole number 'index'",
        "[]|is no object",
        "{\"calls\": {}}|needs a list 'calls'",
        "{\"calls\": [{}]}|call 0 needs a string 'signature'",
        "{\"signatures\": {\"k\": {\"inputs\": {\"x\": {\"dtype\": \"float33\"}}}}}|float33",
        "{\"signatures\": {\"k\": {\"inputs\": {\"x\": {\"dtype\": \"bool\", \"shape\": [-2]}}}}}|the size -2",
        "{\"tolerance\": {\"rtol\": \"much\"}}|needs a number 'rtol'"
      })
  void saysWhatIsMalformed(String json, String problem) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED_CASE))
        .hasMessageContaining(problem);
  }

  @Test
  void saysThatAFolderIsNoCase() {
    assertThatThrownBy(() -> CaseReader.read(folder))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.FILE_MISSING));
  }

  @Test
  void readsBackStringsThatItWrites() {
    Path file = folder.resolve("strings.json");
    Tensor strings =
        Tensor.wrap(
            DType.STRING,
            new byte[][] {
              {0, (byte) 0xFF}, {}, "ü".getBytes(java.nio.charset.StandardCharsets.UTF_8), {65}
            },
            2,
            2);
    TensorFiles.write(file, strings);
    Tensor read = TensorFiles.read(file, DType.STRING);
    assertThat(read.shape()).containsExactly(2, 2);
    assertThat(read.strings()).isDeepEqualTo(strings.strings());
  }

  @Test
  void readsBfloat16FromItsBits() {
    Path file = folder.resolve("bits.npy");
    TensorFiles.write(file, Tensor.wrap(DType.BFLOAT16, new short[] {0x3F80}, 1));
    assertThat(TensorFiles.read(file, DType.BFLOAT16).getDouble(0)).isEqualTo(1.0);
    assertThat(TensorFiles.read(file, DType.UINT16).getLong(0)).isEqualTo(0x3F80);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"shape\": [2], \"base64\": [\"YQ==\"]}|1 strings for the shape [2]",
        "{\"shape\": [1], \"base64\": [\"?\"]}|no base64",
        "{\"shape\": [65536, 65536, 65536, 65536], \"base64\": []}|0 strings",
        "{\"shape\": [null], \"base64\": [\"YQ==\"]}|1 strings for the shape [?]"
      })
  void saysWhichStringsAreMalformed(String json, String problem) throws Exception {
    Path file = folder.resolve("strings.json");
    Files.writeString(file, json);
    assertThatThrownBy(() -> TensorFiles.read(file, DType.STRING))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("SIG-0703")
        .hasMessageContaining(problem);
  }
}

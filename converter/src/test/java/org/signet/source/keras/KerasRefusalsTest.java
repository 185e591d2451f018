package org.signet.source.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.source.SourceModel;

/** What the Keras reader refuses, and that it says why. */
class KerasRefusalsTest {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";
  private static final String LAST_DENSE =
      "\"class_name\": \"Dense\", \"config\": {\"name\": \"dense_1\"";

  @TempDir Path folder;

  /** The small archive of two Dense layers with one entry changed. */
  private Path changed(String entry, UnaryOperator<byte[]> change) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    Path source = KerasModelsTest.resources().resolve("k3_mlp_keras.keras");
    try (ZipFile zip = new ZipFile(source.toFile())) {
      for (ZipEntry e : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(e).readAllBytes();
        entries.put(e.getName(), e.getName().equals(entry) ? change.apply(bytes) : bytes);
      }
    }
    Path target = folder.resolve("changed.keras");
    try (OutputStream out = Files.newOutputStream(target);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> e : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(e.getKey()));
        zip.write(e.getValue());
      }
    }
    return target;
  }

  private Path withConfig(String from, String to) throws IOException {
    return changed(
        CONFIG,
        bytes -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          assertThat(text).contains(from);
          return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        });
  }

  private static void refuses(Path file, Code code, String... words) {
    assertThatExceptionOfType(SignetException.class)
        .isThrownBy(() -> KerasReader.open(file).close())
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessageContainingAll(words);
  }

  @ParameterizedTest
  @CsvSource({"Lambda, Python code", "NoSuchLayer, can't be converted"})
  void refusesLayersByName(String className, String why) throws IOException {
    Path file = withConfig(LAST_DENSE, LAST_DENSE.replace("Dense", className));
    refuses(file, Code.UNSUPPORTED_SOURCE, "dense_1", className, why);
  }

  @Test
  void refusesLayersOfTheUsersOwn() throws IOException {
    Path file =
        withConfig(
            "\"module\": \"keras.layers\", " + LAST_DENSE,
            "\"module\": \"my.layers\", " + LAST_DENSE.replace("Dense", "Mine"));
    refuses(file, Code.UNSUPPORTED_SOURCE, "dense_1", "Mine", "code");
  }

  @Test
  void refusesSubclassedModels() throws IOException {
    Path file =
        changed(
            CONFIG,
            bytes ->
                ("{\"module\": \"mine\", \"class_name\": \"MyModel\", \"config\": {},"
                        + " \"registered_name\": \"MyModel\"}")
                    .getBytes(StandardCharsets.UTF_8));
    refuses(file, Code.UNSUPPORTED_SOURCE, "subclassed", "MyModel");
  }

  @Test
  void refusesActivationsOfTheUsersOwn() throws IOException {
    Path file = withConfig("\"activation\": \"softmax\"", "\"activation\": \"my_function\"");
    refuses(file, Code.UNSUPPORTED_SOURCE, "dense_1", "my_function");
  }

  @Test
  void refusesQuantizedLayers() throws IOException {
    Path file =
        withConfig(
            "\"class_name\": \"DTypePolicy\", \"config\": {\"name\": \"float32\"}",
            "\"class_name\": \"QuantizedDTypePolicy\", \"config\": {\"mode\": \"float8\","
                + " \"source_name\": \"float32\"}");
    refuses(file, Code.UNSUPPORTED_SOURCE, "dtype policy");
  }

  @Test
  void namesTheDatasetThatIsMissing() throws IOException {
    refuses(
        withConfig("\"units\": 3", "\"units\": 4"),
        Code.MALFORMED_CHECKPOINT,
        "layers/dense_1/vars/0",
        "[5, 4]");
    Path file =
        withConfig(
            LAST_DENSE,
            "\"class_name\": \"Embedding\", \"config\": {\"input_dim\": 3, \"output_dim\": 2, \"name\":"
                + " \"dense_1\"");
    refuses(file, Code.VARIABLE_WITHOUT_VALUE, "dense_1", "layers/embedding/vars/0");
  }

  @Test
  void refusesArchivesWithoutWeightsOrConfig() throws IOException {
    Path file = folder.resolve("empty.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("metadata.json"));
    }
    refuses(file, Code.MALFORMED_GRAPH, CONFIG);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(CONFIG));
      zip.write('{');
      zip.putNextEntry(new ZipEntry("metadata.json"));
      zip.write("{}".getBytes(StandardCharsets.UTF_8));
    }
    refuses(file, Code.VARIABLE_WITHOUT_VALUE, WEIGHTS);
  }

  @Test
  void refusesArchivesWhoseChecksumsDoNotFit() throws IOException {
    Path file = folder.resolve("plain.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(0);
      zip.putNextEntry(new ZipEntry(CONFIG));
      zip.write("{\"class_name\": \"Sequential\"}".getBytes(StandardCharsets.UTF_8));
    }
    String plain = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(plain).contains("Sequential");
    Files.writeString(file, plain.replace("Sequential", "Functional"), StandardCharsets.ISO_8859_1);
    refuses(file, Code.MALFORMED_GRAPH, "checksum", CONFIG);
  }

  @Test
  void refusesWhatGrowsOutOfProportion() throws IOException {
    Path file = changed(WEIGHTS, bytes -> new byte[50_000_000]);
    refuses(file, Code.MALFORMED_GRAPH, WEIGHTS, "packs");
  }

  @Test
  void refusesConfigsThatAreNestedWithoutEnd() throws IOException {
    Random random = new Random(1);
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      deep.append("[").append(random.nextInt(1000)).append(',');
    }
    refuses(
        changed(CONFIG, bytes -> deep.toString().getBytes(StandardCharsets.UTF_8)),
        Code.MALFORMED_GRAPH,
        "JSON");
    String open = "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [";
    String nested = open.repeat(80) + "]}}".repeat(80);
    refuses(
        changed(CONFIG, bytes -> nested.getBytes(StandardCharsets.UTF_8)),
        Code.MALFORMED_GRAPH,
        "nested");
  }

  /** Each model calls the one within it twice, so that there would be 2^40 calls. */
  @Test
  void refusesGraphsThatMultiply() throws IOException {
    String input =
        "{\"class_name\": \"InputLayer\", \"name\": \"x\", \"config\": {\"name\": \"x\","
            + " \"batch_shape\": [null, 4]}, \"inbound_nodes\": []}";
    String tensor =
        "{\"args\": [{\"class_name\": \"__keras_tensor__\", \"config\": {\"keras_history\":"
            + " [\"%s\", 0, 0]}}], \"kwargs\": {}}";
    String layer = "\"class_name\": \"Dropout\", \"config\": {\"name\": \"m\"}";
    for (int i = 0; i < 40; i++) {
      String calls = tensor.formatted("x") + ", " + tensor.formatted("m");
      layer =
          "\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": ["
              + input
              + ", {"
              + layer
              + ", \"module\": \"keras\", \"inbound_nodes\": ["
              + calls
              + "]}], \"input_layers\": [\"x\", 0, 0], \"output_layers\": [[\"m\", 1, 0]]}";
    }
    String model = "{" + layer + "}";
    refuses(
        changed(CONFIG, bytes -> model.getBytes(StandardCharsets.UTF_8)),
        Code.MALFORMED_GRAPH,
        "calls");
  }

  /** Settings of a wrong kind are told, too. */
  @Test
  void survivesDamagedConfigs() throws IOException {
    Random random = new Random(2);
    int told = 0;
    for (int i = 0; i < 300; i++) {
      Path file =
          changed(
              CONFIG,
              bytes -> {
                String text = new String(bytes, StandardCharsets.UTF_8);
                int at = text.indexOf(':', random.nextInt(text.length()));
                int end = text.indexOf(',', at);
                if (at < 0 || end < 0) {
                  return bytes;
                }
                String value = random.nextBoolean() ? "[\"x\"]" : "-7.5";
                return (text.substring(0, at + 1) + value + text.substring(end))
                    .getBytes(StandardCharsets.UTF_8);
              });
      try {
        readAll(file);
      } catch (SignetException e) {
        told++;
      }
    }
    assertThat(told).isPositive();
  }

  @Test
  void refusesWeightsOnly() throws IOException {
    Path file = folder.resolve("weights.h5");
    try (ZipFile zip =
        new ZipFile(KerasModelsTest.resources().resolve("k3_mlp_keras.keras").toFile())) {
      Files.write(file, zip.getInputStream(zip.getEntry(WEIGHTS)).readAllBytes());
    }
    refuses(file, Code.UNSUPPORTED_SOURCE, "no whole model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"k3_mlp_keras.keras", "k2_mlp_h5.h5.gz"})
  void refusesTruncatedFiles(String name) throws IOException {
    byte[] whole = Files.readAllBytes(KerasModelsTest.model(name, folder));
    Path file = folder.resolve("truncated");
    for (int length = 0; length < whole.length; length += whole.length / 23) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatExceptionOfType(SignetException.class).isThrownBy(() -> readAll(file));
    }
  }

  /** Damage gives a result or a failure that is told, never anything else. */
  @Test
  void survivesDamagedWeights() throws IOException {
    byte[] whole = Files.readAllBytes(KerasModelsTest.model("k2_mlp_h5.h5.gz", folder));
    Path file = folder.resolve("damaged.h5");
    Random random = new Random(1);
    int told = 0;
    for (int i = 0; i < 400; i++) {
      byte[] damaged = whole.clone();
      for (int n = 0; n < 4; n++) {
        damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        readAll(file);
      } catch (SignetException e) {
        told++;
      }
    }
    assertThat(told).isPositive();
  }

  private static void readAll(Path file) {
    try (SourceModel model = KerasReader.open(file)) {
      model
          .nodes()
          .forEach((name, node) -> {
            if (node.op().equals("VarHandleOp")) {
              if (model.variables().read(name).isEmpty()) {
                throw SignetException.of(Code.VARIABLE_WITHOUT_VALUE, name);
              }
            }
          });
    }
  }
}

package org.signet.source.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signet.api.ConversionOptions;
import org.signet.api.Signet;
import org.signet.lower.FlexMode;
import org.signet.session.Interpreter;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Npz;
import org.signet.tensor.Tensor;

/** Converts models that Keras 2 and 3 saved, and compares with what Keras computes. */
class KerasModelsTest {
  private static final double RELATIVE = 1e-4;
  private static final double ABSOLUTE = 2e-5;

  @TempDir Path folder;

  static Stream<String> models() throws IOException {
    try (Stream<Path> files = Files.list(resources())) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".keras") || name.endsWith(".h5.gz"))
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThan(25);
      return names.stream();
    }
  }

  static Path resources() {
    try {
      return Path.of(
              Objects.requireNonNull(KerasModelsTest.class.getResource("make_models.py")).toURI())
          .resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file of a model as Keras wrote it. */
  static Path model(String name, Path folder) {
    Path source = resources().resolve(name);
    if (!name.endsWith(".gz")) {
      return source;
    }
    Path target = folder.resolve(name.replace(".gz", ""));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(source))) {
      Files.copy(in, target);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void computesWhatKerasComputes(String name) {
    check(name, FlexMode.ALLOW);
  }

  @ParameterizedTest
  @MethodSource("models")
  void computesTheSameUnconverted(String name) {
    check(name, FlexMode.ONLY);
  }

  private void check(String name, FlexMode flex) {
    Path target = folder.resolve("model.tflite");
    Signet.convert(ConversionOptions.of(model(name, folder)).withFlex(flex), target);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    Map<String, Tensor> expected = new LinkedHashMap<>();
    Path numbers = resources().resolve(name.substring(0, name.indexOf('.')) + ".npz");
    Npz.read(numbers)
        .forEach((key, value) ->
            (key.startsWith("in.") ? inputs : expected)
                .put(key.substring(key.indexOf('.') + 1), value));
    try (Interpreter interpreter = new Interpreter(target)) {
      SignatureRunner runner = interpreter.signatureRunner("serving_default");
      assertThat(runner.inputs().keySet()).containsExactlyInAnyOrderElementsOf(inputs.keySet());
      assertThat(runner.outputs().keySet()).containsExactlyElementsOf(expected.keySet());
      Map<String, Tensor> actual = runner.run(inputs);
      expected.forEach(
          (key, value) -> compare(key, value, Objects.requireNonNull(actual.get(key))));
    }
  }

  private static void compare(String key, Tensor expected, Tensor actual) {
    assertThat(actual.shape()).as(key).isEqualTo(expected.shape());
    assertThat(actual.dtype()).as(key).isEqualTo(expected.dtype());
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.getDouble(i);
      double a = actual.getDouble(i);
      assertThat(Math.abs(a - e))
          .as("%s[%d]: %s against Keras's %s", key, i, a, e)
          .isLessThanOrEqualTo(ABSOLUTE + RELATIVE * Math.abs(e));
    }
  }
}

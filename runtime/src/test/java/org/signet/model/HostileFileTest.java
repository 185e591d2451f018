package org.signet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.session.SignatureRunner;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Whatever a file holds, opening and running it gives results or a {@link SignetException}, soon.
 */
class HostileFileTest {
  private static final long MAX_TENSOR_BYTES = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(60);

  private static byte[] file(String model) throws IOException {
    try (InputStream in =
        Interpreter.class.getResourceAsStream("/org/signet/session/" + model + ".tflite")) {
      return in.readAllBytes();
    }
  }

  /** Opens the file and runs every signature that can be run; true if the file opened. */
  private static boolean use(byte[] bytes) {
    InterpreterOptions options =
        InterpreterOptions.standard().withMaxTensorBytes(MAX_TENSOR_BYTES).withPartialUse();
    try (Interpreter interpreter = new Interpreter(TfliteModel.of(bytes), options)) {
      for (String key : interpreter.signatureKeys()) {
        try {
          run(interpreter.signatureRunner(key));
        } catch (SignetException e) {
          assertThat(e.code()).isNotEqualTo(Code.BUG);
        }
      }
      return true;
    } catch (SignetException e) {
      assertThat(e.code()).isIn(Code.MALFORMED_MODEL, Code.UNSUPPORTED_MODEL);
      return false;
    }
  }

  private static void run(SignatureRunner runner) {
    Map<String, Tensor> inputs = new HashMap<>();
    for (Map.Entry<String, TensorType> input : runner.inputs().entrySet()) {
      Shape shape = input.getValue().shape();
      int[] dims = shape.hasRank() ? shape.dims() : new int[0];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = dims[i] == Shape.UNKNOWN ? 2 : Math.min(dims[i], 16);
      }
      inputs.put(input.getKey(), Tensor.zeros(input.getValue().dtype(), dims));
    }
    runner.run(inputs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arithmetic", "pass_through", "strings", "counter", "sparse_weights"})
  void survivesTruncation(String model) throws IOException {
    byte[] original = file(model);
    assertThat(use(original)).isTrue();
    Assertions.assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int length = 0; length < original.length; length += 1 + length / 200) {
            use(Arrays.copyOf(original, length));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"arithmetic", "pass_through", "strings", "counter", "sparse_weights"})
  void survivesFlippedBits(String model) throws IOException {
    byte[] original = file(model);
    Assertions.assertTimeoutPreemptively(
        SOON,
        () -> {
          int opened = 0;
          for (int at = 0; at < original.length; at++) {
            byte[] changed = original.clone();
            changed[at] ^= (byte) (at % 3 == 0 ? 0x01 : at % 3 == 1 ? 0x80 : 0xFF);
            opened += use(changed) ? 1 : 0;
          }
          assertThat(opened).isBetween(1, original.length - 1);
        });
  }

  @Test
  void survivesManyChangesAtOnce() throws IOException {
    byte[] original = file("arithmetic");
    Random random = new Random(3);
    Assertions.assertTimeoutPreemptively(
        SOON,
        () -> {
          for (int round = 0; round < 1000; round++) {
            byte[] changed = original.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
              int at = random.nextInt(changed.length / 4) * 4;
              changed[at] = (byte) random.nextInt(256);
              changed[at + 1] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0);
            }
            use(changed);
          }
        });
  }

  @Test
  void tellsWhatIsNoModel() {
    assertThatThrownBy(() -> TfliteModel.of(new byte[100]))
        .isInstanceOf(SignetException.class)
        .hasMessageContainingAll("SIG-0501", "TFL3");
    assertThatThrownBy(() -> TfliteModel.of(new byte[0])).isInstanceOf(SignetException.class);
    assertThatThrownBy(() -> TfliteModel.open(java.nio.file.Path.of("no", "such", "file")))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.FILE_MISSING));
  }
}

package org.signet.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.api.ConversionOptions;
import org.signet.api.Signet;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.golden.compare.TensorComparison;
import org.signet.golden.snapshot.Snapshot;
import org.signet.session.Interpreter;
import org.signet.session.InterpreterOptions;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Calls that TensorFlow refuses, recorded by golden/make/make_failures.py: here they fail, too, say
 * which signature and node it is, and leave the session as it was. The snapshot tells which
 * sentences are TensorFlow's. A loop that never ends is cancelled, and run again with a limit.
 */
class FailuresTest {
  private static final String RUNS = "runs";

  /** Stands for the test's own folder in recorded strings and sentences. */
  private static final String FOLDER = "$FOLDER";

  private static final Path RESOURCES =
      TestFolders.root().resolve("golden/src/test/resources/org/signet/golden");

  @Test
  void failuresAreTensorFlows(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.tflite");
    Path recorded = RESOURCES.resolve("failures");
    Signet.convert(ConversionOptions.of(recorded.resolve("model")), file);
    StringBuilder text = new StringBuilder();
    InterpreterOptions options = InterpreterOptions.standard().withMaxLoopSteps(1000);
    try (Interpreter interpreter = new Interpreter(file);
        Interpreter limited = new Interpreter(file, options)) {
      for (Object call : list(Json.parse(Files.readString(recorded.resolve("calls.json"))))) {
        boolean endless = map(call).containsKey("cancelled");
        Thread cancelling =
            endless ? cancelling(interpreter) : Thread.ofVirtual().unstarted(() -> {});
        text.append(make(map(call), interpreter, folder)).append('\n');
        cancelling.interrupt();
        if (endless) {
          text.append(make(map(call), limited, folder)).append('\n');
        }
      }
    }
    Snapshot.assertMatches(RESOURCES.resolve("failures.txt"), text.toString());
  }

  /** Cancels calls until it is interrupted, since one may begin behind any time that is chosen. */
  private static Thread cancelling(Interpreter interpreter) {
    return Thread.startVirtualThread(() -> {
      try {
        while (true) {
          interpreter.cancel();
          Thread.sleep(1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private static String make(Map<?, ?> call, Interpreter interpreter, Path folder) {
    String key = text(call.get("signature"));
    Map<String, Tensor> inputs = new HashMap<>();
    map(call.get("inputs")).forEach((name, value) -> inputs.put(text(name), tensor(value, folder)));
    Object error = call.get("error");
    if (error == null) {
      Tensor result = Objects.requireNonNull(interpreter.signatureRunner(key).run(inputs).get("o"));
      Tensor expected = tensor(list(map(call.get("outputs")).get("o")), folder);
      assertThat(TensorComparison.compare(expected, result, Tolerance.EXACT).difference())
          .as(key)
          .isEmpty();
      return key + ": " + RUNS;
    }
    String before = state(interpreter);
    String line =
        key
            + ": "
            + failure(interpreter, key, inputs, node(call)).replace(folder.toString(), FOLDER);
    if (!line.endsWith(RUNS)) {
      assertThat(state(interpreter)).as("state after " + key).isEqualTo(before);
    }
    return line.contains(text(error)) ? line : line + "  [not: " + error + "]";
  }

  /** Where TensorFlow failed, without where it inlined a function. */
  private static String node(Map<?, ?> call) {
    return text(call.get("node")).replace("StatefulPartitionedCall/", "");
  }

  private static String failure(
      Interpreter interpreter, String key, Map<String, Tensor> inputs, String node) {
    try {
      interpreter.signatureRunner(key).run(inputs);
      return RUNS;
    } catch (SignetException e) {
      Diagnostic diagnostic = e.diagnostics().getFirst();
      assertThat(diagnostic.origin().signature()).as(diagnostic.toString()).isEqualTo(key);
      String found = diagnostic.origin().node();
      assertThat(found).as(diagnostic.toString()).isNotEmpty();
      String place = found.startsWith(node) ? "" : " {node " + found + " for " + node + "}";
      return diagnostic.code() + " " + diagnostic.message() + place;
    }
  }

  private static String state(Interpreter interpreter) {
    return interpreter.signatureRunner("state").run(Map.of()).toString();
  }

  private static Tensor tensor(@Nullable Object recorded, Path folder) {
    List<?> parts = list(recorded);
    int[] shape =
        list(parts.get(1)).stream().mapToInt(size -> Integer.parseInt(text(size))).toArray();
    Tensor tensor = Tensor.zeros(DType.ofName(text(parts.get(0))).orElseThrow(), shape);
    List<?> elements = list(parts.get(2));
    for (int i = 0; i < tensor.size(); i++) {
      String element = text(elements.get(i));
      switch (tensor.dtype()) {
        case STRING -> tensor.strings()[i] = placed(Base64.getDecoder().decode(element), folder);
        case FLOAT32, FLOAT64 -> tensor.setDouble(i, number(element));
        default -> tensor.setLong(i, Long.parseLong(element));
      }
    }
    return tensor;
  }

  private static byte[] placed(byte[] text, Path folder) {
    String latin = new String(text, StandardCharsets.ISO_8859_1);
    return latin.startsWith(FOLDER)
        ? (folder + latin.substring(FOLDER.length())).getBytes(StandardCharsets.UTF_8)
        : text;
  }

  private static double number(String element) {
    return switch (element) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(element);
    };
  }

  private static String text(@Nullable Object value) {
    return Objects.requireNonNull(value).toString();
  }

  private static List<?> list(@Nullable Object value) {
    return (List<?>) Objects.requireNonNull(value);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }
}

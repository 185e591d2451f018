package org.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.session.Interpreter;
import org.signet.source.GraphEndpoints;
import org.tensorflow.proto.GraphDef;

/**
 * A model of several Flex ops of which the runtime has no kernel, or none for their type of
 * elements, between ops that run: all are told when it is opened.
 */
class OpenedWithoutKernelsTest {
  private static final String GRAPH =
      """
      node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
        attr { key: "shape" value { shape { dim { size: 2 } } } } }
      node { name: "z" op: "Placeholder" attr { key: "dtype" value { type: DT_COMPLEX64 } }
        attr { key: "shape" value { shape { dim { size: 2 } } } } }
      node { name: "tag" op: "Placeholder" attr { key: "dtype" value { type: DT_STRING } }
        attr { key: "shape" value { shape {} } } }
      node { name: "twice" op: "AddV2" input: "x" input: "x"
        attr { key: "T" value { type: DT_FLOAT } } }
      node { name: "histogram" op: "HistogramSummary" input: "tag" input: "twice"
        attr { key: "T" value { type: DT_FLOAT } } }
      node { name: "merged" op: "MergeSummary" input: "histogram" input: "histogram"
        attr { key: "N" value { i: 2 } } }
      node { name: "clipped" op: "ClipByValue" input: "z" input: "z" input: "z"
        attr { key: "T" value { type: DT_COMPLEX64 } } }
      """;

  @TempDir Path folder;

  @Test
  void allAreToldAtOnce() throws IOException {
    Path graph = folder.resolve("graph.pb");
    Files.write(graph, TextFormat.parse(GRAPH, GraphDef.class).toByteArray());
    Path target = folder.resolve("model.tflite");
    Signet.convert(
        ConversionOptions.of(graph)
            .withEndpoints(
                List.of(
                    new GraphEndpoints(
                        "serve",
                        List.of("x:0", "z:0", "tag:0"),
                        List.of("twice:0", "merged:0", "clipped:0")))),
        target);

    SignetException failure =
        catchThrowableOfType(SignetException.class, () -> new Interpreter(target));

    assertThat(failure.diagnostics())
        .extracting(d -> d.code())
        .containsExactly(Code.NO_KERNEL, Code.NO_KERNEL, Code.NO_KERNEL);
    assertThat(failure)
        .hasMessageContaining("FlexHistogramSummary")
        .hasMessageContaining("FlexMergeSummary")
        .hasMessageContaining("FlexClipByValue")
        .hasMessageContaining("complex64");
  }
}

package org.signet.source.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.signet.api.Signet;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Graphs in which something was rewired are converted, or refused with a diagnostic; nothing else.
 */
class DamagedControlFlowTest {
  private static final int VARIANTS = Integer.getInteger("signet.test.variants", 8);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> neverFailsOtherwise() {
    return RecordedGraph.all().stream()
        .map(graph -> DynamicTest.dynamicTest(graph.name(), () -> damage(graph)));
  }

  private void damage(RecordedGraph graph) throws IOException {
    GraphDef whole = GraphDef.parseFrom(Files.readAllBytes(graph.file()));
    Random random = new Random(graph.name().hashCode());
    for (int i = 0; i < VARIANTS; i++) {
      GraphDef damaged = damaged(whole, random);
      Path file = folder.resolve("damaged.pb");
      Files.write(file, damaged.toByteArray());
      assertTimeoutPreemptively(Duration.ofSeconds(60), () -> convert(graph, file));
    }
  }

  private void convert(RecordedGraph graph, Path file) {
    try {
      Signet.convert(graph.options(file, graph.fetches()), folder.resolve("out.tflite"));
    } catch (SignetException e) {
      assertThat(e.code()).isNotEqualTo(Code.BUG);
    }
  }

  private static GraphDef damaged(GraphDef whole, Random random) {
    List<NodeDef> nodes = new ArrayList<>(whole.getNodeList());
    int at = random.nextInt(nodes.size());
    while (!isControl(nodes.get(at)) && random.nextInt(4) > 0) {
      at = random.nextInt(nodes.size());
    }
    NodeDef.Builder node = nodes.get(at).toBuilder();
    String other = nodes.get(random.nextInt(nodes.size())).getName();
    int inputs = node.getInputCount();
    switch (random.nextInt(6)) {
      case 0 -> node.setOp("Identity");
      case 1 -> node.putAttr("frame_name", AttrValue.newBuilder().setS(bytes("x")).build());
      case 2 -> node.addInput("^" + other);
      case 3 -> {
        List<String> fewer = node.getInputList().subList(0, Math.max(0, inputs - 1));
        List<String> copy = List.copyOf(fewer);
        node.clearInput().addAllInput(copy);
      }
      default -> {
        if (inputs > 0) {
          node.setInput(random.nextInt(inputs), other + (random.nextInt(4) == 0 ? ":1" : ""));
        }
      }
    }
    nodes.set(at, node.build());
    return whole.toBuilder().clearNode().addAllNode(nodes).build();
  }

  private static com.google.protobuf.ByteString bytes(String text) {
    return com.google.protobuf.ByteString.copyFromUtf8(text);
  }

  private static boolean isControl(NodeDef node) {
    return List.of("Switch", "Merge", "Enter", "Exit", "NextIteration", "LoopCond")
            .contains(node.getOp())
        || node.getOp().startsWith("TensorArray");
  }
}

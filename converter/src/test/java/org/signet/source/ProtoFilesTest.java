package org.signet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.SignetException;
import org.tensorflow.proto.GraphDef;

class ProtoFilesTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node { name: \"x\" op: \"Placeholder\" }",
        "# by hand\n  # node {\nnode {\n  name: \"x\"\n  op: \"Placeholder\"\n}\n",
        "node {\r\n  name: 'x'\r\n  op: 'Placeholder'\r\n}\r\n",
        "\ufeffnode { name: \"x\" op: \"Placeholder\" }",
        "node: < name: \"x\", op: \"Placeholder\" >",
      })
  void readsTextHoweverItIsWritten(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("graph.pb"), text);

    GraphDef graph = ProtoFiles.read(file, GraphDef.newBuilder()).build();

    assertThat(graph.getNodeList()).singleElement().matches(node -> node.getName().equals("x"));
    assertThat(GraphFormat.isMetaGraph(file)).isFalse();
  }

  @Test
  void tellsAMetaGraphBehindAByteOrderMark() throws IOException {
    Path file = Files.writeString(folder.resolve("graph.pb"), "\ufeffmeta_info_def { tags: 'a' }");

    assertThat(GraphFormat.isMetaGraph(file)).isTrue();
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path file = Files.createFile(folder.resolve("graph.pb"));

    assertThatThrownBy(() -> ProtoFiles.read(file, GraphDef.newBuilder()))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("graph.pb is empty, and no GraphDef");
  }
}

package org.signet.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpToDateTest {
  private static final List<String> TOOLS = List.of("1.0");

  @TempDir Path folder;

  private final Model model = new Model();
  private Path graph = Path.of("");
  private Path output = Path.of("");
  private UpToDate memory = new UpToDate(Path.of(""));

  @BeforeEach
  void convert() throws IOException {
    Path source = folder.resolve("model");
    Files.createDirectories(source.resolve("variables"));
    graph = Files.writeString(source.resolve("saved_model.pb"), "graph");
    Files.writeString(source.resolve("variables/variables.index"), "index");
    output = Files.writeString(folder.resolve("model.tflite"), "TFL3");
    model.source = source.toFile();
    model.output = output.toFile();
    memory = new UpToDate(folder.resolve("signet/model.hash"));
  }

  @Test
  void isNotBeforeTheFirstConversion() throws Exception {
    assertThat(holds(TOOLS)).isFalse();
  }

  @Test
  void isAfterAConversionWhateverTheDates() throws Exception {
    remember();
    Files.setLastModifiedTime(graph, FileTime.fromMillis(System.currentTimeMillis() + 100_000));
    assertThat(holds(TOOLS)).isTrue();
  }

  @Test
  void isNotAfterAChangeOfTheSource() throws Exception {
    remember();
    Files.writeString(graph, "grapf");
    assertThat(holds(TOOLS)).isFalse();
    Files.writeString(graph, "graph");
    assertThat(holds(TOOLS)).isTrue();
    Files.createFile(graph.resolveSibling("fingerprint.pb"));
    assertThat(holds(TOOLS)).isFalse();
  }

  @Test
  void isNotAfterAFileHasMoved() throws Exception {
    remember();
    Files.move(graph, graph.resolveSibling("saved_model.pbtxt"));
    assertThat(holds(TOOLS)).isFalse();
  }

  @Test
  void isNotWithOtherOptions() throws Exception {
    remember();
    model.tags = List.of("a");
    assertThat(holds(TOOLS)).isFalse();
    String tags = hash(TOOLS);
    model.tags = List.of();
    model.signatures = List.of("a");
    assertThat(hash(TOOLS)).isNotEqualTo(tags);
    model.signatures = List.of();
    model.flex = "forbid";
    assertThat(holds(TOOLS)).isFalse();
  }

  @Test
  void isNotWithAnotherCheckpoint() throws Exception {
    Path data = Files.createDirectory(folder.resolve("checkpoint")).resolve("step-1.data");
    Files.writeString(data, "weights");
    model.checkpoint = folder.resolve("checkpoint/step-1").toFile();
    remember();
    Files.createFile(data.resolveSibling("step-2.data"));
    assertThat(holds(TOOLS)).isTrue();
    Files.writeString(data, "heights");
    assertThat(holds(TOOLS)).isFalse();
  }

  @Test
  void isNotWithAnotherVersion() throws Exception {
    remember();
    assertThat(holds(List.of("1.1"))).isFalse();
  }

  @Test
  void isNotIfWhatCameOutIsNoLongerThere() throws Exception {
    remember();
    Files.writeString(output, "TFL4");
    assertThat(holds(TOOLS)).isFalse();
    Files.writeString(output, "TFL3");
    assertThat(holds(TOOLS)).isTrue();
    Path report = folder.resolve("report.json");
    model.report = report.toFile();
    assertThat(holds(TOOLS)).isFalse();
    Files.createFile(report);
    assertThat(holds(TOOLS)).isTrue();
    Files.delete(output);
    assertThat(holds(TOOLS)).isFalse();
  }

  @Test
  void hasNoHashWithoutASource() throws Exception {
    model.source = folder.resolve("absent").toFile();
    assertThat(UpToDate.hash(settings(), TOOLS)).isEmpty();
  }

  private void remember() throws Exception {
    memory.remember(hash(TOOLS), output);
  }

  private boolean holds(List<String> tools) throws Exception {
    return memory.holds(hash(tools), settings());
  }

  private String hash(List<String> tools) throws Exception {
    return UpToDate.hash(settings(), tools).orElseThrow();
  }

  private ModelSettings settings() throws MojoExecutionException {
    return ModelSettings.of(List.of(), model, folder).getFirst();
  }
}

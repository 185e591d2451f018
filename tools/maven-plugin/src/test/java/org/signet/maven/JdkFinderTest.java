package org.signet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkFinderTest {
  @TempDir Path folder;

  @Test
  void readsVersionsOldAndNew() throws IOException {
    assertThat(Jdk.in(jdk("a", "1.8.0_402"))).map(Jdk::version).contains(8);
    assertThat(Jdk.in(jdk("b", "25"))).map(Jdk::version).contains(25);
    assertThat(Jdk.in(jdk("c", "26.0.1"))).map(Jdk::version).contains(26);
    assertThat(Jdk.in(folder)).isEmpty();
  }

  @Test
  void takesTheConfiguredOne() throws Exception {
    Path configured = jdk("configured", "25.0.1");
    Path running = jdk("running", "26");
    assertThat(find(Optional.of(configured), List.of(), running, Map.of())).isEqualTo(configured);
  }

  @Test
  void takesNoOtherThanTheConfiguredOne() throws IOException {
    Path configured = jdk("configured", "21.0.2");
    Path running = jdk("running", "25");
    assertThatThrownBy(() -> find(Optional.of(configured), List.of(), running, Map.of()))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("<jdk> (signet.jdk)")
        .hasMessageContaining("has version 21");
    assertThatThrownBy(() -> find(Optional.of(folder), List.of(), running, Map.of()))
        .hasMessageContaining("holds no JDK");
  }

  @Test
  void prefersToolchainsToTheOneThatRunsMaven() throws Exception {
    Path old = jdk("old", "21");
    Path chosen = jdk("chosen", "25");
    Path running = jdk("running", "26");
    assertThat(find(Optional.empty(), List.of(java(old), java(chosen)), running, Map.of()))
        .isEqualTo(chosen.toRealPath());
    assertThat(find(Optional.empty(), List.of(java(old)), running, Map.of())).isEqualTo(running);
  }

  @Test
  void looksIntoTheEnvironment() throws Exception {
    Path running = jdk("running", "17");
    Path old = jdk("old", "21");
    Path mine = jdk("mine", "25");
    Map<String, String> variables =
        Map.of(
            "JAVA_HOME", old.toString(),
            "JAVA_HOME_25_X64", mine.toString(),
            "JAVA_OPTS", "-Xmx1g",
            "OTHER", jdk("other", "25").toString());
    assertThat(find(Optional.empty(), List.of(), running, variables)).isEqualTo(mine);
    Map<String, String> path =
        Map.of("PATH", old.resolve("bin") + File.pathSeparator + mine.resolve("bin"));
    assertThat(find(Optional.empty(), List.of(), running, path)).isEqualTo(mine.toRealPath());
  }

  @Test
  void looksIntoTheUsualFolders() throws Exception {
    Path running = jdk("running", "17");
    jdk("jvm/a-21", "21");
    Path inside = jdk("jvm/b-25.jdk/Contents/Home", "25.0.2");
    jdk("jvm/c-26", "26");
    assertThat(find(Optional.empty(), List.of(), running, Map.of())).isEqualTo(inside);
  }

  @Test
  void saysWhatToDoWhereThereIsNone() throws IOException {
    Path running = jdk("running", "17.0.15");
    assertThatThrownBy(() -> find(Optional.empty(), List.of(), running, Map.of()))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("needs a JDK 25 or newer")
        .hasMessageContaining("Maven runs on JDK 17")
        .hasMessageContaining("<jdk>FOLDER</jdk>")
        .hasMessageContaining("toolchains.xml");
  }

  private Path find(
      Optional<Path> configured, List<Path> toolchains, Path running, Map<String, String> variables)
      throws MojoExecutionException {
    List<Path> folders = List.of(folder.resolve("absent"), folder.resolve("jvm"));
    return new JdkFinder(running, variables, folders).find(configured, () -> toolchains).home();
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(java(home));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static Path java(Path home) {
    return home.resolve("bin/java");
  }
}

package org.signet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSettingsTest {
  @TempDir Path folder;

  private final Model shared = new Model();

  @Test
  void modelsTakeWhatTheyDoNotSayFromBesideThem() throws MojoExecutionException {
    shared.flex = "forbid";
    shared.tags = List.of("serve");
    Model silent = model("a");
    Model outspoken = model("b");
    outspoken.flex = "only";
    outspoken.tags = List.of();

    List<ModelSettings> all = ModelSettings.of(List.of(silent, outspoken), shared, folder);

    assertThat(all)
        .extracting(settings -> settings.flex().orElse(""))
        .containsExactly("forbid", "only");
    assertThat(all)
        .extracting(settings -> settings.reading().tags())
        .containsExactly(List.of("serve"), List.of());
  }

  @Test
  void outputsAreNamedAfterSources() throws Exception {
    Model directory = model(Files.createDirectory(folder.resolve("v1.5")).toString());
    Model file = model(Files.createFile(folder.resolve("net.keras")).toString());

    assertThat(ModelSettings.of(List.of(directory, file), shared, Path.of("out")))
        .extracting(ModelSettings::output)
        .containsExactly(Path.of("out/v1.5.tflite"), Path.of("out/net.tflite"));
  }

  @Test
  void refusesToConvertNothing() {
    assertThatThrownBy(() -> ModelSettings.of(List.of(), shared, folder))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("set <source>, or <models>");
    assertThatThrownBy(() -> ModelSettings.of(List.of(new Model()), shared, folder))
        .hasMessage("A <model> has no <source>");
  }

  @Test
  void refusesASourceThatBelongsToNoModel() {
    shared.source = new File("b");
    assertThatThrownBy(() -> ModelSettings.of(List.of(model("a")), shared, folder))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("beside <models>");
  }

  @Test
  void refusesTwoModelsInOneFile() {
    assertThatThrownBy(
            () -> ModelSettings.of(List.of(model("one/net"), model("two/net")), shared, folder))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("net.tflite")
        .hasMessageContaining("another <output>");
  }

  private static Model model(String source) {
    Model model = new Model();
    model.source = new File(source);
    return model;
  }
}

package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.golden.Json;

class TrainingTest {
  @TempDir Path folder;

  @Test
  void doesTheSameWithEachModel() throws Exception {
    Path report = folder.resolve("report.json");
    Training.main(
        new String[] {
          Run.model("encode-decode"),
          Run.model("dense"),
          "--",
          "convert",
          "-o",
          folder.resolve("model.tflite").toString(),
          "--report",
          report.toString()
        });
    assertThat(folder.resolve("model.tflite")).isRegularFile();
    assertThat(Json.parse(Files.readString(report)).toString()).contains("serving_default");
  }
}

package org.signet.golden.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.api.Signet;
import org.signet.golden.TestFolders;

/** The program as it comes in and as it goes out, for models that a person can read whole. */
class IrSnapshotTest {
  @TempDir private Path folder = Path.of("");

  private List<Path> dumps(String name) throws IOException {
    Path dumps = folder.resolve("dumps");
    Signet.convert(
        TestFolders.goldenCase(name).conversion().withDumpIr(dumps), folder.resolve("m.tflite"));
    try (Stream<Path> files = Files.list(dumps)) {
      return files.sorted().toList();
    }
  }

  private static Path approved(String name, String stage) {
    return TestFolders.root()
        .resolve("golden/src/test/resources/org/signet/golden/ir")
        .resolve(name + "-" + stage + ".txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"encode-decode", "dense"})
  void programsComeInAndGoOutAsApproved(String name) throws Exception {
    List<Path> dumps = dumps(name);
    assertThat(dumps).hasSizeGreaterThan(2);
    Snapshot.assertMatches(approved(name, "imported"), Files.readString(dumps.getFirst()));
    Snapshot.assertMatches(approved(name, "lowered"), Files.readString(dumps.getLast()));
  }
}

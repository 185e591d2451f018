package org.signet.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.signet.golden.CaseReader;
import org.signet.golden.GoldenCase;

/** The golden cases of the checkout that the benchmarks run in. */
final class Cases {
  private Cases() {}

  static GoldenCase read(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path found = folder.resolve("golden/cases").resolve(name);
      if (Files.isDirectory(found)) {
        return CaseReader.read(found);
      }
    }
    throw new IllegalStateException(
        "no golden/cases/" + name + " here or above: run the benchmarks in a checkout of Signet");
  }
}

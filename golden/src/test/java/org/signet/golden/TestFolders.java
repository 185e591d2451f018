package org.signet.golden;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds files of the checkout, from its root as well as from a module's folder. */
public final class TestFolders {
  private TestFolders() {}

  /** The root of the checkout. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("golden").resolve("cases"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("the tests do not run in a checkout");
      }
    }
    return folder;
  }

  /** A golden case of the project. */
  public static GoldenCase goldenCase(String name) {
    return CaseReader.read(root().resolve("golden").resolve("cases").resolve(name));
  }
}

package org.signet.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.signet.op.OpCaseReader;

/** Finds files of the checkout, from its root as well as from a module's folder. */
public final class Checkout {
  private Checkout() {}

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

  /** The SavedModel of a golden case. */
  public static Path goldenModel(String name) {
    return root().resolve("golden").resolve("cases").resolve(name).resolve("model");
  }

  /** A SavedModel that {@code make_models.py} has written. */
  public static Path testModel(String name) {
    return root().resolve("converter/src/test/resources/org/signet/models").resolve(name);
  }

  /** Where everything is that was recorded of TensorFlow's ops. */
  public static Path opRecordings() {
    return root().resolve("runtime/src/test/resources/org/signet/op/cases");
  }

  /** The files of TensorFlow's recorded op results, in alphabetical order. */
  public static List<Path> opCases() {
    return OpCaseReader.files(opRecordings());
  }
}

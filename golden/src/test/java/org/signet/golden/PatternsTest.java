package org.signet.golden;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signet.api.Signet;
import org.signet.golden.snapshot.Snapshot;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSignature;
import org.signet.model.TfliteModel;

/** Which builtins are left of what models write with several ops: one line for each signature. */
class PatternsTest {
  @Test
  void patternsAreRecognized(@TempDir Path folder) {
    Path cases = TestFolders.root().resolve("golden").resolve("cases");
    Path file = folder.resolve("patterns.tflite");
    Signet.convert(CaseReader.read(cases.resolve("ops-patterns")).conversion(), file);
    try (TfliteModel model = TfliteModel.open(file)) {
      String text =
          model.signatures().values().stream()
              .map(signature -> signature.key() + ": " + ops(model, signature) + "\n")
              .collect(Collectors.joining());
      Path resources = TestFolders.root().resolve("golden/src/test/resources/org/signet/golden");
      Snapshot.assertMatches(resources.resolve("patterns.txt"), text);
    }
  }

  private static String ops(TfliteModel model, ModelSignature signature) {
    return model.subgraphs().get(signature.subgraph()).operators().stream()
        .map(PatternsTest::name)
        .collect(Collectors.joining(" "));
  }

  private static String name(ModelOperator operator) {
    String activation = operator.attributes().getString("fused_activation_function", "NONE");
    return operator.key() + (activation.equals("NONE") ? "" : "{" + activation + "}");
  }
}

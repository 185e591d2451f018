package org.signet.optable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.signet.api.Signet;
import org.signet.golden.CaseReader;
import org.signet.golden.GoldenCase;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSubgraph;
import org.signet.model.TfliteModel;
import org.signet.op.OpKey;

/**
 * Which ops the golden cases hold: TensorFlow's in their sources, builtins in what they are
 * converted to. Each is counted once for a signature, a branch or the body of a loop.
 */
final class GoldenUses {
  private final Map<OpKey, Integer> counts = new HashMap<>();

  private GoldenUses() {}

  /**
   * Converts all cases of a folder.
   *
   * @param scratch a folder for the models
   */
  static GoldenUses of(Path cases, Path scratch) {
    GoldenUses uses = new GoldenUses();
    for (GoldenCase goldenCase : CaseReader.readAll(cases)) {
      try (TfliteModel source = Signet.openSource(goldenCase.conversion())) {
        uses.count(source, OpKey::isTf);
      }
      Path file = scratch.resolve(goldenCase.name() + ".tflite");
      Signet.convert(goldenCase.conversion(), file);
      try (TfliteModel model = TfliteModel.open(file)) {
        uses.count(model, OpKey::isBuiltin);
      }
    }
    return uses;
  }

  private void count(TfliteModel model, Predicate<OpKey> which) {
    for (ModelSubgraph subgraph : model.subgraphs()) {
      subgraph.operators().stream()
          .map(ModelOperator::key)
          .filter(which)
          .distinct()
          .forEach(key -> counts.merge(key, 1, Integer::sum));
    }
  }

  int of(OpKey op) {
    return counts.getOrDefault(op, 0);
  }
}

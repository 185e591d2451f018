package org.signet.pass.tfl;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Report;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.op.RandomStream;

/**
 * Builtins that draw random numbers by seeds. TensorFlow sets 256 steps of the generator aside for
 * each number, so that the next call begins behind them; TFLite's kernels go on behind the last
 * number.
 */
public final class SeededDraws {
  private static final int NAMED = 3;

  private final SequencedSet<String> found = new LinkedHashSet<>();

  private SeededDraws() {}

  /** Warns of them: TFLite's interpreter gives other numbers from the second call on. */
  public static void report(Program program, Report report) {
    SeededDraws draws = new SeededDraws();
    program.signatures().forEach(signature -> draws.find(signature.graph()));
    if (draws.found.isEmpty()) {
      return;
    }
    String names = String.join("', '", draws.found.stream().limit(NAMED).toList());
    int more = draws.found.size() - NAMED;
    report.add(
        Diagnostic.warning(
            Code.OTHER_RANDOM_NUMBERS,
            "random numbers by seeds of '"
                + names
                + "'"
                + (more > 0 ? " and " + more + " more" : "")
                + " are TensorFlow's in each call of this runtime, but only in the first call of"
                + " TFLite's interpreter, whose kernels go on otherwise; --flex only keeps"
                + " TensorFlow's own"));
  }

  private void find(Graph graph) {
    for (Node node : graph.nodes()) {
      if (node.isAnyOf("RANDOM_STANDARD_NORMAL", "RANDOM_UNIFORM")
          && RandomStream.isSeeded(node.attributes())) {
        found.add(node.name());
      }
      node.bodies().forEach(this::find);
    }
  }
}

package org.signet.pass.tf;

import java.util.Map;
import java.util.TreeMap;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Report;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.type.Shape;

/** Variables that may become larger or smaller from run to run, or during one. */
public final class GrowingVariables {
  private final Map<String, Shape> found = new TreeMap<>();

  private GrowingVariables() {}

  /** Warns of each: TFLite's interpreter does not follow. */
  public static void report(Program program, Report report) {
    GrowingVariables variables = new GrowingVariables();
    program.signatures().forEach(signature -> variables.find(signature.graph()));
    variables.found.forEach((name, shape) ->
        report.add(
            Diagnostic.warning(
                Code.STATE_CHANGES_SIZE,
                "variable '"
                    + name
                    + "' of shape "
                    + shape
                    + " may change its size, which TFLite's interpreter does not follow: it reads"
                    + " what was there before the run; a variable of a fixed size and a count work"
                    + " everywhere")));
  }

  private void find(Graph graph) {
    for (Node node : graph.nodes()) {
      if (node.is("READ_VARIABLE") && !node.result().type().shape().isStatic()) {
        found.put(ExternalState.variable(node), node.result().type().shape());
      }
      node.bodies().forEach(this::find);
    }
  }
}

package org.signet.pass.tf;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.Report;
import org.signet.ir.Value;

/**
 * The nodes of which nothing is left in a model file but their operands:
 *
 * <pre>
 *   Identity(x)            →  x
 *   CheckNumerics(x)       →  x, and a note
 *   Assert(c, x), NoOp()   →  nothing
 * </pre>
 *
 * Control edges order what has an effect; nodes that stand between them only go with these.
 */
final class VanishingNodes {
  /** Ops that hand on their operands unchanged. */
  private static final Set<String> IDENTITIES =
      Set.of(
          "Identity",
          "IdentityN",
          "StopGradient",
          "PreventGradient",
          "Snapshot",
          "DebugIdentity",
          "ReadVariableXlaSplitND",
          "XlaOptimizationBarrier",
          "XlaSharding");

  /** Those among them that hand on all of their operands. */
  private static final Set<String> LISTS = Set.of("IdentityN", "XlaOptimizationBarrier");

  /** Ops that hand on operand 0, a variable as such, too. */
  private static final Set<String> WRAPPERS =
      Set.of("CheckNumerics", "CheckNumericsV2", "Print", "PlaceholderWithDefault");

  /** Ops that check, print or record, which a model file does not. */
  private static final Set<String> OBSERVERS =
      Set.of(
          "Assert",
          "CheckNumerics",
          "CheckNumericsV2",
          "Print",
          "PrintV2",
          "WriteSummary",
          "WriteScalarSummary",
          "WriteHistogramSummary",
          "WriteImageSummary",
          "WriteAudioSummary",
          "WriteRawProtoSummary",
          "WriteGraphSummary");

  /** Ops that do nothing. */
  private static final Set<String> SILENT = Set.of("NoOp", "DisableCopyOnRead", "ControlTrigger");

  private final VariableNodes variables;
  private final Report report;

  VanishingNodes(VariableNodes variables, Report report) {
    this.variables = variables;
    this.report = report;
  }

  /** What stands in the place of the results; empty if the node does not vanish. */
  Optional<List<Value>> results(String op, List<Value> operands, Origin origin) {
    if (OBSERVERS.contains(op)) {
      report.add(
          Diagnostic.note(
                  Code.EFFECT_DROPPED, op + " is dropped: a model file neither checks nor prints")
              .at(origin));
    }
    if (IDENTITIES.contains(op)) {
      return Optional.of(variables.dereference(handedOn(op, operands), origin));
    }
    if (WRAPPERS.contains(op)) {
      return Optional.of(handedOn(op, operands));
    }
    return OBSERVERS.contains(op) || SILENT.contains(op)
        ? Optional.of(List.of())
        : Optional.empty();
  }

  private static List<Value> handedOn(String op, List<Value> operands) {
    return LISTS.contains(op) ? operands : List.of(operands.getFirst());
  }
}

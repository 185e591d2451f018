package org.signet.pass.stablehlo;

import org.signet.diag.Report;
import org.signet.ir.GraphBuilder;
import org.signet.source.stablehlo.HloModule;

/**
 * What is the same for all ops of a module.
 *
 * @param report takes what can't be converted
 * @param node the name of the node that holds the module
 * @param builder the graph that the module goes into
 * @param called the functions of the model that the module may call from there
 * @param trial whether a region only runs on a few numbers, to see what it does
 * @param onTensors whether a region of scalars runs on tensors
 */
record ModuleContext(
    HloModule functions,
    Report report,
    String node,
    GraphBuilder builder,
    CalledFunctions called,
    boolean trial,
    boolean onTensors) {
  ModuleContext forTrial() {
    return new ModuleContext(functions, new Report(), node, builder, called, true, false);
  }

  ModuleContext forTensors() {
    return new ModuleContext(functions, report, node, builder, called, trial, true);
  }
}

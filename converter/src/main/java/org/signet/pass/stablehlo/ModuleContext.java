package org.signet.pass.stablehlo;

import org.signet.diag.Report;
import org.signet.source.stablehlo.HloModule;

/**
 * What is the same for all ops of a module.
 *
 * @param report takes what can't be converted
 * @param node the name of the node that holds the module
 * @param trial whether a region only runs on a few numbers, to see what it does
 */
record ModuleContext(HloModule functions, Report report, String node, boolean trial) {
  ModuleContext forTrial() {
    return new ModuleContext(functions, new Report(), node, true);
  }
}

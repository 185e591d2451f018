package org.signet.pass.stablehlo;

import java.util.List;

/** What an op of a module becomes. */
@FunctionalInterface
interface HloImport {
  /** The op's results. */
  List<Spread> results(HloCall call);
}

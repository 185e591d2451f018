package org.signet.pass.stablehlo;

import java.util.HashMap;
import java.util.Map;

/** What each op of StableHLO becomes: the families' tables in one. */
final class HloImports {
  private static final Map<String, HloImport> TABLE = table();

  private HloImports() {}

  private static Map<String, HloImport> table() {
    Map<String, HloImport> table = new HashMap<>();
    UnaryOps.addTo(table);
    BinaryOps.addTo(table);
    MovementOps.addTo(table);
    BroadcastOps.addTo(table);
    SliceOps.addTo(table);
    ProductOps.addTo(table);
    ReductionOps.addTo(table);
    ControlOps.addTo(table);
    CallOps.addTo(table);
    SpectralOps.addTo(table);
    table.put("convolution", new Convolution());
    table.put("dynamic_conv", new Convolution());
    table.put("gather", new Gather());
    table.put("dynamic_gather", new Gather());
    table.put("scatter", new Scatter());
    table.put("sort", new Sort());
    table.put("reduce_window", new ReduceWindow());
    table.put("select_and_scatter", new SelectAndScatter());
    return Map.copyOf(table);
  }

  /** The import of an op; one that refuses it if there is none. */
  static HloImport find(String op) {
    HloImport found = TABLE.get(op);
    return found != null
        ? found
        : call -> {
          throw call.refused("the op");
        };
  }
}

package org.signet.source.stablehlo;

import java.util.Map;
import java.util.Optional;

/** A module: functions by name. */
public record HloModule(Map<String, HloFunction> functions) {
  /** Where a module begins. */
  public static final String MAIN = "main";

  public HloModule {
    functions = Map.copyOf(functions);
  }

  public Optional<HloFunction> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }
}

package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.signet.schema.catalog.BuiltinCatalog;
import org.signet.schema.catalog.BuiltinOp;

/** Every builtin that TFLite has a kernel for means something here, too. */
class BuiltinCoverageTest {
  /** Runs of other subgraphs, which the plan makes steps of its own. */
  private static final Set<String> RUN_BY_THE_SESSION =
      Set.of("CALL_ONCE", "IF", "STABLEHLO_CASE", "STABLEHLO_COMPOSITE", "WHILE");

  /** Numbers of {@code BuiltinOperator} that stand for something else. */
  private static final Set<String> NO_BUILTINS =
      Set.of("CUSTOM", "DELEGATE", "PLACEHOLDER_FOR_GREATER_OP_CODES");

  private static List<BuiltinOp> withKernel() {
    return BuiltinCatalog.standard().all().stream()
        .filter(op -> op.maxVersion() > 0 && !NO_BUILTINS.contains(op.name()))
        .toList();
  }

  @Test
  void definesWhatTfliteRuns() {
    Set<String> undefined =
        withKernel().stream()
            .map(BuiltinOp::name)
            .filter(name -> OpDefinitions.standard().find(OpKey.builtin(name)).isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(undefined).isEqualTo(new TreeSet<>(RUN_BY_THE_SESSION));
  }
}

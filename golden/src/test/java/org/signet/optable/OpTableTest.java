package org.signet.optable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.signet.golden.snapshot.Snapshot;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.RecordedOps;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.testing.Checkout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpTableTest {
  private Map<String, Integer> recorded;
  private OpTable table;

  @BeforeAll
  void makeTable(@TempDir Path scratch) throws IOException {
    Path cases = Checkout.root().resolve("golden").resolve("cases");
    recorded = RecordedOps.counts(Checkout.opRecordings());
    table = new OpTable(Checkout.opCases(), recorded, GoldenUses.of(cases, scratch));
  }

  @Test
  void thePublishedTableIsTrue() {
    Snapshot.assertMatches(Checkout.root().resolve("docs").resolve("ops.md"), table.text());
  }

  @Test
  void everyLoweringAndKernelIsMeasuredAgainstTensorflow() {
    assertThat(table.unrecorded()).isEmpty();
  }

  @Test
  void everyLoweringMakesBuiltinsOfACallOfTensorflows() {
    assertThat(table.withoutBuiltins()).isEmpty();
  }

  /**
   * Names that begin with an underscore are TensorFlow's own: it makes no graph with them. TopK it
   * knows, but no longer runs.
   */
  @Test
  void everyFlexOpThatRunsIsMeasuredAgainstTensorflow() {
    TfOpCatalog catalog = TfOpCatalog.standard();
    assertThat(catalog.names())
        .filteredOn(name -> catalog.get(name).flexListed() && !name.startsWith("_"))
        .filteredOn(name -> !name.equals("TopK"))
        .filteredOn(name -> OpDefinitions.standard().find(OpKey.tf(name)).isPresent())
        .isSubsetOf(recorded.keySet());
  }
}

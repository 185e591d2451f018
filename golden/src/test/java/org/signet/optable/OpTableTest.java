package org.signet.optable;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.signet.golden.snapshot.Snapshot;
import org.signet.testing.Checkout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpTableTest {
  private OpTable table;

  @BeforeAll
  void makeTable(@TempDir Path scratch) {
    Path cases = Checkout.root().resolve("golden").resolve("cases");
    table = new OpTable(Checkout.opCases(), GoldenUses.of(cases, scratch));
  }

  @Test
  void thePublishedTableIsTrue() {
    Snapshot.assertMatches(Checkout.root().resolve("docs").resolve("ops.md"), table.text());
  }

  @Test
  void everyLoweringAndKernelIsMeasuredAgainstTensorflow() {
    assertThat(table.unrecorded()).isEmpty();
  }
}

package org.signet.optable;

import org.junit.jupiter.api.Test;
import org.signet.golden.snapshot.Snapshot;
import org.signet.testing.Checkout;

class OpTableTest {
  @Test
  void thePublishedTableIsTrue() {
    Snapshot.assertMatches(
        Checkout.root().resolve("docs").resolve("ops.md"), OpTable.of(Checkout.opCases()));
  }
}

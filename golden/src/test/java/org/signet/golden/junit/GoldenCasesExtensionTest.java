package org.signet.golden.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;

class GoldenCasesExtensionTest {
  private static final Set<String> SEEN = Collections.synchronizedSet(new TreeSet<>());

  @GoldenCases(
      value = "golden/cases",
      only = {"dense", "encode-decode"},
      except = "dense")
  void givesOneTestForEachSignature(GoldenSignature signature) {
    SEEN.add(signature.toString());
  }

  @GoldenCases("golden/cases/dense-saved")
  void takesSingleCases(GoldenSignature signature) {
    assertThat(signature.goldenCase().name()).isEqualTo("dense-saved");
  }

  @AfterAll
  static void allWereSeen() {
    assertThat(List.copyOf(SEEN)).containsExactly("encode-decode decode", "encode-decode encode");
  }
}

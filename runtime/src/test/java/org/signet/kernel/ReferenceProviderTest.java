package org.signet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;

class ReferenceProviderTest {
  private static Offer offer(OpKey op) {
    return new ReferenceProvider(OpDefinitions.standard())
        .offer(new Step(op, Attributes.NONE, List.of(), List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"STABLEHLO_SORT", "STABLEHLO_WHILE", "STABLEHLO_CUSTOM_CALL"})
  void refusesWhatTheSchemaNamesAndNobodyRuns(String builtin) {
    assertThat(offer(OpKey.builtin(builtin)))
        .isEqualTo(
            Offer.refuse(
                "no runtime has a kernel for it; convert the model from its source, to other ops"));
  }

  @Test
  void refusesWhatOthersRun() {
    assertThat(offer(OpKey.tf("Unheard"))).isEqualTo(Offer.refuse("the op has no definition"));
    assertThat(offer(OpKey.builtin("STABLEHLO_CASE")))
        .isEqualTo(Offer.refuse("the op has no definition"));
  }
}

package org.signet.op.flex;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.signet.op.Attributes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.type.DType;

class TfNodesTest {
  private static TfOpDef op(String name) {
    return TfOpCatalog.standard().get(name);
  }

  @Test
  void nodesHaveAsManyOperandsAsTheirOpTakes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TfNodes.requireOperands(op("Identity"), 0))
        .withMessage("it has 0 inputs, where Identity takes 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TfNodes.requireOperands(op("ConcatV2"), 0))
        .withMessage("it has 0 inputs, where ConcatV2 takes at least 1");
    assertThatIllegalArgumentException().isThrownBy(() -> TfNodes.requireOperands(op("Add"), 3));
    assertThatCode(() -> TfNodes.requireOperands(op("ConcatV2"), 7)).doesNotThrowAnyException();
  }

  @Test
  void wordsAndNumbersAreThoseThatAreAllowed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TfNodes.requireAllowed(op("MirrorPad"), Attributes.of("mode", "SAME")))
        .withMessage("its attribute 'mode' is 'SAME', not one of REFLECT, SYMMETRIC");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TfNodes.requireAllowed(op("AddN"), Attributes.of("N", 0L)))
        .withMessage("its attribute 'N' is 0, not at least 1");
    assertThatCode(
            () -> TfNodes.requireAllowed(op("MirrorPad"), Attributes.of("mode", "SYMMETRIC")))
        .doesNotThrowAnyException();
  }

  @Test
  void noNodeHasBillionsOfResults() {
    Attributes many = Attributes.of("num_split", (long) Integer.MAX_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TfNodes.resultTypes(op("Split"), many.with("T", DType.FLOAT32)))
        .withMessageContaining("2147483647 results");
  }
}

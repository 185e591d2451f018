package org.signet.pass.tf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

class ElementTypesTest {

  private static NodeDef node(String attribute, DataType type) {
    return NodeDef.newBuilder()
        .setName("v")
        .setOp("VarHandleOp")
        .putAttr(attribute, AttrValue.newBuilder().setType(type).build())
        .build();
  }

  @Test
  void namesATypeThatNoModelFileHolds() {
    NodeDef node = node("dtype", DataType.DT_FLOAT8_E5M2);

    assertThatThrownBy(() -> ElementTypes.requireKnown(node, Origin.ofNode("v")))
        .isInstanceOfSatisfying(
            SignetException.class,
            failure -> assertThat(failure.code()).isEqualTo(Code.UNSUPPORTED_SOURCE))
        .hasMessageContaining("'v' (VarHandleOp) is on elements of type DT_FLOAT8_E5M2");
  }

  @Test
  void takesKnownTypesAndWhatIsPrivate() {
    assertThatCode(
            () -> {
              ElementTypes.requireKnown(node("dtype", DataType.DT_BFLOAT16), Origin.ofNode("v"));
              ElementTypes.requireKnown(node("_note", DataType.DT_FLOAT8_E5M2), Origin.ofNode("v"));
            })
        .doesNotThrowAnyException();
  }
}

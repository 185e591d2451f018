package org.signet.pass.tf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.flex.NodeDefs;
import org.signet.source.SourceNode;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;

class ElementTypesTest {

  private static SourceNode node(String attribute, DataType type) {
    Object value = NodeDefs.value(AttrValue.newBuilder().setType(type).build());
    return new SourceNode("v", "VarHandleOp", List.of(), Attributes.of(attribute, value));
  }

  @Test
  void namesATypeThatNoModelFileHolds() {
    SourceNode node = node("dtype", DataType.DT_FLOAT8_E5M2);

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

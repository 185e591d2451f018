package org.signet.ir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signet.op.Attributes;
import org.signet.type.DType;

class UsesTest {
  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  @Test
  void everyOperandIsAUse() {
    Value x = graphs.input(DType.FLOAT32, 2);
    Value a = graphs.builtin("ABS", Attributes.NONE, x);
    Value twice = graphs.builtin("ADD", Attributes.NONE, a, a);
    Value output = graphs.builtin("NEG", Attributes.NONE, twice);
    Uses uses = new Uses(graphs.build(output));
    assertThat(uses.isSingle(x)).isTrue();
    assertThat(uses.of(a)).hasSize(2);
    assertThat(uses.isSingle(a)).as("one node, but two operands").isFalse();
    assertThat(uses.isSingle(twice)).isTrue();
    assertThat(uses.isOutput(output)).isTrue();
    assertThat(uses.isSingle(output)).isFalse();
  }

  @Test
  void anOutputThatIsReadIsNotSingle() {
    Value a = graphs.builtin("ABS", Attributes.NONE, graphs.input(DType.FLOAT32, 2));
    Value b = graphs.builtin("NEG", Attributes.NONE, a);
    Uses uses = new Uses(graphs.build(b, a));
    assertThat(uses.isSingle(a)).isFalse();
  }
}

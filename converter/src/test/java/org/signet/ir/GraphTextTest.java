package org.signet.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class GraphTextTest {
  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  @Test
  void oneLineForEachNode() {
    Value x = graphs.input(DType.FLOAT32, -1, 2);
    Value y = graphs.input(DType.FLOAT32, -1, 2);
    Value weights = graphs.constant(Tensor.zeros(DType.FLOAT32, 20, 2));
    Value product = graphs.builtin("FULLY_CONNECTED", Attributes.NONE, x, weights, Value.ABSENT);
    Value sum = graphs.builtin("ADD", Attributes.of("fused_activation_function", "RELU"), x, y);
    Value again = graphs.builtin("ADD", Attributes.NONE, sum, graphs.constant(Tensor.scalar(1.5f)));
    Signature signature =
        new Signature("serve", List.of("a", "b"), List.of("p", "q"), graphs.build(product, again));
    assertThat(GraphText.of(new Program(List.of(signature))))
        .isEqualTo(
            """
            signature serve {
              %x = input a : float32[?, 2]
              %x.1 = input b : float32[?, 2]
              %FULLY_CONNECTED = FULLY_CONNECTED(%x, const float32[20, 2], -) : float32[?, 20]
              %ADD = ADD(%x, %x.1) {fused_activation_function=RELU} : float32[?, 2]
              %ADD.1 = ADD(%ADD, const float32[] {1.5}) : float32[?, 2]
              output p = %FULLY_CONNECTED
              output q = %ADD.1
            }
            """);
  }
}

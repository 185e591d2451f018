package org.signet.pass.tf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

class LogOfSoftmaxTest extends PatternFixture {
  private final Rule rule = new LogOfSoftmax();

  private Value tf(String op, DType dtype, Value x) {
    return graphs.tf(op, Attributes.of("T", dtype), x);
  }

  private Value softmax(DType dtype) {
    return tf("Softmax", dtype, graphs.input(dtype, 2, 3));
  }

  @Test
  void isALogSoftmax() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      assertThat(fires(rule, tf("Log", dtype, softmax(dtype)))).containsExactly("FlexLogSoftmax");
    }
  }

  @Test
  void ofASoftmaxThatOthersNeedItStays() {
    Value softmax = softmax(DType.FLOAT32);
    doesNotFire(rule, tf("Log", DType.FLOAT32, softmax), softmax);
    doesNotFire(rule, tf("Log", DType.FLOAT32, softmax), tf("Neg", DType.FLOAT32, softmax));
  }

  @Test
  void ofAnythingElseItStays() {
    Value x = graphs.input(DType.FLOAT32, 2, 3);
    doesNotFire(rule, tf("Log", DType.FLOAT32, tf("Sigmoid", DType.FLOAT32, x)));
    doesNotFire(rule, tf("Log", DType.FLOAT32, x));
  }

  /** LogSoftmax of halves has no builtin. */
  @Test
  void ofHalvesItStays() {
    doesNotFire(rule, tf("Log", DType.FLOAT16, softmax(DType.FLOAT16)));
  }
}

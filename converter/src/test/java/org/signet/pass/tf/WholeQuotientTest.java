package org.signet.pass.tf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class WholeQuotientTest extends PatternFixture {
  private final Rule rule = new WholeQuotient();

  private Value cast(Value value, DType to) {
    Attributes types = Attributes.of("SrcT", value.type().dtype(), "DstT", to);
    return graphs.tf("Cast", types.with("Truncate", false), value);
  }

  private Value divided(Value value, DType by, double divisor) {
    Tensor tensor = Tensor.zeros(by);
    tensor.setDouble(0, 1 / divisor);
    return graphs.tf("Mul", Attributes.of("T", by), cast(value, by), graphs.constant(tensor));
  }

  private Value size() {
    return graphs.input(DType.INT32);
  }

  @Test
  void truncated() {
    Value y = cast(divided(size(), DType.FLOAT64, 2), DType.INT32);
    assertThat(fires(rule, y)).containsExactly("DIV");
  }

  @Test
  void roundedDown() {
    Value quotient = divided(size(), DType.FLOAT64, 3);
    Value y = cast(graphs.tf("Floor", Attributes.of("T", DType.FLOAT64), quotient), DType.INT32);
    assertThat(fires(rule, y)).containsExactly("FLOOR_DIV");
  }

  @Test
  void byAFractionItStays() {
    doesNotFire(rule, cast(divided(size(), DType.FLOAT64, 2.5), DType.INT32));
    doesNotFire(rule, cast(divided(size(), DType.FLOAT64, 0), DType.INT32));
  }

  /** 49 · (1 / 49) is less than 1. */
  @Test
  void byWhatHasNoExactEnoughReciprocalItStays() {
    doesNotFire(rule, cast(divided(size(), DType.FLOAT64, 49), DType.INT32));
    doesNotFire(rule, cast(divided(size(), DType.FLOAT64, 98), DType.INT32));
  }

  @Test
  void inFloat32ItStays() {
    doesNotFire(rule, cast(divided(size(), DType.FLOAT32, 2), DType.INT32));
  }

  @Test
  void ofATensorItStays() {
    Value sizes = graphs.input(DType.INT32, 2);
    doesNotFire(rule, cast(divided(sizes, DType.FLOAT64, 2), DType.INT32));
  }
}

package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

class MergeCastsTest extends PatternFixture {
  private final Rule rule = new MergeCasts();

  private Value cast(Value value, DType to) {
    Attributes types =
        Attributes.of("in_data_type", value.type().dtype().name(), "out_data_type", to.name());
    return graphs.builtin("CAST", types, value);
  }

  @Test
  void castsThatKeepAllValuesGo() {
    Value x = graphs.input(DType.INT32, 3);
    assertThat(fires(rule, cast(cast(x, DType.INT64), DType.INT32))).isEmpty();
    assertThat(fires(rule, cast(cast(x, DType.INT64), DType.FLOAT32))).hasSize(1);
    Value half = graphs.input(DType.BFLOAT16, 3);
    assertThat(fires(rule, cast(cast(half, DType.FLOAT32), DType.BFLOAT16))).isEmpty();
  }

  @Test
  void castsThatRoundOrWrapStay() {
    Value x = graphs.input(DType.INT32, 3);
    doesNotFire(rule, cast(cast(x, DType.INT8), DType.INT32));
    doesNotFire(rule, cast(cast(x, DType.FLOAT32), DType.INT32));
    Value wide = graphs.input(DType.FLOAT32, 3);
    doesNotFire(rule, cast(cast(wide, DType.BFLOAT16), DType.FLOAT32));
    Value half = graphs.input(DType.FLOAT16, 3);
    doesNotFire(rule, cast(cast(half, DType.FLOAT32), DType.BFLOAT16));
  }

  /** Of halves there are casts to floats only. */
  @Test
  void castsThatHaveNoKernelStay() {
    Value half = graphs.input(DType.FLOAT16, 3);
    doesNotFire(rule, cast(cast(half, DType.FLOAT32), DType.INT32));
    Value small = graphs.input(DType.INT16, 3);
    doesNotFire(rule, cast(cast(small, DType.INT32), DType.FLOAT16));
  }

  @Test
  void theSizesOfIntegersStay() {
    Attributes wide = Attributes.of("out_type", "INT64");
    Value sizes = graphs.builtin("SHAPE", wide, graphs.input(DType.INT32, -1));
    doesNotFire(rule, cast(sizes, DType.INT32));
  }
}

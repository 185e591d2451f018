package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

class MergePacksTest extends PatternFixture {
  private final Rule rule = new MergePacks();

  private List<Value> unpack(Value value, int axis, int count, int... shape) {
    TensorType type = TensorType.of(DType.FLOAT32, shape);
    return graphs
        .builder()
        .add(
            OpKey.builtin("UNPACK"),
            Attributes.of("num", count, "axis", axis),
            List.of(value),
            List.of(type, type),
            "unpack",
            Origin.NONE);
  }

  private Value pack(int axis, Value... values) {
    return graphs.builtin(
        "PACK", Attributes.of("values_count", values.length, "axis", axis), values);
  }

  @Test
  void whatWasTakenApartAndPutTogether() {
    List<Value> parts = unpack(x(3, 2), 1, 2, 3);
    assertThat(fires(rule, pack(-1, parts.get(0), parts.get(1)))).isEmpty();
  }

  @Test
  void whatWasPutTogetherAndTakenApart() {
    List<Value> parts = unpack(pack(0, x(3), x(3)), 0, 2, 3);
    assertThat(fires(rule, parts.get(0), parts.get(1))).isEmpty();
  }

  @Test
  void anotherOrderOrAxisStays() {
    List<Value> parts = unpack(x(3, 2), 1, 2, 3);
    doesNotFire(rule, pack(1, parts.get(1), parts.get(0)));
    doesNotFire(rule, pack(0, parts.get(0), parts.get(1)));
  }

  @Test
  void aPartOfThemStays() {
    List<Value> parts = unpack(x(3, 2), 1, 2, 3);
    doesNotFire(rule, pack(1, parts.get(0)));
  }

  @Test
  void partsOfOtherOpsStay() {
    TensorType part = TensorType.of(DType.FLOAT32, 1, 2);
    List<Value> parts =
        graphs
            .builder()
            .add(
                OpKey.builtin("SPLIT"),
                Attributes.of("num_splits", 2),
                List.of(graphs.constant(Tensor.scalar(0)), x(2, 2)),
                List.of(part, part),
                "split",
                Origin.NONE);
    doesNotFire(rule, pack(0, parts.get(0), parts.get(1)));
    Value joined = graphs.builtin("CONCATENATION", NONE.with("axis", 0), x(1, 3), x(1, 3));
    List<Value> rows = unpack(joined, 0, 2, 3);
    doesNotFire(rule, rows.get(0), rows.get(1));
  }

  @Test
  void otherAxesOfAnUnknownRankStay() {
    List<Value> parts = unpack(unranked(), -1, 2, 3);
    doesNotFire(rule, pack(1, parts.get(0), parts.get(1)));
  }
}

package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.signet.ir.ConstantData;
import org.signet.ir.Derivations;
import org.signet.ir.ScaledData;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class UnscaleProductTest extends PatternFixture {
  private final Value.Constant weights = (Value.Constant) numbers(4, 3);

  /** May multiply all weights but those that are used otherwise. */
  private final UnscaleProduct rule =
      new UnscaleProduct(new ScalableWeights(Set.of(source()), new Derivations()));

  private ConstantData source() {
    return weights.data();
  }

  private Value scaled(int inner, float... factors) {
    return new Value.Constant(
        "scaled", weights.type(), new ScaledData(source(), Tensor.of(factors), inner));
  }

  private Value product(String activation, Value matrix, Value bias) {
    Attributes options =
        Attributes.of("fused_activation_function", activation).with("keep_num_dims", false);
    return graphs.builtin("FULLY_CONNECTED", options, x(2, 3), matrix, bias);
  }

  private Value lookup(Value matrix) {
    Value rows = op("FLOOR_MOD", graphs.input(DType.INT32, 2), graphs.ints(4));
    return graphs.builtin("GATHER", Attributes.of("axis", 0).with("batch_dims", 0), matrix, rows);
  }

  @Test
  void byANumberWithoutABias() {
    assertThat(fires(rule, product("RELU", scaled(1, 0.25f), Value.ABSENT)))
        .containsExactly("FULLY_CONNECTED", "MUL");
  }

  @Test
  void byNumbersOfChannelsBeforeTheBias() {
    Value product = product("RELU", scaled(3, 0.5f, 2, -1, 4), numbers(4));
    assertThat(fires(rule, product)).containsExactly("FULLY_CONNECTED", "MUL", "ADD");
  }

  @Test
  void aLookupByANumber() {
    assertThat(fires(rule, lookup(scaled(1, 24.5f)))).containsExactly("FLOOR_MOD", "GATHER", "MUL");
  }

  @Test
  void byNumbersAlongTheInput() {
    Value product = product("RELU", scaled(1, 0.5f, 2, -1), numbers(4));
    assertThat(fires(rule, product)).containsExactly("MUL", "FULLY_CONNECTED");
  }

  @Test
  void numbersAlongAnotherAxisStay() {
    doesNotFire(rule, lookup(scaled(1, 0.5f, 2, -1)));
  }

  @Test
  void infinitiesStay() {
    Value scaled = scaled(1, Float.POSITIVE_INFINITY);
    doesNotFire(rule, product("NONE", scaled, Value.ABSENT));
  }

  @Test
  void weightsOfTheirOwnStay() {
    UnscaleProduct all = new UnscaleProduct(ScalableWeights.all());
    for (Value anchor :
        List.of(product("NONE", scaled(1, 0.5f), Value.ABSENT), lookup(scaled(1, 0.5f)))) {
      doesNotFire(all, anchor);
    }
  }
}

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

  /** Weights like {@code weights} times factors, in another shape. */
  private UnscaleProduct ruleOf(Value.Constant others) {
    return new UnscaleProduct(new ScalableWeights(Set.of(others.data()), new Derivations()));
  }

  private static Value scaled(Value.Constant others, int inner, float... factors) {
    return new Value.Constant(
        "scaled", others.type(), new ScaledData(others.data(), Tensor.of(factors), inner));
  }

  @Test
  void byNumbersAlongTheInputOfSquareWeights() {
    Value.Constant square = (Value.Constant) numbers(3, 3);
    Value product = product("RELU", scaled(square, 1, 0.5f, 2, -1), Value.ABSENT);
    assertThat(fires(ruleOf(square), product)).containsExactly("MUL", "FULLY_CONNECTED");
  }

  @Test
  void numbersAlongOtherElementsStay() {
    doesNotFire(rule, product("NONE", scaled(4, 0.5f, 2, -1), Value.ABSENT));
    doesNotFire(rule, product("NONE", scaled(3, 0.5f, 2), Value.ABSENT));
  }

  @Test
  void numbersAlongTheInputOfAConvolutionStay() {
    Value.Constant filters = (Value.Constant) numbers(4, 3, 3, 3);
    Attributes window =
        NONE.with("padding", "VALID")
            .with("stride_h", 1)
            .with("stride_w", 1)
            .with("dilation_h_factor", 1)
            .with("dilation_w_factor", 1);
    Value scaled = scaled(filters, 1, 0.5f, 2, -1);
    Value convolved = graphs.builtin("CONV_2D", window, x(1, 4, 4, 3), scaled, numbers(4));
    doesNotFire(ruleOf(filters), convolved);
  }

  @Test
  void numbersAlongRowsThatAreFlattenedOrUnknownStay() {
    Attributes options = NONE.with("keep_num_dims", false);
    Value scaled = scaled(1, 0.5f, 2, -1);
    for (Value input : List.of(x(1, 6), unranked())) {
      doesNotFire(rule, graphs.builtin("FULLY_CONNECTED", options, input, scaled, Value.ABSENT));
    }
  }
}

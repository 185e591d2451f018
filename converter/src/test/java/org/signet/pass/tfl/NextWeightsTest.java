package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.ir.ConstantData;
import org.signet.ir.Derivations;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Factors, summands and transposes that go into the weights of the operator after them. */
class NextWeightsTest extends PatternFixture {
  private final Rule rule = new FoldIntoNextWeights(ScalableWeights.all());

  private Value image() {
    return graphs.input(DType.FLOAT32, -1, 4, 4, 3);
  }

  private Value normalized(Value x) {
    return op("ADD", op("MUL", x, numbers(3)), numbers(3));
  }

  private Value padded(Value x) {
    Tensor amounts = Tensor.of(new int[] {0, 0, 1, 0, 0, 2, 0, 0}, 4, 2);
    return graphs.builtin("PAD", Attributes.NONE, x, graphs.constant(amounts));
  }

  private Value operator(String builtin, String padding, Value x) {
    boolean depthwise = builtin.equals("DEPTHWISE_CONV_2D");
    Attributes window =
        NONE.with("padding", padding)
            .with("stride_h", 1)
            .with("stride_w", 1)
            .with("dilation_h_factor", 1)
            .with("dilation_w_factor", 1);
    return switch (builtin) {
      case "FULLY_CONNECTED" ->
          graphs.builtin(builtin, NONE.with("keep_num_dims", true), x, numbers(5, 3), numbers(5));
      default ->
          graphs.builtin(
              builtin,
              depthwise ? window.with("depth_multiplier", 2) : window,
              x,
              depthwise ? numbers(1, 2, 2, 6) : numbers(5, 2, 2, 3),
              numbers(depthwise ? 6 : 5));
    };
  }

  @ParameterizedTest
  @CsvSource({
    "CONV_2D, SAME",
    "CONV_2D, VALID",
    "DEPTHWISE_CONV_2D, SAME",
    "FULLY_CONNECTED, VALID"
  })
  void aFactorBefore(String builtin, String padding) {
    Value y = operator(builtin, padding, op("MUL", image(), numbers(3)));
    assertThat(fires(rule, y)).containsExactly(builtin);
  }

  @Test
  void aDivisorBefore() {
    Value number = graphs.constant(Tensor.scalar(255f));
    Value y = operator("CONV_2D", "SAME", op("DIV", image(), number));
    assertThat(fires(rule, y)).containsExactly("CONV_2D");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"})
  void aBatchNormBefore(String builtin) {
    Value y = operator(builtin, "VALID", normalized(image()));
    assertThat(fires(rule, y)).containsExactly(builtin);
  }

  @Test
  void aFactorThroughAPad() {
    Value y = operator("CONV_2D", "VALID", padded(op("MUL", image(), numbers(3))));
    assertThat(fires(rule, y)).containsExactly("PAD", "CONV_2D");
  }

  @Test
  void aSummandStaysWherePaddingComesAfter() {
    doesNotFire(rule, operator("CONV_2D", "SAME", normalized(image())));
    doesNotFire(rule, operator("CONV_2D", "VALID", padded(normalized(image()))));
  }

  @Test
  void aSummandAloneStays() {
    doesNotFire(rule, operator("CONV_2D", "VALID", op("SUB", image(), numbers(3))));
  }

  @Test
  void aFactorThatOthersUseStays() {
    Value product = op("MUL", image(), numbers(3));
    doesNotFire(rule, operator("CONV_2D", "VALID", product), product);
  }

  @Test
  void aFactorAlongTheImageStays() {
    doesNotFire(rule, operator("CONV_2D", "VALID", op("MUL", image(), numbers(4, 1))));
  }

  @Test
  void aFactorWithAnActivationStays() {
    Attributes relu = Attributes.of(FusedActivation.OPTION, "RELU");
    Value product = graphs.builtin("MUL", relu, image(), numbers(3));
    doesNotFire(rule, operator("CONV_2D", "VALID", product));
  }

  private Value flattened(Value x, Value weights, int... order) {
    Value turned = graphs.builtin("TRANSPOSE", Attributes.NONE, x, graphs.ints(order));
    Value flat = graphs.builtin("RESHAPE", Attributes.NONE, turned, graphs.ints(-1, 24));
    return graphs.builtin("FULLY_CONNECTED", NONE, flat, weights, Value.ABSENT);
  }

  @Test
  void aTransposeBeforeFlatteningGoesIntoTheWeights() {
    Value x = graphs.input(DType.FLOAT32, -1, 2, 3, 4);
    assertThat(
            fires(new TurnWeights(ScalableWeights.all()), flattened(x, numbers(5, 24), 0, 3, 1, 2)))
        .containsExactly("RESHAPE", "FULLY_CONNECTED");
  }

  @Test
  void aTransposeOfTheBatchStays() {
    Value x = graphs.input(DType.FLOAT32, 6, 2, 3, 4);
    doesNotFire(new TurnWeights(ScalableWeights.all()), flattened(x, numbers(5, 24), 1, 0, 2, 3));
  }

  @Test
  void aTransposeStaysBeforeComputedWeights() {
    Value x = graphs.input(DType.FLOAT32, -1, 2, 3, 4);
    doesNotFire(
        new TurnWeights(ScalableWeights.all()),
        flattened(x, graphs.input(DType.FLOAT32, 5, 24), 0, 3, 1, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4})
  void aFactorStaysWhereChannelsArePadded(int rows) {
    Tensor amounts = Tensor.of(new int[] {0, 0, 1, 0}, 2, 2);
    Value padded =
        graphs.builtin(
            "PAD", Attributes.NONE, op("MUL", x(rows, 2), numbers(2)), graphs.constant(amounts));
    doesNotFire(rule, operator("FULLY_CONNECTED", "VALID", padded));
  }

  @Test
  void aSummandThatWidensTheInputStays() {
    Value ofOneChannel = op("MUL", x(6, 1), number(2));
    doesNotFire(rule, operator("FULLY_CONNECTED", "VALID", op("ADD", ofOneChannel, numbers(3))));
    Value ofLowerRank = op("MUL", x(6, 3), numbers(3));
    doesNotFire(
        rule, operator("FULLY_CONNECTED", "VALID", op("ADD", ofLowerRank, numbers(1, 1, 3))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-25, 1e25})
  void aFactorThatWeightsMayNotHoldStays(double factor) {
    doesNotFire(rule, operator("CONV_2D", "VALID", op("MUL", image(), number(factor))));
    doesNotFire(rule, operator("CONV_2D", "VALID", op("DIV", image(), number(factor))));
  }

  @Test
  void aSummandThatIsComputedStays() {
    Value sum = op("ADD", op("MUL", image(), numbers(3)), image());
    doesNotFire(rule, operator("CONV_2D", "VALID", sum));
  }

  @Test
  void aFactorThatMakesChannelsStays() {
    Value gray = graphs.input(DType.FLOAT32, -1, 4, 4, 1);
    doesNotFire(rule, operator("CONV_2D", "VALID", op("MUL", gray, numbers(3))));
  }

  /** Weights of groups have fewer channels than the input. */
  @Test
  void aFactorBeforeGroupsStays() {
    Attributes window =
        NONE.with("padding", "VALID")
            .with("stride_h", 1)
            .with("stride_w", 1)
            .with("dilation_h_factor", 1)
            .with("dilation_w_factor", 1);
    Value grouped =
        graphs.builtin(
            "CONV_2D", window, op("MUL", image(), numbers(3)), numbers(6, 2, 2, 1), numbers(6));
    doesNotFire(rule, grouped);
  }

  @Test
  void aFactorBeforeWeightsThatAreComputedStays() {
    Value x = op("MUL", x(6, 3), numbers(3));
    doesNotFire(rule, graphs.builtin("FULLY_CONNECTED", NONE, x, x(5, 3), numbers(5)));
  }

  @Test
  void aFactorBeforeWeightsThatOthersUseStays() {
    Value weights = numbers(5, 3);
    Set<ConstantData> used = Set.of(((Value.Constant) weights).data());
    doesNotFire(
        new FoldIntoNextWeights(new ScalableWeights(used, new Derivations())),
        graphs.builtin(
            "FULLY_CONNECTED", NONE, op("MUL", x(6, 3), numbers(3)), weights, numbers(5)));
  }

  private Value product(Value reshaped, Value weights) {
    return graphs.builtin("FULLY_CONNECTED", NONE, reshaped, weights, Value.ABSENT);
  }

  private Value reshaped(Value value, int... sizes) {
    return op("RESHAPE", value, graphs.ints(sizes));
  }

  @Test
  void aTransposeStaysBeforeWeightsThatOthersUse() {
    Value.Constant weights = (Value.Constant) numbers(5, 24);
    Rule turning = new TurnWeights(new ScalableWeights(Set.of(weights.data()), new Derivations()));
    doesNotFire(turning, flattened(x(-1, 2, 3, 4), weights, 0, 3, 1, 2));
  }

  @Test
  void aTransposeStaysWhereMoreOrLessIsFlattened() {
    Rule turning = new TurnWeights(ScalableWeights.all());
    Value turned = turned(x(2, 2, 3, 4), 0, 3, 1, 2);
    doesNotFire(turning, product(reshaped(turned, 4, 12), numbers(5, 12)));
    doesNotFire(turning, product(reshaped(turned, 2, 24), numbers(5, 12)));
    doesNotFire(turning, product(reshaped(turned, 2, 4, 6), numbers(5, 6)));
    Value free = turned(x(2, 2, -1, 4), 0, 3, 1, 2);
    doesNotFire(turning, product(reshaped(free, -1, 24), numbers(5, 24)));
    Value image = turned(x(2, -1, -1, 24), 0, 3, 1, 2);
    doesNotFire(turning, product(reshaped(image, -1, 24), numbers(5, 24)));
    Value batch = turned(x(6, 2, 3, 4), 1, 0, 2, 3);
    doesNotFire(turning, product(reshaped(batch, 2, 72), numbers(5, 72)));
  }

  @Test
  void aReshapeOfAnythingElseStays() {
    Rule turning = new TurnWeights(ScalableWeights.all());
    doesNotFire(turning, product(reshaped(x(2, 2, 3, 4), 2, 24), numbers(5, 24)));
    Value order = graphs.input(DType.INT32, 4);
    Value turned = op("TRANSPOSE", x(2, 2, 3, 4), order);
    doesNotFire(turning, product(reshaped(turned, 2, 24), numbers(5, 24)));
  }
}

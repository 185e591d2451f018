package org.signet.pass.tf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.ir.Graph;
import org.signet.ir.Graphs;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.RuleTester;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class FuseGeluTest {
  private static final float ROOT_HALF = (float) Math.sqrt(0.5);
  private static final float ROOT_TWO_BY_PI = (float) Math.sqrt(2 / Math.PI);

  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  private Value op(String op, Value... operands) {
    return graphs.tf(op, Attributes.of("T", DType.FLOAT32), operands);
  }

  private Value scalar(double value) {
    return graphs.constant(Tensor.scalar((float) value));
  }

  private Value x() {
    return graphs.input(DType.FLOAT32, -1, 4);
  }

  private void fires(Value output, boolean approximate) {
    try (RuleTester tester = new RuleTester(new FuseGelu())) {
      Graph fused = tester.fires(graphs.build(output));
      assertThat(fused.nodes()).hasSize(1);
      assertThat(fused.nodes().getFirst().is("GELU")).isTrue();
      assertThat(fused.nodes().getFirst().attributes().getBoolean("approximate"))
          .isEqualTo(approximate);
    }
  }

  private void doesNotFire(Value output) {
    try (RuleTester tester = new RuleTester(new FuseGelu())) {
      tester.doesNotFire(graphs.build(output));
    }
  }

  private Value gate(Value x, double factor) {
    return op("AddV2", scalar(1), op("Erf", op("Mul", x, scalar(factor))));
  }

  private Value approximateGate(Value x, double cubeFactor) {
    Value cube = op("Pow", x, scalar(3));
    Value inner = op("AddV2", x, op("Mul", scalar(cubeFactor), cube));
    return op("AddV2", op("Tanh", op("Mul", scalar(ROOT_TWO_BY_PI), inner)), scalar(1));
  }

  @Test
  void byErf() {
    Value x = x();
    fires(op("Mul", op("Mul", scalar(0.5), x), gate(x, ROOT_HALF)), false);
  }

  @Test
  void byErfOfAQuotient() {
    Value x = x();
    Value erf = op("Erf", op("RealDiv", x, scalar(Math.sqrt(2))));
    fires(op("Mul", op("AddV2", erf, scalar(1)), op("Mul", x, scalar(0.5))), false);
  }

  @Test
  void byErfc() {
    Value x = x();
    Value erfc = op("Erfc", op("Mul", op("Neg", x), scalar(ROOT_HALF)));
    fires(op("Mul", op("Mul", scalar(0.5), x), erfc), false);
  }

  @Test
  void theHalfMayStandOutside() {
    Value x = x();
    fires(op("Mul", scalar(0.5), op("Mul", x, gate(x, ROOT_HALF))), false);
  }

  @Test
  void byTanh() {
    Value x = x();
    fires(op("Mul", op("Mul", scalar(0.5), x), approximateGate(x, 0.044715)), true);
  }

  @Test
  void byTanhOfAProduct() {
    Value x = x();
    fires(op("Mul", op("Mul", scalar(0.5), x), factoredGate(x, 0.044715)), true);
  }

  @Test
  void byTanhOfAProductThatHoldsTheConstants() {
    Value x = x();
    Value even =
        op(
            "AddV2",
            scalar(ROOT_TWO_BY_PI),
            op("Mul", scalar(0.044715 * ROOT_TWO_BY_PI), op("Mul", x, x)));
    Value gate = op("AddV2", op("Tanh", op("Mul", x, even)), scalar(1));
    fires(op("Mul", x, op("Mul", scalar(0.5), gate)), true);
  }

  @Test
  void anotherSquareFactorIsAnotherFunction() {
    Value x = x();
    doesNotFire(op("Mul", op("Mul", scalar(0.5), x), factoredGate(x, 0.134145)));
  }

  private Value factoredGate(Value x, double squareFactor) {
    Value even = op("AddV2", scalar(1), op("Mul", scalar(squareFactor), op("Square", x)));
    Value inner = op("Mul", op("Mul", x, scalar(ROOT_TWO_BY_PI)), even);
    return op("AddV2", op("Tanh", inner), scalar(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.72, -0.70710678})
  void otherFactorsAreOtherFunctions(double factor) {
    Value x = x();
    doesNotFire(op("Mul", op("Mul", scalar(0.5), x), gate(x, factor)));
  }

  @Test
  void anotherHalfIsAnotherFunction() {
    Value x = x();
    doesNotFire(op("Mul", op("Mul", scalar(1), x), gate(x, ROOT_HALF)));
  }

  @Test
  void anotherCubeFactorIsAnotherFunction() {
    Value x = x();
    doesNotFire(op("Mul", op("Mul", scalar(0.5), x), approximateGate(x, 0.05)));
  }

  @Test
  void theGateOfAnotherValueIsAnotherFunction() {
    doesNotFire(op("Mul", op("Mul", scalar(0.5), x()), gate(x(), ROOT_HALF)));
  }

  @Test
  void aLongChainOfFactorsIsNone() {
    Value y = x();
    for (int i = 0; i < 20_000; i++) {
      y = op("Mul", y, scalar(0.5));
    }
    doesNotFire(y);
  }
}

package org.signet.op.flex;

import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.signet.op.Accuracy;
import org.signet.op.Activations;
import org.signet.op.Complex;
import org.signet.op.ComplexMath;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.RealMath;
import org.signet.op.Shapes;
import org.signet.op.SpecialFunctions;
import org.signet.op.UnaryFunction;
import org.signet.op.UnaryFunctions;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** TensorFlow's functions of one number and its activations. */
final class TfElementwise {
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  /** Beyond, TensorFlow's error function of float64 multiplies infinities. */
  private static final double ERF_OVERFLOWS_FROM = 1.3407807830046643e154;

  private TfElementwise() {}

  static List<OpDefinition> definitions() {
    return Stream.of(exact(), computed(), activations(), tests()).flatMap(List::stream).toList();
  }

  private static List<OpDefinition> exact() {
    return Stream.of(
            unary("Abs", UnaryFunctions.ABS),
            unary("Neg", UnaryFunctions.NEG),
            unary("Floor", UnaryFunctions.FLOOR),
            unary("Ceil", UnaryFunctions.CEIL),
            unary("Round", UnaryFunctions.ROUND),
            unary("Rint", UnaryFunctions.ROUND),
            unary("Invert", UnaryFunction.ofIntegers(x -> ~x)))
        .map(definition -> definition.accurate(Accuracy.EXACT))
        .toList();
  }

  private static List<OpDefinition> computed() {
    return List.of(
        unary("Sign", UnaryFunctions.SIGN),
        unary("Square", UnaryFunctions.SQUARE),
        unary("Sqrt", UnaryFunctions.SQRT),
        unary("Rsqrt", UnaryFunctions.RSQRT),
        unary("Reciprocal", UnaryFunctions.RECIPROCAL),
        unary("Inv", UnaryFunctions.RECIPROCAL),
        approximate("Exp", UnaryFunctions.EXP),
        approximate("Log", UnaryFunctions.LOG),
        approximate("Expm1", Math::expm1, ComplexMath::expm1),
        approximate("Log1p", Math::log1p, ComplexMath::log1p),
        approximate("Sin", UnaryFunctions.SIN),
        approximate("Cos", UnaryFunctions.COS),
        approximate("Tan", Math::tan, ComplexMath::tan),
        approximate("Asin", Math::asin, ComplexMath::asin),
        approximate("Acos", Math::acos, ComplexMath::acos),
        approximate("Atan", Math::atan, ComplexMath::atan),
        approximate("Sinh", Math::sinh, ComplexMath::sinh),
        approximate("Cosh", Math::cosh, ComplexMath::cosh),
        approximate("Asinh", RealMath::asinh, ComplexMath::asinh),
        approximate("Acosh", RealMath::acosh, ComplexMath::acosh),
        approximate("Atanh", RealMath::atanh, ComplexMath::atanh),
        erf(),
        approximate("Erfc", SpecialFunctions::erfc),
        approximate("Lgamma", SpecialFunctions::logGamma),
        approximate("Digamma", SpecialFunctions::digamma));
  }

  private static List<OpDefinition> activations() {
    return List.of(
        unary("Relu", Activations.RELU).accurate(Accuracy.EXACT),
        unary("Relu6", Activations.RELU6).accurate(Accuracy.EXACT),
        OpDefinition.tf("LeakyRelu", Shapes.SAME, Activations::leakyRelu),
        approximate("Elu", Activations.ELU),
        approximate("Selu", TfElementwise::selu),
        approximate("Sigmoid", UnaryFunctions.LOGISTIC),
        approximate("Softplus", RealMath::softplus),
        approximate("Softsign", RealMath::softsign),
        approximate("Tanh", UnaryFunctions.TANH));
  }

  private static List<OpDefinition> tests() {
    return List.of(
        test("IsNan", Double::isNaN),
        test("IsInf", Double::isInfinite),
        test("IsFinite", Double::isFinite));
  }

  /**
   * TensorFlow's function of float64 is NaN where it overflows within, those of other types are
   * not.
   */
  private static OpDefinition erf() {
    UnaryFunction function = UnaryFunction.ofReals(SpecialFunctions::erf);
    UnaryFunction ofDoubles =
        UnaryFunction.ofReals(
            x -> Math.abs(x) < ERF_OVERFLOWS_FROM ? SpecialFunctions.erf(x) : Double.NaN);
    return OpDefinition.tf(
            "Erf",
            Shapes.SAME,
            call ->
                (call.operand(0).dtype() == DType.FLOAT64 ? ofDoubles : function).evaluate(call))
        .limited(function.limits())
        .accurate(Accuracy.APPROXIMATE);
  }

  private static double selu(double x) {
    return SELU_SCALE * (x < 0 ? SELU_ALPHA * Math.expm1(x) : x);
  }

  private static OpDefinition unary(String name, UnaryFunction function) {
    return OpDefinition.tf(name, Shapes.SAME, function::evaluate).limited(function.limits());
  }

  private static OpDefinition approximate(String name, UnaryFunction function) {
    return unary(name, function).accurate(Accuracy.APPROXIMATE);
  }

  private static OpDefinition approximate(String name, DoubleUnaryOperator function) {
    return approximate(name, UnaryFunction.ofReals(function));
  }

  private static OpDefinition approximate(
      String name, DoubleUnaryOperator reals, UnaryOperator<Complex> complex) {
    return approximate(name, UnaryFunction.ofReals(reals).withComplex(complex));
  }

  private static OpDefinition test(String name, DoublePredicate predicate) {
    return OpDefinition.tf(
            name,
            op -> List.of(Shapes.plain(DType.BOOL, op.shape(0))),
            (OpCall call) -> {
              Tensor x = call.operand(0);
              Tensor result = call.result(0, DType.BOOL, x.shape());
              for (int i = 0; i < x.size(); i++) {
                result.setLong(i, predicate.test(x.getDouble(i)) ? 1 : 0);
              }
            })
        .accurate(Accuracy.EXACT);
  }
}

package org.signet.op.flex;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Arithmetic;
import org.signet.op.BinaryFunction;
import org.signet.op.BinaryFunctions;
import org.signet.op.BroadcastLoop;
import org.signet.op.ComplexMath;
import org.signet.op.ElementKind;
import org.signet.op.IntegerMath;
import org.signet.op.Limits;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.RealMath;
import org.signet.op.Reference;
import org.signet.op.Shapes;
import org.signet.op.flex.list.ListArithmetic;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** TensorFlow's binary arithmetic with broadcasting. */
final class TfArithmetic {
  private static final BinaryFunction TRUNCATE_MOD =
      BinaryFunction.of((a, b) -> a % b, IntegerMath::remainder)
          .withUnsignedLongs(IntegerMath::remainderUnsigned);
  private static final BinaryFunction AND = BinaryFunction.ofIntegers((a, b) -> a & b);
  private static final BinaryFunction OR = BinaryFunction.ofIntegers((a, b) -> a | b);

  private TfArithmetic() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("Add", Shapes.BROADCAST, TfArithmetic::add),
        OpDefinition.tf("AddV2", Shapes.BROADCAST, TfArithmetic::add),
        binary("Sub", BinaryFunctions.SUB),
        binary("Mul", BinaryFunctions.MUL),
        binary("Div", BinaryFunctions.DIV),
        binary("RealDiv", BinaryFunctions.DIV),
        exact("TruncateDiv", BinaryFunctions::truncateDivide, ElementKind.REALS),
        reals(
            "DivNoNan",
            BinaryFunction.ofReals(RealMath::divideNoNan).withComplex(ComplexMath::divideNoNan)),
        reals(
            "MulNoNan",
            BinaryFunction.ofReals(RealMath::multiplyNoNan)
                .withComplex(ComplexMath::multiplyNoNan)),
        exact("FloorDiv", BinaryFunctions::floorDivide, ElementKind.REALS),
        binary("FloorMod", BinaryFunctions.FLOOR_MOD),
        binary("Mod", TRUNCATE_MOD),
        binary("TruncateMod", TRUNCATE_MOD),
        reals("Pow", BinaryFunctions.POW),
        binary("Maximum", BinaryFunctions.MAXIMUM).accurate(Accuracy.EXACT),
        binary("Minimum", BinaryFunctions.MINIMUM).accurate(Accuracy.EXACT),
        binary("SquaredDifference", BinaryFunctions.SQUARED_DIFFERENCE),
        exact("NextAfter", TfArithmetic::nextAfter, ElementKind.FLOATS),
        reals("Atan2", BinaryFunctions.ATAN2),
        reals(
            "Xlogy", BinaryFunction.ofReals(RealMath::timesLog).withComplex(ComplexMath::timesLog)),
        reals(
            "Xlog1py",
            BinaryFunction.ofReals(RealMath::timesLog1p).withComplex(ComplexMath::timesLog1p)),
        reals(
            "Xdivy",
            BinaryFunction.ofReals(RealMath::zeroOrDivide).withComplex(ComplexMath::zeroOrDivide)),
        binary("BitwiseAnd", AND).accurate(Accuracy.EXACT),
        binary("BitwiseOr", OR).accurate(Accuracy.EXACT),
        binary("BitwiseXor", BinaryFunctions.XOR).accurate(Accuracy.EXACT),
        exact("LeftShift", TfArithmetic::shiftLeft, ElementKind.INTEGERS),
        exact("RightShift", BinaryFunctions::shiftRight, ElementKind.INTEGERS),
        OpDefinition.tf("AccumulateNV2", Arithmetic::sumShape, ListArithmetic::addN),
        OpDefinition.tf("AddN", Arithmetic::sumShape, ListArithmetic::addN));
  }

  private static OpDefinition binary(String name, BinaryFunction function) {
    return OpDefinition.tf(name, Shapes.BROADCAST, function::evaluate).limited(function.limits());
  }

  private static OpDefinition exact(String name, Reference function, ElementKind kind) {
    return OpDefinition.tf(name, Shapes.BROADCAST, function)
        .accurate(Accuracy.EXACT)
        .limited(Limits.all(kind));
  }

  private static OpDefinition reals(String name, BinaryFunction function) {
    return binary(name, function).accurate(Accuracy.APPROXIMATE);
  }

  /** The sum; of strings the two in a row. */
  private static void add(OpCall call) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    if (a.dtype() != DType.STRING) {
      BinaryFunctions.ADD.evaluate(call);
      return;
    }
    int[] shape = Shapes.broadcast(a.shape(), b.shape());
    byte[][] result = call.result(0, DType.STRING, shape).strings();
    BroadcastLoop.run(
        shape,
        a.shape(),
        b.shape(),
        (i, x, y) -> result[i] = concatenation(a.strings()[x], b.strings()[y]));
  }

  private static byte[] concatenation(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** The number of operand 0's type that is next to it in the direction of operand 1. */
  private static void nextAfter(OpCall call) {
    BinaryFunction.ofReals(
            call.operand(0).dtype() == DType.FLOAT32
                ? (x, to) -> Math.nextAfter((float) x, to)
                : (x, to) -> Math.nextAfter(x, to))
        .evaluate(call);
  }

  private static void shiftLeft(OpCall call) {
    int bits = 8 * call.operand(0).dtype().bytes();
    BinaryFunction.ofIntegers((a, b) -> a << IntegerMath.shift(b, bits))
        .withUnsignedLongs((a, b) -> a << IntegerMath.unsignedShift(b, bits))
        .evaluate(call);
  }
}

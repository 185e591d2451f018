package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Ops on complex64 that become ops on its parts. Complex numbers are pairs of float32 in memory, so
 * that BITCAST takes them apart into a last dimension of 2, and puts them together.
 */
final class ComplexLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of(
        "Add",
        "AddN",
        "AddV2",
        "Angle",
        "BatchMatMulV2",
        "BatchMatMul",
        "Complex",
        "Conj",
        "ConjugateTranspose",
        "Equal",
        "MatMul",
        "Mean",
        "Neg",
        "NotEqual",
        "RealDiv",
        "Square",
        "Sub",
        "Sum");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.name().equals("Complex")) {
      return op.dtype(0) == DType.FLOAT32
          ? complex(op.operand(0), op.operand(1), emit)
          : KernelTypes.decline(op.dtype(0));
    }
    if (op.dtype(0) != DType.COMPLEX64) {
      return KernelTypes.decline(op.dtype(0));
    }
    return switch (op.name()) {
      case "Add", "AddV2" -> sum("ADD", op, emit);
      case "Sub" -> sum("SUB", op, emit);
      case "AddN" -> addAll(op, emit);
      case "Angle" ->
          Lowered.to(
              emit.builtin(
                  "ATAN2",
                  emit.builtin("IMAG", op.operand(0)),
                  emit.builtin("REAL", op.operand(0))));
      case "Conj" -> Lowered.to(conjugate(op.operand(0), emit));
      case "ConjugateTranspose" ->
          emit.intsOf(op.operand(1))
              .map(order -> moved(conjugate(op.operand(0), emit), emit.ints(order), emit))
              .orElseGet(() -> Lowered.declined("the order is not constant"));
      case "Equal", "NotEqual" -> equal(op, emit);
      case "Neg" -> Lowered.to(onParts(op.operand(0), "NEG", emit));
      case "RealDiv" -> quotient(op, emit);
      case "Square" -> Lowered.to(emit.builtin("MUL", op.operand(0), op.operand(0)));
      case "Sum", "Mean" -> reduce(op, emit);
      default -> product(op, emit);
    };
  }

  private static Value parts(Value complex, Emitter emit) {
    return emit.bitcast(complex, DType.FLOAT32);
  }

  private static Value whole(Value parts, Emitter emit) {
    return emit.bitcast(parts, DType.COMPLEX64);
  }

  private static Value onParts(Value x, String builtin, Emitter emit) {
    return whole(emit.builtin(builtin, parts(x, emit)), emit);
  }

  private static Value conjugate(Value x, Emitter emit) {
    return whole(emit.builtin("MUL", parts(x, emit), emit.floats(new float[] {1, -1}, 2)), emit);
  }

  private static Lowered moved(Value x, Value order, Emitter emit) {
    Value moved = emit.builtin("TRANSPOSE", emit.bitcast(x, DType.INT64), order);
    return Lowered.to(emit.bitcast(moved, DType.COMPLEX64));
  }

  /** Real and imaginary part of the same shape, put together. */
  static Value together(Value re, Value im, Emitter emit) {
    Shape shape = re.type().shape();
    Attributes options = Attributes.of("axis", shape.rank(), "values_count", 2);
    return whole(emit.builtin("PACK", options, re, im), emit);
  }

  private static Lowered complex(Value re, Value im, Emitter emit) {
    var common = Broadcasts.common(re, im);
    if (common.isEmpty() || !common.get().hasRank()) {
      return Lowered.declined("a rank is unknown");
    }
    boolean same = re.type().shape().isStatic() && re.type().shape().equals(im.type().shape());
    Value x = same ? re : Broadcasts.spread(re, im, common.get(), emit);
    Value y = same ? im : Broadcasts.spread(im, re, common.get(), emit);
    return Lowered.to(together(x, y, emit));
  }

  private static Lowered sum(String builtin, TfOp op, Emitter emit) {
    Value a = parts(op.operand(0), emit);
    Value b = parts(op.operand(1), emit);
    var common = Broadcasts.common(a, b);
    return common.isEmpty() || Broadcasts.isAbove(common.get(), 6)
        ? Lowered.declined("the shapes do not broadcast")
        : Lowered.to(whole(emit.builtin(builtin, a, b), emit));
  }

  private static Lowered addAll(TfOp op, Emitter emit) {
    Value[] all = op.operands().stream().map(x -> parts(x, emit)).toArray(Value[]::new);
    return Lowered.to(whole(emit.builtin("ADD_N", all), emit));
  }

  /** Equal where both parts are. */
  private static Lowered equal(TfOp op, Emitter emit) {
    Value a = parts(op.operand(0), emit);
    Value b = parts(op.operand(1), emit);
    var common = Broadcasts.common(a, b);
    if (common.isEmpty() || !common.get().hasRank() || common.get().rank() > 4) {
      return Lowered.declined("the kernel broadcasts ranks to 4");
    }
    boolean equal = op.name().equals("Equal");
    Value each = emit.builtin(equal ? "EQUAL" : "NOT_EQUAL", a, b);
    Attributes options = Attributes.of("keep_dims", false);
    return Lowered.to(
        emit.builtin(
            equal ? "REDUCE_ALL" : "REDUCE_ANY",
            options,
            each,
            emit.ints(common.get().rank() - 1)));
  }

  /** a / b = a · conj(b) / |b|², scaled so that |b|² neither over- nor underflows. */
  private static Lowered quotient(TfOp op, Emitter emit) {
    if (!op.shape(1).hasRank() || op.shape(1).rank() > 3 || op.shape(0).rank() > 3) {
      return Lowered.declined("the kernel broadcasts ranks to 4");
    }
    Value a = op.operand(0);
    Value b = op.operand(1);
    Value sizes = parts(b, emit);
    int rank = op.shape(1).rank();
    Attributes keep = Attributes.of("keep_dims", true);
    Value scale = emit.builtin("REDUCE_MAX", keep, emit.builtin("ABS", sizes), emit.ints(rank));
    Value scaled = emit.builtin("DIV", sizes, scale);
    Value norm = emit.builtin("SUM", keep, emit.builtin("SQUARE", scaled), emit.ints(rank));
    Value inverse =
        emit.builtin(
            "DIV",
            emit.builtin("MUL", scaled, emit.floats(new float[] {1, -1}, 2)),
            emit.builtin("MUL", norm, scale));
    return Lowered.to(emit.builtin("MUL", a, whole(inverse, emit)));
  }

  private static Lowered reduce(TfOp op, Emitter emit) {
    var axes = emit.intsOf(op.operand(1));
    if (axes.isEmpty() || !op.shape(0).hasRank()) {
      return Lowered.declined("the axes are not constant");
    }
    int rank = op.shape(0).rank();
    int[] fromFront = axes.get().clone();
    for (int i = 0; i < fromFront.length; i++) {
      fromFront[i] = Shapes.axis(fromFront[i], rank);
    }
    Attributes options = Attributes.of("keep_dims", op.attributes().getBoolean("keep_dims"));
    Value sum =
        emit.builtin(
            op.name().equals("Sum") ? "SUM" : "MEAN",
            options,
            parts(op.operand(0), emit),
            emit.ints(fromFront));
    return Lowered.to(whole(sum, emit));
  }

  /** (a + bi)(c + di) as four products of real matrices. */
  private static Lowered product(TfOp op, Emitter emit) {
    if (!op.shape(0).hasRank() || !op.shape(1).hasRank()) {
      return Lowered.declined("a rank is unknown");
    }
    boolean plain = op.name().equals("MatMul");
    boolean turnLeft = op.attributes().getBoolean(plain ? "transpose_a" : "adj_x");
    boolean turnRight = op.attributes().getBoolean(plain ? "transpose_b" : "adj_y");
    Value a = op.operand(0);
    Value b = op.operand(1);
    if (!plain) {
      a = turnLeft ? conjugate(a, emit) : a;
      b = turnRight ? conjugate(b, emit) : b;
    }
    Value aRe = emit.builtin("REAL", a);
    Value aIm = emit.builtin("IMAG", a);
    Value bRe = emit.builtin("REAL", b);
    Value bIm = emit.builtin("IMAG", b);
    Value[] products = new Value[4];
    Value[][] factors = {{aRe, bRe}, {aIm, bIm}, {aRe, bIm}, {aIm, bRe}};
    for (int i = 0; i < products.length; i++) {
      Lowered each =
          MatMulLowering.product(factors[i][0], turnLeft, factors[i][1], turnRight, emit);
      if (!(each instanceof Lowered.To(var results))) {
        return each;
      }
      products[i] = results.getFirst();
    }
    return Lowered.to(
        together(
            emit.builtin("SUB", products[0], products[1]),
            emit.builtin("ADD", products[2], products[3]),
            emit));
  }
}

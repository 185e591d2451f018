package org.signet.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.kernel.Step;
import org.signet.op.DirectCall;
import org.signet.op.Effects;
import org.signet.op.OpDefinition;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * A step of constants alone, such as DEQUANTIZE of float16 weights, or SLICE of weights that
 * another signature uses whole. Its result is one more constant: kernels pack it like weights of
 * the file, it is computed when the first of them asks for it, and no run computes it again.
 */
final class ConstantStep {
  /** A result takes at most so many times the bytes of the operands, as of int8 weights. */
  private static final long MOST_GROWTH = 4;

  private final OpDefinition definition;
  private final Step step;

  private ConstantStep(OpDefinition definition, Step step) {
    this.definition = definition;
    this.step = step;
  }

  /** The result; empty if it depends on more, or is of no use for packing. */
  static Optional<Tensor> result(OpDefinition definition, Step step) {
    boolean isConstant =
        definition.effects() == Effects.PURE
            && step.resultTypes().size() == 1
            && step.resultTypes().getFirst().dtype() == DType.FLOAT32
            && step.resultTypes().getFirst().shape().isStatic()
            && hasConstantsOnly(step)
            && isInferred(definition, step);
    return isConstant ? Optional.of(new ConstantStep(definition, step).result()) : Optional.empty();
  }

  private static boolean hasConstantsOnly(Step step) {
    long bytes = 0;
    for (int i = 0; i < step.operandTypes().size(); i++) {
      Optional<Tensor> constant = step.constants().get(i);
      if (step.operandTypes().get(i).isPresent() && constant.isEmpty()) {
        return false;
      }
      bytes += constant.map(ConstantStep::bytes).orElse(0L);
    }
    long elements = step.resultTypes().getFirst().shape().elements();
    long most = Math.min(Integer.MAX_VALUE, MOST_GROWTH * bytes / DType.FLOAT32.bytes());
    return elements > 0 && elements <= most;
  }

  private static long bytes(Tensor tensor) {
    return (long) tensor.size() * Math.max(1, tensor.dtype().bytes());
  }

  /** Whether the file declares the shape that the operands give. */
  private static boolean isInferred(OpDefinition definition, Step step) {
    try {
      TensorType inferred = definition.shapeRule().infer(step).getFirst();
      return inferred.shape().equals(step.resultTypes().getFirst().shape());
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false; // the run tells
    }
  }

  private Tensor result() {
    int[] shape = step.resultTypes().getFirst().shape().dims();
    return Tensor.stored(
        new ComputedFloats(this::compute, Math.toIntExact(Shape.elements(shape))), shape);
  }

  private float[] compute() {
    List<Optional<Tensor>> operands = new ArrayList<>();
    step.constants().forEach(constant -> operands.add(constant.map(ConstantStep::read)));
    return DirectCall.evaluate(
            definition, step.attributes(), operands, step.operandTypes(), step.resultTypes())
        .getFirst()
        .floats();
  }

  /** The tensor on the heap for as long as the computation needs it. */
  private static Tensor read(Tensor constant) {
    if (constant.isOnHeap()) {
      return constant;
    }
    float[] elements = new float[constant.size()];
    constant.read(0, elements, 0, elements.length);
    constant.release();
    return Tensor.of(elements).reshaped(constant.shape());
  }
}

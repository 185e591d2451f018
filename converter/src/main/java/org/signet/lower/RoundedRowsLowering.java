package org.signet.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.signet.ir.Value;
import org.signet.op.Shapes;
import org.signet.type.DType;

/**
 * Running sums and products, products and softmaxes of float16 and bfloat16 numbers, one element
 * after the other, each step rounded as TensorFlow's kernels round it. They take rows of 8 and more
 * in an order that depends on how many numbers a vector of the processor holds, so that products
 * and softmaxes of such rows have no one result; running sums are in order at any size, but each
 * element is an op here.
 */
final class RoundedRowsLowering implements Lowering {
  private static final int LONGEST_IN_ORDER = 7;
  private static final int LONGEST_RUNNING = 32;

  @Override
  public Set<String> ops() {
    return Set.of("Cumprod", "Cumsum", "LogSoftmax", "Prod", "Softmax");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    DType dtype = op.dtype(0);
    if (dtype != DType.FLOAT16 && dtype != DType.BFLOAT16) {
      return KernelTypes.decline(dtype);
    }
    if (!op.shape(0).hasRank() || op.shape(0).rank() == 0) {
      return Lowered.declined("the rank is not known, or 0");
    }
    Rows rows = new Rows(emit, new RoundedMath(emit, dtype));
    return switch (op.name()) {
      case "LogSoftmax", "Softmax" -> softmax(op, rows);
      case "Prod" -> product(op, rows);
      default -> running(op, rows);
    };
  }

  private static Lowered softmax(TfOp op, Rows rows) {
    int last = op.shape(0).rank() - 1;
    boolean logarithm = op.name().equals("LogSoftmax");
    if (!logarithm && op.dtype(0) != DType.FLOAT16) {
      return Lowered.declined("TensorFlow computes it in float32");
    }
    return op.shape(0).isKnown(last) && fits(op.shape(0).dim(last), LONGEST_IN_ORDER)
        ? Lowered.to(rows.softmax(op.operand(0), last, op.shape(0).dim(last), logarithm))
        : Lowered.declined(tooLong(LONGEST_IN_ORDER));
  }

  private static Lowered running(TfOp op, Rows rows) {
    Optional<int[]> axes = rows.emit().intsOf(op.operand(1));
    if (axes.isEmpty()) {
      return Lowered.declined("the axis is not constant");
    }
    int axis = Shapes.axis(axes.get()[0], op.shape(0).rank());
    int size = op.shape(0).dim(axis);
    return fits(size, LONGEST_RUNNING)
        ? Lowered.to(rows.running(op, axis, size))
        : Lowered.declined(tooLong(LONGEST_RUNNING));
  }

  /** Along axes side by side, which TensorFlow merges. */
  private static Lowered product(TfOp op, Rows rows) {
    Optional<int[]> axes = rows.emit().intsOf(op.operand(1));
    if (axes.isEmpty()) {
      return Lowered.declined("the axes are not constant");
    }
    int rank = op.shape(0).rank();
    int[] sorted =
        Arrays.stream(axes.get()).map(axis -> Shapes.axis(axis, rank)).sorted().toArray();
    if (sorted.length == 0 || sorted[sorted.length - 1] - sorted[0] + 1 != sorted.length) {
      return Lowered.declined("the axes are not side by side");
    }
    List<DimSource> dims = DimSource.all(op.operand(0));
    List<DimSource> gone = dims.subList(sorted[0], sorted[sorted.length - 1] + 1);
    DimSource size = DimSource.product(gone);
    if (!size.isKnown() || !fits(size.size(), LONGEST_IN_ORDER)) {
      return Lowered.declined(tooLong(LONGEST_IN_ORDER));
    }
    List<DimSource> before = dims.subList(0, sorted[0]);
    List<DimSource> after = dims.subList(sorted[sorted.length - 1] + 1, rank);
    List<DimSource> three = List.of(DimSource.product(before), size, DimSource.product(after));
    List<DimSource> result = new ArrayList<>(before);
    if (op.attributes().getBoolean("keep_dims")) {
      gone.forEach(dim -> result.add(new DimSource(1, List.of())));
    }
    result.addAll(after);
    Emitter emit = rows.emit();
    Value product = rows.product(DimSource.reshape(op.operand(0), three, emit), size.size());
    return Lowered.to(DimSource.reshape(product, result, emit));
  }

  private static boolean fits(int size, int longest) {
    return size > 0 && size <= longest;
  }

  private static String tooLong(int longest) {
    return "TensorFlow rounds each step; that is done for 1 to %s elements".formatted(longest);
  }

  private record Rows(Emitter emit, RoundedMath m) {
    Value softmax(Value x, int axis, int size, boolean logarithm) {
      Value numbers = m.number(x);
      Value shifted = m.subtract(numbers, m.largest(numbers, axis));
      Value powers = m.exp(shifted);
      Value sum = emit.split(axis, size, powers).stream().reduce(m::add).orElseThrow();
      return m.result(
          logarithm
              ? m.subtract(shifted, m.log(sum))
              : m.multiply(powers, m.divide(m.number(1), sum)));
    }

    Value product(Value three, int size) {
      return m.result(
          emit.split(1, size, m.number(three)).stream().reduce(m::multiply).orElseThrow());
    }

    Value running(TfOp op, int axis, int size) {
      boolean sums = op.name().equals("Cumsum");
      List<Value> elements = new ArrayList<>(emit.split(axis, size, m.number(op.operand(0))));
      boolean reverse = op.attributes().getBoolean("reverse");
      if (op.attributes().getBoolean("exclusive")) {
        elements.add(reverse ? size : 0, m.filled(sums ? 0 : 1, elements.getFirst()));
        elements.remove(reverse ? 0 : size);
      }
      List<Value> inOrder = reverse ? elements.reversed() : elements;
      BinaryOperator<Value> step = sums ? m::add : m::multiply;
      for (int i = 1; i < size; i++) {
        inOrder.set(i, step.apply(inOrder.get(i - 1), inOrder.get(i)));
      }
      return m.result(emit.concat(axis, elements.toArray(new Value[0])));
    }
  }
}

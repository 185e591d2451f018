package org.signet.kernel;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.signet.op.Elements;
import org.signet.op.FusedActivation;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.Reference;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Steps of which so much is known before they run that the reference would take longest to find
 * that out again: the counting of loops, their conditions, the rows that they take. What turns out
 * to be otherwise the reference does.
 */
final class ShortCuts {
  private static final int[] SCALAR = {};

  private ShortCuts() {}

  /** A short cut for a step without quantized tensors, if there is one. */
  static Optional<Kernel> of(Step step, Reference reference) {
    if (!step.op().isBuiltin()) {
      return Optional.empty();
    }
    String op = step.op().name();
    if (op.equals("RESHAPE")) {
      return reshape(step, reference);
    }
    if (op.equals("GATHER")) {
      return row(step, reference);
    }
    if (!step.attributes().getString(FusedActivation.OPTION, "NONE").equals("NONE")
        || step.operandTypes().size() != 2
        || !isIntScalar(step, 0)
        || !isIntScalar(step, 1)) {
      return Optional.empty();
    }
    Optional<IntBinaryOperator> function = arithmetic(op);
    return function.isPresent()
        ? Optional.of(arithmetic(function.get(), reference))
        : relation(op).map(each -> relation(each, reference));
  }

  /** A function of two int32. */
  private static Optional<IntBinaryOperator> arithmetic(String op) {
    return switch (op) {
      case "ADD" -> Optional.of(Integer::sum);
      case "SUB" -> Optional.of((x, y) -> x - y);
      case "MUL" -> Optional.of((x, y) -> x * y);
      default -> Optional.empty();
    };
  }

  /** A relation of two int32; gives 1 for true. */
  private static Optional<IntBinaryOperator> relation(String op) {
    return switch (op) {
      case "EQUAL" -> Optional.of((x, y) -> x == y ? 1 : 0);
      case "GREATER" -> Optional.of((x, y) -> x > y ? 1 : 0);
      case "GREATER_EQUAL" -> Optional.of((x, y) -> x >= y ? 1 : 0);
      case "LESS" -> Optional.of((x, y) -> x < y ? 1 : 0);
      case "LESS_EQUAL" -> Optional.of((x, y) -> x <= y ? 1 : 0);
      case "NOT_EQUAL" -> Optional.of((x, y) -> x != y ? 1 : 0);
      default -> Optional.empty();
    };
  }

  private static boolean isIntScalar(Step step, int operand) {
    Optional<TensorType> type = step.operandTypes().get(operand);
    return type.isPresent()
        && type.get().dtype() == DType.INT32
        && type.get().shape().isStatic()
        && type.get().shape().rank() == 0;
  }

  private static boolean isIntScalar(Tensor tensor) {
    return tensor.dtype() == DType.INT32 && tensor.rank() == 0;
  }

  private static Kernel arithmetic(IntBinaryOperator function, Reference reference) {
    return call -> {
      Tensor a = call.operand(0);
      Tensor b = call.operand(1);
      if (isIntScalar(a) && isIntScalar(b)) {
        call.result(0, DType.INT32, SCALAR).ints()[0] =
            function.applyAsInt(a.ints()[0], b.ints()[0]);
      } else {
        reference.evaluate(call);
      }
    };
  }

  private static Kernel relation(IntBinaryOperator function, Reference reference) {
    return call -> {
      Tensor a = call.operand(0);
      Tensor b = call.operand(1);
      if (isIntScalar(a) && isIntScalar(b)) {
        call.result(0, DType.BOOL, SCALAR).bytes()[0] =
            (byte) function.applyAsInt(a.ints()[0], b.ints()[0]);
      } else {
        reference.evaluate(call);
      }
    };
  }

  /** Where the new sizes are all given. */
  private static Optional<Kernel> reshape(Step step, Reference reference) {
    Optional<Tensor> sizes =
        step.constants().size() > 1 ? step.constants().get(1) : Optional.empty();
    if (sizes.isEmpty() || sizes.get().rank() != 1) {
      return Optional.empty();
    }
    long[] requested = KnownOperands.elements(sizes.get());
    if (Arrays.stream(requested).anyMatch(size -> size < 0 || size > Integer.MAX_VALUE)) {
      return Optional.empty();
    }
    int[] shape = Arrays.stream(requested).mapToInt(Math::toIntExact).toArray();
    long elements = Arrays.stream(requested).reduce(1, (x, y) -> x > (1L << 31) ? x : x * y);
    return Optional.of(call -> {
      if (call.operand(0).size() == elements) {
        call.resultReshaped(0, 0, shape);
      } else {
        reference.evaluate(call);
      }
    });
  }

  /** A row by its number. */
  private static Optional<Kernel> row(Step step, Reference reference) {
    if (step.operandTypes().size() != 2
        || !isIntScalar(step, 1)
        || step.attributes().getInt("axis", 0) != 0
        || step.attributes().getInt("batch_dims", 0) != 0) {
      return Optional.empty();
    }
    return Optional.of(call -> {
      if (!takeRow(call)) {
        reference.evaluate(call);
      }
    });
  }

  private static boolean takeRow(OpCall call) {
    Tensor rows = call.operand(0);
    Tensor number = call.operand(1);
    if (!isIntScalar(number) || rows.rank() == 0) {
      return false;
    }
    int index = number.ints()[0];
    if (index < 0 || index >= rows.dim(0)) {
      return false;
    }
    Tensor row = call.result(0, rows.dtype(), rowShape(call, rows));
    Elements.copy(rows, index * row.size(), row, 0, row.size());
    return true;
  }

  /** The shape of a row, made once for tensors of one shape. */
  private static int[] rowShape(OpCall call, Tensor rows) {
    Optional<Object> kept = call.kept(ShortCuts.class);
    if (kept.isPresent() && kept.get() instanceof RowShape last && rows.hasShape(last.rows())) {
      return last.row();
    }
    int[] all = rows.shape();
    RowShape made = new RowShape(all, Arrays.copyOfRange(all, 1, all.length));
    call.keep(ShortCuts.class, made);
    return made.row();
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record RowShape(int[] rows, int[] row) {}
}

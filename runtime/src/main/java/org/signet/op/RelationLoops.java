package org.signet.op;

import java.util.Map;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Quick loops for relations of float32, int32 and int64: those that the other ones follow from. */
final class RelationLoops {
  private RelationLoops() {}

  private static final Map<DType, RunLoop<?, byte[]>> EQUAL =
      Map.of(
          DType.FLOAT32,
          (RunLoop<float[], byte[]>)
              (a, x, b, y, out, i, count) -> {
                for (int k = 0; k < count; k++) {
                  out[i + k] = (byte) (a[x + k] == b[y + k] ? 1 : 0);
                }
              },
          DType.INT32,
          (RunLoop<int[], byte[]>)
              (a, x, b, y, out, i, count) -> {
                for (int k = 0; k < count; k++) {
                  out[i + k] = (byte) (a[x + k] == b[y + k] ? 1 : 0);
                }
              },
          DType.INT64,
          (RunLoop<long[], byte[]>)
              (a, x, b, y, out, i, count) -> {
                for (int k = 0; k < count; k++) {
                  out[i + k] = (byte) (a[x + k] == b[y + k] ? 1 : 0);
                }
              });

  private static final Map<DType, RunLoop<?, byte[]>> LESS =
      Map.of(
          DType.FLOAT32,
          (RunLoop<float[], byte[]>)
              (a, x, b, y, out, i, count) -> {
                for (int k = 0; k < count; k++) {
                  out[i + k] = (byte) (a[x + k] < b[y + k] ? 1 : 0);
                }
              },
          DType.INT32,
          (RunLoop<int[], byte[]>)
              (a, x, b, y, out, i, count) -> {
                for (int k = 0; k < count; k++) {
                  out[i + k] = (byte) (a[x + k] < b[y + k] ? 1 : 0);
                }
              },
          DType.INT64,
          (RunLoop<long[], byte[]>)
              (a, x, b, y, out, i, count) -> {
                for (int k = 0; k < count; k++) {
                  out[i + k] = (byte) (a[x + k] < b[y + k] ? 1 : 0);
                }
              });

  private static final Map<DType, RunLoop<?, byte[]>> LESS_EQUAL =
      Map.of(
          DType.FLOAT32,
          (RunLoop<float[], byte[]>)
              (a, x, b, y, out, i, count) -> {
                for (int k = 0; k < count; k++) {
                  out[i + k] = (byte) (a[x + k] <= b[y + k] ? 1 : 0);
                }
              },
          DType.INT32,
          (RunLoop<int[], byte[]>)
              (a, x, b, y, out, i, count) -> {
                for (int k = 0; k < count; k++) {
                  out[i + k] = (byte) (a[x + k] <= b[y + k] ? 1 : 0);
                }
              },
          DType.INT64,
          (RunLoop<long[], byte[]>)
              (a, x, b, y, out, i, count) -> {
                for (int k = 0; k < count; k++) {
                  out[i + k] = (byte) (a[x + k] <= b[y + k] ? 1 : 0);
                }
              });

  /**
   * Computes a bool result of the broadcast shape, if there is a loop for the operands' type.
   *
   * @return whether there is
   */
  static boolean run(Relation relation, Tensor a, Tensor b, Tensor result) {
    return switch (relation) {
      case EQUAL -> run(EQUAL, a, b, result);
      case NOT_EQUAL -> run(EQUAL, a, b, result) && negated(result);
      case LESS -> run(LESS, a, b, result);
      case LESS_EQUAL -> run(LESS_EQUAL, a, b, result);
      case GREATER -> run(LESS, b, a, result);
      case GREATER_EQUAL -> run(LESS_EQUAL, b, a, result);
    };
  }

  private static boolean run(
      Map<DType, RunLoop<?, byte[]>> loops, Tensor a, Tensor b, Tensor result) {
    Optional<RunLoop<?, byte[]>> loop = Optional.ofNullable(loops.get(a.dtype()));
    loop.ifPresent(quick -> BroadcastLoop.runs(quick, a, b, result));
    return loop.isPresent();
  }

  private static boolean negated(Tensor bools) {
    byte[] array = bools.bytes();
    for (int i = 0; i < bools.size(); i++) {
      array[i] ^= 1;
    }
    return true;
  }
}

package org.signet.op.flex.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.RaggedRows;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * RaggedTensorToVariant, its gradient and RaggedTensorFromVariant: a ragged tensor as one variant,
 * or as a variant for each row, which loops over ragged tensors carry.
 */
final class TfRaggedVariants {
  private TfRaggedVariants() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("RaggedTensorFromVariant", TfRaggedVariants::inferFrom, TfRaggedVariants::from),
        Rules.exact("RaggedTensorToVariant", TfRaggedVariants::inferTo, TfRaggedVariants::to),
        Rules.exact(
            "RaggedTensorToVariantGradient",
            op ->
                List.of(
                    Shapes.plain(op.attributes().getType("Tvalues"), KnownOperands.shape(op, 2))),
            TfRaggedVariants::gradient));
  }

  /** Operands: splits, values. */
  private static List<TensorType> inferTo(OpTypes op) {
    if (!op.attributes().getBoolean("batched_input")) {
      return List.of(TensorType.of(DType.VARIANT));
    }
    int size = Rules.dim(op, 0, 0);
    boolean splits = op.operandCount() > 1;
    return List.of(TensorType.of(DType.VARIANT, splits && size != Shape.UNKNOWN ? size - 1 : size));
  }

  private static void to(OpCall call) {
    int last = call.operandCount() - 1;
    List<Tensor> splits = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      Tensor inner = call.operand(i + 1);
      boolean innermost = i == last - 1;
      RaggedRows.check(call.operand(i), innermost ? inner.dim(0) : inner.size() - 1);
      splits.add(call.operand(i).copy());
    }
    RaggedVariant whole = new RaggedVariant(splits, call.operand(last).copy());
    if (!call.attributes().getBoolean("batched_input")) {
      call.result(0, Tensor.wrap(DType.VARIANT, new Object[] {whole}));
      return;
    }
    Shapes.require(!splits.isEmpty() || whole.values().rank() > 0, "a scalar has no rows");
    Object[] rows = new Object[whole.rows()];
    Arrays.setAll(rows, whole::row);
    call.result(0, Tensor.wrap(DType.VARIANT, rows, rows.length));
  }

  private static List<TensorType> inferFrom(OpTypes op) {
    List<TensorType> types = new ArrayList<>();
    DType splits = KnownOperands.type(op.attributes(), "Tsplits", DType.INT64);
    for (int i = 0; i < op.attributes().getInt("output_ragged_rank"); i++) {
      types.add(Rules.vector(splits));
    }
    types.add(TensorType.unranked(op.attributes().getType("Tvalues")));
    return types;
  }

  /** Result: splits, values. */
  private static void from(OpCall call) {
    Tensor encoded = call.operand(0);
    int rank = call.attributes().getInt("output_ragged_rank");
    DType splitType = KnownOperands.type(call.attributes(), "Tsplits", DType.INT64);
    DType dtype = call.attributes().getType("Tvalues");
    int inner = call.attributes().getInt("input_ragged_rank");
    inner = inner < 0 ? rank - encoded.rank() : inner;
    Shapes.require(
        inner >= 0 && rank == inner + encoded.rank(),
        "variants of shape %s with ragged tensors of rank %s do not make one of rank %s",
        Shapes.text(encoded.shape()),
        inner,
        rank);
    List<RaggedVariant> parts = new ArrayList<>();
    for (int i = 0; i < encoded.size(); i++) {
      RaggedVariant part = RaggedVariant.of(encoded, i);
      Shapes.require(
          part.splits().size() == inner && part.values().dtype() == dtype,
          "a ragged tensor of rank %s with values %s",
          part.splits().size(),
          part.values().type());
      parts.add(part);
    }
    int result = 0;
    for (int d = 0; d + 1 < encoded.rank(); d++) {
      int rows = Shapes.product(encoded.shape(), 0, d + 1);
      call.result(result++, uniform(splitType, rows, encoded.dim(d + 1)));
    }
    if (encoded.rank() > 0) {
      call.result(
          result++, joined(splitType, parts.stream().map(part -> lengths(part.rows())).toList()));
    }
    for (int level = 0; level < inner; level++) {
      int of = level;
      call.result(
          result++, joined(splitType, parts.stream().map(part -> part.splits().get(of)).toList()));
    }
    call.result(result, concatenated(dtype, parts));
  }

  private static Tensor uniform(DType dtype, int rows, int size) {
    Tensor splits = Tensor.zeros(dtype, rows + 1);
    for (int i = 0; i <= rows; i++) {
      splits.setLong(i, (long) i * size);
    }
    return splits;
  }

  /** The splits of a single row. */
  private static Tensor lengths(int rows) {
    return Tensor.of(new long[] {0, rows});
  }

  /** Splits one after the other. */
  private static Tensor joined(DType dtype, List<Tensor> parts) {
    List<Long> splits = new ArrayList<>(List.of(0L));
    for (Tensor part : parts) {
      long base = splits.getLast();
      for (int i = 1; i < part.size(); i++) {
        splits.add(base + part.getLong(i));
      }
    }
    return Rules.integers(dtype, splits);
  }

  private static Tensor concatenated(DType dtype, List<RaggedVariant> parts) {
    if (parts.isEmpty()) {
      return Tensor.zeros(dtype, 0);
    }
    int[] shape = parts.getFirst().values().shape();
    Shapes.require(shape.length > 0 || parts.size() == 1, "scalars can't be joined");
    int rows = 0;
    for (RaggedVariant part : parts) {
      int[] own = part.values().shape();
      Shapes.require(
          own.length == shape.length
              && (shape.length == 0 || Arrays.equals(own, 1, own.length, shape, 1, shape.length)),
          "values %s beside %s",
          part.values().type(),
          parts.getFirst().values().type());
      rows += own.length == 0 ? 0 : own[0];
    }
    if (shape.length > 0) {
      shape[0] = rows;
    }
    Tensor result = Tensor.zeros(dtype, shape);
    int at = 0;
    for (RaggedVariant part : parts) {
      Elements.copy(part.values(), 0, result, at, part.values().size());
      at += part.values().size();
    }
    return result;
  }

  /** Operands: gradients as variants, the splits of the rows, the shape of the values. */
  private static void gradient(OpCall call) {
    Tensor encoded = call.operand(0);
    DType dtype = call.attributes().getType("Tvalues");
    Tensor result = call.result(0, dtype, KnownOperands.sizes(call.operand(2)));
    Elements.clear(result);
    int at = 0;
    for (int i = 0; i < encoded.size(); i++) {
      Tensor values = RaggedVariant.of(encoded, i).values();
      Shapes.require(at + values.size() <= result.size(), "more gradients than values");
      Elements.copy(values, 0, result, at, values.size());
      at += values.size();
    }
    Shapes.require(at == result.size(), "%s gradients of %s values", at, result.size());
  }
}

package org.signet.op.flex.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.ReductionAxes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Ops that join strings of one tensor: ReduceJoin, UnsortedSegmentJoin and StringNGrams. */
final class TfStringJoins {
  private TfStringJoins() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("ReduceJoin", op -> ReductionAxes.infer(op, false), TfStringJoins::reduce),
        Rules.exact("UnsortedSegmentJoin", TfStringJoins::inferSegments, TfStringJoins::segments),
        Rules.exact(
            "StringNGrams",
            op -> List.of(Rules.vector(DType.STRING), Shapes.plain(op.dtype(1), op.shape(1))),
            TfStringJoins::ngrams));
  }

  static byte[] bytes(Attributes attributes, String name) {
    return attributes.has(name) ? attributes.getBytes(name) : new byte[0];
  }

  static byte[] joined(List<byte[]> parts, byte[] separator) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        out.writeBytes(separator);
      }
      out.writeBytes(parts.get(i));
    }
    return out.toByteArray();
  }

  /** The first axis that operand 1 lists runs fastest. */
  private static void reduce(OpCall call) {
    Tensor value = call.operand(0);
    ReductionAxes axes = ReductionAxes.of(call, false);
    boolean keepDims = call.attributes().getBoolean("keep_dims", false);
    byte[] separator = bytes(call.attributes(), "separator");
    int[] shape = value.shape();
    int[] strides = Shapes.strides(shape);
    int[] order = call.operand(1).toInts();
    int[] steps = new int[order.length];
    int[] sizes = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      int axis = Shapes.axis(order[order.length - 1 - i], shape.length);
      steps[i] = strides[axis];
      sizes[i] = shape[axis];
    }
    int[] starts = positions(axes.kept(), strides);
    int[] offsets = positions(sizes, steps);
    byte[][] result = call.result(0, DType.STRING, axes.result(keepDims)).strings();
    for (int i = 0; i < starts.length; i++) {
      List<byte[]> parts = new ArrayList<>();
      for (int offset : offsets) {
        parts.add(value.strings()[starts[i] + offset]);
      }
      result[i] = joined(parts, separator);
    }
  }

  /** The positions of a box's elements in row-major order. */
  private static int[] positions(int[] sizes, int[] strides) {
    int[] positions = new int[Shapes.product(sizes, 0, sizes.length)];
    for (int i = 0; i < positions.length; i++) {
      int rest = i;
      for (int d = sizes.length - 1; d >= 0; d--) {
        positions[i] += rest % sizes[d] * strides[d];
        rest /= sizes[d];
      }
    }
    return positions;
  }

  /** Operands: strings, segment numbers for a leading part of their shape, how many segments. */
  private static List<TensorType> inferSegments(OpTypes op) {
    Shape ids = op.shape(1);
    int count = KnownOperands.scalar(op, 2).orElse(Shape.UNKNOWN);
    Shape shape =
        ids.hasRank() ? Rules.replaced(op.shape(0), ids.rank(), count) : Shape.unknownRank();
    return List.of(Shapes.plain(DType.STRING, shape));
  }

  private static void segments(OpCall call) {
    Tensor value = call.operand(0);
    Tensor ids = call.operand(1);
    int count = KnownOperands.scalar(call.operand(2));
    int[] shape = value.shape();
    Shapes.require(
        count >= 0
            && ids.rank() <= shape.length
            && Arrays.equals(ids.shape(), Arrays.copyOf(shape, ids.rank())),
        "%s segment numbers for %s, %s segments",
        ids.type(),
        value.type(),
        count);
    byte[] separator = bytes(call.attributes(), "separator");
    int row = Shapes.product(shape, ids.rank(), shape.length);
    List<List<byte[]>> parts = new ArrayList<>();
    for (int i = 0; i < count * row; i++) {
      parts.add(new ArrayList<>());
    }
    for (int i = 0; i < ids.size(); i++) {
      long id = ids.getLong(i);
      Shapes.require(id >= 0 && id < count, "segment number %s of %s segments", id, count);
      for (int k = 0; k < row; k++) {
        List<byte[]> segment = parts.get((int) id * row + k);
        // TensorFlow writes no separator after nothing.
        if (segment.size() == 1 && segment.getFirst().length == 0) {
          segment.clear();
        }
        segment.add(value.strings()[i * row + k]);
      }
    }
    int[] dims = Rules.replaced(Shape.of(shape), ids.rank(), count).dims();
    byte[][] result = call.result(0, DType.STRING, dims).strings();
    for (int i = 0; i < parts.size(); i++) {
      result[i] = joined(parts.get(i), separator);
    }
  }

  /** Operands: tokens, row splits. */
  private static void ngrams(OpCall call) {
    Tensor tokens = Rules.requireRank(call.operand(0), 1, "data");
    Tensor splits = Rules.requireRank(call.operand(1), 1, "data_splits");
    NGrams shape = NGrams.of(call.attributes());
    List<byte[]> result = new ArrayList<>();
    List<Long> resultSplits = new ArrayList<>();
    List<byte[]> all = Arrays.asList(tokens.strings()).subList(0, tokens.size());
    if (splits.size() > 0) {
      Shapes.require(
          splits.getLong(0) == 0, "First split value must be 0, got %s", splits.getLong(0));
      resultSplits.add(0L);
    }
    for (int i = 0; i + 1 < splits.size(); i++) {
      long from = splits.getLong(i);
      long to = splits.getLong(i + 1);
      Shapes.require(
          from <= to && to <= tokens.size(),
          "Invalid split value %s, must be in [%s, %s]",
          to,
          from,
          tokens.size());
      shape.add(all.subList((int) from, (int) to), result);
      resultSplits.add((long) result.size());
    }
    Shapes.require(
        splits.size() == 0 || splits.getLong(splits.size() - 1) == tokens.size(),
        "Last split value must be data size. Expected %s, got another",
        tokens.size());
    call.result(0, Rules.strings(result));
    call.result(1, Rules.integers(splits.dtype(), resultSplits));
  }

  /**
   * Which n-grams to make of a row.
   *
   * @param padding the most padding on a side; negative for as much as an n-gram takes
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record NGrams(
      int[] widths, byte[] separator, byte[] left, byte[] right, int padding, boolean keepShort) {
    static NGrams of(Attributes attributes) {
      int[] widths = attributes.getInts("ngram_widths");
      Shapes.require(Arrays.stream(widths).allMatch(w -> w > 0), "an n-gram of no tokens");
      return new NGrams(
          widths,
          bytes(attributes, "separator"),
          bytes(attributes, "left_pad"),
          bytes(attributes, "right_pad"),
          attributes.getInt("pad_width"),
          attributes.getBoolean("preserve_short_sequences"));
    }

    void add(List<byte[]> row, List<byte[]> result) {
      int before = result.size();
      for (int width : widths) {
        int pad = padding < 0 ? width - 1 : Math.min(padding, width - 1);
        add(row, width, pad, result);
      }
      if (result.size() == before && keepShort && padding >= 0 && !row.isEmpty()) {
        add(row, row.size() + 2 * padding, padding, result);
      }
    }

    private void add(List<byte[]> row, int width, int pad, List<byte[]> result) {
      List<byte[]> padded = new ArrayList<>(Collections.nCopies(pad, left));
      padded.addAll(row);
      padded.addAll(Collections.nCopies(pad, right));
      for (int i = 0; i + width <= padded.size(); i++) {
        result.add(joined(padded.subList(i, i + width), separator));
      }
    }
  }
}

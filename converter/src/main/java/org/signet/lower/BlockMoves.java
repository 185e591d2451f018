package org.signet.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Value;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * SpaceToBatchND and BatchToSpaceND with any number of block dimensions, put together of a reshape
 * and a transpose: sizes, blocks and margins of these dimensions are known.
 *
 * <pre>
 * [batch, s1, s2, rest...]  ->  [batch, s1/b1, b1, s2/b2, b2, rest]
 *                           ->  [b1, b2, batch, s1/b1, s2/b2, rest]  ->  [b1*b2*batch, s1/b1, s2/b2, rest...]
 * </pre>
 */
final class BlockMoves {
  private final TfOp op;
  private final Emitter emit;
  private final int[] block;
  private final int[] margins;
  private final int blocks;

  private BlockMoves(TfOp op, Emitter emit, int[] block, int[] margins) {
    this.op = op;
    this.emit = emit;
    this.block = block;
    this.margins = margins;
    int product = 1;
    for (int size : block) {
      product *= size;
    }
    this.blocks = product;
  }

  static Lowered lower(TfOp op, Emitter emit) {
    Optional<int[]> block = emit.intsOf(op.operand(1));
    Optional<int[]> margins = emit.intsOf(op.operand(2));
    Shape shape = op.shape(0);
    if (block.isEmpty() || margins.isEmpty() || !shape.hasRank()) {
      return Lowered.declined("the kernel takes rank 3 with one block size, or rank 4 with two");
    }
    boolean toBatch = op.name().startsWith("Space");
    for (int i = toBatch ? 1 : 0; i <= block.get().length; i++) {
      if (!shape.isKnown(i)) {
        return Lowered.declined("blocks of dimensions whose sizes are not known");
      }
    }
    BlockMoves moves = new BlockMoves(op, emit, block.get(), margins.get());
    return Lowered.to(toBatch ? moves.toBatch() : moves.toSpace());
  }

  private static DimSource known(int size) {
    return new DimSource(size, List.of());
  }

  private List<DimSource> rest() {
    List<DimSource> rest = new ArrayList<>();
    for (int i = block.length + 1; i < op.shape(0).rank(); i++) {
      rest.add(DimSource.of(op.operand(0), i));
    }
    return rest;
  }

  private Value toBatch() {
    int m = block.length;
    Value padded = op.operand(0);
    if (Arrays.stream(margins).anyMatch(margin -> margin != 0)) {
      AxisByAxis steps = new AxisByAxis(padded, emit);
      for (int i = 0; i < m; i++) {
        Tensor pads = Tensor.of(new int[] {0, 0, margins[2 * i], margins[2 * i + 1], 0, 0}, 3, 2);
        steps.along(i + 1, three -> emit.builtin("PAD", three, emit.constant(pads)));
      }
      padded = steps.result();
    }
    DimSource batch = DimSource.of(op.operand(0), 0);
    List<DimSource> split = new ArrayList<>(List.of(batch));
    List<DimSource> result =
        new ArrayList<>(List.of(DimSource.product(List.of(known(blocks), batch))));
    int[] order = new int[2 * m + 2];
    order[m] = 0;
    for (int i = 0; i < m; i++) {
      int size = padded.type().shape().dim(i + 1);
      Shapes.require(size % block[i] == 0, "%s can't be split into blocks of %s", size, block[i]);
      split.add(known(size / block[i]));
      split.add(known(block[i]));
      result.add(known(size / block[i]));
      order[i] = 2 * i + 2;
      order[m + 1 + i] = 2 * i + 1;
    }
    order[2 * m + 1] = 2 * m + 1;
    split.add(DimSource.product(rest()));
    result.addAll(rest());
    Value apart = DimSource.reshape(padded, split, emit);
    return DimSource.reshape(TransposeLowering.transpose(apart, order, emit), result, emit);
  }

  private Value toSpace() {
    int m = block.length;
    Value input = op.operand(0);
    Shapes.require(
        op.shape(0).dim(0) % blocks == 0, "%s blocks in a batch of %s", blocks, op.shape(0));
    DimSource batch = known(op.shape(0).dim(0) / blocks);
    List<DimSource> split = new ArrayList<>();
    List<DimSource> joined = new ArrayList<>(List.of(batch));
    int[] order = new int[2 * m + 2];
    for (int i = 0; i < m; i++) {
      split.add(known(block[i]));
    }
    split.add(batch);
    order[0] = m;
    for (int i = 0; i < m; i++) {
      int size = op.shape(0).dim(i + 1);
      split.add(known(size));
      joined.add(known(size * block[i]));
      order[1 + 2 * i] = m + 1 + i;
      order[2 + 2 * i] = i;
    }
    order[2 * m + 1] = 2 * m + 1;
    split.add(DimSource.product(rest()));
    joined.addAll(rest());
    Value apart = DimSource.reshape(input, split, emit);
    Value moved = TransposeLowering.transpose(apart, order, emit);
    AxisByAxis steps = new AxisByAxis(DimSource.reshape(moved, joined, emit), emit);
    for (int i = 0; i < m; i++) {
      int from = margins[2 * i];
      int size = op.shape(0).dim(i + 1) * block[i] - from - margins[2 * i + 1];
      Shapes.require(size >= 0, "crops of more than there is");
      steps.along(
          i + 1,
          three -> emit.builtin("SLICE", three, emit.ints(0, from, 0), emit.ints(-1, size, -1)));
    }
    return steps.result();
  }
}

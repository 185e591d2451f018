package org.signet.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Fourier transforms. RFFT2D has a kernel for lengths that are powers of two; every other transform
 * is a product with a matrix, along one axis after the other.
 */
final class FourierLowering implements Lowering {
  /** The length from which matrices would be larger than 64 MB. */
  private static final int LONGEST = 2048;

  @Override
  public Set<String> ops() {
    return Set.of(
        "FFT", "FFT2D", "FFT3D", "IFFT", "IFFT2D", "IFFT3D", "IRFFT", "IRFFT2D", "IRFFT3D", "RFFT",
        "RFFT2D", "RFFT3D");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean real = op.name().contains("RFFT");
    boolean inverse = op.name().startsWith("I");
    int dims = op.name().contains("2D") ? 2 : op.name().contains("3D") ? 3 : 1;
    DType expected = real && !inverse ? DType.FLOAT32 : DType.COMPLEX64;
    if (op.dtype(0) != expected) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    if (shape.hasRank() && shape.rank() < dims) {
      return Lowered.declined("the rank is below " + dims);
    }
    Optional<int[]> lengths = real ? emit.intsOf(op.operand(1)) : sizes(shape, dims);
    if (lengths.isEmpty() || !shape.hasRank()) {
      Optional<Value> given = real ? Optional.of(op.operand(1)) : Optional.empty();
      return Lowered.to(
          new ComputedFourier(dims, real, inverse, emit)
              .of(op.operand(0), given, op.result().shape()));
    }
    if (real && !inverse && dims < 3 && isPowers(lengths.get())) {
      return Lowered.to(byKernel(op.operand(0), lengths.get(), emit));
    }
    for (int length : lengths.get()) {
      if (length > LONGEST) {
        return Lowered.declined("a matrix for a length of " + length + " would be too large");
      }
    }
    return byMatrices(op.operand(0), lengths.get(), real, inverse, emit);
  }

  private static Optional<int[]> sizes(Shape shape, int dims) {
    if (!shape.hasRank()) {
      return Optional.empty();
    }
    int[] sizes = new int[dims];
    for (int i = 0; i < dims; i++) {
      sizes[i] = shape.dim(i - dims);
      if (sizes[i] == Shape.UNKNOWN) {
        return Optional.empty();
      }
    }
    return Optional.of(sizes);
  }

  /** Of one number its kernel gives an imaginary part that should be 0. */
  private static boolean isPowers(int[] lengths) {
    boolean powers = lengths[lengths.length - 1] > 1;
    for (int length : lengths) {
      powers &= Integer.bitCount(length) == 1;
    }
    return powers;
  }

  /** One dimension is two of which the first has size 1. */
  private static Value byKernel(Value input, int[] lengths, Emitter emit) {
    if (lengths.length == 2) {
      return emit.builtin("RFFT2D", input, emit.ints(lengths));
    }
    List<DimSource> dims = DimSource.all(input);
    List<DimSource> result = new ArrayList<>(dims.subList(0, dims.size() - 1));
    dims.add(dims.size() - 1, known(1));
    Value rows = DimSource.reshape(input, dims, emit);
    Value spectrum = emit.builtin("RFFT2D", rows, emit.ints(1, lengths[0]));
    result.add(known(lengths[0] / 2 + 1));
    return DimSource.reshape(spectrum, result, emit);
  }

  private static DimSource known(int size) {
    return new DimSource(size, List.of());
  }

  /**
   * Numbers are pairs of floats in a last dimension of 2 meanwhile, but for the real side of a real
   * transform, which is the first or last step.
   */
  private static Lowered byMatrices(
      Value input, int[] lengths, boolean real, boolean inverse, Emitter emit) {
    int rank = input.type().shape().rank();
    int last = rank - 1;
    int halved = lengths[lengths.length - 1];
    Value value =
        input.type().dtype() == DType.FLOAT32 ? input : emit.bitcast(input, DType.FLOAT32);
    for (int i = 0; i < lengths.length; i++) {
      int axis = rank - lengths.length + i;
      int size = input.type().shape().dim(axis);
      int used = real && inverse && axis == last ? halved / 2 + 1 : lengths[i];
      value = resized(value, axis, size, used, emit);
    }
    if (real && !inverse) {
      value = times(value, FourierMatrix.realToPairs(halved), known(halved / 2 + 1), emit);
    }
    for (int i = 0; i < lengths.length; i++) {
      int axis = rank - lengths.length + i;
      boolean whole = !real || axis != last;
      if (whole) {
        value = alongAxis(value, axis, FourierMatrix.pairs(lengths[i], inverse), emit);
      }
    }
    if (real && inverse) {
      return Lowered.to(fromPairs(value, FourierMatrix.pairsToReal(halved), emit));
    }
    return Lowered.to(emit.bitcast(value, DType.COMPLEX64));
  }

  /** {@code value} cut off, or with zeros added, along an axis. */
  private static Value resized(Value value, int axis, int size, int wanted, Emitter emit) {
    int rank = value.type().shape().rank();
    if (size == Shape.UNKNOWN || size < wanted) {
      int[] pads = new int[2 * rank];
      pads[2 * axis + 1] = size == Shape.UNKNOWN ? wanted : wanted - size;
      Value padded = emit.builtin("PAD", value, emit.constant(Tensor.of(pads, rank, 2)));
      return size == Shape.UNKNOWN ? cut(padded, axis, wanted, emit) : padded;
    }
    return size == wanted ? value : cut(value, axis, wanted, emit);
  }

  private static Value cut(Value value, int axis, int wanted, Emitter emit) {
    int rank = value.type().shape().rank();
    int[] sizes = new int[rank];
    Arrays.fill(sizes, -1);
    sizes[axis] = wanted;
    return emit.builtin("SLICE", value, emit.ints(new int[rank]), emit.ints(sizes));
  }

  /** Real rows to pairs: [..., n] to [..., k, 2]. */
  private static Value times(Value value, Tensor weights, DimSource count, Emitter emit) {
    List<DimSource> dims = DimSource.all(value);
    Value product = MatMulLowering.fullyConnected(value, emit.constant(weights), emit);
    dims.set(dims.size() - 1, count);
    dims.add(known(2));
    return DimSource.reshape(product, dims, emit);
  }

  /** Pairs to real rows: [..., k, 2] to [..., n]. */
  private static Value fromPairs(Value value, Tensor weights, Emitter emit) {
    List<DimSource> dims = DimSource.all(value);
    List<DimSource> flat = new ArrayList<>(dims.subList(0, dims.size() - 2));
    flat.add(known(2 * value.type().shape().dim(-2)));
    Value rows = DimSource.reshape(value, flat, emit);
    return MatMulLowering.fullyConnected(rows, emit.constant(weights), emit);
  }

  /** Pairs to pairs along an axis, which goes last for the product. */
  private static Value alongAxis(Value value, int axis, Tensor weights, Emitter emit) {
    int rank = value.type().shape().rank();
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i;
    }
    order[axis] = rank - 2;
    order[rank - 2] = axis;
    boolean turned = axis != rank - 2;
    Value rows = turned ? emit.transpose(value, order) : value;
    List<DimSource> dims = DimSource.all(rows);
    List<DimSource> flat = new ArrayList<>(dims.subList(0, rank - 2));
    flat.add(known(2 * rows.type().shape().dim(-2)));
    Value product =
        MatMulLowering.fullyConnected(
            DimSource.reshape(rows, flat, emit), emit.constant(weights), emit);
    Value pairs = DimSource.reshape(product, dims, emit);
    return turned ? emit.transpose(pairs, order) : pairs;
  }
}

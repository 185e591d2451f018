package org.signet.model;

import java.util.Collections;
import java.util.List;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.Quantization;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Reads tensors. */
final class TensorReader {
  private static final int LAST_TYPE_CODE = 22;
  private static final int CUSTOM_DETAILS = 1;

  private TensorReader() {}

  static ModelTensor read(FlatTable table, List<ModelBuffer> buffers) {
    long buffer = table.uint32(8);
    if (buffer >= buffers.size() && buffer != 0) {
      throw FlatFile.malformed(
          table.what(), table.position(), "has the buffer " + buffer + " of " + buffers.size());
    }
    if (table.uint32(24) != 0) {
      throw SignetException.of(Code.UNSUPPORTED_MODEL, table.what() + " is stored in another file");
    }
    boolean hasData = buffer != 0 && !buffers.get((int) buffer).isEmpty();
    Shape shape = shape(table, hasData);
    TensorType type = new TensorType(dtype(table), shape, quantization(table, shape));
    return new ModelTensor(
        table.string(10),
        type,
        (int) buffer,
        table.bool(14),
        table.table(16, "the sparsity of " + table.what()).map(SparseLayout::read));
  }

  private static DType dtype(FlatTable table) {
    int code = table.int8(6);
    return DType.ofTfliteCode(code)
        .orElseThrow(() ->
            code < 0 || code > LAST_TYPE_CODE
                ? FlatFile.malformed(
                    table.what(), table.position(), "has the unknown element type " + code)
                : SignetException.of(
                    Code.UNSUPPORTED_MODEL,
                    table.what() + " has the unsupported element type " + code));
  }

  /**
   * The declared shape. Free sizes are −1 in {@code shape_signature} and 1 in {@code shape}. A
   * tensor of unknown rank has an empty shape and no rank, as do scalars of older files; constants
   * are scalars then.
   */
  private static Shape shape(FlatTable table, boolean hasData) {
    int[] sizes = table.ints(4);
    int[] signature = table.ints(18);
    for (int size : sizes) {
      if (size < 0) {
        throw FlatFile.malformed(table.what(), table.position(), "has a dimension of " + size);
      }
    }
    if (sizes.length == 0 && !table.bool(20) && !hasData) {
      return Shape.unknownRank();
    }
    if (signature.length == 0 || hasData) {
      return Shape.of(sizes);
    }
    if (signature.length != sizes.length) {
      throw FlatFile.malformed(
          table.what(),
          table.position(),
          "has a shape of rank " + sizes.length + " and one of rank " + signature.length);
    }
    int[] dims = sizes.clone();
    for (int i = 0; i < dims.length; i++) {
      if (signature[i] < Shape.UNKNOWN) {
        throw FlatFile.malformed(
            table.what(), table.position(), "has a dimension of " + signature[i]);
      }
      dims[i] = signature[i] == sizes[i] ? sizes[i] : Shape.UNKNOWN;
    }
    return Shape.of(dims);
  }

  private static Quantization quantization(FlatTable table, Shape shape) {
    return table
        .table(12, "the quantization of " + table.what())
        .map(parameters -> parameters(parameters, table, shape))
        .orElse(Quantization.NONE);
  }

  private static Quantization parameters(FlatTable parameters, FlatTable table, Shape shape) {
    if (parameters.int8(12) > CUSTOM_DETAILS) {
      throw SignetException.of(
          Code.UNSUPPORTED_MODEL, table.what() + " is quantized by blocks or along several axes");
    }
    List<Float> scales = parameters.floats(8);
    List<Long> zeroPoints = parameters.longs(10);
    if (scales.isEmpty()) {
      return Quantization.NONE;
    }
    if (zeroPoints.isEmpty()) {
      zeroPoints = Collections.nCopies(scales.size(), 0L);
    }
    int axis = parameters.int32(16, 0);
    boolean consistent =
        scales.size() == zeroPoints.size()
            && (scales.size() == 1
                || (shape.hasRank()
                    && axis >= 0
                    && axis < shape.rank()
                    && shape.dim(axis) == scales.size()));
    if (!consistent) {
      throw FlatFile.malformed(
          parameters.what(),
          parameters.position(),
          "has "
              + scales.size()
              + " scales and "
              + zeroPoints.size()
              + " zero points along dimension "
              + axis
              + " of "
              + shape);
    }
    return new Quantization(scales, zeroPoints, scales.size() == 1 ? 0 : axis);
  }
}

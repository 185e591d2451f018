package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** Fourier transforms and matrices, by TensorFlow's ops of the same meaning. */
final class SpectralOps {
  private static final List<String> TRANSFORMS = List.of("FFT", "IFFT", "RFFT", "IRFFT");
  private static final int TRANSPOSED = 2;

  private SpectralOps() {}

  static void addTo(Map<String, HloImport> table) {
    table.put("fft", SpectralOps::transform);
    table.put("cholesky", SpectralOps::cholesky);
    table.put("triangular_solve", SpectralOps::solve);
    table.put("batch_norm_inference", SpectralOps::normalize);
  }

  private static List<Spread> transform(HloCall call) {
    int[] length = call.op().numbers("fft_length");
    String name = TRANSFORMS.get(call.op().number("fft_type"));
    String op = length.length == 1 ? name : name + length.length + "D";
    Value operand = call.operand(0);
    DType real =
        call.dtype() == DType.FLOAT64 || call.dtype() == DType.COMPLEX128
            ? DType.FLOAT64
            : DType.FLOAT32;
    DType complex = real == DType.FLOAT64 ? DType.COMPLEX128 : DType.COMPLEX64;
    return HloCall.one(
        name.length() == 3 || name.equals("IFFT")
            ? call.emit().one(op, Attributes.of("Tcomplex", complex), operand)
            : call.emit()
                .one(
                    op,
                    Attributes.of("Treal", real, "Tcomplex", complex),
                    operand,
                    call.emit().ints(length)));
  }

  private static List<Spread> cholesky(HloCall call) {
    TfEmitter emit = call.emit();
    Value matrix = call.operand(0);
    int rank = matrix.type().shape().rank();
    int[] turned = Dimensions.concat(Dimensions.others(rank - 2), new int[] {rank - 1, rank - 2});
    if (call.op().flag("lower")) {
      return HloCall.one(emit.plain("Cholesky", matrix));
    }
    Value factor = emit.plain("Cholesky", emit.transpose(matrix, turned));
    return HloCall.one(emit.transpose(factor, turned));
  }

  private static List<Spread> solve(HloCall call) {
    int transposed = call.op().number("transpose_a");
    if (!call.op().flag("left_side") || call.op().flag("unit_diagonal")) {
      throw call.refused("a triangular system from the right, or of a unit diagonal");
    }
    Value matrix = call.operand(0);
    Attributes attributes =
        TfEmitter.types("T", matrix)
            .with("lower", call.op().flag("lower"))
            .with("adjoint", transposed >= TRANSPOSED);
    return HloCall.one(
        call.emit().one("MatrixTriangularSolve", attributes, matrix, call.operand(1)));
  }

  /** {@code (x - mean) * rsqrt(variance + epsilon) * scale + offset} by feature. */
  private static List<Spread> normalize(HloCall call) {
    TfEmitter emit = call.emit();
    Value x = call.operand(0);
    int rank = x.type().shape().rank();
    int behind = rank - 1 - call.op().number("feature_index");
    List<Value> byFeature = new ArrayList<>();
    for (int i = 1; i < 5; i++) {
      byFeature.add(Dimensions.inserted(emit, call.operand(i), Dimensions.filled(behind, 1)));
    }
    double epsilon =
        call.op().attribute("epsilon")
                instanceof org.signet.source.stablehlo.HloAttribute.Real(double value)
            ? value
            : 0;
    Value variance = emit.plain("AddV2", byFeature.get(3), emit.number(x.type().dtype(), epsilon));
    Value factor = emit.plain("Mul", byFeature.get(0), emit.plain("Rsqrt", variance));
    Value moved = emit.plain("Mul", byFeature.get(2), factor);
    Value offset = emit.plain("Sub", byFeature.get(1), moved);
    return HloCall.one(emit.plain("AddV2", emit.plain("Mul", x, factor), offset));
  }
}

package org.signet.op.flex;

import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * From one data format to another, such as NHWC to NCHW: DataFormatDimMap turns dimensions,
 * DataFormatVecPermute sizes or paddings.
 */
final class TfDataFormats {
  private TfDataFormats() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("DataFormatDimMap", Shapes.SAME, TfDataFormats::dimensions),
        Rules.exact("DataFormatVecPermute", Shapes.SAME, TfDataFormats::permute));
  }

  private static String source(OpCall call) {
    return call.attributes().getString("src_format", "NHWC");
  }

  private static String target(OpCall call) {
    String target = call.attributes().getString("dst_format", "NCHW");
    Shapes.require(
        target.length() == source(call).length(), "the formats %s, %s", source(call), target);
    return target;
  }

  private static void dimensions(OpCall call) {
    Tensor x = call.operand(0);
    String source = source(call);
    String target = target(call);
    Tensor result = call.result(0, x.dtype(), x.shape());
    for (int i = 0; i < x.size(); i++) {
      int dimension = Shapes.axis((int) x.getLong(i), source.length());
      result.setLong(i, target.indexOf(source.charAt(dimension)));
    }
  }

  /** A row for each dimension, or for each spatial one. */
  private static void permute(OpCall call) {
    Tensor x = call.operand(0);
    Shapes.require(x.rank() == 1 || x.rank() == 2, "%s", x.type());
    String source = source(call);
    String target = target(call);
    if (x.dim(0) == source.length() - 2) {
      source = source.replaceAll("[NC]", "");
      target = target.replaceAll("[NC]", "");
    }
    Shapes.require(x.dim(0) == source.length(), "%s for the format %s", x.type(), source);
    Tensor result = call.result(0, x.dtype(), x.shape());
    int row = x.rank() == 1 ? 1 : x.dim(1);
    for (int d = 0; d < target.length(); d++) {
      int from = source.indexOf(target.charAt(d));
      Shapes.require(from >= 0, "the format %s has no %s", source, target.charAt(d));
      for (int k = 0; k < row; k++) {
        result.setLong(d * row + k, x.getLong(from * row + k));
      }
    }
  }
}

package org.signet.op.flex.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.ToLongFunction;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.StringHashes;
import org.signet.op.flex.Rules;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Hashes of strings and tensors. */
final class TfHashes {
  private TfHashes() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
            "StringToHashBucketFast",
            Rules.mapped(DType.INT64),
            call -> buckets(call, StringHashes::farm)),
        Rules.exact(
            "StringToHashBucket",
            Rules.mapped(DType.INT64),
            call -> buckets(call, StringHashes::murmur)),
        Rules.exact("StringToHashBucketStrong", Rules.mapped(DType.INT64), TfHashes::strong),
        Rules.exact("Fingerprint", TfHashes::inferFingerprint, TfHashes::fingerprint));
  }

  private static void strong(OpCall call) {
    List<Long> key = call.attributes().getList("key", Long.class);
    Shapes.require(key.size() == 2, "a key of %s numbers", key.size());
    buckets(call, text -> StringHashes.sip(text, key.get(0), key.get(1)));
  }

  private static void buckets(OpCall call, ToLongFunction<byte[]> hash) {
    Tensor text = call.operand(0);
    long count = call.attributes().getLong("num_buckets");
    Shapes.require(count >= 1, "%s buckets", count);
    long[] result = call.result(0, DType.INT64, text.shape()).longs();
    for (int i = 0; i < text.size(); i++) {
      result[i] = Long.remainderUnsigned(hash.applyAsLong(text.strings()[i]), count);
    }
  }

  /** Operands: data, the method. One row of eight bytes for each row of data. */
  private static List<TensorType> inferFingerprint(OpTypes op) {
    return List.of(Shapes.plain(DType.UINT8, Shape.of(Rules.dim(op, 0, 0), 8)));
  }

  private static void fingerprint(OpCall call) {
    Tensor data = call.operand(0);
    String method = call.operand(1).getString(0);
    Shapes.require(method.equals("farmhash64"), "no fingerprint is called '%s'", method);
    Shapes.require(data.rank() >= 1, "a scalar has no rows");
    int rows = data.dim(0);
    int row = rows == 0 ? 0 : data.size() / rows;
    byte[] result = call.result(0, DType.UINT8, rows, 8).bytes();
    ByteBuffer out = ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows; i++) {
      out.putLong(data.dtype() == DType.STRING ? strings(data, i, row) : raw(data, i, row));
    }
  }

  /** The hash of a row's only string; else of its elements' hashes. */
  private static long strings(Tensor data, int i, int row) {
    if (row == 1) {
      return StringHashes.farm(data.strings()[i]);
    }
    ByteBuffer hashes = ByteBuffer.allocate(8 * row).order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < row; k++) {
      hashes.putLong(StringHashes.farm(data.strings()[i * row + k]));
    }
    return StringHashes.farm(hashes.array());
  }

  private static long raw(Tensor data, int i, int row) {
    Tensor part = Tensor.zeros(data.dtype(), row);
    Elements.copy(data, i * row, part, 0, row);
    return StringHashes.farm(RawElements.write(part));
  }
}

package org.signet.ir;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Tells constants of equal type and value apart from others: small ones by their bytes, large ones
 * by where they are kept.
 *
 * @param type the constant's type
 * @param content its bytes, or its data
 */
public record ConstantKey(TensorType type, Object content) {
  private static final long SMALL = 256;

  public static ConstantKey of(Value.Constant constant) {
    TensorType type = constant.type();
    boolean bytes =
        type.dtype() != DType.STRING
            && type.dtype().bytes() > 0
            && type.shape().elements() <= SMALL;
    return new ConstantKey(
        type,
        bytes
            ? ByteBuffer.wrap(
                ConstantData.bytesOf(constant.data().load(type)).toArray(ValueLayout.JAVA_BYTE))
            : constant.data());
  }

  /** The key of a constant, or the value itself: equal for those that are one, or the same. */
  public static Object ofAny(Value value) {
    return value instanceof Value.Constant constant ? of(constant) : value;
  }
}

package org.signet.op.flex;

import com.google.protobuf.ByteString;

/**
 * An attribute that {@link org.signet.op.Attributes} has no kind of value for, kept as it is so
 * that nothing is lost: a placeholder, an unset value, a tensor of resources, a type of a newer
 * TensorFlow.
 *
 * @param proto the serialized {@code AttrValue}
 */
public record RawAttribute(ByteString proto) {}

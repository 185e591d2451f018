package org.signet.model;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.op.flex.NodeDefs;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.tensorflow.proto.NodeDef;

/**
 * The options of custom operators. A Flex operator, whose custom code is {@code Flex} and the name
 * of a TensorFlow op, has a flexbuffer vector of the op's name and the serialized {@code NodeDef}.
 */
final class CustomOptions {
  private static final String FLEX = "Flex";

  private CustomOptions() {}

  /** The op of a custom code. */
  static OpKey key(String customCode) {
    return customCode.startsWith(FLEX) && customCode.length() > FLEX.length()
        ? OpKey.tf(customCode.substring(FLEX.length()))
        : OpKey.custom(customCode);
  }

  /**
   * The attributes of a custom operator, with TensorFlow's defaults where a node leaves them out.
   *
   * @throws IllegalArgumentException if the options of a Flex operator are not readable
   */
  static Attributes attributes(OpKey key, byte[] options) {
    if (!key.isTf()) {
      return Attributes.of(OpKey.CUSTOM_OPTIONS, new Attributes.Bytes(options));
    }
    Attributes attributes = NodeDefs.attributes(node(key, options));
    return TfOpCatalog.standard()
        .find(key.name())
        .map(definition -> TfNodes.withDefaults(definition, attributes))
        .orElse(attributes);
  }

  private static NodeDef node(OpKey key, byte[] options) {
    List<byte[]> parts = Flexbuffer.strings(options);
    if (parts.size() != 2) {
      throw new IllegalArgumentException("a Flex op has " + parts.size() + " options, not 2");
    }
    String name = new String(parts.getFirst(), StandardCharsets.UTF_8);
    try {
      NodeDef node = NodeDef.parseFrom(parts.getLast());
      if (!name.equals(key.name()) || !node.getOp().equals(name)) {
        throw new IllegalArgumentException(
            "the options of " + key + " are those of " + name + " and " + node.getOp());
      }
      return node;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the node of " + key + " is no NodeDef", e);
    }
  }
}

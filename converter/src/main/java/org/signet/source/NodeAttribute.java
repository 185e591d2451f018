package org.signet.source;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import java.io.IOException;
import java.util.Optional;
import org.signet.op.flex.NodeDefs;
import org.tensorflow.proto.AttrValue;

/** An attribute of a source's node, whose value is made of the proto when it is asked for. */
final class NodeAttribute {
  private static final int NAME = 1 << 3 | 2;
  private static final int VALUE = 2 << 3 | 2;

  private final String name;
  private final AttrValue proto;
  private final boolean small;
  private Optional<Object> value = Optional.empty();

  private NodeAttribute(String name, AttrValue proto, boolean small) {
    this.name = name;
    this.proto = proto;
    this.small = small;
  }

  /**
   * Reads an entry of the map of attributes that a NodeDef is serialized with.
   *
   * @param entry elements of tensors stay where they are in it
   * @param small whether the value is worth keeping
   */
  static NodeAttribute read(ByteString entry, boolean small) throws IOException {
    CodedInputStream input = entry.newCodedInput();
    input.enableAliasing(true);
    String name = "";
    AttrValue proto = AttrValue.getDefaultInstance();
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      switch (tag) {
        case NAME -> name = input.readStringRequireUtf8();
        case VALUE ->
            proto = input.readMessage(AttrValue.parser(), ExtensionRegistryLite.getEmptyRegistry());
        default -> {
          if (!input.skipField(tag)) {
            input.checkLastTagWas(0); // a group ends that has not begun
          }
        }
      }
    }
    return new NodeAttribute(name, proto, small);
  }

  String name() {
    return name;
  }

  AttrValue proto() {
    return proto;
  }

  /** Whether one is private to TensorFlow, which begins the names of such with an underscore. */
  static boolean isPrivate(String name) {
    return name.startsWith("_");
  }

  boolean isSmall() {
    return small;
  }

  /** The value, of a kind that {@link org.signet.op.Attributes} names. */
  Object value() {
    if (value.isPresent()) {
      return value.get();
    }
    Object made = NodeDefs.value(proto);
    if (small) {
      value = Optional.of(made);
    }
    return made;
  }
}

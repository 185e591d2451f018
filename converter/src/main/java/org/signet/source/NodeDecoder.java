package org.signet.source;

import com.google.protobuf.ByteString;
import com.google.protobuf.ExtensionRegistryLite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.NodeDef.ExperimentalDebugInfo;

/**
 * Reads the nodes of a serialized graph. What many nodes have in common, such as the names of ops
 * and tensors and all but large attributes, is made once. For one thread.
 */
final class NodeDecoder implements MessageReader.Fields {
  // The fields of a NodeDef.
  private static final int NAME = 1;
  private static final int OP = 2;
  private static final int INPUT = 3;
  private static final int DEVICE = 4;
  private static final int ATTRIBUTE = 5;
  private static final int ORIGIN = 6;

  /** Attributes of more bytes are constants, of which no two are alike. */
  private static final int MOST_SHARED_BYTES = 1 << 10;

  private final MessageReader reader;
  private final Map<String, String> strings = new HashMap<>();
  private final Map<ByteString, NodeAttribute> attributes = new HashMap<>();
  private final Map<List<NodeAttribute>, SourceAttributes> sets = new HashMap<>();

  private String name = "";
  private String op = "";
  private String device = "";
  private ExperimentalDebugInfo origin = ExperimentalDebugInfo.getDefaultInstance();
  private final List<String> inputs = new ArrayList<>();
  private final List<NodeAttribute> own = new ArrayList<>();

  NodeDecoder(MessageReader reader) {
    this.reader = reader;
  }

  /** The node that is the value of the current field. */
  SourceNode node() throws IOException {
    name = "";
    op = "";
    device = "";
    origin = ExperimentalDebugInfo.getDefaultInstance();
    inputs.clear();
    own.clear();
    reader.message(this);
    return new SourceNode(name, op, device, inputs, set(), origin);
  }

  @Override
  public boolean read(int number) throws IOException {
    switch (number) {
      case NAME -> name = string();
      case OP -> op = string();
      case INPUT -> inputs.add(string());
      case DEVICE -> device = string();
      case ATTRIBUTE -> own.add(attribute(reader.slice()));
      case ORIGIN ->
          origin =
              ExperimentalDebugInfo.parseFrom(
                  reader.slice(), ExtensionRegistryLite.getEmptyRegistry());
      default -> {
        return false;
      }
    }
    return true;
  }

  private String string() throws IOException {
    String text = reader.string();
    String known = strings.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private NodeAttribute attribute(ByteString entry) throws IOException {
    if (entry.size() > MOST_SHARED_BYTES) {
      return NodeAttribute.read(entry, false);
    }
    NodeAttribute known = attributes.get(entry);
    if (known == null) {
      known = NodeAttribute.read(entry, true);
      attributes.put(entry, known);
    }
    return known;
  }

  private SourceAttributes set() {
    SourceAttributes known = sets.get(own);
    if (known == null) {
      known = new SourceAttributes(own);
      sets.put(List.copyOf(own), known);
    }
    return known;
  }
}

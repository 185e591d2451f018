package org.signet.source;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.tensorflow.proto.NodeDef;

/**
 * Tells a MetaGraphDef from a GraphDef by its content. In binary both start with field 1, a node or
 * the meta information; what follows, or else the first field's own content, says which it is.
 */
public final class GraphFormat {
  private static final Pattern FIRST_FIELD = Pattern.compile("(?m)^\\s*([a-z_]+)\\s*[:{<]");
  private static final Pattern OP_NAME = Pattern.compile("[A-Za-z_>][A-Za-z0-9_>]*");
  private static final int NODE = 1;
  private static final int GRAPH_OR_LIBRARY = 2;
  private static final int VERSION_OR_SAVER = 3;
  private static final int FIRST_OF_META_GRAPHS_OWN = 5;

  private GraphFormat() {}

  /**
   * Whether this file is a MetaGraphDef, as against a GraphDef.
   *
   * @throws SignetException if it can't be read
   */
  public static boolean isMetaGraph(Path file) {
    try {
      if (ProtoFiles.isText(file)) {
        Matcher field = FIRST_FIELD.matcher(ProtoFiles.text(file));
        return field.find() && !isGraphField(field.group(1));
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        if (channel.size() > Integer.MAX_VALUE) {
          return false; // refused where it is read
        }
        return isMetaGraph(
            CodedInputStream.newInstance(
                channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())));
      }
    } catch (InvalidProtocolBufferException e) {
      return false; // refused where it is read
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + file + ": " + e.getMessage());
    }
  }

  private static boolean isGraphField(String name) {
    return switch (name) {
      case "node", "library", "versions", "version", "debug_info" -> true;
      default -> false;
    };
  }

  private static boolean isMetaGraph(CodedInputStream input) throws IOException {
    int nodes = 0;
    boolean firstIsNode = false;
    boolean second = false;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      boolean message = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (field >= FIRST_OF_META_GRAPHS_OWN) {
        return true;
      }
      if (field == VERSION_OR_SAVER) {
        return message;
      }
      if (field == NODE && message) {
        if (nodes++ > 0) {
          return false; // a MetaGraphDef has its meta information once
        }
        firstIsNode = isNode(input.readByteArray());
      } else {
        second |= field == GRAPH_OR_LIBRARY;
        input.skipField(tag);
      }
    }
    return nodes == 0 ? second : !firstIsNode;
  }

  private static boolean isNode(byte[] bytes) {
    try {
      NodeDef node = NodeDef.parseFrom(bytes);
      return !node.getName().isEmpty() && OP_NAME.matcher(node.getOp()).matches();
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }
}

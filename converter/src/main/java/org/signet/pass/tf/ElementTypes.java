package org.signet.pass.tf;

import java.util.Map;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** Refuses nodes on elements of types that a model file has none for. */
final class ElementTypes {
  private ElementTypes() {}

  /**
   * @throws SignetException UNSUPPORTED_SOURCE if an attribute of the node is a type of
   *     TensorFlow's that is not known here, such as a float of eight bits
   */
  static void requireKnown(NodeDef node, Origin origin) {
    for (Map.Entry<String, AttrValue> attribute : node.getAttrMap().entrySet()) {
      AttrValue value = attribute.getValue();
      if (attribute.getKey().startsWith("_") || !value.hasType() || value.getTypeValue() == 0) {
        continue;
      }
      if (DType.ofTfNumber(value.getTypeValue()).isEmpty()) {
        DataType type = value.getType();
        String name =
            type == DataType.UNRECOGNIZED ? "number " + value.getTypeValue() : type.toString();
        throw new SignetException(
            Diagnostic.error(
                    Code.UNSUPPORTED_SOURCE,
                    "'"
                        + node.getName()
                        + "' ("
                        + node.getOp()
                        + ") is on elements of type "
                        + name
                        + ", which no model file holds",
                    "cast it to a type that TFLite has, or leave out the outputs that need it")
                .at(origin));
      }
    }
  }
}

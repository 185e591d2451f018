package org.signet.pass.tf;

import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.flex.NodeDefs;
import org.signet.op.flex.RawAttribute;
import org.signet.source.SourceNode;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;

/** Refuses nodes on elements of types that a model file has none for. */
final class ElementTypes {
  private ElementTypes() {}

  /**
   * @throws SignetException UNSUPPORTED_SOURCE if an attribute of the node is a type of
   *     TensorFlow's that is not known here, such as a float of eight bits
   */
  static void requireKnown(SourceNode node, Origin origin) {
    for (Object value : node.attributes().own().asMap().values()) {
      Optional<String> name = unknownType(value);
      if (name.isPresent()) {
        throw new SignetException(
            Diagnostic.error(
                    Code.UNSUPPORTED_SOURCE,
                    "'"
                        + node.name()
                        + "' ("
                        + node.op()
                        + ") is on elements of type "
                        + name.get()
                        + ", which no model file holds",
                    "cast it to a type that TFLite has, or leave out the outputs that need it")
                .at(origin));
      }
    }
  }

  private static Optional<String> unknownType(Object value) {
    if (!(value instanceof RawAttribute raw)) {
      return Optional.empty();
    }
    AttrValue proto = NodeDefs.proto(raw);
    if (!proto.hasType() || proto.getTypeValue() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        proto.getType() == DataType.UNRECOGNIZED
            ? "number " + proto.getTypeValue()
            : proto.getType().toString());
  }
}

package org.signet.op.flex;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.signet.op.Attributes;
import org.signet.op.Attributes.Bytes;
import org.signet.op.Attributes.FunctionRef;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/**
 * The attributes of TensorFlow nodes to and from {@link Attributes}, without loss but for two
 * things of no consequence: a reference type becomes the type it refers to, and dimensions lose
 * their names.
 */
public final class NodeDefs {
  private NodeDefs() {}

  /** All attributes of a node. */
  public static Attributes attributes(NodeDef node) {
    return attributes(node.getAttrMap());
  }

  private static Attributes attributes(Map<String, AttrValue> protos) {
    SortedMap<String, Object> values = new TreeMap<>();
    protos.forEach((name, proto) -> values.put(name, value(proto)));
    return Attributes.of(values);
  }

  /**
   * A node without a name, with {@code inputs} nameless inputs, as the custom options of a Flex op
   * hold it.
   *
   * @throws IllegalArgumentException if a value is of no kind that {@link Attributes} allows
   */
  public static NodeDef nodeDef(String op, Attributes attributes, int inputs) {
    NodeDef.Builder node = NodeDef.newBuilder().setOp(op);
    for (int i = 0; i < inputs; i++) {
      node.addInput("");
    }
    attributes.asMap().forEach((name, value) -> node.putAttr(name, proto(value)));
    return node.build();
  }

  /**
   * The value of one attribute, of a kind that {@link Attributes} names; {@link RawAttribute} if it
   * has none for it.
   */
  public static Object value(AttrValue proto) {
    Optional<Object> known = find(proto);
    return known.isPresent() ? known.get() : new RawAttribute(proto.toByteString());
  }

  private static Optional<Object> find(AttrValue proto) {
    return switch (proto.getValueCase()) {
      case S -> Optional.of(string(proto.getS()));
      case I -> Optional.of(proto.getI());
      case F -> Optional.of(proto.getF());
      case B -> Optional.of(proto.getB());
      case TYPE -> DType.ofTfNumber(proto.getTypeValue()).map(type -> type);
      case SHAPE -> ProtoTensors.shape(proto.getShape()).map(shape -> shape);
      case TENSOR ->
          ProtoTensors.isExpressible(proto.getTensor())
              ? Optional.of(ProtoTensors.tensor(proto.getTensor()))
              : Optional.empty();
      case LIST -> list(proto.getList());
      case FUNC -> Optional.of(function(proto.getFunc()));
      case PLACEHOLDER, VALUE_NOT_SET -> Optional.empty();
    };
  }

  /** A string if the bytes are exactly the UTF-8 of one. */
  private static Object string(ByteString bytes) {
    return bytes.isValidUtf8() ? bytes.toStringUtf8() : new Bytes(bytes.toByteArray());
  }

  private static FunctionRef function(NameAttrList proto) {
    return new FunctionRef(proto.getName(), attributes(proto.getAttrMap()));
  }

  /**
   * The items of the one kind that the list holds; empty if it holds several kinds, or an item that
   * has no value here.
   */
  private static Optional<Object> list(AttrValue.ListValue list) {
    if (kinds(list) > 1) {
      return Optional.empty();
    }
    if (list.getSCount() > 0) {
      return items(list.getSList(), item -> Optional.of(string(item)));
    }
    if (list.getTypeCount() > 0) {
      return items(list.getTypeValueList(), DType::ofTfNumber);
    }
    if (list.getShapeCount() > 0) {
      return items(list.getShapeList(), ProtoTensors::shape);
    }
    if (list.getTensorCount() > 0) {
      return items(
          list.getTensorList(),
          item ->
              ProtoTensors.isExpressible(item)
                  ? Optional.of(ProtoTensors.tensor(item))
                  : Optional.empty());
    }
    if (list.getFuncCount() > 0) {
      return items(list.getFuncList(), item -> Optional.of(function(item)));
    }
    if (list.getFCount() > 0) {
      return Optional.of(List.copyOf(list.getFList()));
    }
    return Optional.of(
        list.getBCount() > 0 ? List.copyOf(list.getBList()) : List.copyOf(list.getIList()));
  }

  private static int kinds(AttrValue.ListValue list) {
    return Math.min(1, list.getSCount())
        + Math.min(1, list.getICount())
        + Math.min(1, list.getFCount())
        + Math.min(1, list.getBCount())
        + Math.min(1, list.getTypeCount())
        + Math.min(1, list.getShapeCount())
        + Math.min(1, list.getTensorCount())
        + Math.min(1, list.getFuncCount());
  }

  private static <T, R> Optional<Object> items(List<T> protos, Function<T, Optional<R>> convert) {
    List<R> values = protos.stream().map(convert).flatMap(Optional::stream).toList();
    return values.size() == protos.size() ? Optional.of(values) : Optional.empty();
  }

  /**
   * The proto of one attribute.
   *
   * @throws IllegalArgumentException if the value is of no kind that {@link Attributes} allows
   */
  public static AttrValue proto(Object value) {
    AttrValue.Builder proto = AttrValue.newBuilder();
    switch (value) {
      case String text -> proto.setS(bytes(text));
      case Bytes bytes -> proto.setS(bytes(bytes));
      case Long number -> proto.setI(number);
      case Float number -> proto.setF(number);
      case Double number -> proto.setF(number.floatValue());
      case Boolean flag -> proto.setB(flag);
      case DType type -> proto.setType(ProtoTensors.dataType(type));
      case Shape shape -> proto.setShape(ProtoTensors.shapeProto(shape));
      case Tensor tensor -> proto.setTensor(ProtoTensors.proto(tensor));
      case FunctionRef function -> proto.setFunc(functionProto(function));
      case List<?> list -> proto.setList(listProto(list));
      case RawAttribute raw -> {
        return parse(raw);
      }
      default ->
          throw new IllegalArgumentException("no attribute can be a " + value.getClass().getName());
    }
    return proto.build();
  }

  private static AttrValue parse(RawAttribute raw) {
    try {
      return AttrValue.parseFrom(raw.proto());
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a raw attribute is no AttrValue", e);
    }
  }

  private static ByteString bytes(Object string) {
    return string instanceof Bytes(byte[] bytes)
        ? ByteString.copyFrom(bytes)
        : ByteString.copyFrom((String) string, StandardCharsets.UTF_8);
  }

  private static NameAttrList functionProto(FunctionRef function) {
    NameAttrList.Builder proto = NameAttrList.newBuilder().setName(function.name());
    function.attributes().asMap().forEach((name, value) -> proto.putAttr(name, proto(value)));
    return proto.build();
  }

  private static AttrValue.ListValue listProto(List<?> list) {
    AttrValue.ListValue.Builder proto = AttrValue.ListValue.newBuilder();
    for (Object item : list) {
      switch (item) {
        case String text -> proto.addS(bytes(text));
        case Bytes bytes -> proto.addS(bytes(bytes));
        case Long number -> proto.addI(number);
        case Float number -> proto.addF(number);
        case Boolean flag -> proto.addB(flag);
        case DType type -> proto.addType(ProtoTensors.dataType(type));
        case Shape shape -> proto.addShape(ProtoTensors.shapeProto(shape));
        case Tensor tensor -> proto.addTensor(ProtoTensors.proto(tensor));
        case FunctionRef function -> proto.addFunc(functionProto(function));
        default ->
            throw new IllegalArgumentException(
                "no list attribute can hold a " + item.getClass().getName());
      }
    }
    return proto.build();
  }
}

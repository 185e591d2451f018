package org.signet.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.signet.schema.catalog.AttrValue;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.schema.catalog.TfOpDef.ArgDef;
import org.signet.schema.catalog.TfOpDef.AttrDef;
import org.signet.schema.catalog.TfOpDef.Trait;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The ops that TensorFlow itself does not define, as a model states them: {@code
 * MetaInfoDef.stripped_op_list}, which TensorFlow writes into every MetaGraph, has the definitions
 * of all ops that it uses.
 */
final class ModelOps {
  private ModelOps() {}

  /** The definitions by name. */
  static Map<String, TfOpDef> of(MetaGraphDef metaGraph) {
    Map<String, TfOpDef> ops = new HashMap<>();
    for (OpDef op : metaGraph.getMetaInfoDef().getStrippedOpList().getOpList()) {
      if (!TfOpCatalog.standard().find(op.getName()).map(TfOpDef::registered).orElse(false)) {
        ops.put(op.getName(), definition(op));
      }
    }
    return ops;
  }

  private static TfOpDef definition(OpDef op) {
    return new TfOpDef(
        op.getName(),
        op.getInputArgList().stream().map(ModelOps::argument).toList(),
        op.getOutputArgList().stream().map(ModelOps::argument).toList(),
        op.getAttrList().stream().map(ModelOps::attribute).toList(),
        traits(op));
  }

  private static Set<Trait> traits(OpDef op) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (op.getIsStateful()) {
      traits.add(Trait.STATEFUL);
    }
    if (op.getIsCommutative()) {
      traits.add(Trait.COMMUTATIVE);
    }
    if (op.getIsAggregate()) {
      traits.add(Trait.AGGREGATE);
    }
    if (op.getAllowsUninitializedInput()) {
      traits.add(Trait.ALLOWS_UNINITIALIZED_INPUT);
    }
    return traits;
  }

  private static ArgDef argument(OpDef.ArgDef argument) {
    return new ArgDef(
        argument.getName(),
        argument.getType() == DataType.DT_INVALID
            ? Optional.empty()
            : Optional.of(name(argument.getType())),
        nonEmpty(argument.getTypeAttr()),
        nonEmpty(argument.getNumberAttr()),
        nonEmpty(argument.getTypeListAttr()),
        argument.getIsRef());
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static AttrDef attribute(OpDef.AttrDef attribute) {
    return new AttrDef(
        attribute.getName(),
        attribute.getType(),
        attribute.hasDefaultValue() ? value(attribute.getDefaultValue()) : Optional.empty(),
        List.of(),
        attribute.getHasMinimum() ? OptionalLong.of(attribute.getMinimum()) : OptionalLong.empty());
  }

  /** Empty for what the definitions have no word for: tensors and functions. */
  private static Optional<AttrValue> value(org.tensorflow.proto.AttrValue value) {
    return switch (value.getValueCase()) {
      case I -> Optional.of(new AttrValue.IntValue(value.getI()));
      case F -> Optional.of(new AttrValue.FloatValue(value.getF()));
      case B -> Optional.of(new AttrValue.BoolValue(value.getB()));
      case S -> Optional.of(text(value.getS()));
      case TYPE -> Optional.of(new AttrValue.TypeValue(name(value.getType())));
      case SHAPE -> Optional.of(shape(value.getShape()));
      case LIST -> Optional.of(new AttrValue.ListValue(elements(value.getList())));
      default -> Optional.empty();
    };
  }

  private static List<AttrValue> elements(org.tensorflow.proto.AttrValue.ListValue list) {
    List<AttrValue> elements = new ArrayList<>();
    list.getIList().forEach(number -> elements.add(new AttrValue.IntValue(number)));
    list.getFList().forEach(number -> elements.add(new AttrValue.FloatValue(number)));
    list.getBList().forEach(flag -> elements.add(new AttrValue.BoolValue(flag)));
    list.getSList().forEach(bytes -> elements.add(text(bytes)));
    list.getTypeList().forEach(type -> elements.add(new AttrValue.TypeValue(name(type))));
    list.getShapeList().forEach(shape -> elements.add(shape(shape)));
    return elements;
  }

  private static AttrValue text(com.google.protobuf.ByteString bytes) {
    return new AttrValue.StringValue(bytes.toString(StandardCharsets.ISO_8859_1));
  }

  private static AttrValue shape(TensorShapeProto shape) {
    return new AttrValue.ShapeValue(
        shape.getUnknownRank()
            ? Optional.empty()
            : Optional.of(shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList()));
  }

  /** TensorFlow's name without its prefix. */
  private static String name(DataType type) {
    return type.name().substring("DT_".length());
  }
}

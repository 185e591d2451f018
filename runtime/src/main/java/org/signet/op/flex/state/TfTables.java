package org.signet.op.flex.state;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.DenseTable;
import org.signet.op.Effects;
import org.signet.op.LookupTable;
import org.signet.op.MutableTable;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.Shapes;
import org.signet.op.StaticTable;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * TensorFlow's tables, which the calls of a session share by container and name, and the ops on
 * them.
 */
final class TfTables {
  private TfTables() {}

  static List<OpDefinition> definitions() {
    return List.of(
        handle("HashTableV2", call -> make(call, TfTables::staticTable)),
        handle("MutableDenseHashTableV2", call -> make(call, TfTables::denseTable)),
        handle("MutableHashTableOfTensorsV2", call -> make(call, TfTables::mutableTable)),
        handle("MutableHashTableV2", call -> make(call, TfTables::mutableTable)),
        write("InitializeTableV2", call -> LookupTable.operand(call, 0).importAll(call)),
        OpDefinition.tf(
                "LookupTableExportV2",
                TfTables::inferExport,
                call -> LookupTable.operand(call, 0).export(call))
            .accurate(Accuracy.EXACT)
            .withEffects(Effects.READS_STATE),
        OpDefinition.tf(
                "LookupTableFindV2",
                op -> List.of(Shapes.plain(op.dtype(2), Shape.unknownRank())),
                call -> LookupTable.operand(call, 0).find(call))
            .accurate(Accuracy.EXACT)
            .withEffects(Effects.READS_STATE),
        write("LookupTableImportV2", call -> LookupTable.operand(call, 0).importAll(call)),
        write("LookupTableInsertV2", call -> LookupTable.operand(call, 0).insert(call)),
        write("LookupTableRemoveV2", call -> LookupTable.operand(call, 0).remove(call)),
        OpDefinition.tf(
                "LookupTableSizeV2",
                op -> List.of(Shapes.plain(DType.INT64, Shape.scalar())),
                call -> call.result(0, Tensor.scalar((long) LookupTable.operand(call, 0).size())))
            .accurate(Accuracy.EXACT)
            .withEffects(Effects.READS_STATE));
  }

  private static OpDefinition handle(String name, Reference reference) {
    return OpDefinition.tf(
            name, op -> List.of(Shapes.plain(DType.RESOURCE, Shape.scalar())), reference)
        .accurate(Accuracy.EXACT)
        .withEffects(Effects.READS_STATE);
  }

  private static OpDefinition write(String name, Reference reference) {
    return OpDefinition.tf(name, op -> List.of(), reference).withEffects(Effects.WRITES_STATE);
  }

  private static List<TensorType> inferExport(OpTypes op) {
    return List.of(
        Shapes.plain(op.attributes().getType("Tkeys"), Shape.unknownRank()),
        Shapes.plain(op.attributes().getType("Tvalues"), Shape.unknownRank()));
  }

  /** Makes a table. */
  @FunctionalInterface
  private interface Maker {
    LookupTable make(OpCall call, Attributes attributes);
  }

  private static void make(OpCall call, Maker maker) {
    Attributes attributes = call.attributes();
    // A null character can't be in a name, so no two tables meet.
    String name =
        attributes.getString("container", "") + '\0' + attributes.getString("shared_name", "");
    LookupTable.setHandle(call, name, () -> maker.make(call, attributes));
  }

  private static LookupTable staticTable(OpCall call, Attributes attributes) {
    return new StaticTable(attributes.getType("key_dtype"), attributes.getType("value_dtype"));
  }

  private static LookupTable mutableTable(OpCall call, Attributes attributes) {
    return new MutableTable(
        attributes.getType("key_dtype"), attributes.getType("value_dtype"), valueShape(attributes));
  }

  private static LookupTable denseTable(OpCall call, Attributes attributes) {
    return new DenseTable(
        call.operand(0),
        call.operand(1),
        attributes.getType("value_dtype"),
        valueShape(attributes),
        attributes.getLong("initial_num_buckets", 1 << 17),
        attributes.find("max_load_factor").map(Float.class::cast).orElse(0.8f));
  }

  private static int[] valueShape(Attributes attributes) {
    Shape shape = attributes.find("value_shape").map(Shape.class::cast).orElse(Shape.scalar());
    Shapes.require(shape.isStatic(), "the shape of values, %s, is not fully known", shape);
    return shape.dims();
  }
}

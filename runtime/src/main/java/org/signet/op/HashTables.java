package org.signet.op;

import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * HASHTABLE, HASHTABLE_IMPORT, HASHTABLE_FIND and HASHTABLE_SIZE: tables that are filled once and
 * that the calls of a session share.
 */
final class HashTables {
  private HashTables() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "HASHTABLE",
                op -> List.of(Shapes.plain(DType.RESOURCE, Shape.of(1))),
                HashTables::handle)
            .accurate(Accuracy.EXACT)
            .withEffects(Effects.READS_STATE),
        OpDefinition.builtin(
                "HASHTABLE_FIND", HashTables::inferFind, call -> table(call).find(call))
            .accurate(Accuracy.EXACT)
            .withEffects(Effects.READS_STATE),
        OpDefinition.builtin(
                "HASHTABLE_IMPORT", op -> List.of(), call -> table(call).importOnce(call))
            .withEffects(Effects.WRITES_STATE),
        OpDefinition.builtin(
                "HASHTABLE_SIZE",
                op -> List.of(Shapes.plain(DType.INT64, Shape.of(1))),
                call -> call.result(0, Tensor.of(new long[] {table(call).size()})))
            .accurate(Accuracy.EXACT)
            .withEffects(Effects.READS_STATE));
  }

  private static List<TensorType> inferFind(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(2), op.shape(1)));
  }

  private static void handle(OpCall call) {
    DType key = KnownOperands.type(call.attributes(), "key_dtype", DType.FLOAT32);
    DType value = KnownOperands.type(call.attributes(), "value_dtype", DType.FLOAT32);
    String name = "#" + call.attributes().getInt("table_id", 0);
    LookupTable.setHandle(call, name, () -> new StaticTable(key, value), 1);
  }

  private static StaticTable table(OpCall call) {
    if (LookupTable.operand(call, 0) instanceof StaticTable table) {
      return table;
    }
    throw new IllegalArgumentException("operand 0 is no static table");
  }
}

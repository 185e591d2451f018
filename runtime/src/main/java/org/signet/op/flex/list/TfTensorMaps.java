package org.signet.op.flex.list;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.op.Accuracy;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** TensorFlow's ops on maps from tensors to tensors, which variants hold. */
final class TfTensorMaps {
  private static final ShapeRule HANDLE = op -> List.of(TensorType.of(DType.VARIANT));

  private TfTensorMaps() {}

  static List<OpDefinition> definitions() {
    return List.of(
        exact("EmptyTensorMap", HANDLE, call -> set(call, new LinkedHashMap<>())),
        exact("TensorMapErase", HANDLE, TfTensorMaps::erase),
        exact(
            "TensorMapHasKey",
            op -> List.of(TensorType.of(DType.BOOL)),
            call -> call.result(0, Tensor.scalar(entries(call).containsKey(key(call))))),
        exact("TensorMapInsert", HANDLE, TfTensorMaps::insert),
        exact("TensorMapLookup", op -> unranked(op, "value_dtype"), TfTensorMaps::lookup),
        exact(
            "TensorMapSize",
            op -> List.of(TensorType.of(DType.INT32)),
            call -> call.result(0, Tensor.scalar(entries(call).size()))),
        exact("TensorMapStackKeys", op -> unranked(op, "key_dtype"), TfTensorMaps::stackKeys));
  }

  private static OpDefinition exact(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference).accurate(Accuracy.EXACT);
  }

  private static List<TensorType> unranked(OpTypes op, String type) {
    return List.of(TensorType.unranked(op.attributes().getType(type)));
  }

  /** The type, sizes and elements of a tensor, which equal those of an equal one. */
  private record Key(DType dtype, List<Integer> shape, List<ByteBuffer> elements) {
    static Key of(Tensor tensor) {
      List<ByteBuffer> elements =
          tensor.dtype() == DType.STRING
              ? Arrays.stream(tensor.strings(), 0, tensor.size()).map(ByteBuffer::wrap).toList()
              : List.of(ByteBuffer.wrap(RawElements.write(tensor)));
      return new Key(tensor.dtype(), Arrays.stream(tensor.shape()).boxed().toList(), elements);
    }
  }

  /**
   * A key with its value.
   *
   * @param key the tensor that {@link Key} was made of
   */
  private record Entry(Tensor key, Tensor value) {}

  /** What a variant holds; never changed. */
  private record TensorMap(Map<Key, Entry> entries) {}

  private static Key key(OpCall call) {
    return Key.of(call.operand(1));
  }

  private static Map<Key, Entry> entries(OpCall call) {
    Tensor handle = call.operand(0);
    if (handle.dtype() == DType.VARIANT
        && handle.size() == 1
        && handle.objects()[0] instanceof TensorMap map) {
      return map.entries();
    }
    throw new IllegalArgumentException("operand 0 holds no map: " + handle.type());
  }

  private static void set(OpCall call, Map<Key, Entry> entries) {
    TensorMap map = new TensorMap(Collections.unmodifiableMap(entries));
    call.result(0, Tensor.wrap(DType.VARIANT, new Object[] {map}));
  }

  private static void insert(OpCall call) {
    Map<Key, Entry> changed = new LinkedHashMap<>(entries(call));
    changed.put(key(call), new Entry(call.operand(1).copy(), call.operand(2).copy()));
    set(call, changed);
  }

  private static void erase(OpCall call) {
    Map<Key, Entry> changed = new LinkedHashMap<>(entries(call));
    Shapes.require(changed.remove(key(call)) != null, "the map has no such key to erase");
    set(call, changed);
  }

  private static void lookup(OpCall call) {
    Entry found = entries(call).get(key(call));
    if (found == null) {
      throw new IllegalArgumentException("the map has no such key");
    }
    Tensor value = found.value();
    DType asked = call.attributes().getType("value_dtype");
    Shapes.require(value.dtype() == asked, "the value is %s, not %s", value.type(), asked);
    call.result(0, value);
  }

  /** All keys, in the order in which they came. */
  private static void stackKeys(OpCall call) {
    List<Tensor> keys = entries(call).values().stream().map(Entry::key).toList();
    Shapes.require(!keys.isEmpty(), "the map is empty, so its keys have no shape");
    int[] shape = keys.getFirst().shape();
    int[] all = new int[shape.length + 1];
    all[0] = keys.size();
    System.arraycopy(shape, 0, all, 1, shape.length);
    Tensor result = call.result(0, call.attributes().getType("key_dtype"), all);
    int at = 0;
    for (Tensor key : keys) {
      Shapes.require(Arrays.equals(key.shape(), shape), "the keys differ in shape");
      Elements.copy(key, 0, result, at, key.size());
      at += key.size();
    }
  }
}

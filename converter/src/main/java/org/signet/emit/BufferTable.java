package org.signet.emit;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.signet.ir.ConstantData;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * The buffers of a model file. Constants of equal bytes share one, whatever signature, shape or
 * type they have; so a weight is stored once. Buffer 0 is empty, as the format wants it.
 */
final class BufferTable {
  /** This many bytes tell most constants of one size apart. */
  private static final int PROBE_BYTES = 256;

  private static final ConstantData NOTHING = ConstantData.ofBytes(new byte[0]);

  private final List<ConstantData> buffers = new ArrayList<>(List.of(NOTHING));
  private final IdentityHashMap<Value.Constant, Integer> byConstant = new IdentityHashMap<>();
  private final Map<Integer, List<Integer>> byHash = new HashMap<>();

  /** The index of the buffer that holds this constant's bytes. */
  int indexOf(Value.Constant constant) {
    Integer known = byConstant.get(constant);
    if (known == null) {
      known =
          add(
              constant.type().dtype() == DType.STRING
                  ? ConstantData.ofBytes(StringBuffers.write(constant.data().load(constant.type())))
                  : constant.data());
      byConstant.put(constant, known);
    }
    return known;
  }

  /** The index of a buffer of these bytes. */
  int add(ConstantData data) {
    long size = data.byteSize();
    if (size == 0) {
      return 0;
    }
    byte[] head = new byte[(int) Math.min(PROBE_BYTES, size)];
    data.read(0, MemorySegment.ofArray(head));
    int hash = 31 * Arrays.hashCode(head) + Long.hashCode(size);
    List<Integer> candidates = byHash.computeIfAbsent(hash, key -> new ArrayList<>(1));
    for (int candidate : candidates) {
      if (isEqual(buffers.get(candidate), data)) {
        return candidate;
      }
    }
    buffers.add(data);
    candidates.add(buffers.size() - 1);
    return buffers.size() - 1;
  }

  /** Whether values have the same bytes. */
  private static boolean isEqual(ConstantData a, ConstantData b) {
    if (a.equals(b)) {
      return true;
    }
    long size = a.byteSize();
    if (size != b.byteSize()) {
      return false;
    }
    int part = (int) Math.min(size, ConstantData.PART);
    MemorySegment partOfA = MemorySegment.ofArray(new byte[part]);
    MemorySegment partOfB = MemorySegment.ofArray(new byte[part]);
    for (long at = 0; at < size; at += part) {
      long length = Math.min(part, size - at);
      a.read(at, partOfA.asSlice(0, length));
      b.read(at, partOfB.asSlice(0, length));
      if (partOfA.mismatch(partOfB) >= 0) { // what is left of an earlier part is equal
        return false;
      }
    }
    return true;
  }

  /** All buffers by index; the first is empty. */
  List<ConstantData> buffers() {
    return buffers;
  }
}

package org.signet.emit;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
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

  private final List<MemorySegment> buffers = new ArrayList<>(List.of(MemorySegment.NULL));
  private final IdentityHashMap<Value.Constant, Integer> byConstant = new IdentityHashMap<>();
  private final Map<Probe, List<Integer>> byProbe = new HashMap<>();

  /** What is compared first: the size and a hash of the first bytes. */
  private record Probe(long size, int hash) {}

  /** The index of the buffer that holds this constant's bytes. */
  int indexOf(Value.Constant constant) {
    Integer known = byConstant.get(constant);
    if (known == null) {
      known = add(bytesOf(constant));
      byConstant.put(constant, known);
    }
    return known;
  }

  /** The index of a buffer of these bytes. */
  int add(MemorySegment bytes) {
    if (bytes.byteSize() == 0) {
      return 0;
    }
    MemorySegment head = bytes.asSlice(0, Math.min(PROBE_BYTES, bytes.byteSize()));
    Probe probe = new Probe(bytes.byteSize(), head.asByteBuffer().hashCode());
    List<Integer> candidates = byProbe.computeIfAbsent(probe, p -> new ArrayList<>());
    for (int candidate : candidates) {
      if (buffers.get(candidate).mismatch(bytes) < 0) {
        return candidate;
      }
    }
    buffers.add(bytes);
    candidates.add(buffers.size() - 1);
    return buffers.size() - 1;
  }

  private static MemorySegment bytesOf(Value.Constant constant) {
    if (constant.type().dtype() == DType.STRING) {
      return MemorySegment.ofArray(StringBuffers.write(constant.data().load(constant.type())));
    }
    return switch (constant.data()) {
      case ConstantData.Mapped(MemorySegment bytes) -> bytes;
      case ConstantData.Heap(var tensor) ->
          MemorySegment.ofArray(ConstantData.bytesOf(tensor).toArray(ValueLayout.JAVA_BYTE));
    };
  }

  /** All buffers by index; the first is empty. */
  List<MemorySegment> buffers() {
    return buffers;
  }
}

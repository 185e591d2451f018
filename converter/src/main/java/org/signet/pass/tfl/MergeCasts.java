package org.signet.pass.tfl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/**
 * <pre>
 *   CAST(CAST(x, int64), float32)   →  CAST(x, float32)       for x of int32
 *   CAST(CAST(x, int64), int32)     →  x                      for x of int32
 * </pre>
 *
 * where the type in between holds every value of x. Any other stays: it rounds or wraps.
 */
final class MergeCasts implements Rule {
  /** For each type those that hold all of its values. */
  private static final Map<DType, Set<DType>> WIDER =
      Map.of(
          DType.BOOL, Set.of(DType.INT32, DType.INT64, DType.FLOAT32),
          DType.INT8, Set.of(DType.INT16, DType.INT32, DType.INT64, DType.FLOAT32),
          DType.UINT8, Set.of(DType.INT16, DType.INT32, DType.INT64, DType.FLOAT32),
          DType.INT16, Set.of(DType.INT32, DType.INT64, DType.FLOAT32),
          DType.INT32, Set.of(DType.INT64, DType.FLOAT64),
          DType.FLOAT16, Set.of(DType.FLOAT32, DType.FLOAT64),
          DType.BFLOAT16, Set.of(DType.FLOAT32, DType.FLOAT64),
          DType.FLOAT32, Set.of(DType.FLOAT64));

  /** What integers and bools may be cast to at once. */
  private static final Set<DType> TARGETS = Set.of(DType.INT32, DType.INT64, DType.FLOAT32);

  @Override
  public Set<String> anchors() {
    return Set.of("CAST");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Optional<Node> inner = match.producer(0).filter(node -> node.is("CAST"));
    if (inner.isEmpty()) {
      return Optional.empty();
    }
    Value x = inner.get().operand(0);
    DType from = x.type().dtype();
    DType to = match.node().result().type().dtype();
    if (!WIDER.getOrDefault(from, Set.of()).contains(match.operand(0).type().dtype())) {
      return Optional.empty();
    }
    if (from == to) {
      return Optional.of(List.of(x));
    }
    Attributes options = Attributes.of("in_data_type", from.name(), "out_data_type", to.name());
    return !from.isFloating() && TARGETS.contains(to)
        ? Optional.of(List.of(match.emit("CAST", options, x)))
        : Optional.empty();
  }
}

package org.signet.pass.tf;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/**
 * <pre>
 *   Log(Softmax(x))   →  LogSoftmax(x)
 * </pre>
 *
 * of float32 and float64, as a TensorFlow session rewrites it before it runs: of [0, −200] it gives
 * −200 where the logarithm of a softmax is −∞. A softmax that something else needs stays, there as
 * here.
 */
public final class LogOfSoftmax implements Rule {
  private static final Set<DType> TYPES = Set.of(DType.FLOAT32, DType.FLOAT64);

  @Override
  public Set<String> anchors() {
    return Set.of("Log");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return match
        .soleTfProducer(0, "Softmax")
        .filter(softmax -> TYPES.contains(softmax.result().type().dtype()))
        .map(softmax -> match.emitTf("LogSoftmax", softmax.operand(0)));
  }
}

package org.signet.lower;

import java.util.List;
import org.signet.ir.Value;

/** What a lowering made of an op. */
public sealed interface Lowered {
  /**
   * @param results what stands for the op's results, one for each
   */
  record To(List<Value> results) implements Lowered {
    public To {
      results = List.copyOf(results);
    }
  }

  /**
   * @param reason why there are no builtins for this use, a few words in lower case: {@code no
   *     kernel for int64}
   */
  record Declined(String reason) implements Lowered {}

  static Lowered to(Value... results) {
    return new To(List.of(results));
  }

  static Lowered to(List<Value> results) {
    return new To(results);
  }

  static Lowered declined(String reason) {
    return new Declined(reason);
  }
}

package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signet.kernel.Kernel;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.ForwardingCall;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;

/** Routines that were made for other numbers than a call has. */
class KeptRoutineTest {
  /** A call without constants. */
  private static final class OpenCall extends ForwardingCall {
    private final Map<Object, Object> kept;

    OpenCall(OpCall call, Map<Object, Object> kept) {
      super(call);
      this.kept = kept;
    }

    @Override
    public boolean isConstant(int i) {
      return false;
    }

    @Override
    public Optional<Object> kept(Object maker) {
      return Optional.ofNullable(kept.get(maker));
    }

    @Override
    public void keep(Object maker, Object made) {
      kept.put(maker, made);
    }
  }

  @Test
  void areNotUsedAgain() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 9, 8, 7}, 3, 3);
    Tensor rows = Tensor.of(new int[] {1});
    Tensor columns = Tensor.of(new int[] {0});
    Kernel kernel =
        KernelRuns.kernel(
            VectorProvider.eager(), KernelRuns.step("REDUCE_MAX", Attributes.NONE, x, rows));
    OpDefinition definition =
        OpDefinitions.standard().find(OpKey.builtin("REDUCE_MAX")).orElseThrow();
    Map<Object, Object> kept = new HashMap<>();
    OpDefinition own =
        OpDefinition.builtin(
            "REDUCE_MAX", definition.shapeRule(), call -> kernel.run(new OpenCall(call, kept)));
    for (int turn = 0; turn < 2; turn++) {
      assertThat(DirectCall.evaluate(own, Attributes.NONE, x, rows).floats()).startsWith(3, 6, 9);
      assertThat(DirectCall.evaluate(own, Attributes.NONE, x, columns).floats())
          .startsWith(9, 8, 7);
    }
    Object last = kept.get(kernel);
    DirectCall.evaluate(own, Attributes.NONE, x, columns);
    assertThat(kept.get(kernel)).isSameAs(last);
  }
}

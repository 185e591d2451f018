package org.signet.kernel.dense;

import static org.signet.kernel.dense.KernelRuns.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Step;
import org.signet.kernel.ffm.FfmProvider;
import org.signet.kernel.vector.VectorProvider;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.OpCaseComparison;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** The kernel agrees with the reference, and leaves the same states for the next call. */
class SequenceLstmTest {
  private static final String OP = "UNIDIRECTIONAL_SEQUENCE_LSTM";
  private static final OpDefinition REFERENCE =
      OpDefinitions.standard().find(OpKey.builtin(OP)).orElseThrow();
  private static final int CELLS = 19;
  private static final int DEPTH = 7;
  private static final int OUTPUT_STATE = 18;
  private static final int CELL_STATE = 19;

  /** Weights, and states of zeros; no input yet. */
  private static List<Optional<Tensor>> operands(int batch) {
    List<Optional<Tensor>> operands =
        new ArrayList<>(Collections.nCopies(24, Optional.<Tensor>empty()));
    for (int gate = 0; gate < 4; gate++) {
      operands.set(1 + gate, Optional.of(random(gate, CELLS, DEPTH)));
      operands.set(5 + gate, Optional.of(random(10 + gate, CELLS, CELLS)));
      operands.set(12 + gate, Optional.of(random(20 + gate, CELLS)));
    }
    operands.set(OUTPUT_STATE, Optional.of(Tensor.zeros(DType.FLOAT32, batch, CELLS)));
    operands.set(CELL_STATE, Optional.of(Tensor.zeros(DType.FLOAT32, batch, CELLS)));
    return operands;
  }

  @ParameterizedTest
  @CsvSource({"1, false, 0", "3, false, 0.5", "3, true, 0"})
  void agreesWithTheReference(int batch, boolean timeMajor, float clip) {
    Attributes attributes =
        Attributes.of("fused_activation_function", "TANH", "time_major", timeMajor)
            .with("cell_clip", clip)
            .with("proj_clip", 0f);
    List<KernelProvider> providers = new ArrayList<>(List.of(VectorProvider.eager()));
    FfmProvider.eager().ifPresent(providers::add);
    for (KernelProvider provider : providers) {
      List<Optional<Tensor>> own = operands(batch);
      List<Optional<Tensor>> expected = operands(batch);
      Step step =
          new Step(
              OpKey.builtin(OP),
              attributes,
              types(own),
              own,
              List.of(TensorType.unranked(DType.FLOAT32)));
      Kernel kernel = KernelRuns.kernel(provider, step);
      OpDefinition ownDefinition = OpDefinition.builtin(OP, REFERENCE.shapeRule(), kernel::run);
      for (int call = 0; call < 2; call++) {
        Tensor input = timeMajor ? random(call, 5, batch, DEPTH) : random(call, batch, 5, DEPTH);
        own.set(0, Optional.of(input));
        expected.set(0, Optional.of(input));
        check(
            DirectCall.evaluate(ownDefinition, attributes, own, step.resultTypes()).getFirst(),
            DirectCall.evaluate(REFERENCE, attributes, expected, step.resultTypes()).getFirst());
        check(own.get(OUTPUT_STATE).orElseThrow(), expected.get(OUTPUT_STATE).orElseThrow());
        check(own.get(CELL_STATE).orElseThrow(), expected.get(CELL_STATE).orElseThrow());
      }
    }
  }

  private static List<Optional<TensorType>> types(List<Optional<Tensor>> operands) {
    List<Optional<TensorType>> types = new ArrayList<>();
    operands.forEach(value -> types.add(value.map(Tensor::type)));
    types.set(0, Optional.of(TensorType.unranked(DType.FLOAT32)));
    return types;
  }

  private static void check(Tensor found, Tensor expected) {
    OpCaseComparison.check(found, expected, REFERENCE.accuracy(), false);
  }
}

package org.signet.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.op.Attributes;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

class SlabTransposeTest {
  private static final OpDefinition TRANSPOSE =
      OpDefinitions.standard().find(OpKey.builtin("TRANSPOSE")).orElseThrow();

  @ParameterizedTest
  @CsvSource({
    "700 1100, 1 0",
    "700 1100, 0 1",
    "3 3 256 300, 3 0 1 2",
    "3 3 256 300, -1 0 1 2",
    "64 1 128 90, 2 3 1 0",
    "3 400 700, 0 2 1",
    "900000, 0"
  })
  void slabsMakeUpTheWhole(String dims, String order) {
    int[] shape = ints(dims);
    Tensor axes = Tensor.of(ints(order));
    for (DType dtype : new DType[] {DType.FLOAT32, DType.INT8, DType.FLOAT64}) {
      Tensor weight = Tensor.zeros(dtype, shape);
      for (int i = 0; i < weight.size(); i++) {
        if (dtype.isFloating()) {
          weight.setDouble(i, i * 31 % 127);
        } else {
          weight.setLong(i, i * 31 % 127);
        }
      }
      Tensor expected = DirectCall.evaluate(TRANSPOSE, Attributes.NONE, weight, axes);
      MemorySegment from = ConstantData.bytesOf(weight);
      MemorySegment to = MemorySegment.ofArray(new byte[(int) from.byteSize()]);
      new SlabTranspose(TRANSPOSE, Attributes.NONE, axes).write(from, weight.type(), to);
      assertThat(to.mismatch(ConstantData.bytesOf(expected))).isEqualTo(-1);
    }
  }

  private static int[] ints(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}

package org.signet.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class JavaValuesTest {
  private static Tensor tensor(Object value, DType dtype, int... shape) {
    return JavaValues.tensor(value, TensorType.of(dtype, shape), "input 'x'");
  }

  @Test
  void readsArraysOfAnyRank() {
    Tensor cube =
        tensor(new float[][][] {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}, DType.FLOAT32, -1, 2, 2);
    assertThat(cube.shape()).containsExactly(2, 2, 2);
    assertThat(cube.floats()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(tensor(new boolean[] {true, false}, DType.BOOL, 2).bytes()).containsExactly(1, 0);
    assertThat(tensor(new long[0], DType.INT64, -1).size()).isZero();
    assertThat(tensor(new float[0][], DType.FLOAT32, -1, 3).shape()).containsExactly(0, 3);
    assertThat(tensor(5, DType.INT32).ints()).containsExactly(5);
  }

  @Test
  void readsStrings() {
    assertThat(tensor(new String[][] {{"a"}, {"ä"}}, DType.STRING, 2, 1).toString())
        .isEqualTo("string[2, 1] {\"a\", \"ä\"}");
    byte[] bytes = {(byte) 0xFF, 0};
    assertThat(tensor(new byte[][] {bytes}, DType.STRING, 1).strings()[0]).isEqualTo(bytes);
    assertThat(tensor("one", DType.STRING).getString(0)).isEqualTo("one");
  }

  @Test
  void readsBuffersInTheirOwnByteOrder() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(24).order(order);
      bytes.asFloatBuffer().put(new float[] {1, 2, 3, 4, 5, 6});
      Tensor tensor = tensor(bytes, DType.FLOAT32, -1, 3);
      assertThat(tensor.shape()).containsExactly(2, 3);
      assertThat(tensor.floats()).containsExactly(1, 2, 3, 4, 5, 6);

      ByteBuffer target = ByteBuffer.allocate(24).order(order);
      JavaValues.fill(target, tensor, "output 'y'");
      assertThat(target.flip()).isEqualTo(bytes);
    }
    FloatBuffer floats = FloatBuffer.wrap(new float[] {0, 1, 2}, 1, 2);
    assertThat(tensor(floats, DType.FLOAT32, -1).floats()).containsExactly(1, 2);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertFails(Code.WRONG_INPUT_TYPE, new double[2], DType.FLOAT32, 2);
    assertFails(Code.WRONG_INPUT_TYPE, "text", DType.FLOAT32);
    assertFails(Code.WRONG_INPUT_TYPE, new String[] {null}, DType.STRING, 1);
    assertFails(Code.WRONG_INPUT_SHAPE, new float[3], DType.FLOAT32, 2);
    assertFails(Code.WRONG_INPUT_SHAPE, new float[][] {{1}, {2, 3}}, DType.FLOAT32, 2, -1);
    assertFails(Code.WRONG_INPUT_SHAPE, FloatBuffer.allocate(5), DType.FLOAT32, -1, 3);
    assertFails(Code.WRONG_INPUT_SHAPE, ByteBuffer.allocate(5), DType.FLOAT32, -1);
    Tensor tensor = Tensor.of(new float[4], 2, 2);
    for (Object target :
        new Object[] {
          new float[4], new float[2][3], new int[2][2], FloatBuffer.allocate(3), "no"
        }) {
      assertThatThrownBy(() -> JavaValues.fill(target, tensor, "output 'y'"))
          .isInstanceOfSatisfying(
              SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_VALUE))
          .hasMessageContaining("output 'y' is float32[2, 2]");
    }
  }

  private static void assertFails(Code code, Object value, DType dtype, int... shape) {
    assertThatThrownBy(() -> tensor(value, dtype, shape))
        .isInstanceOfSatisfying(SignetException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("input 'x'");
  }

  @Test
  void fillsTheArraysOfTheCaller() {
    try (Interpreter interpreter = new Interpreter(RecordedCall.model("pass_through"))) {
      Map<String, Object> outputs = new LinkedHashMap<>();
      float[] one = new float[2];
      String[][] text = new String[2][2];
      outputs.put("one", one);
      outputs.put("text", text);
      interpreter.runSignature(Map.of("x", new float[] {1, 2}), outputs, "same");

      assertThat(one).containsExactly(2, 3);
      assertThat(text).isDeepEqualTo(new String[][] {{"one", ""}, {"drei", "ä"}});
      assertThatThrownBy(
              () -> interpreter.runSignature(Map.of("x", new float[1]), Map.of("y", one)))
          .hasMessageContainingAll("'y'", "'constant'");
    }
  }

  @Test
  void writesNumbersAsStringsAndBack() {
    try (Interpreter interpreter = new Interpreter(RecordedCall.model("strings"))) {
      String[] encoded = new String[3];
      interpreter.runSignature(
          Map.of("x", new float[] {1, 2, 3}), Map.of("encoded_result", encoded), "encode");
      float[] decoded = new float[3];
      interpreter.runSignature(Map.of("x", encoded), Map.of("decoded_result", decoded), "decode");

      assertThat(encoded).containsExactly("1.000000", "2.000000", "3.000000");
      assertThat(decoded).containsExactly(1, 2, 3);
    }
  }

  @Test
  void takesUnknownRanksFromTheValue() {
    TensorType any = TensorType.of(DType.STRING, Shape.unknownRank());
    Tensor tensor = JavaValues.tensor(new String[][] {{"a", "b"}}, any, "x");
    assertThat(tensor.shape()).containsExactly(1, 2);
    assertThat(new String(tensor.strings()[1], StandardCharsets.UTF_8)).isEqualTo("b");
  }
}

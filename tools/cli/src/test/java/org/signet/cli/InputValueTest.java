package org.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class InputValueTest {
  private static Tensor read(String text, DType dtype, Shape shape) {
    return InputValue.read("x", text, TensorType.of(dtype, shape));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10|INT64|int64[] {10}",
        "9223372036854775807|INT64|int64[] {9223372036854775807}",
        "18446744073709551615|UINT64|uint64[] {18446744073709551615}",
        "1e3|INT32|int32[] {1000}",
        "[255]|UINT8|uint8[1] {255}",
        "[[true], [false]]|BOOL|bool[2, 1] {true, false}",
        "[0.1]|FLOAT32|float32[1] {0.1}",
        "[NaN, Infinity, -Infinity]|FLOAT64|float64[3] {NaN, Infinity, -Infinity}",
        "[\"a\", \"ü\"]|STRING|string[2] {\"a\", \"ü\"}",
        "[1, '2']|STRING|string[2] {\"1\", \"2\"}",
        "[[], []]|FLOAT32|float32[2, 0] {}"
      })
  void readsEveryType(String text, DType dtype, String expected) {
    assertThat(read(text, dtype, Shape.unknownRank())).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3|[?, ?]|float32[1, 1]",
        "[]|[?, 4]|float32[0, 4]",
        "[]|[?, ?]|float32[0, 0]",
        "[[]]|[?, ?]|float32[1, 0]"
      })
  void fillsInTheRank(String text, String declared, String expected) {
    Shape shape = declared.contains("4") ? Shape.of(-1, 4) : Shape.ofRank(2);
    assertThat(read(text, DType.FLOAT32, shape).type()).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "256|UINT8",
        "-1|UINT8",
        "128|INT8",
        "1.5|INT32",
        "9223372036854775808|INT64",
        "true|INT32",
        "1|BOOL",
        "true|STRING",
        "{a: 1}|FLOAT32",
        "[1, [2]]|FLOAT32",
        "[[1], 2]|FLOAT32",
        "[[1], [2, 3]]|FLOAT32",
        "null|FLOAT32",
        "1 2|FLOAT32",
        "1|COMPLEX64",
        "[[1], []]|FLOAT32"
      })
  void refusesWhatDoesNotFit(String text, DType dtype) {
    assertThatThrownBy(() -> read(text, dtype, Shape.unknownRank()))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("SIG-0105 input 'x' ");
  }
}

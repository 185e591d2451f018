package org.signet.cli.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.signet.diag.SignetException;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class InputExpressionsTest {
  private static Tensor value(String expression) {
    return new InputExpressions("x=" + expression, 3).get("x");
  }

  /** What NumPy computes, written by {@code make_expressions.py}. */
  static List<String> expressions() throws IOException {
    try (InputStream file = InputExpressionsTest.class.getResourceAsStream("expressions.tsv")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void givesWhatNumpyGives(String line) {
    String[] fields = line.split("\t", -1);
    Tensor value = value(fields[0]);
    assertThat(value.dtype()).hasToString(fields[1]);
    assertThat(ints(fields[2], ",")).isEqualTo(value.shape());
    String[] numbers = fields[3].isEmpty() ? new String[0] : fields[3].split(" ", -1);
    assertThat(value.size()).isEqualTo(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      if (value.dtype().isFloating()) {
        double expected = Double.parseDouble(numbers[i].replace("inf", "Infinity"));
        assertThat(value.getDouble(i)).as("element %d", i).isEqualTo(expected);
      } else {
        String text =
            value.dtype() == DType.UINT64
                ? Long.toUnsignedString(value.getLong(i))
                : String.valueOf(value.getLong(i));
        assertThat(text).as("element %d", i).isEqualTo(numbers[i]);
      }
    }
  }

  private static int[] ints(String text, String separator) {
    return text.isEmpty()
        ? new int[0]
        : Arrays.stream(text.split(separator, -1)).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'a'|a",
        "\"it's\"|it's",
        "b'\\x41\\x42'|AB",
        "'a' 'b'|ab",
        "'\\u00fc'|ü",
        "'ü'|ü",
        "r'\\n'|\\n",
        "'a\\tb'|a\tb",
        "'a;b=c'|a;b=c"
      })
  void readsStrings(String expression, String expected) {
    assertThat(value(expression).getString(0)).isEqualTo(expected);
  }

  @Test
  void bytesNeedNotBeText() {
    assertThat(value("b'\\xff\\x00'").strings()[0]).containsExactly(0xff, 0);
    assertThat(value("[b'a', 'b']")).hasToString("string[2] {\"a\", \"b\"}");
  }

  @Test
  void readsSeveral() {
    InputExpressions several =
        new InputExpressions(" x = np.ones((2,3)); y:0=[[1,2],[3,4]] ; a/b = 'p;q';", 0);
    assertThat(several.names()).containsExactly("x", "y:0", "a/b");
    assertThat(several.get("y:0")).hasToString("int64[2, 2] {1, 2, 3, 4}");
    assertThat(several.get("a/b").getString(0)).isEqualTo("p;q");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "np.ones(2)|FLOAT32|float32[2] {1.0, 1.0}",
        "np.ones(2)|INT32|int32[2] {1, 1}",
        "[1, 2]|FLOAT32|float32[2] {1.0, 2.0}",
        "0.1|FLOAT32|float32[] {0.1}",
        "[True]|INT64|int64[1] {1}",
        "[0, 1]|BOOL|bool[2] {false, true}",
        "255|UINT8|uint8[] {255}",
        "18446744073709551615|UINT64|uint64[] {18446744073709551615}"
      })
  void becomesWhatTheInputIs(String expression, DType dtype, String expected) {
    TensorType type = TensorType.of(dtype, Shape.unknownRank());
    assertThat(new InputExpressions("x=" + expression, 0).get("x", type)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5|INT32|1.5, which is no int32",
        "256|UINT8|256, which is no uint8",
        "-1|UINT8|-1, which is no uint8",
        "-1|UINT64|-1, which is no uint64",
        "18446744073709551615|INT64|18446744073709551615, which is no int64",
        "2|BOOL|2, which is no bool",
        "np.nan|INT32|NaN",
        "[\"a\"]|FLOAT32|strings and numbers",
        "1|STRING|strings and numbers",
        "1|RESOURCE|no expression gives a resource"
      })
  void neverBecomesAnotherNumber(String expression, DType dtype, String problem) {
    TensorType type = TensorType.of(dtype, Shape.unknownRank());
    InputExpressions expressions = new InputExpressions("x=" + expression, 0);
    assertThatThrownBy(() -> expressions.get("x", type))
        .isInstanceOf(SignetException.class)
        .hasMessageContainingAll("input 'x'", problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "x|1|NAME=EXPRESSION",
        "|1|NAME=EXPRESSION",
        "x=1;;|5|NAME=EXPRESSION",
        "=1|1|a name is missing",
        "x=1;x=2|5|'x' is given twice",
        "x=|3|a value is missing",
        "x=[1,2|7|']' is missing",
        "x=(1,2|7|')' is missing",
        "x=[1 2]|6|']' is missing",
        "x=1 2|5|should have ended",
        "x=np.onse((2,3))|6|there is no np.onse",
        "x=np.random.shuffle(1)|13|there is no np.random.shuffle",
        "x=np.load('f')|6|there is no np.load",
        "x=np.ones|6|np.ones is a function",
        "x=np|3|'np' is not known",
        "x=__import__('os').system('ls')|3|this can't be called",
        "x=os.system('ls')|3|'os' is not known",
        "x=open('f')|3|this can't be called",
        "x=[1][0]|6|indices are not allowed",
        "x={1:2}|3|'{' has no meaning",
        "x=2**3|5|a value is missing",
        "x=1//2|5|a value is missing",
        "x=lambda: 1|9|':' has no meaning",
        "x=1j|3|this is no number",
        "x=012|3|must not start with 0",
        "x=1__|3|this is no number",
        "x='a|3|does not end",
        "x='\\q'|4|escape is unknown",
        "x='\\x4'|4|2 hexadecimal digits",
        "x=1/0|4|divides by zero",
        "x=[1]+[2]|6|np.array(...)",
        "x='a'+'b'|6|no arithmetic on strings",
        "x=[[1],[2,3]]|3|rows of different lengths",
        "x=[[1],2]|3|rows of different lengths",
        "x=['a',1]|3|don't go together",
        "x=99999999999999999999|3|more than 64 bits",
        "x=np.ones(2)+np.ones(3)|13|don't broadcast",
        "x=np.ones(-1)|6|there is no size -1",
        "x=np.ones(1.5)|6|an integer is wanted",
        "x=np.ones((100000,100000))|6|more than 268435456 elements",
        "x=np.ones(2,3,4)|6|takes 2 arguments",
        "x=np.ones(2,order='C')|6|takes no argument 'order'",
        "x=np.ones(2,shape=3)|6|'shape' twice",
        "x=np.ones(shape=2,shape=3)|19|'shape' is given twice",
        "x=np.ones(2,dtype='float33')|6|must be a type",
        "x=np.full(3)|6|needs 'fill_value'",
        "x=np.arange(0,1,0)|6|has no end",
        "x=np.float32|6|a type is no value",
        "x=np.arange(6).reshape(4,2)|16|another number of elements",
        "x=np.arange(6).reshape(-1,-1)|16|only one size",
        "x=np.arange(6).sum()|16|there is no .sum",
        "x=[1].astype(np.float32)|7|use np.array(...)",
        "x=np.ones(2).astype()|14|needs a type",
        "x=np.array([True])-np.array([True])|19|can't be subtracted",
        "x=np.array([1],np.int8)+300|24|300, which is no int8",
        "x=np.random.randint(5,5)|13|low < high"
      })
  void saysWhatIsWrongAndWhere(String text, int column, String problem) {
    assertThatThrownBy(() -> new InputExpressions(text == null ? "" : text, 0))
        .isInstanceOf(SignetException.class)
        .hasMessageContainingAll("column " + column + ",", problem);
  }

  @Test
  void deepNestingIsRefused() {
    for (String open : List.of("[", "(", "-", "np.ones(", "1+(")) {
      assertThatThrownBy(() -> new InputExpressions("x=" + open.repeat(100_000), 0))
          .as(open)
          .isInstanceOf(SignetException.class)
          .hasMessageContaining("too");
    }
  }
}

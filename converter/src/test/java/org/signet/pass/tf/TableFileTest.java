package org.signet.pass.tf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** What TensorFlow 2.21 makes of the same files. */
class TableFileTest {
  private static final int WHOLE = -2;
  private static final int LINE = -1;

  private static Attributes columns(int key, int value) {
    return Attributes.of("key_index", key, "value_index", value).with("delimiter", ",");
  }

  private static List<String> parse(String content, DType key, DType value, Attributes attributes) {
    TableFile file = new TableFile("file", attributes, Origin.NONE);
    TableEntries entries = file.parse(content.getBytes(StandardCharsets.UTF_8), key, value);
    return IntStream.range(0, entries.keys().size())
        .mapToObj(i -> text(entries.keys(), i) + "=" + text(entries.values(), i))
        .toList();
  }

  private static String text(Tensor tensor, int i) {
    return switch (tensor.dtype()) {
      case STRING -> tensor.getString(i);
      case FLOAT32, FLOAT64 -> String.valueOf(tensor.getDouble(i));
      default -> String.valueOf(tensor.getLong(i));
    };
  }

  private static List<String> words(String content, Attributes attributes) {
    return parse(content, DType.STRING, DType.INT64, attributes);
  }

  @Test
  void aLineEndsWithOneCarriageReturnAtMost() {
    assertThat(words("a\r\nb\rx\nc\n", columns(WHOLE, LINE)))
        .containsExactly("a=0", "b\rx=1", "c=2");
    assertThat(words("a\r\r\nb\r", columns(WHOLE, LINE))).containsExactly("a\r=0", "b=1");
  }

  @Test
  void sizeAndOffset() {
    Attributes two = columns(WHOLE, LINE).with("vocab_size", 2);
    assertThat(words("a\nb\nc\n", two)).containsExactly("a=0", "b=1");
    assertThat(words("a\nb", columns(WHOLE, LINE).with("offset", 10)))
        .containsExactly("a=10", "b=11");
    assertThatThrownBy(() -> words("a\n", two))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("1 lines, not 2");
  }

  /** The offset counts for line numbers and int32 columns only. */
  @Test
  void columnsOfNumbers() {
    String file = "x,1,q\ny,2\n";
    Attributes shifted = columns(0, 1).with("offset", 7);
    assertThat(parse(file, DType.STRING, DType.INT32, shifted)).containsExactly("x=8", "y=9");
    assertThat(parse(file, DType.STRING, DType.INT64, shifted)).containsExactly("x=1", "y=2");
    assertThat(parse(" 3 ,x\n+4,y\n", DType.INT64, DType.STRING, columns(0, 1)))
        .containsExactly("3=x", "4=y");
    assertThat(parse("x,1.5\ny, 2e3 \n", DType.STRING, DType.FLOAT32, columns(0, 1)))
        .containsExactly("x=1.5", "y=2000.0");
    assertThat(parse("1,0x1p3\n2,inf\n3,1e400\n", DType.INT32, DType.FLOAT64, columns(0, 1)))
        .containsExactly("1=8.0", "2=Infinity", "3=Infinity");
    assertThat(parse("3,,x\n,,y\n", DType.STRING, DType.STRING, columns(0, 2)))
        .containsExactly("3=x", "=y");
  }

  @Test
  void wholeLinesAreNumbers() {
    assertThat(parse("10\n20\n", DType.INT64, DType.INT64, columns(WHOLE, LINE)))
        .containsExactly("10=0", "20=1");
  }

  @Test
  void whatDoesNotParse() {
    for (String file : List.of("x,1\ny\n", "x,zz\n", "x,0x10\n", "x,1e2\n", "x,1\n\n")) {
      assertThatThrownBy(() -> parse(file, DType.STRING, DType.INT64, columns(0, 1)))
          .as(file)
          .isInstanceOf(SignetException.class);
    }
    assertThatThrownBy(() -> words("", columns(WHOLE, LINE))).isInstanceOf(SignetException.class);
    assertThatThrownBy(() -> parse("1,1f\n", DType.INT32, DType.FLOAT64, columns(0, 1)))
        .isInstanceOf(SignetException.class);
    assertThatThrownBy(() -> parse("a,true\n", DType.STRING, DType.BOOL, columns(0, 1)))
        .isInstanceOf(SignetException.class);
    assertThatThrownBy(() -> parse("a\n", DType.STRING, DType.INT32, columns(WHOLE, LINE)))
        .isInstanceOf(SignetException.class);
  }

  @Test
  void aKeyHasOneValue() {
    Tensor keys = Tensor.of(new long[] {3, 4, 3});
    Tensor same = Tensor.of(new String[] {"x", "y", "x"});
    TableEntries entries = new TableEntries(keys, same).distinct("t", Origin.NONE);
    assertThat(entries.keys().longs()).containsExactly(3, 4);
    Tensor other = Tensor.of(new String[] {"x", "y", "z"});
    assertThatThrownBy(() -> new TableEntries(keys, other).distinct("t", Origin.NONE))
        .isInstanceOf(SignetException.class)
        .hasMessageContaining("two values");
  }
}

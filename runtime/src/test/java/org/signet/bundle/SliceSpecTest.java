package org.signet.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.type.DType;
import org.signet.type.Shape;

class SliceSpecTest {
  /** {@code [[0, 1, 2], [3, 4, 5]]}. */
  private static final BundleTensor WHOLE =
      new BundleTensor(
          DType.INT32,
          Shape.of(2, 3),
          new BundleTensor.Data.Raw(MemorySegment.ofArray(new int[] {0, 1, 2, 3, 4, 5})));

  private static int[] values(BundleTensor tensor) {
    return ((BundleTensor.Data.Raw) tensor.data()).bytes().toArray(ValueLayout.JAVA_INT_UNALIGNED);
  }

  @Test
  void takesRows() {
    BundleTensor part = new SliceSpec("2 3 1,1:-").of(WHOLE);

    assertThat(part.shape()).isEqualTo(Shape.of(1, 3));
    assertThat(values(part)).containsExactly(3, 4, 5);
  }

  @Test
  void takesColumns() {
    BundleTensor part = new SliceSpec("2 3 -:1,2").of(WHOLE);

    assertThat(part.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(values(part)).containsExactly(1, 2, 4, 5);
  }

  @Test
  void takesAllWithoutASpec() {
    assertThat(SliceSpec.WHOLE.of(WHOLE)).isSameAs(WHOLE);
  }

  @Test
  void takesStrings() {
    List<byte[]> texts = List.of(new byte[] {1}, new byte[] {2}, new byte[] {3});
    BundleTensor whole =
        new BundleTensor(DType.STRING, Shape.of(3), new BundleTensor.Data.Strings(texts));

    BundleTensor part = new SliceSpec("3 1,2").of(whole);

    assertThat(((BundleTensor.Data.Strings) part.data()).values())
        .containsExactly(new byte[] {2}, new byte[] {3});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2 3 1,2:-",
        "2 3 -1,1:-",
        "2 3 0,-1:-",
        "3 3 0,1:-",
        "2 3 0,1",
        "2 3 x:-",
        "2 3 ",
        "0,1:-",
        "2 3 2147483647,2147483647:-",
        "2 3 0:-",
        "2 3 -:-:-"
      })
  void refusesWhatIsNoPart(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SliceSpec(text).of(WHOLE));
  }
}

package org.signet.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Expected keys are read off indexes that TensorFlow 2.21 wrote, unless a test says otherwise. */
class SliceKeyTest {

  @Test
  void smallNumbers() {
    assertThat(hex("s/w", new int[] {3, 0}, new int[] {2, 2}))
        .isEqualTo("00732f770001" + "0102" + "8382" + "8082");
  }

  @Test
  void wholeDimension() {
    assertThat(hex("rows", new int[] {3, 0}, new int[] {2, SliceKey.FULL}))
        .isEqualTo("00726f77730001" + "0102" + "8382" + "807f");
  }

  @Test
  void numbersFrom64TakeTwoBytes() {
    assertThat(hex("long", new int[] {50}, new int[] {100}))
        .isEqualTo("006c6f6e670001" + "0101" + "b2" + "c064");
  }

  @Test
  void numbersFrom8192TakeThreeBytes() {
    assertThat(hex("long", new int[] {150}, new int[] {8500}))
        .isEqualTo("006c6f6e670001" + "0101" + "c096" + "e02134");
  }

  /** By the rule: five bytes, so five ones before the number's bits. */
  @Test
  void largestNumber() {
    assertThat(hex("x", new int[] {0}, new int[] {Integer.MAX_VALUE}))
        .isEqualTo("00780001" + "0101" + "80" + "f87fffffff");
  }

  /** By the rule: 0 is the number of no bytes. */
  @Test
  void scalar() {
    assertThat(hex("x", new int[0], new int[0])).isEqualTo("0078000100");
  }

  /** By the rule; TensorFlow's names are UTF-8, where no byte is ff. */
  @Test
  void escapesZeroBytes() {
    assertThat(hex("a\0b", new int[0], new int[0])).isEqualTo("006100ff62000100");
  }

  private static String hex(String name, int[] starts, int[] lengths) {
    return HexFormat.of().formatHex(SliceKey.of(name, starts, lengths));
  }
}

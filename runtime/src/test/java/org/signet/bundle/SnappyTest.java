package org.signet.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.diag.SignetException;

class SnappyTest {

  @ParameterizedTest
  @CsvSource({
    "00, ''", // nothing
    "03 08 616263, abc", // literal
    "03 f0 02 616263, abc", // literal with its length in one byte
    "03 f4 0200 616263, abc", // in two
    "03 f8 020000 616263, abc", // in three
    "03 fc 02000000 616263, abc", // in four
    "08 0c 61626364 01 04, abcdabcd", // copy of 4, distance in 11 bits
    "07 08 616263 0e 0300, abcabca", // copy of 4, distance in 16 bits
    "05 08 616263 07 03000000, abcab", // copy of 2, distance in 32 bits
    "06 00 61 05 01, aaaaaa", // overlapping copy of 5
  })
  void decompresses(String hex, String text) {
    assertThat(decompress(hex)).isEqualTo(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void copiesFromFarBack() {
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    byte[] literal = new byte[1100];
    literal[0] = 7;
    in.writeBytes(TestBundle.varint(1104).toByteArray());
    in.write(0xf4);
    in.write(1099 & 0xff);
    in.write(1099 >> 8);
    in.writeBytes(literal);
    in.write(1 | ((1100 >> 8) << 5)); // 4 bytes from a distance of 1100
    in.write(1100 & 0xff);
    Region out = Snappy.decompress(TestBundle.region(in.toByteArray()));
    assertThat(out.bytes().get(ValueLayout.JAVA_BYTE, 1100)).isEqualTo((byte) 7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no size
        "03", // nothing follows
        "03 08 6162", // literal cut off
        "02 08 616263", // more than announced
        "04 08 616263", // less than announced
        "07 08 616263 01 00", // distance 0
        "07 08 616263 01 04", // from before the start
        "07 08 616263 0e 03", // cut off in a copy
        "ffffffff07 08 616263", // claims 2 GB
        "ffffffff0f 08 616263", // claims 4 GB
        "05 fc ffffffff 61", // literal of 4 GB
        "05 08 616263 ff ffffffff", // distance of 4 GB
      })
  void refuses(String hex) {
    assertThatThrownBy(() -> decompress(hex)).isInstanceOf(SignetException.class);
  }

  private static byte[] decompress(String hex) {
    byte[] in = HexFormat.of().parseHex(hex.replace(" ", ""));
    return Snappy.decompress(TestBundle.region(in)).bytes().toArray(ValueLayout.JAVA_BYTE);
  }
}

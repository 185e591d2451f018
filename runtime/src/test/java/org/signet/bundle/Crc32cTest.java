package org.signet.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class Crc32cTest {

  @Test
  void matchesTheCheckValueOfCastagnoli() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(Crc32c.masked(MemorySegment.ofArray(digits))).isEqualTo(Crc32c.mask(0xe3069283));
  }

  @Test
  void matchesRfc3720() {
    assertThat(Crc32c.masked(MemorySegment.ofArray(new byte[32])))
        .isEqualTo(Crc32c.mask(0x8a9136aa));
  }

  @Test
  void masks() {
    assertThat(Crc32c.mask(0)).isEqualTo(0xa282ead8);
    assertThat(Crc32c.mask(0x00018000)).isEqualTo(0xa282eadb);
  }

  @Test
  void takesMoreThanOneChunk() {
    byte[] bytes = new byte[(9 << 20) + 3];
    new Random(1).nextBytes(bytes);
    CRC32C whole = new CRC32C();
    whole.update(bytes);
    assertThat(Crc32c.masked(MemorySegment.ofArray(bytes)))
        .isEqualTo(Crc32c.mask((int) whole.getValue()));
  }
}

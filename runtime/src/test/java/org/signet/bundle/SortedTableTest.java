package org.signet.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.signet.bundle.TestBundle.key;

import com.google.protobuf.ByteString;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

class SortedTableTest {
  private static final ByteString VALUE = key("value");

  @Test
  void readsManyBlocks() {
    List<Map<ByteString, ByteString>> blocks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Map<ByteString, ByteString> rows = new LinkedHashMap<>();
      for (int k = 0; k < 40; k++) {
        rows.put(key("k%04d".formatted(i * 40 + k)), key("v" + (i * 40 + k)));
      }
      blocks.add(rows);
    }
    SortedTable table = read(TestBundle.table(blocks));
    assertThat(table.rows()).hasSize(2000);
    for (int i = 0; i < 2000; i++) {
      assertThat(value(table, "k%04d".formatted(i))).isEqualTo("v" + i);
    }
    assertThat(find(table, "k")).isEmpty();
    assertThat(find(table, "k00005")).isEmpty();
    assertThat(find(table, "z")).isEmpty();
  }

  @Test
  void keysSortAsUnsignedBytes() {
    ByteString low = ByteString.fromHex("7f");
    ByteString high = ByteString.fromHex("80");
    Map<ByteString, ByteString> rows = new LinkedHashMap<>();
    rows.put(low, VALUE);
    rows.put(high, VALUE);
    SortedTable table = read(TestBundle.table(List.of(rows)));
    assertThat(table.rows())
        .extracting(row -> ByteString.copyFrom(row.key()))
        .containsExactly(low, high);
    assertThat(table.find(high.toByteArray())).isPresent();
  }

  @Test
  void emptyTable() {
    assertThat(read(TestBundle.table(List.of())).rows()).isEmpty();
  }

  @Test
  void refusesKeysOutOfOrder() {
    Map<ByteString, ByteString> rows = new LinkedHashMap<>();
    rows.put(key("b"), VALUE);
    rows.put(key("a"), VALUE);
    refused(TestBundle.table(List.of(rows)), "not in order");
  }

  @Test
  void refusesTheSameKeyInTwoBlocks() {
    refused(
        TestBundle.table(List.of(Map.of(key("a"), VALUE), Map.of(key("a"), VALUE))),
        "not in order");
  }

  @Test
  void refusesTheSameBlockTwice() {
    byte[] block = TestBundle.block(Collections.emptyMap());
    TreeMap<ByteString, ByteString> handles =
        new TreeMap<>(ByteString.unsignedLexicographicalComparator());
    handles.put(key("a"), TestBundle.handle(0, block.length));
    handles.put(key("b"), TestBundle.handle(0, block.length));
    refused(TestBundle.table(List.of(block), handles), "overlaps");
  }

  @Test
  void refusesHandlesOutsideOfTheFile() {
    for (long offset : new long[] {10, 1L << 40, Long.MAX_VALUE}) {
      for (long size : new long[] {1L << 40, Long.MAX_VALUE}) {
        refused(
            TestBundle.table(List.of(), Map.of(key("a"), TestBundle.handle(offset, size))),
            "is not within");
      }
    }
  }

  /**
   * Each key is the one before and a byte more: a megabyte of rows would make gigabytes of keys.
   */
  @Test
  void refusesKeysThatShareWithoutEnd() {
    Map<ByteString, ByteString> rows = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      rows.put(ByteString.copyFrom(new byte[i]), ByteString.EMPTY);
    }
    refused(TestBundle.table(List.of(rows)), "share more than they can");
  }

  @Test
  void tellsOfADamagedBlock() {
    byte[] table = TestBundle.table(List.of(Map.of(key("a"), VALUE)));
    table[5] ^= 1;
    assertThatThrownBy(() -> read(table))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.CHECKSUM_MISMATCH))
        .hasMessageContaining("test is damaged: the checksum of the 18 bytes at byte 0 is");
  }

  private static SortedTable read(byte[] table) {
    return SortedTable.read(TestBundle.region(table));
  }

  private static Optional<Region> find(SortedTable table, String key) {
    return table.find(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String value(SortedTable table, String key) {
    return new String(
        find(table, key).orElseThrow().bytes().toArray(ValueLayout.JAVA_BYTE),
        StandardCharsets.UTF_8);
  }

  private static void refused(byte[] table, String why) {
    assertThatThrownBy(() -> read(table))
        .isInstanceOfSatisfying(
            SignetException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED_CHECKPOINT))
        .hasMessageContaining(why);
  }
}

package org.signet.op.flex.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The scripts of characters by ICU's numbers, from a table: those of the JDK belong to another
 * version of Unicode. {@code make/unicode_scripts.py} writes it.
 */
final class UnicodeScripts {
  private static final NavigableMap<Integer, Integer> RUNS = read("unicode_scripts.tsv");

  private UnicodeScripts() {}

  private static NavigableMap<Integer, Integer> read(String resource) {
    try (InputStream in = UnicodeScripts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      NavigableMap<Integer, Integer> runs = new TreeMap<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          runs.put(
              Integer.parseInt(line.substring(0, tab), 16),
              Integer.parseInt(line.substring(tab + 1)));
        }
      }
      return runs;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + resource, e);
    }
  }

  /** The number of a code point's script; −1 if it is none. */
  static int number(int codePoint) {
    Map.Entry<Integer, Integer> run = RUNS.floorEntry(codePoint);
    return run == null || codePoint > Character.MAX_CODE_POINT ? -1 : run.getValue();
  }
}

package org.signet.schema.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The definitions of TensorFlow's ops, by name: all that TensorFlow 2.21 registers, and those of
 * other libraries that Flex may run.
 *
 * <p>The resource {@code tf_ops.tsv} has a line an op, sorted by name, in which an op is found by
 * halving: nothing is indexed beforehand.
 */
public final class TfOpCatalog {
  private final byte[] text;
  private final Map<String, TfOpDef> parsed = new ConcurrentHashMap<>();

  private TfOpCatalog(byte[] text) {
    this.text = text;
  }

  /** The catalog of TensorFlow 2.21. */
  public static TfOpCatalog standard() {
    return Standard.CATALOG;
  }

  /** The op of that name. */
  public Optional<TfOpDef> find(String name) {
    TfOpDef known = parsed.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    int start = search(name);
    if (start < 0) {
      return Optional.empty();
    }
    TfOpDef op = TfOpParser.parse(line(start));
    TfOpDef earlier = parsed.putIfAbsent(name, op);
    return Optional.of(earlier == null ? op : earlier);
  }

  /**
   * The op of that name, which the caller knows to exist.
   *
   * @throws IllegalArgumentException if there is none
   */
  public TfOpDef get(String name) {
    Optional<TfOpDef> op = find(name);
    if (op.isEmpty()) {
      throw new IllegalArgumentException("no TensorFlow op is called " + name);
    }
    return op.get();
  }

  /** The names of all ops, sorted. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int start = 0; start < text.length; start = lineEnd(start) + 1) {
      names.add(Lines.before(line(start), '\t'));
    }
    return names;
  }

  /** Where the line of that name starts, -1 if there is none. */
  private int search(String name) {
    int low = 0;
    int high = text.length;
    while (low < high) {
      int start = (low + high) >>> 1;
      while (start > low && text[start - 1] != '\n') {
        start--;
      }
      int order = compare(name, start);
      if (order == 0) {
        return start;
      }
      if (order < 0) {
        high = start;
      } else {
        low = lineEnd(start) + 1;
      }
    }
    return -1;
  }

  private int compare(String name, int start) {
    for (int i = 0; i < name.length(); i++) {
      if (text[start + i] == '\t') {
        return 1;
      }
      int order = name.charAt(i) - text[start + i];
      if (order != 0) {
        return order;
      }
    }
    return text[start + name.length()] == '\t' ? 0 : -1;
  }

  private int lineEnd(int start) {
    int end = start;
    while (text[end] != '\n') {
      end++;
    }
    return end;
  }

  private String line(int start) {
    return new String(text, start, lineEnd(start) - start, StandardCharsets.US_ASCII);
  }

  private static final class Standard {
    static final TfOpCatalog CATALOG = new TfOpCatalog(Lines.bytes("tf_ops.tsv"));
  }
}

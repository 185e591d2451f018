package org.signet.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names like one that there is not. */
final class NearNames {
  private static final int MOST = 5;

  private NearNames() {}

  /** A name and how far it is from the one that was wanted. */
  private record Near(String name, int distance) {}

  /**
   * At most five names that are within a third of the wanted one's letters of it, or end as it does
   * under another scope; nearest first.
   */
  static List<String> of(String wanted, Collection<String> names) {
    int most = Math.max(1, wanted.length() / 3);
    return names.stream()
        .map(name -> new Near(name, distance(wanted, name, most)))
        .filter(near -> near.distance <= most)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(MOST)
        .map(Near::name)
        .toList();
  }

  private static int distance(String wanted, String name, int most) {
    if (name.equalsIgnoreCase(wanted)) {
      return 0;
    }
    if (name.endsWith("/" + wanted) || wanted.endsWith("/" + name)) {
      return 1;
    }
    return Math.abs(name.length() - wanted.length()) > most
        ? most + 1
        : edits(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
  }

  /** Letters to insert, delete or replace to make {@code b} of {@code a} (Levenshtein). */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

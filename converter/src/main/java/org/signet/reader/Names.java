package org.signet.reader;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists of names for messages. */
final class Names {
  private static final int MOST = 20;

  private Names() {}

  /** The first of them, and how many more there are. */
  static String some(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String first =
        names.stream().limit(MOST).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    int more = names.size() - MOST;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}

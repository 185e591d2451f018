package org.signet.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.signet.golden.JsonText;

/** What {@code inspect} prints: text for people, and the same for programs. */
final class Inspection {
  /** Longer lists are cut, for people. */
  private static final int MOST_ROWS = 30;

  private final Set<InspectSection> wanted;
  private final boolean all;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, Object> json = new LinkedHashMap<>();

  /**
   * @param wanted what to show
   * @param all whether to show long lists whole
   */
  Inspection(Set<InspectSection> wanted, boolean all) {
    this.wanted = wanted;
    this.all = all;
  }

  static Inspection of(Arguments arguments) {
    return new Inspection(
        InspectSection.parse(arguments.values(Flags.SHOW)), arguments.has(Flags.ALL));
  }

  boolean wants(InspectSection section) {
    return wanted.contains(section);
  }

  void line(String line) {
    text.append(line).append('\n');
  }

  /** An empty line, unless there is one already. */
  void gap() {
    if (!text.isEmpty() && !text.toString().endsWith("\n\n")) {
      text.append('\n');
    }
  }

  /** A title and rows of aligned columns; nothing if there are none. */
  void table(String title, List<String[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    line(title);
    int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    Table table = new Table(new boolean[columns]);
    int shown = all ? rows.size() : Math.min(rows.size(), MOST_ROWS);
    rows.subList(0, shown).forEach(row -> table.row(indented(row)));
    text.append(table);
    if (shown < rows.size()) {
      line("  ... and " + (rows.size() - shown) + " more; --all shows them");
    }
    gap();
  }

  /** As {@link #table}, but whole; a row of one cell may be of any width. */
  void block(String title, List<String[]> rows) {
    line(title);
    Table table = new Table(new boolean[4]);
    rows.stream().filter(row -> row.length > 1).forEach(row -> table.row(indented(row)));
    text.append(table);
    rows.stream().filter(row -> row.length == 1).forEach(row -> line("  " + row[0]));
    gap();
  }

  /** {@code ADD, MUL x2}. */
  static String counted(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + (count.getValue() == 1 ? "" : " x" + count.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String[] indented(String... row) {
    String[] cells = row.clone();
    cells[0] = "  " + cells[0];
    return cells;
  }

  void put(String name, Object value) {
    json.put(name, value);
  }

  void print(Arguments arguments) {
    String printed = arguments.json() ? JsonText.of(json) : text.toString().stripTrailing() + "\n";
    arguments.out().print(printed);
  }
}

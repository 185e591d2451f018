package org.signet.diag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Diagnostics as text: one line each, those that differ in place and reason alone on one line
 * together, and never more lines than anybody would read.
 */
public final class DiagnosticLines {
  /** As many lines are read, whatever the model. */
  public static final int MOST_LINES = 40;

  private static final int MOST_PLACES = 3;
  private static final int MOST_REASONS = 3;

  private DiagnosticLines() {}

  /**
   * The lines, at most {@link #MOST_LINES}.
   *
   * @param complete where all of them are to be had, in words, for the line that stands for the
   *     rest
   */
  public static List<String> of(List<Diagnostic> diagnostics, String complete) {
    return of(diagnostics, MOST_LINES, complete);
  }

  static List<String> of(List<Diagnostic> diagnostics, int most, String complete) {
    Map<Diagnostic, List<Diagnostic>> groups = new LinkedHashMap<>();
    for (Diagnostic diagnostic : diagnostics) {
      groups.computeIfAbsent(kind(diagnostic), same -> new ArrayList<>()).add(diagnostic);
    }
    List<List<Diagnostic>> all = List.copyOf(groups.values());
    int shown = all.size() <= most ? all.size() : most - 1;
    List<String> lines = new ArrayList<>();
    all.subList(0, shown).forEach(group -> lines.add(line(group)));
    if (shown < all.size()) {
      lines.add(rest(all.subList(shown, all.size()), complete));
    }
    return lines;
  }

  /** What diagnostics of one line have in common. */
  private static Diagnostic kind(Diagnostic diagnostic) {
    Diagnostic anywhere = diagnostic.at(Origin.NONE);
    return anywhere
        .refused()
        .map(op -> anywhere.refusing(new RefusedOp(op.name(), List.of())))
        .orElse(anywhere);
  }

  private static String line(List<Diagnostic> group) {
    Diagnostic first = group.getFirst();
    StringBuilder text = new StringBuilder(prefix(first.severity()));
    text.append(first.code()).append(' ').append(first.message());
    String reasons = reasons(group);
    text.append(reasons.isEmpty() ? "" : ": ").append(reasons);
    String places = places(group);
    text.append(places.isEmpty() ? "" : " (" + places + ")");
    first.hints().forEach(hint -> text.append("; ").append(hint));
    return ReadableText.of(text.toString());
  }

  private static String prefix(Severity severity) {
    return switch (severity) {
      case ERROR -> "";
      case WARNING -> "warning: ";
      case INFO -> "note: ";
    };
  }

  private static String reasons(List<Diagnostic> group) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Diagnostic diagnostic : group) {
      diagnostic
          .refused()
          .map(RefusedOp::reasons)
          .filter(reasons -> !reasons.isEmpty())
          .ifPresent(reasons -> counts.merge(reasons, 1, Integer::sum));
    }
    List<String> texts = new ArrayList<>();
    counts.forEach(
        (reasons, count) -> texts.add(counts.size() == 1 ? reasons : reasons + " [" + count + "]"));
    if (texts.size() > MOST_REASONS) {
      int more = texts.size() - MOST_REASONS;
      texts.subList(MOST_REASONS, texts.size()).clear();
      texts.add(more + " reasons more");
    }
    return String.join(", ", texts);
  }

  private static String places(List<Diagnostic> group) {
    List<String> places =
        group.stream()
            .flatMap(diagnostic -> diagnostic.origin().describe().stream())
            .limit(MOST_PLACES)
            .toList();
    String text = String.join("; ", places);
    if (group.size() == 1) {
      return text;
    }
    String which = places.isEmpty() ? "" : places.size() == group.size() ? ": " : ", first ";
    return group.size() + " times" + which + text;
  }

  private static String rest(List<List<Diagnostic>> groups, String complete) {
    Severity worst =
        groups.stream().map(group -> group.getFirst().severity()).max(Severity::compareTo).get();
    int count = groups.stream().mapToInt(List::size).sum();
    return String.format(
        Locale.ROOT,
        "%s%s and %d more of %d other kinds; %s",
        prefix(worst),
        groups.getFirst().getFirst().code(),
        count,
        groups.size(),
        complete);
  }
}

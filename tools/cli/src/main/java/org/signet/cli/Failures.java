package org.signet.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.Severity;
import org.signet.diag.SignetException;
import org.signet.golden.JsonText;

/**
 * Prints diagnostics: one line each, those that differ in their place alone on one line together.
 */
final class Failures {
  private static final int MOST_PLACES = 3;

  private Failures() {}

  static void print(SignetException failure, boolean json, PrintStream out, PrintStream err) {
    if (json) {
      out.print(JsonText.of(Map.of("errors", json(failure.diagnostics()))));
    }
    print(failure.diagnostics(), err);
  }

  static void print(List<Diagnostic> diagnostics, PrintStream err) {
    for (String line : lines(diagnostics)) {
      err.println("signet: " + line);
    }
  }

  /** What is known of a bug, on one line. */
  static String bug(Throwable bug) {
    String message = String.valueOf(bug.getMessage()).replace('\n', ' ');
    return "signet: "
        + Code.BUG
        + " a bug of signet: "
        + bug.getClass().getSimpleName()
        + ": "
        + message
        + "; run it again with --debug to see the stack trace, and report it";
  }

  /** Diagnostics that have all but the place in common make one line. */
  static List<String> lines(List<Diagnostic> diagnostics) {
    Map<Diagnostic, List<Origin>> groups = new LinkedHashMap<>();
    for (Diagnostic diagnostic : diagnostics) {
      groups
          .computeIfAbsent(diagnostic.at(Origin.NONE), same -> new ArrayList<>())
          .add(diagnostic.origin());
    }
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Diagnostic, List<Origin>> group : groups.entrySet()) {
      lines.add(line(group.getKey(), group.getValue()));
    }
    return lines;
  }

  private static String line(Diagnostic diagnostic, List<Origin> places) {
    StringBuilder text = new StringBuilder();
    if (diagnostic.severity() != Severity.ERROR) {
      text.append(diagnostic.severity() == Severity.WARNING ? "warning: " : "note: ");
    }
    text.append(diagnostic.code()).append(' ').append(diagnostic.message());
    String known = places(places);
    if (!known.isEmpty()) {
      text.append(" (").append(known).append(')');
    }
    for (String hint : diagnostic.hints()) {
      text.append("; ").append(hint);
    }
    return text.toString().replace('\n', ' ');
  }

  private static String places(List<Origin> places) {
    StringBuilder text = new StringBuilder();
    int shown = 0;
    for (Origin place : places) {
      String described = place.describe().orElse("");
      if (!described.isEmpty() && shown < MOST_PLACES) {
        text.append(shown == 0 ? "" : "; ").append(described);
        shown++;
      }
    }
    if (places.size() == 1) {
      return text.toString();
    }
    String which = shown == places.size() ? ": " : ", first ";
    return places.size() + " times" + (shown == 0 ? "" : which) + text;
  }

  /** The diagnostics for a report. */
  static List<Map<String, Object>> json(List<Diagnostic> diagnostics) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("code", diagnostic.code().toString());
      members.put("severity", diagnostic.severity().name().toLowerCase(java.util.Locale.ROOT));
      members.put("message", diagnostic.message());
      members.put("signature", diagnostic.origin().signature());
      members.put("function", diagnostic.origin().function());
      members.put("node", diagnostic.origin().node());
      members.put("hints", diagnostic.hints());
      list.add(members);
    }
    return list;
  }
}

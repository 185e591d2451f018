package org.signet.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.DiagnosticLines;
import org.signet.diag.RefusedOp;
import org.signet.diag.SignetException;
import org.signet.diag.SourceLine;
import org.signet.golden.JsonText;

/** Prints diagnostics, as lines and as JSON. */
final class Failures {
  private Failures() {}

  static void print(SignetException failure, boolean json, PrintStream out, PrintStream err) {
    if (json) {
      out.print(json(failure));
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

  /** The diagnostics as lines, not more than a screen. */
  static List<String> lines(List<Diagnostic> diagnostics) {
    return DiagnosticLines.of(diagnostics, "all of them with --json or --report");
  }

  /** All that is wrong, for programs. */
  static String json(SignetException failure) {
    return JsonText.of(Map.of("errors", json(failure.diagnostics())));
  }

  /** The diagnostics for a report. */
  static List<Map<String, Object>> json(List<Diagnostic> diagnostics) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("code", diagnostic.code().toString());
      members.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
      members.put("message", diagnostic.message());
      members.put("signature", diagnostic.origin().signature());
      members.put("function", diagnostic.origin().function());
      members.put("node", diagnostic.origin().node());
      diagnostic.origin().line().ifPresent(line -> members.put("made_at", json(line)));
      diagnostic.refused().ifPresent(op -> putRefused(op, members));
      members.put("hints", diagnostic.hints());
      list.add(members);
    }
    return list;
  }

  private static Map<String, Object> json(SourceLine line) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("file", line.file());
    members.put("line", line.line());
    members.put("function", line.function());
    return members;
  }

  private static void putRefused(RefusedOp op, Map<String, Object> members) {
    List<Map<String, Object>> declines = new ArrayList<>();
    for (RefusedOp.Decline decline : op.declines()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("lowering", decline.lowering());
      one.put("reason", decline.reason());
      declines.add(one);
    }
    members.put("op", op.name());
    members.put("declined", declines);
  }
}

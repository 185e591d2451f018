package org.signet.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.golden.JsonText;
import org.signet.golden.compare.SignatureVerdict;

/** Prints what comparisons have found. */
final class Verdicts {
  private Verdicts() {}

  /** What was compared with what. */
  record Section(String title, List<SignatureVerdict> verdicts) {}

  /** Prints all of it, and gives the exit status that it means. */
  static int print(List<Section> sections, Arguments arguments) {
    return arguments.json() ? json(sections, arguments) : text(sections, arguments);
  }

  private static int text(List<Section> sections, Arguments arguments) {
    int passed = 0;
    int failed = 0;
    for (Section section : sections) {
      arguments.out().println(section.title());
      for (SignatureVerdict verdict : section.verdicts()) {
        passed += verdict.passed() ? 1 : 0;
        failed += verdict.passed() ? 0 : 1;
        arguments.out().println("  " + line(verdict));
        verdict.divergence().ifPresent(found -> arguments.out().println("       " + found));
        verdict.notes().ifPresent(note -> arguments.out().println("       " + note));
      }
    }
    arguments.out().println(passed + " passed, " + failed + " failed");
    return status(sections, arguments);
  }

  private static String line(SignatureVerdict verdict) {
    StringBuilder text =
        new StringBuilder(verdict.passed() ? "PASS " : "FAIL ").append(verdict.key());
    text.append("  calls=").append(verdict.calls());
    text.append(" max_error=").append(Sizes.error(verdict.maxError()));
    text.append(verdict.worst().isEmpty() ? "" : " at " + verdict.worst());
    verdict.difference().ifPresent(difference -> text.append("; ").append(difference));
    return text.toString();
  }

  private static int json(List<Section> sections, Arguments arguments) {
    List<Object> list = new ArrayList<>();
    for (Section section : sections) {
      Map<String, Object> signatures = new LinkedHashMap<>();
      for (SignatureVerdict verdict : section.verdicts()) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("passed", verdict.passed());
        members.put("calls", verdict.calls());
        members.put("max_error", verdict.maxError());
        members.put("worst", verdict.worst());
        members.put("difference", verdict.difference().orElse(""));
        members.put("divergence", verdict.divergence().orElse(""));
        members.put("notes", verdict.notes().orElse(""));
        signatures.put(verdict.key(), members);
      }
      list.add(Map.of("compared", section.title(), "signatures", signatures));
    }
    arguments.out().print(JsonText.of(list));
    return status(sections, arguments);
  }

  private static int status(List<Section> sections, Arguments arguments) {
    List<Diagnostic> failures = new ArrayList<>();
    for (Section section : sections) {
      for (SignatureVerdict verdict : section.verdicts()) {
        verdict.failure().ifPresent(failures::add);
      }
    }
    Failures.print(failures, arguments.err());
    return failures.isEmpty() ? 0 : Code.OUTPUT_DIFFERS.kind().exitStatus();
  }
}

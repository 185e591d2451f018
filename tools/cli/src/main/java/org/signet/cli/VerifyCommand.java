package org.signet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.api.Signet;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.golden.CaseReader;
import org.signet.golden.GoldenCase;
import org.signet.golden.JsonText;
import org.signet.golden.compare.CaseComparison;
import org.signet.golden.compare.SignatureVerdict;
import org.signet.golden.compare.SourceComparison;
import org.signet.model.TfliteModel;
import org.signet.session.InterpreterOptions;

/** {@code signet verify}. */
final class VerifyCommand implements Command {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String synopsis() {
    return "MODEL.tflite --against SOURCE | --golden CASE ... [options]";
  }

  @Override
  public String summary() {
    return "Run a .tflite file and compare it, signature by signature, with its source or with golden cases.";
  }

  @Override
  public List<Flag> flags() {
    return Flags.together(List.of(Flags.AGAINST, Flags.GOLDEN), Flags.SOURCE);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "signet verify model.tflite --against saved_model",
        "signet verify model.tflite --golden golden/cases/encode-decode",
        "signet verify model.tflite --against saved_model --golden case1 case2");
  }

  /** What was compared with what. */
  private record Section(String title, List<SignatureVerdict> verdicts) {}

  @Override
  public int run(Arguments arguments) {
    Path path = arguments.operand("MODEL");
    List<Path> cases = arguments.files(Flags.GOLDEN);
    Optional<Path> against = arguments.file(Flags.AGAINST);
    if (cases.isEmpty() && against.isEmpty()) {
      throw arguments.usage("there is nothing to compare with: --against or --golden is missing");
    }
    List<Section> sections = new ArrayList<>();
    try (TfliteModel model = TfliteModel.open(path)) {
      Optional<TfliteModel> source =
          against.map(given -> Signet.openSource(ConversionFlags.ofSource(given, arguments)));
      try {
        source.ifPresent(opened ->
            sections.add(
                new Section(
                    path + " against " + against.orElse(path),
                    SourceComparison.compare(opened, model, InterpreterOptions.standard()))));
        for (Path folder : cases) {
          GoldenCase goldenCase = CaseReader.read(folder);
          golden(goldenCase, path.toString(), model, source, sections);
        }
      } finally {
        source.ifPresent(TfliteModel::close);
      }
    }
    return arguments.json() ? json(sections, arguments) : text(sections, arguments);
  }

  /** The model in a case, and so the source, if it was given. */
  private static void golden(
      GoldenCase goldenCase,
      String name,
      TfliteModel model,
      Optional<TfliteModel> source,
      List<Section> sections) {
    InterpreterOptions standard = InterpreterOptions.standard();
    List<SignatureVerdict> verdicts =
        CaseComparison.compare(goldenCase, model, standard).signatures();
    if (verdicts.stream().anyMatch(verdict -> !verdict.passed())) {
      Optional<TfliteModel> original = source.or(() -> open(goldenCase));
      verdicts = CaseComparison.diagnose(goldenCase, model, standard, original).signatures();
      if (source.isEmpty()) {
        original.ifPresent(TfliteModel::close);
      }
    }
    sections.add(new Section(name + " in golden case " + goldenCase.name(), verdicts));
    source.ifPresent(opened ->
        sections.add(
            new Section(
                "the source in golden case " + goldenCase.name(),
                CaseComparison.compare(goldenCase, opened, Models.options(true)).signatures())));
  }

  /** The case's source, which only helps to find the operator that is at fault. */
  private static Optional<TfliteModel> open(GoldenCase goldenCase) {
    try {
      return Optional.of(Signet.openSource(goldenCase.conversion()));
    } catch (SignetException e) {
      return Optional.empty();
    }
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

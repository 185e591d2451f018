package org.signet.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.signet.api.ConversionOptions;
import org.signet.api.ConversionReport;
import org.signet.api.Signet;
import org.signet.diag.SignetException;
import org.signet.golden.JsonText;

/** Converts and tells about it. */
final class Conversions {
  private Conversions() {}

  static int convert(ConversionOptions options, Path target, Arguments arguments) {
    Optional<Path> file = arguments.file(Flags.REPORT);
    ConversionReport report;
    try {
      report = Signet.convert(options, target);
    } catch (SignetException e) {
      file.ifPresent(path -> OutputFile.write(path, Failures.json(e)));
      throw e;
    }
    Failures.print(report.diagnostics(), arguments.err());
    file.ifPresent(path -> OutputFile.write(path, JsonText.of(ConversionJson.of(report))));
    arguments
        .out()
        .print(
            arguments.json() ? JsonText.of(ConversionJson.of(report)) : ConversionText.of(report));
    return 0;
  }
}

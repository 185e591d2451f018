package org.signet.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.signet.api.ConversionOptions;
import org.signet.api.ConversionReport;
import org.signet.api.Signet;
import org.signet.golden.JsonText;

/** Converts and tells about it. */
final class Conversions {
  private Conversions() {}

  static int convert(ConversionOptions options, Path target, Arguments arguments) {
    ConversionReport report = Signet.convert(options, target);
    Failures.print(report.diagnostics(), arguments.err());
    Optional<Path> file = arguments.file(Flags.REPORT);
    if (file.isPresent()) {
      OutputFile.write(file.get(), JsonText.of(ConversionJson.of(report)));
    }
    arguments
        .out()
        .print(
            arguments.json() ? JsonText.of(ConversionJson.of(report)) : ConversionText.of(report));
    return 0;
  }
}

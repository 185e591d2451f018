package org.signet.cli;

import java.nio.file.Path;
import java.util.List;
import org.signet.api.ConversionOptions;
import org.signet.golden.CaseReader;

/** {@code signet golden convert}. */
final class GoldenConvertCommand implements Command {
  @Override
  public String name() {
    return "golden convert";
  }

  @Override
  public String synopsis() {
    return "--case CASE -o OUT.tflite [options]";
  }

  @Override
  public String summary() {
    return "Convert the source of a golden case, as case.json describes it.";
  }

  @Override
  public List<Flag> flags() {
    return Flags.together(List.of(Flags.CASE, Flags.OUTPUT), Flags.RESULT);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "signet golden convert --case golden/cases/encode-decode -o encode-decode.tflite");
  }

  @Override
  public int run(Arguments arguments) {
    arguments.noOperands();
    Path folder = arguments.requiredFile(Flags.CASE);
    Path target = arguments.requiredFile(Flags.OUTPUT);
    ConversionOptions source = CaseReader.read(folder).conversion();
    return Conversions.convert(ConversionFlags.withOutput(source, arguments), target, arguments);
  }
}

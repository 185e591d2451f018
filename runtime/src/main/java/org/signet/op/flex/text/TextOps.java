package org.signet.op.flex.text;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;

/**
 * The families of TensorFlow's ops on strings, and what is read from them: numbers, records,
 * examples.
 */
public final class TextOps {
  private TextOps() {}

  /** The families, in alphabetical order: a new file of such ops is added here. */
  public static List<OpDefinition> definitions() {
    return Stream.of(
            TfAsString.definitions(),
            TfCoding.definitions(),
            TfCsv.definitions(),
            TfHashes.definitions(),
            TfNormalization.definitions(),
            TfParseExample.definitions(),
            TfParseSequenceExample.definitions(),
            TfRegex.definitions(),
            TfStringFormat.definitions(),
            TfStringJoins.definitions(),
            TfStringSplits.definitions(),
            TfStringToNumber.definitions(),
            TfStrings.definitions(),
            TfTokenizers.definitions(),
            TfUnicode.definitions(),
            TfWordpiece.definitions())
        .flatMap(List::stream)
        .toList();
  }
}

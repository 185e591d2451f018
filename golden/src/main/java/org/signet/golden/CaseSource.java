package org.signet.golden;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.api.ConversionOptions;
import org.signet.api.SourceKind;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * The source model of a case.
 *
 * @param kind its form as the case file names it: {@code saved_model}, {@code keras}
 * @param path where it lies
 * @param tags the tag set of the MetaGraph that was saved; empty if the case names none
 * @param details whatever else the case says of it: feeds, fetches, functions
 */
public record CaseSource(String kind, Path path, List<String> tags, Map<String, Object> details) {
  public CaseSource {
    tags = List.copyOf(tags);
    details = Map.copyOf(details);
  }

  /**
   * How to convert it.
   *
   * @param keys the signatures to convert; empty for all
   * @throws SignetException UNSUPPORTED_SOURCE if this version can't convert the kind
   */
  public ConversionOptions options(List<String> keys) {
    for (SourceKind supported : SourceKind.values()) {
      if (supported.toString().equals(kind)) {
        return ConversionOptions.of(path)
            .withKind(supported)
            .withTags(Set.copyOf(tags))
            .withSignatures(keys);
      }
    }
    throw SignetException.of(
        Code.UNSUPPORTED_SOURCE, path + " is of the kind '" + kind + "', which is not supported yet");
  }
}

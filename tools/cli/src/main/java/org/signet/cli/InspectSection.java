package org.signet.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/** The parts of what {@code inspect} shows. */
enum InspectSection {
  /** Signatures, with the ops that each would be converted to. */
  SIGNATURES,
  /** Functions of the object graph, with their arguments. */
  FUNCTIONS,
  /** The object graph. */
  OBJECTS,
  /** Variables of a graph, tensors of a checkpoint, weights of a Keras file. */
  VARIABLES,
  /** Files that a model reads. */
  ASSETS,
  /** The op that fills tables. */
  INIT,
  /** The function library. */
  LIBRARY,
  /** TensorFlow's ops. */
  OPS,
  /** Placeholders and last nodes: possible feeds and fetches. */
  NODES,
  /** TF1's collections. */
  COLLECTIONS,
  /** The layers of a Keras file. */
  LAYERS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String names() {
    return Stream.of(values()).map(InspectSection::toString).collect(Collectors.joining(", "));
  }

  /**
   * The sections of these names, comma-separated or not; all if there are none.
   *
   * @throws SignetException BAD_VALUE
   */
  static Set<InspectSection> parse(List<String> texts) {
    Set<InspectSection> sections = EnumSet.noneOf(InspectSection.class);
    for (String text : texts) {
      for (String name : text.split(",", -1)) {
        sections.add(
            Stream.of(values())
                .filter(section -> section.toString().equals(name.strip()))
                .findFirst()
                .orElseThrow(() ->
                    SignetException.of(
                        Code.BAD_VALUE,
                        "there is no section '" + name.strip() + "' to show",
                        "the sections are: " + names())));
      }
    }
    return sections.isEmpty() ? EnumSet.allOf(InspectSection.class) : sections;
  }
}

package org.signet.reader;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer of a Keras file.
 *
 * @param name its name
 * @param className its class, {@code Dense}
 * @param depth how many models within the model it is in; 0 at the top
 * @param inputs the layers that it is called on, as far as a Functional model says
 * @param settings those settings that are numbers, texts or short lists of them, as JSON
 */
public record LayerInfo(
    String name, String className, int depth, List<String> inputs, Map<String, String> settings) {
  public LayerInfo {
    inputs = List.copyOf(inputs);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}

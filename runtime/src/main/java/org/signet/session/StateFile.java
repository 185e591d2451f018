package org.signet.session;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.signet.bundle.BundleWriter;
import org.signet.bundle.CheckpointBundle;
import org.signet.op.Variable;
import org.signet.tensor.Tensor;

/**
 * The state of a session as a TensorFlow checkpoint: variables under their names, all else under
 * names that begin with {@value #OTHER}.
 */
final class StateFile {
  private static final String OTHER = ".session/";
  private static final String VARIABLE = Variable.stateName("", "");
  private static final String VALUE = "value";

  private StateFile() {}

  static void write(Path prefix, Map<String, Map<String, Tensor>> contents) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    contents.forEach(
        (name, parts) -> parts.forEach((part, tensor) -> tensors.put(key(name, part), tensor)));
    BundleWriter.write(prefix, tensors);
  }

  /**
   * @throws org.signet.diag.SignetException as {@link CheckpointBundle#open} does
   */
  static Map<String, Map<String, Tensor>> read(Path prefix) {
    Map<String, Map<String, Tensor>> contents = new HashMap<>();
    try (CheckpointBundle bundle = CheckpointBundle.open(prefix)) {
      for (String key : bundle.keys()) {
        Tensor tensor = bundle.find(key).orElseThrow().load();
        boolean other = key.startsWith(OTHER);
        int slash = key.lastIndexOf('/');
        String name = other ? key.substring(OTHER.length(), slash) : VARIABLE + key;
        String part = other ? key.substring(slash + 1) : VALUE;
        contents.computeIfAbsent(name, _ -> new HashMap<>()).put(part, tensor);
      }
    }
    return contents;
  }

  private static String key(String name, String part) {
    boolean plain = name.startsWith(VARIABLE) && !name.startsWith(VARIABLE + OTHER);
    return plain ? name.substring(VARIABLE.length()) : OTHER + name + "/" + part;
  }
}

package org.signet.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.signet.golden.JsonText;
import org.signet.golden.TensorFiles;
import org.signet.tensor.Tensor;

/**
 * Writes the outputs of calls into a folder, with {@code outputs.json}: a list with one map from
 * output name to file for each call.
 */
final class OutputTensors {
  /** The file that says which output is where. */
  static final String INDEX = "outputs.json";

  private final Path folder;
  private final List<Map<String, String>> calls = new ArrayList<>();

  OutputTensors(Path folder) {
    this.folder = folder;
    OutputFile.makeFolder(folder);
  }

  /** Writes the outputs of one call. */
  Map<String, String> add(SequencedMap<String, Tensor> outputs) {
    Map<String, String> files = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
      String stem = "call" + calls.size() + "." + files.size() + "." + safe(output.getKey());
      String file = stem + TensorFiles.suffix(output.getValue().dtype());
      OutputFile.write(folder.resolve(file), output.getValue());
      files.put(output.getKey(), file);
    }
    calls.add(files);
    return files;
  }

  /** Ends with the index, which is there only if all went well. */
  void finish() {
    OutputFile.write(folder.resolve(INDEX), JsonText.of(calls));
  }

  /**
   * A name may hold anything, a file's name may not: whatever the file system could mind becomes
   * {@code _}. The call's and output's numbers keep it unique.
   */
  private static String safe(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), 64); i++) {
      char c = name.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
      text.append(plain ? c : '_');
    }
    return text.toString();
  }
}

package org.signet.op.flex.list;

import java.util.List;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on lists, arrays and maps of tensors, and on optionals. */
public final class ListOps {
  private ListOps() {}

  /**
   * The ops of a family; a new file of such ops is added here and to {@code families.tsv}.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public static List<OpDefinition> family(String name) {
    return switch (name) {
      case "TfOptionals" -> TfOptionals.definitions();
      case "TfTensorArrays" -> TfTensorArrays.definitions();
      case "TfTensorListParts" -> TfTensorListParts.definitions();
      case "TfTensorLists" -> TfTensorLists.definitions();
      case "TfTensorMaps" -> TfTensorMaps.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}

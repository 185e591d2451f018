package org.signet.op.flex.list;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on lists, arrays and maps of tensors, and on optionals. */
public final class ListOps {
  private ListOps() {}

  /** The families, in alphabetical order: a new file of such ops is added here. */
  public static List<OpDefinition> definitions() {
    return Stream.of(
            TfOptionals.definitions(),
            TfTensorArrays.definitions(),
            TfTensorListParts.definitions(),
            TfTensorLists.definitions(),
            TfTensorMaps.definitions())
        .flatMap(List::stream)
        .toList();
  }
}

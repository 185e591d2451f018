package org.signet.op.flex.sparse;

import java.util.List;
import java.util.stream.Stream;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on sparse and ragged tensors, sets and counts. */
public final class SparseOps {
  private SparseOps() {}

  /** The families, in alphabetical order: a new file of such ops is added here. */
  public static List<OpDefinition> definitions() {
    return Stream.of(
            TfCounting.definitions(),
            TfRagged.definitions(),
            TfRaggedToDense.definitions(),
            TfRaggedVariants.definitions(),
            TfRowCounting.definitions(),
            TfSetOperations.definitions(),
            TfSets.definitions(),
            TfSparse.definitions(),
            TfSparseCross.definitions(),
            TfSparseMath.definitions(),
            TfSparseSegments.definitions())
        .flatMap(List::stream)
        .toList();
  }
}

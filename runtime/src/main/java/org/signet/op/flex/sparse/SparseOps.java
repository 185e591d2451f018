package org.signet.op.flex.sparse;

import java.util.List;
import org.signet.op.OpDefinition;

/** The families of TensorFlow's ops on sparse and ragged tensors, sets and counts. */
public final class SparseOps {
  private SparseOps() {}

  /**
   * The ops of a family; a new file of such ops is added here and to {@code families.tsv}.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public static List<OpDefinition> family(String name) {
    return switch (name) {
      case "TfCounting" -> TfCounting.definitions();
      case "TfRagged" -> TfRagged.definitions();
      case "TfRaggedToDense" -> TfRaggedToDense.definitions();
      case "TfRaggedVariants" -> TfRaggedVariants.definitions();
      case "TfRowCounting" -> TfRowCounting.definitions();
      case "TfSetOperations" -> TfSetOperations.definitions();
      case "TfSets" -> TfSets.definitions();
      case "TfSparse" -> TfSparse.definitions();
      case "TfSparseCross" -> TfSparseCross.definitions();
      case "TfSparseMath" -> TfSparseMath.definitions();
      case "TfSparseSegments" -> TfSparseSegments.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}

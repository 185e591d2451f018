package org.signet.pass.tf;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.source.SourceNode;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * The shapes that a graph records of its nodes' results, where they can be relied on. Of {@code
 * MatrixDiagV2} and {@code V3} TensorFlow takes unknown sizes for −1 when it computes with them: of
 * a diagonal above the main one, of unknown length, it records a matrix of [0, 0], and of all that
 * is made of it likewise.
 */
final class DeclaredShapes {
  private static final Set<String> DIAGONALS = Set.of("MatrixDiagV2", "MatrixDiagV3");

  private final GraphBuilder builder;
  private final Set<Value> doubtful = Collections.newSetFromMap(new IdentityHashMap<>());

  DeclaredShapes(GraphBuilder builder) {
    this.builder = builder;
  }

  /** Those of a node's results; none if they are not recorded. */
  static List<Shape> of(SourceNode node) {
    return node.attributes().all().getList("_output_shapes", Shape.class);
  }

  /** Whether they can't be relied on. */
  boolean areDoubtful(SourceNode node, List<Value> operands) {
    return (!doubtful.isEmpty() && operands.stream().anyMatch(doubtful::contains))
        || (DIAGONALS.contains(node.op()) && isMiscounted(operands));
  }

  /** Tells what was made of a node whose shapes are doubtful. */
  void addDoubtful(List<Value> results) {
    doubtful.addAll(results);
  }

  /** Whether a size is computed of an unknown one. */
  private boolean isMiscounted(List<Value> operands) {
    Shape diagonal = operands.getFirst().type().shape();
    boolean counted =
        diagonal.hasRank() && diagonal.rank() > 0 && diagonal.isKnown(diagonal.rank() - 1);
    return constant(operands.get(2)).isEmpty()
        || constant(operands.get(3)).isEmpty()
        || (!counted && constant(operands.get(1)).filter(DeclaredShapes::isMain).isEmpty());
  }

  private Optional<Tensor> constant(Value value) {
    return builder.constantValue(value);
  }

  private static boolean isMain(Tensor diagonals) {
    for (int i = 0; i < diagonals.size(); i++) {
      if (diagonals.getLong(i) != 0) {
        return false;
      }
    }
    return true;
  }
}

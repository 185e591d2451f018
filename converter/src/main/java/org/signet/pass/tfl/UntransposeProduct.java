package org.signet.pass.tfl;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.ConstantData;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.TransposedData;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.TensorType;

/**
 * <pre>
 *   FULLY_CONNECTED(x, w transposed, b)  →  ADD(BATCH_MATMUL(x, w), b)
 *   BATCH_MATMUL(w transposed, x)        →  BATCH_MATMUL(w, x) {adj_x}
 * </pre>
 *
 * for a matrix {@code w} that others use as it is, a lookup for one: the file would hold it twice.
 */
public final class UntransposeProduct implements Rule {
  private final Set<ConstantData> used = new HashSet<>();

  /**
   * @param program what uses constants
   */
  public UntransposeProduct(Program program) {
    program.signatures().forEach(signature -> add(signature.graph()));
    program.initialization().ifPresent(this::add);
  }

  private void add(Graph graph) {
    add(graph.outputs());
    for (Node node : graph.nodes()) {
      add(node.operands());
      node.bodies().forEach(this::add);
    }
  }

  private void add(List<Value> values) {
    for (Value value : values) {
      if (value instanceof Value.Constant constant) {
        used.add(constant.data());
      }
    }
  }

  @Override
  public Set<String> anchors() {
    return Set.of("BATCH_MATMUL", "FULLY_CONNECTED");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return match.node().is("BATCH_MATMUL") ? left(match) : right(match);
  }

  private Optional<List<Value>> left(Match match) {
    return source(match.operand(0))
        .map(matrix ->
            match.emit(
                "BATCH_MATMUL",
                match.attributes().with("adj_x", !match.attributes().getBoolean("adj_x", false)),
                matrix,
                match.operand(1)))
        .map(List::of);
  }

  private Optional<List<Value>> right(Match match) {
    Value x = match.operand(0);
    boolean fits =
        x.type().shape().hasRank()
            && x.type().shape().rank() >= 2
            && x.type().shape().rank() == match.node().result().type().shape().rank();
    Optional<Value> matrix = fits ? source(match.operand(1)) : Optional.empty();
    if (matrix.isEmpty()) {
      return Optional.empty();
    }
    Attributes options =
        Attributes.of("adj_x", false, "adj_y", false).with("asymmetric_quantize_inputs", false);
    Value product = match.emit("BATCH_MATMUL", options, x, matrix.get());
    Attributes activation =
        Attributes.of(
            FusedActivation.OPTION, match.attributes().getString(FusedActivation.OPTION, "NONE"));
    boolean biased = match.operands().size() > 2 && match.operand(2).isPresent();
    if (!biased && !Pattern.isPlain(match.node())) {
      return Optional.of(
          List.of(
              match.emit(activation.getString(FusedActivation.OPTION), Attributes.NONE, product)));
    }
    return Optional.of(
        List.of(biased ? match.emit("ADD", activation, product, match.operand(2)) : product));
  }

  /** The matrix that others use as it is, of one that is the same with rows and columns swapped. */
  private Optional<Value> source(Value value) {
    if (!(value instanceof Value.Constant weights)
        || !(weights.data() instanceof TransposedData transposed)
        || !used.contains(transposed.source())) {
      return Optional.empty();
    }
    TensorType type =
        TensorType.of(weights.type().dtype(), transposed.columns(), transposed.rows());
    return Optional.of(new Value.Constant(weights.name(), type, transposed.source()));
  }
}

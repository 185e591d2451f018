package org.signet.pass.tfl;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.ir.ConstantData;
import org.signet.ir.Derivations;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.Value;

/**
 * The weights that a fusion may multiply or turn: all but those that would then be in the file
 * twice, since others use them as they are, or times something else.
 *
 * @param others those that it may not
 * @param derivations where constants come from
 */
public record ScalableWeights(Set<ConstantData> others, Derivations derivations) {
  /** All weights. */
  public static ScalableWeights all() {
    return new ScalableWeights(Set.of(), new Derivations());
  }

  boolean contains(Value.Constant weights) {
    return others.isEmpty() || !others.contains(sourceOf(weights.data(), derivations));
  }

  /** Those which {@code fused}, the program after all were multiplied, holds in one form only. */
  public static ScalableWeights of(Program fused, Derivations derivations) {
    Map<ConstantData, ConstantData> forms = new HashMap<>();
    ScalableWeights scalable = new ScalableWeights(new HashSet<>(), derivations);
    fused.signatures().forEach(signature -> scalable.addForms(signature.graph(), forms));
    fused.initialization().ifPresent(graph -> scalable.addForms(graph, forms));
    return scalable;
  }

  private static ConstantData sourceOf(ConstantData data, Derivations derivations) {
    ConstantData origin = derivations.origin(data);
    return origin instanceof ConstantData.Derived derived
        ? sourceOf(derived.source(), derivations)
        : origin;
  }

  /**
   * Adds the sources of which there are several forms to the others.
   *
   * @param forms by their source, the first form that was seen
   */
  private void addForms(Graph graph, Map<ConstantData, ConstantData> forms) {
    addForms(graph.outputs(), forms);
    for (Node node : graph.nodes()) {
      addForms(node.operands(), forms);
      node.bodies().forEach(body -> addForms(body, forms));
    }
  }

  private void addForms(List<Value> values, Map<ConstantData, ConstantData> forms) {
    for (Value value : values) {
      if (value instanceof Value.Constant constant) {
        ConstantData source = sourceOf(constant.data(), derivations);
        ConstantData first = forms.putIfAbsent(source, constant.data());
        if (first != null && !first.equals(constant.data())) {
          others.add(source);
        }
      }
    }
  }
}

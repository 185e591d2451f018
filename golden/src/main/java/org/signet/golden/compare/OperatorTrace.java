package org.signet.golden.compare;

import java.util.IdentityHashMap;
import java.util.List;
import org.signet.kernel.Kernel;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Offer;
import org.signet.kernel.ProviderOrder;
import org.signet.kernel.Step;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSubgraph;
import org.signet.model.TfliteModel;
import org.signet.op.OpCall;
import org.signet.type.TensorType;

/** A provider that gives the kernels of others and lets somebody watch them run. */
final class OperatorTrace implements KernelProvider {
  private final List<KernelProvider> providers;
  private final Watcher watcher;

  /**
   * The operators of the model by the declared type of their first result, of which there is one
   * object for each tensor.
   */
  private final IdentityHashMap<TensorType, Place> places = new IdentityHashMap<>();

  /** Sees each operator when it has run. */
  @FunctionalInterface
  interface Watcher {
    /**
     * @param provider whose kernel it was
     * @param call with the results set
     */
    void ran(Place place, String provider, Step step, OpCall call);
  }

  /**
   * An operator.
   *
   * @param subgraph the subgraph's index
   * @param operator its index there
   * @param op its op as the file names it
   * @param result the name of its first result
   */
  record Place(int subgraph, int operator, String op, String result) {
    @Override
    public String toString() {
      String where = subgraph == 0 ? "" : " of subgraph " + subgraph;
      return "operator " + operator + where + ", " + op + " '" + result + "'";
    }
  }

  OperatorTrace(TfliteModel model, List<KernelProvider> providers, Watcher watcher) {
    this.providers = providers;
    this.watcher = watcher;
    for (int i = 0; i < model.subgraphs().size(); i++) {
      ModelSubgraph subgraph = model.subgraphs().get(i);
      for (int j = 0; j < subgraph.operators().size(); j++) {
        ModelOperator operator = subgraph.operators().get(j);
        if (operator.results().length > 0) {
          var first = subgraph.tensors().get(operator.results()[0]);
          places.put(first.type(), new Place(i, j, operator.key().toString(), first.name()));
        }
      }
    }
  }

  @Override
  public String name() {
    return "trace";
  }

  @Override
  public Offer offer(Step step) {
    Place place = step.resultTypes().isEmpty() ? null : places.get(step.resultTypes().getFirst());
    StringBuilder reasons = new StringBuilder();
    for (KernelProvider provider : ProviderOrder.of(step, providers).providers()) {
      switch (provider.offer(step)) {
        case Offer.Accepted(Kernel kernel) -> {
          return Offer.accept(
              place == null ? kernel : watched(kernel, place, provider.name(), step));
        }
        case Offer.Refused(String reason) ->
            reasons.append(reasons.isEmpty() ? "" : "; ").append(reason);
      }
    }
    return Offer.refuse(reasons.toString());
  }

  private Kernel watched(Kernel kernel, Place place, String provider, Step step) {
    return call -> {
      kernel.run(call);
      watcher.ran(place, provider, step, call);
    };
  }
}

package org.signet.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.kernel.KernelProvider;
import org.signet.model.TfliteModel;

/**
 * The plans of one model for one list of providers, made when they are first needed and kept with
 * the model, so that all its interpreters share them and what their kernels have packed. Safe to
 * use from many threads.
 */
public final class Plans {
  private final Planner planner;
  private final Map<Integer, Plan> plans = new HashMap<>();
  private final Map<Integer, List<Diagnostic>> failures = new HashMap<>();

  private Plans(TfliteModel model, List<KernelProvider> providers) {
    planner = new Planner(model, providers, this::plan);
  }

  /**
   * @param providers asked in this order; equal lists share plans
   */
  public static Plans of(TfliteModel model, List<KernelProvider> providers) {
    List<KernelProvider> own = List.copyOf(providers);
    return model.derived(List.of(Plans.class, own), Plans.class, () -> new Plans(model, own));
  }

  /**
   * The plan of a subgraph.
   *
   * @throws SignetException NO_KERNEL, naming each operator that no provider runs, there or in the
   *     subgraphs that it runs
   */
  public synchronized Plan plan(int subgraph) {
    Plan known = plans.get(subgraph);
    if (known != null) {
      return known;
    }
    List<Diagnostic> failure = failures.get(subgraph);
    if (failure != null) {
      throw new SignetException(failure);
    }
    try {
      Plan made = planner.plan(subgraph);
      plans.put(subgraph, made);
      return made;
    } catch (SignetException e) {
      // Kept, since many operators may run a subgraph that can't be planned.
      failures.put(subgraph, e.diagnostics());
      throw e;
    }
  }
}

package org.signet.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.kernel.KernelProvider;
import org.signet.kernel.Step;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSignature;
import org.signet.model.ModelSubgraph;
import org.signet.model.TfliteModel;
import org.signet.tensor.Tensor;

/**
 * Finds the operators that no provider runs in all that signatures reach, without making plans for
 * signatures that may never run.
 */
public final class MissingKernels {
  private final TfliteModel model;
  private final List<KernelProvider> providers;

  /** The plainest first: the reference kernels take all they know, and do nothing before a run. */
  private final List<KernelProvider> plainestFirst;

  private final Map<Integer, List<Diagnostic>> known = new HashMap<>();

  private MissingKernels(TfliteModel model, List<KernelProvider> providers) {
    this.model = model;
    this.providers = providers;
    this.plainestFirst = providers.reversed();
  }

  /**
   * Fails if an operator of any signature can't be run, naming all of them.
   *
   * @param providers asked for kernels
   * @throws SignetException NO_KERNEL for each such operator of each signature
   */
  public static void require(TfliteModel model, List<KernelProvider> providers) {
    MissingKernels search = new MissingKernels(model, providers);
    List<Diagnostic> missing = new ArrayList<>();
    List<String> complete = new ArrayList<>();
    for (ModelSignature signature : model.signatures().values()) {
      List<Diagnostic> own = search.reachedFrom(signature.subgraph());
      own.forEach(one -> missing.add(one.at(one.origin().withSignature(signature.key()))));
      if (own.isEmpty()) {
        complete.add("'" + signature.key() + "'");
      }
    }
    if (!missing.isEmpty()) {
      if (!complete.isEmpty()) {
        missing.add(
            Diagnostic.note(
                Code.NO_KERNEL,
                "there are kernels for all of " + String.join(", ", complete),
                "to run no more than that, open the model with --partial"
                    + " (InterpreterOptions.withPartialUse())"));
      }
      throw new SignetException(missing);
    }
  }

  private List<Diagnostic> reachedFrom(int first) {
    List<Diagnostic> missing = new ArrayList<>();
    Set<Integer> reached = new LinkedHashSet<>(Set.of(first));
    Deque<Integer> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      int index = next.remove();
      missing.addAll(known.computeIfAbsent(index, this::within));
      for (ModelOperator operator : model.subgraphs().get(index).operators()) {
        for (int called : CalledSubgraphs.of(operator)) {
          if (reached.add(called)) {
            next.add(called);
          }
        }
      }
    }
    return missing;
  }

  private List<Diagnostic> within(int index) {
    ModelSubgraph subgraph = model.subgraphs().get(index);
    List<ModelOperator> operators = subgraph.operators();
    @Nullable Tensor[] unread = new Tensor[subgraph.tensors().size()];
    List<Diagnostic> missing = new ArrayList<>();
    for (int i = 0; i < operators.size(); i++) {
      ModelOperator operator = operators.get(i);
      if (CalledSubgraphs.of(operator).isEmpty()
          && KernelSearch.among(plainestFirst, Steps.of(subgraph, operator, unread))
              .kernel()
              .isEmpty()) {
        // Few operators get here, so their constants may be read for providers that need them.
        Step step = Steps.of(subgraph, operator, Steps.constants(model, index));
        KernelSearch search = KernelSearch.among(providers, step);
        if (search.kernel().isEmpty()) {
          missing.add(search.missing(step, Steps.place(index, i, subgraph)));
        }
      }
    }
    return missing;
  }
}

package org.signet.golden.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;

/**
 * The results of a model's operators by the name of the first, in the order in which they were
 * computed.
 */
final class NamedTensors {
  /** Copies beyond this share of the heap are not kept. */
  private static final long HEAP_SHARE = 4;

  private final Map<String, List<List<Original>>> byName = new LinkedHashMap<>();
  private final Map<OperatorTrace.Place, Integer> asked = new HashMap<>();
  private long room = Runtime.getRuntime().maxMemory() / HEAP_SHARE;

  /** A result of an operator. */
  record Original(OperatorTrace.Place place, Tensor tensor) {}

  /** Keeps a copy of what an operator gave; in a loop one for each time. */
  void add(OperatorTrace.Place place, OpCall call) {
    List<Original> results = new ArrayList<>();
    for (int i = 0; i < call.resultCount(); i++) {
      Tensor tensor = call.currentResult(i);
      room -= (long) tensor.size() * Math.max(tensor.dtype().bytes(), Long.BYTES);
      if (room < 0) {
        return;
      }
      results.add(new Original(place, tensor.copy()));
    }
    byName.computeIfAbsent(place.result(), name -> new ArrayList<>()).add(results);
  }

  /** In the order in which they were computed first. */
  Collection<String> names() {
    return byName.keySet();
  }

  /**
   * The results that an operator of another model is to be compared with, empty if there are none.
   * In a loop, ask once each time. A number that was put behind a name to make it unique does not
   * count.
   */
  List<Original> find(OperatorTrace.Place place) {
    int time = asked.merge(place, 1, Integer::sum) - 1;
    List<List<Original>> times = byName.getOrDefault(place.result(), List.of());
    if (times.isEmpty()) {
      times = byName.getOrDefault(withoutNumber(place.result()), List.of());
    }
    return time < times.size() ? times.get(time) : List.of();
  }

  private static String withoutNumber(String name) {
    int end = name.length();
    while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }
}

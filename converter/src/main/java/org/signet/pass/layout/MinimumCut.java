package org.signet.pass.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A minimum cut between a source and a sink, by augmenting paths (Edmonds and Karp). The sum of the
 * capacities of edges from the source's side to the sink's is smallest. Not thread-safe.
 */
final class MinimumCut {
  static final int SOURCE = 0;
  static final int SINK = 1;
  static final long UNBOUNDED = Long.MAX_VALUE / 4;

  /** Edges by vertex; edge {@code e} and {@code e ^ 1} are each other's way back. */
  private final List<List<Integer>> edges = new ArrayList<>();

  private final List<Integer> targets = new ArrayList<>();
  private final List<Long> capacities = new ArrayList<>();

  MinimumCut() {
    vertex();
    vertex();
  }

  /** Adds a vertex. */
  int vertex() {
    edges.add(new ArrayList<>());
    return edges.size() - 1;
  }

  void edge(int from, int to, long capacity) {
    half(from, to, capacity);
    half(to, from, 0);
  }

  private void half(int from, int to, long capacity) {
    edges.get(from).add(targets.size());
    targets.add(to);
    capacities.add(capacity);
  }

  /** Which vertices are on the source's side: as few as a minimum cut allows. */
  boolean[] sourceSide() {
    int[] by = reach();
    while (by[SINK] >= 0) {
      long flow = UNBOUNDED;
      for (int at = SINK; at != SOURCE; at = targets.get(by[at] ^ 1)) {
        flow = Math.min(flow, capacities.get(by[at]));
      }
      for (int at = SINK; at != SOURCE; at = targets.get(by[at] ^ 1)) {
        capacities.set(by[at], capacities.get(by[at]) - flow);
        capacities.set(by[at] ^ 1, capacities.get(by[at] ^ 1) + flow);
      }
      by = reach();
    }
    boolean[] reached = new boolean[by.length];
    for (int i = 0; i < by.length; i++) {
      reached[i] = i == SOURCE || by[i] >= 0;
    }
    return reached;
  }

  /** The edge by which each vertex is reached from the source, −1 where none does. */
  private int[] reach() {
    int[] by = new int[edges.size()];
    Arrays.fill(by, -1);
    Deque<Integer> open = new ArrayDeque<>(List.of(SOURCE));
    while (!open.isEmpty() && by[SINK] < 0) {
      for (int edge : edges.get(open.remove())) {
        int to = targets.get(edge);
        if (to != SOURCE && by[to] < 0 && capacities.get(edge) > 0) {
          by[to] = edge;
          open.add(to);
        }
      }
    }
    return by;
  }
}

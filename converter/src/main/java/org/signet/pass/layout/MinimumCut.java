package org.signet.pass.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A minimum cut between a source and a sink, by blocking flows (Dinitz). The sum of the capacities
 * of edges from the source's side to the sink's is smallest. Not thread-safe.
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
    int[] levels = levels();
    while (levels[SINK] >= 0) {
      block(levels);
      levels = levels();
    }
    boolean[] reached = new boolean[levels.length];
    for (int i = 0; i < levels.length; i++) {
      reached[i] = levels[i] >= 0;
    }
    return reached;
  }

  /** How many edges each vertex is from the source, −1 where none lead to it. */
  private int[] levels() {
    int[] levels = new int[edges.size()];
    Arrays.fill(levels, -1);
    levels[SOURCE] = 0;
    Deque<Integer> open = new ArrayDeque<>(List.of(SOURCE));
    while (!open.isEmpty()) {
      int from = open.remove();
      for (int edge : edges.get(from)) {
        int to = targets.get(edge);
        if (levels[to] < 0 && capacities.get(edge) > 0) {
          levels[to] = levels[from] + 1;
          open.add(to);
        }
      }
    }
    return levels;
  }

  /** Fills the paths that go up one level with each edge, until none is left. */
  private void block(int[] levels) {
    int[] next = new int[edges.size()];
    int[] path = new int[edges.size()];
    int length = 0;
    int at = SOURCE;
    while (true) {
      if (at == SINK) {
        length = fill(path, length);
        at = targets.get(path[length] ^ 1);
      } else if (next[at] < edges.get(at).size()) {
        int edge = edges.get(at).get(next[at]);
        int to = targets.get(edge);
        if (capacities.get(edge) > 0 && levels[to] == levels[at] + 1) {
          path[length++] = edge;
          at = to;
        } else {
          next[at]++;
        }
      } else if (length > 0) {
        at = targets.get(path[--length] ^ 1);
        next[at]++;
      } else {
        return;
      }
    }
  }

  /**
   * Sends what fits along a path from the source to the sink.
   *
   * @return how many of its edges come before the first that is full now
   */
  private int fill(int[] path, int length) {
    long flow = UNBOUNDED;
    for (int i = 0; i < length; i++) {
      flow = Math.min(flow, capacities.get(path[i]));
    }
    int full = length;
    for (int i = length - 1; i >= 0; i--) {
      int edge = path[i];
      capacities.set(edge, capacities.get(edge) - flow);
      capacities.set(edge ^ 1, capacities.get(edge ^ 1) + flow);
      full = capacities.get(edge) == 0 ? i : full;
    }
    return full;
  }
}

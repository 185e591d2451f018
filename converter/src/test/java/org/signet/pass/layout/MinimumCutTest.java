package org.signet.pass.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MinimumCutTest {
  private static final int VERTICES = 7;

  private record Edge(int from, int to, long capacity) {}

  /** The capacity of the edges from one side to the other. */
  private static long capacity(List<Edge> edges, int sourceSide) {
    return edges.stream()
        .filter(edge -> (sourceSide >> edge.from() & 1) == 1 && (sourceSide >> edge.to() & 1) == 0)
        .mapToLong(Edge::capacity)
        .sum();
  }

  @Property(tries = 300)
  void noCutIsSmallerAndNoneAsSmallHasFewerOnTheSourcesSide(@ForAll long seed) {
    Random random = new Random(seed);
    MinimumCut cut = new MinimumCut();
    List<Edge> edges = new ArrayList<>();
    for (int i = 2; i < VERTICES; i++) {
      cut.vertex();
    }
    for (int i = 0; i < 14; i++) {
      Edge edge = new Edge(random.nextInt(VERTICES), random.nextInt(VERTICES), random.nextInt(4));
      edges.add(edge);
      cut.edge(edge.from(), edge.to(), edge.capacity());
    }
    boolean[] found = cut.sourceSide();
    int side = 0;
    for (int i = 0; i < VERTICES; i++) {
      side |= found[i] ? 1 << i : 0;
    }
    long least = Long.MAX_VALUE;
    int fewest = VERTICES;
    for (int other = 1; other < 1 << VERTICES; other += 4) { // with the source, without the sink
      long capacity = capacity(edges, other);
      if (capacity < least || (capacity == least && Integer.bitCount(other) < fewest)) {
        least = capacity;
        fewest = Integer.bitCount(other);
      }
    }
    assertThat(capacity(edges, side)).isEqualTo(least);
    assertThat(Integer.bitCount(side)).isEqualTo(fewest);
  }
}

package org.signet.source.control;

import java.util.Optional;

/** Where the iterations of a loop run. Frames are equal only to themselves. */
final class Frame {
  /** More levels are taken for a circle. */
  private static final int DEEPEST = 100;

  private final String name;
  private Optional<Frame> parent = Optional.empty();

  Frame(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** The frame around this one; none as long as it is not known, and for the root. */
  Optional<Frame> parent() {
    return parent;
  }

  void setParent(Frame frame) {
    parent = Optional.of(frame);
  }

  /** How many frames are around this one. */
  int depth() {
    int depth = 0;
    for (Optional<Frame> at = parent; at.isPresent() && depth <= DEEPEST; at = at.get().parent) {
      depth++;
    }
    return depth;
  }

  boolean isTooDeep() {
    return depth() > DEEPEST;
  }
}

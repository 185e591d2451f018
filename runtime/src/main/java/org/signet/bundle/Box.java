package org.signet.bundle;

import java.util.Arrays;
import org.signet.type.Shape;

/**
 * The elements of a tensor from {@code starts[i]} on for {@code lengths[i]} in every dimension i.
 * Its arrays are not to be changed.
 */
final class Box {
  private final int[] starts;
  private final int[] lengths;

  Box(int[] starts, int[] lengths) {
    this.starts = starts;
    this.lengths = lengths;
  }

  /** Takes elements that are next to each other both in the box and in the tensor. */
  @FunctionalInterface
  interface RunVisitor {
    void visit(long indexInBox, long indexInTensor, long count);
  }

  int[] starts() {
    return starts;
  }

  int[] lengths() {
    return lengths;
  }

  long elements() {
    return Shape.elements(lengths);
  }

  boolean overlaps(Box other) {
    for (int i = 0; i < starts.length; i++) {
      long start = Math.max(starts[i], other.starts[i]);
      long end = Math.min((long) starts[i] + lengths[i], (long) other.starts[i] + other.lengths[i]);
      if (start >= end) {
        return false;
      }
    }
    return true;
  }

  /** Visits all elements of this box within a tensor of these sizes, in order, in long runs. */
  void forEachRun(int[] dims, RunVisitor visitor) {
    long elements = elements();
    if (elements == 0) {
      return;
    }
    int axis = dims.length - 1; // the outermost dimension that runs go along
    while (axis > 0 && lengths[axis] == dims[axis]) {
      axis--;
    }
    int inner = Math.max(axis, 0);
    long run = Shape.elements(Arrays.copyOfRange(lengths, inner, lengths.length));
    int[] index = starts.clone();
    for (long done = 0; done < elements; done += run) {
      visitor.visit(done, position(dims, index), run);
      int i = inner - 1;
      while (i >= 0 && ++index[i] == starts[i] + lengths[i]) {
        index[i] = starts[i];
        i--;
      }
    }
  }

  private static long position(int[] dims, int[] index) {
    long position = 0;
    for (int i = 0; i < dims.length; i++) {
      position = position * dims[i] + index[i];
    }
    return position;
  }

  /** {@code 3+2:0+5} for elements 3 and 4 of five columns. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < starts.length; i++) {
      text.append(i == 0 ? "" : ":").append(starts[i]).append('+').append(lengths[i]);
    }
    return text.toString();
  }
}

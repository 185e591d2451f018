package org.signet.pass.stablehlo;

import java.util.Optional;
import org.signet.ir.Value;
import org.signet.type.TensorType;

/**
 * A value that may still have to be broadcast.
 *
 * <p>{@code value}: of the full rank or less; its dimensions are the last of the full ones
 *
 * <p>{@code full}: the type as the module sees it
 *
 * <p>{@code stretched}: which full dimensions are, or may be, repetitions of one
 *
 * <p>{@code sizes}: the full sizes, where {@code full} does not tell them
 */
final class Spread {
  private final Value value;
  private final TensorType full;
  private final boolean[] stretched;
  private final Optional<Value> sizes;

  Spread(Value value, TensorType full, boolean[] stretched, Optional<Value> sizes) {
    this.value = value;
    this.full = full;
    this.stretched = stretched;
    this.sizes = sizes;
  }

  Value value() {
    return value;
  }

  TensorType full() {
    return full;
  }

  boolean[] stretched() {
    return stretched;
  }

  Optional<Value> sizes() {
    return sizes;
  }

  /** A value as it is. */
  static Spread of(Value value) {
    TensorType type = value.type();
    int rank = type.shape().hasRank() ? type.shape().rank() : 0;
    return new Spread(value, type, new boolean[rank], Optional.empty());
  }

  boolean isStretched() {
    for (boolean dim : stretched) {
      if (dim) {
        return true;
      }
    }
    return false;
  }

  int rank() {
    return stretched.length;
  }

  /** The tensor whole. */
  Value whole(TfEmitter emit) {
    if (isStretched()) {
      Value all = full.shape().isStatic() ? emit.ints(full.shape().dims()) : sizes.orElseThrow();
      return emit.broadcast(value, all);
    }
    return expanded(emit, value, rank());
  }

  /** The tensor with dimensions of size 1 before its own. */
  static Value expanded(TfEmitter emit, Value value, int rank) {
    int missing = value.type().shape().hasRank() ? rank - value.type().shape().rank() : 0;
    return Dimensions.inserted(emit, value, new int[missing]);
  }
}

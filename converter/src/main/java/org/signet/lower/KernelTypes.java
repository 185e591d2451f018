package org.signet.lower;

import java.util.EnumSet;
import java.util.Set;
import org.signet.type.DType;

/** The element types that TFLite's kernels take, where a group of builtins has them in common. */
final class KernelTypes {
  /** How the reason begins that {@link #decline} gives. */
  static final String MISSING = "no kernel for ";

  private KernelTypes() {}

  /** What nearly every kernel that moves elements takes. */
  static final Set<DType> MOVED =
      Set.copyOf(
          EnumSet.of(
              DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT16, DType.INT32, DType.INT64));

  /** Those and bool. */
  static final Set<DType> MOVED_OR_BOOL = with(MOVED, DType.BOOL);

  /** Those, bool and string. */
  static final Set<DType> MOVED_OR_STRING = with(MOVED, DType.BOOL, DType.STRING);

  static Set<DType> with(Set<DType> types, DType... more) {
    EnumSet<DType> all = EnumSet.copyOf(types);
    all.addAll(Set.of(more));
    return Set.copyOf(all);
  }

  static Lowered decline(DType dtype) {
    return Lowered.declined(MISSING + dtype);
  }
}

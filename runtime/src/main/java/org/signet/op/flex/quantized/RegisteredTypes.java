package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.Limits;
import org.signet.op.Shapes;
import org.signet.type.DType;

/** The types that TensorFlow has kernels for, fewer than its definitions allow. */
final class RegisteredTypes {
  private RegisteredTypes() {}

  /** The attribute {@code name} is one of these types. */
  static Limits of(String name, DType... types) {
    List<DType> known = List.of(types);
    return use -> {
      DType type = use.attributes().getType(name, types[0]);
      Shapes.require(known.contains(type), "TensorFlow has no kernel for %s", type);
    };
  }

  /** Two attributes are of one type. */
  static Limits same(String one, String other) {
    return use -> {
      DType type = use.attributes().getType(one);
      DType second = use.attributes().getType(other);
      Shapes.require(type == second, "TensorFlow has no kernel for %s and %s", type, second);
    };
  }
}

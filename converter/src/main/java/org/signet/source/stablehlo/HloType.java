package org.signet.source.stablehlo;

import java.util.List;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** The type of a value, or one that an attribute names. */
public sealed interface HloType {
  /** A tensor of a known rank. */
  record Ranked(TensorType type) implements HloType {
    @Override
    public String toString() {
      return type.toString();
    }
  }

  /** The type of an element. */
  record Element(DType dtype) implements HloType {
    @Override
    public String toString() {
      return dtype.toString();
    }
  }

  /** What orders side effects and holds no number. */
  record Token() implements HloType {
    @Override
    public String toString() {
      return "token";
    }
  }

  /** Several values in one. */
  record Tuple(List<HloType> elements) implements HloType {}

  /** What a function takes and gives. */
  record Function(List<HloType> inputs, List<HloType> outputs) implements HloType {}

  /** A type that no model file has, such as one of 8-bit floats. */
  record Other(String name) implements HloType {
    @Override
    public String toString() {
      return name;
    }
  }
}

package org.signet.testing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.signet.op.OpCase;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** What the conversion of a model of one op knows of the operands. */
public enum Knowledge {
  /** Their shapes: all are inputs. */
  SHAPES,
  /** Those that are axes, sizes or the like; of the others shapes. */
  SHAPES_AND_INDICES,
  /** The same, but of the others ranks only. */
  RANKS_AND_INDICES,
  /** The same, but of the others element types only. */
  TYPES_AND_INDICES,
  /** All but the first, of which it knows the shape: weights, ranges. */
  ALL_BUT_FIRST;

  /** The model of a recorded call; empty if nothing would be left to compute. */
  public Optional<OneOpModel> model(OpCase c) {
    OneOpModel model = OneOpModel.of(c.key().name()).with(c.attributes());
    List<Boolean> indices = indexOperands(c);
    boolean anyInput = this == SHAPES;
    for (int i = 0; i < c.operands().size(); i++) {
      Tensor value = c.operands().get(i).orElseThrow();
      if (isKnown(i, indices.get(i))) {
        model.constant(value);
      } else {
        anyInput = true;
        model.input(value, known(value));
      }
    }
    return anyInput ? Optional.of(model) : Optional.empty();
  }

  private Shape known(Tensor value) {
    return switch (this) {
      case RANKS_AND_INDICES -> Shape.ofRank(value.rank());
      case TYPES_AND_INDICES -> Shape.unknownRank();
      default -> Shape.of(value.shape());
    };
  }

  private boolean isKnown(int operand, boolean isIndex) {
    return switch (this) {
      case SHAPES -> false;
      case SHAPES_AND_INDICES, RANKS_AND_INDICES, TYPES_AND_INDICES -> isIndex;
      case ALL_BUT_FIRST -> operand > 0;
    };
  }

  /** Which operands are axes, sizes or the like: integers whose type is not the op's own. */
  private static List<Boolean> indexOperands(OpCase c) {
    TfOpDef definition = TfOpCatalog.standard().find(c.key().name()).orElseThrow();
    List<TfOpDef.ArgDef> arguments = definition.inputs();
    if (arguments.size() != c.operands().size()) {
      // Operands of a list, then an axis; or an axis, then a list.
      boolean last = !arguments.getLast().variadic();
      int count = c.operands().size();
      return Stream.iterate(0, i -> i + 1)
          .limit(count)
          .map(i -> arguments.size() > 1 && i == (last ? count - 1 : 0) && isIndex(c, i))
          .toList();
    }
    return Stream.iterate(0, i -> i + 1)
        .limit(arguments.size())
        .map(i -> !arguments.get(i).typeAttr().equals(Optional.of("T")) && isIndex(c, i))
        .toList();
  }

  private static boolean isIndex(OpCase c, int i) {
    DType dtype = c.operands().get(i).orElseThrow().dtype();
    return dtype == DType.INT32 || dtype == DType.INT64;
  }
}

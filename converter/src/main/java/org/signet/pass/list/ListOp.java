package org.signet.pass.list;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;

/** The ops that a list which becomes a tensor may meet; operand 0 is the list unless said. */
enum ListOp {
  EMPTY("EmptyTensorList"),
  RESERVE("TensorListReserve"),
  FROM_TENSOR("TensorListFromTensor"),
  SPLIT("TensorListSplit"),
  SET("TensorListSetItem"),
  PUSH("TensorListPushBack"),
  POP("TensorListPopBack"),
  RESIZE("TensorListResize"),
  SCATTER("TensorListScatter"),
  SCATTER_V2("TensorListScatterV2"),
  SCATTER_INTO("TensorListScatterIntoExistingList"),
  JOIN("TensorListConcatLists"),
  ZEROS("ZerosLike"),
  SUM("AddN"),
  GET("TensorListGetItem"),
  GATHER("TensorListGather"),
  STACK("TensorListStack"),
  CONCAT("TensorListConcat"),
  CONCAT_V2("TensorListConcatV2"),
  LENGTH("TensorListLength"),
  ELEMENT_SHAPE("TensorListElementShape");

  /** Those that make a list of something else. */
  static final Set<ListOp> CREATING =
      EnumSet.of(EMPTY, RESERVE, FROM_TENSOR, SPLIT, SCATTER, SCATTER_V2);

  /** Those whose result 0 is a list, too, that stands for the one they got. */
  static final Set<ListOp> CHANGING =
      EnumSet.of(SET, PUSH, POP, RESIZE, SCATTER_INTO, JOIN, ZEROS, SUM);

  private final String tfName;

  ListOp(String tfName) {
    this.tfName = tfName;
  }

  /** The operand of an op that makes a list which declares the shape of its elements. */
  Optional<Integer> shapeOperand() {
    return switch (this) {
      case EMPTY, RESERVE -> Optional.of(0);
      case FROM_TENSOR, SPLIT -> Optional.of(1);
      case SCATTER, SCATTER_V2 -> Optional.of(2);
      default -> Optional.empty();
    };
  }

  static Optional<ListOp> of(Node node) {
    if (node.op().isTf()) {
      for (ListOp op : values()) {
        if (op.tfName.equals(node.op().name())) {
          return Optional.of(op);
        }
      }
    }
    return Optional.empty();
  }
}

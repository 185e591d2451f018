package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.source.stablehlo.DenseElements;
import org.signet.source.stablehlo.HloAttribute;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Constants, and ops that give elements another place. */
final class MovementOps {
  private MovementOps() {}

  static void addTo(Map<String, HloImport> table) {
    table.put("constant", MovementOps::constant);
    table.put("reshape", MovementOps::reshape);
    table.put("dynamic_reshape", MovementOps::dynamicReshape);
    table.put("transpose", MovementOps::transpose);
    table.put("reverse", MovementOps::reverse);
    table.put("concatenate", MovementOps::concatenate);
    table.put("get_dimension_size", MovementOps::size);
  }

  private static List<Spread> constant(HloCall call) {
    if (!(call.op().attribute("value") instanceof HloAttribute.Dense dense)) {
      throw call.refused("a constant of " + call.op().attribute("value"));
    }
    if (!DenseElements.isSplat(dense)) {
      return HloCall.one(call.emit().constant(DenseTensors.tensor(dense)));
    }
    Shape shape = call.shape();
    boolean[] stretched = new boolean[shape.rank()];
    for (int d = 0; d < stretched.length; d++) {
      stretched[d] = shape.dim(d) != 1;
    }
    Value element = call.emit().constant(DenseTensors.splat(dense));
    return List.of(new Spread(element, call.type(0), stretched, Optional.empty()));
  }

  private static List<Spread> reshape(HloCall call) {
    Spread operand = call.spread(0);
    Shape shape = call.shape();
    if (operand.value().type().shape().rank() == 0 && shape.isStatic()) {
      boolean[] stretched = new boolean[shape.rank()];
      for (int d = 0; d < stretched.length; d++) {
        stretched[d] = shape.dim(d) != 1;
      }
      Spread result = new Spread(operand.value(), call.type(0), stretched, Optional.empty());
      if (result.isStretched()) {
        return List.of(result);
      }
    }
    Value whole = call.operand(0);
    Shape known = whole.type().shape();
    long unknown = IntStream.range(0, shape.rank()).filter(d -> !shape.isKnown(d)).count();
    if (unknown <= 1) {
      return HloCall.one(call.emit().reshape(whole, Dimensions.sizes(shape)));
    }
    throw call.refused("a reshape of " + known + " to " + shape);
  }

  private static List<Spread> dynamicReshape(HloCall call) {
    Shape shape = call.shape();
    Value whole = call.operand(0);
    long unknown = IntStream.range(0, shape.rank()).filter(d -> !shape.isKnown(d)).count();
    return HloCall.one(
        unknown <= 1 && (unknown == 0 || !hasNone(shape))
            ? call.emit().reshape(whole, Dimensions.sizes(shape))
            : call.emit().reshape(whole, call.operand(1)));
  }

  /** Whether there may be no elements: then −1 stands for no size. */
  private static boolean hasNone(Shape shape) {
    return IntStream.range(0, shape.rank()).anyMatch(d -> shape.dim(d) == 0);
  }

  private static List<Spread> transpose(HloCall call) {
    int[] permutation = call.op().numbers("permutation");
    return HloCall.one(call.emit().transpose(call.operand(0), permutation));
  }

  private static List<Spread> reverse(HloCall call) {
    int[] axes = call.op().numbers("dimensions");
    return HloCall.one(reversed(call.emit(), call.operand(0), axes));
  }

  static Value reversed(TfEmitter emit, Value value, int... axes) {
    return axes.length == 0
        ? value
        : emit.one(
            "ReverseV2",
            TfEmitter.types("T", value).with("Tidx", DType.INT32),
            value,
            emit.ints(axes));
  }

  private static List<Spread> concatenate(HloCall call) {
    int axis = call.op().number("dimension");
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < call.operandCount(); i++) {
      Value part = call.operand(i);
      if (part.type().shape().dim(axis) != 0) {
        parts.add(part);
      }
    }
    return HloCall.one(parts.isEmpty() ? call.operand(0) : call.emit().concat(axis, parts));
  }

  private static List<Spread> size(HloCall call) {
    Spread operand = call.spread(0);
    int axis = call.op().number("dimension");
    int known = operand.full().shape().dim(axis);
    if (known >= 0) {
      return HloCall.one(call.emit().number(call.dtype(), known));
    }
    Value size =
        operand.sizes().isPresent()
            ? call.emit().element(operand.sizes().get(), axis)
            : call.emit().size(call.operand(0), axis);
    return HloCall.one(call.emit().cast(size, call.dtype()));
  }

  /** A tensor with its dimensions so that {@code first} come first, the others behind. */
  static Value first(TfEmitter emit, Value value, int... first) {
    int rank = value.type().shape().rank();
    return emit.transpose(value, Dimensions.concat(first, Dimensions.others(rank, first)));
  }

  static boolean isIdentity(int[] permutation) {
    return Arrays.equals(permutation, IntStream.range(0, permutation.length).toArray());
  }
}

package org.signet.op.flex.list;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.Effects;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.tensor.TensorList;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * TensorFlow 1's ops on arrays of tensors, third version. "Flow", a number without a meaning,
 * orders them.
 */
final class TfTensorArrays {
  private static final ShapeRule FLOW = op -> List.of(TensorType.of(DType.FLOAT32));
  private static final ShapeRule HANDLE_AND_FLOW =
      op -> List.of(TensorType.of(DType.RESOURCE), TensorType.of(DType.FLOAT32));
  private static final String DTYPE = "dtype";

  private TfTensorArrays() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("TensorArrayV3", HANDLE_AND_FLOW, TfTensorArrays::make),
        define("TensorArrayCloseV3", op -> List.of(), call -> {}),
        define(
            "TensorArrayConcatV3",
            op ->
                List.of(
                    TensorType.unranked(op.attributes().getType(DTYPE)),
                    TensorType.of(DType.INT64, Shape.UNKNOWN)),
            TfTensorArrays::concat),
        define("TensorArrayGatherV3", TfTensorArrays::inferGather, TfTensorArrays::gather),
        define("TensorArrayGradV3", HANDLE_AND_FLOW, call -> gradient(call, Shape.scalar())),
        define(
            "TensorArrayGradWithShape",
            HANDLE_AND_FLOW,
            call -> gradient(call, Shape.of(KnownOperands.ints(call.operand(2))))),
        define(
            "TensorArrayReadV3",
            op -> List.of(TensorType.unranked(op.attributes().getType(DTYPE))),
            call ->
                call.result(
                    0,
                    TensorArray.of(call)
                        .read(KnownOperands.scalar(call.operand(1)), Shape.unknownRank()))),
        define("TensorArrayScatterV3", FLOW, TfTensorArrays::scatter),
        define(
            "TensorArraySizeV3",
            op -> List.of(TensorType.of(DType.INT32)),
            call -> call.result(0, Tensor.scalar(TensorArray.of(call).size()))),
        define("TensorArraySplitV3", FLOW, TfTensorArrays::split),
        define("TensorArrayWriteV3", FLOW, TfTensorArrays::write));
  }

  private static OpDefinition define(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference)
        .accurate(Accuracy.EXACT)
        .withEffects(Effects.WRITES_STATE);
  }

  private static void make(OpCall call) {
    Attributes attributes = call.attributes();
    int size = KnownOperands.sizes(call.operand(0).reshaped(1))[0];
    Shape shape =
        attributes.find("element_shape").map(Shape.class::cast).orElse(Shape.unknownRank());
    TensorList elements =
        TensorList.empty(attributes.getType(DTYPE), shape, TensorList.UNLIMITED).resized(size);
    set(
        call,
        new TensorArray(
            elements,
            attributes.getBoolean("dynamic_size", false),
            attributes.getBoolean("clear_after_read", true),
            false));
  }

  private static void set(OpCall call, TensorArray array) {
    call.result(0, Tensor.wrap(DType.RESOURCE, new Object[] {array}));
    call.result(1, Tensor.scalar(0f));
  }

  private static void flow(OpCall call, int operand) {
    call.resultReshaped(0, operand, call.operand(operand).shape());
  }

  private static void gradient(OpCall call, Shape prepended) {
    set(call, TensorArray.of(call).gradient(call.attributes().getString("source"), prepended));
  }

  private static void write(OpCall call) {
    TensorArray.of(call).write(KnownOperands.scalar(call.operand(1)), call.operand(2));
    flow(call, 3);
  }

  private static void scatter(OpCall call) {
    Tensor indices = call.operand(1);
    Tensor values = call.operand(2);
    Shapes.require(
        values.rank() > 0 && values.dim(0) == indices.size(),
        "%s rows for %s indices",
        values.type(),
        indices.size());
    for (int i = 0; i < indices.size(); i++) {
      TensorArray.of(call).write((int) indices.getLong(i), Elements.row(values, i));
    }
    flow(call, 3);
  }

  /** Operands: array, rows, how many of them each element has. */
  private static void split(OpCall call) {
    Tensor values = call.operand(1);
    int[] lengths = KnownOperands.sizes(call.operand(2));
    Shapes.require(
        values.rank() > 0 && Arrays.stream(lengths).asLongStream().sum() == values.dim(0),
        "lengths of %s rows for %s",
        Arrays.stream(lengths).asLongStream().sum(),
        values.type());
    int at = 0;
    for (int i = 0; i < lengths.length; i++) {
      TensorArray.of(call).write(i, Elements.rows(values, at, lengths[i]));
      at += lengths[i];
    }
    flow(call, 3);
  }

  private static Shape asked(Attributes attributes, String name) {
    return attributes.find(name).map(Shape.class::cast).orElse(Shape.unknownRank());
  }

  private static List<TensorType> inferGather(OpTypes op) {
    Shape element = asked(op.attributes(), "element_shape");
    DType dtype = op.attributes().getType(DTYPE);
    if (!element.hasRank()) {
      return List.of(TensorType.unranked(dtype));
    }
    int[] dims = new int[element.rank() + 1];
    dims[0] = op.shape(1).isStatic() ? op.shape(1).dim(0) : Shape.UNKNOWN;
    System.arraycopy(element.dims(), 0, dims, 1, element.rank());
    return List.of(TensorType.of(dtype, dims));
  }

  private static void gather(OpCall call) {
    TensorArray array = TensorArray.of(call);
    Shape asked = asked(call.attributes(), "element_shape");
    List<Tensor> parts =
        Arrays.stream(KnownOperands.ints(call.operand(1)))
            .mapToObj(i -> array.read(i, asked))
            .toList();
    Shape element = array.elementShape(asked);
    Shapes.require(
        !parts.isEmpty() || element.isStatic(), "elements of shape %s, and none asked", element);
    int[] shape = parts.isEmpty() ? element.dims() : parts.getFirst().shape();
    int[] all = new int[shape.length + 1];
    all[0] = parts.size();
    System.arraycopy(shape, 0, all, 1, shape.length);
    store(call, parts, shape, 0, all);
  }

  /**
   * Copies elements one after the other; all must be of {@code shape} from dimension {@code from}.
   */
  private static void store(OpCall call, List<Tensor> parts, int[] shape, int from, int... all) {
    Tensor result = call.result(0, TensorArray.of(call).dtype(), all);
    int at = 0;
    for (Tensor part : parts) {
      int[] own = part.shape();
      Shapes.require(
          own.length == shape.length
              && Arrays.equals(own, from, own.length, shape, from, shape.length),
          "an element %s beside one of shape %s",
          part.type(),
          Shapes.text(shape));
      Elements.copy(part, 0, result, at, part.size());
      at += part.size();
    }
  }

  private static void concat(OpCall call) {
    TensorArray array = TensorArray.of(call);
    Shape asked = Shape.unknownRank();
    List<Tensor> parts =
        IntStream.range(0, array.size()).mapToObj(i -> array.read(i, asked)).toList();
    Shapes.require(
        !parts.isEmpty() && parts.stream().allMatch(part -> part.rank() > 0),
        "there is nothing to join");
    int[] shape = parts.getFirst().shape();
    int[] all = shape.clone();
    all[0] = parts.stream().mapToInt(part -> part.dim(0)).sum();
    store(call, parts, shape, 1, all);
    call.result(1, Tensor.of(parts.stream().mapToLong(part -> part.dim(0)).toArray()));
  }
}

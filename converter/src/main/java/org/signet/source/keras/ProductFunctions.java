package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** Functions that multiply matrices, convolve, pool and resize. */
final class ProductFunctions {
  private final FunctionCall call;
  private final GraphOps ops;

  private ProductFunctions(FunctionCall call) {
    this.call = call;
    this.ops = call.ops();
  }

  /** The result of a function; empty if it is none of these. */
  static Optional<KerasTensor> apply(FunctionCall call) {
    ProductFunctions functions = new ProductFunctions(call);
    return switch (call.name()) {
      case "matmul" -> Optional.of(functions.matmul());
      case "einsum" -> Optional.of(functions.einsum());
      case "tensordot" -> Optional.of(functions.tensordot());
      case "conv2d" -> Optional.of(functions.convolve("Conv2D"));
      case "depthwise_conv2d" -> Optional.of(functions.convolve("DepthwiseConv2dNative"));
      case "max_pool2d" -> Optional.of(functions.pool("MaxPool"));
      case "avg_pool2d" -> Optional.of(functions.pool("AvgPool"));
      case "image_resize" -> Optional.of(functions.resize());
      default -> Optional.empty();
    };
  }

  private KerasTensor matmul() {
    Argument left = call.operand(0, "x1", "a");
    Argument right = call.operand(1, "x2", "b");
    DType dtype =
        left.tensors()
            .findFirst()
            .or(() -> right.tensors().findFirst())
            .orElseThrow(call::refused)
            .dtype();
    if (right.tensors().anyMatch(tensor -> tensor.dtype() != dtype)) {
      throw call.refused();
    }
    KerasTensor x = call.value(left, dtype);
    KerasTensor y = call.value(right, dtype);
    if (x.rank() < 2 || call.flag("adjoint_a") || call.flag("adjoint_b")) {
      throw call.refused();
    }
    if (y.rank() == 1) {
      return ops.squeeze(ops.matMul(x, ops.expandDims(y, 1)), -1);
    }
    return ops.matMul(call.flag("transpose_a") ? turned(x) : x, y, call.flag("transpose_b"));
  }

  private KerasTensor turned(KerasTensor x) {
    int[] permutation = IntStream.range(0, x.rank()).toArray();
    permutation[x.rank() - 1] = x.rank() - 2;
    permutation[x.rank() - 2] = x.rank() - 1;
    return ops.transpose(x, permutation);
  }

  private KerasTensor einsum() {
    String equation =
        call.text("subscripts", "equation")
            .orElseThrow(
                () -> call.call().unsupported("its operands are lost: Keras 2 does not keep them"));
    List<KerasTensor> operands = new ArrayList<>();
    for (Argument argument : call.call().arguments().positional()) {
      operands.add(call.value(argument));
    }
    if (operands.stream().map(KerasTensor::dtype).distinct().count() != 1) {
      throw call.refused();
    }
    return ops.einsum(equation.replace(" ", ""), operands.toArray(KerasTensor[]::new));
  }

  private KerasTensor tensordot() {
    KerasTensor x = call.x();
    KerasTensor y = call.value(call.operand(1, "x2", "b"), x.dtype());
    Argument axes = call.parameter("axes").orElseThrow(call::refused);
    int[] left;
    int[] right;
    if (axes instanceof Argument.Items(List<Argument> pair) && pair.size() == 2) {
      left = numbers(pair.get(0));
      right = numbers(pair.get(1));
    } else {
      int count = call.integer("axes", 2);
      left = IntStream.range(x.rank() - count, x.rank()).toArray();
      right = IntStream.range(0, count).toArray();
    }
    return ops.einsum(equation(x, left, y, right), x, y);
  }

  private int[] numbers(Argument argument) {
    return PreprocessingLayers.tensor(call.json(argument), DType.INT32).toInts();
  }

  private static String equation(KerasTensor x, int[] left, KerasTensor y, int[] right) {
    StringBuilder first = new StringBuilder(AttentionEquations.labels(x.rank()));
    StringBuilder second = new StringBuilder();
    for (int i = 0; i < y.rank(); i++) {
      second.append((char) ('A' + i));
    }
    for (int i = 0; i < left.length; i++) {
      second.setCharAt(y.axis(right[i]), first.charAt(x.axis(left[i])));
    }
    StringBuilder result = new StringBuilder();
    for (char label : (first.toString() + second).toCharArray()) {
      boolean shared =
          first.indexOf(String.valueOf(label)) >= 0 && second.indexOf(String.valueOf(label)) >= 0;
      if (!shared) {
        result.append(label);
      }
    }
    return first + "," + second + "->" + result;
  }

  /** One number for both dimensions, one for each, or one for each of the data's. */
  private List<Long> window(String name) {
    int[] values = call.integers(name).orElse(new int[] {1});
    return switch (values.length) {
      case 1 -> List.of(1L, (long) values[0], (long) values[0], 1L);
      case 2 -> List.of(1L, (long) values[0], (long) values[1], 1L);
      case 4 -> Arrays.stream(values).asLongStream().boxed().toList();
      default -> throw call.refused();
    };
  }

  private Attributes windows() {
    if (!call.text("data_format").orElse("NHWC").equals("NHWC")) {
      throw call.refused();
    }
    return Attributes.of(
            "strides",
            window("strides"),
            "padding",
            call.text("padding").orElse("VALID").toUpperCase(Locale.ROOT))
        .with("data_format", "NHWC");
  }

  private KerasTensor convolve(String op) {
    KerasTensor x = call.x();
    KerasTensor filter = call.value(call.operand(1, "filter", "filters"), x.dtype());
    List<Long> dilations = window(call.parameter("rate").isPresent() ? "rate" : "dilations");
    return ops.add(op, windows().with("dilations", dilations), x, filter);
  }

  private KerasTensor pool(String op) {
    return ops.add(op, windows().with("ksize", window("ksize")), call.x());
  }

  private KerasTensor resize() {
    KerasTensor x = call.x();
    int[] size = call.integers("size").orElseThrow(call::refused);
    String method = call.text("method", "interpolation").orElse("bilinear");
    boolean kept =
        call.flag("preserve_aspect_ratio")
            || call.flag("antialias")
            || call.flag("crop_to_aspect_ratio")
            || call.flag("pad_to_aspect_ratio")
            || call.text("data_format").orElse("channels_last").equals("channels_first");
    if (size.length != 2 || kept || x.rank() != 4 || x.dtype() != DType.FLOAT32) {
      throw call.refused();
    }
    return ImageResizing.to(call.call(), size[0], size[1], method).resize(x);
  }
}

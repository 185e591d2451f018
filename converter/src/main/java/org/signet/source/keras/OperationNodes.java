package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.signet.type.DType;

/**
 * Functions called on tensors of a model's graph: Keras 3 keeps them as operations ({@code x * 2}
 * is a {@code Multiply}), Keras 2 as layers that name a TensorFlow function ({@code
 * math.multiply}).
 */
final class OperationNodes implements KerasLayer {
  /** TensorFlow's functions, as Keras 2 names them, to the names of Keras 3. */
  private static final Map<String, String> KERAS2 = new TreeMap<>();

  /** Functions that are one op of one operand. */
  private static final Map<String, String> UNARY = new TreeMap<>();

  /** Functions that are one op of two operands. */
  private static final Map<String, String> BINARY = new TreeMap<>();

  /** Functions that reduce dimensions, {@code axis} and {@code keepdims} their parameters. */
  private static final Map<String, String> REDUCTIONS =
      new TreeMap<>(
          Map.of(
              "all", "All", "any", "Any", "max", "Max", "mean", "Mean", "min", "Min", "prod",
              "Prod", "sum", "Sum"));

  static {
    for (String pair :
        List.of(
            "absolute=Abs",
            "abs=Abs",
            "ceil=Ceil",
            "cos=Cos",
            "erf=Erf",
            "exp=Exp",
            "expm1=Expm1",
            "floor=Floor",
            "log=Log",
            "log1p=Log1p",
            "logical_not=LogicalNot",
            "negative=Neg",
            "ones_like=OnesLike",
            "reciprocal=Reciprocal",
            "round=Round",
            "rsqrt=Rsqrt",
            "sign=Sign",
            "sin=Sin",
            "sqrt=Sqrt",
            "square=Square",
            "tan=Tan",
            "zeros_like=ZerosLike")) {
      UNARY.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    for (String pair :
        List.of(
            "add=AddV2",
            "divide=RealDiv",
            "equal=Equal",
            "floor_divide=FloorDiv",
            "greater=Greater",
            "greater_equal=GreaterEqual",
            "less=Less",
            "less_equal=LessEqual",
            "logical_and=LogicalAnd",
            "logical_or=LogicalOr",
            "maximum=Maximum",
            "minimum=Minimum",
            "mod=FloorMod",
            "multiply=Mul",
            "not_equal=NotEqual",
            "power=Pow",
            "squared_difference=SquaredDifference",
            "subtract=Sub",
            "true_divide=RealDiv")) {
      BINARY.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    for (String pair :
        List.of(
            "__operators__.add=add",
            "__operators__.getitem=get_item",
            "cast=cast",
            "clip_by_value=clip",
            "compat.v1.transpose=transpose",
            "concat=concatenate",
            "einsum=einsum",
            "expand_dims=expand_dims",
            "identity=identity",
            "linalg.matmul=matmul",
            "math.abs=abs",
            "math.add=add",
            "math.divide=divide",
            "math.exp=exp",
            "math.floordiv=floor_divide",
            "math.log=log",
            "math.maximum=maximum",
            "math.minimum=minimum",
            "math.multiply=multiply",
            "math.negative=negative",
            "math.pow=power",
            "math.reduce_max=max",
            "math.reduce_mean=mean",
            "math.reduce_min=min",
            "math.reduce_sum=sum",
            "math.rsqrt=rsqrt",
            "math.sigmoid=sigmoid",
            "math.sqrt=sqrt",
            "math.square=square",
            "math.subtract=subtract",
            "math.tanh=tanh",
            "math.truediv=divide",
            "nn.elu=elu",
            "nn.gelu=gelu",
            "nn.leaky_relu=leaky_relu",
            "nn.relu=relu",
            "nn.relu6=relu6",
            "nn.selu=selu",
            "nn.sigmoid=sigmoid",
            "nn.silu=silu",
            "nn.softmax=softmax",
            "nn.softplus=softplus",
            "nn.tanh=tanh",
            "reshape=reshape",
            "squeeze=squeeze",
            "stack=stack",
            "stop_gradient=stop_gradient",
            "tile=tile",
            "transpose=transpose")) {
      KERAS2.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
  }

  @Override
  public Set<String> classNames() {
    return Set.of("SlicingOpLambda", "TFOpLambda");
  }

  private static String function(LayerSpec layer) {
    if (!layer.keras2()) {
      return WeightNode.snakeCase(layer.className());
    }
    String name = layer.config().getString("function");
    return Optional.ofNullable(KERAS2.get(name))
        .orElseThrow(
            () -> layer.unsupported("TensorFlow's function '" + name + "' can't be converted"));
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    if (call.inputs().stream().anyMatch(x -> x.mask().isPresent()) && call.keras2()) {
      throw call.unsupported("a function is called on a masked tensor");
    }
    return List.of(new Use(call, function(call.layer())).result());
  }

  /** One use of a function. */
  private record Use(LayerCall call, String function) {
    GraphOps ops() {
      return call.ops();
    }

    KerasTensor result() {
      if (UNARY.containsKey(function)) {
        KerasTensor result = ops().unary(UNARY.get(function), x());
        boolean filled = function.equals("zeros_like") || function.equals("ones_like");
        return filled && parameter("dtype").isPresent() ? cast(result) : result;
      }
      if (BINARY.containsKey(function)) {
        return binary(BINARY.get(function));
      }
      if (REDUCTIONS.containsKey(function)) {
        return reduce(REDUCTIONS.get(function));
      }
      if (Activations.NAMES.contains(function)) {
        KerasConfig settings =
            call.keras2() ? new KerasConfig(call.layer().name(), keywords()) : call.config();
        if (function.equals("gelu") && !settings.has("approximate")) {
          settings = approximate(settings, !call.keras2());
        }
        return new Activations(function, settings, call.keras2()).apply(ops(), x());
      }
      return switch (function) {
        case "cast" -> cast(x());
        case "clip" ->
            ops().clip(x(), number("x_min", "clip_value_min"), number("x_max", "clip_value_max"));
        case "concatenate" -> ops().concat(tensors(), integer("axis", -1));
        case "einsum" ->
            ops().einsum(text("subscripts", "equation"), tensors().toArray(KerasTensor[]::new));
        case "expand_dims" -> expandDims();
        case "flip" ->
            ops()
                .add(
                    "ReverseV2",
                    org.signet.op.Attributes.NONE,
                    x(),
                    ops().ints(integers("axis").orElseGet(this::allAxes)));
        case "get_item" -> new Indexing(call).apply(x(), index());
        case "convert_to_tensor" -> parameter("dtype").isPresent() ? cast(x()) : x();
        case "identity", "stop_gradient" -> x();
        case "matmul" -> matmul();
        case "reshape" -> reshape();
        case "squeeze" -> squeeze();
        case "stack" -> ops().stack(tensors(), integer("axis", 0));
        case "swapaxes" -> swap(x(), integer("axis1", 0), integer("axis2", 0));
        case "tile" ->
            ops()
                .tile(
                    x(),
                    integers("repeats").or(() -> integers("multiples")).orElseThrow(this::refused));
        case "transpose" -> transpose();
        default -> throw refused();
      };
    }

    private org.signet.diag.SignetException refused() {
      return call.unsupported("the function '" + function + "' can't be converted as it is used");
    }

    private KerasTensor x() {
      Argument first =
          call.arguments().positional().stream()
              .findFirst()
              .or(() -> call.arguments().named().values().stream().findFirst())
              .orElseThrow(this::refused);
      return first.tensors().findFirst().orElseThrow(this::refused);
    }

    private List<KerasTensor> tensors() {
      return call.arguments().positional().stream().flatMap(Argument::tensors).toList();
    }

    private com.google.gson.JsonObject keywords() {
      com.google.gson.JsonObject object = new com.google.gson.JsonObject();
      call.arguments()
          .named()
          .forEach((name, value) -> {
            if (value instanceof Argument.Json(JsonElement json)) {
              object.add(name, json);
            }
          });
      return object;
    }

    private KerasConfig approximate(KerasConfig settings, boolean value) {
      com.google.gson.JsonObject json = settings.json().deepCopy();
      json.addProperty("approximate", value);
      return new KerasConfig(settings.owner(), json);
    }

    private Optional<Argument> parameter(String name) {
      Optional<Argument> keyword = call.arguments().find(Integer.MAX_VALUE, name);
      return keyword.isPresent() ? keyword : call.config().find(name).map(CallReader::literal);
    }

    private Optional<int[]> integers(String name) {
      return parameter(name)
          .map(value ->
              switch (value) {
                case Argument.Json(JsonElement json) when json instanceof JsonPrimitive ->
                    new int[] {json.getAsInt()};
                case Argument.Items(List<Argument> items) ->
                    items.stream().mapToInt(this::integer).toArray();
                default -> throw refused();
              });
    }

    private int integer(Argument value) {
      if (value instanceof Argument.Json(JsonElement json) && json instanceof JsonPrimitive) {
        return json.getAsInt();
      }
      throw refused();
    }

    private int integer(String name, int fallback) {
      return integers(name).map(values -> values[0]).orElse(fallback);
    }

    private double number(String name, String alias) {
      Argument value = parameter(name).or(() -> parameter(alias)).orElseThrow(this::refused);
      if (value instanceof Argument.Json(JsonElement json) && json instanceof JsonPrimitive) {
        return json.getAsDouble();
      }
      throw refused();
    }

    private String text(String name, String alias) {
      Argument value =
          parameter(name)
              .or(() -> parameter(alias))
              .or(() -> call.arguments().positional().stream().findFirst())
              .orElseThrow(this::refused);
      if (value instanceof Argument.Json(JsonElement json) && json instanceof JsonPrimitive) {
        return json.getAsString().replace(" ", "");
      }
      throw refused();
    }

    private int[] allAxes() {
      return IntStream.range(0, x().rank()).toArray();
    }

    private KerasTensor binary(String op) {
      Argument left = operand(0, "x1", "x");
      Argument right = operand(1, "x2", "y");
      DType dtype = promoted(left, right);
      if (op.equals("RealDiv") && !dtype.isFloating()) {
        dtype = DType.FLOAT32;
      }
      return ops().binary(op, value(left, dtype), value(right, dtype));
    }

    private Argument operand(int position, String name, String alias) {
      return call.arguments()
          .find(position, name)
          .or(() -> call.arguments().find(Integer.MAX_VALUE, alias))
          .orElseThrow(this::refused);
    }

    /** The type that two operands meet in: a tensor's, or float32 for a fraction and whole ones. */
    private DType promoted(Argument left, Argument right) {
      List<DType> types =
          List.of(left, right).stream()
              .flatMap(Argument::tensors)
              .map(KerasTensor::dtype)
              .distinct()
              .toList();
      boolean fraction =
          List.of(left, right).stream()
              .anyMatch(value ->
                  value instanceof Argument.Json(JsonElement json)
                      && json.getAsString().matches(".*[.eEn].*"));
      if (types.size() == 1) {
        DType only = types.getFirst();
        return fraction && only.isInteger() ? DType.FLOAT32 : only;
      }
      List<DType> floating = types.stream().filter(DType::isFloating).toList();
      if (types.size() == 2 && floating.size() == 1) {
        return floating.getFirst();
      }
      if (Set.copyOf(types).equals(Set.of(DType.INT32, DType.INT64))) {
        return DType.INT64;
      }
      throw refused();
    }

    private KerasTensor value(Argument argument, DType dtype) {
      return switch (argument) {
        case Argument.Symbolic(KerasTensor tensor) -> ops().cast(tensor, dtype);
        case Argument.Json(JsonElement json) when json instanceof JsonPrimitive ->
            ops().graph().constant(PreprocessingLayers.tensor(json, dtype));
        case Argument.Array(JsonElement values, String _) ->
            ops().graph().constant(PreprocessingLayers.tensor(values, dtype));
        default -> throw refused();
      };
    }

    private KerasTensor reduce(String op) {
      int[] axes = integers("axis").orElseGet(this::allAxes);
      boolean keep =
          call.arguments().isTrue(Integer.MAX_VALUE, "keepdims")
              || call.config().getBoolean("keepdims", false);
      KerasTensor x = x();
      boolean whole = op.equals("Mean") && x.dtype().isInteger();
      return ops().reduce(op, whole ? ops().cast(x, DType.FLOAT32) : x, keep, axes);
    }

    private KerasTensor cast(KerasTensor x) {
      Argument value = parameter("dtype").orElseThrow(this::refused);
      String name =
          value instanceof Argument.Json(JsonElement json) && json instanceof JsonPrimitive
              ? json.getAsString()
              : "";
      return ops().cast(x, DType.ofName(name).orElseThrow(this::refused));
    }

    private KerasTensor expandDims() {
      KerasTensor x = x();
      int[] axes = integers("axis").orElseThrow(this::refused);
      if (axes.length != 1) {
        throw refused();
      }
      return ops().expandDims(x, axes[0]);
    }

    private KerasTensor squeeze() {
      KerasTensor x = x();
      int[] axes =
          integers("axis")
              .orElseGet(() -> IntStream.range(0, x.rank()).filter(i -> x.dim(i) == 1).toArray());
      return ops().squeeze(x, axes);
    }

    private KerasTensor matmul() {
      KerasTensor left = operand(0, "x1", "a").tensors().findFirst().orElseThrow(this::refused);
      KerasTensor right = operand(1, "x2", "b").tensors().findFirst().orElseThrow(this::refused);
      if (left.rank() < 2
          || right.rank() < 2
          || call.arguments().isTrue(Integer.MAX_VALUE, "transpose_a")) {
        throw refused();
      }
      return ops().matMul(left, right, call.arguments().isTrue(Integer.MAX_VALUE, "transpose_b"));
    }

    private KerasTensor reshape() {
      KerasTensor x = x();
      int[] shape = integers("newshape").or(() -> integers("shape")).orElseThrow(this::refused);
      return ops().reshape(x, shape);
    }

    private KerasTensor transpose() {
      KerasTensor x = x();
      int[] reversed = IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray();
      return ops().transpose(x, integers("axes").or(() -> integers("perm")).orElse(reversed));
    }

    private KerasTensor swap(KerasTensor x, int first, int second) {
      int[] permutation = IntStream.range(0, x.rank()).toArray();
      permutation[x.axis(first)] = x.axis(second);
      permutation[x.axis(second)] = x.axis(first);
      return ops().transpose(x, Arrays.copyOf(permutation, permutation.length));
    }

    private Argument index() {
      return call.arguments()
          .find(1, "key")
          .or(() -> call.arguments().find(Integer.MAX_VALUE, "slice_spec"))
          .orElseThrow(this::refused);
    }
  }
}

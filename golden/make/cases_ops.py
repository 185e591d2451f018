"""Sweeps over families of ops: one signature for each op and variant."""
import numpy as np
import tensorflow as tf
from tensorflow.compiler.tf2xla.ops import gen_xla_ops as xla

from golden_case import Sweep, integers, uniform

NAN, INF = np.nan, np.inf
raw = tf.raw_ops
MAKERS = {}


def maker(function):
    name = function.__name__.replace("_", "-")

    def make(out, name):
        sweep = Sweep(out, name, function.__doc__, **getattr(function, "tolerance", {}))
        function(sweep)
        sweep.write()
    MAKERS[name] = make
    return function


SPECIALS = [NAN, INF, -INF, 0.0, -0.0, 1.0, -1.0, 0.5, 1e30, -1e30, 1e-30, 80.0, -80.0, 1000.0]
ROUNDING = [-2.5, -1.5, -0.5, -0.49999997, 0.49999997, 0.5, 1.5, 2.5, 8388609.0, -3.0, 2.9999998, -0.0]


# ---- elementwise ------------------------------------------------------------------------------------------

@maker
def ops_elementwise(s):
    """Element-wise ops: binary, comparison, logical, unary, activations, selection."""
    add_all = tf.add
    numbers = ("float32", "int32", "int64")
    real = ("float32",)
    binary = {
        "add": (add_all, numbers), "sub": (tf.subtract, numbers), "mul": (tf.multiply, numbers),
        "div": (lambda x, y: raw.Div(x=x, y=y), real + ("int32",)), "realdiv": (lambda x, y: raw.RealDiv(x=x, y=y), real),
        "div_no_nan": (tf.math.divide_no_nan, real), "truediv": (tf.math.truediv, ("int32",)),
        "floordiv": (tf.math.floordiv, numbers), "floormod": (tf.math.floormod, numbers),
        "truncatediv": (tf.truncatediv, ("int32", "int64")), "truncatemod": (tf.truncatemod, ("int32", "float32")),
        "pow": (tf.pow, ("float32", "int32")), "maximum": (tf.maximum, numbers), "minimum": (tf.minimum, numbers),
        "squared_difference": (tf.math.squared_difference, numbers), "atan2": (tf.atan2, real),
        "equal": (tf.equal, numbers + ("bool",)), "not_equal": (tf.not_equal, numbers + ("bool",)),
        "less": (tf.less, numbers), "less_equal": (tf.less_equal, numbers), "greater": (tf.greater, numbers),
        "greater_equal": (tf.greater_equal, numbers), "logical_and": (tf.logical_and, ("bool",)),
        "logical_or": (tf.logical_or, ("bool",)), "logical_xor": (tf.math.logical_xor, ("bool",)),
        "bitwise_and": (tf.bitwise.bitwise_and, ("int32",)), "bitwise_or": (tf.bitwise.bitwise_or, ("int32",)),
        "bitwise_xor": (tf.bitwise.bitwise_xor, ("int32",)),
    }
    divisions = ("div", "truediv", "floordiv", "floormod", "truncatediv", "truncatemod")
    left, right = (np.array(a, np.float32) for a in zip(*[
        (x, y) for x in (NAN, INF, -INF, 0.0, -0.0, 1.0, -2.5) for y in (NAN, INF, -INF, 0.0, -0.0, 1.0, -2.5)]))
    for name, (function, dtypes) in binary.items():
        for dtype in dtypes:
            low, high = {}, {}
            calls = [{"b": 2}, {"b": 5}]
            if name in divisions and dtype != "float32":
                calls = [{"b": n, "y": np.where(integers((n, 3), name) < 0, -1, 1) * integers((n, 3), n, low=1, high=6)}
                         for n in (2, 5)]
            if name in ("pow",):
                low, high = {"x": 0.1 if dtype == "float32" else -4, "y": 0 if dtype == "int32" else -2}, {"y": 5}
            edge = [{"b": 0}]
            if dtype == "float32" and name != "truncatemod":
                edge.append({"x": left.reshape(-1, 1).repeat(3, 1), "y": right.reshape(-1, 1).repeat(3, 1)})
            s.op(f"{name}_{dtype}", function, {"x": f"{dtype}[b,3]", "y": f"{dtype}[b,3]"}, calls, edge, low, high)
    for name in ("add", "sub", "mul", "realdiv", "maximum", "minimum", "pow", "floormod", "floordiv", "squared_difference",
                 "atan2", "less", "equal", "greater_equal"):
        function, lowest = binary[name][0], {"x": 0.5, "y": 0.5} if name == "pow" else None
        s.op(f"{name}_row", function, {"x": "float32[b,3]", "y": "float32[3]"}, [{"b": 1}, {"b": 4}], low=lowest)
        s.op(f"{name}_scalar", function, {"x": "float32[]", "y": "float32[b,3]"}, [{"b": 1}, {"b": 4}], low=lowest)
        s.op(f"{name}_rank5", function, {"x": "float32[2,1,b,1,3]", "y": "float32[4,1,2,1]"}, [{"b": 1}, {"b": 3}], low=lowest)
    s.op("add_rank5_int32", tf.add, {"x": "int32[2,1,b,1,3]", "y": "int32[b,2,1,2,1]"}, [{"b": 1}, {"b": 2}])
    s.op("add_free_both", tf.add, {"x": "float32[a,b]", "y": "float32[c,d]"},
         [{"a": 2, "b": 3, "c": 1, "d": 3}, {"a": 1, "b": 1, "c": 4, "d": 2}, {"a": 3, "b": 2, "c": 3, "d": 2}],
         [{"a": 0, "b": 3, "c": 1, "d": 1}])
    s.op("add_constant", lambda x: x + [1.0, -2.0, 0.5], {"x": "float32[b,3]"}, [{"b": 1}, {"b": 3}])
    s.op("sub_from_constant", lambda x: 1.0 - x, {"x": "float32[b,3]"}, [{"b": 1}, {"b": 3}])
    s.op("add_wraps_int32", tf.add, {"x": "int32[n]", "y": "int32[n]"},
         [{"x": [2**31 - 1, -2**31, 7], "y": [1, -1, 8]}, {"x": [2**31 - 1], "y": [2**31 - 1]}])
    s.op("mul_wraps_int64", tf.multiply, {"x": "int64[n]", "y": "int64[n]"},
         [{"x": [2**62, -2**63, 3], "y": [4, -1, 5]}, {"x": [2**33], "y": [2**33]}])

    line, positive, unit = {}, {"low": 0.05, "high": 4.0}, {"low": -0.95, "high": 0.95}
    unary = {
        "abs": (tf.abs, line), "neg": (tf.negative, line), "exp": (tf.exp, line), "log": (tf.math.log, positive),
        "log1p": (tf.math.log1p, positive), "expm1": (tf.math.expm1, line), "sqrt": (tf.sqrt, positive),
        "rsqrt": (tf.math.rsqrt, positive), "square": (tf.square, line), "sin": (tf.sin, line), "cos": (tf.cos, line),
        "tan": (tf.tan, unit), "tanh": (tf.tanh, line), "sigmoid": (tf.sigmoid, line), "floor": (tf.floor, line),
        "ceil": (tf.math.ceil, line), "round": (tf.round, line), "rint": (tf.math.rint, line), "sign": (tf.sign, line),
        "reciprocal": (tf.math.reciprocal, positive), "relu": (tf.nn.relu, line), "relu6": (lambda x: tf.nn.relu6(3 * x), line),
        "relu_n1_to_1": (lambda x: tf.minimum(tf.maximum(x, -1.0), 1.0), line),
        "leaky_relu": (lambda x: tf.nn.leaky_relu(x, 0.3), line), "elu": (tf.nn.elu, line), "selu": (tf.nn.selu, line),
        "softplus": (tf.nn.softplus, line), "softsign": (tf.nn.softsign, line), "erf": (tf.math.erf, line),
        "gelu_erf": (lambda x: tf.nn.gelu(x), line), "gelu_tanh": (lambda x: tf.nn.gelu(x, approximate=True), line),
        "silu": (tf.nn.silu, line), "hard_swish": (lambda x: x * tf.nn.relu6(x + 3.0) * (1.0 / 6.0), line),
        "hard_sigmoid": (lambda x: tf.nn.relu6(x + 3.0) / 6.0, line), "is_nan": (tf.math.is_nan, line),
        "is_finite": (tf.math.is_finite, line), "is_inf": (tf.math.is_inf, line), "asin": (tf.asin, unit),
        "atan": (tf.atan, line), "sinh": (tf.sinh, line), "cosh": (tf.cosh, line),
        "clip": (lambda x: tf.clip_by_value(x, -1.0, 2.0), line),
    }
    for name, (function, bounds) in unary.items():
        calls = [{"b": 1}, {"b": 6}]
        if name in ("floor", "ceil", "round", "rint", "sign"):
            calls.append({"x": np.reshape(ROUNDING, (3, 4))})
        edge = np.array([v for v in SPECIALS if abs(v) < 1e10 or not np.isfinite(v)] if name in ("sin", "cos", "tan")
                        else SPECIALS, np.float32)
        s.op(f"{name}_float32", function, {"x": "float32[b,4]"}, calls, [{"x": edge[:, None].repeat(4, 1)}, {"b": 0}], **bounds)
    for dtype in ("int32", "int64"):
        for name in ("abs", "neg", "square", "sign"):
            s.op(f"{name}_{dtype}", unary[name][0], {"x": f"{dtype}[b,3]"}, [{"b": 1}, {"b": 4}], [{"b": 0}])
    s.op("relu_int32", tf.nn.relu, {"x": "int32[b,3]"}, [{"b": 1}, {"b": 4}])
    s.op("logical_not", tf.logical_not, {"x": "bool[b,3]"}, [{"b": 1}, {"b": 4}], [{"b": 0}])

    s.op("prelu", lambda x: tf.maximum(x, 0.0) + tf.constant([0.1, 0.2, 0.3]) * tf.minimum(x, 0.0), {"x": "float32[b,3]"},
         [{"b": 1}, {"b": 4}])
    s.op("clip_inputs", tf.clip_by_value,
         {"x": "float32[b,3]", "lowest": "float32[]", "highest": "float32[]"},
         [{"b": 2, "lowest": -0.5, "highest": 1.5}, {"b": 4, "lowest": 0, "highest": 0.25}])
    s.op("clip_int32", lambda x: tf.clip_by_value(x, -3, 4), {"x": "int32[b,3]"}, [{"b": 2}, {"b": 4}])
    for dtype in numbers + ("bool",):
        s.op(f"select_{dtype}", tf.where, {"c": "bool[b,3]", "x": f"{dtype}[b,3]", "y": f"{dtype}[b,3]"}, [{"b": 2}, {"b": 4}],
             [{"b": 0}])
    s.op("select_v1", lambda c, x, y: raw.Select(condition=c, x=x, y=y),
         {"c": "bool[b]", "x": "float32[b,3]", "y": "float32[b,3]"}, [{"b": 2}, {"b": 4}])
    s.op("select_v2_broadcast", tf.where, {"c": "bool[b,1]", "x": "float32[3]", "y": "float32[b,1]"}, [{"b": 2}, {"b": 4}])
    s.op("select_v2_rank5", tf.where, {"c": "bool[2,1,1,b,1]", "x": "float32[3,1,1,2]", "y": "float32[1,1,2]"},
         [{"b": 1}, {"b": 3}])
    s.op("select_v2_scalar", lambda c, x: tf.where(c, x, -1.0), {"c": "bool[b,2]", "x": "float32[b,2]"}, [{"b": 1}, {"b": 3}])
    s.op("select_strings", tf.where, {"c": "bool[b]", "x": "string[b]", "y": "string[b]"},
         [{"c": [True, False], "x": [b"a", b"b"], "y": [b"c", b"d"]}, {"c": [False], "x": [b"e"], "y": [b"long " * 9]}])
    s.op("add_n", lambda x, y, z: tf.add_n([x, y, z]), {"x": "float32[b,3]", "y": "float32[b,3]", "z": "float32[b,3]"},
         [{"b": 1}, {"b": 4}])
    s.op("add_n_int32", lambda x, y: tf.add_n([x, y]), {"x": "int32[b,3]", "y": "int32[b,3]"}, [{"b": 1}, {"b": 4}])
    s.op("accumulate", lambda x, y: tf.math.accumulate_n([x, y, x]), {"x": "float32[b,3]", "y": "float32[b,3]"}, [{"b": 1}, {"b": 4}])
    s.op("complex_parts", lambda x, y: {"real": tf.math.real(tf.complex(x, y)), "imag": tf.math.imag(tf.complex(x, y)),
                                        "size": tf.abs(tf.complex(x, y))},
         {"x": "float32[b,3]", "y": "float32[b,3]"}, [{"b": 1}, {"b": 4}])
    s.op("identity_and_shared", lambda x: {"same": tf.identity(x), "again": tf.identity(x), "stopped": tf.stop_gradient(x)},
         {"x": "float32[b,3]"}, [{"b": 1}, {"b": 4}], [{"b": 0}])


# ---- neural network ops -----------------------------------------------------------------------------------

@maker
def ops_nn(s):
    """Convolutions, pooling, bias, batch norm, softmax and normalisation, NHWC."""
    image, big, sized = {"x": "float32[b,7,9,4]"}, [{"b": 1}, {"b": 3}], [{"b": 1, "h": 5, "w": 6}, {"b": 2, "h": 8, "w": 7}]
    free = {"x": "float32[b,h,w,4]"}
    explicit = [[0, 0], [2, 1], [0, 3], [0, 0]]

    def kernel(*shape):
        return tf.constant(uniform(shape, "kernel", low=-1, high=1))

    for pad_name, padding in (("same", "SAME"), ("valid", "VALID"), ("explicit", explicit)):
        for variant, strides, dilations in (("", 1, 1), ("_stride2", 2, 1), ("_stride2x3", [2, 3], 1), ("_dilated", 1, 2),
                                            ("_dilated1x3", 1, [1, 3])):
            s.op(f"conv2d_{pad_name}{variant}", lambda x, p=padding, st=strides, d=dilations: tf.nn.conv2d(
                x, kernel(3, 2, 4, 5), st, p, dilations=d), image, big)
        # The depthwise kernel takes one stride for both sides.
        for variant, strides, dilations in (("", 1, None), ("_stride2", 2, None), ("_dilated", 1, [2, 2])):
            s.op(f"depthwise_{pad_name}{variant}", lambda x, p=padding, st=strides, d=dilations: tf.nn.depthwise_conv2d(
                x, kernel(3, 2, 4, 2), [1, st, st, 1], p, dilations=d), image, big)
    for pad_name, padding in (("same", "SAME"), ("valid", "VALID")):
        s.op(f"conv2d_{pad_name}_free_size", lambda x, p=padding: tf.nn.conv2d(x, kernel(3, 3, 4, 2), 2, p), free, sized)
        s.op(f"depthwise_{pad_name}_free_size", lambda x, p=padding: tf.nn.depthwise_conv2d(
            x, kernel(3, 3, 4, 1), [1, 2, 2, 1], p), free, sized)
        for strides in (1, 2, 3):
            def transposed(x, p=padding, st=strides):
                h, w = (6 * st, 5 * st) if p == "SAME" else (5 * st + 3, 4 * st + 2)
                return tf.nn.conv2d_transpose(x, kernel(3, 2, 5, 4), tf.stack([tf.shape(x)[0], h, w, 5]), st, p)
            s.op(f"conv2d_transpose_{pad_name}_stride{strides}", transposed, {"x": "float32[b,6,5,4]"}, big)
    s.op("conv2d_transpose_free_size", lambda x: tf.nn.conv2d_transpose(
        x, kernel(2, 2, 3, 4), tf.stack([tf.shape(x)[0], tf.shape(x)[1] * 2, tf.shape(x)[2] * 2, 3]), 2, "SAME"), free, sized)
    s.op("conv2d_transpose_bias_relu", lambda x: tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d_transpose(
        x, kernel(2, 2, 3, 4), tf.stack([tf.shape(x)[0], 12, 10, 3]), 2, "SAME"), [0.1, -0.2, 0.3])),
        {"x": "float32[b,6,5,4]"}, big)
    s.op("conv2d_1x1", lambda x: tf.nn.conv2d(x, kernel(1, 1, 4, 3), 1, "VALID"), free, sized)
    s.op("conv2d_whole", lambda x: tf.nn.conv2d(x, kernel(7, 9, 4, 3), 1, "VALID"), image, big)
    s.op("conv2d_grouped", lambda x: tf.nn.conv2d(x, kernel(3, 3, 2, 6), 1, "SAME"), image, big)
    s.op("conv2d_grouped_stride2", lambda x: tf.nn.conv2d(x, kernel(3, 3, 2, 4), 2, "VALID"), image, big)
    s.op("conv2d_filter_input", lambda x, k: tf.nn.conv2d(x, k, 1, "SAME"), {**image, "k": "float32[3,3,4,2]"}, big)
    s.op("conv2d_bias", lambda x: tf.nn.bias_add(tf.nn.conv2d(x, kernel(3, 3, 4, 3), 1, "SAME"), [0.1, -0.2, 0.3]), image, big)
    s.op("conv2d_bias_relu", lambda x: tf.nn.relu(tf.nn.conv2d(x, kernel(3, 3, 4, 3), 1, "SAME") + [0.1, -0.2, 0.3]), image, big)
    s.op("conv2d_bias_relu6", lambda x: tf.nn.relu6(tf.nn.conv2d(x, kernel(3, 3, 4, 3), 1, "SAME") + [0.1, -0.2, 0.3]), image, big)
    s.op("depthwise_bias_relu6", lambda x: tf.nn.relu6(tf.nn.depthwise_conv2d(
        x, kernel(3, 3, 4, 1), [1, 1, 1, 1], "SAME") + [0.1, -0.2, 0.3, 0.4]), image, big)
    s.op("pad_conv2d", lambda x: tf.nn.conv2d(tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]), kernel(3, 3, 4, 3), 2, "VALID"),
         image, big)
    s.op("conv1d", lambda x: tf.nn.conv1d(x, kernel(3, 4, 5), 2, "SAME"), {"x": "float32[b,9,4]"}, big)
    s.op("conv1d_free_length", lambda x: tf.nn.conv1d(x, kernel(3, 4, 5), 1, "VALID"), {"x": "float32[b,n,4]"},
         [{"b": 1, "n": 4}, {"b": 2, "n": 9}])
    s.op("conv3d", lambda x: tf.nn.conv3d(x, kernel(2, 3, 2, 2, 3), [1, 1, 2, 1, 1], "SAME"), {"x": "float32[b,4,5,3,2]"}, big)

    for name, pool in (("max_pool", tf.nn.max_pool2d), ("avg_pool", tf.nn.avg_pool2d)):
        for padding in ("SAME", "VALID"):
            for variant, size, strides in (("2", 2, 2), ("3x2_stride1", [3, 2], 1), ("3_stride2x3", 3, [2, 3])):
                s.op(f"{name}_{padding.lower()}_{variant}", lambda x, f=pool, z=size, st=strides, p=padding: f(x, z, st, p),
                     image, big)
            s.op(f"{name}_{padding.lower()}_free_size", lambda x, f=pool, p=padding: f(x, 3, 2, p), free, sized)
    s.op("max_pool_explicit", lambda x: tf.nn.max_pool2d(x, 3, 2, [[0, 0], [1, 0], [1, 2], [0, 0]]), image, big)
    s.op("global_mean", lambda x: tf.reduce_mean(x, [1, 2]), free, sized)

    s.op("bias_add", lambda x: tf.nn.bias_add(x, [0.1, -0.2, 0.3, 4.0]), image, big)
    s.op("bias_add_input", tf.nn.bias_add, {"x": "float32[b,4]", "bias": "float32[4]"}, big)
    scale, offset, mean, variance = (uniform((4,), n, low=lo, high=hi) for n, lo, hi in (
        ("scale", 0.5, 2), ("offset", -1, 1), ("mean", -1, 1), ("variance", 0.2, 3)))
    s.op("fused_batch_norm", lambda x: tf.compat.v1.nn.fused_batch_norm(
        x, scale, offset, mean, variance, epsilon=1e-3, is_training=False)[0], image, big)
    s.op("fused_batch_norm_inputs", lambda x, scale, offset, mean, variance: tf.compat.v1.nn.fused_batch_norm(
        x, scale, offset, mean, variance, epsilon=1e-2, is_training=False)[0],
        {**image, "scale": "float32[4]", "offset": "float32[4]", "mean": "float32[4]", "variance": "float32[4]"}, big,
        low={"variance": 0.2})
    s.op("fused_batch_norm_training", lambda x: list(tf.compat.v1.nn.fused_batch_norm(
        x, scale, offset, epsilon=1e-3, is_training=True)), image, big)
    s.op("conv2d_batch_norm_relu", lambda x: tf.nn.relu(tf.compat.v1.nn.fused_batch_norm(
        tf.nn.conv2d(x, kernel(3, 3, 4, 4), 1, "SAME"), scale, offset, mean, variance, is_training=False)[0]), image, big)
    s.op("batch_norm_unfused", lambda x: tf.nn.batch_normalization(x, mean, variance, offset, scale, 1e-3), image, big)
    s.op("layer_norm", lambda x: tf.nn.batch_normalization(x, *tf.nn.moments(x, -1, keepdims=True), offset, scale, 1e-6),
         {"x": "float32[b,3,4]"}, big)
    for name, function in (("softmax", tf.nn.softmax), ("log_softmax", tf.nn.log_softmax)):
        edge = [{"x": [[0, 1000, -1000, 1000, 0], [-INF, 0, 1, -INF, 2], [1e30, -1e30, 0, 1, 2], [NAN, 1, 2, 3, 4]]}, {"b": 0}]
        s.op(name, function, {"x": "float32[b,5]"}, big, edge)
        s.op(f"{name}_rank4", function, {"x": "float32[b,2,3,4]"}, big)
        s.op(f"{name}_axis1", lambda x, f=function: f(x, axis=1), {"x": "float32[b,5,3]"}, big)
        s.op(f"{name}_scaled", lambda x, f=function: f(x * 3.0), {"x": "float32[b,5]"}, big)
    s.op("l2_normalize", lambda x: tf.nn.l2_normalize(x, -1), {"x": "float32[b,5]"}, big,
         [{"x": np.array([[0, 0, 0, 0, 0], [1e-10, 0, 0, 0, 0], [INF, 1, 1, 1, 1], [NAN, 1, 1, 1, 1]])}])
    s.op("l2_normalize_axes", lambda x: tf.nn.l2_normalize(x, [1, 2], epsilon=1e-3), image, big)
    s.op("lrn", lambda x: tf.nn.local_response_normalization(x, depth_radius=1, bias=0.7, alpha=0.3, beta=0.6), image, big)
    s.op("lrn_default", tf.nn.local_response_normalization, {"x": "float32[b,2,2,7]"}, big)
    s.op("dense_relu", lambda x: tf.nn.relu(tf.matmul(x, kernel(4, 3)) + [0.1, 0.2, -0.3]), {"x": "float32[b,4]"}, big, [{"b": 0}])
    s.op("embedding", lambda i: tf.nn.embedding_lookup(kernel(6, 3), i), {"i": "int32[b,n]"},
         [{"i": [[0, 5, 3]]}, {"i": [[1, 1], [4, 0]]}])


ops_nn.tolerance = {"rtol": 1e-4, "atol": 2e-5}


# ---- shapes -----------------------------------------------------------------------------------------------

@maker
def ops_shape(s):
    """Ops that move, pick, join and count elements without computing on them."""
    two, x34 = [{"b": 1}, {"b": 4}], {"x": "float32[b,3,4]"}
    none = [{"b": 0}]

    def op(key, function, tensors=x34, calls=two, edge=none, **options):
        s.op(key, function, tensors, calls, edge, **options)

    def fixed(key, function, tensors, calls, **options):
        s.op(key, function, tensors, calls, (), **options)

    op("reshape_flat", lambda x: tf.reshape(x, [-1]))
    op("reshape_last", lambda x: tf.reshape(x, [-1, 6]))
    op("reshape_first", lambda x: tf.reshape(x, [2, 2, -1, 3]))
    op("reshape_by_shape", lambda x: tf.reshape(x, [tf.shape(x)[0], -1]), edge=())
    fixed("reshape_input", tf.reshape, {"x": "float32[b,6]", "shape": "int32[r]"},
          [{"b": 2, "shape": [3, -1]}, {"b": 1, "shape": [2, 1, 3]}, {"b": 4, "shape": [24]}])
    fixed("reshape_scalar", lambda x: {"up": tf.reshape(x, [1, 1]), "down": tf.reshape(x, [])}, {"x": "float32[1]"}, [{}])
    op("reshape_string", lambda x: tf.reshape(x, [-1, 2]), {"x": "string[b,4]"},
       [{"x": [[b"a", b"b", b"c", b"dd"]]}, {"x": [[b"1", b"2", b"", b"4"], [b"x", b"y", b"z", b"w"]]}], ())
    for name, order in (("021", [0, 2, 1]), ("210", [2, 1, 0]), ("102", [1, 0, 2]), ("120", [1, 2, 0])):
        op(f"transpose_{name}", lambda x, o=order: tf.transpose(x, o))
    op("transpose_default", tf.transpose)
    op("transpose_rank5", lambda x: tf.transpose(x, [4, 0, 3, 1, 2]), {"x": "float32[b,2,3,2,2]"})
    op("transpose_int64", lambda x: tf.transpose(x, [1, 0]), {"x": "int64[b,3]"})
    op("transpose_bool", lambda x: tf.transpose(x, [1, 0]), {"x": "bool[b,3]"})
    fixed("transpose_input", tf.transpose, {"x": "float32[b,3,4]", "p": "int32[3]"}, [{"b": 2, "p": [2, 0, 1]}, {"b": 1, "p": [0, 1, 2]}])

    pair = {"x": "float32[b,3]", "y": "float32[b,3]"}
    op("concat_axis0", lambda x, y: tf.concat([x, y, x], 0), pair)
    op("concat_last", lambda x, y: tf.concat([x, y], -1), pair)
    op("concat_constant", lambda x: tf.concat([tf.zeros([1, 3]), x], 0), {"x": "float32[b,3]"})
    op("concat_uneven", lambda x, y: tf.concat([x, y], 1), {"x": "int64[b,2]", "y": "int64[b,n]"}, [{"b": 1, "n": 3}, {"b": 2, "n": 1}],
       [{"b": 2, "n": 0}])
    for dtype in ("int32", "bool", "uint8"):
        op(f"concat_{dtype}", lambda x, y: tf.concat([x, y], 0), {"x": f"{dtype}[b,3]", "y": f"{dtype}[b,3]"})
    op("split_equal", lambda x: tf.split(x, 2, axis=2))
    op("split_negative_axis", lambda x: tf.split(x, 3, axis=-2))
    op("split_v", lambda x: tf.split(x, [1, 3], axis=2))
    op("split_v_minus_one", lambda x: tf.split(x, [1, -1, 1], axis=1))
    op("pack_axis0", lambda x, y: tf.stack([x, y]), pair)
    op("pack_axis1", lambda x, y: tf.stack([x, y, y], axis=1), pair)
    op("pack_last", lambda x, y: tf.stack([x, y], axis=-1), pair)
    fixed("pack_scalars", lambda x, y: tf.stack([x, y, 7]), {"x": "int32[]", "y": "int32[]"}, [{"x": 1, "y": -2}, {"x": 0, "y": 3}])
    op("unstack_axis1", lambda x: tf.unstack(x, axis=1))
    op("unstack_last", lambda x: tf.unstack(x, axis=-1))

    op("slice", lambda x: tf.slice(x, [0, 1, 1], [-1, 2, 2]))
    op("slice_to_end", lambda x: tf.slice(x, [0, 0, 2], [-1, -1, -1]))
    fixed("slice_inputs", tf.slice, {"x": "float32[b,4]", "begin": "int32[2]", "size": "int32[2]"},
          [{"b": 3, "begin": [1, 0], "size": [2, 3]}, {"b": 1, "begin": [0, 2], "size": [-1, -1]}])
    strides = {
        "begin_end": lambda x: x[:, 1:3, 0:2], "begin_mask": lambda x: x[:, :2, :-1], "end_mask": lambda x: x[:, 1:, -2:],
        "stride2": lambda x: x[:, ::2, 1::2], "negative": lambda x: x[:, ::-1, ::-2], "negative_begin": lambda x: x[:, 2:0:-1],
        "negative_batch": lambda x: x[::-1], "shrink": lambda x: x[:, 1], "shrink_negative": lambda x: x[:, -1, 2],
        "new_axis": lambda x: x[:, tf.newaxis, :, :], "new_axis_last": lambda x: x[..., tf.newaxis],
        "ellipsis": lambda x: x[..., 1:3], "ellipsis_shrink": lambda x: x[..., 0],
        "everything": lambda x: x[tf.newaxis, ..., 2, ::-1, tf.newaxis], "past_end": lambda x: x[:, 1:99, -99:2],
        "empty": lambda x: x[:, 2:1],
    }
    for name, function in strides.items():
        op(f"strided_slice_{name}", function)
    fixed("strided_slice_shrink_batch", lambda x: x[0], x34, two)
    fixed("strided_slice_last_batch", lambda x: x[-1:], x34, two)
    fixed("strided_slice_inputs", lambda x, i, j: x[i:j], {"x": "float32[b,3]", "i": "int32[]", "j": "int32[]"},
          [{"b": 4, "i": 1, "j": 3}, {"b": 5, "i": -3, "j": -1}, {"b": 2, "i": 0, "j": 9}])
    fixed("strided_slice_raw", lambda x, b, e, st: tf.strided_slice(x, b, e, st),
          {"x": "int32[n,4]", "b": "int32[2]", "e": "int32[2]", "st": "int32[2]"},
          [{"n": 3, "b": [0, 1], "e": [3, 4], "st": [1, 2]}, {"n": 4, "b": [3, 3], "e": [0, 1], "st": [-1, -1]}])
    fixed("strided_slice_int64", lambda x: x[1::2], {"x": "int64[n]"}, [{"n": 5}, {"n": 2}])

    index = {"x": "float32[b,3,4]", "i": "int32[n]"}
    fixed("gather_axis0", tf.gather, index, [{"b": 3, "i": [2, 0, 2]}, {"b": 1, "i": [0]}])
    fixed("gather_axis1", lambda x, i: tf.gather(x, i, axis=1), index, [{"b": 3, "i": [2, 0, 2]}, {"b": 1, "i": [1]}])
    fixed("gather_axis_last", lambda x, i: tf.gather(x, i, axis=-1), index, [{"b": 2, "i": [3, 0]}, {"b": 1, "i": [1]}])
    fixed("gather_matrix_index", lambda x, i: tf.gather(x, i, axis=1), {"x": "float32[b,3,2]", "i": "int64[n,2]"},
          [{"b": 2, "i": [[0, 2], [1, 1]]}, {"b": 1, "i": [[2, 2]]}])
    fixed("gather_scalar_index", lambda x, i: tf.gather(x, i, axis=1), {"x": "float32[b,3,2]", "i": "int32[]"}, [{"b": 2, "i": 1}, {"b": 1, "i": 2}])
    fixed("gather_batch_dims", lambda x, i: tf.gather(x, i, axis=1, batch_dims=1), {"x": "float32[b,4,2]", "i": "int32[b,n]"},
          [{"b": 2, "i": [[0, 3, 1], [2, 2, 0]]}, {"b": 1, "i": [[3]]}])
    fixed("gather_batch_dims_axis2", lambda x, i: tf.gather(x, i, axis=2, batch_dims=1), {"x": "float32[b,2,4]", "i": "int32[b,2]"},
          [{"b": 2, "i": [[0, 3], [2, 1]]}, {"b": 1, "i": [[3, 3]]}])
    fixed("gather_string", tf.gather, {"x": "string[b]", "i": "int32[n]"}, [{"x": [b"a", b"bc", b""], "i": [1, 1, 2]}, {"x": [b"q"], "i": [0]}])
    fixed("gather_nd", tf.gather_nd, {"x": "float32[b,3,4]", "i": "int32[n,2]"}, [{"b": 2, "i": [[0, 2], [1, 0]]}, {"b": 1, "i": [[0, 1]]}])
    fixed("gather_nd_full", tf.gather_nd, {"x": "float32[b,3,4]", "i": "int32[n,3]"}, [{"b": 2, "i": [[0, 2, 3], [1, 0, 0]]}, {"b": 1, "i": [[0, 1, 2]]}])
    fixed("gather_nd_batch_dims", lambda x, i: tf.gather_nd(x, i, batch_dims=1), {"x": "float32[b,3,4]", "i": "int64[b,n,1]"},
          [{"b": 2, "i": [[[0], [2]], [[1], [1]]]}, {"b": 1, "i": [[[2]]]}])
    fixed("scatter_nd", lambda i, u: tf.scatter_nd(i, u, [5, 2]), {"i": "int32[n,1]", "u": "float32[n,2]"},
          [{"n": 2, "i": [[4], [1]]}, {"n": 3, "i": [[0], [0], [3]]}])
    fixed("tensor_scatter_update", tf.tensor_scatter_nd_update, {"x": "float32[b,2]", "i": "int32[n,1]", "u": "float32[n,2]"},
          [{"b": 4, "n": 2, "i": [[3], [1]]}, {"b": 1, "n": 1, "i": [[0]]}])

    op("tile", lambda x: tf.tile(x, [2, 1, 3]))
    fixed("tile_input", tf.tile, {"x": "int32[b,3]", "m": "int32[2]"}, [{"b": 2, "m": [1, 2]}, {"b": 1, "m": [3, 1]}])
    op("broadcast_to", lambda x: tf.broadcast_to(x, [2, 3, 4]), {"x": "float32[b,4]"}, [{"b": 1}, {"b": 3}], ())
    op("broadcast_to_shape", lambda x: tf.broadcast_to(x[:, :1], tf.shape(x)))
    fixed("broadcast_to_input", tf.broadcast_to, {"x": "float32[3]", "shape": "int32[r]"}, [{"shape": [2, 3]}, {"shape": [2, 1, 3]}])
    op("expand_dims_0", lambda x: tf.expand_dims(x, 0))
    op("expand_dims_last", lambda x: tf.expand_dims(x, -1))
    op("expand_dims_2", lambda x: tf.expand_dims(x, 2))
    op("squeeze", tf.squeeze, {"x": "float32[1,3,1]"}, [{}], ())
    op("squeeze_axes", lambda x: tf.squeeze(x, [1, -1]), {"x": "float32[b,1,3,1]"})
    op("shape", tf.shape)
    op("shape_int64", lambda x: tf.shape(x, out_type=tf.int64))
    op("shape_part", lambda x: tf.shape(x)[:2] * 2)
    op("shape_string", tf.shape, {"x": "string[b]"}, [{"x": [b"a", b"b"]}, {"x": [b"c"]}], [{"x": []}])
    op("size", tf.size)
    op("size_int64", lambda x: tf.size(x, out_type=tf.int64))
    op("rank", tf.rank)
    op("zeros_like", lambda x: {"zeros": tf.zeros_like(x), "ones": tf.ones_like(x)})

    op("pad", lambda x: tf.pad(x, [[0, 0], [1, 2], [0, 3]]))
    op("pad_batch", lambda x: tf.pad(x, [[1, 2], [0, 0], [1, 0]]))
    op("pad_constant", lambda x: tf.pad(x, [[0, 0], [1, 2], [2, 0]], constant_values=-7.5))
    op("pad_int32", lambda x: tf.pad(x, [[0, 1], [2, 0]], constant_values=3), {"x": "int32[b,3]"})
    op("pad_int64", lambda x: tf.pad(x, [[0, 1], [2, 0]]), {"x": "int64[b,3]"})
    fixed("pad_input", tf.pad, {"x": "float32[b,3]", "p": "int32[2,2]"}, [{"b": 2, "p": [[1, 0], [0, 2]]}, {"b": 1, "p": [[0, 0], [0, 0]]}])
    op("pad_rank5", lambda x: tf.pad(x, [[0, 0], [1, 0], [0, 1], [0, 0], [1, 1]]), {"x": "float32[b,2,2,1,2]"})
    op("mirror_pad_reflect", lambda x: tf.pad(x, [[0, 0], [2, 1], [0, 3]], "REFLECT"), edge=())
    op("mirror_pad_symmetric", lambda x: tf.pad(x, [[0, 0], [3, 1], [0, 4]], "SYMMETRIC"), edge=())
    op("reverse", lambda x: tf.reverse(x, [1]))
    op("reverse_axes", lambda x: tf.reverse(x, [0, -1]))
    op("reverse_bool", lambda x: tf.reverse(x, [0]), {"x": "bool[b,2]"})
    fixed("reverse_sequence", lambda x, n: tf.reverse_sequence(x, n, seq_axis=1, batch_axis=0), {"x": "float32[b,4,2]", "n": "int32[b]"},
          [{"b": 2, "n": [3, 0]}, {"b": 1, "n": [4]}])
    op("roll", lambda x: tf.roll(x, [1, -2], [0, 2]), edge=())
    fixed("fill", tf.fill, {"dims": "int32[2]", "value": "float32[]"}, [{"dims": [2, 3], "value": 1.5}, {"dims": [1, 4], "value": -0.5}])
    op("fill_by_shape", lambda x: tf.fill([tf.shape(x)[0], 2], np.int64(9)), {"x": "float32[b,3]"})
    fixed("range_int32", tf.range, {"start": "int32[]", "limit": "int32[]", "delta": "int32[]"},
          [{"start": 0, "limit": 5, "delta": 1}, {"start": 10, "limit": 1, "delta": -3}])
    fixed("range_float32", tf.range, {"start": "float32[]", "limit": "float32[]", "delta": "float32[]"},
          [{"start": 0, "limit": 1, "delta": 0.25}, {"start": 1, "limit": -1.1, "delta": -0.5}])
    op("range_of_shape", lambda x: tf.range(tf.shape(x)[0]), {"x": "float32[b,2]"})
    for name, options in (("plain", {}), ("values", {"on_value": 5.0, "off_value": -1.0}), ("axis0", {"axis": 0}),
                          ("axis1", {"axis": 1}), ("int32", {"dtype": tf.int32}), ("bool", {"on_value": True, "off_value": False, "dtype": tf.bool}),
                          ("int64", {"on_value": np.int64(4), "off_value": np.int64(2)})):
        op(f"one_hot_{name}", lambda i, o=options: tf.one_hot(i, 4, **o), {"i": "int32[b,2]"},
           [{"i": [[0, 3]]}, {"i": [[1, 2], [4, -1], [3, 3]]}])
    op("one_hot_int64_index", lambda i: tf.one_hot(i, 3), {"i": "int64[b]"}, [{"i": [2]}, {"i": [0, 1, 7]}])
    fixed("one_hot_depth_input", lambda i, d: tf.one_hot(i, d), {"i": "int32[b]", "d": "int32[]"}, [{"i": [1, 0], "d": 3}, {"i": [4], "d": 5}])
    image = {"x": "float32[b,4,6,4]"}
    op("space_to_depth", lambda x: tf.nn.space_to_depth(x, 2), image, edge=())
    op("depth_to_space", lambda x: tf.nn.depth_to_space(x, 2), image, edge=())
    op("space_to_batch_nd", lambda x: tf.space_to_batch_nd(x, [2, 3], [[0, 0], [2, 1]]), image, edge=())
    op("space_to_batch_nd_rank3", lambda x: tf.space_to_batch_nd(x, [2], [[1, 0]]), {"x": "float32[b,3,2]"}, edge=())
    fixed("batch_to_space_nd", lambda x: tf.batch_to_space(x, [2, 2], [[0, 1], [1, 0]]), {"x": "float32[b,3,2,2]"}, [{"b": 4}, {"b": 8}])
    fixed("where", tf.where, {"c": "bool[b,3]"}, [{"c": [[True, False, True], [False, False, True]]}, {"c": [[False, True, True]]}])
    fixed("where_none", tf.where, {"c": "bool[b]"}, [{"c": [False, False]}, {"c": [True]}])
    op("where_float", tf.where, {"c": "float32[b,2]"}, [{"c": [[0, 1.5], [-0.0, -2]]}, {"c": [[1, 0]]}], [{"c": [[NAN, 0], [INF, -0.0]]}])
    fixed("boolean_mask", tf.boolean_mask, {"x": "float32[b,2]", "m": "bool[b]"}, [{"b": 3, "m": [True, False, True]}, {"b": 1, "m": [True]}])
    op("matrix_diag", tf.linalg.diag, {"x": "float32[b,3]"})
    op("matrix_set_diag", tf.linalg.set_diag, {"x": "float32[b,3,3]", "d": "float32[b,3]"})
    op("band_part", lambda x: tf.linalg.band_part(x, -1, 0), {"x": "float32[b,3,3]"})
    fixed("unique", lambda x: tuple(tf.unique(x)), {"x": "int32[n]"}, [{"x": [3, 1, 3, 2, 1]}, {"x": [7]}])
    op("meshgrid", lambda x, y: tf.meshgrid(x, y), {"x": "float32[b]", "y": "float32[3]"})


# ---- reductions and products ------------------------------------------------------------------------------

def beside_ones(found, x):
    """What top_k finds, not empty where that is nothing: TFLite's Python can't read what is."""
    return {name: tf.concat([tensor, tf.ones([tf.shape(x)[0], 1], tensor.dtype)], 1) for name, tensor in zip(("values", "places"), found)}


@maker
def ops_windows(s):
    """Windows that are larger than the image. Too large by less than a stride, they have no position."""
    calls = [{"h": h} for h in (1, 2, 3, 7)]
    nothing = [{"h": 0}]
    image = {"x": "float32[1,h,4,2]"}
    filters = uniform((3, 2, 2, 3), "windows", low=-1, high=1)
    for name, op in {"conv": lambda x: tf.nn.conv2d(x, filters, [1, 2, 1, 1], "VALID"),
                     "depthwise": lambda x: tf.nn.depthwise_conv2d(x, filters, [1, 2, 2, 1], "VALID"),
                     "max_pool": lambda x: tf.nn.max_pool2d(x, [3, 2], [2, 1], "VALID"),
                     "avg_pool": lambda x: tf.nn.avg_pool2d(x, [3, 2], [2, 1], "VALID")}.items():
        s.op(name, op, image, calls, nothing)


@maker
def ops_xla(s):
    """Ops of XLA: parts that are moved into the tensor, as generation of text keeps its caches, and what only marks values."""
    calls = [{"b": 2, "at": np.int32([1, 2])}, {"b": 5, "at": np.int32([9, -3])}]
    tensors = {"x": "float32[b,4]", "at": "int32[2]"}
    s.op("slice", lambda x, at: xla.xla_dynamic_slice(x, at, [2, 3]), tensors, calls)
    s.op("sized", lambda x, at: xla.xla_dynamic_slice(x, at, tf.stack([tf.shape(x)[0] - 1, 2])), tensors, calls)
    s.op("update", lambda x, at: xla.xla_dynamic_update_slice(x, -x[:1, 1:], at), tensors, calls)
    s.op("sharding", lambda x, at: xla.xla_sharding(x) + 1.0, tensors, calls)
    s.op("barrier", lambda x, at: xla.xla_optimization_barrier([x, at]), tensors, calls)


@maker
def ops_reduce(s):
    """Reductions, arg max, cumulative sums, top k, matrix products, einsum."""
    two, x34 = [{"b": 1}, {"b": 4}], "[b,3,4]"
    odd = np.array([[1, 2, 3], [NAN, 1, -1], [INF, -INF, 0], [-INF, -INF, -INF], [-0.0, 0.0, -0.0], [INF, 1, 2]])
    axes = {"all": None, "axis0": 0, "last": -1, "axes02": [0, 2], "axes12": [1, -1]}
    for name, function in (("sum", tf.reduce_sum), ("mean", tf.reduce_mean), ("max", tf.reduce_max), ("min", tf.reduce_min),
                           ("prod", tf.reduce_prod)):
        for where, axis in axes.items():
            for keep in (False, True):
                s.op(f"{name}_{where}{'_keep' if keep else ''}", lambda x, f=function, a=axis, k=keep: f(x, a, keepdims=k),
                     {"x": f"float32{x34}"}, two, [{"b": 0}])
        s.op(f"{name}_odd", lambda x, f=function: f(x, 1), {"x": "float32[b,3]"}, two, [{"x": odd}])
        s.op(f"{name}_no_axes", lambda x, f=function: f(x, []), {"x": "float32[b,3]"}, two)
        for dtype in ("int32", "int64"):
            s.op(f"{name}_{dtype}", lambda x, f=function: f(x, 1), {"x": f"{dtype}{x34}"}, two, [{"b": 0}])
    s.op("sum_axis_input", lambda x, a: tf.reduce_sum(x, a), {"x": f"float32{x34}", "a": "int32[1]"}, [{"b": 2, "a": [0]}, {"b": 3, "a": [-1]}])
    s.op("sum_scalar", tf.reduce_sum, {"x": "float32[]"}, [{"x": 2.5}, {"x": -1}])
    s.op("sum_free", lambda x: tf.reduce_sum(x, -1), {"x": "float32[a,b]"}, [{"a": 2, "b": 3}, {"a": 1, "b": 17}],
         [{"a": 3, "b": 0}, {"a": 0, "b": 3}])
    for name, function in (("any", tf.reduce_any), ("all", tf.reduce_all)):
        for where, axis in axes.items():
            s.op(f"{name}_{where}", lambda x, f=function, a=axis: f(x, a), {"x": "bool[b,3,2]"}, two, [{"b": 0}])
        s.op(f"{name}_last_keep", lambda x, f=function: f(x, -1, keepdims=True), {"x": "bool[b,3,2]"}, two)
    s.op("logsumexp", lambda x: tf.reduce_logsumexp(x, -1), {"x": "float32[b,4]"}, two,
         [{"x": [[-INF, -INF, -INF, -INF], [1000, 1000, 0, 0], [-1000, -1000, -1000, -1000]]}])
    s.op("variance", lambda x: {"variance": tf.math.reduce_variance(x, 0), "std": tf.math.reduce_std(x, 0)}, {"x": "float32[b,4]"}, two)
    s.op("norm", lambda x: tf.norm(x, axis=-1), {"x": "float32[b,4]"}, two)
    s.op("segment_sum", lambda x, i: tf.math.unsorted_segment_sum(x, i, 3), {"x": "float32[n,2]", "i": "int32[n]"},
         [{"n": 4, "i": [0, 2, 0, 1]}, {"n": 1, "i": [2]}])

    ties = np.array([[1, 3, 3], [2, 2, 2], [-1, -5, -5]])
    for name, function in (("argmax", tf.argmax), ("argmin", tf.argmin)):
        for output in (tf.int32, tf.int64):
            s.op(f"{name}_{output.name}", lambda x, f=function, o=output: f(x, -1, output_type=o), {"x": "float32[b,3]"},
                 two + [{"x": ties}], [{"x": odd[[0, 2, 3, 4, 5]]}, {"b": 0}])
        s.op(f"{name}_axis0", lambda x, f=function: f(x, 0), {"x": f"float32{x34}"}, two)
        s.op(f"{name}_axis1_of_int32", lambda x, f=function: f(x, 1), {"x": f"int32{x34}"}, two)
    for name, options in (("plain", {}), ("exclusive", {"exclusive": True}), ("reverse", {"reverse": True}),
                          ("exclusive_reverse", {"exclusive": True, "reverse": True}), ("axis0", {"axis": 0})):
        s.op(f"cumsum_{name}", lambda x, o=options: tf.cumsum(x, **{"axis": -1, **o}), {"x": f"float32{x34}"}, two, [{"b": 0}])
    s.op("cumsum_int32", lambda x: tf.cumsum(x, 1), {"x": f"int32{x34}"}, two)
    s.op("cumsum_int64", lambda x: tf.cumsum(x, 1), {"x": f"int64{x34}"}, two)
    s.op("cumprod", lambda x: tf.math.cumprod(x, 1), {"x": f"float32{x34}"}, two)
    s.op("top_k", lambda x: tuple(tf.math.top_k(x, 3)), {"x": "float32[b,6]"}, two + [{"x": [[1, 5, 5, 2, 5, 0]]}],
         [{"x": [[INF, -INF, 1, INF, 0, -0.0]]}, {"b": 0}])
    s.op("top_k_one", lambda x: tuple(tf.math.top_k(x, 1)), {"x": "float32[b,2,5]"}, two)
    s.op("top_k_int32", lambda x: tuple(tf.math.top_k(x, 2)), {"x": "int32[b,5]"}, two)
    s.op("top_k_input", lambda x, k: tuple(tf.math.top_k(x, k)), {"x": "float32[b,6]", "k": "int32[]"}, [{"b": 2, "k": 4}, {"b": 1, "k": 6}])
    s.op("top_k_none", lambda x: beside_ones(tf.math.top_k(x, 0), x), {"x": "float32[b,6]"}, two)
    s.op("top_k_of_some", lambda x, n, k: beside_ones(tf.math.top_k(x[:, :n], k), x), {"x": "float32[b,6]", "n": "int32[]", "k": "int32[]"},
         [{"b": 2, "n": 4, "k": 2}, {"b": 2, "n": 4, "k": 0}, {"b": 3, "n": 0, "k": 0}])
    s.op("sort", lambda x: {"up": tf.sort(x), "down": tf.sort(x, direction="DESCENDING")}, {"x": "float32[b,5]"}, two)

    free = [{"m": 2, "k": 3, "n": 4}, {"m": 1, "k": 5, "n": 2}]
    nothing = [{"m": 0, "k": 3, "n": 2}, {"m": 2, "k": 0, "n": 2}]
    for ta in (False, True):
        for tb in (False, True):
            suffix = {(0, 0): "", (1, 0): "_ta", (0, 1): "_tb", (1, 1): "_ta_tb"}[ta, tb]
            a, b = ("k,m" if ta else "m,k"), ("n,k" if tb else "k,n")
            s.op(f"matmul{suffix}", lambda x, y, ta=ta, tb=tb: tf.matmul(x, y, transpose_a=ta, transpose_b=tb),
                 {"x": f"float32[{a}]", "y": f"float32[{b}]"}, free, nothing)
            s.op(f"matmul_constant{suffix}", lambda x, ta=ta, tb=tb: tf.matmul(
                x, uniform((4, 3) if tb else (3, 4), "right"), transpose_a=ta, transpose_b=tb),
                {"x": "float32[3,b]" if ta else "float32[b,3]"}, two)
            s.op(f"batch_matmul{suffix}", lambda x, y, ta=ta, tb=tb: tf.matmul(x, y, transpose_a=ta, transpose_b=tb),
                 {"x": f"float32[b,2,{a}]", "y": f"float32[b,2,{b}]"}, [{"b": 2, **free[0]}, {"b": 1, **free[1]}], [{"b": 0, **free[0]}])
    s.op("batch_matmul_adjoint", lambda x, y: tf.matmul(x, y, adjoint_a=True, adjoint_b=True),
         {"x": "float32[b,3,2]", "y": "float32[b,4,3]"}, two)
    s.op("batch_matmul_broadcast", tf.matmul, {"x": "float32[b,1,2,3]", "y": "float32[4,3,2]"}, two)
    s.op("batch_matmul_broadcast_both", tf.matmul, {"x": "float32[b,1,2,3]", "y": "float32[1,c,3,2]"}, [{"b": 2, "c": 3}, {"b": 1, "c": 2}])
    s.op("batch_matmul_by_matrix", tf.matmul, {"x": "float32[b,2,3]", "y": "float32[3,4]"}, two)
    s.op("batch_matmul_constant", lambda x: tf.matmul(x, uniform((3, 4), "right")), {"x": "float32[b,n,3]"}, [{"b": 1, "n": 2}, {"b": 2, "n": 5}])
    s.op("matmul_int32", tf.matmul, {"x": "int32[m,k]", "y": "int32[k,n]"}, free)
    s.op("matvec", tf.linalg.matvec, {"x": "float32[b,2,3]", "y": "float32[b,3]"}, two)
    s.op("tensordot", lambda x: tf.tensordot(x, uniform((4, 3, 2), "right"), [[1, 2], [1, 0]]), {"x": f"float32{x34}"}, two)
    for name, equation, a, b in (("matmul", "ij,jk->ik", "[b,3]", "[3,2]"), ("transposed", "ij,kj->ki", "[b,3]", "[2,3]"),
                                 ("batch", "bij,bjk->bik", "[b,2,3]", "[b,3,4]"), ("outer", "i,j->ij", "[b]", "[3]"),
                                 ("dot", "i,i->", "[b]", "[b]"), ("heads", "bsw,whd->bhsd", "[b,3,4]", "[4,2,2]"),
                                 ("scores", "bhqd,bhkd->bhqk", "[b,2,3,4]", "[b,2,5,4]"), ("summed", "bij,bjk->k", "[b,2,3]", "[b,3,4]"),
                                 ("back", "bhsd,whd->bsw", "[b,2,3,2]", "[4,2,2]"), ("ellipsis", "...i,ij->...j", "[b,2,3]", "[3,4]")):
        s.op(f"einsum_{name}", lambda x, y, e=equation: tf.einsum(e, x, y), {"x": f"float32{a}", "y": f"float32{b}"}, two)
    for name, equation in (("sum", "bij->b"), ("transpose", "bij->jib")):
        s.op(f"einsum_{name}", lambda x, e=equation: tf.einsum(e, x), {"x": f"float32{x34}"}, two)
    s.op("einsum_trace", lambda x: tf.einsum("bii->bi", x), {"x": "float32[b,3,3]"}, two)
    s.op("einsum_three", lambda x, y, z: tf.einsum("ij,jk,kl->il", x, y, z),
         {"x": "float32[b,2]", "y": "float32[2,3]", "z": "float32[3,2]"}, two)


ops_reduce.tolerance = {"rtol": 1e-5, "atol": 2e-5}


# ---- casts ------------------------------------------------------------------------------------------------

@maker
def ops_cast(s):
    """Casts between every two of the common dtypes."""
    dtypes = ("float32", "float64", "int32", "int64", "int16", "uint8", "int8", "bool")

    def inside(source, target):
        """Values of `source` that `target` defines: truncated floats within its range, wrapping integers."""
        if source == "bool":
            return [True, False, True]
        floating = source.startswith("float")
        if floating:
            line = [0.0, -0.0, 0.5, 0.99, 1.0, 1.5, 2.5, 100.7, 127.9]
            if target != "uint8":
                line += [-0.5, -0.99, -1.0, -1.5, -2.9, -100.7, -127.9]
            if target in ("int32", "int64", "float32", "float64", "bool"):
                line += [2147483520.0, -2147483648.0, 16777217.0, 1e-30]
            if target in ("int64", "float32", "float64", "bool"):
                line += [9223371487098961920.0, -9223372036854775808.0, 2.0**40 + 2.0**17]
            if target in ("float32", "float64", "bool"):
                line += [1e30, -3.4028235e38, 0.1, 1 / 3]
            return line
        limits = np.iinfo(source)
        return [v for v in (0, 1, 2, 42, 127, 128, 200, 255, 256, 300, 32767, 32768, 65535, 65537, -1, -2, -42, -128, -129, -300,
                            16777217, 2**31 - 1, -2**31, 2**31, 2**53 + 1, 2**63 - 1, -2**63) if limits.min <= v <= limits.max]

    for source in dtypes:
        for target in dtypes:
            if source != target:
                edge = [{"x": []}]
                if source.startswith("float") and target in ("float32", "float64", "bool"):
                    edge.append({"x": [NAN, INF, -INF, -0.0] + ([1e300, -1e300, 1e-300] if source == "float64" else [])})
                s.op(f"{source}_to_{target}", lambda x, t=target: tf.cast(x, t), {"x": f"{source}[n]"},
                     [{"x": inside(source, target)}, {"x": inside(source, target)[:1]}], edge)
    s.op("float32_to_int32_rank3", lambda x: tf.cast(x * 10.0, tf.int32), {"x": "float32[b,2,3]"}, [{"b": 1}, {"b": 3}])
    s.op("there_and_back", lambda x: tf.cast(tf.cast(x, tf.int32), tf.float32), {"x": "float32[b,3]"}, [{"b": 1}, {"b": 3}])
    s.op("saturate", lambda x: tf.saturate_cast(x, tf.uint8), {"x": "float32[n]"}, [{"x": [-5, 0, 3.7, 254.9, 255, 300]}, {"x": [1e9]}])
    s.op("bitcast", lambda x: tf.bitcast(x, tf.int32), {"x": "float32[n]"}, [{"x": [0.0, -0.0, 1.0, -2.5, 1e30]}, {"x": [INF]}])


# ---- resizing ---------------------------------------------------------------------------------------------

@maker
def ops_resize(s):
    """Bilinear and nearest resizing: aligned corners, half-pixel centres, up and down."""
    ops = {"bilinear": raw.ResizeBilinear, "nearest": raw.ResizeNearestNeighbor}
    modes = {"plain": (False, False), "align": (True, False), "half": (False, True)}
    two = [{"b": 1}, {"b": 2}]
    for name, function in ops.items():
        for mode, (align, half) in modes.items():
            options = {"align_corners": align, "half_pixel_centers": half}
            for size, (h, w) in (("up", (9, 11)), ("up2", (8, 10)), ("down", (2, 3)), ("mixed", (7, 2)), ("one", (1, 1)), ("same", (4, 5))):
                s.op(f"{name}_{mode}_{size}", lambda x, f=function, z=(h, w), o=options: f(images=x, size=z, **o),
                     {"x": "float32[b,4,5,3]"}, two)
            s.op(f"{name}_{mode}_free", lambda x, size, f=function, o=options: f(images=x, size=size, **o),
                 {"x": "float32[b,h,w,2]", "size": "int32[2]"},
                 [{"b": 1, "h": 3, "w": 4, "size": [5, 6]}, {"b": 2, "h": 6, "w": 2, "size": [3, 7]}])
            s.op(f"{name}_{mode}_double", lambda x, f=function, o=options: f(images=x, size=tf.shape(x)[1:3] * 2, **o),
                 {"x": "float32[b,h,w,2]"}, [{"b": 1, "h": 3, "w": 4}, {"b": 2, "h": 2, "w": 5}])
            for dtype in ("uint8", "int32"):
                s.op(f"{name}_{mode}_{dtype}", lambda x, f=function, o=options: f(images=x, size=[7, 3], **o),
                     {"x": f"{dtype}[b,4,5,2]"}, two, low=0, high=256 if dtype == "uint8" else 1000)
    s.op("image_resize_bilinear", lambda x: tf.image.resize(x, [6, 7]), {"x": "float32[b,4,5,3]"}, two)
    s.op("image_resize_nearest", lambda x: tf.image.resize(x, [6, 7], "nearest"), {"x": "float32[b,4,5,3]"}, two)

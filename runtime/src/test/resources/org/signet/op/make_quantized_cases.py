"""Makes the op cases of quantized convolutions, products and pooling with TFLite's numbers.

Needs TensorFlow 2.21.
"""

from tflite_cases import TfliteCases, const, operand, q

import numpy as np

rng = np.random.default_rng(21)
CONV = {"stride_h": 1, "stride_w": 1, "dilation_h_factor": 1, "dilation_w_factor": 1}
RANGES = {"int8": (-128, 128), "uint8": (0, 256), "int16": (-32768, 32768), "int4": (-7, 8)}


def some(dtype, *shape, low=None, high=None):
    span = RANGES.get(dtype, (-2000, 2000))
    low, high = span[0] if low is None else low, span[1] if high is None else high
    return rng.integers(low, high, shape).astype("int8" if dtype == "int4" else dtype)


def reals(*shape):
    return rng.normal(0, 2, shape).astype(np.float16).astype(np.float32)


def scales(n, step=0.01):
    return [np.float32(step * (1 + i * 0.37)) for i in range(n)]


def weights(dtype, *shape, axis=None, step=0.01):
    """Weights with one scale, or one for each slice of an axis."""
    point = 117 if dtype == "uint8" else 0
    scale = step if axis is None else scales(shape[axis], step)
    return const(q(some(dtype, *shape), scale, point, axis or 0, int4=dtype == "int4"))


def bias(dtype, n, input_scale, filter_):
    return const(q(some(dtype, n), np.float32(input_scale) * np.float32(filter_.scale), 0))


def sums():
    """CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV, FULLY_CONNECTED, BATCH_MATMUL."""
    cases = TfliteCases("quantized_sum")
    kinds = [("int8", "int8", "int32", 0.05, -3, 0.21, 7), ("uint8", "uint8", "int32", 0.05, 120, 0.3, 130),
             ("int16", "int8", "int64", 0.0005, 0, 0.003, 0), ("int16", "int8", "int32", 0.0005, 0, 0.003, 0),
             ("int8", "int4", "int32", 0.05, 5, 0.05, -9)]
    for dtype, wtype, btype, s, z, so, zo in kinds:
        for axis in ([None] if dtype == "uint8" else [None, 0]):
            x = q(some(dtype, 1, 5, 4, 2), s, z)
            w = weights(wtype, 3, 3, 2, 2, axis=axis)
            name = f"{dtype} {wtype} {btype} axis {axis}"
            quant = {"quantized_bias_type": "INT32"} if (dtype, btype) == ("int16", "int32") else {}
            cases.add("CONV_2D", [x, w, bias(btype, 3, s, w)], [q(dtype, so, zo)],
                      {**CONV, **quant, "padding": "SAME", "fused_activation_function": "RELU6"}, name)
            cases.add("CONV_2D", [x, w, bias(btype, 3, s, w)], [q(dtype, so / 3, zo)],
                      {**CONV, **quant, "padding": "VALID", "stride_w": 2, "fused_activation_function": "NONE"},
                      name)
            if (dtype, btype) != ("int16", "int32"):
                w = weights(wtype, 1, 3, 2, 4, axis=None if axis is None else 3)
                cases.add("DEPTHWISE_CONV_2D", [x, w, bias(btype, 4, s, w)], [q(dtype, so / 2, zo)],
                          {**CONV, "padding": "SAME", "depth_multiplier": 2,
                           "fused_activation_function": "RELU"}, name)
            rows = q(some(dtype, 3, 6), s, z)
            w = weights(wtype, 4, 6, axis=axis)
            cases.add("FULLY_CONNECTED", [rows, w, bias(btype, 4, s, w)], [q(dtype, so, zo)],
                      {**quant, "fused_activation_function": "NONE"}, name)
            cases.add("FULLY_CONNECTED", [rows, w, None], [q(dtype, so / 2, zo)],
                      {**quant, "fused_activation_function": "RELU_N1_TO_1"}, name + " no bias")
            if wtype == "int4":
                continue  # the kernel of TRANSPOSE_CONV takes packed weights for int8
            w = weights(wtype, 3, 2, 3, 2, axis=axis)
            cases.add("TRANSPOSE_CONV", [const(np.int32([1, 10, 8, 3])), w, x, bias(btype, 3, s, w)],
                      [q(dtype, so / 2, zo)],
                      {"padding": "SAME", "stride_h": 2, "stride_w": 2, **quant,
                       "fused_activation_function": "NONE"}, name)
    x, y = q(some("int8", 2, 3, 4), 0.05, -3), q(some("int8", 1, 4, 5), 0.02, 6)
    cases.add("BATCH_MATMUL", [x, y], [q("int8", 0.05, 2)], {}, "int8")
    cases.add("BATCH_MATMUL", [x, q(some("int8", 2, 5, 4), 0.02, 6)], [q("int8", 0.05, 2)], {"adj_y": True}, "int8 adj_y")
    cases.add("BATCH_MATMUL", [q(some("int8", 1, 4, 3), 0.05, -3), y], [q("int8", 0.05, 2)], {"adj_x": True}, "int8 adj_x")
    cases.add("BATCH_MATMUL", [x, y], ["int32"], {}, "int8 int32")
    cases.add("BATCH_MATMUL", [q(some("int16", 2, 3, 4), 0.0005), q(some("int16", 2, 4, 5), 0.0002)],
              [q("int16", 0.001)], {}, "int16")
    cases.write()


def shuffled():
    """FULLY_CONNECTED with weights in blocks of 4x16, on 1 and 4 rows; the second result is the input in such blocks."""
    cases = TfliteCases("shuffled_product")
    numbers = np.random.default_rng(43).integers
    for rows, units, depth, activation in ((1, 8, 32, "NONE"), (4, 4, 48, "RELU"), (4, 12, 16, "NONE")):
        x = q(numbers(0, 256, (rows, depth)).astype(np.uint8), 1 / 128, 128)
        blocks = numbers(-128, 128, (units, depth)).astype(np.int8).reshape(units // 4, 4, depth // 16, 16).transpose(0, 2, 1, 3)
        w = const(q(np.ascontiguousarray(blocks).view(np.uint8).reshape(units, depth), 0.004, 128))
        cases.add("FULLY_CONNECTED", [x, w, const(q(numbers(-2000, 2000, units).astype(np.int32), 0.004 / 128))],
                  [q("int16", 1 / 4096), operand("uint8", shape=x.value.shape)],
                  {"fused_activation_function": activation, "weights_format": "SHUFFLED4x16INT8"},
                  f"{rows} rows, {units} units, {depth} columns", version=2)
    cases.write()


def hybrids():
    """Float input and integer weights."""
    cases = TfliteCases("hybrid")
    for wtype in ("int8", "int4"):
        for axis in (None, 0):
            x = reals(2, 4, 4, 2)
            w = weights(wtype, 3, 3, 2, 2, axis=axis)
            if wtype == "int8" or axis is not None:
                cases.add("CONV_2D", [x, w, const(reals(3))], ["float32"],
                          {**CONV, "padding": "SAME", "fused_activation_function": "RELU"}, f"{wtype} axis {axis}",
                          version=5)
            if axis == 0 and wtype == "int8":
                w = weights(wtype, 1, 3, 2, 4, axis=3)
                cases.add("DEPTHWISE_CONV_2D", [x, w, const(reals(4))], ["float32"],
                          {**CONV, "padding": "SAME", "depth_multiplier": 2, "fused_activation_function": "NONE"},
                          f"{wtype} axis {axis}", version=6)
            w = weights(wtype, 4, 6, axis=axis)
            for asymmetric in (False, True):
                cases.add("FULLY_CONNECTED", [reals(3, 6), w, const(reals(4))], ["float32"],
                          {"fused_activation_function": "NONE", "asymmetric_quantize_inputs": asymmetric},
                          f"{wtype} axis {axis} asymmetric {asymmetric}", version=12)
                if wtype == "int8" and axis is None:
                    cases.add("BATCH_MATMUL", [reals(2, 3, 4), const(q(some("int8", 2, 4, 5), 0.02))], ["float32"],
                              {"asymmetric_quantize_inputs": asymmetric}, f"asymmetric {asymmetric}")
    cases.write()


WIDE = {"int8": (0.05, -3), "uint8": (0.05, 120), "int16": (0.0005, 0)}


def whole(dtype, n=40):
    """Integers from all over the range of a type, both ends included."""
    low, high = RANGES[dtype]
    return np.unique(np.linspace(low, high - 1, n).round()).astype(dtype)


def elementwise():
    """Arithmetic, comparisons and functions of one number."""
    cases = TfliteCases("quantized_elementwise")
    for dtype, (s, z) in WIDE.items():
        x = q(some(dtype, 3, 1, 8), s, z)
        y = q(some(dtype, 4, 8), s * 0.7, z + (5 if z else 0))
        wide = {"pot_scale_int16": False} if dtype == "int16" else {}
        cases.add("ADD", [x, y], [q(dtype, s * 1.3, z)], {**wide, "fused_activation_function": "RELU6"}, dtype)
        cases.add("SUB", [x, y], [q(dtype, s * 1.3, z)], {**wide, "fused_activation_function": "NONE"}, dtype)
        cases.add("MUL", [x, y], [q(dtype, s * s * (99 if z else 30000), z)], {}, dtype)
        few = q(some(dtype, 4, 8, low=40 if z == 0 else z + 20, high=90 if z <= 0 else 250), s * 0.7, z)
        if dtype != "int16":
            cases.add("DIV", [x, few], [q(dtype, 0.03, z)], {}, dtype)
        for op in ("EQUAL", "NOT_EQUAL", "LESS", "LESS_EQUAL", "GREATER", "GREATER_EQUAL"):
            near = x if dtype == "int16" else q(x.value, s * 2, z)
            if op in ("EQUAL", "LESS"):
                cases.add(op, [near, y if z else q(y.value, s)], ["bool"], None, dtype)
            else:
                cases.add(op, [x, q(np.int16([5]) if z == 0 else np.asarray([7], dtype), s, z)], ["bool"], None, dtype)
        for op in ("MAXIMUM", "MINIMUM"):
            cases.add(op, [x, q(y.value, s, z)], [q(dtype, s, z)], None, dtype)
    for value in (2**-13, 2**-12):
        pot = q(some("int16", 8), 2**-12)
        cases.add("ADD", [pot, q(some("int16", 8), value)], [q("int16", 2**-12)], {}, "int16 powers of two")
        cases.add("SUB", [pot, q(some("int16", 8), value)], [q("int16", 2**-12)], {}, "int16 powers of two")
    cases.add("SQUARED_DIFFERENCE", [q(some("int8", 3, 8), 0.05, 3), q(some("int8", 8), 0.03, -9)],
              [q("int8", 0.3, -120)], None, "int8")
    cases.write()


def unary():
    cases = TfliteCases("quantized_unary")

    def add(op, dtype, s, z, so, zo, options=None, low=None, tolerance=None):
        x = whole(dtype)
        x = x if low is None else x[x.astype(int) >= low]
        cases.add(op, [q(x, s, z)], [q(dtype, so, zo)], options, f"{dtype} {s}", tolerance)

    for dtype, (s, z) in WIDE.items():
        for op in ("RELU", "RELU6"):
            add(op, dtype, s, z, s * 0.8, z)
        add("LEAKY_RELU", dtype, s, z, s * 1.1, z, {"alpha": 0.25})
        if dtype != "int16":
            cases.add("PRELU", [q(some(dtype, 3, 8), s, z), q(some(dtype, 8), s / 2, z)], [q(dtype, s * 4, z)], None,
                      dtype)
            add("RELU_N1_TO_1", dtype, s, z, s, z)
            add("RELU_0_TO_1", dtype, s, z, s * 0.3, z)
            for scale in (0.05, 0.3, 0.004):
                add("HARD_SWISH", dtype, scale, z, scale * 0.9, z)
            low = 0 if dtype == "uint8" else -128
            add("LOGISTIC", dtype, s, z, 1 / 256, low)
            add("TANH", dtype, s, z, 1 / 128, low + 128)
            add("GELU", dtype, s, z, s, z, {"approximate": False})
            add("GELU", dtype, s, z, s, z, {"approximate": True})
        else:
            for scale in (2**-12, 0.0005, 0.0001):
                add("LOGISTIC", dtype, scale, 0, 2**-15, 0)
                add("TANH", dtype, scale, 0, 2**-15, 0)
            add("TANH", dtype, 2**-11, 0, 2**-15, 0)
    for dtype, (s, z) in (("int8", (0.05, -3)), ("int16", (0.0005, 0))):
        add("ABS", dtype, s, z, s, z)
        add("ABS", dtype, s, z, s * 1.3, z)
        add("NEG", dtype, s, 0, s, 0, low=RANGES[dtype][0] + 1)
        add("EXP", dtype, s, z, s * 2, z)
        add("LOG", dtype, s, z, s * 1.5, z)
        add("SQRT", dtype, s, z, s, z, low=z)
        add("RSQRT", dtype, s, z, s / 2, z, low=z)
    add("ELU", "int8", 0.05, -3, 0.04, 4)
    cases.write()


def rows():
    """Softmax, norms, reductions, pools, resizes, joins."""
    cases = TfliteCases("quantized_row")
    for dtype, (s, z) in WIDE.items():
        low = 0 if dtype == "uint8" else -128
        x = q(some(dtype, 4, 7), s, z)
        out = q(dtype, 1 / 32768 if dtype == "int16" else 1 / 256, 0 if dtype == "int16" else low)
        for beta in (1.0, 0.5):
            cases.add("SOFTMAX", [x], [out], {"beta": beta}, f"{dtype} {beta}")
        if dtype != "int16":
            cases.add("SOFTMAX", [x], [q("int16", 1 / 32768)], {"beta": 1.0}, f"{dtype} int16",
                      resolver="BUILTIN_WITHOUT_DEFAULT_DELEGATES")
            cases.add("LOG_SOFTMAX", [x], [q(dtype, 16 / 256, low + 255)], {}, dtype, [0, 1])
            cases.add("L2_NORMALIZATION", [x], [q(dtype, 1 / 128, low + 128)], {}, dtype)
        x = q(some(dtype, 2, 3, 4, 5), s, z)
        for axes in ([1, 2], [3], [0, 1, 2, 3]):
            cases.add("MEAN", [x, const(np.int32(axes))], [q(dtype, s * 0.6, z)], {"keep_dims": len(axes) > 1},
                      f"{dtype} {axes}")
            # The reference kernels leave part of these sums unwritten.
            cases.add("SUM", [x, const(np.int32(axes))], [q(dtype, s * 9, z)], {"keep_dims": False}, f"{dtype} {axes}",
                      resolver="BUILTIN_WITHOUT_DEFAULT_DELEGATES", tolerance=[0, 1])
            if dtype != "uint8":
                cases.add("REDUCE_PROD", [q(some(dtype, 2, 3, 2, 2), s, z), const(np.int32(axes))],
                          [q(dtype, s * 2, z)], {"keep_dims": False}, f"{dtype} {axes}")
            cases.add("REDUCE_MAX", [x, const(np.int32(axes))], [q(dtype, s, z)], {"keep_dims": False}, f"{dtype} {axes}")
        for padding, act in (("SAME", "NONE"), ("VALID", "RELU6")):
            options = {"padding": padding, "stride_h": 2, "stride_w": 1, "filter_height": 2, "filter_width": 3,
                       "fused_activation_function": act}
            cases.add("AVERAGE_POOL_2D", [x], [q(dtype, s, z)], options, f"{dtype} {act}")
            cases.add("MAX_POOL_2D", [x], [q(dtype, s, z)], options, f"{dtype} {act}")
        for corners, centers in ((False, False), (True, False), (False, True)):
            options = {"align_corners": corners, "half_pixel_centers": centers}
            size = const(np.int32([5, 7]))
            cases.add("RESIZE_BILINEAR", [x, size], [q(dtype, s, z)], options, f"{dtype} {corners} {centers}",
                      [0, 1] if dtype == "uint8" else None)
            cases.add("RESIZE_NEAREST_NEIGHBOR", [x, size], [q(dtype, s, z)], options, f"{dtype} {corners} {centers}")
        pair = [q(some(dtype, 2, 3), s, z), q(some(dtype, 2, 2), s * 0.5 if dtype == "uint8" else s, z)]
        cases.add("CONCATENATION", pair, [q(dtype, s, z)], {"axis": 1}, dtype)
    cases.write()


def conversions():
    """QUANTIZE, DEQUANTIZE, FAKE_QUANT."""
    cases = TfliteCases("quantized_conversion")
    x = np.float32([-99, -1.25, -0.5, -0.075, 0, 0.025, 0.05, 0.075, 1, 2.5, 99])
    for dtype, (s, z) in WIDE.items():
        cases.add("QUANTIZE", [x], [q(dtype, s, z)], None, f"float32 {dtype}")
        cases.add("DEQUANTIZE", [q(whole(dtype, 12), s, z)], ["float32"], None, dtype)
        for other in ("int8", "uint8", "int16", "int32"):
            if (dtype == "int16") >= (other in ("int16", "int32", "int8")) and other != "int32":
                if (dtype, other) != ("int16", "uint8"):
                    so, zo = WIDE[other]
                    cases.add("QUANTIZE", [q(whole(dtype, 30), s, z)], [q(other, so * 0.9, zo)], None, f"{dtype} {other}")
    cases.add("QUANTIZE", [q(some("int32", 20), 0.001)], [q("int8", 0.02, 5)], None, "int32 int8")
    cases.add("QUANTIZE", [q(some("int32", 20), 0.001)], [q("int16", 0.00005)], None, "int32 int16")
    cases.add("QUANTIZE", [x[:9].reshape(3, 3)], [q("int8", scales(3), [0, 0, 0], 1)], None, "float32 per axis")
    cases.add("DEQUANTIZE", [const(q(some("int8", 3, 4), scales(3), [0, 5, -2], 0))], ["float32"], None, "int8 per axis")
    cases.add("DEQUANTIZE", [const(q(some("int4", 3, 5), 0.1, 0, int4=True))], ["float32"], None, "int4")
    cases.add("DEQUANTIZE", [const(np.float16([1.5, -2, 65504]))], ["float32"], None, "float16")
    for narrow in (False,):
        cases.add("FAKE_QUANT", [x], ["float32"], {"min": -1.0, "max": 2.0, "num_bits": 8, "narrow_range": narrow}, "")
        cases.add("FAKE_QUANT", [x], ["float32"], {"min": 0.0, "max": 50.0, "num_bits": 4, "narrow_range": narrow}, "")
    cases.write()


if __name__ == "__main__":
    sums()
    shuffled()
    hybrids()
    elementwise()
    unary()
    rows()
    conversions()

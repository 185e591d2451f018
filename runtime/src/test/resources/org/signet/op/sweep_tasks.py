"""The calls of make_sweep_cases.py: each builtin on each element type that a model file can hold.

A type is told by a key: f32, f16, bf16, f64, i4 … i64, u8 … u64, bool, string, c64, c128; with a q
before it, it is quantized. TFLite's kernels say themselves which calls they accept.
"""

import collections

from tflite_cases import const, operand, q

import ml_dtypes
import numpy as np

PLAIN = {
    "f32": np.float32, "f16": np.float16, "bf16": ml_dtypes.bfloat16, "f64": np.float64, "i4": "int4",
    "i8": np.int8, "i16": np.int16, "i32": np.int32, "i64": np.int64, "u8": np.uint8, "u16": np.uint16,
    "u32": np.uint32, "u64": np.uint64, "bool": np.bool_, "string": "string", "c64": np.complex64,
    "c128": np.complex128}
# element type, scale, zero point
QUANTIZED = {
    "qi4": ("i4", 0.5, 0), "qi8": ("i8", 0.05, -3), "qu8": ("u8", 0.05, 120), "qi16": ("i16", 0.0005, 0),
    "qi32": ("i32", 0.001, 0)}
TYPES = list(PLAIN) + ["qi4", "qi8", "qu8", "qi16"]
NUMBERS = [t for t in PLAIN if t not in ("i4", "string", "bool")]
BOUNDS = {
    "i4": (-8, 8), "i8": (-128, 128), "u8": (0, 256), "i16": (-32768, 32768), "u16": (0, 65536),
    "i32": (-10**6, 10**6), "i64": (-10**12, 10**12), "u32": (0, 2**32), "u64": (0, 2**63)}
INDEX_TYPES = (np.int32, np.int64)

Task = collections.namedtuple("Task", "op name operands results options others")
tasks = []
rng = np.random.default_rng(77)


def task(op, name, operands, results, options=None, **others):
    tasks.append(Task(op, name.strip(), operands, results, options, others))


def name_of(key):
    """The name of a key's element type."""
    key = QUANTIZED[key][0] if key in QUANTIZED else key
    return key if key == "string" else "int4" if key == "i4" else (
        "bfloat16" if key == "bf16" else np.dtype(PLAIN[key]).name)


def integers(key, shape, low=None, high=None):
    least, most = BOUNDS[key]
    low, high = least if low is None else max(low, least), most if high is None else min(high, most)
    return rng.integers(low, high, shape)


def array(key, value):
    return np.asarray(value).astype(np.int8 if key == "i4" else PLAIN[key])


def values(key, *shape, low=None, high=None, scale=None, zero_point=None):
    """Random elements; low and high bound the numbers that they stand for."""
    if key in QUANTIZED:
        own, default_scale, default_point = QUANTIZED[key]
        scale = default_scale if scale is None else scale
        zero_point = default_point if zero_point is None else zero_point
        bounds = [None if x is None else round(zero_point + x / scale) for x in (low, high)]
        return q(array(own, integers(own, shape, *bounds)), scale, zero_point, int4=own == "i4", const=own == "i4")
    low, high = -6 if low is None else low, 7 if high is None else high
    if key == "string":
        words = np.empty(shape, object)
        for i in np.ndindex(*shape):
            words[i] = b"s%d" % rng.integers(0, 6)
        return operand(words)
    if key == "bool":
        return operand(array(key, rng.integers(0, 2, shape)))
    if key in ("c64", "c128"):
        parts = rng.integers(low * 4, high * 4, (2,) + shape) / 4
        return operand(array(key, parts[0] + 1j * parts[1]))
    if key in ("f32", "f16", "bf16", "f64"):
        return operand(array(key, rng.integers(low * 8, high * 8, shape) / 8))
    return operand(array(key, integers(key, shape, low, high)), int4=key == "i4", const=key == "i4")


def result(key, scale=None, zero_point=None, shape=None):
    if key not in QUANTIZED:
        return operand(name_of(key), int4=key == "i4", shape=shape)
    own, default_scale, default_point = QUANTIZED[key]
    return q(name_of(key), default_scale if scale is None else scale,
             default_point if zero_point is None else zero_point, int4=own == "i4", shape=shape)


def numbers(value, dtype=np.int32):
    """A constant."""
    return const(np.asarray(value, dtype))


def size(key):
    """The bytes of an element."""
    return np.dtype(PLAIN[QUANTIZED[key][0] if key in QUANTIZED else key]).itemsize


UNARY = """ABS CEIL FLOOR ROUND COS SIN EXP LOG SQRT RSQRT SQUARE NEG LOGISTIC TANH RELU RELU6 RELU_N1_TO_1
RELU_0_TO_1 ELU HARD_SWISH GELU LEAKY_RELU SIGN ZEROS_LIKE LOGICAL_NOT L2_NORMALIZATION LOG_SOFTMAX SOFTMAX
LOCAL_RESPONSE_NORMALIZATION""".split()
UNARY_OPTIONS = {
    "LEAKY_RELU": {"alpha": 0.25}, "GELU": {"approximate": False}, "SOFTMAX": {"beta": 1.0},
    "LOCAL_RESPONSE_NORMALIZATION": {"radius": 1, "bias": 1.0, "alpha": 0.5, "beta": 0.5},
    "EXP": {}, "SQUARE": {}, "NEG": {}, "ZEROS_LIKE": {}, "LOGICAL_NOT": {}, "L2_NORMALIZATION": {},
    "LOG_SOFTMAX": {}, "ABS": {}}
# The scales of results that kernels prescribe.
SIGMOID = {"qi8": (1 / 256, -128), "qu8": (1 / 256, 0), "qi16": (1 / 32768, 0)}
PRESCRIBED = {
    "LOGISTIC": SIGMOID, "SOFTMAX": SIGMOID,
    "TANH": {"qi8": (1 / 128, 0), "qu8": (1 / 128, 128), "qi16": (1 / 32768, 0)},
    "LOG_SOFTMAX": {"qi8": (16 / 256, 127), "qu8": (16 / 256, 255)},
    "L2_NORMALIZATION": {"qi8": (1 / 128, 0), "qu8": (1 / 128, 128)}}
DOMAINS = {"LOG": (1, 6), "SQRT": (1, 6), "RSQRT": (1, 6), "EXP": (-2, 2)}


def unary():
    for op in UNARY:
        for t in TYPES:
            low, high = DOMAINS.get(op, (None, None))
            shape = (2, 3, 2, 4) if op == "LOCAL_RESPONSE_NORMALIZATION" else (3, 7)
            x = values(t, *shape, low=low, high=high)
            own = PRESCRIBED.get(op, {}).get(t, (None, None))
            task(op, t, [x], [result(t, *own)], UNARY_OPTIONS.get(op))
            if t in QUANTIZED and op not in PRESCRIBED and t != "qi4":
                task(op, t + " rescaled", [x], [result(t, QUANTIZED[t][1] * 1.3)], UNARY_OPTIONS.get(op))
            if op == "GELU":
                task(op, t + " approximate", [x], [result(t, *own)], {"approximate": True})
            if op == "SOFTMAX" and t in ("qi8", "qu8"):
                task(op, t + " to int16", [x], [result("qi16", 1 / 65536, -32768)], {"beta": 1.0})
            # the edges of floats, and infinities
            if t == "f32":
                edges = np.float32([0.0, -0.0, np.inf, -np.inf, np.nan, 1e-40, 3e38, -3e38, 88.8, -88.8, 0.5, -0.5, 1.5])
                shape = (1, 1, 1, 13) if op == "LOCAL_RESPONSE_NORMALIZATION" else (1, 13)
                if op not in ("SIN", "COS", "L2_NORMALIZATION", "SOFTMAX", "LOG_SOFTMAX") and shape == (1, 13):
                    task(op, "f32 edges", [edges.reshape(shape)], ["float32"], UNARY_OPTIONS.get(op))


def conversions():
    for a in TYPES:
        for b in TYPES + ["qi32"]:
            if a not in QUANTIZED and b not in QUANTIZED:
                low = 0 if a[0] == "f" or a[0] == "b" and b[0] == "u" else -6
                task("CAST", f"{a} {b}", [values(a, 2, 5, low=low)], [result(b)],
                     {"in_data_type": name_of(a).upper(), "out_data_type": name_of(b).upper()})
            if a in ("f32", "qi4", "qi8", "qu8", "qi16") and b in QUANTIZED:
                scale = None if a == "f32" else QUANTIZED[b][1] * 0.9
                task("QUANTIZE", f"{a} {b}", [values(a, 2, 9, low=-9, high=9) if a == "f32" else values(a, 2, 9)],
                     [result(b, scale)], {})
            if "string" not in (a, b) and "i4" not in (a, b) and "qi4" not in (a, b):
                wide, narrow = size(a), size(b)
                shape = (2, narrow // wide) if narrow > wide else (2, 3)
                to = [2] if narrow > wide else [2, 3] if narrow == wide else [2, 3, wide // narrow]
                task("BITCAST", f"{a} {b}", [values(a, *shape)], [result(b, shape=to)], None, declared=True)
    for b in ("qi8", "qi16"):
        task("QUANTIZE", f"qi32 {b}", [values("qi32", 2, 9, low=-500, high=500)], [result(b)], {})
    for a in ("f16", "bf16", "qi4", "qi8", "qu8", "qi16", "qi32", "i8", "f32", "f64"):
        for constant in (False, True):
            x = values(a, 3, 5)
            x.const = constant or x.const
            task("DEQUANTIZE", f"{a} {'constant' if constant else ''}", [x], [result("f32")], {})
    for t in ("i4", "qi4"):
        task("BITCAST", f"{t} {t}", [values(t, 2, 3)], [result(t, shape=[2, 3])], None, declared=True)
    for t, points in (("qi8", [0, 2, -3]), ("qi4", [0, 0, 0])):
        x = values(t, 3, 4)
        x.scale, x.zero_point, x.const = [0.1, 0.2, 0.3], points, True
        task("DEQUANTIZE", t + " per axis", [x], [result("f32")], {})
    for t in TYPES:
        task("FAKE_QUANT", t, [values(t, 2, 5)], [result(t)],
             {"min": -1.0, "max": 2.0, "num_bits": 8, "narrow_range": False})
        task("BUCKETIZE", t, [values(t, 7)], ["int32"], {"boundaries": [-2.5, 0.0, 1.0]})
        task("RFFT2D", t, [values(t, 4, 8), numbers([4, 8])], ["complex64"], {})
        for part in ("f32", "f64"):
            for op in ("REAL", "IMAG", "COMPLEX_ABS"):
                task(op, f"{t} {part}", [values(t, 2, 3)], [result(part)])


BINARY_SHAPES = [((2, 3, 4), (2, 3, 4)), ((2, 3, 1), (2, 1, 4)), ((1,), (2, 3))]
ARITHMETIC = """ADD SUB MUL DIV MAXIMUM MINIMUM POW FLOOR_DIV FLOOR_MOD SQUARED_DIFFERENCE ATAN2 BITWISE_XOR
RIGHT_SHIFT PRELU""".split()
COMPARISONS = "LESS LESS_EQUAL GREATER GREATER_EQUAL EQUAL NOT_EQUAL".split()
ACTIVATIONS = ("RELU", "RELU6", "RELU_N1_TO_1")


def binary_operands(op, t, first, second):
    x, y = values(t, *first), values(t, *second)
    if op in ("DIV", "FLOOR_DIV", "FLOOR_MOD"):
        y = values(t, *second, low=1, high=6)
    if op == "POW":
        x, y = values(t, *first, low=1, high=4), values(t, *second, low=0, high=4)
    if op == "RIGHT_SHIFT" and t not in QUANTIZED:
        y = values(t, *second, low=0, high=8)
    if op == "PRELU" and t == "qi16":
        y = values("qi8", *second)
    return x, y


def binary():
    for op in ARITHMETIC + COMPARISONS + ["LOGICAL_AND", "LOGICAL_OR"]:
        for t in TYPES:
            for k, (first, second) in enumerate(BINARY_SHAPES):
                if op == "PRELU" and k == 2 or op == "ATAN2" and k > 0:
                    continue
                x, y = binary_operands(op, t, first, second)
                to = result("bool") if op in COMPARISONS or op.startswith("LOGICAL") else result(t)
                if op in ("MUL", "SQUARED_DIFFERENCE") and t in QUANTIZED:
                    to = result(t, QUANTIZED[t][1] * (30 if t != "qi16" else 9000))
                if op == "ADD" and t in QUANTIZED:
                    to = result(t, QUANTIZED[t][1] * 1.9)
                options = {} if op in ("MUL", "DIV", "FLOOR_DIV", "FLOOR_MOD", "POW") else None
                options = {"pot_scale_int16": False} if op in ("ADD", "SUB") else options
                task(op, f"{t} {k}", [x, y], [to], options)
                if k > 0:
                    continue
                for activation in ACTIVATIONS if op in ("ADD", "SUB", "MUL", "DIV") else ():
                    task(op, f"{t} {activation}", [x, y], [to], {**options, "fused_activation_function": activation})
                if op in ("ADD", "SUB") and t == "qi16":
                    task(op, t + " powers of two", [values(t, 2, 3, scale=2**-12), values(t, 2, 3, scale=2**-13)],
                         [result(t, 2**-12)], {"pot_scale_int16": True})
                if op in COMPARISONS and t in ("qi8", "qu8", "qi16"):
                    task(op, t + " scales", [x, values(t, *second, scale=QUANTIZED[t][1] * 0.7)], [to])
    for t in TYPES:
        task("ADD_N", t, [values(t, 2, 3), values(t, 2, 3), values(t, 2, 3)], [result(t)], {})
        if t in ("i8", "i16", "i32", "i64", "u32"):
            task("BROADCAST_ARGS", t, [array(t, [2, 1, 3]), array(t, [4, 1])], [result(t)])
        for op in ("ADD", "MULTIPLY", "MAXIMUM", "MINIMUM", "AND", "SHIFT_LEFT"):
            y = values(t, 2, 3, low=0, high=8, zero_point=0, scale=1 if t in QUANTIZED else None) if (
                op == "SHIFT_LEFT") else values(t, 2, 3)
            task("STABLEHLO_" + op, t, [values(t, 2, 3), y], [result(t)])


REGIONS = ["STABLEHLO_" + name for name in ("ADD", "MAXIMUM", "MULTIPLY", "MINIMUM")]


def reductions():
    for op in ("MEAN", "SUM", "REDUCE_PROD", "REDUCE_MAX", "REDUCE_MIN", "REDUCE_ANY", "REDUCE_ALL"):
        for t in TYPES:
            for k, (axes, keep) in enumerate((([1], False), ([0, 2], True), ([0, 1, 2], False))):
                small = op == "REDUCE_PROD" and t not in QUANTIZED
                x = values(t, 2, 3, 4, low=-2, high=3) if small else values(t, 2, 3, 4)
                to = result(t, QUANTIZED[t][1] * 9) if t in QUANTIZED and op == "SUM" else result(t)
                task(op, f"{t} {k}", [x, numbers(axes)], [to], {"keep_dims": keep})
                if k == 0 and t in QUANTIZED and op in ("MEAN", "REDUCE_PROD"):
                    task(op, t + " rescaled", [x, numbers(axes)], [result(t, QUANTIZED[t][1] * 1.7)], {"keep_dims": keep})
    for op in ("REDUCE_MAX", "REDUCE_MIN"):
        rows = np.float32([[-np.inf, -np.inf], [np.inf, 1], [-np.inf, 2], [3, -np.inf], [np.inf, np.inf]])
        task(op, "f32 nan", [np.float32([[np.nan, 1], [2, np.nan], [np.nan, np.nan]]), numbers([1])], ["float32"],
             {"keep_dims": False})
        task(op, "f32 infinities", [rows, numbers([1])], ["float32"], {"keep_dims": False})
        task(op, "f32 all infinite", [np.float32([-np.inf, -np.inf]), numbers([0])], ["float32"], {"keep_dims": False})
        task(op, "f32 all infinite, the other sign", [np.float32([np.inf, np.inf]), numbers([0])], ["float32"],
             {"keep_dims": True})
    for op in ("ARG_MAX", "ARG_MIN"):
        for t in TYPES:
            for to in ("INT32", "INT64"):
                for axis in INDEX_TYPES:
                    task(op, f"{t} {to} {axis.__name__}", [values(t, 3, 4, 2), numbers(1, axis)], [to.lower()],
                         {"output_type": to})
    for t in TYPES:
        for exclusive in (False, True):
            task("CUMSUM", f"{t} {exclusive}", [values(t, 2, 4), numbers([1])], [result(t)],
                 {"exclusive": exclusive, "reverse": exclusive})
        for count in (np.int32, np.int16, np.int64):
            for to in ("int32", "int16"):
                task("TOPK_V2", f"{t} {count.__name__} {to}", [values(t, 2, 7, low=-6, high=7), numbers(3, count)],
                     [result(t), to], {}, declared=True)
        task("SEGMENT_SUM", t, [values(t, 4, 3), np.int32([0, 0, 1, 2])], [result(t)], {})
        for op in ("PROD", "MAX", "SUM", "MIN"):
            for ids in INDEX_TYPES:
                task("UNSORTED_SEGMENT_" + op, f"{t} {ids.__name__}",
                     [values(t, 4, 3), np.asarray([2, 0, 2, 1], ids), numbers([4])], [result(t)], {})
        windows = [numbers(x, np.int64) for x in ([2, 3], [1, 2], [2, 1])]
        for function in ("ADD", "MUL", "MAXIMUM", "MINIMUM", "ALL", "ANY"):
            task("REDUCE_WINDOW", f"{t} {function}",
                 [values(t, 4, 6, low=-2, high=3), values(t, low=0, high=1)] + windows, [result(t)],
                 {"reduce_function": function})
        for region in REGIONS + ["STABLEHLO_AND", "STABLEHLO_OR"]:
            task("STABLEHLO_REDUCE_WINDOW", f"{t} {region}", [values(t, 3, 4, low=0, high=3), values(t, low=0, high=2)],
                 [result(t)],
                 {"window_dimensions": [2, 2], "window_strides": [1, 2], "base_dilations": [2, 1],
                  "window_dilations": [1, 2], "padding": [1, 0, 0, 2], "body_subgraph_index": 1}, region=region)


STRIDES = {"begin_mask": 0, "end_mask": 1, "ellipsis_mask": 0, "new_axis_mask": 0, "shrink_axis_mask": 0,
           "offset": False}


def movement():
    for t in TYPES:
        for index in INDEX_TYPES:
            moved_by(t, index)
        for index in (np.int16, np.int32, np.int64, np.uint8, np.int8):
            n = f"{t} {index.__name__}"
            task("GATHER", n, [values(t, 3, 4, 2), np.asarray([2, 0, 1, 1], index)], [result(t)],
                 {"axis": 1, "batch_dims": 0})
            if index in INDEX_TYPES:
                task("GATHER", n + " batch", [values(t, 3, 4, 2), np.asarray([[2, 0], [1, 1], [3, 0]], index)],
                     [result(t)], {"axis": 1, "batch_dims": 1})
            task("GATHER_ND", n, [values(t, 3, 4), np.asarray([[2, 0], [1, 1]], index)], [result(t)], {})
        task("SQUEEZE", t, [values(t, 1, 3, 1, 2)], [result(t)], {"squeeze_dims": [0]})
        task("WHERE", t, [values(t, 3, 4, low=0, high=2)], ["int64"])
        task("RANK", t, [values(t, 2, 5)], ["int32"], {})
        task("MATRIX_DIAG", t, [values(t, 2, 3)], [result(t)], {})
        task("MATRIX_SET_DIAG", t, [values(t, 2, 3, 4), values(t, 2, 3)], [result(t)], {})
        task("PACK", t, [values(t, 2, 3), values(t, 2, 3)], [result(t)], {"values_count": 2, "axis": 1})
        task("UNPACK", t, [values(t, 2, 3)], [result(t), result(t)], {"num": 2, "axis": 0})
        task("SPLIT", t, [numbers([1]), values(t, 2, 6)], [result(t)] * 3, {"num_splits": 3})
        task("CONCATENATION", t, [values(t, 2, 3), values(t, 2, 2)], [result(t)],
             {"axis": 1, "fused_activation_function": "NONE"})
        if t in ("qi8", "qu8", "qi16"):
            task("CONCATENATION", t + " scales", [values(t, 2, 3), values(t, 2, 2, scale=QUANTIZED[t][1] * 0.6)],
                 [result(t)], {"axis": 1})
        task("SPACE_TO_DEPTH", t, [values(t, 1, 4, 4, 2)], [result(t)], {"block_size": 2})
        task("DEPTH_TO_SPACE", t, [values(t, 1, 2, 2, 8)], [result(t)], {"block_size": 2})
        for shape in ((3, 4), (3,), ()):
            task("SELECT", f"{t} {shape}", [values("bool", *shape), values(t, 3, 4), values(t, 3, 4)], [result(t)], {})
        task("SELECT_V2", t, [values("bool", 3, 1), values(t, 1, 4), values(t, 3, 4)], [result(t)], {})
        task("SELECT_V2", t + " same", [values("bool", 3, 4), values(t, 3, 4), values(t, 3, 4)], [result(t)], {})
        for op in ("RESIZE_BILINEAR", "RESIZE_NEAREST_NEIGHBOR"):
            for corners, centers in ((False, False), (True, False), (False, True)):
                task(op, f"{t} {corners} {centers}", [values(t, 1, 3, 4, 2), numbers([5, 7])], [result(t)],
                     {"align_corners": corners, "half_pixel_centers": centers})
        task("STABLEHLO_PAD", t, [values(t, 3, 4), values(t)], [result(t)],
             {"edge_padding_low": [1, 0], "edge_padding_high": [2, -1], "interior_padding": [0, 1]})
        task("STABLEHLO_RNG_BIT_GENERATOR", t, [np.uint64([7, 9])], [q("uint64", None, shape=[2]), result(t, shape=[5])],
             {"algorithm": "PHILOX"}, declared=True)
        task("HASHTABLE_LOOKUP", t, [np.int32([3, 1, 9]), np.int32([1, 3, 5]), values(t, 3, 2)], [result(t), "uint8"])
        if t in NUMBERS:
            task("RANGE", t, [values(t, low=0, high=1), array(t, 7), array(t, 2)], [result(t)], {})


def moved_by(t, index):
    """Moves of elements that an operand of this type directs."""
    n = f"{t} {index.__name__}"
    by = lambda value: numbers(value, index)
    task("TRANSPOSE", n, [values(t, 2, 3, 4), by([2, 0, 1])], [result(t)], {})
    task("PAD", n, [values(t, 2, 3), by([[1, 0], [0, 2]])], [result(t)], {})
    task("PADV2", n, [values(t, 2, 3), by([[1, 0], [0, 2]]), values(t)], [result(t)], {})
    for mode in ("REFLECT", "SYMMETRIC"):
        task("MIRROR_PAD", f"{n} {mode}", [values(t, 3, 4), by([[1, 0], [2, 1]])], [result(t)], {"mode": mode})
    task("SLICE", n, [values(t, 3, 4), by([1, 0]), by([2, 3])], [result(t)], {})
    task("STRIDED_SLICE", n, [values(t, 3, 4), by([2, 0]), by([0, 4]), by([-1, 2])], [result(t)], STRIDES)
    task("TILE", n, [values(t, 2, 3), by([2, 2])], [result(t)], {})
    task("BROADCAST_TO", n, [values(t, 3, 1), by([2, 3, 4])], [result(t)], {}, version=3)
    task("RESHAPE", n, [values(t, 2, 6), by([3, -1])], [result(t)], {})
    task("EXPAND_DIMS", n, [values(t, 2, 3), by(1)], [result(t)], {})
    task("SHAPE", n, [values(t, 2, 5)], [np.dtype(index).name], {"out_type": np.dtype(index).name.upper()})
    task("UNIQUE", n, [values(t, 9, low=0, high=4)], [result(t), np.dtype(index).name],
         {"idx_out_type": np.dtype(index).name.upper()})
    for sizes in ([2, 3], [2, -1]):
        task("SPLIT_V", f"{n} {sizes}", [values(t, 2, 5), by(sizes), numbers([1])], [result(t)] * 2, {"num_splits": 2})
    task("REVERSE_V2", n, [values(t, 2, 3, 2), by([1])], [result(t)], {})
    task("REVERSE_SEQUENCE", n, [values(t, 2, 4, 2), by([3, 4])], [result(t)], {"seq_dim": 1, "batch_dim": 0})
    task("SCATTER_ND", n, [np.asarray([[1], [3], [1]], index), values(t, 3, 2, low=0, high=3), by([4, 2])],
         [result(t)], {})
    task("SPARSE_TO_DENSE", n, [np.asarray([[0, 1], [2, 0]], index), by([3, 2]), values(t, 2), values(t)],
         [result(t)], {"validate_indices": False})
    task("ONE_HOT", n, [np.asarray([0, 2, 5], index), numbers([4]), values(t), values(t)], [result(t)], {"axis": -1})
    task("FILL", n, [by([2, 3]), values(t)], [result(t)], {})
    task("DYNAMIC_UPDATE_SLICE", n, [values(t, 3, 4), values(t, 2, 2), np.asarray([1, 3], index)], [result(t)], {})
    table = values(t, 3, 4)
    table.const = True
    task("EMBEDDING_LOOKUP", n, [np.asarray([2, 0, 1], index), table], [result(t)])
    if t in QUANTIZED:
        table = values(t, 3, 4, zero_point=0)
        table.const = True
        task("EMBEDDING_LOOKUP", n + " to float", [np.asarray([2, 0, 1], index), table], [result("f32")])
    task("DILATE", n, [values(t, 2, 3), by([2, 3]), values(t)], [result(t)])
    task("SPACE_TO_BATCH_ND", n, [values(t, 1, 4, 4, 2), by([2, 2]), by([[0, 0], [1, 1]])], [result(t)], {})
    task("BATCH_TO_SPACE_ND", n, [values(t, 4, 2, 3, 1), by([2, 2]), by([[0, 1], [1, 0]])], [result(t)], {})
    gather = {"offset_dims": [2, 3], "collapsed_slice_dims": [0], "start_index_map": [1, 0], "index_vector_dim": 2,
              "slice_sizes": [1, 2, 2], "indices_are_sorted": False}
    places = np.asarray([[[0, 0], [1, 0], [2, 1]], [[0, 1], [1, 1], [9, 9]]], index)
    task("STABLEHLO_GATHER", n, [values(t, 3, 4, 2), places], [result(t, shape=[2, 3, 2, 2])], gather)
    scatter = {"update_window_dims": [2, 3], "inserted_window_dims": [0], "scatter_dims_to_operand_dims": [1, 0],
               "index_vector_dim": 2, "update_computation_subgraph_index": 1}
    places = np.asarray([[[0, 2], [1, 0], [2, 1]], [[0, 1], [1, 0], [0, 9]]], index)
    for region in REGIONS + [""]:
        task("STABLEHLO_SCATTER", f"{n} {region}",
             [values(t, 3, 4, 2, low=0, high=3), places, values(t, 2, 3, 2, 2, low=0, high=3)], [result(t)], scatter,
             region=region)


STEPS = {"stride_h": 1, "stride_w": 2, "dilation_h_factor": 1, "dilation_w_factor": 1}
VOLUME = {"stride_d": 1, "stride_h": 1, "stride_w": 1, "dilation_d_factor": 1, "dilation_h_factor": 1,
          "dilation_w_factor": 1, "padding": "SAME", "fused_activation_function": "NONE"}
INPUTS = ["f32", "f16", "bf16", "qi8", "qu8", "qi16", "i8", "i16", "f64", "i32"]
WEIGHTS = ["f32", "f16", "qi4", "qi8", "qu8", "qi16", "i8", "bf16"]
RESULTS = ["f32", "f16", "bf16", "qi8", "qu8", "qi16", "i32", "qi32"]
BIASES = {
    "f32": ["f32", "qi32"], "f16": ["f16", "f32"], "bf16": ["bf16", "f32"], "qi8": ["qi32", "qi64"], "qu8": ["qi32"],
    "qi16": ["qi32", "qi64"], "i8": ["i32"], "i16": ["i32", "i64"], "f64": ["f64"], "i32": ["i32"]}
SUM_SCALES = {"qi8": (0.3, 7), "qu8": (0.3, 130), "qi16": (0.004, 0), "qi32": (0.001, 0)}
WEIGHT_STEP = 0.01


def weights(t, shape, axis, per_axis):
    if t not in QUANTIZED:
        return const(values(t, *shape))
    w = const(values(t, *shape, scale=WEIGHT_STEP, zero_point=117 if t == "qu8" else 0))
    if t == "qi8":
        w.value = np.maximum(w.value, -127)
    if t == "qi16":
        w.value = (w.value // 64).astype(np.int16)
    if per_axis:
        count = shape[axis]
        w.scale = [np.float32(WEIGHT_STEP * (1 + i * 0.37)) for i in range(count)]
        w.zero_point, w.axis = [0] * count, axis
    return w


def bias(t, count, scale, w):
    if t is None:
        return None
    if t not in ("qi32", "qi64"):
        return const(values(t, count))
    scales = np.float32(scale) * np.atleast_1d(np.float32(1 if w.scale is None else w.scale))
    return const(q(rng.integers(-2000, 2000, count).astype(np.int32 if t == "qi32" else np.int64), scales, 0))


def sums():
    for a in INPUTS:
        for w in WEIGHTS:
            for to in RESULTS:
                floats = a[0] in "fb"
                if floats and to[0] != a[0] or a[0] == "q" and to in ("f16", "bf16"):
                    continue
                for b in BIASES[a] + [None]:
                    for per_axis in (False, True) if w in ("qi8", "qi4", "qi16") else (False,):
                        products(a, w, to, b, per_axis)


def products(a, w, to, b, per_axis):
    scale = QUANTIZED[a][1] if a in QUANTIZED else 1
    results = [result(to, *SUM_SCALES.get(to, (None, None)))]
    narrow = {"quantized_bias_type": "INT32"} if (a, b) == ("qi16", "qi32") else {}
    hybrid = a == "f32" and w != "f32"
    name = " ".join(filter(None, [a, w, to, b, "axis" if per_axis else ""]))
    x = values(a, 1, 5, 4, 2)
    filters = weights(w, (3, 3, 2, 2), 0, per_axis)
    task("CONV_2D", name, [x, filters, bias(b, 3, scale, filters)], results,
         {**STEPS, **narrow, "padding": "SAME", "fused_activation_function": "NONE"}, version=5 if hybrid else 1)
    filters = weights(w, (1, 3, 2, 4), 3, per_axis)
    task("DEPTHWISE_CONV_2D", name, [x, filters, bias(b, 4, scale, filters)], results,
         {**STEPS, "stride_w": 1, "padding": "VALID", "depth_multiplier": 2, "fused_activation_function": "RELU6"},
         version=6 if hybrid else 1)
    matrix = weights(w, (4, 6), 0, per_axis)
    task("FULLY_CONNECTED", name, [values(a, 3, 6), matrix, bias(b, 4, scale, matrix)], results,
         {**narrow, "fused_activation_function": "RELU"}, version=12 if hybrid else 1)
    filters = weights(w, (3, 2, 3, 2), 0, per_axis)
    task("TRANSPOSE_CONV", name,
         [numbers([1, 10, 8, 3]), filters, x] + ([] if b is None else [bias(b, 3, scale, filters)]), results,
         {"padding": "SAME", "stride_h": 2, "stride_w": 2, **narrow, "fused_activation_function": "NONE"})
    if b is None and not per_axis:
        for constant in (False, True):
            for turned in (False, True):
                matrices = weights(w, (2, 5, 4) if turned else (2, 4, 5), 0, False)
                matrices.const = constant or matrices.int4
                task("BATCH_MATMUL", f"{name}{' constant' if constant else ''}{' turned' if turned else ''}",
                     [values(a, 2, 3, 4), matrices], results, {"adj_y": True} if turned else {})
    if b in (None, "f32", a) and a == w == to:
        end = [] if b is None else [values(b, 3)]
        task("CONV_3D", name, [values(a, 1, 3, 4, 3, 2), values(w, 2, 2, 2, 2, 3)] + end, results, VOLUME)
        task("CONV_3D_TRANSPOSE", name,
             [numbers([1, 3, 4, 3, 3]), values(w, 2, 2, 2, 3, 2), values(a, 1, 3, 4, 3, 2)] + end, results, VOLUME)


def others():
    for t in TYPES:
        for op in ("AVERAGE_POOL_2D", "MAX_POOL_2D", "L2_POOL_2D"):
            for padding, activation in (("SAME", "NONE"), ("VALID", "RELU6")):
                task(op, f"{t} {padding}", [values(t, 1, 4, 5, 2)], [result(t)],
                     {"padding": padding, "stride_h": 2, "stride_w": 1, "filter_height": 2, "filter_width": 3,
                      "fused_activation_function": activation})
        for combiner in ("SUM", "MEAN", "SQRTN"):
            task("EMBEDDING_LOOKUP_SPARSE", f"{t} {combiner}",
                 [np.int32([1, 3, 0]), np.int32([[0, 0], [2, 0], [2, 1]]), np.int32([3, 2]), np.float32([1, 2, 4]),
                  values(t, 4, 3)], [result(t)], {"combiner": combiner})
        for kind in ("SPARSE", "DENSE"):
            task("LSH_PROJECTION", f"{t} {kind}", [values("f32", 3, 2), values(t, 4, 2), values("f32", 4, low=0, high=3)],
                 ["int32"], {"type": kind})
        if t in ("f32", "f16"):
            boxes = array(t, [[0, 0, 1, 1], [0, 0.1, 1, 1.1], [0, -0.1, 1, 0.9], [0, 10, 1, 11]])
            scores = array(t, [.9, .75, .6, .95])
            limits = [np.int32(3), array(t, .5), array(t, .1)]
            task("NON_MAX_SUPPRESSION_V4", t, [boxes, scores] + limits, ["int32", "int32"], {})
            task("NON_MAX_SUPPRESSION_V5", t, [boxes, scores] + limits + [array(t, .5)], ["int32", name_of(t), "int32"], {})


def empty():
    """Tensors without elements."""
    for op in UNARY:
        if op != "LOCAL_RESPONSE_NORMALIZATION":
            for t in ("f32", "bool", "qi8"):
                own = PRESCRIBED.get(op, {}).get(t, (None, None))
                task(op, f"{t} empty", [values(t, 0, 3)], [result(t, *own)], UNARY_OPTIONS.get(op))
    for op in ARITHMETIC + COMPARISONS + ["LOGICAL_AND", "LOGICAL_OR"]:
        for t in ("f32", "i32", "bool", "qi8"):
            to = result("bool") if op in COMPARISONS or op.startswith("LOGICAL") else result(t)
            for first, second in (((0, 3), (0, 3)), ((0, 3), (1, 3)), ((2, 0), (2, 1)), ((0,), ())):
                if op != "ATAN2" or first == second:
                    task(op, f"{t} empty {first} {second}", [values(t, *first), values(t, *second)], [to])
    for op in ("MEAN", "SUM", "REDUCE_PROD", "REDUCE_MAX", "REDUCE_MIN", "REDUCE_ANY", "REDUCE_ALL"):
        for t in ("f32", "i32", "i64", "bool", "qi8"):
            for shape, axes in (((0, 3), [0]), ((0, 3), [1]), ((2, 0), [0, 1]), ((2, 3), [])):
                task(op, f"{t} empty {shape} {axes}", [values(t, *shape), numbers(np.int32(axes))], [result(t)],
                     {"keep_dims": False})
    for t in ("f32", "i32", "string", "qi8"):
        empty_moves(t)
    for t in ("f32", "qi8"):
        w = weights(t, (3, 3, 2, 2), 0, False)
        task("CONV_2D", t + " empty", [values(t, 0, 5, 4, 2), w, bias("f32" if t == "f32" else "qi32", 3, 0.05, w)],
             [result(t)], {**STEPS, "padding": "SAME"})
        w = weights(t, (4, 6), 0, False)
        task("FULLY_CONNECTED", t + " empty", [values(t, 0, 6), w, bias("f32" if t == "f32" else "qi32", 4, 0.05, w)],
             [result(t)], {})
        for first, second in (((0, 3, 4), (0, 4, 5)), ((2, 0, 4), (2, 4, 5)), ((2, 3, 0), (2, 0, 5))):
            task("BATCH_MATMUL", f"{t} empty {first} {second}", [values(t, *first), values(t, *second)], [result(t)], {})
        for op in ("AVERAGE_POOL_2D", "MAX_POOL_2D"):
            task(op, t + " empty", [values(t, 0, 4, 5, 2)], [result(t)],
                 {"padding": "SAME", "stride_h": 2, "stride_w": 1, "filter_height": 2, "filter_width": 3})


def empty_moves(t):
    reshape = [((1, 4, 0), [2, 0, -1]), ((0, 3), [0, -1]), ((0,), [3, 0]), ((2, 0), [0]), ((0, 3), [-1])]
    for shape, to in reshape:
        task("RESHAPE", f"{t} empty {shape} {to}", [values(t, *shape), numbers(to)], [result(t)], {})
    x = lambda: values(t, 0, 3)
    task("TRANSPOSE", t + " empty", [x(), numbers([1, 0])], [result(t)], {})
    task("CONCATENATION", t + " empty", [x(), values(t, 2, 3)], [result(t)], {"axis": 0})
    task("PACK", t + " empty", [x(), x()], [result(t)], {"values_count": 2, "axis": 1})
    task("UNPACK", t + " empty", [values(t, 2, 0)], [result(t), result(t)], {"num": 2, "axis": 0})
    task("SPLIT", t + " empty", [numbers([0]), x()], [result(t)] * 2, {"num_splits": 2})
    task("SLICE", t + " empty", [values(t, 3, 4), numbers([1, 0]), numbers([0, 2])], [result(t)], {})
    task("STRIDED_SLICE", t + " empty", [values(t, 3, 4), numbers([2, 0]), numbers([2, 4]), numbers([1, 2])], [result(t)],
         {**STRIDES, "end_mask": 0})
    task("PAD", t + " empty", [x(), numbers([[1, 0], [0, 2]])], [result(t)], {})
    task("TILE", t + " empty", [values(t, 2, 3), numbers([0, 2])], [result(t)], {})
    task("GATHER", t + " empty", [values(t, 3, 4), np.zeros((0,), np.int32)], [result(t)], {"axis": 1, "batch_dims": 0})
    task("GATHER", t + " of empty", [x(), np.int32([2, 0])], [result(t)], {"axis": 1, "batch_dims": 0})
    task("GATHER_ND", t + " empty", [values(t, 3, 4), np.zeros((0, 2), np.int32)], [result(t)], {})
    task("SCATTER_ND", t + " empty", [np.zeros((0, 1), np.int32), values(t, 0, 2), numbers([4, 2])], [result(t)], {})
    task("WHERE", t + " empty", [x()], ["int64"])
    task("SHAPE", t + " empty", [x()], ["int32"], {"out_type": "INT32"})
    task("CAST", t + " empty", [x()], ["int64"], {"in_data_type": name_of(t).upper(), "out_data_type": "INT64"})
    task("SELECT", t + " empty", [values("bool", 0, 3), x(), x()], [result(t)], {})
    task("SELECT_V2", t + " empty", [values("bool", 0, 3), x(), values(t, 1, 3)], [result(t)], {})
    task("REVERSE_V2", t + " empty", [x(), numbers([1])], [result(t)], {})
    task("UNIQUE", t + " empty", [values(t, 0)], [result(t), "int32"], {"idx_out_type": "INT32"})
    task("TOPK_V2", t + " empty", [x(), numbers(2)], [result(t), "int32"], {})
    task("ARG_MAX", t + " empty", [x(), numbers(1)], ["int32"], {"output_type": "INT32"})
    task("CUMSUM", t + " empty", [x(), numbers([1])], [result(t)], {})
    task("FILL", t + " empty", [numbers([0, 3]), values(t)], [result(t)], {})
    task("BROADCAST_TO", t + " empty", [values(t, 1, 3), numbers([0, 3])], [result(t)], {}, version=3)
    task("EXPAND_DIMS", t + " empty", [x(), numbers(0)], [result(t)], {})
    task("SQUEEZE", t + " empty", [values(t, 1, 0, 2)], [result(t)], {"squeeze_dims": [0]})
    task("ONE_HOT", t + " empty", [np.zeros((0,), np.int32), numbers(4), values(t), values(t)], [result(t)],
         {"axis": -1})

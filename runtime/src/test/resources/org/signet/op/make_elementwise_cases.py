"""Cases for elementwise, comparison, logical, activation, cast, selection and reduction ops."""

import ml_dtypes
import numpy as np
from op_cases import Cases, tf

NAN, INF = np.nan, np.inf
BF16 = ml_dtypes.bfloat16
SPECIAL = [NAN, INF, -INF, 0.0, -0.0, 1e-3, -1e-3, 30.0, -30.0, 0.5, 1.5, -2.5, 1.0, -1.0, 3.25]
SHAPES = [((), ()), ((3,), ()), ((2, 1, 3), (4, 1)), ((0, 3), (1, 3)), ((1, 2, 1, 2, 1, 2), (2, 1, 2)),
          ((2, 3), (2, 3)), ((2, 2, 3), (1, 1, 3))]
INTS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
random = np.random.RandomState(7)
cases = Cases("elementwise")


def real(shape, dtype="float32", low=-4.0, high=4.0):
    values = random.uniform(low, high, shape)
    return np.asarray(np.round(values * 64) / 64).astype(dtype)


def integer(shape, dtype, low=0, high=100):
    low = max(low, np.iinfo(dtype).min)
    return random.randint(low, high, shape).astype(dtype)


def extremes(dtype):
    info = np.iinfo(dtype)
    return np.array([info.min, info.max, 0, 1, 7, info.max // 2], dtype)


def complexes(shape, dtype="complex64"):
    return (real(shape, "float64") + 1j * real(shape, "float64")).astype(dtype)


def named(*names):
    return [{"op": n} if isinstance(n, str) else n for n in names]


BUILTIN_BINARY = {"AddV2": "ADD", "Sub": "SUB", "Mul": "MUL", "RealDiv": "DIV", "FloorDiv": "FLOOR_DIV",
                  "FloorMod": "FLOOR_MOD", "Pow": "POW", "Maximum": "MAXIMUM", "Minimum": "MINIMUM",
                  "SquaredDifference": "SQUARED_DIFFERENCE", "Atan2": "ATAN2", "Div": "DIV",
                  "Equal": "EQUAL", "NotEqual": "NOT_EQUAL", "Less": "LESS", "LessEqual": "LESS_EQUAL",
                  "Greater": "GREATER", "GreaterEqual": "GREATER_EQUAL", "LogicalAnd": "LOGICAL_AND",
                  "LogicalOr": "LOGICAL_OR", "BitwiseXor": "BITWISE_XOR", "RightShift": "RIGHT_SHIFT"}


def builtins_of(op, table):
    return named(table[op]) if op in table else []


def binary(op, a, b, **more):
    broadcasts = op == "Atan2" and a.shape != b.shape  # which the builtin does not
    cases.add(op, [a, b], builtins=[] if broadcasts else builtins_of(op, BUILTIN_BINARY), **more)


def binary_cases():
    pairs = np.array([(x, y) for x in SPECIAL for y in SPECIAL], "float32")
    for op in ["Add", "AddV2", "Sub", "Mul", "Div", "RealDiv", "DivNoNan", "MulNoNan", "FloorDiv", "FloorMod",
               "Mod", "TruncateMod", "Pow", "Maximum", "Minimum", "SquaredDifference", "Atan2", "Xlogy",
               "Xlog1py", "Xdivy"]:
        for a, b in SHAPES:
            binary(op, real(a), real(b, low=0.5))
        some = pairs[::3] if op != "Pow" else pairs
        if op == "FloorMod":
            some = some[np.isfinite(some).all(1) & (some[:, 1] != 0)]
        binary(op, some[:, 0], some[:, 1], name="special")
        binary(op, real([2, 3], "float64"), real([3], "float64", 0.5))
        if op not in ("TruncateMod", "Atan2", "Mod"):
            binary(op, real([2, 3], "float16"), real([3], "float16", 0.5))
        if op not in ("Atan2", "Mod", "Xlogy", "Xlog1py", "Xdivy", "DivNoNan", "MulNoNan", "TruncateMod"):
            binary(op, real([2, 3], BF16), real([3], BF16, 0.5))
    binary("FloorDiv", np.float32([1, 2, -1, 0.3]), np.float32(0.1), name="quotient of its own type")
    for op in ["AddV2", "Sub", "Mul", "Div", "FloorDiv", "FloorMod", "TruncateDiv", "Maximum", "Minimum"]:
        for dtype in INTS:
            if op == "FloorMod" and dtype == "uint8":
                continue
            b = integer([3, 1], dtype, -9, 10)
            b[b == 0] = 3
            binary(op, integer([4], dtype, -50, 60), b)
            x = extremes(dtype)
            binary(op, x, np.array([1, 3, 1, 3, 5, 2], dtype), name="extremes")
    for op in ["Div", "FloorDiv", "FloorMod", "TruncateDiv", "TruncateMod", "Mod"]:
        cases.add(op, [np.int32([1]), np.int32([0])], name="by zero", fails=True)
    for op in ["TruncateMod", "Mod"]:
        for dtype in ["int32", "int64"]:
            binary(op, np.array([7, -7, 7, -7], dtype), np.array([3, 3, -3, -3], dtype))
    for dtype in ["int32", "int64"]:
        binary("Pow", np.array([2, -3, 0, 0, 7, 1], dtype), np.array([10, 3, 0, 5, 31, 100], dtype))
        binary("SquaredDifference", integer([2, 3], dtype), integer([3], dtype))
    cases.add("Pow", [np.int32([2]), np.int32([-1])], name="negative", fails=True)
    for op in ["BitwiseAnd", "BitwiseOr", "BitwiseXor"]:
        for dtype in INTS:
            binary(op, extremes(dtype), integer([2, 1], dtype, -90, 90))
    for op in ["LeftShift", "RightShift"]:
        for dtype in INTS:
            binary(op, extremes(dtype), np.array([[1], [3], [0]], dtype))
    for op in ["AddV2", "Sub", "Mul", "RealDiv", "Div", "SquaredDifference", "Pow"]:
        for dtype in ["complex64", "complex128"]:
            binary(op, complexes([2, 3], dtype), complexes([3], dtype))
    for op in ["Add", "Equal", "NotEqual"]:
        binary(op, np.array(["a", "bc", ""], object), np.array([["a"], ["xyz"]], object))
    for dtype in ["float32", "int32", "float64", "float16", "complex64"]:
        make = complexes if dtype == "complex64" else lambda s, d: real(s, d)
        for shape in [(), (2, 3), (0,)]:
            cases.add("AddN", [[make(shape, dtype) for _ in range(3)]], builtins=named("ADD_N"))
    cases.add("AddN", [[real([2])]], name="one", builtins=named("ADD_N"))
    cases.add("Mul", [real([2]), real([3])], name="do not broadcast", fails=True, builtins=named("MUL"))
    a, b = real([2, 3]), real([3])
    for op, f in [("ADD", tf.add), ("SUB", tf.subtract), ("MUL", tf.multiply), ("DIV", tf.divide)]:
        for act, g in [("RELU", tf.nn.relu), ("RELU6", tf.nn.relu6), ("NONE", tf.identity),
                       ("RELU_N1_TO_1", lambda v: tf.clip_by_value(v, -1, 1))]:
            cases.add_builtin(op, [a, b], [g(f(a, b)).numpy()], {"fused_activation_function": act})
    x = np.int64([2**62 + 1, -5])
    cases.add_builtin("ADD", [x, x * 0], [tf.nn.relu(x).numpy()], {"fused_activation_function": "RELU"})


def comparison_cases():
    a = np.array([x for x in SPECIAL for _ in SPECIAL], "float32")
    b = np.array([y for _ in SPECIAL for y in SPECIAL], "float32")
    for op in ["Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual"]:
        binary(op, a[::2], b[::2], name="special")
        for x, y in SHAPES[:5]:
            binary(op, integer(x, "int32", 0, 3), integer(y, "int32", 0, 3))
        for dtype in INTS:
            binary(op, extremes(dtype), np.array([[1], [3]], dtype))
        for dtype in ["float64", "float16", BF16]:
            binary(op, real([4], dtype), real([4, 1], dtype))
    for op in ["Equal", "NotEqual"]:
        binary(op, np.array([True, False]), np.array([[True], [False]]))
        binary(op, np.complex64([1, 1j, 1 + 1j]), np.complex64(1j))
        cases.add(op, [real([2]), real([3])], {"incompatible_shape_error": False}, name="no shape")
        cases.add(op, [real([2]), real([2])], {"incompatible_shape_error": False})
        cases.add(op, [real([2]), real([3])], fails=True, builtins=named(BUILTIN_BINARY[op]))
    for op in ["LogicalAnd", "LogicalOr"]:
        binary(op, np.array([True, False]), np.array([[True], [False]]))
        binary(op, np.zeros([0, 2], bool), np.array([[True]]))
    cases.add("LogicalNot", [np.array([[True, False]])], builtins=named("LOGICAL_NOT"))
    cases.add("ApproximateEqual", [np.float32([1, 2, NAN]), np.float32([1.05, 2.2, NAN])], {"tolerance": 0.1})
    cases.add("ApproximateEqual", [real([2], "float64"), real([2], "float64")])


BUILTIN_UNARY = {"Abs": "ABS", "Neg": "NEG", "Exp": "EXP", "Log": "LOG", "Sqrt": "SQRT", "Rsqrt": "RSQRT",
                 "Square": "SQUARE", "Sin": "SIN", "Cos": "COS", "Tanh": "TANH", "Sigmoid": "LOGISTIC",
                 "Floor": "FLOOR", "Ceil": "CEIL", "Round": "ROUND", "Sign": "SIGN", "Relu": "RELU",
                 "Relu6": "RELU6", "Elu": "ELU", "ZerosLike": "ZEROS_LIKE", "LogicalNot": "LOGICAL_NOT"}


def unary(op, x, **more):
    differs = op == "Sign" and np.isnan(x).any()  # of which the builtin gives 0
    cases.add(op, [x], builtins=[] if differs else builtins_of(op, BUILTIN_UNARY), **more)


def unary_cases():
    grid = np.linspace(-6, 6, 49, dtype="float32")
    plain = ["Abs", "Neg", "Exp", "Expm1", "Log", "Log1p", "Sqrt", "Rsqrt", "Reciprocal", "Inv", "Square", "Sin",
             "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh", "Tanh", "Sigmoid",
             "Erf", "Erfc", "Floor", "Ceil", "Round", "Rint", "Sign", "Lgamma", "Digamma", "Relu", "Relu6", "Elu",
             "Selu", "Softplus", "Softsign"]
    for op in plain:
        positive = op in ("Log", "Sqrt", "Rsqrt", "Lgamma", "Digamma")
        x = np.abs(grid) + np.float32(0.1) if positive else grid
        if op in ("Asin", "Acos", "Atanh"):
            x = grid / 7
        if op == "Acosh":
            x = np.abs(grid) + 1
        unary(op, x, name="grid")
        special = [v for v in SPECIAL if not (op in ("Lgamma", "Digamma") and v == -30)]
        unary(op, np.array(special, "float32"), name="special")
        unary(op, np.reshape(x[:6], [1, 2, 1, 3]).astype("float64"))
        unary(op, np.zeros([0, 2], "float32"))
        unary(op, np.asarray(x[30]))
        if op not in ("Rint", "Lgamma", "Digamma", "Erfc"):
            unary(op, x[::6].astype("float16"), tolerance=[4e-3, 1e-3])
        if op not in ("Rint", "Digamma", "Lgamma", "Erfc", "Asinh", "Acosh", "Atanh", "Sinh", "Cosh", "Tan",
                      "Asin", "Acos", "Atan", "Erf", "Expm1", "Log1p", "Reciprocal", "Inv"):
            unary(op, x[::6].astype(BF16), tolerance=[2e-2, 8e-3])
    big = np.float32([1e10, 1e20, 3e38, 100, 88, 89])
    for op in ["Asinh", "Softplus", "Tanh", "Sigmoid", "Erf", "Erfc", "Lgamma", "Digamma", "Log1p", "Floor"]:
        unary(op, big, name="big")
    unary("Acosh", big, name="big")
    for op in ["Erf", "Erfc", "Lgamma", "Digamma"]:
        unary(op, np.linspace(-5.3, 9.7, 61), name="fine", tolerance=[1e-12, 1e-13])
    for op in ["Erf", "Expm1", "Log1p", "Asinh", "Atanh"]:
        unary(op, np.float64([1e-10, -1e-5, 1e-3, 0.01]), name="small", tolerance=[1e-13, 0])
    unary("Round", np.float32([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 8388609, 0.49999997]), name="halves")
    for dtype in ["int8", "int16", "int32", "int64"]:
        for op in ["Abs", "Neg", "Sign", "Square", "Relu", "Relu6"]:
            if op in ("Sign", "Square") and dtype in ("int8", "int16"):
                continue
            unary(op, np.array([-7, 0, 3, 100], dtype))
    for dtype in INTS:
        unary("Invert", extremes(dtype))
    for op in ["Neg", "Square", "Reciprocal", "Exp", "Log", "Sqrt", "Rsqrt", "Sign", "Conj"]:
        for dtype in ["complex64", "complex128"]:
            unary(op, complexes([2, 3], dtype), tolerance=[1e-5, 1e-6])
    unary("Sqrt", np.complex64([0, -4, 4, -4 - 1e-3j, 2j]), name="branches")
    for op in ["IsNan", "IsInf", "IsFinite"]:
        for dtype in ["float32", "float64", "float16", BF16]:
            unary(op, np.array(SPECIAL, dtype))
    for alpha in [0.2, 0.0, 1.5, -0.5]:
        attribute = {"attributes": {"alpha": {"float": alpha}}, "op": "LEAKY_RELU"}
        cases.add("LeakyRelu", [grid[::3]], {"alpha": alpha}, name=f"alpha {alpha}", builtins=[attribute])
    cases.add("LeakyRelu", [np.float32(SPECIAL)], name="special",
              builtins=[{"op": "LEAKY_RELU", "attributes": {"alpha": {"float": 0.2}}}])
    for op in ["ZerosLike", "OnesLike"]:
        for x in [real([2, 3]), real([2], "float16"), integer([2], "int32"), integer([2], "uint64"),
                  complexes([2]), np.array([True, False])]:
            unary(op, x)
    unary("ZerosLike", np.array(["a", ""], object))


def activation_cases():
    x = np.concatenate([np.linspace(-6, 6, 49), [NAN, INF, 30, -30]]).astype("float32")
    cases.add_builtin("HARD_SWISH", [x], [(x * tf.nn.relu6(x + 3) / 6).numpy()], tolerance=[1e-6, 1e-6])
    for approximate in [True, False]:
        cases.add_builtin("GELU", [x], [tf.nn.gelu(x, approximate).numpy()], {"approximate": approximate})
    cases.add_builtin("RELU_N1_TO_1", [x], [tf.clip_by_value(x, -1, 1).numpy()])
    cases.add_builtin("RELU_0_TO_1", [x], [tf.clip_by_value(x, 0, 1).numpy()])
    for shape in [[1, 1, 4], [2, 1, 1], [], [2, 3, 4]]:
        y, alpha = real([2, 3, 4]), real(shape)
        cases.add_builtin("PRELU", [y, alpha], [(tf.nn.relu(y) - alpha * tf.nn.relu(-y)).numpy()])
    tanh = np.float32([-20, -1e-4, 0, 1e-4, 20])
    cases.add("Tanh", [tanh], builtins=named("TANH"))


def cast_option(dtype):
    return tf.as_dtype(dtype).name.upper()


def cast(x, to, name=None, builtin=True, **attrs):
    entry = {"op": "CAST", "attributes": {"out_data_type": cast_option(to)}}
    cases.add("Cast", [x], {"DstT": to, **attrs}, name=f"to {tf.as_dtype(to).name} {name or ''}",
              builtins=[entry] if builtin else [])


def cast_cases():
    kinds = INTS + ["bool", "float16", BF16, "float32", "float64", "complex64", "complex128"]
    for source in kinds:
        for target in kinds:
            if source in INTS:
                x = extremes(source)
            elif source == "bool":
                x = np.array([True, False])
            else:
                x = np.array([0, 1.75, 2.5, 100.25, 0.0625, 1], source)
            cast(x, tf.as_dtype(target))
    special = np.array([NAN, INF, -INF, 3e9, -3e9, 1e19, -1e19, 300, -300, -1.5, 1.5, 70000, -70000, 0.5,
                        2.0**31, -2.0**31, 40000], "float32")
    for target in ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint64", "bool", "float16", "float64"]:
        cast(special, target, "out of range", builtin=target not in ("int16", "int32", "uint8"))
    cast(special.astype("float64"), "int32", "out of range", builtin=False)
    cast(special.astype("float64"), "int64", "out of range")
    # What TFLite's kernels gave (2.21, without delegates).
    for target, kept in [
            ("int16", [0, 32767, -32768, 32767, -32768, 32767, -32768, 300, -300, -1, 1, 32767, -32768, 0, 32767,
                       -32768, 32767]),
            ("int32", [2**31 - 1, 2**31 - 1, -2**31, 2**31 - 1, -2**31, 2**31 - 1, -2**31, 300, -300, -1, 1,
                       70000, -70000, 0, 2**31 - 1, -2**31, 40000]),
            ("uint8", [0, 255, 0, 255, 0, 255, 0, 255, 0, 0, 1, 255, 0, 0, 255, 0, 255])]:
        cases.add_builtin("CAST", [special], [np.array(kept, target)], {"out_data_type": cast_option(target)})
    cast(np.int64([2**53 + 1, 2**24 + 1, -2**63, (1 << 60) + (1 << 36) + 1]), "float32", "rounding")
    cast(np.uint64([2**64 - 1, 2**63 + 2**39 + 1, 2**24 + 1]), "float32", "rounding")
    cast(np.uint64([2**64 - 1, 2**63 + 1025, 2**53 + 1]), "float64", "rounding")
    cast(np.float64([1 + 2**-25, 1e300, 1 / 3]), "float32", "rounding")
    cast(np.float32([1 / 3, 2049, 65519, 65520, 1e-7]), "float16", "rounding")
    for x, to in [(np.float32([1.999, -1 / 3, 1e5]), tf.bfloat16), (np.float64([1 / 3, -1.99999999]), tf.float32),
                  (np.float32([1.9999, -1 / 3]), tf.float16)]:
        cast(x, to, "truncated", builtin=False, Truncate=True)
    cases.add_builtin("DEQUANTIZE", [np.float16([1.5, NAN, 65504])], [np.float32([1.5, NAN, 65504])])
    x = np.float32([[1, -2], [NAN, 0]])
    for target in [tf.int32, tf.uint8, tf.int16, tf.float64]:
        cases.add("Bitcast", [np.float32([[1, -2], [3, 0]])], {"type": target}, name=f"to {target.name}")
    cases.add("Bitcast", [np.int32([[1, 2], [3, -4]])], {"type": tf.complex64})
    cases.add("Bitcast", [np.uint8([1, 2, 3, 255])], {"type": tf.int32})
    cases.add("Bitcast", [np.complex64([1 + 2j])], {"type": tf.float64})
    for op in ["Identity", "StopGradient", "PreventGradient", "Snapshot"]:
        cases.add(op, [np.float32([[NAN, -0.0]])])
    for v in [np.array(["a", "b"], object), complexes([2]), integer([], "uint16"), np.zeros([2, 0], "bool")]:
        cases.add("Identity", [v])
    cases.add("IdentityN", [[x, np.int32([1]), np.array("s", object)]])
    cases.add("PlaceholderWithDefault", [x], {"shape": [None, 2]})
    cases.add("CheckNumerics", [np.float32([1, 2])], {"message": "m"})
    cases.add("CheckNumerics", [x], {"message": "m"}, fails=True)
    cases.add("EnsureShape", [x], {"shape": [None, 2]})
    cases.add("EnsureShape", [x], {"shape": [None, 3]}, fails=True)
    cases.add("Complex", [real([2, 1]), real([3])])
    cases.add("Complex", [real([2], "float64"), real([2], "float64")], {"Tout": tf.complex128})
    for dtype, part in [("complex64", tf.float32), ("complex128", tf.float64)]:
        z = complexes([2, 2], dtype)
        cases.add("ComplexAbs", [z], {"Tout": part}, builtins=named("COMPLEX_ABS"))
        cases.add("Real", [z], {"Tout": part}, builtins=named("REAL"))
        cases.add("Imag", [z], {"Tout": part}, builtins=named("IMAG"))
        cases.add("Angle", [z], {"Tout": part})


def selection_cases():
    for dtype in ["float32", "int64", "complex64", "bool", "object", "float16", "uint8"]:
        def make(shape):
            if dtype == "object":
                return np.array(random.choice(["a", "bb", ""], shape), object)
            return random.randint(0, 9, shape).astype(dtype)
        flags = random.rand(2, 3) < 0.5
        cases.add("Select", [flags, make([2, 3]), make([2, 3])], builtins=named("SELECT", "SELECT_V2"))
        cases.add("Select", [flags[:, 0], make([2, 3]), make([2, 3])], builtins=named("SELECT"))
        cases.add("Select", [np.bool_(True), make([2, 3]), make([2, 3])], builtins=named("SELECT", "SELECT_V2"))
        cases.add("SelectV2", [flags[:, :1], make([3]), make([2, 1, 1])], builtins=named("SELECT_V2"))
        cases.add("SelectV2", [np.bool_(False), make([]), make([2])], builtins=named("SELECT_V2"))
    cases.add("Select", [np.zeros([0], bool), real([0, 2]), real([0, 2])], builtins=named("SELECT"))
    cases.add("SelectV2", [np.zeros([0, 1], bool), real([3]), real([])], builtins=named("SELECT_V2"))
    cases.add("Select", [np.array([True, False, True]), real([2, 2]), real([2, 2])], fails=True,
              builtins=named("SELECT"))
    for x in [np.array([[True, False], [True, True]]), np.zeros([2, 2], bool), np.zeros([0, 3], bool),
              np.float32([0, 1, NAN, -0.0]), np.int32([[[0, 2]], [[3, 0]]]), np.uint8([0, 1]),
              np.complex64([0, 1j]), random.rand(1, 2, 1, 3, 2) < 0.5]:
        cases.add("Where", [x], builtins=named("WHERE"))
    x = np.float32(SPECIAL)
    cases.add("ClipByValue", [x, np.float32(-2), np.float32(3)], name="special")
    cases.add("ClipByValue", [real([2, 3]), real([2, 3], low=-1, high=0), real([2, 3], low=0, high=1)])
    cases.add("ClipByValue", [integer([4], "int64", -50, 50), np.int64(-5), np.int64(20)])


REDUCTIONS = {"Sum": "SUM", "Mean": "MEAN", "Prod": "REDUCE_PROD", "Max": "REDUCE_MAX", "Min": "REDUCE_MIN",
              "Any": "REDUCE_ANY", "All": "REDUCE_ALL"}


def reduce(op, x, axes, keep=False, **more):
    builtins = [{"op": REDUCTIONS[op], "attributes": {"keep_dims": keep}}] if op in REDUCTIONS else []
    name = f"{list(np.shape(x))} over {np.asarray(axes).tolist()}{' kept' if keep else ''}"
    cases.add(op, [x, np.asarray(axes)], {"keep_dims": keep}, name=name, builtins=builtins, **more)


def reduction_cases():
    empty = np.zeros([0], "int32")
    for op in ["Sum", "Mean", "Prod", "Max", "Min", "EuclideanNorm", "Any", "All"]:
        logic = op in ("Any", "All")

        def make(shape):
            return random.rand(*shape) < 0.5 if logic else real(shape)
        for axes in [np.int32(1), np.int32([0]), np.int32([-1, 0]), np.int64([2, 1, 0]), empty, np.int32([-2])]:
            for keep in [False, True]:
                reduce(op, make([2, 3, 4]), axes, keep)
        reduce(op, make([1, 2, 1, 2, 1, 3]), np.int32([1, 5, 2]))
        reduce(op, np.asarray(make([1]))[0], empty)
        for shape, axes in [([0, 3], 0), ([0, 3], 1), ([2, 0], 1), ([2, 0], 0), ([0], 0)]:
            reduce(op, np.zeros(shape, bool if logic else "float32"), np.int32(axes))
        cases.add(op, [make([2, 2]), np.int32([0, -2])], name="twice", fails=True)
        cases.add(op, [make([2, 2]), np.int32([2])], name="no such axis", fails=True,
                  builtins=named(REDUCTIONS[op]) if op in REDUCTIONS else [])
        if logic:
            continue
        for dtype in ["float64", "float16", BF16]:
            loose = {"float64": [1e-13, 1e-14], "float16": [5e-3, 1e-3]}.get(dtype, [4e-2, 1e-2])
            reduce(op, make([3, 4]).astype(dtype), np.int32([1]), tolerance=loose)
        if op in ("Max", "Min"):
            reduce(op, np.float32([[NAN, 1], [-INF, INF]]), 1)
        elif op != "EuclideanNorm":
            for dtype in ["complex64", "complex128"]:
                reduce(op, complexes([2, 3], dtype), 1)
        for dtype in INTS:
            if op == "EuclideanNorm" and dtype not in ("int32", "int64"):
                continue
            reduce(op, integer([2, 4], dtype, -5, 9 if op in ("Prod", "EuclideanNorm") else 30), 1)
            if op in ("Max", "Min"):
                reduce(op, np.zeros([2, 0], dtype), 1)
                reduce(op, extremes(dtype), 0)
    reduce("Mean", np.int32([[-3, 2, -1, -3], [7, 1, 1, 1]]), 1)
    reduce("Mean", np.int32([2**31 - 1, 2**31 - 1]), 0)
    reduce("Mean", np.int8([100, 100, 100]), 0)
    reduce("Sum", np.int32([2**31 - 1, 2**31 - 1]), 0)
    reduce("Sum", real([50, 40]), [0, 1])
    for x in [real([2, 3]), real([], "float64"), real([0]), real([5], "float16")]:
        cases.add("L2Loss", [x], tolerance=[2e-3, 1e-5] if x.dtype == "float16" else None)
    x = real([2, 3])
    for op, f in [("SUM", tf.reduce_sum), ("REDUCE_MAX", tf.reduce_max), ("MEAN", tf.reduce_mean)]:
        cases.add_builtin(op, [x, np.int32([1, -1, 1])], [f(x, 1).numpy()], name=op + " axis listed twice")


def arg(op, x, axis, out="int64"):
    builtin = {"ArgMax": "ARG_MAX", "ArgMin": "ARG_MIN"}[op]
    cases.add(op, [x, axis], {"output_type": out}, name=f"{list(np.shape(x))} axis {axis}",
              builtins=[{"op": builtin, "attributes": {"output_type": out.upper()}}])


def order_cases():
    for op in ["ArgMax", "ArgMin"]:
        for axis in [0, 1, -1]:
            arg(op, real([2, 3, 4]), np.int32(axis))
        arg(op, real([5]), np.int64(0), "int32")
        arg(op, np.float32([1, 3, 3, 1]), np.int32(0))
        for row in [[NAN, 1, 2], [1, NAN, 2], [2, NAN, 1], [NAN, NAN], [NAN, -INF], [NAN, INF], [-INF, -INF],
                    [INF, INF], [3, -INF, INF]]:
            arg(op, np.float32([row]), np.int32(1))
        for dtype in INTS + ["float64", "float16", BF16]:
            arg(op, random.randint(0, 5, [3, 4]).astype(dtype), np.int32(1))
        arg(op, np.uint64([1, 2**64 - 1, 0]), np.int32(0))
        arg(op, np.array([[False, True], [False, False]]), np.int32(1))
        arg(op, np.zeros([0, 2], "float32"), np.int32(1))
        cases.add(op, [np.zeros([2, 0], "float32"), np.int32(1)], name="of nothing", fails=True)
    for op in ["Cumsum", "Cumprod"]:
        for exclusive in [False, True]:
            for reverse in [False, True]:
                for x, axis in [(real([2, 3, 2]), 1), (real([4], "float64"), -1), (integer([2, 3], "int32", -3, 4), 0),
                                (np.zeros([0, 2], "float32"), 1)]:
                    attrs = {"exclusive": exclusive, "reverse": reverse}
                    cases.add(op, [x, np.int32(axis)], attrs,
                              builtins=[{"op": "CUMSUM", "attributes": attrs}] if op == "Cumsum" else [])
        cases.add(op, [complexes([3]), np.int64(0)])
        cases.add(op, [real([4], "float16"), np.int32(0)], tolerance=[0, 0])
        for dtype in ["float16", BF16]:
            x = (np.sin(np.arange(40)) + (op == "Cumprod")).astype(dtype)
            cases.add(op, [x, np.int32(0)], {"reverse": True}, "each step rounded", tolerance=[0, 0])
            cases.add(op, [x.reshape(5, 8), np.int32(0)], {"exclusive": True}, "rounded", tolerance=[0, 0])
    for x, k in [(real([2, 5]), 3), (np.float32([1, 3, 3, 1, -0.0, 0.0]), 6), (real([3]), 0), (real([2, 2, 3]), 1),
                 (real([0, 3]), 2), (np.float32([[INF, -INF, 1]]), 2), (integer([2, 4], "int32"), 4),
                 (np.int8([3, -3, 9]), 2), (np.uint8([3, 200, 9]), 2), (integer([6], "int64", -9, 9), 3),
                 (real([4], "float64"), 2), (real([4], "float16"), 2)]:
        cases.add("TopKV2", [x, np.int32(k)], name=f"{list(x.shape)} {k}", builtins=named("TOPK_V2"))
    cases.add("TopKV2", [real([4]), np.int32(2)], {"index_type": tf.int64})
    cases.add("TopKV2", [real([2]), np.int32(3)], name="too many", fails=True, builtins=named("TOPK_V2"))


def far_cases():
    """Infinities and NaN of float64, numbers far outside of where a function is defined, sums that overflow."""
    far = np.array([NAN, INF, -INF, -1e30, 1e30, -0.0])
    for op in ["Sign", "Erf", "Erfc", "Acosh"]:
        cases.add(op, [far])


binary_cases()
comparison_cases()
unary_cases()
activation_cases()
cast_cases()
selection_cases()
reduction_cases()
order_cases()
far_cases()
cases.write()

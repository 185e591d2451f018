"""Writes cases/tf_quantized_cases.json: TensorFlow's ops on its own quantized types.

Needs TensorFlow 2.21, whose own kernels are asked, not oneDNN's.
"""

import itertools
import os

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
import numpy as np  # noqa: E402
from op_cases import Cases, quantized, tf  # noqa: E402

cases = Cases("tf_quantized")
random = np.random.RandomState(11)
TYPES = ["quint8", "qint8", "quint16", "qint16", "qint32"]
RANGES = [(-1, 2), (0, 6), (-3.25, -0.5), (0.5, 2), (-0.001, 0.002), (0, 0), (-100, 1)]


def real(*values):
    return [np.float32(v) for v in values]


def draw(name, *shape, around=None):
    limits = np.iinfo(name[1:])
    low, high = around or (limits.min, limits.max)
    return quantized(random.randint(low, high + 1, shape, np.int64), name)


def ends(name):
    limits = np.iinfo(name[1:])
    return quantized([limits.min, limits.min + 1, -1 if limits.min else 1, 0, 1, limits.max // 3,
                      limits.max - 1, limits.max], name)


def quantize():
    x = np.float32([-1e9, -100, -3, -1.003, -0.5, -0.004, -0.0, 0, 0.002, 0.00588, 0.5, 1.7, 2, 2.5, 6, 77, 1e9])
    for name, mode, bounds in itertools.product(TYPES, ["MIN_COMBINED", "MIN_FIRST", "SCALED"], RANGES):
        if mode == "SCALED" and bounds == (0, 0) or (name == "qint32" and mode == "MIN_FIRST"):
            continue
        attrs = {"T": tf.as_dtype(name), "mode": mode}
        cases.add("QuantizeV2", [x, *real(*bounds)], attrs, name=f"{name} {mode} {bounds}")
    y = np.float32(random.uniform(-2, 3, [3, 4, 2]))
    for name, mode in itertools.product(TYPES, ["MIN_COMBINED", "SCALED"]):
        for axis, narrow in itertools.product([0, 1, 2], [False, True]):
            low = np.float32(random.uniform(-2, 0, y.shape[axis]))
            high = np.float32(random.uniform(0.5, 3, y.shape[axis]))
            attrs = {"T": tf.as_dtype(name), "mode": mode, "axis": axis, "narrow_range": narrow}
            if mode == "SCALED":
                attrs["round_mode"] = "HALF_TO_EVEN"
            cases.add("QuantizeV2", [y, low, high], attrs, name=f"{name} {mode} {axis}")
    halves = np.float32(np.arange(-9, 10) / 2)
    for name, way in itertools.product(["qint8", "quint8"], ["HALF_TO_EVEN", "HALF_AWAY_FROM_ZERO"]):
        attrs = {"T": tf.as_dtype(name), "mode": "SCALED", "round_mode": way}
        cases.add("QuantizeV2", [halves, *real(-127, 127)], attrs, name=f"halves, {name} {way}")
    for name, low in itertools.product(["quint8", "qint8"], [0, 0.25, 1]):
        attrs = {"T": tf.as_dtype(name), "ensure_minimum_range": low}
        cases.add("QuantizeV2", [x, *real(-0.05, 0.05)], attrs, name=f"{name}, at least {low}")
    attrs = {"T": tf.quint8}
    cases.add("QuantizeV2", [np.float32(1.5), *real(-1, 2)], attrs, name="scalar")
    cases.add("QuantizeV2", [np.zeros([0, 3], np.float32), *real(-1, 2)], attrs, name="empty")
    cases.add("QuantizeV2", [x, *real(2, -1)], attrs, name="no range", fails=True)


def dequantize():
    for name, mode, bounds in itertools.product(TYPES, ["MIN_COMBINED", "MIN_FIRST", "SCALED"], RANGES):
        cases.add("Dequantize", [ends(name), *real(*bounds)], {"mode": mode}, name=f"{name} {mode} {bounds}")
    for name, mode in itertools.product(TYPES, ["MIN_COMBINED", "SCALED"]):
        for axis, narrow in itertools.product([0, 1, 2], [False, True]):
            y = draw(name, 2, 3, 2)
            low = np.float32(random.uniform(-2, 0, y.shape[axis]))
            high = np.float32(random.uniform(0.5, 3, y.shape[axis]))
            cases.add("Dequantize", [y, low, high], {"mode": mode, "axis": axis, "narrow_range": narrow})
    for name in TYPES:
        cases.add("Dequantize", [ends(name), *real(-1, 2)], {"dtype": tf.bfloat16}, name=f"{name} as bfloat16")
    cases.add("Dequantize", [quantized(9, "quint8"), *real(-1, 2)], name="scalar")


def requantize():
    bounds = [((-1000, 2000), (-2, 3)), ((-1e6, 1e6), (-0.5, 0.25)), ((-3, 3), (0, 2)), ((0, 5), (0, 0)),
              ((-70000, 70000), (-60000, 0))]
    wide = draw("qint32", 3, 5)
    narrow = draw("qint32", 3, 5, around=(-99999, 99999))
    for x, (given, wanted) in itertools.product([wide, narrow], bounds):
        cases.add("Requantize", [x, *real(*given, *wanted)], {"out_type": tf.quint8})
        cases.add("RequantizationRange", [x, *real(*given)])
        cases.add("QuantizeDownAndShrinkRange", [x, *real(*given)], {"out_type": tf.quint8})
    cases.add("RequantizationRange", [np.abs(narrow.view(np.int32)).view(narrow.dtype), *real(-9, 9)])
    edges = quantized(np.arange(-20, 20) * 8388608 + 5 * np.arange(-20, 20), "qint32")
    cases.add("Requantize", [edges, *real(-1, 1, -0.125, 0.0625)], {"out_type": tf.quint8}, name="edges")
    cases.add("RequantizationRange", [narrow, *real(4, 4)])
    cases.add("Requantize", [quantized(77777, "qint32"), *real(-1e5, 1e5, -1, 1)], {"out_type": tf.quint8})
    cases.add("Requantize", [wide, *real(-1, 1, 0.5, 1)], {"out_type": tf.quint8}, fails=True)


def arithmetic():
    shapes = [([7], [7]), ([2, 3], []), ([], [2, 3]), ([2, 2, 3], [3]), ([3], [2, 3]), ([1, 4], [1]), ([2, 1], [2, 3])]
    bounds = [((-1, 2), (-3, 0.5)), ((0, 6), (-5, -1)), ((1, 2), (-100, 100))]
    for op, (a, b), (x, y) in itertools.product(["QuantizedAdd", "QuantizedMul"], shapes, bounds):
        operands = [draw("quint8", *a), draw("quint8", *b), *real(*x, *y)]
        cases.add(op, operands)
    for op in ["QuantizedAdd", "QuantizedMul"]:
        cases.add(op, [draw("quint8", 3), draw("quint8", 3), *real(1, 1, 0, 1)], fails=True)
        cases.add(op, [draw("quint8", 3, 2, 1), draw("quint8", 3, 1, 2), *real(-1, 1, 0, 1)], fails=True)
    for name, (x, y) in itertools.product(["quint8", "qint8"], bounds):
        for shape in [[2, 3], [1, 2, 2, 3]]:
            operands = [draw(name, *shape), draw(name, 3), *real(*x, *y)]
            cases.add("QuantizedBiasAdd", operands, {"out_type": tf.qint32})
    cases.add("QuantizedBiasAdd", [draw("quint8", 2, 3), draw("quint8", 2), *real(-1, 1, -1, 1)],
              {"out_type": tf.qint32}, fails=True)


def products():
    bounds = [((-1, 2), (-3, 0.5)), ((0, 6), (-5, -1)), ((-3, -1), (-100, 100))]
    for (x, y), left, right in itertools.product(bounds, [False, True], [False, True]):
        a = draw("quint8", *([4, 3] if left else [3, 4]))
        b = draw("quint8", *([5, 4] if right else [4, 5]))
        cases.add("QuantizedMatMul", [a, b, *real(*x, *y)], {"transpose_a": left, "transpose_b": right})
    cases.add("QuantizedMatMul", [draw("quint8", 2, 700), draw("quint8", 700, 3), *real(-1, 9, -1, 0.1)])
    cases.add("QuantizedMatMul", [draw("quint8", 2, 3), draw("quint8", 2, 3), *real(-1, 1, -1, 1)], fails=True)
    sizes = [([1, 5, 6, 2], [3, 3, 2, 3]), ([2, 8, 4, 1], [1, 2, 1, 2]), ([1, 4, 4, 3], [5, 3, 3, 1])]
    for (image, window), stride, padding in itertools.product(sizes, [1, 2, 3], ["SAME", "VALID"]):
        if padding == "VALID" and window[0] > image[1]:
            continue
        for x, y in bounds:
            cases.add("QuantizedConv2D", [draw("quint8", *image), draw("quint8", *window), *real(*x, *y)],
                      {"strides": [1, stride, stride, 1], "padding": padding})
    for size, stride in [(8, 4), (10, 5), (9, 8), (7, 5)]:
        cases.add("QuantizedConv2D", [draw("quint8", 1, size, size, 1), draw("quint8", 1, 1, 1, 2), *real(-1, 9, -1, 1)],
                  {"strides": [1, stride, stride, 1], "padding": "VALID"})
    cases.add("QuantizedConv2D", [draw("quint8", 1, 7, 7, 1), draw("quint8", 2, 1, 1, 2), *real(-1, 9, -1, 1)],
              {"strides": [1, 4, 4, 1], "padding": "SAME"})
    cases.add("QuantizedConv2D", [draw("quint8", 1, 3, 3, 80), draw("quint8", 3, 3, 80, 2), *real(-1, 9, -1, 0.1)],
              {"strides": [1, 1, 1, 1], "padding": "SAME"})


def functions():
    bounds = [(-1, 2), (0, 10), (-9, 100), (-3, -1), (1, 20)]
    for name, limits in itertools.product(["quint8", "qint32"], bounds):
        x = np.concatenate([ends(name), draw(name, 6)])
        attrs = {"out_type": tf.as_dtype(name)}
        cases.add("QuantizedRelu", [x, *real(*limits)], attrs)
        cases.add("QuantizedRelu6", [x, *real(*limits)], attrs)


def images():
    for padding, stride, window in itertools.product(["SAME", "VALID"], [1, 2], [[2, 2], [3, 1]]):
        attrs = {"ksize": [1, *window, 1], "strides": [1, stride, stride, 1], "padding": padding}
        for op in ["QuantizedAvgPool", "QuantizedMaxPool"]:
            cases.add(op, [draw("quint8", 2, 5, 4, 3), *real(-1, 3)], attrs)
    for name, (corners, centers) in itertools.product(["quint8", "qint32"], [(False, False), (True, False), (False, True)]):
        for channels, size in itertools.product([1, 3], [[7, 11], [2, 2], [3, 4], [1, 9]]):
            cases.add("QuantizedResizeBilinear", [draw(name, 2, 3, 4, channels), np.int32(size), *real(-1, 3)],
                      {"align_corners": corners, "half_pixel_centers": centers})


def shapes():
    for name in ["quint8", "qint32"]:
        cases.add("QuantizedReshape", [draw(name, 2, 6), np.int32([3, -1]), *real(-1, 3)])
        cases.add("QuantizedReshape", [draw(name, 4), np.int64([2, 2]), *real(-1, 3)])
        for axis, ranges in itertools.product([0, 1], [((-1, 2), (-1, 2)), ((-1, 2), (0, 6)), ((-5, -1), (-2, 0.5))]):
            values = [draw(name, 2, 3), draw(name, *([4, 3] if axis == 0 else [2, 1]))]
            mins, maxes = zip(*ranges)
            cases.add("QuantizedConcat", [np.int32(axis), values, real(*mins), real(*maxes)])
        values = [draw(name, 0, 2), draw(name, 3, 2), draw(name, 1, 2)]
        cases.add("QuantizedConcat", [np.int32(0), values, real(-1, -2, -3), real(2, 2, 1)])


def normalization():
    for after, x in itertools.product([True, False], [(-1, 2), (0, 255)]):
        operands = [draw("quint8", 1, 2, 3, 4), *real(*x)]
        for low, high in [(-1, 1), (0.25, 3), (-2, 2), (-1, 4)]:
            operands += [draw("quint8", 4), *real(low, high)]
        cases.add("QuantizedBatchNormWithGlobalNormalization", operands,
                  {"out_type": tf.qint32, "variance_epsilon": 0.001, "scale_after_normalization": after})
    for attrs in [{}, {"output_range_given": True, "given_y_min": -1.0, "given_y_max": 1.5}, {"variance_epsilon": 0.5}]:
        cases.add("QuantizedInstanceNorm", [draw("quint8", 2, 3, 4, 5), *real(-1, 3)], attrs)
    same = quantized(np.full([1, 2, 2, 3], 7), "quint8")
    cases.add("QuantizedInstanceNorm", [same, *real(-1, 3)], {"min_separation": 0.5})


for make in (quantize, dequantize, requantize, arithmetic, products, functions, images, shapes, normalization):
    make()
cases.write()

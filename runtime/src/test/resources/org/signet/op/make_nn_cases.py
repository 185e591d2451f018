"""Makes the op cases of neural networks and linear algebra: convolutions, pooling, matrix products,
normalization, resizing, Fourier transforms, box suppression and diagonals.

Needs TensorFlow 2.21. Operands are multiples of 1/4, which keeps the files small.
"""

import copy

from op_cases import Cases as AllCases, tensor

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import op_def_registry


class Cases(AllCases):
    """Cases of ops with attributes that are mostly left at their defaults."""

    @staticmethod
    def run(op, operands, attrs, *how):
        defaults = {a.name: None for a in op_def_registry.get(op).attr if a.HasField("default_value")
                    and a.type != "type"}
        return AllCases.run(op, operands, {**defaults, **attrs}, *how)


rng = np.random.default_rng(20)


def some(*shape, dtype=np.float32, low=-8, high=9):
    return np.asarray(rng.integers(low, high, shape) / (4 if np.dtype(dtype).kind == "f" else 1)).astype(dtype)


def some_complex(*shape, dtype=np.complex64):
    return (some(*shape) + 1j * some(*shape)).astype(dtype)


def add_dilated(cases, op, operands, attrs, builtins=()):
    """Adds a case whose dilation TensorFlow has on GPUs only: computed with zeros put into the filter."""
    filter_ = operands[1]
    dilations = attrs["dilations"][1:-1]
    if all(d == 1 for d in dilations):
        cases.add(op, operands, attrs, builtins=builtins)
        return
    spatial = [(k - 1) * d + 1 for k, d in zip(filter_.shape, dilations)]
    spread = np.zeros((*spatial, *filter_.shape[-2:]), filter_.dtype)
    spread[tuple(slice(None, None, d) for d in dilations)] = filter_
    cases.add(op, [operands[0], spread, *operands[2:]], {**attrs, "dilations": [1] * (len(dilations) + 2)},
              builtins=builtins)
    case = cases.cases[-1]
    case["attributes"]["dilations"] = attrs["dilations"]
    case["operands"][1] = tensor(filter_)
    case["name"] += f" dilations {dilations}"


def channels_first(cases, count=1):
    """Repeats the last case with channels after the batch, which TensorFlow has on GPUs only."""
    case = copy.deepcopy(cases.cases[-1])
    case.pop("builtins", None)
    case["name"] += " channels first"

    def move(json):
        value = np.moveaxis(np.array(json["values"]).reshape(json["shape"]), -1, 1)
        return {**json, "shape": list(value.shape), "values": value.reshape(-1).tolist()}

    def move_list(values):
        width = len(values) // len(image["shape"])
        groups = [values[i:i + width] for i in range(0, len(values), width)]
        return sum([groups[0], groups[-1], *groups[1:-1]], [])

    at = 2 if "Backprop" in case["op"] else 0
    image = case["operands"][at]
    for name in ("strides", "dilations", "ksize", "explicit_paddings"):
        if case["attributes"].get(name):
            case["attributes"][name] = move_list(case["attributes"][name])
    if at == 2 and case["operands"][0]["shape"] == [len(image["shape"])]:
        case["operands"][0]["values"] = move_list(case["operands"][0]["values"])
    case["attributes"]["data_format"] = "NCHW" if len(image["shape"]) == 4 else "NCDHW"
    case["operands"][at] = move(image)
    case["results"][:count] = [move(r) for r in case["results"][:count]]
    cases.cases.append(case)


ACTIVATIONS = {"RELU": (0, np.inf), "RELU6": (0, 6), "RELU_N1_TO_1": (-1, 1), "NONE": (-np.inf, np.inf)}


def activated(value, name):
    low, high = ACTIVATIONS[name]
    return np.clip(np.asarray(value), np.float32(low), np.float32(high))


def convolutions():
    cases = Cases("convolution")

    def conv2d(x, w, stride=(1, 1), dilation=(1, 1), padding="SAME", explicit=(), first=False):
        attrs = {"strides": [1, *stride, 1], "dilations": [1, *dilation, 1], "padding": padding}
        if explicit:
            attrs["explicit_paddings"] = list(explicit)
        builtins = [] if explicit or x.dtype != np.float32 else [{
            "op": "CONV_2D",
            "attributes": {"stride_h": stride[0], "stride_w": stride[1], "dilation_h_factor": dilation[0],
                           "dilation_w_factor": dilation[1], "padding": padding},
            "operands": [x, w.transpose(3, 0, 1, 2)]}]
        cases.add("Conv2D", [x, w], attrs, builtins=builtins)
        if first:
            channels_first(cases)

    conv2d(some(2, 5, 6, 3), some(3, 3, 3, 4), first=True)
    conv2d(some(1, 7, 6, 2), some(3, 2, 2, 5), (2, 3), first=True)
    conv2d(some(1, 7, 6, 2), some(3, 2, 2, 5), (2, 3), padding="VALID")
    conv2d(some(1, 8, 9, 2), some(3, 2, 2, 3), dilation=(2, 3))
    conv2d(some(1, 8, 9, 2), some(3, 2, 2, 3), dilation=(3, 2), padding="VALID")
    conv2d(some(1, 6, 5, 2), some(3, 3, 2, 2), (2, 1), padding="EXPLICIT", explicit=(0, 0, 1, 2, 0, 3, 0, 0),
           first=True)
    conv2d(some(1, 4, 4, 6), some(3, 3, 2, 9), first=True)
    conv2d(some(1, 4, 5, 4), some(2, 3, 1, 8), (1, 2), padding="VALID")
    conv2d(some(3, 3, 3, 5), some(1, 1, 5, 7))
    conv2d(some(1, 5, 5, 3), some(1, 1, 3, 2), (2, 2))
    conv2d(some(1, 2, 2, 2), some(5, 5, 2, 2))
    conv2d(some(0, 4, 4, 2), some(3, 3, 2, 2))
    conv2d(some(1, 4, 5, 2, dtype=np.float64), some(2, 2, 2, 3, dtype=np.float64))
    conv2d(some(1, 4, 5, 2, dtype=np.float16), some(2, 2, 2, 3, dtype=np.float16))
    cases.add("Conv2D", [some(1, 4, 4, 3), some(3, 3, 2, 4)], {"strides": [1] * 4, "padding": "SAME"}, fails=True)
    cases.add("Conv2D", [some(1, 2, 4, 3), some(4, 3, 3, 4)], {"strides": [1] * 4, "padding": "VALID"}, fails=True)

    x, w, bias = some(1, 5, 4, 3), some(3, 3, 3, 4), some(4)
    for activation in ACTIVATIONS:
        result = activated(tf.nn.bias_add(tf.nn.conv2d(x, w, 1, "SAME"), bias), activation)
        cases.add_builtin("CONV_2D", [x, w.transpose(3, 0, 1, 2), bias], [result],
                          {"stride_h": 1, "stride_w": 1, "padding": "SAME", "dilation_h_factor": 1,
                           "dilation_w_factor": 1, "fused_activation_function": activation}, activation)
    cases.add_builtin("CONV_2D", [x, w.transpose(3, 0, 1, 2).astype(np.float16), None],
                      [np.asarray(tf.nn.conv2d(x, w, 1, "SAME"))],
                      {"stride_h": 1, "stride_w": 1, "padding": "SAME"}, "float16 weights, no bias")

    def depthwise(x, w, stride=1, dilation=(1, 1), padding="SAME", explicit=(), first=False):
        attrs = {"strides": [1, stride, stride, 1], "dilations": [1, *dilation, 1], "padding": padding}
        if explicit:
            attrs["explicit_paddings"] = list(explicit)
        h, w_, c, m = w.shape
        builtins = [] if explicit or x.dtype != np.float32 else [{
            "op": "DEPTHWISE_CONV_2D",
            "attributes": {"stride_h": stride, "stride_w": stride, "dilation_h_factor": dilation[0],
                           "dilation_w_factor": dilation[1], "padding": padding, "depth_multiplier": m},
            "operands": [x, w.reshape(1, h, w_, c * m)]}]
        add_dilated(cases, "DepthwiseConv2dNative", [x, w], attrs, builtins)
        if first:
            channels_first(cases)

    depthwise(some(2, 5, 6, 3), some(3, 3, 3, 1), first=True)
    depthwise(some(1, 6, 7, 3), some(3, 2, 3, 2), 2)
    depthwise(some(1, 6, 7, 2), some(3, 2, 2, 3), 2, padding="VALID", first=True)
    depthwise(some(1, 7, 8, 2), some(3, 3, 2, 1), dilation=(2, 2))
    depthwise(some(1, 7, 8, 2), some(3, 3, 2, 2), dilation=(2, 2), padding="VALID")
    depthwise(some(1, 4, 4, 2), some(3, 3, 2, 1), padding="EXPLICIT", explicit=(0, 0, 2, 1, 1, 0, 0, 0))
    depthwise(some(1, 4, 4, 1), some(3, 3, 1, 4))
    depthwise(some(1, 4, 4, 2, dtype=np.float64), some(3, 3, 2, 1, dtype=np.float64))
    x, w, bias = some(1, 4, 4, 2), some(3, 3, 2, 2), some(4)
    result = activated(tf.nn.depthwise_conv2d(x, w, [1] * 4, "SAME") + bias, "RELU6")
    cases.add_builtin("DEPTHWISE_CONV_2D", [x, w.reshape(1, 3, 3, 4), bias], [result],
                      {"stride_h": 1, "stride_w": 1, "padding": "SAME", "depth_multiplier": 2,
                       "fused_activation_function": "RELU6"}, "bias and RELU6")

    def backprop(size, w, gradient, stride=(1, 1), padding="SAME", dilation=(1, 1), explicit=(), first=False,
                 short=False):
        attrs = {"strides": [1, *stride, 1], "padding": padding, "dilations": [1, *dilation, 1]}
        if explicit:
            attrs["explicit_paddings"] = list(explicit)
        builtins = [] if explicit or dilation != (1, 1) or w.dtype != np.float32 or w.shape[2] != size[3] else [{
            "op": "TRANSPOSE_CONV",
            "attributes": {"stride_h": stride[0], "stride_w": stride[1], "padding": padding},
            "operands": [np.int32(size), w.transpose(2, 0, 1, 3), gradient]}]
        given = np.int32(size[1:3] if short else size)
        add_dilated(cases, "Conv2DBackpropInput", [given, w, gradient], attrs, builtins)
        if first:
            channels_first(cases)

    backprop([1, 5, 6, 2], some(3, 3, 2, 4), some(1, 5, 6, 4), first=True)
    backprop([2, 7, 6, 2], some(3, 2, 2, 3), some(2, 4, 2, 3), (2, 3), first=True)
    backprop([1, 7, 6, 2], some(3, 2, 2, 3), some(1, 3, 2, 3), (2, 3), "VALID")
    backprop([1, 8, 8, 1], some(4, 4, 1, 2), some(1, 4, 4, 2), (2, 2))
    backprop([1, 8, 8, 2], some(2, 2, 2, 2), some(1, 4, 4, 2), (2, 2), short=True)
    backprop([1, 7, 7, 2], some(3, 3, 2, 2), some(1, 7, 7, 2), dilation=(2, 2))
    backprop([1, 5, 5, 2], some(3, 3, 2, 2), some(1, 4, 3, 2), (2, 2), "EXPLICIT", explicit=(0, 0, 2, 3, 1, 1, 0, 0))
    backprop([1, 4, 4, 1], some(3, 3, 1, 1, dtype=np.float64), some(1, 2, 2, 1, dtype=np.float64), (2, 2))
    cases.add("Conv2DBackpropInput", [np.int32([1, 9, 9, 1]), some(3, 3, 1, 1), some(1, 2, 2, 1)],
              {"strides": [1, 2, 2, 1], "padding": "SAME"}, fails=True)
    w, gradient, bias = some(3, 3, 2, 3), some(1, 3, 3, 3), some(2)
    result = activated(tf.nn.conv2d_transpose(gradient, w, [1, 6, 6, 2], 2, "SAME") + bias, "RELU")
    cases.add_builtin("TRANSPOSE_CONV", [np.int32([1, 6, 6, 2]), w.transpose(2, 0, 1, 3), gradient, bias], [result],
                      {"stride_h": 2, "stride_w": 2, "padding": "SAME", "fused_activation_function": "RELU"},
                      "bias and RELU")

    def conv3d(x, w, stride=(1, 1, 1), dilation=(1, 1, 1), padding="SAME", first=False):
        attrs = {"strides": [1, *stride, 1], "dilations": [1, *dilation, 1], "padding": padding}
        options = {"padding": padding}
        for letter, s, d in zip("dhw", stride, dilation):
            options[f"stride_{letter}"] = s
            options[f"dilation_{letter}_factor"] = d
        builtins = [] if x.dtype != np.float32 else [{"op": "CONV_3D", "attributes": options}]
        add_dilated(cases, "Conv3D", [x, w], attrs, builtins)
        if first:
            channels_first(cases)

    conv3d(some(1, 3, 4, 3, 2), some(2, 3, 2, 2, 3), first=True)
    conv3d(some(1, 4, 5, 4, 2), some(2, 3, 2, 2, 2), (1, 2, 2), padding="VALID")
    conv3d(some(1, 5, 4, 4, 1), some(2, 2, 2, 1, 2), dilation=(2, 1, 2))
    conv3d(some(1, 2, 3, 3, 1, dtype=np.float64), some(2, 2, 2, 1, 2, dtype=np.float64))
    w, gradient = some(2, 3, 2, 2, 3), some(1, 2, 3, 2, 3)
    cases.add("Conv3DBackpropInputV2", [np.int32([1, 3, 5, 4, 2]), w, gradient],
              {"strides": [1, 2, 2, 2, 1], "padding": "SAME"},
              builtins=[{"op": "CONV_3D_TRANSPOSE",
                         "attributes": {"stride_d": 2, "stride_h": 2, "stride_w": 2, "padding": "SAME"}}])
    channels_first(cases)
    cases.write()


def pooling():
    cases = Cases("pooling")

    def pool(kind, x, kernel, stride, padding="SAME", first=False, explicit=()):
        attrs = {"ksize": [1, *kernel, 1], "strides": [1, *stride, 1], "padding": padding}
        if explicit:
            attrs["explicit_paddings"] = list(explicit)
        builtins = []
        if len(kernel) == 2 and not explicit and x.dtype == np.float32:
            builtins = [{"op": "AVERAGE_POOL_2D" if kind == "AvgPool" else "MAX_POOL_2D",
                         "attributes": {"filter_height": kernel[0], "filter_width": kernel[1],
                                        "stride_h": stride[0], "stride_w": stride[1], "padding": padding}}]
        cases.add(kind, [x], attrs, builtins=builtins)
        if first:
            channels_first(cases)

    for kind in ("AvgPool", "MaxPool"):
        pool(kind, some(2, 5, 6, 3), (2, 3), (2, 2), first=True)
        pool(kind, some(1, 7, 5, 2), (3, 2), (2, 3), "VALID", first=True)
        pool(kind, some(1, 4, 4, 1), (3, 3), (1, 1))
        pool(kind, some(1, 3, 3, 2), (5, 5), (3, 3))
        pool(kind, some(1, 4, 4, 2, dtype=np.float16), (2, 2), (2, 2))
        pool(kind, some(1, 4, 4, 2, dtype=np.float64), (2, 2), (2, 2))
        pool(kind, some(0, 4, 4, 2), (2, 2), (2, 2))
        cases.add(kind, [some(1, 2, 2, 1)], {"ksize": [1, 4, 4, 1], "strides": [1] * 4, "padding": "VALID"}, fails=True)
    pool("MaxPool", some(1, 4, 5, 2), (3, 2), (2, 2), "EXPLICIT", True, (0, 0, 1, 2, 0, 1, 0, 0))
    pool("MaxPool", some(1, 5, 4, 2, dtype=np.int32), (2, 2), (2, 2))
    # More bits than float32 has.
    wide = (np.arange(60) * 7 % 60 - 30).reshape(1, 6, 5, 2).astype(np.int32) * 2**25 + 1
    for kernel, stride, padding in (((3, 2), (1, 1), "SAME"), ((3, 2), (2, 3), "SAME"), ((2, 3), (3, 1), "VALID")):
        pool("MaxPool", wide, kernel, stride, padding)
    pool("MaxPool", some(1, 5, 4, 2, dtype=np.int64) * 2**60, (2, 2), (1, 1))
    pool("MaxPool", some(1, 5, 4, 2, dtype=np.uint8, low=0, high=255), (2, 2), (2, 1))
    special = np.float32([[np.nan, 1, -np.inf], [2, -np.inf, -np.inf], [np.inf, -np.inf, -np.inf]]).reshape(1, 3, 3, 1)
    pool("MaxPool", special, (2, 2), (1, 1), "VALID")
    pool("AvgPool3D", some(1, 3, 5, 4, 2), (2, 2, 3), (1, 2, 2), first=True)
    pool("AvgPool3D", some(1, 3, 5, 4, 2), (2, 2, 3), (1, 2, 1), "VALID")
    pool("MaxPool3D", some(1, 3, 5, 4, 2), (2, 2, 3), (2, 2, 2), first=True)
    # Numbers of its own, so that those of the other cases stay.
    grouped = (np.arange(72) * 11 % 72 - 30).reshape(2, 2, 3, 6).astype(np.float32)
    for window in (2, 3, 6):
        cases.add("MaxPool", [grouped], {"ksize": [1, 1, 1, window], "strides": [1, 1, 1, window], "padding": "VALID"})
    cases.add("MaxPool", [grouped], {"ksize": [1, 1, 1, 4], "strides": [1, 1, 1, 4], "padding": "VALID"}, fails=True)
    cases.add("MaxPool", [grouped], {"ksize": [1, 2, 2, 2], "strides": [1, 1, 1, 2], "padding": "VALID"}, fails=True)
    cases.add("MaxPoolV2", [some(1, 5, 4, 2), np.int32([1, 3, 2, 1]), np.int32([1, 2, 2, 1])], {"padding": "SAME"})
    x = some(1, 5, 4, 2)
    for padding in ("SAME", "VALID"):
        squares = tf.nn.avg_pool2d(x * x, [2, 3], [2, 1], padding)
        cases.add_builtin("L2_POOL_2D", [x], [np.sqrt(squares)],
                          {"filter_height": 2, "filter_width": 3, "stride_h": 2, "stride_w": 1, "padding": padding},
                          padding)
    cases.add_builtin("AVERAGE_POOL_2D", [x], [activated(tf.nn.avg_pool2d(x, 2, 2, "SAME"), "RELU")],
                      {"filter_height": 2, "filter_width": 2, "stride_h": 2, "stride_w": 2, "padding": "SAME",
                       "fused_activation_function": "RELU"}, "RELU")
    cases.write()


def matrices():
    cases = Cases("matrix")
    for dtype in (np.float32, np.float64, np.float16, np.int32, np.int64):
        for ta, tb in ((False, False), (True, False), (False, True), (True, True)):
            a, b = some(3, 5, dtype=dtype), some(5, 7, dtype=dtype)
            builtins = [{"op": "FULLY_CONNECTED"}] if (ta, tb, dtype) == (False, True, np.float32) else []
            cases.add("MatMul", [a.T if ta else a, b.T if tb else b], {"transpose_a": ta, "transpose_b": tb},
                      builtins=builtins)
    for ta, tb in ((True, False), (False, True)):
        a, b = some_complex(3, 4), some_complex(4, 2)
        cases.add("MatMul", [a.T if ta else a, b.T if tb else b], {"transpose_a": ta, "transpose_b": tb})
        cases.add("BatchMatMulV2", [a.T if ta else a, b.T if tb else b], {"adj_x": ta, "adj_y": tb})
    cases.add("MatMul", [some(20, 6), some(9, 6)], {"transpose_b": True}, builtins=["FULLY_CONNECTED"])
    cases.add("MatMul", [some(2, 0), some(0, 3)])
    cases.add("MatMul", [some(0, 2), some(2, 3)])
    cases.add("MatMul", [some(2, 3), some(2, 3)], fails=True)
    cases.add("MatMul", [np.float32([[np.inf, 0], [np.nan, 1]]), np.float32([[1, 0], [2, np.inf]])])
    cases.add("BatchMatMul", [some(2, 3, 4), some(2, 4, 5)], builtins=["BATCH_MATMUL"])
    for ta, tb in ((False, False), (True, False), (False, True), (True, True)):
        for dtype in (np.float32, np.int32):
            a, b = some(2, 1, 3, 4, dtype=dtype), some(5, 4, 2, dtype=dtype)
            if ta:
                a = a.swapaxes(-1, -2)
            if tb:
                b = b.swapaxes(-1, -2)
            flags = {"adj_x": ta, "adj_y": tb}
            cases.add("BatchMatMulV2", [a, b], flags, builtins=[{"op": "BATCH_MATMUL", "attributes": flags}])
    cases.add("BatchMatMulV2", [some(2, 17, 3), some(2, 9, 3)], {"adj_y": True},
              builtins=[{"op": "BATCH_MATMUL", "attributes": {"adj_y": True}}])
    cases.add("BatchMatMulV2", [some(0, 2, 3), some(3, 2)], builtins=["BATCH_MATMUL"])
    cases.add("BatchMatMulV2", [some(2, 2, 3), some(3, 3, 2)], fails=True)
    cases.add("BatchMatMulV3", [some(2, 3, 4, dtype=np.int8), some(4, 2, dtype=np.int8)], {"Tout": tf.int32},
              builtins=["BATCH_MATMUL"])
    x, w, bias = some(2, 3, 4), some(5, 4), some(5)
    product = x @ w.T + bias
    for keep in (False, True):
        for activation in ("NONE", "RELU6"):
            result = activated(product, activation)
            cases.add_builtin("FULLY_CONNECTED", [x, w, bias], [result if keep else result.reshape(-1, 5)],
                              {"keep_num_dims": keep, "fused_activation_function": activation}, f"{keep} {activation}")
    cases.add_builtin("FULLY_CONNECTED", [some(2, 2, 2) * 0, w, None], [np.zeros((2, 5), np.float32)], name="regrouped")
    cases.add_builtin("FULLY_CONNECTED", [x, w.astype(np.float16), bias], [product.reshape(-1, 5)], name="float16 weights")

    for equation, shapes in (
            ("ab,bc->ac", [(2, 3), (3, 4)]), ("abc,cd->abd", [(2, 3, 4), (4, 5)]), ("bqhd,bkhd->bhqk", [(2, 3, 2, 4), (2, 5, 2, 4)]),
            ("bhqk,bkhd->bqhd", [(2, 2, 3, 5), (2, 5, 2, 4)]), ("i,j->ij", [(3,), (2,)]), ("i,i->", [(4,), (4,)]),
            ("ii->i", [(3, 3)]), ("ii->", [(3, 3)]), ("i->ii", [(3,)]), ("abab->ba", [(2, 3, 2, 3)]), ("iij->ji", [(2, 2, 3)]),
            ("ij->ji", [(2, 3)]), ("ij->", [(2, 3)]), ("ijk->j", [(2, 3, 4)]), ("ij->iji", [(2, 3)]), ("->", [()]), ("i,->i", [(3,), ()]),
            ("...ij,...jk->...ik", [(2, 1, 3, 4), (5, 4, 2)]), ("...ij->...ji", [(2, 2, 3)]), ("i...->...i", [(2, 3, 4)]),
            ("...i,i->...", [(2, 3, 4), (4,)]), ("ab...,b...->a...", [(2, 3, 1), (3, 4)]), ("...,...->...", [(2, 1), (3,)]),
            ("iia,aj->ij", [(2, 2, 3), (3, 2)]), ("ijk,kl->jl", [(2, 3, 4), (4, 2)]), ("aBc,cB->Ba", [(2, 3, 2), (2, 3)]),
            ("ab,ab->ab", [(2, 3), (2, 3)]), ("ab,cd->", [(2, 3), (2, 2)]), ("abc,abd->acd", [(2, 3, 4), (2, 3, 5)]),
            ("ij,jk->ik", [(0, 3), (3, 2)]), ("ij,jk->ik", [(2, 0), (0, 2)])):
        cases.add("Einsum", [[some(*s) for s in shapes]], {"equation": equation}, name=equation)
    cases.add("Einsum", [[some(2, 3, dtype=np.int32), some(3, 2, dtype=np.int32)]], {"equation": "ij,jk->ki"}, name="int")
    cases.add("Einsum", [[some(2, 3, dtype=np.float64), some(3, dtype=np.float64)]], {"equation": "ij,j->i"}, name="double")
    cases.add("Einsum", [[some_complex(2, 3), some_complex(3, 2)]], {"equation": "ij,jk->ki"}, name="complex")
    cases.add("Einsum", [[some_complex(2, 3, dtype=np.complex128)]], {"equation": "ij->j"}, name="complex128")
    cases.add("Einsum", [[some(3, 1), some(2, 2)]], {"equation": "ij,jk->ik"}, fails=True)
    cases.add("Einsum", [[some(3, 2)]], {"equation": "...i->i"}, fails=True)
    cases.write()


def diagonals():
    cases = Cases("diagonal")
    for lower, upper in ((0, 0), (1, 0), (0, -1), (-1, 2), (-1, -1), (0, 1), (3, 4)):
        cases.add("MatrixBandPart", [some(2, 3, 4), np.int64(lower), np.int64(upper)], name=f"{lower} {upper}")
    cases.add("MatrixBandPart", [some(2, 3), np.int32(3), np.int32(0)], fails=True)
    cases.add("MatrixBandPart", [some(2, 3), np.int32(0), np.int32(4)], fails=True)
    cases.add("MatrixBandPart", [some(4, 2, dtype=np.int32), np.int32(1), np.int32(0)])
    cases.add("MatrixBandPart", [some(3, 3) > 0, np.int32(0), np.int32(-1)])
    cases.add("Cross", [some(2, 2, 3), some(2, 2, 3)])
    cases.add("Cross", [some(3, dtype=np.int32), some(3, dtype=np.int32)])
    cases.add("MatrixDiag", [some(2, 3)])
    cases.add("MatrixDiag", [some(3, dtype=np.int64)])
    cases.add("MatrixDiagPart", [some(2, 3, 4)])
    cases.add("MatrixDiagPart", [some(4, 2)])
    cases.add("MatrixSetDiag", [some(2, 3, 4), some(2, 3)])
    bands = ((0,), (1,), (-2,), (-1, 1), (-2, 0), (0, 2), (1, 3), (-1, -1))
    for k in bands:
        for shape in ((3, 4), (4, 3), (2, 3, 5)):
            band = np.int32(k[0] if len(k) == 1 else k)
            if k[0] <= -shape[-2] or k[-1] >= shape[-1]:
                continue
            matrix = some(*shape)
            part = cases.add("MatrixDiagPartV2", [matrix, band, np.float32(9)])[0]
            cases.add("MatrixSetDiagV2", [matrix, some(*part.shape), band])
            cases.add("MatrixDiagV2", [part, band, np.int32(shape[-2]), np.int32(shape[-1]), np.float32(7)])
            for align in ("RIGHT_LEFT", "LEFT_RIGHT", "RIGHT_RIGHT", "LEFT_LEFT"):
                if shape == (3, 4) or align == "RIGHT_LEFT":
                    cases.add("MatrixDiagPartV3", [matrix, band, np.float32(9)], {"align": align})
                    cases.add("MatrixSetDiagV3", [matrix, some(*part.shape), band], {"align": align})
                    cases.add("MatrixDiagV3", [part, band, np.int32(-1), np.int32(-1), np.float32(7)], {"align": align})
    cases.add("MatrixDiagV3", [some(2, 3), np.int32(1), np.int32(-1), np.int32(5), np.float32(0)])
    cases.add("MatrixDiagV3", [some(3), np.int32(-1), np.int32(6), np.int32(-1), np.float32(1)])
    cases.add("MatrixDiagV3", [some(3), np.int32(0), np.int32(2), np.int32(3), np.float32(1)], fails=True)
    cases.add("MatrixDiagPartV3", [some(2, 3), np.int32(3), np.float32(1)], fails=True)
    cases.add("MatrixSetDiagV3", [some(2, 3), some(3), np.int32(0)], fails=True)
    cases.write()


def normalizations():
    cases = Cases("normalization")
    special = np.float32([[1e4, 1e4 + 1, -1e4], [-90, -90, 0], [-np.inf, 0, 1], [np.nan, 1, 2], [np.inf, 1, 2]])
    for x in (some(2, 3, 5), some(4), special, some(2, 0), some(0, 3), some(2, 3, dtype=np.float64), some(2, 3, dtype=np.float16)):
        builtins = x.dtype == np.float32
        cases.add("Softmax", [x], builtins=[{"op": "SOFTMAX", "attributes": {"beta": {"float": 1}}}] if builtins else [])
        cases.add("LogSoftmax", [x], builtins=["LOG_SOFTMAX"] if builtins else [])
    x = some(2, 4)
    cases.add_builtin("SOFTMAX", [x], [np.asarray(tf.nn.softmax(x * np.float32(.5)))], {"beta": {"float": .5}}, "beta")
    for x in (some(2, 3, 4), np.float32([[0, 0, 0], [1e-7, 0, 0], [3e20, 4e20, 0]])):
        length = tf.sqrt(tf.reduce_sum(tf.cast(x, tf.float64)**2, -1, keepdims=True))
        cases.add_builtin("L2_NORMALIZATION", [x], [np.float32(x / tf.maximum(length, 1e-6))], name=str(x.shape))
    for radius, bias, alpha, beta in ((2, 1., .5, .5), (5, .5, .25, .75), (1, 2., 1., 1.), (0, 1., 1., .5)):
        cases.add("LRN", [some(1, 2, 2, 7)], {"depth_radius": radius, "bias": bias, "alpha": alpha, "beta": beta},
                  builtins=[{"op": "LOCAL_RESPONSE_NORMALIZATION",
                             "attributes": {"radius": radius, "bias": {"float": bias}, "alpha": {"float": alpha},
                                            "beta": {"float": beta}}}])
    for dtype in (np.float32, np.float64, np.float16, np.int32):
        cases.add("BiasAdd", [some(2, 3, 3, 4, dtype=dtype), some(4, dtype=dtype)])
    cases.add("BiasAdd", [some(2, 4), some(4)])
    cases.add("BiasAdd", [some(2, 4, 3, 2), some(4)], {"data_format": "NCHW"})
    cases.add("BiasAdd", [some(2, 4, 3), some(4)], {"data_format": "NCHW"})
    cases.add("BiasAdd", [some_complex(2, 3), some_complex(3)])
    cases.add("BiasAdd", [some(2, 4), some(3)], fails=True)
    cases.add("BiasAddV1", [some(2, 3, 4), some(4)])
    for op in ("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"):
        for dtype in (np.float32, np.float16):
            if dtype == np.float16 and op == "FusedBatchNorm":
                continue
            x, scale, offset, mean, variance = some(2, 3, 2, 4, dtype=dtype), some(4), some(4), some(4), some(4, low=1)
            for training, factor in ((False, 1.), (True, 1.), (True, .25)):
                attrs = {"is_training": training, "exponential_avg_factor": factor, "epsilon": 1e-3}
                given = [np.float32([])] * 2 if training and factor == 1 else [mean, variance]
                cases.add(op, [x, scale, offset, *given], attrs)
                if not training:
                    # TensorFlow leaves these unset.
                    for i in (3, 4):
                        cases.cases[-1]["results"][i] = tensor(np.zeros(4, np.float32))
                if dtype == np.float32:
                    channels_first(cases)
    cases.write()


def images():
    cases = Cases("image")
    for op, builtin in (("ResizeBilinear", "RESIZE_BILINEAR"), ("ResizeNearestNeighbor", "RESIZE_NEAREST_NEIGHBOR"),
                        ("ResizeBicubic", None), ("ResizeArea", None)):
        for size in ((7, 4), (2, 5), (3, 3), (1, 1), (6, 6), (13, 2)):
            for corners, centers in ((False, False), (True, False), (False, True)):
                if op == "ResizeArea" and centers:
                    continue
                attrs = {"align_corners": corners}
                if op != "ResizeArea":
                    attrs["half_pixel_centers"] = centers
                cases.add(op, [some(1, 3, 3, 2), np.int32(size)], attrs,
                          builtins=[{"op": builtin, "attributes": attrs}] if builtin else [])
        for dtype in (np.uint8, np.int32, np.float64, np.float16):
            cases.add(op, [some(2, 3, 4, 1, dtype=dtype, low=0, high=100), np.int32([5, 3])])
        if op != "ResizeArea":
            cases.add(op, [some(1, 3, 3, 1), np.int32([2, 2])], {"align_corners": True, "half_pixel_centers": True}, fails=True)
        cases.add(op, [some(1, 3, 3, 1), np.int32([0, 2])], fails=True)
        cases.add(op, [some(1, 1, 4, 2), np.int32([3, 9])])
    boxes = np.float32([[0, 0, 1, 1], [0, .125, 1, 1.125], [0, -.125, 1, .875], [0, 10, 1, 11], [1, 11.125, 0, 10.125],
                        [0, 100, 1, 101], [0, 0, 0, 5], [0, 0, 1, .5]])
    scores = np.float32([.9, .75, .6, .95, .5, .3, .2, .75])
    for limit in (0, 3, 8, 20):
        for overlap in (.5, .2, 0., 1.):
            for least in (-1., .4):
                shared = [boxes, scores, np.int32(limit), np.float32(overlap), np.float32(least)]
                cases.add("NonMaxSuppressionV3", shared)
                for sigma in (0., .5):
                    for pad in (False, True):
                        results = cases.add("NonMaxSuppressionV5", [*shared, np.float32(sigma)],
                                            {"pad_to_max_output_size": pad})
                        assert results[2] <= limit
        for pad in (False, True):
            shared = [boxes, scores, np.int32(limit), np.float32(.5), np.float32(.4)]
            cases.add("NonMaxSuppressionV4", shared, {"pad_to_max_output_size": pad})
        cases.add("NonMaxSuppression", [boxes, scores, np.int32(limit)], {"iou_threshold": .3})
        cases.add("NonMaxSuppressionV2", [boxes, scores, np.int32(limit), np.float32(.3)])
    cases.add("NonMaxSuppressionV3", [boxes[:0], scores[:0], np.int32(3), np.float32(.5), np.float32(0)])
    cases.add("NonMaxSuppressionV3", [boxes, scores[:3], np.int32(3), np.float32(.5), np.float32(0)], fails=True)
    cases.add("NonMaxSuppressionV3", [boxes, scores, np.int32(3), np.float32(1.5), np.float32(0)], fails=True)
    # TFLite also suppresses at exactly the overlap, and when scoring down; it prefers no index among equal
    # scores, and takes boxes without area again and again.
    scores[7], boxes = .8, np.delete(boxes, 6, 0)
    scores = np.delete(scores, 6)
    run = lite_suppression(len(scores))
    for limit in (1, 3, 7):
        for overlap, least, sigma in ((.5, -1., 0.), (.5, -1., .5), (.2, .4, 0.), (.9, .4, .5), (.9, .25, 0.), (0., 0., 0.)):
            operands = [boxes, scores, np.int32(limit), np.float32(overlap), np.float32(least), np.float32(sigma)]
            indices, values, count = run(*operands)
            cases.add_builtin("NON_MAX_SUPPRESSION_V5", operands, [indices, values, count])
            if sigma == 0:
                cases.add_builtin("NON_MAX_SUPPRESSION_V4", operands[:-1], [indices, count])
    cases.write()


def lite_suppression(count):
    """NON_MAX_SUPPRESSION_V5 as TensorFlow's own interpreter of TFLite models runs it."""
    names = ("boxes", "scores", "max_output_size", "iou_threshold", "score_threshold", "soft_nms_sigma")
    types = [tf.TensorSpec([count, 4], name="boxes"), tf.TensorSpec([count], name="scores"),
             tf.TensorSpec([], tf.int32, "max_output_size")] + [tf.TensorSpec([], name=n) for n in names[3:]]

    @tf.function(input_signature=types)
    def suppress(*operands):
        results = tf.raw_ops.NonMaxSuppressionV5(**dict(zip(names, operands)), pad_to_max_output_size=True)
        return {"a": results[0], "b": results[1], "c": results[2]}

    module = tf.Module()
    module.suppress = suppress
    converter = tf.lite.TFLiteConverter.from_concrete_functions([suppress.get_concrete_function()], module)
    runner = tf.lite.Interpreter(model_content=converter.convert()).get_signature_runner()

    def run(*operands):
        results = runner(**dict(zip(names, operands)))
        return results["a"], results["b"], np.int32(results["c"])

    return run


def fourier():
    cases = Cases("fourier")
    for n in (1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 31):
        cases.add("FFT", [some_complex(2, n)])
        cases.add("IFFT", [some_complex(n, dtype=np.complex128)])
        cases.add("RFFT", [some(2, n), np.int32([n])])
        cases.add("IRFFT", [some_complex(2, n // 2 + 1), np.int32([n])])
    for op, make in (("FFT2D", some_complex), ("IFFT2D", some_complex)):
        cases.add(op, [make(2, 3, 4)])
    cases.add("FFT3D", [some_complex(2, 3, 4)])
    cases.add("IFFT3D", [some_complex(2, 2, 3, 4)])
    for length in (6, 4, 3):
        cases.add("RFFT", [some(2, 6), np.int32([length])], name=f"to {length}")
        cases.add("RFFT", [some(6, dtype=np.float64), np.int32([length])], {"Tcomplex": tf.complex128})
        cases.add("IRFFT", [some_complex(2, 4), np.int32([length])], name=f"to {length}")
        cases.add("IRFFT", [some_complex(4, dtype=np.complex128), np.int32([length])], {"Treal": tf.float64})
    for lengths in ((4, 8), (2, 4), (1, 4), (4, 1)):
        cases.add("RFFT2D", [some(2, 4, 8), np.int32(lengths)], name=str(lengths), builtins=["RFFT2D"])
    cases.add("RFFT", [some(2, 6), np.int32([8])], fails=True)
    cases.add("IRFFT", [some_complex(2, 4), np.int32([8])], fails=True)
    x = some(3, 6)
    cases.add_builtin("RFFT2D", [x, np.int32([4, 8])], [np.asarray(tf.signal.rfft2d(x, [4, 8]))], name="padded")
    cases.add("RFFT2D", [some(3, 5), np.int32([3, 5])])
    for lengths in ((3, 6), (2, 5), (2, 2)):
        cases.add("IRFFT2D", [some_complex(2, 3, 4), np.int32(lengths)], name=str(lengths))
    cases.add("RFFT3D", [some(2, 3, 4), np.int32([2, 3, 4])])
    cases.add("IRFFT3D", [some_complex(2, 3, 3), np.int32([2, 3, 4])])
    for length in (7, 8):
        cases.add("IRFFT", [some_complex(5), np.int32([length])], name=f"a vector to {length}")
    cases.write()


if __name__ == "__main__":
    for make in (convolutions, pooling, matrices, diagonals, normalizations, images, fourier):
        rng = np.random.default_rng(20)
        make()

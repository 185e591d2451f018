"""Writes cases/gradient_cases.json: gradients of activations, losses, convolutions and poolings.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
import tensorflow as tf
from op_cases import Cases, strings

cases = Cases("gradient")
random = np.random.RandomState(37)


def draw(*shape):
    return random.randn(*shape).astype(np.float32).round(3)


def activations():
    g, x = draw(12), np.float32([-8, -1, -0.5, -0.0, 0, 0.1, 0.5, 1, 3, 6, 7, 20])
    for dtype in [np.float32, np.float64, np.float16]:
        tolerance = [2e-3, 2e-3] if dtype == np.float16 else None
        for op in ["ReluGrad", "Relu6Grad", "LeakyReluGrad", "EluGrad", "SeluGrad", "SoftplusGrad",
                   "SoftsignGrad"]:
            cases.add(op, [g.astype(dtype), x.astype(dtype)], tolerance=tolerance)
        for op in ["SigmoidGrad", "TanhGrad", "SqrtGrad", "RsqrtGrad", "InvGrad", "ReciprocalGrad"]:
            y = (random.rand(12) + 0.1).astype(dtype)
            cases.add(op, [y, g.astype(dtype)], tolerance=tolerance)
    for shape in [[2, 3, 4, 5], [3, 5]]:
        cases.add("BiasAddGrad", [draw(*shape)])
        cases.add("BiasAddGrad", [draw(*shape).astype(np.int32)])
    cases.add("BiasAddGrad", [draw(2, 3, 4, 5)], {"data_format": "NCHW"})


def losses():
    for dtype in [np.float32, np.float64]:
        logits = draw(4, 5).astype(dtype) * 4
        labels = random.rand(4, 5).astype(dtype)
        cases.add("SoftmaxCrossEntropyWithLogits", [logits, labels])
        cases.add("SoftmaxCrossEntropyWithLogits", [logits, labels[:1]])
        cases.add("SoftmaxCrossEntropyWithLogits", [logits, np.eye(5, dtype=dtype)[:4]])
        for index in [np.int32, np.int64]:
            cases.add("SparseSoftmaxCrossEntropyWithLogits", [logits, index([0, 4, 2, 2])])
    cases.add("SparseSoftmaxCrossEntropyWithLogits", [draw(1, 3), np.int32([3])], fails=True)


def windows():
    for stride, padding in itertools.product([1, 2], ["SAME", "VALID"]):
        attrs = {"strides": [1, stride, stride, 1], "padding": padding}
        x, w = draw(2, 5, 6, 4), draw(2, 3, 4, 3)
        y = tf.nn.conv2d(x, w, stride, padding)
        cases.add("Conv2DBackpropFilter", [x, np.int32(w.shape), draw(*y.shape)], attrs)
        w = draw(3, 3, 4, 2)
        y = tf.nn.depthwise_conv2d(x, w, [1, stride, stride, 1], padding)
        cases.add("DepthwiseConv2dNativeBackpropFilter",
                  [x, np.int32(w.shape), draw(*y.shape)], attrs)
        cases.add("DepthwiseConv2dNativeBackpropInput",
                  [np.int32(x.shape), w, draw(*y.shape)], attrs)
        attrs["ksize"] = [1, 2, 3, 1]
        y = tf.nn.avg_pool2d(x, [2, 3], stride, padding)
        cases.add("AvgPoolGrad", [np.int32(x.shape), draw(*y.shape)], attrs)
        x = x.round(0)
        y = tf.nn.max_pool2d(x, [2, 3], stride, padding).numpy()
        cases.add("MaxPoolGrad", [x, y, draw(*y.shape)], attrs)


def normalization():
    for data_format, shape in [("NHWC", [2, 3, 4, 5]), ("NHWC", [3, 1, 1, 5]), ("NCHW", [2, 5, 2, 3])]:
        mean, variance = draw(5), np.abs(draw(5)) + 0.5
        for training in [True, False] if data_format == "NHWC" else [True]:
            attrs = {"epsilon": 0.01, "is_training": training, "data_format": data_format}
            operands = [draw(*shape), draw(*shape), draw(5), mean, variance]
            cases.add("FusedBatchNormGradV3", operands + [np.float32([])], attrs)
            cases.add("FusedBatchNormGradV2", operands, attrs)


def small():
    for dtype in [np.float32, np.int64, np.uint8]:
        x, y = np.array([3, 1, 4, 1, 5, 9, 2, 6]).astype(dtype), np.array([1, 9, 7]).astype(dtype)
        for index in [tf.int32, tf.int64]:
            cases.add("ListDiff", [x, y], {"out_idx": index})
    cases.add("ListDiff", [strings("a", "b", "", "a"), strings("b", "c")])
    for dtype in [np.float32, np.int32, np.complex64]:
        cases.add("Diag", [np.arange(1, 4).astype(dtype)])
        cases.add("Diag", [np.arange(1, 7).reshape([2, 3]).astype(dtype)])
        cases.add("DiagPart", [np.arange(36).reshape([2, 3, 2, 3]).astype(dtype)])
    for dtype in [np.int8, np.uint8, np.int16, np.uint16, np.int32, np.int64]:
        cases.add("PopulationCount", [np.array([0, 1, 7, 100, np.iinfo(dtype).min, np.iinfo(dtype).max],
                                               dtype)])


def responses():
    x = draw(2, 3, 2, 7)
    for attrs in [{}, {"depth_radius": 2, "bias": 2.0, "alpha": 0.3, "beta": 0.75},
                  {"depth_radius": 0, "beta": 1.0}]:
        y = Cases.run("LRN", [x], attrs, False, (), None)[1][0]
        cases.add("LRNGrad", [draw(2, 3, 2, 7), x, y], attrs)
    cases.add("LRNGrad", [x, x, x[:1]], fails=True)


def levels():
    x, g = draw(2, 3, 4), draw(2, 3, 4)
    edges = np.float32([-1, -1.5, -1, 0, 4, 4.5])
    for dtype in [np.float32, np.float64]:
        cases.add("QuantizeAndDequantizeV4Grad",
                  [np.arange(1, 7).astype(dtype), edges.astype(dtype), dtype(-1), dtype(4)])
        for axis in range(3):
            low = -np.linspace(0.1, 0.9, x.shape[axis])
            cases.add("QuantizeAndDequantizeV4Grad", [v.astype(dtype) for v in (g, x, low, -low / 2)],
                      {"axis": axis})
    cases.add("QuantizeAndDequantizeV4Grad", [g, x[:1], np.float32(-1), np.float32(1)], fails=True)


for family in [activations, losses, windows, normalization, small, responses, levels]:
    family()
cases.write()

"""Writes cases/image_op_cases.json: crops, colours, patches, suppression, simulated quantization.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
import tensorflow as tf
from op_cases import Cases

cases = Cases("image_op")
random = np.random.RandomState(31)


def crops():
    image = random.rand(2, 5, 6, 3).astype(np.float32)
    boxes = np.float32([[0, 0, 1, 1], [0.1, 0.2, 0.7, 0.9], [0.8, 0.9, 0.1, 0.0], [-0.3, 0.2, 1.4, 0.6]])
    numbers = np.int32([0, 1, 1, 0])
    for size, method in itertools.product([[3, 4], [1, 1], [8, 2]], ["bilinear", "nearest"]):
        cases.add("CropAndResize", [image, boxes, numbers, np.int32(size)],
                  {"method": method, "extrapolation_value": -1.5}, tolerance=[1e-4, 1e-5])
    cases.add("CropAndResize", [(image * 255).astype(np.uint8), boxes, numbers, np.int32([2, 2])],
              tolerance=[1e-4, 1e-5])
    cases.add("CropAndResize", [image, boxes, np.int32([0, 2, 0, 0]), np.int32([2, 2])], fails=True)


def colors():
    image = random.rand(2, 3, 4, 3).astype(np.float32)
    image[0, 0, :] = [[0, 0, 0], [1, 1, 1], [1, 0, 0], [0.2, 0.2, 0.9]]
    for dtype in [np.float32, np.float64]:
        cases.add("RGBToHSV", [image.astype(dtype)])
        cases.add("HSVToRGB", [image.astype(dtype)])
    for delta in [-0.9, 0.0, 0.3, 1.0]:
        cases.add("AdjustHue", [image, np.float32(delta)])
    for scale in [0, 0.5, 3]:
        cases.add("AdjustSaturation", [image, np.float32(scale)])
        cases.add("AdjustContrastv2", [image, np.float32(scale)])


def patches():
    image = random.rand(1, 5, 5, 2).astype(np.float32).round(2)
    for size, stride, rate, padding in itertools.product([1, 3], [1, 2], [1, 2], ["SAME", "VALID"]):
        for value in [image, (image * 99).astype(np.int32)]:
            cases.add("ExtractImagePatches", [value], {
                "ksizes": [1, size, 2, 1], "strides": [1, stride, 1, 1], "rates": [1, rate, 1, 1],
                "padding": padding})
    image = np.float32(random.rand(2, 4, 5, 2).round(1))
    for size, stride, padding, batch in itertools.product([1, 2, 3], [1, 2], ["SAME", "VALID"],
                                                          [True, False]):
        for index in [tf.int32, tf.int64]:
            cases.add("MaxPoolWithArgmax", [image], {
                "ksize": [1, size, 2, 1], "strides": [1, stride, 2, 1], "padding": padding,
                "include_batch_in_index": batch, "Targmax": index})


def suppression():
    for n, q, classes in [(8, 1, 1), (9, 3, 3)]:
        corner = random.rand(2, n, q, 2) * 1.2 - 0.1
        boxes = np.concatenate([corner, corner + 0.1 + random.rand(2, n, q, 2) / 2], -1)
        scores = random.rand(2, n, classes).astype(np.float32)
        for per_class, total, pad, clip in itertools.product([2, 20], [4, 30], [True, False],
                                                             [True, False]):
            cases.add("CombinedNonMaxSuppression", [
                boxes.astype(np.float32), scores, np.int32(per_class), np.int32(total),
                np.float32(0.3), np.float32(0.25)], {"pad_per_class": pad, "clip_boxes": clip})


def quantization():
    x = np.concatenate([random.randn(30) * 4, [0, -6, 6, 7, -7, 2.5, 0.5]]).astype(np.float32)
    for bits, narrow in itertools.product([2, 8, 16], [True, False]):
        attrs = {"num_bits": bits, "narrow_range": narrow}
        for low, high in [(-6, 6), (-1.3, 2.7), (0, 5), (-4, 0), (-0.01, 7)]:
            cases.add("FakeQuantWithMinMaxArgs", [x], dict(attrs, min=low, max=high))
            cases.add("FakeQuantWithMinMaxArgsGradient", [x + 1, x], dict(attrs, min=low, max=high))
            cases.add("FakeQuantWithMinMaxVars", [x, np.float32(low), np.float32(high)], attrs)
            cases.add("FakeQuantWithMinMaxVarsGradient", [x + 1, x, np.float32(low), np.float32(high)],
                      attrs)
        rows = x[:36].reshape([3, 4, 3])
        low, high = np.float32([-1, 0, -3]), np.float32([1, 2, 0.5])
        cases.add("FakeQuantWithMinMaxVarsPerChannel", [rows, low, high], attrs)
        cases.add("FakeQuantWithMinMaxVarsPerChannelGradient", [rows + 1, rows, low, high], attrs)
    cases.add("FakeQuantWithMinMaxVars", [x, np.float32(0), np.float32(0)])
    for dtype, signed, bits, given, mode, narrow in itertools.product(
            [np.float32, np.float64], [True, False], [4, 8], [True, False],
            ["HALF_TO_EVEN", "HALF_UP"], [True, False]):
        attrs = dict(signed_input=signed, range_given=given, round_mode=mode, narrow_range=narrow)
        value = (x if signed else np.abs(x)).astype(dtype)
        low, high = dtype(-2.3 if signed else 0), dtype(3.1)
        for op in ["QuantizeAndDequantizeV2", "QuantizeAndDequantizeV4"]:
            cases.add(op, [value, low, high], dict(attrs, num_bits=bits))
        del attrs["round_mode"]
        cases.add("QuantizeAndDequantizeV3", [value, low, high, np.int32(bits)], attrs)
    rows = x[:36].reshape([3, 4, 3])
    for op in ["QuantizeAndDequantizeV2", "QuantizeAndDequantizeV4"]:
        cases.add(op, [rows, np.zeros(3, np.float32), np.zeros(3, np.float32)], {"axis": 2})


def resampling():
    image = random.rand(2, 5, 4, 2).astype(np.float32)
    for kernel, antialias in itertools.product(
            ["lanczos1", "lanczos3", "lanczos5", "gaussian", "box", "triangle", "keyscubic", "mitchellcubic"],
            [True, False]):
        for size in [[3, 9], [2, 4]]:
            scale = np.float32(size) / np.float32([5, 4])
            cases.add("ScaleAndTranslate", [image, np.int32(size), scale, np.float32([0, 0])],
                      {"kernel_type": kernel, "antialias": antialias})
    cases.add("ScaleAndTranslate", [image, np.int32([4, 6]), np.float32([0.7, 1.5]), np.float32([0.4, -1.25])])
    cases.add("ScaleAndTranslate", [(image * 255).astype(np.uint8), np.int32([7, 3]), np.float32([1.4, 0.75]),
                                    np.float32([0, 0])], {"kernel_type": "triangle"})


for family in [crops, colors, patches, suppression, quantization, resampling]:
    family()
cases.write()

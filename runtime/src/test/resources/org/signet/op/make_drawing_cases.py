"""Writes cases/drawing_cases.json: boxes, glimpses, patches of volumes, gradients of scaling, files.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
import tensorflow as tf
from op_cases import Cases, strings

cases = Cases("drawing")
random = np.random.RandomState(17)


def boxes():
    corners = np.float32([[[0.1, 0.2, 0.7, 0.9], [-0.3, 0.5, 1.2, 0.6], [0.9, 0, 0.1, 1]],
                          [[0, 0, 1, 1], [1.5, 0, 2, 1], [0.4, 0.4, 0.4, 0.4]]])
    colors = np.float32([[0.2, 0.4, 0.6, 0.8], [1, 2, 3, 4]])
    for channels, dtype in itertools.product([1, 3, 4], [np.float32, np.float16]):
        image = random.rand(2, 6, 7, channels).round(2).astype(dtype)
        cases.add("DrawBoundingBoxes", [image, corners])
        cases.add("DrawBoundingBoxesV2", [image, corners, colors])
        cases.add("DrawBoundingBoxesV2", [image, corners, np.zeros([0, 4], np.float32)])
    cases.add("DrawBoundingBoxes", [image, corners[:, :, :3]], fails=True)


def glimpses():
    image = random.rand(3, 6, 8, 2).round(2).astype(np.float32)
    for op, centered, normalized, size in itertools.product(
            ["ExtractGlimpse", "ExtractGlimpseV2"], [True, False], [True, False], [[3, 4], [2, 2]]):
        places = np.float32([[0.1, 0.2], [-0.8, 0.9], [0.5, 0.5]]) * (1 if normalized else 5)
        cases.add(op, [image, np.int32(size), places],
                  {"centered": centered, "normalized": normalized, "noise": "zero", "uniform_noise": False})


def volumes():
    volume = random.rand(1, 4, 5, 3, 2).round(2).astype(np.float32)
    for size, stride, padding in itertools.product([1, 2], [1, 2], ["SAME", "VALID"]):
        for value in [volume, (volume * 99).astype(np.int32)]:
            cases.add("ExtractVolumePatches", [value], {
                "ksizes": [1, size, 2, 1, 1], "strides": [1, stride, 1, 2, 1], "padding": padding})


def scaling():
    image = random.rand(2, 5, 4, 2).astype(np.float32)
    for kernel, antialias in itertools.product(["lanczos3", "gaussian", "triangle", "keyscubic"], [True, False]):
        for size in [[3, 9], [2, 4]]:
            scale = np.float32(size) / np.float32([5, 4])
            gradient = random.rand(2, *size, 2).astype(np.float32)
            cases.add("ScaleAndTranslateGrad", [gradient, image, scale, np.float32([0.3, 0])],
                      {"kernel_type": kernel, "antialias": antialias})


def files():
    for height, width, channels in itertools.product([1, 7], [1, 9], [1, 2, 3, 4]):
        image = (random.rand(height, width, channels) * 255).astype(np.uint8)
        image[:, : width // 2] = np.arange(height)[:, None, None]
        cases.add("EncodePng", [image])
        cases.add("EncodePng", [image.astype(np.uint16) * 257 + 3], {"compression": 9})
    smooth = np.add.outer(np.arange(40), np.arange(30)).astype(np.uint8)[..., None].repeat(3, -1)
    for level in [-1, 0, 1, 6, 9]:
        cases.add("EncodePng", [smooth], {"compression": level})
    cases.add("EncodePng", [np.stack([smooth, 255 - smooth])])
    cases.add("EncodePng", [np.zeros([2, 2, 5], np.uint8)], fails=True)
    for channels, progressive in itertools.product([1, 3], [True, False]):
        text = tf.io.encode_jpeg(smooth[..., :channels], progressive=progressive).numpy()
        for dtype in [tf.int32, tf.int64]:
            cases.add("ExtractJpegShape", [np.array(text, object)], {"output_type": dtype})
    cases.add("ExtractJpegShape", [np.array(b"no jpeg", object)], fails=True)


for family in [boxes, glimpses, volumes, scaling, files]:
    family()
cases.write()

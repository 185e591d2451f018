"""Writes cases/crop_cases.json: gradients of crops, boxes by overlaps, tensors as strings.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases, strings, tf

cases = Cases("crop")
random = np.random.RandomState(5)


def gradients():
    boxes = np.float32([[0, 0, 1, 1], [0.2, 0.6, 1.3, -0.2], [0.1, 0.1, 0.7, 0.9]])
    numbers = np.int32([0, 1, 0])
    image = np.float32(random.normal(size=[2, 4, 5, 2]))
    for size in [(3, 2), (1, 4), (5, 1)]:
        grads = np.float32(random.normal(size=[3, *size, 2]))
        cases.add("CropAndResizeGradBoxes", [grads, image, boxes, numbers])
        for method in ["bilinear", "nearest"]:
            for dtype in [tf.float32, tf.float64]:
                cases.add("CropAndResizeGradImage", [grads, boxes, numbers, np.int32([2, 4, 5, 2])],
                          {"T": dtype, "method": method}, constants=[3])
    cases.add("CropAndResizeGradBoxes", [grads, image, boxes, np.int32([0, 2, 0])], fails=True)


def overlaps():
    table = np.float32(random.uniform(size=[6, 6]))
    table = (table + table.T) / 2
    scores = np.float32([0.5, 0.9, 0.3, 0.8, 0.9, 0.1])
    for limit, overlap, score in [(6, 0.5, 0), (2, 0.6, 0.2), (6, 0.3, 0.4), (0, 0.5, 0)]:
        cases.add("NonMaxSuppressionWithOverlaps", [
            table, scores, np.int32(limit), np.float32(overlap), np.float32(score)])
    cases.add("NonMaxSuppressionWithOverlaps", [
        table[:5], scores, np.int32(1), np.float32(0.5), np.float32(0)], fails=True)


def crops():
    ramp = np.linspace(0, 255, 16 * 24 * 3).reshape([16, 24, 3]).astype(np.uint8)
    for image in [ramp, ramp[:, :, :1]]:
        jpeg = np.array(tf.io.encode_jpeg(image, quality=100).numpy(), object)
        for channels in [0, 1, 3]:
            cases.add("DecodeAndCropJpeg", [jpeg, np.int32([3, 8, 6, 5])], {"channels": channels},
                      tolerance=[0, 8])
    cases.add("DecodeAndCropJpeg", [jpeg, np.int32([3, 8, 16, 5])], fails=True)


def others():
    for value in [np.float32([[1, 2], [3, np.nan]]), np.int64(-5), strings("a", "", "x" * 130),
                  np.array([True, False]), np.zeros([0, 2], np.int32), np.complex64([1 + 2j]),
                  np.array("one", object), np.float16([1.5]), np.uint8([[200]])]:
        cases.add("SerializeTensor", [value])
    indices = np.int32([[0], [2], [0]])
    for dtype in [np.float32, np.int32, np.complex64]:
        cases.add("ScatterNdNonAliasingAdd", [dtype([1, 2, 3, 4]), indices, dtype([5, 6, 7])])
        cases.add("DebugGradientIdentity", [dtype([1, 2])])
    cases.add("ScatterNdNonAliasingAdd", [np.float32([1, 2]), indices, np.float32([5, 6, 7])],
              fails=True)


for family in [gradients, overlaps, crops, others]:
    family()
cases.write()

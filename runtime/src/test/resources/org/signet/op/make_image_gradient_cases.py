"""Writes cases/image_gradient_cases.json: dilations, gradients of movement, pooling and resizing.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
from op_cases import Cases, tf

cases = Cases("image_gradient")
random = np.random.RandomState(43)
raw = tf.raw_ops


def draw(*shape):
    return random.randn(*shape).astype(np.float32).round(2)


def movement():
    for dtype in [np.float32, np.complex64]:
        cases.add("MirrorPadGrad", [draw(7, 8).astype(dtype), np.int32([[1, 2], [2, 2]])],
                  {"mode": "REFLECT"})
        cases.add("MirrorPadGrad", [draw(7, 8).astype(dtype), np.int32([[1, 2], [2, 2]])],
                  {"mode": "SYMMETRIC"})
        cases.add("StridedSliceGrad",
                  [np.int32([5, 6]), np.int32([4, 1]), np.int32([0, 6]), np.int32([-2, 2]),
                   draw(2, 3).astype(dtype)])
    cases.add("StridedSliceGrad", [np.int64([5, 6]), np.int64([2, 0]), np.int64([3, 4]),
                                   np.int64([1, 1]), draw(6)],
              {"shrink_axis_mask": 1, "begin_mask": 2, "end_mask": 2})
    cases.add("MirrorPadGrad", [draw(3), np.int32([[2, 2]])], {"mode": "REFLECT"}, fails=True)
    for op in ["InplaceUpdate", "InplaceAdd", "InplaceSub"]:
        for dtype in [np.float32, np.int64]:
            x, rows = draw(4, 3).astype(dtype) * 4, draw(2, 3).astype(dtype) * 3
            cases.add(op, [x.astype(dtype), np.int32([3, 1]), rows.astype(dtype)],
                      constants=[0])
    cases.add("ParallelConcat", [[draw(1, 2, 3), draw(1, 2, 3)]], {"shape": [2, 2, 3]})
    cases.add("DeepCopy", [draw(2, 3)])
    for dtype in [tf.float32, tf.int64, tf.string]:
        cases.add("Empty", [np.int32([2, 0, 3])], {"dtype": dtype, "init": True})
    cases.add("Empty", [np.int32([2, 3])], {"dtype": tf.float32, "init": True})
    for exclusive, reverse in itertools.product([False, True], repeat=2):
        attrs = {"exclusive": exclusive, "reverse": reverse}
        for dtype in [np.float32, np.float64]:
            cases.add("CumulativeLogsumexp", [draw(3, 4).astype(dtype), np.int32(1)], attrs)
        cases.add("CumulativeLogsumexp", [np.float32([-800, 800, -np.inf, 3]), np.int32(0)], attrs)


def formats():
    for index in [np.int32, np.int64]:
        cases.add("DataFormatDimMap", [index([0, 1, 2, 3, -1, -4])])
        cases.add("DataFormatDimMap", [index([[1, 4], [-5, 2]])],
                  {"src_format": "NCDHW", "dst_format": "NDHWC"})
        cases.add("DataFormatVecPermute", [index([7, 4, 9, 3])])
        cases.add("DataFormatVecPermute", [index([[7, 4], [9, 3], [4, 5], [5, 1]])],
                  {"src_format": "NCHW", "dst_format": "NHWC"})
        cases.add("DataFormatVecPermute", [index([4, 9])],
                  {"src_format": "NHWC", "dst_format": "NCHW"})


def dilations():
    for stride, rate, padding in itertools.product([1, 2], [1, 2], ["SAME", "VALID"]):
        attrs = {"strides": [1, stride, stride, 1], "rates": [1, rate, rate, 1],
                 "padding": padding}
        x, w = draw(2, 6, 7, 3), draw(2, 3, 3)
        y = raw.Dilation2D(input=x, filter=w, **attrs)
        cases.add("Dilation2D", [x, w], attrs)
        for op in ["Dilation2DBackpropInput", "Dilation2DBackpropFilter"]:
            cases.add(op, [x, w, draw(*y.shape)], attrs)
    cases.add("Dilation2D", [np.arange(20).reshape(1, 4, 5, 1).astype(np.int32),
                             np.int32([[[0], [3]]])],
              {"strides": [1, 1, 1, 1], "rates": [1, 1, 1, 1], "padding": "SAME"})


def pools():
    for stride, padding in itertools.product([1, 2], ["SAME", "VALID"]):
        plane = {"ksize": [1, 2, 3, 1], "strides": [1, stride, stride, 1], "padding": padding}
        x = draw(2, 5, 6, 3)
        y = tf.nn.max_pool2d(x, [2, 3], stride, padding).numpy()
        cases.add("MaxPoolGradGrad", [x, y, draw(*x.shape)], plane)
        window = [np.int32(plane["ksize"]), np.int32(plane["strides"])]
        cases.add("MaxPoolGradGradV2", [x, y, draw(*x.shape), *window], {"padding": padding})
        cases.add("MaxPoolGradV2", [x, y, draw(*y.shape), *window], {"padding": padding})
        for whole in [False, True]:
            y, at = tf.nn.max_pool_with_argmax(x, [2, 3], stride, padding,
                                               include_batch_in_index=whole)
            cases.add("MaxPoolGradWithArgmax", [x, draw(*y.shape), at.numpy()],
                      {**plane, "include_batch_in_index": whole})
        volume = {"ksize": [1, 2, 2, 3, 1], "strides": [1, stride, stride, stride, 1],
                  "padding": padding}
        x = draw(2, 4, 5, 4, 2).round(0)
        y = raw.MaxPool3D(input=x, **volume).numpy()
        cases.add("MaxPool3DGrad", [x, y, draw(*y.shape)], volume)
        cases.add("MaxPool3DGradGrad", [x, y, draw(*x.shape)], volume)
        cases.add("AvgPool3DGrad", [np.int32(x.shape), draw(*y.shape)], volume)
        attrs = {"strides": [1, stride, stride, stride, 1], "padding": padding}
        x, w = draw(2, 4, 5, 4, 2), draw(2, 3, 2, 2, 3)
        y = raw.Conv3D(input=x, filter=w, **attrs)
        cases.add("Conv3DBackpropFilterV2", [x, np.int32(w.shape), draw(*y.shape)], attrs)


def resizes():
    for corners, centers in [(False, False), (True, False), (False, True)]:
        attrs = {"align_corners": corners, "half_pixel_centers": centers}
        for size in [(3, 5), (8, 9)]:
            image, gradient = draw(2, 5, 4, 2), draw(2, *size, 2)
            cases.add("ResizeBilinearGrad", [gradient, image], attrs)
            cases.add("ResizeBicubicGrad", [gradient, image], attrs)
            cases.add("ResizeNearestNeighborGrad", [gradient, np.int32([5, 4])], attrs)
            cases.add("ResizeNearestNeighborGrad", [gradient.astype(np.float64), np.int32([5, 4])],
                      attrs)


def slices_without_steps():
    for begin, end, masks in [
            ([1, -4, 2], [3, -1, 9], {}), ([-2, 2], [0, 1], {}),
            ([-2, 9, 1], [0, 0, 0], {"shrink_axis_mask": 1, "begin_mask": 2, "end_mask": 6}),
            ([7, 7, -1], [2, 0, 9], {"ellipsis_mask": 1, "new_axis_mask": 2})]:
        bounds = [np.int32(begin), np.int32(end), np.int32([1] * len(begin))]
        whole = np.zeros([3, 5, 4], np.float32)
        part = tf.raw_ops.StridedSlice(
            input=whole, begin=bounds[0], end=bounds[1], strides=bounds[2], **masks)
        cases.add("StridedSliceGrad", [np.int32(whole.shape), *bounds, draw(*part.shape)], masks)


for family in [movement, formats, dilations, pools, resizes, slices_without_steps]:
    family()
cases.write()

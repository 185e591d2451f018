"""Makes the op cases of StableHLO builtins that TFLite has no kernel for, with XLA's numbers.

Needs TensorFlow 2.21.
"""

from op_cases import Cases

import numpy as np
import tensorflow as tf
from tensorflow.compiler.tf2xla.python import xla

rng = np.random.default_rng(31)


def some(*shape, dtype=np.float32, low=-8, high=9):
    return np.asarray(rng.integers(low, high, shape) / (4 if np.dtype(dtype).kind == "f" else 1)).astype(dtype)


def compiled(function, *operands):
    return tf.function(function, jit_compile=True)(*[tf.constant(o) for o in operands]).numpy()


def elementwise(cases):
    x, y = some(2, 3), some(2, 3, low=1)
    for op, function in (("DIVIDE", xla.div), ("POWER", xla.pow), ("REMAINDER", xla.rem), ("SUBTRACT", xla.sub)):
        base = np.abs(x) if op == "POWER" else x
        cases.add_builtin("STABLEHLO_" + op, [base, y], [compiled(function, base, y)])
    for dtype in (np.int32, np.int64):
        a, b = some(5, dtype=dtype, low=0, high=99), some(5, dtype=dtype, low=1)
        for op, function in (("DIVIDE", xla.div), ("REMAINDER", xla.rem), ("SUBTRACT", xla.sub), ("OR", tf.bitwise.bitwise_or)):
            cases.add_builtin("STABLEHLO_" + op, [a, b], [compiled(function, a, b)])
    flags = some(6) > 0, some(6) > 0
    cases.add_builtin("STABLEHLO_OR", list(flags), [compiled(tf.logical_or, *flags)])
    for op, function in (("ABS", xla.abs), ("CBRT", None), ("COSINE", xla.cos), ("EXPONENTIAL", xla.exp),
                         ("FLOOR", xla.floor), ("LOG", xla.log), ("LOGISTIC", tf.sigmoid), ("NEGATE", xla.neg),
                         ("RSQRT", tf.math.rsqrt), ("TANH", xla.tanh)):
        z = some(3, 2, low=1) if op in ("LOG", "RSQRT") else some(3, 2)
        value = np.cbrt(z) if function is None else compiled(function, z)
        cases.add_builtin("STABLEHLO_" + op, [z], [value])
    for direction, function in (("EQ", xla.eq), ("NE", xla.ne), ("GE", xla.ge), ("GT", xla.gt), ("LE", xla.le),
                                ("LT", xla.lt)):
        a, b = some(8, low=0, high=3), some(8, low=0, high=3)
        cases.add_builtin("STABLEHLO_COMPARE", [a, b], [compiled(function, a, b)],
                          {"comparison_direction": "STABLEHLO_COMPARISON_DIRECTION_" + direction})
    for dtype in (np.int32, np.float32):
        low, z, high = np.asarray(-3, dtype), some(7, dtype=dtype), np.asarray(2, dtype)
        cases.add_builtin("STABLEHLO_CLAMP", [low, z, high], [compiled(xla.clamp, low, z, high)])
    for dtype in (np.float32, np.int32, np.float16, np.bool_):
        z = some(5, low=0)
        cases.add_builtin("STABLEHLO_CONVERT", [z], [tf.cast(z, dtype).numpy()], declared=True)


def movement(cases):
    for dtype in (np.float32, np.int8, np.complex64):
        x = some(2, 3, 4, dtype=dtype)
        cases.add_builtin("STABLEHLO_RESHAPE", [x], [x.reshape(4, 6)], declared=True)
        for places, shape in (([0, 2, 3], [2, 5, 3, 4]), ([1, 0, 2], [3, 2, 4])):
            order = np.argsort(places)
            moved = np.transpose(x, order)
            spread = moved.reshape([shape[p] if p in places else 1 for p in range(len(shape))])
            cases.add_builtin("STABLEHLO_BROADCAST_IN_DIM", [x], [tf.broadcast_to(spread, shape).numpy()],
                              {"broadcast_dimensions": places}, declared=True)
        one = some(1, 3, dtype=dtype)
        cases.add_builtin("STABLEHLO_BROADCAST_IN_DIM", [one], [tf.broadcast_to(one, [4, 3]).numpy()],
                          {"broadcast_dimensions": [0, 1]}, declared=True)
        cases.add_builtin("STABLEHLO_TRANSPOSE", [x], [compiled(lambda v: xla.transpose(v, [2, 0, 1]), x)],
                          {"permutation": [2, 0, 1]})
        parts = [some(2, n, dtype=dtype) for n in (1, 3, 2)]
        cases.add_builtin("STABLEHLO_CONCATENATE", parts, [compiled(lambda *v: xla.concatenate(v, 1), *parts)],
                          {"dimension": 1})
        bounds = {"start_indices": [0, 1, 0], "limit_indices": [2, 3, 4], "strides": [1, 1, 3]}
        cases.add_builtin("STABLEHLO_SLICE", [x], [x[0:2, 1:3, 0:4:3]], bounds)
        for start in ([0, 1, 2], [1, 5, -3]):
            start = np.int32(start)
            cases.add_builtin("STABLEHLO_DYNAMIC_SLICE", [x, *start],
                              [compiled(lambda v, s: xla.dynamic_slice(v, s, [1, 2, 2]), x, start)],
                              {"slice_sizes": [1, 2, 2]})
            update = some(1, 2, 2, dtype=dtype)
            cases.add_builtin("STABLEHLO_DYNAMIC_UPDATE_SLICE", [x, update, *start],
                              [compiled(xla.dynamic_update_slice, x, update, start)])
        which, other = some(2, 3, 4) > 0, some(2, 3, 4, dtype=dtype)
        cases.add_builtin("STABLEHLO_SELECT", [which, x, other], [compiled(tf.where, which, x, other)])
        cases.add_builtin("STABLEHLO_SELECT", [np.asarray(True), x, other], [x])
    for dtype in (np.int32, np.uint8, np.float32):
        for dimension in (0, 1):
            cases.add_builtin("STABLEHLO_IOTA", [], [np.indices((3, 4))[dimension].astype(dtype)],
                              {"iota_dimension": dimension}, declared=True)


def dots(cases):
    for dtype in (np.float32, np.int32):
        for sides, batch, summed in ((((2, 3), (3, 4)), ([], []), ([1], [0])),
                                     (((5, 2, 3), (4, 3, 5)), ([0], [2]), ([2], [1])),
                                     (((2, 3, 4), (4, 3, 5)), ([], []), ([1, 2], [1, 0])),
                                     (((3,), (3,)), ([], []), ([0], [0])),
                                     (((2,), (3,)), ([], []), ([], []))):
            a, b = some(*sides[0], dtype=dtype), some(*sides[1], dtype=dtype)
            numbers = xla.DotDimensionNumbers()
            numbers.lhs_batch_dimensions.extend(batch[0])
            numbers.rhs_batch_dimensions.extend(batch[1])
            numbers.lhs_contracting_dimensions.extend(summed[0])
            numbers.rhs_contracting_dimensions.extend(summed[1])
            cases.add_builtin("STABLEHLO_DOT_GENERAL", [a, b],
                              [compiled(lambda p, q: xla.dot_general(p, q, numbers), a, b)],  # noqa: B023
                              {"lhs_batching_dimensions": batch[0], "rhs_batching_dimensions": batch[1],
                               "lhs_contracting_dimensions": summed[0], "rhs_contracting_dimensions": summed[1]})


def convolutions(cases):
    def add(x, w, layout, strides, padding, base, window, groups=1, batch_groups=1):
        numbers = xla.xla_data_pb2.ConvolutionDimensionNumbers()
        (n, c, spatial), (i, o, taps), (rn, rc, pixels) = layout
        numbers.input_batch_dimension, numbers.input_feature_dimension = n, c
        numbers.kernel_input_feature_dimension, numbers.kernel_output_feature_dimension = i, o
        numbers.output_batch_dimension, numbers.output_feature_dimension = rn, rc
        numbers.input_spatial_dimensions.extend(spatial)
        numbers.kernel_spatial_dimensions.extend(taps)
        numbers.output_spatial_dimensions.extend(pixels)
        value = compiled(lambda p, q: xla.conv(p, q, strides, padding, base, window, numbers, groups,
                                               batch_group_count=batch_groups), x, w)
        cases.add_builtin("STABLEHLO_CONVOLUTION", [x, w], [value], {
            "window_strides": strides, "padding": sum(map(list, padding), []), "lhs_dilation": base,
            "rhs_dilation": window, "input_batch_dimension": n, "input_feature_dimension": c,
            "input_spatial_dimensions": spatial, "kernel_input_feature_dimension": i,
            "kernel_output_feature_dimension": o, "kernel_spatial_dimensions": taps, "output_batch_dimension": rn,
            "output_feature_dimension": rc, "output_spatial_dimensions": pixels, "feature_group_count": groups,
            "batch_group_count": batch_groups})

    nhwc = (0, 3, [1, 2]), (2, 3, [0, 1]), (0, 3, [1, 2])
    nchw = (0, 1, [2, 3]), (1, 0, [2, 3]), (0, 1, [2, 3])
    mixed = (3, 0, [2, 1]), (0, 3, [2, 1]), (1, 3, [0, 2])
    add(some(2, 5, 4, 3), some(2, 3, 3, 4), nhwc, [1, 1], [(0, 1), (1, 1)], [1, 1], [1, 1])
    add(some(1, 4, 5, 6), some(6, 2, 2, 2), nchw, [2, 1], [(1, 0), (0, -1)], [1, 1], [1, 2], groups=2)
    add(some(3, 5, 4, 2), some(3, 2, 3, 4), mixed, [1, 2], [(2, 1), (1, 2)], [2, 1], [1, 1])
    add(some(4, 4, 4, 2), some(2, 2, 2, 6), nhwc, [1, 1], [(0, 0), (0, 0)], [1, 1], [1, 1], batch_groups=2)
    add(some(2, 7, 3), some(3, 3, 2), ((0, 2, [1]), (1, 2, [0]), (0, 2, [1])), [2], [(1, 1)], [1], [2])
    add(some(1, 3, 4, 3, 2), some(2, 2, 2, 2, 3), ((0, 4, [1, 2, 3]), (3, 4, [0, 1, 2]), (0, 4, [1, 2, 3])),
        [1, 1, 1], [(0, 0), (1, 0), (0, 1)], [1, 1, 1], [1, 1, 1])


def reductions(cases):
    numbers = np.random.default_rng(47).integers
    for region, reduce, join in (("ADD", tf.reduce_sum, tf.add), ("MAXIMUM", tf.reduce_max, tf.maximum),
                                 ("MULTIPLY", tf.reduce_prod, tf.multiply), ("MINIMUM", tf.reduce_min, tf.minimum)):
        for dtype in (np.float32, np.int32):
            x, first = numbers(-3, 4, (2, 3, 4)).astype(dtype), np.asarray(2, dtype)
            for dimensions in ([1], [0, 2], [0, 1, 2]):
                value = compiled(lambda v, f: join(reduce(v, dimensions), f), x, first)  # noqa: B023
                cases.add_builtin("STABLEHLO_REDUCE", [x, first], [value],
                                  {"dimensions": dimensions, "body_subgraph_index": 1,
                                   "region": "STABLEHLO_" + region})


def main():
    cases = Cases("stablehlo_xla")
    elementwise(cases)
    movement(cases)
    dots(cases)
    convolutions(cases)
    reductions(cases)
    cases.write()


if __name__ == "__main__":
    main()

"""Writes cases/sparse_cases.json: sparse tensors as indices, values and dense shape.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
import tensorflow as tf
from op_cases import Cases, strings

cases = Cases("sparse")
random = np.random.RandomState(29)
INDICES = np.int64([[0, 1], [0, 3], [2, 0], [2, 2], [3, 3]])
SHAPE = np.int64([5, 4])


def moving():
    values = strings(*"abcde")
    shuffled = [3, 0, 4, 1, 2]
    cases.add("SparseReorder", [INDICES[shuffled], values, SHAPE])
    cases.add("SparseReorder", [INDICES[shuffled], np.float32(range(5)), SHAPE])
    cases.add("SparseReorder", [np.zeros([0, 2], np.int64), np.float32([]), SHAPE])
    for shape in [[4, 5], [2, -1], [20], [-1, 2, 5]]:
        cases.add("SparseReshape", [INDICES, SHAPE, np.int64(shape)])
    for shape in [[3, -1], [21], [-1, -1]]:
        cases.add("SparseReshape", [INDICES, SHAPE, np.int64(shape)], fails=True)
    cases.add("SparseFillEmptyRows", [INDICES, values, SHAPE, np.array("z", object)])
    cases.add("SparseFillEmptyRows", [INDICES[shuffled], np.int32(range(5)), SHAPE, np.int32(-1)])
    cases.add("SparseFillEmptyRows", [np.zeros([0, 2], np.int64), np.float32([]), SHAPE,
                                      np.float32(7)])
    for start, size in [([0, 0], [3, 4]), ([2, 1], [9, 9]), ([1, 0], [1, 4]), ([4, 4], [1, 1])]:
        cases.add("SparseSlice", [INDICES, np.float32(range(5)), SHAPE, np.int64(start),
                                  np.int64(size)])
    for axis in [0, 1, -1]:
        cases.add("SparseConcat", [[INDICES, INDICES[:2]], [values, values[:2]], [SHAPE, SHAPE]],
                  {"concat_dim": axis})


def computing():
    for dtype in [np.float32, np.float64, np.int32, np.complex64]:
        values = (random.randn(5) * 9).astype(dtype)
        for a, b in itertools.product([True, False], repeat=2):
            dense = (random.randn(5 if a else 4, 3) * 9).astype(dtype)
            cases.add("SparseTensorDenseMatMul", [INDICES, values, SHAPE, dense.T.copy() if b else dense],
                      {"adjoint_a": a, "adjoint_b": b})
        for axes, keep in itertools.product([[0], [1], [-1], [0, 1], []], [True, False]):
            cases.add("SparseReduceSum", [INDICES, values, SHAPE, np.int32(axes)], {"keep_dims": keep})
            if dtype != np.complex64:
                cases.add("SparseReduceMax", [INDICES, values, SHAPE, np.int32(axes)],
                          {"keep_dims": keep})
        if dtype != np.int32:
            other = np.int64([[0, 1], [1, 1], [2, 2]])
            for least in [0, 3]:
                cases.add("SparseAdd", [INDICES, values, SHAPE, other, values[:3] * -1, SHAPE,
                                        np.float32(least) if dtype != np.float64 else np.float64(least)])
        for index in [np.int32, np.int64]:
            cases.add("SparseTensorDenseAdd", [INDICES.astype(index), values, SHAPE.astype(index),
                                               np.ones([5, 4], dtype)])
    for dtype in [np.float32, np.float64]:
        cases.add("SparseSoftmax", [INDICES, random.randn(5).astype(dtype), SHAPE])


def segments():
    data = random.randn(4, 3).astype(np.float32)
    for op, index, ids in itertools.product(["Sum", "Mean", "SqrtN"], [np.int32, np.int64],
                                            [np.int32, np.int64]):
        indices = index([0, 2, 2, 3, 1])
        cases.add("SparseSegment" + op, [data, indices, ids([0, 0, 2, 2, 3])])
        cases.add("SparseSegment" + op + "WithNumSegments",
                  [data, indices, ids([0, 0, 2, 2, 3]), np.int32(6)])
        cases.add("SparseSegment" + op + "Grad", [data, indices, ids([0, 0, 2, 2, 3]), np.int32(5)])
    cases.add("SparseSegmentSum", [data.astype(np.int32), np.int32([1, 3]), np.int32([0, 1])])
    cases.add("SparseSegmentMean", [data, np.int32([]), np.int32([])])
    cases.add("SparseSegmentSum", [data, np.int32([4]), np.int32([0])], fails=True)
    cases.add("SparseSegmentSum", [data, np.int32([0, 1]), np.int32([1, 0])], fails=True)


def reducing_to_sparse():
    shuffled = [3, 0, 4, 1, 2]
    for dtype in [np.float32, np.float64, np.int32, np.complex64]:
        values = np.array([1, 2, -3, 4.5, 5]).astype(dtype)
        for axes, keep in itertools.product([[0], [-1], [0, 1], []], [True, False]):
            operands = [INDICES[shuffled], values[shuffled], SHAPE, np.int32(axes)]
            cases.add("SparseReduceSumSparse", operands, {"keep_dims": keep})
            if dtype != np.complex64:
                cases.add("SparseReduceMaxSparse", operands, {"keep_dims": keep})
    cases.add("SparseReduceSumSparse", [np.zeros([0, 2], np.int64), np.float32([]), SHAPE, np.int32([1])])


def meeting_dense():
    values, dense = np.array([1, 2, -3, 4, 5]), np.arange(1, 21).reshape(5, 4)
    for op in ["Add", "Mul", "Div"]:
        for dtype in [np.float32, np.float64, np.float16, np.int32, np.int64, np.uint8]:
            operands = [INDICES, values.astype(dtype), SHAPE]
            cases.add("SparseDenseCwise" + op, operands + [dense.astype(dtype)])
        for other in [dense[0], dense[:, :1], dense[:1], 3]:
            cases.add("SparseDenseCwise" + op, [INDICES, np.float32(values), SHAPE, np.float32(other)])
        for shape in [[1, 5, 4], [2, 4]]:
            cases.add("SparseDenseCwise" + op,
                      [INDICES, np.float32(values), SHAPE, np.ones(shape, np.float32)], fails=True)
    cases.add("SparseDenseCwiseDiv", [INDICES, np.int32(values), SHAPE, np.int32(0)], fails=True)


def splitting():
    for count, axis in [(2, 0), (3, 0), (5, 0), (4, 1), (2, -1), (1, 0)]:
        for values in [strings(*"abcde"), np.float32(range(5))]:
            cases.add("SparseSplit", [np.int64(axis), INDICES, values, SHAPE], {"num_split": count})
    cases.add("SparseSplit", [np.int64(1), INDICES, np.float32(range(5)), SHAPE], {"num_split": 5},
              fails=True)


for family in [moving, computing, segments, reducing_to_sparse, meeting_dense, splitting]:
    family()
cases.write()

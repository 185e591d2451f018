"""Writes cases/extent_cases.json: products over nothing, ranks of 7 and 8, inverse transforms, sparse matrices.

Needs TensorFlow 2.21.
"""

import numpy as np
import tensorflow as tf
from op_cases import Cases

cases = Cases("extent")
random = np.random.RandomState(17)


def draw(*shape, dtype=np.float32):
    return random.randint(-9, 9, shape).astype(dtype)


def nothing():
    for dtype in [np.float32, np.int32]:
        for left, right in [([2, 0], [0, 3]), ([0, 2], [2, 3]), ([2, 3], [3, 0])]:
            cases.add("MatMul", [draw(*left, dtype=dtype), draw(*right, dtype=dtype)])
            cases.add("BatchMatMulV2", [draw(2, *left, dtype=dtype), draw(1, *right, dtype=dtype)])
    cases.add("MatMul", [draw(0, 2), draw(3, 0)], {"transpose_a": True, "transpose_b": True})
    cases.add("BatchMatMulV2", [draw(2, 2, 0), draw(2, 3, 0)], {"adj_y": True})
    cases.add("Einsum", [[draw(2, 0), draw(0, 3)]], {"equation": "ij,jk->ik"})
    cases.add("TopKV2", [draw(2, 3), np.int32(0)], name="none of three")
    cases.add("TopKV2", [draw(2, 0), np.int32(0)], name="none of none")
    cases.add("TopKV2", [draw(0, 3), np.int32(2)], name="two of no rows")
    cases.add("TopKV2", [draw(0), np.int32(0)], {"index_type": tf.int64}, name="none of a line of none")
    cases.add("TopKV2", [draw(2, 0), np.int32(1)], name="one of none", fails=True)


def high_ranks():
    x, y = draw(2, 1, 3, 1, 2, 1, 2), draw(1, 1, 3, 1, 2, 1, 2)  # of which TensorFlow broadcasts no more
    for op in ["AddV2", "Mul", "Sub", "Maximum", "Less", "Equal", "SquaredDifference", "FloorDiv"]:
        cases.add(op, [x, np.where(y == 0, 1, y).astype(np.float32)])
    cases.add("SelectV2", [x > 0, x, y])
    for op in ["Relu", "Neg", "Sigmoid", "Softplus", "Erf", "Softmax"]:
        cases.add(op, [x])
    for op in ["Sum", "Mean", "Max", "Prod"]:
        cases.add(op, [x, np.int32([0, 2, 6])], {"keep_dims": True})
        cases.add(op, [x, np.int32([1, 3, 5])])
    cases.add("ArgMax", [x, np.int32(2)])
    cases.add("ConcatV2", [[x, x], np.int32(4)])
    cases.add("Pack", [[x, x]], {"axis": 3})
    cases.add("Unpack", [x], {"axis": 2, "num": 3})
    cases.add("Split", [np.int32(0), x], {"num_split": 2})
    cases.add("Tile", [x, np.int32([1, 2, 1, 2, 1, 1, 1])])
    cases.add("BroadcastTo", [x, np.int32([1, 2, 2, 3, 1, 2, 1, 2])])
    cases.add("GatherV2", [x, np.int32([2, 0]), np.int32(2)])
    cases.add("GatherNd", [x, np.int32([[0, 0, 2], [1, 0, 1]])])
    cases.add("Cumsum", [x, np.int32(2)])
    cases.add("Cast", [x], {"DstT": np.int32})
    cases.add("OneHot", [x[..., 0].astype(np.int32), np.int32(3), np.float32(1), np.float32(0)])
    cases.add("Squeeze", [x], {"squeeze_dims": [1, 5]})
    cases.add("Where", [x > 4])
    cases.add("ZerosLike", [x])


def inverse_transforms():
    for n in [1, 5, 8]:
        x = (draw(2, n) + 1j * draw(2, n)).astype(np.complex64)
        cases.add("IFFT", [x])


def sparse_matrices():
    import ml_dtypes
    a, b = np.where(draw(4, 5) > 3, draw(4, 5), 0).astype(np.float32), draw(5, 3)
    cases.add("SparseMatMul", [a, b], {"a_is_sparse": True})
    cases.add("SparseMatMul", [a.T.copy(), b.T.copy()], {"transpose_a": True, "transpose_b": True, "b_is_sparse": True})
    cases.add("SparseMatMul", [a.astype(ml_dtypes.bfloat16), b], {"a_is_sparse": True})
    cases.add("SparseMatMul", [b, a], fails=True)


nothing()
high_ranks()
inverse_transforms()
sparse_matrices()
cases.write()

"""Writes cases/set_cases.json: set operations and the factors of Householder's reflections.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
from op_cases import Cases, strings

cases = Cases("set")
random = np.random.RandomState(41)


def sets():
    a = np.array([[1, 5, 5, 9], [2, 2, 2, 2], [7, -3, 0, 1]])
    b = np.array([[5, 9, 4], [3, 3, 4], [1, 7, 8]])
    indices, values = np.int64([[0, 0], [0, 1], [2, 0]]), np.array([9, 1, 7])
    shape = np.int64([3, 2])
    for operation in ["a-b", "b-a", "intersection", "union"]:
        attrs = {"set_operation": operation}
        for dtype in [np.int32, np.int64, np.int8]:
            x, y, z = a.astype(dtype), b.astype(dtype), values.astype(dtype)
            cases.add("DenseToDenseSetOperation", [x, y], attrs)
            cases.add("DenseToSparseSetOperation", [x, indices, z, shape], attrs)
            cases.add("SparseToSparseSetOperation", [indices, z, shape, indices[:2], z[1:], shape], attrs)
        cases.add("DenseToDenseSetOperation", [strings("b", "a", "", "c").reshape([1, 2, 2]),
                                               strings("a", "x", "c", "c").reshape([1, 2, 2])], attrs)
    cases.add("DenseToDenseSetOperation", [a, b[:2]], {"set_operation": "union"}, fails=True)


def qr():
    for dtype, full, (m, n) in itertools.product(
            [np.float32, np.float64, np.complex64, np.complex128], [True, False],
            [(4, 4), (5, 3), (3, 5), (1, 1)]):
        matrix = random.randn(2, m, n)
        if np.issubdtype(dtype, np.complexfloating):
            matrix = matrix + 1j * random.randn(2, m, n)
        cases.add("Qr", [matrix.astype(dtype)], {"full_matrices": full})


def sizes():
    for dtype in [np.int32, np.int64, np.uint8]:
        cases.add("SetSize", [np.int64([[0, 0], [0, 1], [2, 0], [2, 3]]),
                              np.array([5, 5, 1, 2], dtype), np.int64([4, 4])])
    cases.add("SetSize", [np.int64([[0, 1, 0], [0, 1, 1], [1, 0, 0]]), strings("a", "b", "a"),
                          np.int64([2, 2, 4])])
    cases.add("SetSize", [np.zeros([0, 2], np.int64), np.int32([]), np.int64([2, 3])])
    cases.add("SetSize", [np.int64([[0], [1]]), np.int32([5, 5]), np.int64([4])], fails=True)


for family in [sets, qr, sizes]:
    family()
cases.write()

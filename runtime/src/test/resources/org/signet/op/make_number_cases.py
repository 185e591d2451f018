"""Writes cases/number_cases.json: special functions, linear algebra, random numbers, ranking,
neighbours of numbers, index vectors.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
import tensorflow as tf
from op_cases import Cases

cases = Cases("number")
random = np.random.RandomState(23)


def special():
    wide = [0.01, 0.3, 1, 1.7, 2.5, 5, 9.3, 20, 29, 31, 60]
    for dtype, tolerance in [(np.float32, None), (np.float64, [1e-7, 1e-9])]:
        def add(op, *operands):
            cases.add(op, [np.array(v, dtype) for v in operands], tolerance=tolerance)

        for kind in ["I0", "I0e", "I1", "I1e", "J0", "J1"]:
            add("Bessel" + kind, [-31, -4, -0.5, 0] + wide)
        for kind in ["K0", "K0e", "K1", "K1e", "Y0", "Y1"]:
            add("Bessel" + kind, wide)
        a, x = np.meshgrid([0.1, 0.5, 1, 3, 10, 30], [0, 0.1, 1, 2.5, 12, 40])
        add("Igamma", a, x)
        add("Igammac", a, x)
        add("Igamma", [-1, 1], [1, -1])
        add("Betainc", [0.5, 2, 10], [0.3, 1, 7], [0.4, 0.1, 0.6])
        add("Betainc", 2, 3, [0, 0.1, 0.5, 0.9, 1])
        add("Zeta", [1.5, 2, 3, 10, 1.1], [0.5, 1, 3.3, 20, 1])
        add("Polygamma", [0, 1, 2, 3, 5], [0.5, 1, 2.2, 10, 3])
        add("Ndtri", [0.001, 0.1, 0.3, 0.5, 0.7, 0.95, 0.9999, 0, 1])
        add("Erfinv", [-0.999, -0.5, -0.1, 0, 1e-4, 0.3, 0.7, 0.99])
        add("Dawsn", [-3, -0.1, 0, 0.05, 0.5, 1, 2, 7, 50])
        add("Expint", [0.01, 0.5, 1, 3, 10, 50, 0])
        add("Spence", [0, 0.1, 0.5, 1, 1.4, 2, 10])


def linear_algebra():
    for dtype in [np.float32, np.float64, np.complex64, np.complex128]:
        def draw(*shape):
            values = random.randn(*shape)
            if np.issubdtype(dtype, np.complexfloating):
                values = values + 1j * random.randn(*shape)
            return values.astype(dtype)

        square, right = draw(2, 4, 4), draw(2, 4, 3)
        positive = (square @ np.conj(np.swapaxes(square, -1, -2)) + 2 * np.eye(4)).astype(dtype)
        cases.add("Cholesky", [positive])
        cases.add("MatrixDeterminant", [square])
        cases.add("LogMatrixDeterminant", [square])
        cases.add("MatrixDeterminant", [draw(1, 1)])
        cases.add("Lu", [square])
        cases.add("Lu", [square], {"output_idx_type": tf.int64})
        for adjoint in [True, False]:
            cases.add("MatrixInverse", [square], {"adjoint": adjoint})
            cases.add("MatrixSolve", [square, right], {"adjoint": adjoint})
            for lower in [True, False]:
                attrs = {"adjoint": adjoint, "lower": lower}
                cases.add("MatrixTriangularSolve", [positive, right], attrs)
                cases.add("MatrixTriangularSolve", [positive[:1], right], attrs)
                cases.add("MatrixTriangularSolve", [positive[0], right], attrs)
    cases.add("MatrixDeterminant", [np.zeros([3, 0, 0], np.float32)])
    cases.add("MatrixInverse", [np.zeros([2, 2], np.float32)], fails=True)
    cases.add("MatrixInverse", [np.ones([2, 3], np.float32)], fails=True)


def stateless():
    for dtype in [np.int32, np.int64]:
        for seed in [[1, 2], [0, 0], [-5, 2**31 - 1]]:
            cases.add("StatelessRandomGetKeyCounter", [dtype(seed)])
            cases.add("StatelessRandomGetKeyCounterAlg", [dtype(seed)])
    cases.add("StatelessRandomGetAlg", [])
    ops = ["StatelessRandomUniform", "StatelessRandomNormal", "StatelessTruncatedNormal"]
    seed, key, counter = np.int64([3, 4]), np.uint64([7**20]), np.uint64([2**64 - 2, 5])
    for op, dtype in itertools.product(ops, [tf.float32, tf.float64, tf.float16, tf.bfloat16]):
        tolerance = [1e-3, 1e-3] if dtype.size == 2 and "Uniform" not in op else None
        if dtype == tf.bfloat16 and tolerance:
            tolerance = [1e-2, 1e-2]
        for shape in [[3, 5], [1], [0], [2, 3, 7]]:
            cases.add(op, [np.int32(shape), seed], {"dtype": dtype}, tolerance=tolerance,
                      name=f"{dtype.name}{shape}")
            cases.add(op + "V2", [np.int64(shape), key, counter, np.int32(1)], {"dtype": dtype},
                      tolerance=tolerance, name=f"{dtype.name}{shape}")
    for dtype in [tf.int32, tf.int64, tf.uint32, tf.uint64]:
        cases.add("StatelessRandomUniformFullInt", [np.int32([7]), seed], {"dtype": dtype})
        cases.add("StatelessRandomUniformFullIntV2", [np.int32([7]), key, counter, np.int32(3)],
                  {"dtype": dtype})
        low, high = dtype.as_numpy_dtype(5), dtype.as_numpy_dtype(2**30 + 3)
        if dtype in (tf.int32, tf.int64):
            cases.add("StatelessRandomUniformInt", [np.int32([7]), seed, low, high])
            cases.add("StatelessRandomUniformInt", [np.int32([7]), seed, -high, low])
            cases.add("StatelessRandomUniformInt", [np.int32([7]), seed, high, low], fails=True)
            cases.add("StatelessRandomUniformIntV2",
                      [np.int32([7]), key, counter, np.int32(1), low, high])


def ranking():
    scores = np.float32([[1, 2, 3, 2], [4, 4, 1, 0], [np.nan, 1, 2, 3], [0, 0, 0, np.inf]])
    for dtype, k in itertools.product([np.int32, np.int64], [0, 1, 2, 4]):
        for targets in [[2, 0, 1, 0], [1, 1, 3, 3], [3, -1, 4, 2]]:
            cases.add("InTopK", [scores, np.int32(targets)], {"k": k})
            cases.add("InTopKV2", [scores, dtype(targets), dtype(k)])
    values = np.array([-1.0, 0.0, 1.5, 2.0, 5.0, 15, 4.99, 9.999, 3])
    for dtype in [np.float32, np.float64, np.int32, np.int64]:
        for out in [tf.int32, tf.int64]:
            cases.add("HistogramFixedWidth", [values.astype(dtype), dtype([0, 10]), np.int32(5)],
                      {"dtype": out})
        cases.add("Bucketize", [values.astype(dtype)], {"boundaries": [0.0, 2.0, 5.0]})
    cases.add("HistogramFixedWidth", [np.float32(random.rand(4, 5)), np.float32([0, 1]), np.int32(7)])
    cases.add("Bucketize", [np.float32([[1, np.nan]])], {"boundaries": []})


def places():
    for dtype in [np.float32, np.float64]:
        edge = np.finfo(dtype).max
        x = np.array([0, -0.0, 1, -1, edge, np.inf, np.nan, 1e-30, 3], dtype)
        cases.add("NextAfter", [x[:, None], np.array([-1, 0, 2, np.inf], dtype)])
    for dtype in [np.int32, np.int64]:
        cases.add("UnravelIndex", [np.array([2, 5, 23, 0], dtype), np.array([2, 3, 4], dtype)])
        cases.add("UnravelIndex", [np.array(5, dtype), np.array([3, 3], dtype)])
    cases.add("UnravelIndex", [np.int32([]), np.int32([3, 3])], fails=True)
    cases.add("UnravelIndex", [np.int32([9]), np.int32([3, 3])], fails=True)
    cases.add("UnravelIndex", [np.int32([[2, 5]]), np.int32([3, 3])], fails=True)


for family in [special, linear_algebra, stateless, ranking, places]:
    family()
cases.write()

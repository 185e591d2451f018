"""Writes cases/linear_algebra_cases.json: eigenvalues, singular values, functions of matrices, systems.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
import tensorflow as tf
from op_cases import Cases, tensor

cases = Cases("linear_algebra")
random = np.random.RandomState(72)
TYPES = [np.float32, np.float64, np.complex64, np.complex128]
LOOSE = [2e-3, 2e-3]


def matrices(dtype, *shape):
    values = random.randn(*shape)
    if np.dtype(dtype).kind == "c":
        values = values + 1j * random.randn(*shape)
    return values.astype(dtype)


def hermitian(dtype, *shape):
    a = matrices(dtype, *shape)
    return (a + np.conj(np.swapaxes(a, -1, -2))) / np.array(2, dtype)


def positive(dtype, *shape):
    a = matrices(dtype, *shape)
    return (a @ np.conj(np.swapaxes(a, -1, -2)) + np.eye(shape[-1])).astype(dtype)


def with_and_without_vectors(op, operand, flag, **attrs):
    for vectors in [True, False]:
        cases.add(op, [operand], {flag: vectors, **attrs}, tolerance=LOOSE)
    # Without vectors TensorFlow gives scalars of whatever lay in memory.
    results = cases.cases[-1]["results"]
    for result in results[1:]:
        result.update(tensor(np.zeros([], result["dtype"])))


def eigen():
    for dtype, shape in itertools.product(TYPES, [[3, 3], [2, 5, 5], [1, 1], [12, 12]]):
        if shape == [12, 12] and dtype in (np.float32, np.complex64):
            continue  # single precision leaves the signs to chance
        with_and_without_vectors("SelfAdjointEigV2", hermitian(dtype, *shape), "compute_v")
    for dtype in [np.float32, np.float64]:
        a = hermitian(dtype, 2, 4, 4)
        cases.add("SelfAdjointEig", [a], tolerance=LOOSE, producer=10)
        cases.add("BatchSelfAdjointEig", [a], tolerance=LOOSE, producer=10)
        cases.add("BatchSelfAdjointEigV2", [a], tolerance=LOOSE, producer=10)
    cases.add("SelfAdjointEigV2", [np.diag(np.float32([3, 1, 2, 2]))])
    cases.add("SelfAdjointEigV2", [np.zeros([0, 3, 3], np.float32)])
    cases.add("SelfAdjointEigV2", [np.zeros([2, 3], np.float32)], fails=True)
    # The order of a real matrix's eigenvalues is TensorFlow's own.
    for dtype, shape in itertools.product(TYPES, [[3, 3], [2, 5, 5], [1, 1]]):
        if np.dtype(dtype).kind == "c" or shape == [1, 1]:
            wide = dtype in (np.float64, np.complex128)
            with_and_without_vectors("Eig", matrices(dtype, *shape), "compute_v",
                                     Tout=tf.complex128 if wide else tf.complex64)


def singular():
    for dtype, shape in itertools.product(TYPES, [[3, 3], [2, 5, 3], [2, 3, 5], [1, 4], [9, 12]]):
        a = matrices(dtype, *shape)
        cases.add("Svd", [a], {"full_matrices": True}, tolerance=LOOSE)
        with_and_without_vectors("Svd", a, "compute_uv")
    cases.add("Svd", [np.diag(np.float32([1, -3, 0, 2]))])
    cases.add("Svd", [np.zeros([0, 2, 3], np.float32)])
    cases.add("Svd", [np.float32([1, 2])], fails=True)
    cases.add("BatchSvd", [matrices(np.float32, 2, 3, 3)], tolerance=LOOSE, producer=10)


def functions():
    for dtype, shape in itertools.product(TYPES, [[1, 1], [3, 3], [2, 4, 4]]):
        a = matrices(dtype, *shape)
        cases.add("MatrixExponential", [a], tolerance=LOOSE, producer=20)
        cases.add("MatrixSquareRoot", [positive(dtype, *shape)], tolerance=LOOSE)
        if np.dtype(dtype).kind == "c":
            cases.add("MatrixLogarithm", [positive(dtype, *shape)], tolerance=LOOSE)
            cases.add("MatrixLogarithm", [a], tolerance=LOOSE)
    cases.add("MatrixExponential", [10 * matrices(np.float64, 3, 3)], tolerance=LOOSE, producer=20)
    cases.add("MatrixExponential", [np.zeros([2, 2], np.float32)], producer=20)
    cases.add("MatrixSquareRoot", [np.zeros([2, 3], np.float32)], fails=True)


def factors():
    for dtype, shape in itertools.product([np.float32, np.float64], [[1, 1], [3, 3], [2, 4, 4]]):
        l = np.linalg.cholesky(positive(dtype, *shape))
        for op in ["CholeskyGrad", "BatchCholeskyGrad"]:
            cases.add(op, [l, matrices(dtype, *shape)], tolerance=LOOSE, producer=10)


def systems():
    for dtype, shape in itertools.product(TYPES, [[3, 3], [2, 5, 3], [2, 3, 5]]):
        a = matrices(dtype, *shape)
        b = matrices(dtype, *shape[:-1], 2)
        for fast, weight in [(True, 0.0), (True, 0.5), (False, 0.0)]:
            cases.add("MatrixSolveLs", [a, b, np.float64(weight)], {"fast": fast}, tolerance=[1e-2, 1e-2])
    a = matrices(np.float32, 2, 4, 4)
    b = matrices(np.float32, 2, 4, 2)
    cases.add("BatchMatrixSolveLs", [a, b, np.float64(0.1)], tolerance=LOOSE, producer=10)
    for adjoint in [True, False]:
        cases.add("BatchMatrixSolve", [a.astype(np.float64), b.astype(np.float64)], {"adjoint": adjoint},
                  tolerance=LOOSE, producer=10)
    deficient = np.float64([[1, 2, 3], [2, 4, 6], [1, 0, 1], [0, 2, 2]])
    cases.add("MatrixSolveLs", [deficient, matrices(np.float64, 4, 1), np.float64(0)], {"fast": False},
              tolerance=LOOSE)
    for dtype, shape in itertools.product(TYPES, [[1], [2], [6], [2, 5]]):
        bands = matrices(dtype, *shape[:-1], 3, shape[-1])
        b = matrices(dtype, *shape, 2)
        for pivoting in [True, False]:
            cases.add("TridiagonalSolve", [bands, b], {"partial_pivoting": pivoting}, tolerance=[1e-2, 1e-2])
        parts = [bands[..., i:i + 1, :] for i in range(3)]
        cases.add("TridiagonalMatMul", parts + [b])
        for count, lower, adjoint in itertools.product([1, 2, 3], [True, False], [True, False]):
            if count > shape[-1]:
                continue
            bands = matrices(dtype, *shape[:-1], count, shape[-1])
            bands[..., 0 if lower else -1, :] += 3
            cases.add("BandedTriangularSolve", [bands, b], {"lower": lower, "adjoint": adjoint},
                      tolerance=LOOSE)
    cases.add("BandedTriangularSolve", [matrices(np.float32, 2, 4), matrices(np.float32, 3, 4, 1)])
    cases.add("BandedTriangularSolve", [np.float32([[0, 1]]), np.float32([[1], [1]])], fails=True)
    cases.add("TridiagonalSolve", [np.float32([[0, 1, 0], [1, 0, 2], [3, 1, 0]]), np.float32([[1], [2], [3]])])


for family in [eigen, singular, functions, factors, systems]:
    family()
cases.write()

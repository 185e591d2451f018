"""Writes cases/old_name_cases.json: ops that later ones replaced, in graphs of their time.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases

cases = Cases("old_name")
random = np.random.RandomState(5)
LAST = {"BatchMatrixBandPart": 13, "BatchMatrixDiag": 13, "BatchMatrixDiagPart": 13,
        "BatchMatrixSetDiag": 13, "BatchCholesky": 12, "BatchMatrixDeterminant": 12,
        "BatchMatrixInverse": 12, "BatchMatrixTriangularSolve": 12, "AdjustContrast": 1, "BatchNormWithGlobalNormalization": 8,
        "BatchNormWithGlobalNormalizationGrad": 8, "Conv3DBackpropInput": 9,
        "Conv3DBackpropFilter": 9}


def add(op, operands, attrs=None, **more):
    cases.add(op, operands, attrs, producer=LAST[op], **more)


def matrices():
    for dtype in [np.float32, np.float64]:
        square = random.uniform(-1, 1, [2, 3, 3]).astype(dtype)
        positive = square @ square.transpose([0, 2, 1]) + np.eye(3, dtype=dtype)
        add("BatchCholesky", [positive])
        add("BatchMatrixInverse", [positive], {"adjoint": False})
        add("BatchMatrixInverse", [square], {"adjoint": True})
        for lower, adjoint in [(True, False), (False, True)]:
            add("BatchMatrixTriangularSolve", [positive, square],
                {"lower": lower, "adjoint": adjoint})
        add("BatchMatrixDeterminant", [square])
    for dtype in [np.float32, np.int32, np.float64, np.complex64]:
        values = np.arange(12).reshape(2, 2, 3).astype(dtype)
        add("BatchMatrixBandPart", [values, np.int64(0), np.int64(-1)])
        add("BatchMatrixBandPart", [values, np.int64(-1), np.int64(0)])
        add("BatchMatrixDiag", [values[0]])
        add("BatchMatrixDiagPart", [values[:, :, :2]])
        add("BatchMatrixSetDiag", [values[:, :, :2], values[0, :, :2]])


def others():
    for dtype in [np.uint8, np.int32, np.float32]:
        image = random.uniform(0, 200, [2, 3, 2, 3]).astype(dtype)
        add("AdjustContrast", [image, np.float32(1.5), np.float32(0), np.float32(255)])
        add("AdjustContrast", [image, np.float32(0.5), np.float32(50), np.float32(100)])
    rows = [np.float32(random.uniform(0.5, 2, [3])) for _ in range(4)]
    x = np.float32(random.uniform(-1, 1, [2, 2, 2, 3]))
    for scaled in [False, True]:
        attrs = {"variance_epsilon": 0.01, "scale_after_normalization": scaled}
        add("BatchNormWithGlobalNormalization", [x, *rows], attrs)
        m, v, _, gamma = rows
        add("BatchNormWithGlobalNormalizationGrad", [x, m, v, gamma, x[::-1]], attrs,
            tolerance=[1e-4, 1e-5])
    scale, mean = np.float32([1, 2, 0.5]), np.float32([0.1, 0, -0.2])
    for training in [True, False]:
        cases.add("FusedBatchNormGrad", [x[::-1], x, scale, mean, np.float32([1.5, 1, 2])],
                  {"is_training": training, "epsilon": 0.01}, tolerance=[1e-4, 1e-5])
    for dtype in [np.float32, np.float64]:
        volume = random.uniform(-1, 1, [1, 4, 5, 4, 2]).astype(dtype)
        weights = random.uniform(-1, 1, [2, 2, 3, 2, 3]).astype(dtype)
        for padding, size in [("SAME", [2, 3, 2]), ("VALID", [2, 2, 1])]:
            gradient = random.uniform(-1, 1, [1, *size, 3]).astype(dtype)
            attrs = {"strides": [1, 2, 2, 2, 1], "padding": padding}
            add("Conv3DBackpropInput", [volume, weights, gradient], attrs)
            add("Conv3DBackpropFilter", [volume, weights, gradient], attrs)
    cases.add("CheckNumericsV2", [np.float32([1, 2])], {"message": "seen"})
    cases.add("CheckNumericsV2", [np.float32([1, np.nan])], {"message": "seen"}, fails=True)


for family in [matrices, others]:
    family()
cases.write()

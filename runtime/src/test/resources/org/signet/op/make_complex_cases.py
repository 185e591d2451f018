"""Writes cases/complex_cases.json: functions of complex numbers, and their gradients.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases

cases = Cases("complex")
NUMBERS = np.array([0.3 + 0.4j, -1.5 + 0.2j, 0.7 - 2.1j, -0.2 - 0.9j, 3 + 1e-3j, 1e-4 - 1e-4j, 20 + 2j, -30 - 1j])
OTHERS = np.array([1 - 1j, 0.5 + 2j, -3 + 0.1j, 0.2j, -1 - 1j, 2, 0.3 - 0.3j, 1 + 4j])
UNARY = ("Acos Acosh Asin Asinh Atan Atanh Cos Cosh Expm1 Log1p Sigmoid Sin Sinh Tan Tanh").split()
GRADIENTS = "InvGrad ReciprocalGrad RsqrtGrad SigmoidGrad SqrtGrad TanhGrad".split()
BINARY = "DivNoNan MulNoNan Xdivy Xlog1py Xlogy".split()

for dtype in [np.complex64, np.complex128]:
    numbers, others = NUMBERS.astype(dtype), OTHERS.astype(dtype)
    for op in UNARY:
        # TensorFlow loses the last digits of small numbers, and overflows where the result does not.
        cases.add(op, [numbers[:6] if op in ("Sigmoid", "Tan") else numbers], tolerance=[1e-4, 1e-5])
    for op in GRADIENTS:
        cases.add(op, [numbers, others])
    zeros = np.where(np.arange(8) % 3 == 0, 0, numbers).astype(dtype)
    for op in BINARY:
        cases.add(op, [zeros, others])
        if op in ("DivNoNan", "MulNoNan"):
            cases.add(op, [others, zeros])
    cases.add("BiasAddGrad", [numbers.reshape(2, 2, 2)])
    cases.add("InplaceAdd", [numbers.reshape(4, 2), np.int32([2, 0]), others[:4].reshape(2, 2)])
    cases.add("InplaceSub", [numbers.reshape(4, 2), np.int32([2, 0]), others[:4].reshape(2, 2)])
cases.write()

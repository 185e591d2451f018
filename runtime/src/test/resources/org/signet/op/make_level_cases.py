"""Writes cases/level_cases.json: QuantizeAndDequantize by slices, and by the range of its numbers.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
from op_cases import Cases

cases = Cases("level")
random = np.random.RandomState(3)
OPS = ["QuantizeAndDequantizeV2", "QuantizeAndDequantizeV4"]
ROWS = np.float32(random.uniform(-3, 2, [3, 4, 2]))


def slices():
    for op, signed, axis in itertools.product(OPS, [True, False], [0, 1, 2]):
        unused = np.zeros(ROWS.shape[axis], np.float32)
        cases.add(op, [ROWS, unused, unused], {"axis": axis, "signed_input": signed, "round_mode": "HALF_UP"})


def ranges():
    unused = [np.float32(0), np.float32(0)]
    for op in OPS:
        for name, x in [("negative", -np.abs(ROWS)), ("positive", np.abs(ROWS)), ("zeros", np.zeros_like(ROWS)),
                        ("one", np.float32(5.5)), ("rank 6", ROWS.reshape([3, 1, 2, 2, 1, 2]))]:
            for signed, narrow in itertools.product([True, False], repeat=2):
                attrs = {"range_given": False, "signed_input": signed, "narrow_range": narrow, "num_bits": 5}
                cases.add(op, [x, *unused], attrs, name=f"{name}, signed {signed}")
    cases.add("QuantizeAndDequantizeV3", [ROWS, *unused, np.int32(6)], {"range_given": False, "signed_input": False})


slices()
ranges()
cases.write()

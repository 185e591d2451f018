"""Writes cases/session_cases.json: what only a session tells. Seeded random numbers of its first run; AccumulateNV2.

Needs TensorFlow 2.21.
"""

import numpy as np
import tensorflow as tf
from op_cases import Cases

cases = Cases("session")


def seeded():
    for seeds in [{"seed": 1234, "seed2": 5678}, {"seed": 0, "seed2": 7}]:
        for op in ["RandomUniform", "RandomStandardNormal"]:
            cases.add(op, [np.int32([3, 5])], dict(seeds, dtype=tf.float32), name=f"{op} {seeds}")
        for dtype in [tf.int32, tf.int64]:
            logits = np.float32([[0, 1, 2], [3, 0, 0]])
            cases.add("Multinomial", [logits, np.int32(6)], dict(seeds, output_dtype=dtype))


def accumulated():
    x = np.arange(6, dtype=np.float32).reshape([2, 3])
    for count in [1, 2, 4]:
        cases.add("AccumulateNV2", [[x * i for i in range(count)]], {"shape": [2, 3]}, name=f"{count} summands")


seeded()
accumulated()
cases.write()

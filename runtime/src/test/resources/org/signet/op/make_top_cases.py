"""Writes cases/top_cases.json: NthElement and ApproxTopK.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases

cases = Cases("top")
random = np.random.RandomState(11)
TIES = np.float32([[3, 1, 3, -0.0, 0.0, 9, 1], [2, 2, 2, 2, -5, 7, -np.inf]])


def nth():
    for reverse in [False, True]:
        attrs = {"reverse": reverse}
        for n in [0, 2, 6]:
            cases.add("NthElement", [TIES, np.int32(n)], attrs, name=f"ties, {n}, {reverse}")
        for dtype in ["int8", "uint8", "int16", "uint16", "int32", "int64", "float16", "float64"]:
            x = random.randint(0, 99, [2, 2, 5]).astype(dtype)
            cases.add("NthElement", [x, np.int32(1)], attrs)
        cases.add("NthElement", [np.float32([4, 2, 8]), np.int32(1)], attrs)
        cases.add("NthElement", [np.zeros([0, 3], np.float32), np.int32(1)], attrs)
    cases.add("NthElement", [TIES, np.int32(7)], name="too many", fails=True)


def approximate():
    for x, k in [(TIES, 4), (TIES, 7), (random.randn(2, 3, 40).astype(np.float32), 5), (np.float32([4, 2, 8]), 1)]:
        cases.add("ApproxTopK", [x], {"k": k}, name=f"{list(x.shape)} {k}")
    cases.add("ApproxTopK", [TIES], {"k": 3, "aggregate_to_topk": False, "recall_target": 0.8})


nth()
approximate()
cases.write()

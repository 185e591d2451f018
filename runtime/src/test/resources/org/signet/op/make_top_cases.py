"""Writes cases/top_cases.json: NthElement, ApproxTopK and TopKV2 of rows with NaN.

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


def rows_with_nan():
    """Of single elements, and of all of more than 16, TensorFlow's own ways depend on the processor."""
    for size, counts in [(2, [2]), (4, [2, 3, 4]), (9, [2, 5, 8, 9]), (16, [3, 15, 16]), (40, [2, 7, 39])]:
        x = random.randint(0, 5, [12, size]).astype(np.float32)
        x[random.rand(12, size) < 0.3] = np.nan
        for k in counts:
            cases.add("TopKV2", [x, np.int32(k)], name=f"NaN, {k} of {size}", builtins=["TOPK_V2"])


nth()
approximate()
rows_with_nan()
cases.write()

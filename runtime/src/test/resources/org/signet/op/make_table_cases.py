"""Writes cases/table_cases.json: the place of numbers among sorted bounds.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases

cases = Cases("table")

BOUNDS = [-1.5, 0.0, 0.0, 0.1, 7.0, 16777216.0]
FLOATS = [-np.inf, -1.5, -1.4999999, -0.0, 0.0, 0.1, 0.10000000149011612, 6.99, 7, 16777217, np.inf, np.nan]
INTS = [-2, -1, 0, 1, 6, 7, 8, 16777215, 16777216, 16777217]


def bucketize():
    for dtype in [np.float32, np.float64]:
        cases.add("Bucketize", [dtype(FLOATS)], {"boundaries": BOUNDS})
    for dtype in [np.int32, np.int64]:
        cases.add("Bucketize", [dtype(INTS).reshape([2, 5])], {"boundaries": BOUNDS})
    cases.add("Bucketize", [np.float32([1, 2])], {"boundaries": []})
    cases.add("Bucketize", [np.float32(3)], {"boundaries": [2.5]})
    cases.add("Bucketize", [np.zeros([0, 3], np.int64)], {"boundaries": [2.5]})


for family in [bucketize]:
    family()
cases.write()

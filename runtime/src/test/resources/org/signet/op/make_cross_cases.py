"""Writes cases/cross_cases.json: crossed columns, counts of rows, projected images.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases, strings, tf

cases = Cases("cross")
random = np.random.RandomState(6)

WORDS = (np.int64([[0, 0], [0, 1], [1, 0], [2, 0]]), strings("a", "bc", "", "d\u00e9"),
         np.int64([3, 2]))
NUMBERS = (np.int64([[0, 0], [1, 0], [1, 1]]), np.int64([5, -7, 2**40]), np.int64([3, 2]))
DENSE = [np.array([["x", "y"], ["z", ""], ["w", "v"]], object), np.int64([[3], [-4], [0]])]


def crosses():
    for columns, dense in [([WORDS, NUMBERS], DENSE), ([WORDS], []), ([], DENSE[:1]),
                           ([NUMBERS, NUMBERS], DENSE[1:]), ([WORDS, WORDS, NUMBERS], [])]:
        operands = [[c[i] for c in columns] for i in range(3)] + [dense]
        for out, internal, buckets in [(tf.int64, tf.int64, 0), (tf.int64, tf.int64, 77),
                                       (tf.string, tf.string, 0)]:
            texts = all(v.dtype == object for v in operands[1] + operands[3])
            if out == tf.string and not texts:
                continue
            cases.add("SparseCross", operands, {
                "hashed_output": out == tf.int64, "num_buckets": buckets, "hash_key": 0xDECAFCAFFE,
                "out_type": out, "internal_type": internal})
        cases.add("SparseCrossV2", operands + [np.array("_&_", object)])
        for buckets in [0, 100]:
            # TensorFlow reads freed memory where it hashes dense columns strongly.
            for strong in [False] if dense else [False, True]:
                cases.add("SparseCrossHashed", operands + [
                    np.int64(buckets), np.bool_(strong), np.int64([137, -5])])


def counts():
    for dtype in [np.int32, np.int64]:
        numbers = dtype([1, 0, 4, 1, 1])
        for weights in [np.float32([]), np.float64([0.5, 1, 2, -1, 3]), np.int32([1, 2, 3, 4, 5]),
                        np.int64([])]:
            for binary in [False, True]:
                if binary and weights.size:
                    continue
                cases.add("RaggedBincount", [np.int64([0, 2, 2, 5]), numbers, dtype(4), weights],
                          {"binary_output": binary})
                for indices, shape in [([[0, 0], [0, 3], [2, 0], [2, 1], [2, 2]], [3, 4]),
                                       ([[0], [1], [2], [3], [4]], [6])]:
                    cases.add("SparseBincount", [np.int64(indices), numbers, np.int64(shape),
                                                 dtype(4), weights], {"binary_output": binary})
    cases.add("RaggedBincount", [np.int64([0, 1]), np.int32([-1]), np.int32(4), np.float32([])],
              fails=True)
    for dtype in [np.float32, np.int32, np.float64]:
        cases.add("SparseFillEmptyRowsGrad", [np.int64([2, 0, 3]), np.arange(1, 7).astype(dtype)])
    cases.add("SparseFillEmptyRowsGrad", [np.int64([2, 6]), np.float32([1, 2, 3])], fails=True)


def projections():
    turned = np.float32([0.8, -0.3, 0.4, 0.2, 1.1, -0.7, 0.01, -0.02])
    away = np.float32([1.5, 0, -6.2, 0, -1.25, 7.5, 0, 0])
    for dtype in [np.float32, np.uint8, np.int32, np.float64, np.float16]:
        image = random.uniform(0, 200, [2, 3, 4, 1]).astype(dtype)
        for method in ["NEAREST", "BILINEAR"]:
            for mode in ["CONSTANT", "NEAREST", "REFLECT", "WRAP"]:
                attrs = {"interpolation": method, "fill_mode": mode}
                # What becomes of a bilinear value near an integer is up to the processor.
                if method == "BILINEAR" and dtype in [np.uint8, np.int32]:
                    continue
                cases.add("ImageProjectiveTransformV2",
                          [image, np.stack([turned, away]), np.int32([3, 5])], attrs,
                          tolerance=[1e-4, 1e-3])
                cases.add("ImageProjectiveTransformV3",
                          [image, away[None], np.int32([4, 2]), np.float32(7)], attrs,
                          tolerance=[1e-4, 1e-3])
    one = np.float32([[[[3], [4]]]])
    for mode in ["REFLECT", "WRAP"]:
        cases.add("ImageProjectiveTransformV3", [one, away[None], np.int32([3, 3]), np.float32(7)],
                  {"interpolation": "NEAREST", "fill_mode": mode})


for family in [crosses, counts, projections]:
    family()
cases.write()

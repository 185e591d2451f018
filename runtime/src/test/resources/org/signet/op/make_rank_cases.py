"""Writes cases/rank_cases.json: ops that move elements, at ranks that builtins' kernels do not take.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases

cases = Cases("rank")
random = np.random.RandomState(7)


def draw(*shape, dtype=np.int32):
    return random.randint(-99, 99, shape).astype(dtype)


def slices():
    x = draw(2, 3, 2, 3, 2, 3)
    cases.add("Slice", [x, np.int32([0, 1, 0, 1, 0, 1]), np.int32([-1] * 6)])
    cases.add("Slice", [x, np.int64([1, 0, 0, 2, 0, 0]), np.int64([1, 3, 2, 1, -1, 2])])
    cases.add("Slice", [draw(2, 1, 2, 1, 2, 1, 2, dtype=np.float32), np.int32([1] + [0] * 6),
                        np.int32([1, 1, 2, 1, 2, 1, 1])])
    ends = np.int32([2, 3, 2, 3, 2, 3])
    cases.add("StridedSlice", [x, np.int32([0] * 6), ends, np.int32([1, 2, 1, 1, 1, 2])])
    cases.add("StridedSlice", [x, np.int32([1, -1, 0, -2, 0, 0]), np.int32([2, -4, 2, 3, 0, 2]),
                               np.int32([1, -1, 1, 1, 1, 1])], {"end_mask": 0b010000})
    cases.add("StridedSlice", [x, np.int32([1, 0, -1, 0, 0, 0]), np.int32([2, 3, 0, 3, 2, 3]),
                               np.int32([1] * 6)], {"shrink_axis_mask": 0b000101})
    cases.add("StridedSlice", [x, np.int32([0, 0, -1]), np.int32([0, 0, 0]), np.int32([1, 1, 1])],
              {"ellipsis_mask": 0b001, "new_axis_mask": 0b010, "shrink_axis_mask": 0b100})
    cases.add("StridedSlice", [x, np.int32([-1, 0]), np.int32([-9, 0]), np.int32([-1, 1])],
              {"end_mask": 0b01, "ellipsis_mask": 0b10})


def pads():
    x = draw(2, 1, 2, 1, 2, 3, dtype=np.float32)
    amounts = np.int32([[0, 1], [0, 0], [2, 0], [1, 1], [0, 0], [0, 2]])
    cases.add("Pad", [x, amounts])
    cases.add("Pad", [draw(1, 2, 1, 2, 1, 2, 1), np.int64([[0, 0]] * 5 + [[1, 0], [0, 1]])])
    cases.add("PadV2", [x, amounts, np.float32(7)])
    cases.add("Pad", [np.array([[True, False]]), np.int32([[0, 1], [2, 0]])])
    cases.add("Pad", [np.float32(3), np.zeros([0, 2], np.int32)])


def transposes():
    for order in [[6, 1, 5, 2, 4, 3, 0], [1, 0, 2, 3, 5, 4, 6], [3, 4, 5, 6, 0, 1, 2],
                  [-1, -3, -5, -7, -6, -4, -2]]:
        cases.add("Transpose", [draw(2, 3, 1, 2, 2, 3, 2), np.int32(order)])
    cases.add("Transpose", [draw(2, 1, 2, 1, 2, 1, 2, 2), np.int64([7, 0, 6, 1, 5, 2, 4, 3])])


def blocks():
    cases.add("SpaceToBatchND", [draw(1, 4, 4, 4, 1, 2), np.int32([2, 2, 2]),
                                 np.zeros([3, 2], np.int32)])
    cases.add("SpaceToBatchND", [draw(2, 4, 3, 2, 3), np.int32([2, 1, 3]),
                                 np.int32([[1, 1], [0, 0], [0, 1]])])
    cases.add("SpaceToBatchND", [draw(2, 5, 2, 3), np.int32([3]), np.int32([[1, 0]])])
    cases.add("SpaceToBatchND", [draw(3, 4), np.int32([2]), np.int32([[1, 1]])])
    cases.add("BatchToSpaceND", [draw(8, 2, 2, 2, 1, 1), np.int32([2, 2, 2]),
                                 np.zeros([3, 2], np.int32)])
    cases.add("BatchToSpaceND", [draw(12, 2, 2, 3, 2), np.int32([2, 3, 1]),
                                 np.int32([[1, 0], [2, 1], [0, 1]])])
    cases.add("BatchToSpaceND", [draw(4, 3), np.int32([2]), np.int32([[1, 2]])])


def sequences():
    for dtype in [np.float32, np.int64]:
        cases.add("ReverseSequence", [draw(4, 3, 5, dtype=dtype), np.int32([0, 3, 5, 1])],
                  {"seq_dim": 2, "batch_dim": 0})
    cases.add("ReverseSequence", [draw(4, 2), np.int64([3, 1])], {"seq_dim": 0, "batch_dim": 1})


def broadcasts():
    condition = random.rand(3, 2, 1) < 0.5
    for shape in [(2, 1, 2, 3, 1, 2), (2, 1, 1, 2, 1, 1, 2, 2)]:
        cases.add("SelectV2", [condition, draw(*shape), draw(1, 2)])
    cases.add("MatrixBandPart", [draw(1, 2, 1, 2, 3, 4), np.int32(1), np.int32(-1)])
    x, y = draw(5, 4, 3, dtype=np.float32), draw(3, 2, 1, dtype=np.float32)
    for equation in ["...ij,j...->i...", "...ij,j...->...i"]:
        cases.add("Einsum", [[x, y]], {"equation": equation}, name=equation)


slices()
pads()
transposes()
blocks()
sequences()
broadcasts()
cases.write()

"""Writes cases/ragged_cases.json: ragged tensors as row splits and values.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
import tensorflow as tf
from op_cases import Cases, strings

cases = Cases("ragged")


def ranges():
    for dtype, splits in itertools.product([np.int32, np.int64, np.float32, np.float64],
                                           [tf.int32, tf.int64]):
        for operands in [([0, 5, 8], [3, 5, 1], [1, 2, -3]), (0, [3, 5, 0], 1), ([1, 2], 9, [2, 3]),
                         (0, 7, 2), (9, 1, -3), ([], [], [])]:
            cases.add("RaggedRange", [dtype(v) for v in operands], {"Tsplits": splits})
    cases.add("RaggedRange", [np.float32([0, 0.1]), np.float32([1, 2]), np.float32([0.1, 0.3])])
    cases.add("RaggedRange", [np.int32(0), np.int32(1), np.int32(0)], fails=True)
    cases.add("RaggedRange", [np.int32([0, 1]), np.int32([1]), np.int32(1)], fails=True)


def gather():
    outer, inner = np.int64([0, 2, 2, 3, 5]), np.int64([0, 1, 4, 4, 6, 7])
    values = [strings(*"abcdefg"), np.arange(14, dtype=np.float32).reshape([7, 2])]
    for value, indices in itertools.product(values, [[2, 0, 3], [[0, 3], [1, 0]], [], 3,
                                                     [[[1], [0]], [[2], [2]]]]):
        indices = np.array(indices, np.int32)
        depth = 1 + max(indices.ndim, 0)
        cases.add("RaggedGather", [[outer, inner], value, indices], {
            "OUTPUT_RAGGED_RANK": depth})
        if indices.ndim:
            cases.add("RaggedGather", [[inner.astype(np.int32)], value, indices.astype(np.int64)], {
                "OUTPUT_RAGGED_RANK": depth - 1})
    for index in [4, -1]:
        cases.add("RaggedGather", [[outer, inner], values[0], np.int32([index])], {
            "OUTPUT_RAGGED_RANK": 2}, fails=True)


def dense():
    values = np.arange(1, 8, dtype=np.float32)
    pairs = np.arange(14, dtype=np.int32).reshape([7, 2])
    for dtype in [np.int32, np.int64]:
        splits = dtype([0, 3, 3, 7])
        for shape in [-1, [-1, -1], [2, -1], [4, 2], [-1, 6], [0, 0]]:
            cases.add("RaggedTensorToTensor", [dtype(shape), values, np.float32(-1), [splits]],
                      {"row_partition_types": ["ROW_SPLITS"]},
                      name=f"{shape}", constants=[0])
            rows = [dtype(4), dtype([0, 0, 1, 1, 1, 3, 3])]
            cases.add("RaggedTensorToTensor", [dtype(shape), values, np.float32(-1), rows],
                      {"row_partition_types": ["FIRST_DIM_SIZE", "VALUE_ROWIDS"]}, name=f"{shape}", constants=[0])
        for shape in [-1, [-1, -1, -1], [2, 3, 2]]:
            cases.add("RaggedTensorToTensor", [dtype(shape), pairs, np.int32(-1), [splits]],
                      {"row_partition_types": ["ROW_SPLITS"]}, name=f"{shape}", constants=[0])
            cases.add("RaggedTensorToTensor", [dtype(shape), pairs, np.int32([-1, -2]), [splits]],
                      {"row_partition_types": ["ROW_SPLITS"]}, name=f"{shape}", constants=[0])
            outer = dtype([0, 2, 3])
            cases.add("RaggedTensorToTensor", [dtype(shape), strings(*"abcdefg"),
                                               np.array("", object), [outer, splits]],
                      {"row_partition_types": ["ROW_SPLITS", "ROW_SPLITS"]}, name=f"{shape}", constants=[0])
            rows = [dtype(3), dtype([0, 0, 2]), dtype([0, 0, 1, 1, 2, 2, 2])]
            cases.add("RaggedTensorToTensor", [dtype(shape), values, np.float32(0), rows],
                      {"row_partition_types": ["FIRST_DIM_SIZE", "VALUE_ROWIDS", "VALUE_ROWIDS"]},
                      name=f"{shape}", constants=[0])
    cases.add("RaggedTensorToTensor", [np.int64(-1), np.zeros([0], np.float32), np.float32(0),
                                       [np.int64([0, 0])]], {"row_partition_types": ["ROW_SPLITS"]},
              constants=[0])
    cases.add("RaggedTensorToTensor", [np.int64([-1]), values, np.float32(0), [np.int64([0, 7])]],
              {"row_partition_types": ["ROW_SPLITS"]}, fails=True)


def sparse():
    splits, inner = np.int64([0, 2, 2, 3]), np.int64([0, 1, 4, 7])
    cases.add("RaggedTensorToSparse", [[splits], np.float32([1, 2, 3])])
    cases.add("RaggedTensorToSparse", [[splits, inner], strings(*"abcdefg")])
    cases.add("RaggedTensorToSparse", [[inner], np.arange(14).reshape([7, 2])])
    cases.add("RaggedTensorToSparse", [[np.int32([0, 0])], np.zeros([0], np.float32)])
    cases.add("RaggedTensorToSparse", [[np.int64([0, 9])], np.float32([1, 2])], fails=True)


for family in [ranges, gather, dense, sparse]:
    family()
cases.write()

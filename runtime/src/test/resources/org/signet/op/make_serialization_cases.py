"""Writes cases/serialization_cases.json: serialised tensors, compression, distances, shuffled rows.

Needs TensorFlow 2.21.
"""

import gzip
import zlib

import numpy as np
from op_cases import Cases, strings, tf

cases = Cases("serialization")


def tensors():
    for value in [np.float32([[1, 2], [3, 4]]), np.int64(7), strings("a", "", "bc"), np.zeros([0, 2]),
                  np.bool_([True, False]), np.complex64([1 + 2j])]:
        text = np.array(tf.io.serialize_tensor(value).numpy(), object)
        cases.add("ParseTensor", [text], {"out_type": tf.as_dtype(value.dtype if value.dtype != object
                                                                 else tf.string)})
    cases.add("ParseTensor", [text], {"out_type": tf.float32}, fails=True)
    cases.add("ParseTensor", [np.array(b"no tensor", object)], {"out_type": tf.float32}, fails=True)


def sparse():
    indices, shape = np.int64([[0, 1], [0, 3], [2, 0]]), np.int64([4, 5])
    for values in [np.float32([1, 2, 3]), strings("x", "y", "zz"), np.int64([4, 5, 6])]:
        dtype = tf.string if values.dtype == object else tf.as_dtype(values.dtype)
        one = cases.add("SerializeSparse", [indices, values, shape])[0]
        many = cases.add("SerializeManySparse", [indices, values, shape])[0]
        cases.add("DeserializeManySparse", [many], {"dtype": dtype})
        cases.add("DeserializeSparse", [many], {"dtype": dtype})
        cases.add("DeserializeSparse", [one], {"dtype": dtype})
        cases.add("DeserializeSparse", [np.stack([many, many])], {"dtype": dtype})
    cases.add("DeserializeManySparse", [many], {"dtype": tf.float32}, fails=True)
    cases.add("SerializeManySparse", [indices[:, :1], values, shape[:1]], fails=True)


def compression():
    text = b"so it goes, so it goes, so it goes"
    for kind, values in [("", strings(text)), ("GZIP", strings(gzip.compress(text), gzip.compress(b"a"))),
                         ("ZLIB", strings(zlib.compress(text)))]:
        cases.add("DecodeCompressed", [values], {"compression_type": kind})
    cases.add("DecodeCompressed", [strings(text)], {"compression_type": "GZIP"}, fails=True)


def distances():
    def sparse_rows(rows, width):
        indices = [[i, k] for i, row in enumerate(rows) for k in range(len(row))]
        return [np.int64(indices), np.array([v for row in rows for v in row]), np.int64([len(rows), width])]

    found, truth = ["abc", "", "xyz", "aab"], ["abd", "q", "zyx", ""]
    for kind in ["string", "int64", "float32", "uint8"]:
        for normalize in [True, False]:
            operands = []
            for rows in [found, truth]:
                indices, values, shape = sparse_rows(rows, 3)
                values = (values.astype(object) if kind == "string"
                          else np.array([ord(v) for v in values]).astype(kind))
                operands += [indices, values, shape]
            cases.add("EditDistance", operands, {"normalize": normalize})
    operands[2] = np.int64([9])
    cases.add("EditDistance", operands, fails=True)


def shuffles():
    key, counter = np.uint64([17]), np.uint64([3, 9])
    for value in [np.arange(10), np.float32([[1, 2], [3, 4], [5, 6]]), strings("a", "b", "c"), np.zeros([0, 2], np.int32)]:
        cases.add("StatelessShuffle", [value, key, counter, np.int32(1)])
    for dtype in [tf.int32, tf.int64, tf.float32, tf.float64]:
        for trials, chances in [([5, 100, 1e5, 0, 7], [0.3, 0.7, 0.4, 0.5, 1]), ([30], [0.5])]:
            cases.add("StatelessRandomBinomial", [np.int32([4, len(trials)]), np.int64([7, -9]), np.float64(trials),
                                                  np.float32(chances).astype(np.float64)], {"dtype": dtype})


for family in [tensors, sparse, compression, distances, shuffles]:
    family()
cases.write()

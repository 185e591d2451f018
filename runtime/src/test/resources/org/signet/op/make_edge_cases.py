"""Writes cases/edge_cases.json: values at the edges of what ops take, and operands that they refuse.

Needs TensorFlow 2.21. The calls are those of a sweep over all ops, types, attributes and edge values in which our
results once differed from TensorFlow's.
"""

import zlib

import numpy as np
from op_cases import Cases, strings, tf

cases = Cases("edge")
F = np.float32
NAN, INF = np.nan, np.inf


def scalar(text):
    return np.array(text, object)


def elementwise():
    x = F([NAN, 1, -3, 0.5, INF, -INF])
    for dtype in ("float32", "float64", "float16", "int32", "uint8"):
        values = (x if dtype.startswith("f") else [9, 1, 3, 0, 7, 2]) * np.array(1, dtype)
        cases.add("ClipByValue", [values.astype(dtype), np.array(2, dtype), np.array(1, dtype)], name="crossed bounds")
    cases.add("ClipByValue", [x, F([-1] * 6), F([1, NAN, -2, 1, 1, NAN])], name="NaN above")
    cases.add("ClipByValue", [x, F([NAN, -1, NAN, 1, NAN, 0]), F([1] * 6)], name="NaN below")
    cases.add("LeftShift", [np.uint64([1, 1, 3]), np.uint64([2 ** 63, 2 ** 64 - 1, 64])], name="far")
    cases.add("RightShift", [np.uint64([2 ** 63, 5, 3]), np.uint64([2 ** 63, 2 ** 64 - 1, 64])], name="far")
    large = np.int64([[2 ** 53 + 1, -2 ** 53 - 1], [2, 2], [2 ** 60, 3]])
    cases.add("BiasAddGrad", [large], name="beyond double precision")
    cases.add("InvertPermutation", [np.int32([2, 0, 1])])
    cases.add("InvertPermutation", [np.int32([0, 0])], fails=True)
    cases.add("InvertPermutation", [np.int64([1, 2])], fails=True)


def fake_quant():
    x = F([-7, -2.5, -0.3, 0, 0.25, 0.73, 3, 6.2, INF, -INF])
    for low, high in ((0.3, 6), (-6, -1), (1, 2), (-0.5, 0)):
        for narrow in (False, True):
            attrs = {"narrow_range": narrow}
            cases.add("FakeQuantWithMinMaxArgs", [x], {"min": low, "max": high, **attrs})
            cases.add("FakeQuantWithMinMaxVars", [x, F(low), F(high)], attrs)
            cases.add("FakeQuantWithMinMaxArgsGradient", [x + 1, x], {"min": low, "max": high, **attrs})
            finite = x[:8]
            cases.add("FakeQuantWithMinMaxVarsGradient", [finite + 1, finite, F(low), F(high)], attrs)
            rows = [finite.reshape(4, 2) + 1, finite.reshape(4, 2), F([low, -1]), F([high, 1])]
            cases.add("FakeQuantWithMinMaxVarsPerChannel", rows[1:], attrs)
            cases.add("FakeQuantWithMinMaxVarsPerChannelGradient", rows, attrs)
    cases.add("FakeQuantWithMinMaxVars", [x, F(2), F(1)], name="crossed range")


def text():
    nul = strings("a\0b", "\u00c4\0x", "X")
    for op in ("StringLower", "StringUpper"):
        for encoding in ("", "utf-8"):
            cases.add(op, [nul], {"encoding": encoding}, name="NUL")
    for width, precision in ((-1, 0), (0, 1), (-1, 2), (1, 1), (3, 0)):
        cases.add("AsString", [strings("abc", "", "\u00e4b")], {"width": width, "precision": precision})
    for text, position, length in (("abc", -1, -1), ("abc", 1, -1), ("abc", -2, 5)):
        cases.add("Substr", [scalar(text), np.int32(position), np.int32(length)], {"unit": "UTF8_CHAR"},
                  fails=position < 0 and length < 0)
    for value in (F([1, 2]), F(3.5), np.int8([[1, 2], [3, 4]]), np.zeros([2, 0, 3], F), scalar("x")):
        for summarize in (0, 1):
            cases.add("StringFormat", [[value]], {"template": "{}", "placeholder": "{}", "summarize": summarize})
    for field in (F([1, 2]), np.int64([1, 2])):
        cases.add("DecodeCSV", [strings("1,2"), [F([0]), field]], fails=True, name="two defaults")
    lone = strings(b"\xd8\x3d\x00\x41", b"\x00\x41\xd8\x3d\x00\x42\xdc\x00\x00\x43", b"\xd8\x3d\xd8\x3d\xde\x00", b"\xd8\x3d")
    for errors in ("replace", "ignore"):
        cases.add("UnicodeTranscode", [lone], {
            "input_encoding": "UTF-16-BE", "output_encoding": "UTF-8", "errors": errors}, name="half a pair")
        cases.add("UnicodeDecodeWithOffsets", [lone], {"input_encoding": "UTF-16-BE", "errors": errors})
    packed = zlib.compress(b"hello" * 9)
    cases.add("DecodeCompressed", [strings(packed[:-3], b"")], {"compression_type": "ZLIB"}, name="cut off")
    cases.add("DecodeCompressed", [strings(b"")], {"compression_type": "GZIP"}, name="nothing")
    cases.add("DecodeCompressed", [strings(b"abc")], {"compression_type": "LZ4"}, fails=True)


def random():
    key, counter, algorithm = np.uint64([5]), np.uint64([1, 2]), np.int32(1)
    for op, operands in (("StatelessRandomUniformInt", [np.int32([1, 2])]),
                         ("StatelessRandomUniformIntV2", [key, counter, algorithm])):
        bounds = [np.int32(5), np.int32(5)]
        cases.add(op, [np.int32([0]), *operands, *bounds], name="none of no numbers")
        cases.add(op, [np.int32([1]), *operands, *bounds], fails=True)


def matrices():
    for value in (NAN, INF):
        matrix = np.array([[2, 1], [1, value]])
        for dtype in ("float32", "float64"):
            batch = np.stack([np.eye(2), matrix]).astype(dtype)
            for vectors in (True, False):
                if vectors:
                    cases.add("Svd", [batch[1:]], {"compute_uv": True, "full_matrices": True}, name="not finite")
            tout = tf.complex64 if dtype == "float32" else tf.complex128
            cases.add("Eig", [batch], {"Tout": tout}, fails=True, name="not finite")
            cases.add("MatrixSquareRoot", [batch[1:]], name="not finite")
            for op in ("MatrixSquareRoot", "MatrixLogarithm"):
                cases.add(op, [np.zeros([2, 2], np.complex128)], name="zero")
            if np.isnan(value):
                cases.add("SelfAdjointEigV2", [batch], fails=True, name="NaN")


def divisions():
    for dtype in ("int8", "int16", "int32", "int64"):
        least = np.iinfo(dtype).min
        x, y = np.array([least, least, 7, -7, least + 1], dtype), np.array([-1, 1, -1, -1, -1], dtype)
        for op in ("Div", "FloorDiv", "FloorMod", "TruncateDiv", "Mod", "TruncateMod"):
            if "Mod" not in op or dtype not in ("int8", "int16") or op == "FloorMod":
                cases.add(op, [x, y], name="least number")
                cases.add(op, [x, np.array(-1, dtype)], name="all by -1")


def roll():
    x = np.int32([1, 2, 3, 4, 5])
    for shift in (-2 ** 31, 2 ** 31 - 1, -2 ** 31 + 1):
        cases.add("Roll", [x, np.int32(shift), np.int32(0)], name="far")
        cases.add("Roll", [x, np.int64([shift]), np.int64([0])], name="far")
    for shape in ((0,), (2, 0), (0, 3)):
        cases.add("Roll", [np.zeros(shape, F), np.int32(1), np.int32(0)], name="nothing")


def sums():
    generator = np.random.RandomState(6)
    for dtype in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"):
        limits = np.iinfo(dtype)
        values = generator.randint(limits.min, limits.max, (6, 3), dtype)
        cases.add("EuclideanNorm", [values, np.int32(1)], name="wraps")
    norms = generator.standard_normal((5, 9))
    cases.add("EuclideanNorm", [norms.astype(tf.bfloat16.as_numpy_dtype), np.int32([1])])
    cases.add("EuclideanNorm", [F([[INF, -INF], [NAN, INF], [3, 4], [0, -0.]]), np.int32([1])])
    for dtype in ("float16", tf.bfloat16.as_numpy_dtype):
        cases.add("Cross", [generator.standard_normal((9, 3)).astype(dtype) for _ in range(2)])
    cases.add("Erf", [np.float64([1e300, -1e300, 1e154, -1e154, 1.4e154, INF])])


elementwise()
fake_quant()
text()
random()
matrices()
divisions()
roll()
sums()
cases.write()

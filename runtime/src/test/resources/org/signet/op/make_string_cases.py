"""Writes cases/string_cases.json: numbers as text, text as numbers, and the ops on single strings.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
import tensorflow as tf
from op_cases import Cases, strings

cases = Cases("string")
random = np.random.RandomState(11)


def as_string():
    # No denormals: whether the kernel reads them as zero depends on its thread.
    special = [0.0, -0.0, 1, -1, 0.5, 1.5, 2.5, 0.1, -123.456, 1 / 3, 1e30, 9.9999995, 99999.95,
               999999.5, 0.0001, 0.00009999995, 123456789, 1.2e-38, 3.4028235e38, np.nan, np.inf, -np.inf]
    wild = np.concatenate([random.randn(20) * 10.0 ** random.randint(-12, 13, 20),
                           np.round(random.randn(20) * 1000) / 8])
    for dtype in [np.float32, np.float64, np.float16, tf.bfloat16.as_numpy_dtype]:
        with np.errstate(over="ignore"):
            values = np.array(special + list(wild)).astype(dtype)
        for width, precision, notation, fill in itertools.product(
                [-1, 12], [-1, 0, 3], [{}, {"scientific": True}, {"shortest": True}],
                ["", "0", "+", "-", " ", "#"]):
            if dtype in (np.float32, np.float64) or fill == "" and width == -1:
                chosen = values if fill == "" else values[::2] if width > 0 else values[1::4]
                cases.add("AsString", [chosen], dict(
                    notation, width=width, precision=precision, fill=fill), name=str(notation))
    big = np.float64([0.1, 1 / 3, 1e22, 1e300, 2.2250738585072014e-308,
                      1.7976931348623157e308])
    for precision, notation in itertools.product([17, 40, 120], [
            {}, {"scientific": True}, {"shortest": True}]):
        cases.add("AsString", [big], dict(notation, precision=precision))
    for dtype in [np.complex64, np.complex128]:
        values = np.array([1 - 2j, 0.1 + 1e10j, np.nan + 1j, complex(0.0, -0.0)], dtype)
        for attrs in [{}, {"width": 10, "fill": "0"}, {"precision": 2, "width": 8, "fill": "-"},
                      {"shortest": True}, {"scientific": True, "precision": 1}]:
            cases.add("AsString", [values], attrs)
    for dtype in [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]:
        info = np.iinfo(dtype)
        values = np.array([0, 1, 5, 42, info.min, info.max], dtype)
        for width, fill in itertools.product([-1, 0, 6, 25], ["", "0", "+", "-", " ", "#"]):
            cases.add("AsString", [values], {"width": width, "fill": fill})
    cases.add("AsString", [np.array([[True, False]])])
    cases.add("AsString", [np.array([True])], {"width": 8, "fill": "0"})
    for fill in ["", "0", "+", "-", " "]:
        cases.add("AsString", [strings("ab", "", "abcdefgh", b"\xff\xc3")], {"width": 4, "fill": fill})
    cases.add("AsString", [strings("ab", "abcdefgh")], {"width": 5, "precision": 3})
    cases.add("AsString", [np.float32(2.5)])
    cases.add("AsString", [np.zeros([0, 2], np.float32)])
    for value, attrs in [(np.int32([1]), {"precision": 2}), (np.int32([1]), {"scientific": True}),
                         (np.array([True]), {"shortest": True}), (np.float32([1]), {"fill": "x"}),
                         (np.float32([1]), {"scientific": True, "shortest": True}),
                         (np.float32([1]), {"fill": "00"})]:
        cases.add("AsString", [value], attrs, fails=True)



NUMBERS = """1 -1 +1 007 -0 -0.0 1.5 .5 5. 1e5 1E-3 1e+05 -2.25e-2 1e400 1e-400 -1e400 1e-46 1e-40 0.1
inf Inf -inf +inf infinity -INFINITY nan NaN +nan nan() nan(ab_1) NAN(X) 0x1A 0X1P4 -0x10 +0x1 0x.8
0x1.8p3 0x1A.8 0x1. 0x1.p1 0x0 -0x0p0 0x1p-149 0x1p-150 0x1.8p-150 0x1p-1074 0x1.fffffep127
0x1.ffffffp127 0x1.000001p0 0x1.000003p0 0x1.00000100000001p0 0x1p2000 0x1p99999999999
0x1p-99999999999 0x1.fffffffffffff8p0 1e99999999999 1e-99999999999 1.7976931348623157e308
1.7976931348623159e308 3.4028235e38 3.4028236e38 3.40282356779733661637539395458142568448e38
1.4e-45 7.0064923216240854e-46 7.0064923216240853e-46 4.9e-324 2.4703282292062327e-324
2.4703282292062328e-324 2.2250738585072011e-308 2147483647 -2147483648 9223372036854775807
9007199254740993 9007199254740992.5 1.00000005960464477539062500 1.000000059604644775390624
1.0000000596046447753906250000000000000000000000000001 123456789.123456789
00000000000000000000000001 8.5899345e9 16777217 16777219 33554435 0.30000000000000004""".split()
INTEGERS = "0 1 -1 +1 007 -0 +2147483647 -2147483648 2147483647 00000000000000000000000012".split()
NO_NUMBERS = ["", " ", "  \n", "1_000", "1,5", "1e", "1e+", "1e5x", "--1", "+-1", "+ 1", "- 1", ".",
              "+.", "-.e1", "1 2", "1f", "1d", "1L", "0b1", "\u0661", "1e0x1", "0xg", "0x", "0x1p",
              "0x1p+", "0xp1", "0x.p1", "0x1p5.", "nan(", "nan(-)", "nan(\u00e9)", "infx", "in",
              "infinit", "infinity(", "i", "x", "-", "+", "0x1G", "1\0", "e5", "NaN1", "1e5.5"]


def string_to_number():
    spaced = [" 12 ", "12\n", "\t5", "\v1\f", "\r1", "-infinity "]
    wild = [repr(float(v)) for v in random.randn(60) * 10.0 ** random.randint(-50, 40, 60)]
    wild += ["%.*e" % (random.randint(1, 25), v)
             for v in random.randn(60) * 10.0 ** random.randint(-45, 38, 60)]
    for dtype in [tf.float32, tf.float64]:
        cases.add("StringToNumber", [strings(*NUMBERS, *spaced, *wild)], {"out_type": dtype})
    halves = [np.float64(np.float32(v)) for v in random.randn(40)]
    halves = [np.nextafter(v + np.spacing(np.float32(v)) / 2, d) for v in halves
              for d in (-np.inf, v, np.inf)]
    cases.add("StringToNumber", [strings(*["%.60f" % v for v in halves])])
    for text in ["1" + "0" * 400 + "e-400", "0." + "0" * 400 + "1e401", "1" * 800, "0." + "3" * 900]:
        cases.add("StringToNumber", [strings(text)], name="long")
        cases.add("StringToNumber", [strings(text)], {"out_type": tf.float64}, name="long")
    for dtype in [tf.int32, tf.int64]:
        cases.add("StringToNumber", [strings(*INTEGERS, *spaced[:5])], {"out_type": dtype})
    cases.add("StringToNumber", [strings("9223372036854775807", "-9223372036854775808")],
              {"out_type": tf.int64})
    cases.add("StringToNumber", [strings("4294967295", "+0", " 7")], {"out_type": tf.uint32})
    cases.add("StringToNumber", [strings("18446744073709551615", "0")], {"out_type": tf.uint64})
    cases.add("StringToNumber", [np.array([["1"], ["2"]], object)])
    for text in NO_NUMBERS:
        cases.add("StringToNumber", [strings(text)], fails=True, name=repr(text))
        cases.add("StringToNumber", [strings(text)], {"out_type": tf.float64}, fails=True,
                  name=repr(text))
    for text in NO_NUMBERS + ["1.5", "1e5", "inf", "nan", "0x1A", "2147483648", "-2147483649", "5."]:
        cases.add("StringToNumber", [strings(text)], {"out_type": tf.int32}, fails=True,
                  name=repr(text))
    for text in ["9223372036854775808", "-9223372036854775809", "1.0", ""]:
        cases.add("StringToNumber", [strings(text)], {"out_type": tf.int64}, fails=True, name=text)
    for text in ["-1", "-0", "4294967296"]:
        cases.add("StringToNumber", [strings(text)], {"out_type": tf.uint32}, fails=True, name=text)


def single():
    a, b = strings("x", "yy"), np.array("a", object)
    for separator in ["", "-", "<>"]:
        cases.add("StringJoin", [[b, a, b]], {"separator": separator})
        cases.add("StringJoin", [[b, b]], {"separator": separator})
        cases.add("StringJoin", [[np.array([["1", b"\xff"]], object), b]], {"separator": separator})
    cases.add("StringJoin", [[strings("a"), strings("b", "c")]], fails=True)
    texts = strings("", "hello", "h\u00e9llo\u20acx", b"\xff\x80\x80", "a\0b", "\U0001f600\u0301")
    for unit in ["BYTE", "UTF8_CHAR"]:
        cases.add("StringLength", [texts], {"unit": unit})
        for position, length in [(0, 2), (1, 3), (-2, 1), (-1, 9), (2, 0), (1, -1)]:
            cases.add("Substr", [strings("hello", "h\u00e9llo\u20acx", b"a\x80\x80b\xc3"),
                                 np.int32(position), np.int32(length)], {"unit": unit})
        for position in [6, -6]:
            cases.add("Substr", [strings("hello"), np.int64(position), np.int64(1)], {"unit": unit},
                      fails=True)
        cases.add("Substr", [strings("hello"), np.int32([5]), np.int32([3])], {"unit": unit})
        cases.add("Substr", [strings(b"\x80abc", b"\xff\xfea"), np.int32([0, 1]),
                             np.int32([2, 1])], {"unit": unit})
    cases.add("Substr", [np.array("hello", object), np.int32([[0], [1]]), np.int32([[1], [2]])])
    cases.add("Substr", [strings("hello", "world"), np.int64([[1], [2]]), np.int64([[2], [3]])])
    for op in ["StringLower", "StringUpper"]:
        for encoding in ["", "utf-8"]:
            cases.add(op, [strings("", "aBc1Z{@[`", "H\u00c9\u00e0\u00df \u0130 \u0391\u03a3 \u03a3",
                                   "\u0131 \u0149 \ufb01", b"A\xffb")], {"encoding": encoding})
    cases.add("StringStrip", [strings(" \t\n\v\f\r\x1c\x85a b\0 ", "\u00a0x", "", "  ", "a")])


as_string()
string_to_number()
single()
cases.write()

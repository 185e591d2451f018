"""Writes cases/text_cases.json: ops that split, join, match, hash and encode strings.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
import tensorflow as tf
from op_cases import Cases, strings

cases = Cases("text")
random = np.random.RandomState(17)


def split():
    texts = strings("a b c", "", " a  b ", "a,b;c", ",", "x", "\ta\nb\v", b"\xff,\x80", "h\u00e9")
    for separator, skip in itertools.product([" ", ",", ",;", ""], [True, False]):
        cases.add("StringSplit", [texts, np.array(separator, object)], {"skip_empty": skip})
    for separator, limit in itertools.product(["", " ", ",", "b c", "aa"], [-1, 0, 1, 2]):
        cases.add("StringSplitV2", [strings(*texts, "aaaa", "aaa", "b c"),
                                    np.array(separator, object)], {"maxsplit": limit})
    cases.add("StringSplitV2", [strings(), np.array("", object)])


def join():
    cube = np.array([[["a", "bb"], ["c", ""]], [["d", "e"], [b"\xff", "f"]],
                     [["1", "2"], ["3", "4"]]], object)
    for axes, keep, separator in itertools.product(
            [[0], [2], [-1], [0, 1], [1, 0], [2, 0, 1], []], [True, False], ["", "-"]):
        cases.add("ReduceJoin", [cube, np.array(axes, np.int32)],
                  {"keep_dims": keep, "separator": separator}, name=f"{axes} {keep} {separator}")
    cases.add("ReduceJoin", [cube, np.int32(1)])
    cases.add("ReduceJoin", [np.zeros([2, 0], object), np.int32([1])])
    cases.add("ReduceJoin", [np.zeros([0, 2], object), np.int32([1])])
    cases.add("ReduceJoin", [np.array("x", object), np.zeros([0], np.int32)])
    for axes in [[3], [0, 0], [0, -3]]:
        cases.add("ReduceJoin", [cube, np.array(axes, np.int32)], fails=True)
    for dtype in [np.int32, np.int64]:
        cases.add("UnsortedSegmentJoin", [cube, dtype([1, 0, 1]), np.int32(3)], {"separator": ","})
        cases.add("UnsortedSegmentJoin", [cube, dtype([[1, 0], [1, 1], [0, 0]]), np.int64(2)])
    for ids in [[0, 2], [0, -1]]:
        cases.add("UnsortedSegmentJoin", [strings("a", "b"), np.int32(ids), np.int32(2)], fails=True)


def ngrams():
    tokens = strings("a", "b", "c", "d", "e", "f")
    for splits in [[0, 2, 2, 6], [0, 6], [0, 1, 3, 6]]:
        for widths, pad, keep in itertools.product([[1], [2], [2, 3], [5]], [-1, 0, 1, 5],
                                                   [True, False]):
            cases.add("StringNGrams", [tokens, np.int64(splits)], dict(
                separator="|", ngram_widths=widths, left_pad="<", right_pad=">", pad_width=pad,
                preserve_short_sequences=keep), name=f"{splits} {widths} {pad} {keep}")
    cases.add("StringNGrams", [tokens, np.int32([0, 6])], dict(
        separator="", ngram_widths=[2], left_pad="", right_pad="", pad_width=0,
        preserve_short_sequences=False))


def regex():
    texts = strings("", "abc", "aXbXXc", "foo123bar45", "h\u00e9llo w\u00f6rld", "a\nb", "AbC", "a.b",
                    "  x  ", "\u4e2d\u6587 text")
    patterns = ["", "a", "b*", "X", "[0-9]+", "(\\w+) (\\w+)", ".", "\\bw", "^a|c$", "(?i)abc",
                "\\pL+", "[^a-z]", "a.b", "(?s)a.b", "\\s+", "(a)(x)?", "(?P<n>[a-z]+)", "$", "^",
                "\\d{2,}", "[[:upper:]]", "x*?", "(|a)*", "\\."]
    for pattern in patterns:
        for rewrite, everywhere in [("<\\0>", True), ("_", True), ("<\\1>", False), ("\\\\", True)]:
            attrs = {"pattern": pattern, "rewrite": rewrite, "replace_global": everywhere}
            cases.add("StaticRegexReplace", [texts], attrs, name=f"{pattern!r} {rewrite}")
        cases.add("StaticRegexFullMatch", [texts], {"pattern": pattern}, name=repr(pattern))
    for pattern in ["abc", ".*b.*", "a|ab|abc", "h.llo.*"]:
        cases.add("RegexFullMatch", [texts.reshape([2, 5]), np.array(pattern, object)])
    for rewrite in ["\\2-\\1", "\\3"]:
        cases.add("RegexReplace", [strings("one two three four"),
                                   np.array("(\\w+) (\\w+)", object), np.array(rewrite, object)])
        cases.add("RegexReplace", [strings("one two three four"), np.array("(\\w+) (\\w+)", object),
                                   np.array(rewrite, object)], {"replace_global": False})
    for pattern in ["^|$", "^h?\u00e9|l"]:
        cases.add("StaticRegexReplace", [strings("h\u00e9\u00e9llo", "\u00e9\u4e2d", "\U0001f600")],
                  {"pattern": pattern, "rewrite": "[\\0]", "replace_global": True})
    for pattern in ["(", "a**", "[", "(?=a)"]:
        cases.add("RegexFullMatch", [texts, np.array(pattern, object)], fails=True)


def hashes():
    texts = strings("", "a", "ab", "abc", "hello", b"\xff\x80",
                    *[bytes(random.randint(0, 256, n, np.uint8)) for n in
                      list(range(4, 70)) + [100, 127, 128, 129, 191, 192, 193, 256, 300, 1000]])
    for op in ["StringToHashBucketFast", "StringToHashBucket"]:
        for buckets in [1, 10, 2**31, 2**62 + 1]:
            cases.add(op, [texts if op.endswith("Fast") else texts], {"num_buckets": buckets})
    for key in [[0, 0], [123, 456], [-1, 2**62]]:
        cases.add("StringToHashBucketStrong", [texts], {"num_buckets": 2**60, "key": key})
    method = np.array("farmhash64", object)
    cases.add("Fingerprint", [texts, method])
    cases.add("Fingerprint", [texts[:6].reshape([2, 3]), method])
    cases.add("Fingerprint", [texts[:6].reshape([6, 1, 1]), method])
    for dtype in [np.float32, np.int64, np.uint8]:
        cases.add("Fingerprint", [random.randint(0, 99, [4, 3]).astype(dtype), method])


def coding():
    texts = strings("", "a", "ab", "abc", "abcd", b"\xff\xfe\xfb", "???>>>", "hello world")
    for pad in [True, False]:
        coded, = cases.add("EncodeBase64", [texts], {"pad": pad})
        cases.add("DecodeBase64", [coded])
    for text in ["!", "ab+/", "a", "abcde"]:
        cases.add("DecodeBase64", [strings(text)], fails=True)
    raw = strings(b"\x01\x02\x03\x04\x05\x06\x07\x08" * 2, b"\xff\xfe\x80\x00\x3f\x80\x40\x00" * 2)
    for dtype in [tf.float32, tf.float64, tf.float16, tf.int8, tf.uint8, tf.int16, tf.uint16,
                  tf.int32, tf.int64, tf.complex64, tf.complex128]:
        for little in [True, False]:
            attrs = {"out_type": dtype, "little_endian": little}
            cases.add("DecodeRaw", [raw.reshape([2, 1])], attrs, name=dtype.name)
    for dtype in [tf.float32, tf.uint8, tf.int16, tf.int64]:
        for length in [8, 16, 24]:
            for little in [True, False]:
                attrs = {"out_type": dtype, "little_endian": little}
                cases.add("DecodePaddedRaw", [raw, np.int32(length)], attrs, name=dtype.name)
    cases.add("DecodeRaw", [strings("", "")], {"out_type": tf.int32})
    cases.add("DecodeRaw", [strings("abc")], {"out_type": tf.int32}, fails=True)
    cases.add("DecodeRaw", [strings("abcd", "abcdefgh")], {"out_type": tf.int32}, fails=True)


BROKEN = [b"a\xffb", b"\xe2\x82", b"\xe2\x28\xa1", b"\xf0\x9f\x98", b"\xf0\x9f\x98\x80\x80", b"\xc0\xaf",
          b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"a\xc3", b"\xc3\x28", b"\x80\x80"]


def unicode():
    good = ["", "abc", "h\u00e9llo", "\u4e2d\u6587", "\U0001f600x", "a\tb\nc\x00d", "\u00a0\u2028"]
    for errors, controls in itertools.product(["replace", "ignore"], [True, False]):
        attrs = {"errors": errors, "replace_control_characters": controls}
        for op in ["UnicodeDecode", "UnicodeDecodeWithOffsets"]:
            cases.add(op, [strings(*good, *BROKEN)], dict(attrs, input_encoding="UTF-8"))
            # Not with Tsplits=int32: TensorFlow's kernel aborts the process.
            cases.add(op, [strings(*good).reshape([1, -1])], dict(
                attrs, input_encoding="UTF-8", replacement_char=63))
        for output in ["UTF-8", "UTF-16-BE", "UTF-32-BE"]:
            cases.add("UnicodeTranscode", [strings(*good, *BROKEN)], dict(
                attrs, input_encoding="UTF-8", output_encoding=output))
    for name, codec in [("UTF-16-BE", "utf-16-be"), ("UTF-32-BE", "utf-32-be"),
                        ("UTF-16-LE", "utf-16-le"), ("latin1", "latin1"), ("US-ASCII", "ascii"),
                        ("ISO-8859-1", "latin1"), ("windows-1252", "cp1252"),
                        ("Shift_JIS", "shift_jis"), ("EUC-JP", "euc-jp"), ("KOI8-R", "koi8-r")]:
        texts = [t.encode(codec, "ignore") for t in good + ["\u0444\u044b \u3042"]]
        for op in ["UnicodeDecodeWithOffsets"]:
            cases.add(op, [strings(*texts)], {"input_encoding": name}, name=name)
        cases.add("UnicodeTranscode", [strings(*texts)], {
            "input_encoding": name, "output_encoding": "UTF-8"}, name=name)
    for errors in ["strict"]:
        cases.add("UnicodeDecode", [strings(*good)], {"errors": errors, "input_encoding": "UTF-8"})
        cases.add("UnicodeDecode", [strings("a", b"\xff")], {
            "errors": errors, "input_encoding": "UTF-8"}, fails=True)
    points = np.int32([97, 0xe9, 0x4e2d, 0x1f600, 0xd800, 0x110000, -1, 0xffff, 0, 9, 0xfdd0, 65])
    for errors, output in itertools.product(["replace", "ignore"],
                                            ["UTF-8", "UTF-16-BE", "UTF-32-BE"]):
        for dtype in [np.int32, np.int64]:
            cases.add("UnicodeEncode", [points, dtype([0, 3, 3, 8, 12])], {
                "errors": errors, "output_encoding": output}, name=f"{errors} {output}")
    cases.add("UnicodeEncode", [points[:4], np.int64([0, 4])], {
        "errors": "strict", "output_encoding": "UTF-8"})
    cases.add("UnicodeEncode", [points, np.int64([0, 12])], {
        "errors": "strict", "output_encoding": "UTF-8"}, fails=True)
    cases.add("UnicodeScript", [np.int32([97, 0x430, 0x4e2d, 0x3042, 0x600, 32, 0x300, 0x378, -1,
                                          0x110000, 0x10ffff, 0x1f600, 0xd800, 0x1e030])])


def text_format():
    numbers = np.float32([1, 2.5, -0.1, 1e10, 123456789, 1e-5, 1e-4, np.nan, np.inf, -np.inf, 0, 1 / 3])
    operands = [np.int32(5), np.float32(0.1), np.float64(1 / 3), np.array("x y", object), np.array(True),
                np.array([True, False]), np.int32(range(10)), np.arange(48).reshape([2, 4, 6]),
                np.arange(14).reshape([7, 2]), numbers, numbers.astype(np.float64),
                np.float16([0.1, 1000.5]), strings("a", "b\n", "c\"d"),
                strings("h\u00e9", b"\x00\x1f\x7f\x80\xff'\\\t\r"), np.zeros([0], np.float32),
                np.zeros([2, 0], np.int32), np.uint8([1, 255]), np.int8([-1]), np.int64([2**62]),
                np.uint64([2**64 - 1]), np.complex64([1 - 2.5j]), np.ones([1, 1, 1, 1], np.float32)]
    for operand, shown in itertools.product(operands, [3, 1, -1]):
        cases.add("StringFormat", [[operand]], {"template": "<%s>", "summarize": shown},
                  name=f"{operand.dtype}{list(operand.shape)} {shown}")
    cases.add("StringFormat", [[np.int32(1), np.float32([2])]], {"template": "{}\u00e9{}",
                                                             "placeholder": "{}"})


def csv():
    lines = strings("1,2.5,x,7", "-3,1e3,\"a,\"\"b\"\"\",9223372036854775807", "4,,,8", "5,.5,\"\",1")
    defaults = [np.int32([0]), np.float32([-1]), strings("none"), np.zeros([0], np.int64)]
    cases.add("DecodeCSV", [lines, defaults])
    cases.add("DecodeCSV", [lines.reshape([2, 2]), [np.int32([0]), np.float64([-1]), strings("none"),
                                                    np.int64([])]])
    cases.add("DecodeCSV", [strings("1;2;;", "a;b;\"c\";NA"), [strings("w"), strings("x"), strings("y"),
                            strings("z")]], {"field_delim": ";", "na_value": "NA"})
    cases.add("DecodeCSV", [strings("1,2,3,4,5", "6,7,8,9,"), [np.int32([0]), np.int32([1])]],
              {"select_cols": [1, 3]})
    cases.add("DecodeCSV", [strings("1,\"2,3"), [strings("")] * 3], {"use_quote_delim": False})
    cases.add("DecodeCSV", [strings(" 1 ,\t2"), [np.int32([]), np.float32([])]])
    for line in ["1,2", "x,1,2,3", ",1,2,", "1,2,\"3,4", "1,2,a\"b,4", "1,2,\"a\"b,4", "1,2,3,4,5", ""]:
        cases.add("DecodeCSV", [strings(line), defaults], fails=True, name=line)


for family in [split, join, ngrams, regex, hashes, coding, unicode, text_format, csv]:
    family()
cases.write()

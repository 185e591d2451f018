"""Writes cases/tf_text_cases.json and cases/tf_text_programs.json: ops of TensorFlow Text.

Needs TensorFlow 2.21 and TensorFlow Text 2.21.
"""

import numpy as np
from op_cases import Cases, strings, tf
from op_programs import Programs
import tensorflow_text  # noqa: F401  registers its ops
from tensorflow_text.core.pybinds import pywrap_whitespace_tokenizer_config_builder as spaces

cases = Cases("tf_text")
programs = Programs("tf_text")

TEXTS = strings("Caf\u00e9 ﬁne", " leading and\ttrailing \n", "", "a\u3000b\u00a0c\u2028d",
                "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8 abc 123", "!?", "it's 3.5%\u2014ok",
                "e\u0301\u0323 \u1e9b\u0323", "\U0001f600 smile", "\u0440\u0443\u0441 \u03b1\u03b2")
BROKEN = strings(b"\xff", b"A\xc3", b"\xe2\x82B", b"\xf0\x9fX\xc3\x89", b"A\xed\xa0\x80B\xcc\x81",
                 b"\xc0\x80")
FOLDED = strings("Stra\u00dfe", "\u0130I\u0131", "\u03a3\u03b1\u03c2", "\u13a0\uab70\u13f8", "a\u00adb\u200d",
                 "\u1e9e\u2126\u212a\u212b", "\ufb03\u01c5", "\u1f88\u1fb7\u1fbc", "\U00010400\U0001d6a4",
                 "\u3392\u00bd\u2162", "\u0345\u0390\u03b0", "\u10a0\u1c90\u2c00", "\uff21\uff9f\u1100\u1161")


def normal_forms():
    for texts in [TEXTS, FOLDED, BROKEN]:
        cases.add("CaseFoldUTF8", [texts])
        for form in ["NFC", "NFD", "nfkc", "NFKD"]:
            cases.add("NormalizeUTF8", [texts], {"normalization_form": form})
    cases.add("CaseFoldUTF8", [np.array("A", object)])
    cases.add("NormalizeUTF8", [TEXTS[:1]], {"normalization_form": "NFX"}, fails=True)


def splits():
    config = np.array(spaces.build_whitespace_tokenizer_config(), object)
    cases.add("TFText>WhitespaceTokenizeWithOffsetsV2", [TEXTS, config])
    cases.add("TFText>WhitespaceTokenizeWithOffsetsV2", [strings(), config])
    bert = (r"(\s+|[!-/]|[:-@]|[\[-`]|[{-~]|[\p{P}]|[\x{4E00}-\x{9FFF}])", r"[!-/]|[\p{P}]|"
            r"[\x{4E00}-\x{9FFF}]")
    for delimiter, kept in [bert, (r"(\s)", ""), (r"([\s,]+)", r"\s+"), ("(a|b)", "a"),
                             ("^(.)", "."), ("a", "a"), ("a(b| )c?", "")]:
        cases.add("RegexSplitWithOffsets", [TEXTS, np.array(delimiter, object),
                                            np.array(kept, object)])
    for dtype in [np.int64, np.int32]:
        rows = [np.int32([ord(c) for c in (t if isinstance(t, str) else t.decode())])
                for t in TEXTS]
        ends = np.cumsum([0] + [len(r) for r in rows]).astype(dtype)
        cases.add("WhitespaceTokenizeWithOffsets", [np.concatenate(rows), ends])
        for keeps in [True, False]:
            cases.add("UnicodeScriptTokenizeWithOffsets", [np.concatenate(rows), ends],
                      {"keep_whitespace": keeps})


def pieces():
    vocabulary = strings("want", "##want", "##ed", "wa", "un", "runn", "##ing", ",", "caf", "##\u00e9",
                         "##e", "\u65e5", "##\u672c", "x")
    words = strings("unwanted", "running", "wanted", "unknown", "", "cafe", "caf\u00e9", "\u65e5\u672c",
                    "\u65e5\u8a9e", "xxx", "unwantedunwanted", ",", "un\u00e9")
    for attrs in [{}, {"use_unknown_token": False}, {"split_unknown_characters": True},
                  {"split_unknown_characters": True, "use_unknown_token": False},
                  {"max_bytes_per_word": 7}, {"max_bytes_per_word": 7, "use_unknown_token": False},
                  {"max_chars_per_token": 3}, {"output_row_partition_type": "row_splits"},
                  {"suffix_indicator": ""}]:
        p = programs.start(f"wordpiece {attrs}")
        table = p.run("HashTableV2", key_dtype=tf.string, value_dtype=tf.int64)
        p.run("InitializeTableV2", table, vocabulary, np.arange(len(vocabulary)))
        p.run("WordpieceTokenizeWithOffsets", words, table, **{
            "suffix_indicator": "##", "max_bytes_per_word": 100, "use_unknown_token": True,
            "unknown_token": "[UNK]", **attrs})


for family in [normal_forms, splits, pieces]:
    family()
cases.write()
programs.write()

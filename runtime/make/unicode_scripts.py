#!/usr/bin/env python3
"""Writes unicode_scripts.tsv: the number of the script of every code point, as TensorFlow gives it.

A line is the first code point of a run (hexadecimal) and the number that all of the run have.
Needs TensorFlow 2.21 (Unicode 13).
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = os.path.join(HERE, "../src/main/resources/org/signet/op/flex/text/unicode_scripts.tsv")

scripts = tf.strings.unicode_script(np.arange(0x110000, dtype=np.int32)).numpy()
with open(PATH, "w") as file:
    for i, script in enumerate(scripts):
        if i == 0 or script != scripts[i - 1]:
            file.write(f"{i:x}\t{script}\n")

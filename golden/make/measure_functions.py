"""Measures the special functions that become builtins, for docs/accuracy.md.

    VENV/bin/python golden/make/measure_functions.py DIR          # tensorflow==2.21.0

Saves a model of each function as DIR/NAME, which `signet convert DIR/NAME -o DIR/NAME.tflite` is then
to convert; where that file is there, runs it in TFLite's interpreter and compares with TensorFlow's
float64 kernel. Printed is the largest error, in parts of the larger of 1 and the result, and where.
"""
import os
import sys

import numpy as np
import tensorflow as tf

RANGES = {
    "Acos": [(-1, 1)], "Acosh": [(1, 1e6)], "Asin": [(-1, 1)], "Asinh": [(-1e6, 1e6)], "Atan": [(-1e6, 1e6)],
    "Atanh": [(-0.999999, 0.999999)], "Cosh": [(-88, 88)], "Digamma": [(1e-3, 1e3), (-20, 0)],
    "Erf": [(-6, 6)], "Erfc": [(-6, 9)], "Erfinv": [(-0.999999, 0.999999)], "Lgamma": [(1e-3, 1e3), (-20, 0)],
    "Sinh": [(-88, 88)], "Tan": [(-1.5, 1.5)]}


def points(low, high):
    """Evenly, and evenly by logarithm; below 0 not within 0.001 of the poles."""
    even = np.linspace(low, high, 200_000)
    small = np.exp(np.linspace(np.log(1e-30), np.log(max(abs(low), abs(high))), 100_000))
    x = np.unique(np.concatenate([even, small, -small]).astype(np.float32))
    x = x[(x >= low) & (x <= high)]
    return x[np.abs(x - np.round(x)) > 1e-3] if low == -20 else x


def main(folder):
    for name, ranges in RANGES.items():
        op, path = getattr(tf.raw_ops, name), os.path.join(folder, name)
        module = tf.Module()
        module.f = tf.function(lambda x: {"y": op(x=x)}, input_signature=[tf.TensorSpec([None], tf.float32, name="x")])
        if not os.path.exists(path):
            tf.saved_model.save(module, path, signatures={"f": module.f.get_concrete_function()})
        if not os.path.exists(path + ".tflite"):
            continue
        runner = tf.lite.Interpreter(path + ".tflite").get_signature_runner("f")
        for low, high in ranges:
            x = points(low, high)
            exact = op(x=tf.constant(x, tf.float64)).numpy()
            known = np.isfinite(exact.astype(np.float32))
            errors = []
            for result in (runner(x=x)["y"], op(x=tf.constant(x)).numpy()):
                error = np.abs(result - exact) / np.maximum(1, np.abs(exact))
                errors.append(np.where(known, error, 0))
            print(f"{name} {low}..{high}: {errors[0].max():.1e} at {x[errors[0].argmax()]:.7g}, TensorFlow {errors[1].max():.1e}")


main(sys.argv[1])

"""Runs a model file in LiteRT, with XNNPACK as it is by default.

    python peer_run.py MODEL.tflite INPUTS --results DIR     writes each output there, as .npy
    python peer_run.py MODEL.tflite INPUTS --calls N         times calls, prints JSON

INPUTS is a folder of NAME.npy, one for each input of the only signature. Uses `ai_edge_litert` if it
is installed, else `tensorflow`.
"""

import argparse
import json
import statistics
import time
from pathlib import Path

import numpy as np

try:
    from ai_edge_litert.interpreter import Interpreter
except ImportError:
    import tensorflow

    Interpreter = tensorflow.lite.Interpreter

WARM_UP_SECONDS = 3


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("inputs", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--calls", type=int, default=0)
    options = parser.parse_args()
    interpreter = Interpreter(model_path=options.model, num_threads=options.threads)
    inputs = {path.stem: np.load(path) for path in options.inputs.glob("*.npy")}
    # The runner has to be gone before invocations: they are refused as long as it refers to tensors.
    outputs = interpreter.get_signature_runner()(**inputs)
    if options.results:
        options.results.mkdir(parents=True, exist_ok=True)
        for name, value in outputs.items():
            np.save(options.results / f"{name}.npy", value)
    if options.calls:
        print(json.dumps(times(interpreter, options.calls)))


def times(interpreter, calls):
    """Microseconds of invocations; what a runner adds for Python's sake is left out."""
    end = time.perf_counter() + WARM_UP_SECONDS
    while time.perf_counter() < end:
        interpreter.invoke()
    seconds = []
    for _ in range(calls):
        start = time.perf_counter()
        interpreter.invoke()
        seconds.append(time.perf_counter() - start)
    return {"min_us": 1e6 * min(seconds), "med_us": 1e6 * statistics.median(seconds)}


if __name__ == "__main__":
    main()

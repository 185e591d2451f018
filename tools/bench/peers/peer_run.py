"""Runs a model file in LiteRT, with XNNPACK as it is by default.

    python peer_run.py MODEL.tflite INPUTS --results DIR     writes each output there, as .npy
    python peer_run.py MODEL.tflite INPUTS --calls N         times calls, prints JSON
        --interpreters 2                                     also of so many at once

INPUTS is a folder of NAME.npy, one for each input of the only signature. Uses `ai_edge_litert` if it
is installed, else `tensorflow`.
"""

import argparse
import json
import statistics
import threading
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
    parser.add_argument("--interpreters", type=int, default=1)
    options = parser.parse_args()
    inputs = {path.stem: np.load(path) for path in options.inputs.glob("*.npy")}
    python = resident()
    start = time.perf_counter()
    interpreter, outputs = first_result(options, inputs)
    first = time.perf_counter() - start
    if options.results:
        options.results.mkdir(parents=True, exist_ok=True)
        for name, value in outputs.items():
            np.save(options.results / f"{name}.npy", value)
    if options.calls:
        results = {"first_ms": 1e3 * first, **times(interpreter, options.calls)}
        results["rss_mb"] = resident() - python
        if options.interpreters > 1:
            others = [first_result(options, inputs)[0] for _ in range(options.interpreters - 1)]
            results["sessions"] = throughput([interpreter, *others], options.calls * results["med_us"] / 1e6)
        print(json.dumps(results))


def first_result(options, inputs):
    interpreter = Interpreter(model_path=options.model, num_threads=options.threads)
    # The runner has to be gone before invocations: they are refused as long as it refers to tensors.
    return interpreter, interpreter.get_signature_runner()(**inputs)


def resident():
    """Megabytes that this process has resident; Python's own are taken off by who asks twice."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def times(interpreter, calls):
    """Microseconds of invocations; what a runner adds for Python's sake is left out."""
    invoke_for(interpreter, WARM_UP_SECONDS)
    seconds = []
    for _ in range(calls):
        start = time.perf_counter()
        interpreter.invoke()
        seconds.append(time.perf_counter() - start)
    return {"min_us": 1e6 * min(seconds), "med_us": 1e6 * statistics.median(seconds)}


def invoke_for(interpreter, seconds):
    """Invokes it for so long; how often."""
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        interpreter.invoke()
        count += 1
    return count


def throughput(interpreters, seconds):
    """Calls a second of one interpreter, and of all at once, each in a thread: the best of five turns."""
    seconds = max(seconds, 0.1)
    alone, together = 0, 0
    for _ in range(5):
        alone = max(alone, calls_per_second(interpreters[:1], seconds))
        together = max(together, calls_per_second(interpreters, seconds))
    return {"alone_per_s": alone, "together_per_s": together}


def calls_per_second(interpreters, seconds):
    counts = [0] * len(interpreters)

    def work(i):
        counts[i] = invoke_for(interpreters[i], seconds)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(interpreters))]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()

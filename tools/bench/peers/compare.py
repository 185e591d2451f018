"""Measures Signet beside TensorFlow's own converter and TensorFlow Lite, on the same models.

    python compare.py --signet PATH [--java PATH] [--models NAME,...] [--large] [--runs N] ...

See README.md. First both sides' results are compared with TensorFlow's numbers: what is wrong is not
measured. Then whole processes are measured in turns, signet, peer, signet, peer, so that whatever else
the machine does falls on both.
"""

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path

import numpy as np

from processes import measure, output, print_table

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent / "target/signet-bench"
JVM = ["--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"]
SMALL = ["encode-decode", "mobilenet-v2"]
LARGE = "encoder"
CACHE_SECONDS = 180
TOLERANCE = 1e-5  # of the largest value


def main():
    options = arguments()
    work = Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    # A start-up cache of its own: made before anything is measured, used by every run.
    os.environ["SIGNET_CACHE"] = "off" if options.no_cache else str(work / "cache")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    rows = []
    for name in options.models:
        folder = work / name
        make(name, folder)
        converters = converter_commands(options, folder)
        for side, command in converters.items():
            measure(command, folder / f"{side}.log")
        loops = {} if (folder / "expected.json").exists() else loop_commands(options, folder)
        if loops:
            check_numbers(loops, folder)
        else:
            check_strings(options, folder)
        wait_for_cache(work / "cache", options)
        rows += measure_conversion(name, converters, folder, options.runs)
        if loops:
            rows += measure_inference(name, loops, options)
    print_table(rows)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--signet", required=True, help="the launcher in the root of a checkout")
    parser.add_argument("--java", default=default_java(), help="a JDK 25's java, for inference")
    parser.add_argument("--work", default=HERE.parent / "target/peers", help="a folder for models and results")
    parser.add_argument("--models", default=",".join(SMALL), help=f"of {SMALL + [LARGE]}")
    parser.add_argument("--large", action="store_true", help=f"also {LARGE}, of 400 MB")
    parser.add_argument("--runs", type=int, default=5, help="processes of each side")
    parser.add_argument("--calls", type=int, default=50, help="inferences measured per process")
    parser.add_argument("--warm-up", type=float, default=10, help="seconds before those")
    parser.add_argument("--no-cache", action="store_true", help="without Signet's start-up cache")
    options = parser.parse_args()
    options.models = options.models.split(",") + [LARGE] * options.large
    if not any(PROGRAM.glob("*.jar")):
        sys.exit("build the benchmarks first: mvn -q -Dquick -pl tools/bench -am package")
    return options


def default_java():
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def make(name, folder):
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        measure([sys.executable, HERE / "models.py", name, folder], folder / "make.log")
        (folder / "made").touch()


def converter_commands(options, folder):
    return {
        "signet": [options.signet, "convert", folder / "model", "-o", folder / "signet.tflite"],
        "peer": [sys.executable, HERE / "peer_convert.py", folder / "model", folder / "peer.tflite"],
    }


def loop_commands(options, folder):
    """Each side runs its own file; the arguments that differ between uses are added there."""
    class_path = f"{PROGRAM}/signet-bench.jar"
    java = [options.java, "-XX:+UseSerialGC", *JVM, "-cp", class_path]
    loops = {
        "signet": [*java, "org.signet.bench.InferenceLoop"],
        "peer": [sys.executable, HERE / "peer_run.py"],
    }
    return {
        side: [*loop, folder / f"{side}.tflite", folder / "input.npy", folder / f"{side}.npy"]
        for side, loop in loops.items()
    }


def wait_for_cache(cache, options):
    """The launcher makes its caches behind the first commands' backs, which would disturb the next."""
    end = time.monotonic() + CACHE_SECONDS
    time.sleep(1)
    while not options.no_cache and time.monotonic() < end:
        if any(cache.glob("*.key")) and not any(cache.glob("*.lock")):
            return
        time.sleep(0.5)


def check_numbers(loops, folder):
    expected = np.load(folder / "expected.npy")
    tolerance = TOLERANCE * float(np.max(np.abs(expected)))
    for side, loop in loops.items():
        output([*loop, "0", "0"])
        result = np.load(folder / f"{side}.npy")
        np.testing.assert_allclose(result, expected, rtol=0, atol=tolerance, err_msg=side)
    peer, ours = np.load(folder / "peer.npy"), np.load(folder / "signet.npy")
    error, largest = (float(np.max(np.abs(values))) for values in (peer - ours, expected))
    print(f"{folder.name}: both agree with TensorFlow, and differ by {error:.2g} at most, of {largest:.2g}")


def check_strings(options, folder):
    """TensorFlow Lite's wheel has no Flex ops: Signet runs both files."""
    for signature, values in json.loads((folder / "expected.json").read_text()).items():
        values = dict(values)
        given = json.dumps(values.pop("x"))
        for side in ("signet", "peer"):
            result = output(
                [options.signet, "run", folder / f"{side}.tflite", "--json"]
                + ["--signature", signature, "--input", f"x={given}"]
            )
            same(json.loads(result), values, f"{side}: {signature}")
    print(f"{folder.name}: signet's and the peer's files give TensorFlow's results")


def same(result, expected, what):
    for name, values in expected.items():
        if isinstance(values[0], str):
            assert result[name] == values, f"{what}: {result[name]} for {values}"
        else:
            np.testing.assert_allclose(result[name], values, rtol=1e-6, err_msg=what)


def measure_conversion(name, converters, folder, runs):
    usages = {side: [] for side in converters}
    for _ in range(runs):
        for side, command in converters.items():
            usages[side].append(measure(command, folder / f"{side}.log"))
    rows = []
    for label, field in [("wall s", "wall"), ("user+sys s", "cpu"), ("peak MiB", "memory")]:
        values = ([getattr(usage, field) for usage in usages[side]] for side in ("signet", "peer"))
        rows.append((f"{name} convert, {label}", *values))
    sizes = [[(folder / f"{side}.tflite").stat().st_size / 2**20] for side in ("signet", "peer")]
    return [*rows, (f"{name} file, MiB", *sizes)]


def measure_inference(name, loops, options):
    times = {side: [] for side in loops}
    for _ in range(options.runs):
        for side, loop in loops.items():
            printed = output([*loop, str(options.warm_up), str(options.calls)])
            times[side] += [1000 * second for second in json.loads(printed.splitlines()[-1])]
    return [(f"{name} call, ms", times["signet"], times["peer"])]


if __name__ == "__main__":
    main()

"""Measures Signet beside TensorFlow's converter and LiteRT, on the same networks in the same run.

    python compare.py --signet ./signet [--networks NAME,...] [--runs N] ...

See README.md. First both sides' results are compared with TensorFlow's numbers: what is wrong is not
measured. Then whole processes are measured in turns, signet, peer, signet, peer, so that whatever else
the machine does falls on both.
"""

import argparse
import importlib.util
import json
import os
import shutil
import sys
import time
from pathlib import Path

import numpy as np

from processes import ProcessFailed, measure, output
from table import Row, print_table

HERE = Path(__file__).resolve().parent
SIGNATURE = "serving_default"
IMAGES = ["mobilenet-v2", "resnet-50", "efficientnet-b0"]
SMALL = ["encode-decode", *IMAGES, "keyword-spotting", "lstm", "keras2-lstm"]
LARGE = ["bert", "chain-1000", "chain-5000", "chain-20000", "chain-50000"]
CACHE_SECONDS = 180
TOLERANCE = 1e-4  # of the largest value


def main():
    options = arguments()
    work = Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    # A start-up cache of its own: made before anything is measured, used by every run.
    os.environ["SIGNET_CACHE"] = str(work / "cache")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if importlib.util.find_spec("tensorflow") is None:
        sys.exit(f"{sys.executable} has no tensorflow: install tensorflow==2.21.0 there")
    rows = []
    for name in options.networks:
        folder = work / name
        try:
            if make(name, folder, options):
                rows += compare(name, folder, options)
        except (ProcessFailed, AssertionError) as problem:
            print(f"{name}: left out: {problem}", file=sys.stderr)
    print_table(rows)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--signet", required=True, help="the launcher in the root of a checkout")
    parser.add_argument("--work", default=HERE.parent / "target/peers", help="for models and results")
    parser.add_argument("--networks", default=",".join(SMALL), help=f"of {SMALL + LARGE}")
    parser.add_argument("--large", action="store_true", help=f"also {LARGE}: takes half an hour")
    parser.add_argument("--keras2-python", help="a Python with tensorflow 2.15, for keras2-lstm")
    parser.add_argument("--runs", type=int, default=5, help="processes of each side")
    parser.add_argument("--calls", type=int, default=100, help="inferences timed per process")
    parser.add_argument("--threads", default="1,2", help="numbers of threads for inference")
    parser.add_argument("--only", choices=["conversion", "inference"])
    options = parser.parse_args()
    options.networks = options.networks.split(",") + LARGE * options.large
    options.threads = [int(count) for count in options.threads.split(",") if count]
    options.signet = str(Path(options.signet).resolve())
    return options


def make(name, folder, options):
    """Makes a network unless it is there. False, with a message, if it needs what is not there."""
    if (folder / "made").exists():
        return True
    python = options.keras2_python if name.startswith("keras2-") else sys.executable
    if not python:
        print(f"{name}: skipped, needs --keras2-python", file=sys.stderr)
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    measure([python, HERE / "networks.py", name, folder], folder / "make.log")
    (folder / "made").touch()
    return True


def compare(name, folder, options):
    converters = {
        "signet": [options.signet, "convert", folder / "model", "-o", folder / "signet.tflite"],
        "peer": [sys.executable, HERE / "peer_convert.py", folder / "model", folder / "peer.tflite"],
    }
    for side, command in converters.items():
        measure(command, folder / f"{side}.log")
    strings = (folder / "expected.json").exists()
    same = check_strings(options, folder) if strings else check_numbers(options, folder)
    wait_for_caches(Path(os.environ["SIGNET_CACHE"]))
    rows = []
    if options.only != "inference":
        rows += conversion(name, converters, folder, options.runs)
    if options.only != "conversion" and same and not name.startswith("chain-"):
        for threads in options.threads:
            rows += inference(name, folder, threads, options)
        rows.append(sessions(name, folder, options))
    return rows


def wait_for_caches(cache):
    """The launcher makes its caches behind the first commands' backs, which would disturb the next."""
    end = time.monotonic() + CACHE_SECONDS
    time.sleep(1)
    while any(cache.glob("*.lock")) and time.monotonic() < end:
        time.sleep(0.5)


def check_numbers(options, folder):
    """Whether both sides' files give TensorFlow's numbers. Only ours has to; the peer's may need Flex."""
    inputs = {path.stem: path for path in sorted((folder / "inputs").glob("*.npy"))}
    given = [word for name, path in inputs.items() for word in ("--input", f"{name}=@{path}")]
    results = folder / "results"
    shutil.rmtree(results, ignore_errors=True)
    run = [options.signet, "run", folder / "signet.tflite", "--signature", SIGNATURE, *given]
    output([*run, "--output-dir", results / "signet"])
    index = json.loads((results / "signet/outputs.json").read_text())[0]
    check(folder, lambda name: np.load(results / "signet" / index[name]), "signet")
    try:
        output([*peer_command(folder, 1), "--results", results / "peer"])
    except ProcessFailed as problem:
        print(f"{folder.name}: LiteRT can't run its file: {problem}", file=sys.stderr)
        return False
    check(folder, lambda name: np.load(results / "peer" / f"{name}.npy"), "peer")
    print(f"{folder.name}: both agree with TensorFlow", file=sys.stderr)
    return True


def check(folder, result, side):
    for path in (folder / "expected").glob("*.npy"):
        expected = np.load(path)
        tolerance = TOLERANCE * float(np.max(np.abs(expected)))
        what = f"{side}: {path.stem}"
        np.testing.assert_allclose(result(path.stem), expected, rtol=0, atol=tolerance, err_msg=what)


def check_strings(options, folder):
    """TensorFlow Lite's wheel has no Flex ops: Signet runs both files, and no inference is timed."""
    for signature, values in json.loads((folder / "expected.json").read_text()).items():
        given = f"x={json.dumps(values['x'])}"
        for side in ("signet", "peer"):
            run = [options.signet, "run", folder / f"{side}.tflite", "--json"]
            result = json.loads(output([*run, "--signature", signature, "--input", given]))
            for name in values.keys() - {"x"}:
                assert list(result[name]) == values[name] or np.allclose(
                    np.asarray(result[name], np.float32), values[name]
                ), f"{side}: {signature}: {result[name]}"
    return False


def peer_command(folder, threads):
    model, inputs = folder / "peer.tflite", folder / "inputs"
    return [sys.executable, HERE / "peer_run.py", model, inputs, "--threads", str(threads)]


def conversion(name, converters, folder, runs):
    usages = {side: [] for side in converters}
    for _ in range(runs):
        for side, command in converters.items():
            usages[side].append(measure(command, folder / f"{side}.log"))
    rows = []
    for label, field in [("convert, s", "wall"), ("convert, peak MiB", "memory")]:
        values = ([getattr(usage, field) for usage in usages[side]] for side in ("signet", "peer"))
        rows.append(Row(name, label, *values))
    sizes = ([(folder / f"{side}.tflite").stat().st_size / 2**20] for side in ("signet", "peer"))
    return [*rows, Row(name, "file, MiB", *sizes)]


def inference(name, folder, threads, options):
    """The median call of each process, in ms; with one thread also the first result, and memory."""
    bench = [*bench_command(folder, options), "--threads", str(threads)]
    peer = [*peer_command(folder, threads), "--calls", str(options.calls)]
    ours, theirs = [], []
    for _ in range(options.runs):
        ours.append(json.loads(output(bench)))
        theirs.append(json.loads(output(peer).splitlines()[-1]))
    calls = [result["invoke"]["med_us"] / 1e3 for result in ours]
    label = f"call, {threads} thread{'s' * (threads > 1)}, ms"
    rows = [Row(name, label, calls, [result["med_us"] / 1e3 for result in theirs])]
    if threads == 1:
        first = [result["load_ms"] + result["first_ms"] for result in ours]
        rows.append(Row(name, "first result, ms", first, [result["first_ms"] for result in theirs]))
        resident = [result["rss_mb"] for result in ours]
        rows.append(Row(name, "resident, MB", resident, [result["rss_mb"] for result in theirs]))
    return rows


def bench_command(folder, options):
    bench = [options.signet, "bench", folder / "signet.tflite", "--json", "--signature", SIGNATURE]
    return [*bench, "--runs", str(options.calls)]


def sessions(name, folder, options):
    """Milliseconds for each call of two sessions or interpreters that are called at once."""
    bench = [*bench_command(folder, options), "--sessions", "2"]
    peer = [*peer_command(folder, 1), "--calls", str(options.calls), "--interpreters", "2"]
    ours, theirs = [], []
    for _ in range(options.runs):
        ours.append(json.loads(output(bench))["sessions"])
        theirs.append(json.loads(output(peer).splitlines()[-1])["sessions"])
    for side, rates in (("signet", ours), ("peer", theirs)):
        gain = max(rate["together_per_s"] / rate["alone_per_s"] for rate in rates)
        print(f"{name}: {side}: two at once do {gain:.2f} times the calls of one", file=sys.stderr)
    millis = ([1e3 / rate["together_per_s"] for rate in rates] for rates in (ours, theirs))
    return Row(name, "two at once, ms a call", *millis)


if __name__ == "__main__":
    main()

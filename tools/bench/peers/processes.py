"""Runs whole processes and measures them."""

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Usage:
    wall: float  # seconds
    cpu: float  # seconds, user and system
    memory: float  # MiB, the largest resident set


def measure(command, log, environment=None):
    """Runs a command to its end, its output in the file `log`; fails if it does."""
    with open(log, "wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        with open(log, errors="replace") as output:
            sys.stderr.write(output.read()[-4000:])
        sys.exit(f"status {process.returncode}: {' '.join(map(str, command))}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20)


def output(command, environment=None):
    """What a command prints; fails if it does."""
    result = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment
    )
    if result.returncode != 0:
        sys.stderr.write(result.stderr[-4000:])
        sys.exit(f"status {result.returncode}: {' '.join(map(str, command))}")
    return result.stdout


def print_table(rows):
    """rows: what is measured, our values, the peer's. Ratios above 1 say that the peer takes more."""
    print(f"{'':38} {'signet min/median':>20} {'peer min/median':>20} {'ratio min/median':>17}")
    for name, ours, theirs in rows:
        ours, theirs = ((min(v), statistics.median(v)) for v in (ours, theirs))
        ratios = f"{theirs[0] / ours[0]:.2f} / {theirs[1] / ours[1]:.2f}"
        print(f"{name:38} {pair(ours):>20} {pair(theirs):>20} {ratios:>17}")


def pair(values):
    return " / ".join(f"{value:.4g}" for value in values)

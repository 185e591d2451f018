"""Runs whole processes and measures them."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


class ProcessFailed(Exception):
    def __init__(self, command, status, printed):
        last = printed.strip().splitlines()[-1:] or [""]
        super().__init__(f"status {status} of {' '.join(map(str, command))}: {last[0]}")


@dataclass
class Usage:
    wall: float  # seconds
    cpu: float  # seconds, user and system
    memory: float  # MiB, the largest resident set


def measure(command, log, environment=None):
    """Runs a command to its end, its output in the file `log`.

    Raises ProcessFailed if it fails.
    """
    with open(log, "wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        with open(log, errors="replace") as printed:
            raise ProcessFailed(command, process.returncode, printed.read())
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20)


def output(command, environment=None):
    """What a command prints. Raises ProcessFailed if it fails."""
    result = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment
    )
    if result.returncode != 0:
        raise ProcessFailed(command, result.returncode, result.stderr)
    return result.stdout

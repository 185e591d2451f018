#!/usr/bin/env python3
"""Builds the native kernels for every platform, from any machine: pip install ziglang==0.13.0, then run this.

Writes native/src/main/resources/org/signet/kernel/ffm/PLATFORM/, and there SOURCES with the digest of what they were built
from, by which a test tells whether they are up to date.
"""

import hashlib
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = HERE.parent / "src/main/c"
TARGET = HERE.parent / "src/main/resources/org/signet/kernel/ffm"

# Level of level.c: the instruction set, LANES, ROWS.
X86 = {1: ("x86_64_v3", 8, 6), 2: ("x86_64_v4", 16, 12)}
ARM = {1: ("generic", 4, 12)}
PLATFORMS = {
    "linux-x86_64": ("x86_64-linux-gnu.2.17", X86, "libsignetkernels.so"),
    "linux-aarch64": ("aarch64-linux-gnu.2.17", ARM, "libsignetkernels.so"),
    "macos-x86_64": ("x86_64-macos.11.0", X86, "libsignetkernels.dylib"),
    "macos-aarch64": ("aarch64-macos.11.0", ARM, "libsignetkernels.dylib"),
    "windows-x86_64": ("x86_64-windows-gnu", X86, "signetkernels.dll"),
}
FLAGS = ["-O3", "-std=c11", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror", "-g0", "-fvisibility=hidden", "-ffp-contract=on",
         "-fno-math-errno", "-fno-stack-protector", "-fno-sanitize=all"]

# Scattered loads and stores, which clang would make of loops over panels, are slow where they are microcode.
AVX512 = ["-mprefer-vector-width=512", *(word for feature in ("gather", "scatter")
                                         for word in ("-Xclang", "-target-feature", "-Xclang", f"+prefer-no-{feature}"))]


def zig(*arguments):
    subprocess.run([sys.executable, "-m", "ziglang", "cc", *arguments], check=True)


def build(folder, target, levels, name):
    pic = [] if "windows" in target else ["-fPIC"]
    with tempfile.TemporaryDirectory() as work:
        objects = [f"{work}/level.o"]
        zig("-target", target, *FLAGS, *pic, "-c", str(SOURCES / "level.c"), "-o", objects[0])
        for level, (march, lanes, rows) in levels.items():
            objects.append(f"{work}/kernels{level}.o")
            cpu = [] if march == "generic" else [f"-march={march}"]
            wide = AVX512 if lanes == 16 else []
            zig("-target", target, *FLAGS, *pic, *cpu, *wide, f"-DLANES={lanes}", f"-DROWS={rows}",
                f"-DNAME(f)=signet_##f##_{level}", "-c", str(SOURCES / "kernels.c"), "-o", objects[-1])
        folder.mkdir(parents=True, exist_ok=True)
        library = folder / name
        # Else it would hold the path where it was built.
        own = [f"-Wl,-install_name,@rpath/{name}"] if "macos" in target else []
        zig("-target", target, "-shared", "-s", *own, *objects, "-o", str(library))
        for extra in folder.iterdir():
            if extra != library:
                extra.unlink()
        print(library.name, folder.name, library.stat().st_size)


def main():
    for platform, (target, levels, name) in PLATFORMS.items():
        build(TARGET / platform, target, levels, name)
    digest = hashlib.sha256()
    for source in (*sorted(SOURCES.iterdir()), HERE / "build.py"):
        digest.update(source.read_bytes())
    (TARGET / "SOURCES").write_text(digest.hexdigest() + "\n")


if __name__ == "__main__":
    main()

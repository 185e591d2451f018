"""Writes the .npy and .npz files beside it, with NumPy: python npy_files.py"""
import os
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
GRID = np.arange(6).reshape(2, 3)


def save(name, array, version=(1, 0)):
    with open(os.path.join(HERE, name + ".npy"), "wb") as f:
        np.lib.format.write_array(f, array, version=version)


for dtype in ["f2", "f4", "f8", "c8", "c16", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"]:
    save("grid_" + dtype, GRID.astype("<" + dtype))
save("grid_b1", GRID % 2 == 1)
save("big_endian_f4", GRID.astype(">f4"))
save("big_endian_c8", (GRID + 2j * GRID).astype(">c8"))
save("fortran_f4", np.asfortranarray(GRID.astype("<f4")))
save("fortran_c8", np.asfortranarray((GRID + 2j * GRID).astype("<c8")))
save("fortran_3d", np.asfortranarray(np.arange(24, dtype="<i4").reshape(2, 3, 4)))
save("scalar", np.float32(2.5))
save("vector", np.arange(3, dtype="<i8"))
save("empty", np.zeros([2, 0, 3], "<f4"))
save("bytes", np.array([b"a", b"bcd", b""]))
save("text", np.array(["a", "\u00fc\U0001f600", ""]))
save("text_big_endian", np.array(["a", "\u00fc"]).astype(">U2"))
save("version2", GRID.astype("<f4"), version=(2, 0))
save("version3", GRID.astype("<f4"), version=(3, 0))
save("objects", np.array([None, 1], dtype=object))
save("records", np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f4")]))
np.savez(os.path.join(HERE, "two.npz"), b=GRID.astype("<f4"), a=np.arange(2, dtype="<i4"))
np.savez_compressed(os.path.join(HERE, "two_compressed.npz"), b=GRID.astype("<f4"), a=np.arange(2, dtype="<i4"))

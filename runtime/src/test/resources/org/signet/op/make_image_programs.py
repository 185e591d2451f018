"""Writes cases/image_programs.json: images that are encoded and decoded again, where bytes may differ.

Needs TensorFlow 2.21.
"""

import itertools

import numpy as np
from op_programs import Programs

programs = Programs("image")
UNITS = [0, 8]  # of 255, by which encoders differ
LINES, COLUMNS = np.mgrid[0:24, 0:32]
IMAGE = np.stack([LINES * 8, COLUMNS * 7, (LINES + COLUMNS) * 4], -1).astype(np.uint8)

for channels, quality, progressive, halved in itertools.product([1, 3], [30, 95], [True, False], [True, False]):
    p = programs.start(f"JPEG {channels} {quality} {progressive} {halved}", tolerance=UNITS)
    text = p.run("EncodeJpeg", IMAGE[..., :channels], unseen=True, quality=quality, progressive=progressive,
                 chroma_downsampling=halved, optimize_size=halved, format="")
    p.run("ExtractJpegShape", text)
    p.run("DecodeJpeg", text, channels=channels)
for quality in [20, 100]:
    p = programs.start(f"JPEG of quality {quality}", tolerance=UNITS)
    p.run("DecodeJpeg", p.run("EncodeJpegVariableQuality", IMAGE, np.int32(quality), unseen=True))
p = programs.start("JPEG of two channels")
p.run("EncodeJpeg", IMAGE[..., :2], fails=True)
p = programs.start("JPEG of 3 channels as grey ones")
p.run("EncodeJpeg", IMAGE, format="grayscale", fails=True)
programs.write()

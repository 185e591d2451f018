"""Writes cases/image_file_cases.json: images decoded.

Needs TensorFlow 2.21 and Pillow.
"""

import io

import numpy as np
import tensorflow as tf
from op_cases import Cases
from PIL import Image

cases = Cases("image_file")
random = np.random.RandomState(47)


def draw(height, width, *channels, dtype=np.uint8):
    y, x = np.mgrid[0:height, 0:width]
    base = (x * 37 + y * 23) % 256
    image = np.stack([(base * (c + 1) + 40 * c) % 256 for c in range(*channels or (1,))], -1)
    return image.astype(dtype)


def file(image, form, **options):
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return np.array(stream.getvalue(), object)


def pngs():
    modes = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}
    for mode, channels in modes.items():
        pixels = draw(4, 5, channels)
        content = file(Image.fromarray(pixels[..., 0] if channels == 1 else pixels, mode), "PNG")
        for wanted in [0, 1, 3, 4]:
            cases.add("DecodePng", [content], {"channels": wanted}, name=f"{mode} as {wanted}")
        cases.add("DecodePng", [content], {"dtype": tf.uint16}, name=f"{mode} of 16 bits")
        for dtype in [tf.uint8, tf.uint16, tf.float32]:
            cases.add("DecodeImage", [content], {"dtype": dtype}, name=f"{mode} as {dtype.name}")
    palette = Image.fromarray(draw(5, 4, 3)).quantize(6)
    cases.add("DecodePng", [file(palette, "PNG")], name="palette")
    cases.add("DecodePng", [file(palette, "PNG")], {"channels": 3}, name="palette as 3")
    bits = Image.fromarray(draw(3, 9)[..., 0] > 99)
    cases.add("DecodePng", [file(bits, "PNG")], name="bits")
    wide = tf.io.encode_png(draw(3, 4, 3).astype(np.uint16) * 251).numpy()
    for dtype in [tf.uint8, tf.uint16]:
        cases.add("DecodePng", [np.array(wide, object)], {"dtype": dtype}, name="16 bits")
    cases.add("DecodePng", [np.array(wide[:60], object)], fails=True)
    cases.add("DecodePng", [np.array(b"no image", object)], fails=True)


def jpegs():
    smooth = (np.mgrid[0:16, 0:16].sum(0) * 8).astype(np.uint8)
    grey = file(Image.fromarray(smooth), "JPEG", quality=90)
    # Decoders round differently.
    for op in ["DecodeJpeg", "DecodeImage", "DecodePng"]:
        cases.add(op, [grey], name="grey", tolerance=[0, 2])
    cases.add("DecodeJpeg", [grey], {"channels": 3}, name="grey as 3", tolerance=[0, 2])
    colour = np.stack([smooth, 255 - smooth, smooth // 2], -1)
    full = file(Image.fromarray(colour), "JPEG", quality=95, subsampling=0)
    cases.add("DecodeJpeg", [full], name="colour", tolerance=[0, 6])
    half = file(Image.fromarray(colour), "JPEG", quality=95, subsampling=2)
    cases.add("DecodeJpeg", [half], name="colour at half size", tolerance=[0, 6])


def bitmaps():
    for channels in [1, 3, 4]:
        pixels = draw(3, 5, channels)
        mode = {1: "L", 3: "RGB", 4: "RGBA"}[channels]
        content = file(Image.fromarray(pixels[..., 0] if channels == 1 else pixels, mode), "BMP")
        cases.add("DecodeBmp", [content], name=mode)
        cases.add("DecodeImage", [content], name=mode)
    cases.add("DecodeBmp", [np.array(b"BM" + bytes(60), object)], fails=True)


def gifs():
    frames = [Image.fromarray(draw(6, 5, 3) // (i + 1)).quantize(8) for i in range(3)]
    content = file(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)
    still = file(frames[0], "GIF")
    cases.add("DecodeGif", [content], name="animation")
    cases.add("DecodeImage", [content], name="animation")
    cases.add("DecodeImage", [content], {"expand_animations": False}, name="first of animation")
    for op in ["DecodeGif", "DecodePng", "DecodeImage"]:
        cases.add(op, [still], name="still")
    cases.add("DecodePng", [content], fails=True)


for family in [pngs, jpegs, bitmaps, gifs]:
    family()
cases.write()

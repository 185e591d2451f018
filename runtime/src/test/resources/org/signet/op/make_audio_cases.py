"""Writes cases/audio_cases.json: sound files, spectra, and labels of sequences.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases, tf

cases = Cases("audio")
random = np.random.RandomState(8)


def files():
    audio = np.float32(random.uniform(-1.1, 1.1, [7, 2]))
    audio[0] = [1, -1]
    audio[1] = [0.5 / 32768, -1.5 / 32768]
    for sound in [audio, audio[:, :1]]:
        wav = np.array(tf.audio.encode_wav(sound, 8000).numpy(), object)
        cases.add("EncodeWav", [sound, np.int32(8000)])
        for channels in [-1, 1, 2, 3]:
            for samples in [-1, 4, 9]:
                cases.add("DecodeWav", [wav], {"desired_channels": channels,
                                               "desired_samples": samples})
    whole = wav.item()
    extra = whole[:36] + b"LIST\x04\0\0\0abcd" + whole[36:]
    cases.add("DecodeWav", [np.array(extra, object)])
    for bad in [b"", b"RIFF", whole[:30], whole[:12] + b"data" + whole[16:], b"x" * 60]:
        cases.add("DecodeWav", [np.array(bad, object)], fails=True)


def spectra():
    audio = np.float32(random.uniform(-1, 1, [50, 2]))
    for window, stride in [(16, 8), (20, 7), (51, 3), (50, 1)]:
        for squared in [False, True]:
            cases.add("AudioSpectrogram", [audio], {
                "window_size": window, "stride": stride, "magnitude_squared": squared})
    spectrum = np.float32(random.uniform(0, 4, [2, 3, 65]))
    spectrum[0, 0] = 0
    for attrs in [{}, {"dct_coefficient_count": 5, "filterbank_channel_count": 12},
                  {"upper_frequency_limit": 3000, "lower_frequency_limit": 200}]:
        cases.add("Mfcc", [spectrum, np.int32(16000)], attrs)


def labels():
    for dtype in [np.float32, np.float64]:
        logits = random.uniform(-2, 2, [6, 3, 4]).astype(dtype)
        lengths = np.int32([6, 4, 0])
        for merge in [False, True]:
            for blank in [-1, 0, 2]:
                cases.add("CTCGreedyDecoder", [logits, lengths],
                          {"merge_repeated": merge, "blank_index": blank})
        peaked = np.eye(4, dtype=dtype)[[0, 0, 3, 0, 1, 1]][:, None] * 5
        for merge in [False, True]:
            cases.add("CTCGreedyDecoder", [peaked, np.int32([6])], {"merge_repeated": merge})
    cases.add("CTCGreedyDecoder", [logits, np.int32([7, 1, 1])], fails=True)


for family in [files, spectra, labels]:
    family()
cases.write()

"""Converts as the guide does: python peer_convert.py SAVED_MODEL OUT.tflite"""

import sys

import tensorflow as tf

converter = tf.lite.TFLiteConverter.from_saved_model(sys.argv[1])
converter.target_spec.supported_ops = [
    tf.lite.OpsSet.TFLITE_BUILTINS,
    tf.lite.OpsSet.SELECT_TF_OPS,
]
with open(sys.argv[2], "wb") as file:
    file.write(converter.convert())

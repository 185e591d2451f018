"""Makes encoder.tflite, a layer of an encoder with attention and layer normalization, and encoder.npz: TensorFlow's numbers."""

import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

HERE = pathlib.Path(__file__).resolve().parent
TOKENS, WIDTH, HEADS, INNER = 20, 24, 3, 40
numbers = np.random.default_rng(1)


def weights(*shape):
    return tf.constant(numbers.standard_normal(shape).astype("f4") / np.float32(np.sqrt(shape[0])))


def dense(x, units):
    return tf.matmul(x, weights(x.shape[-1], units)) + weights(units)


def normal(x):
    mean, variance = tf.nn.moments(x, [-1], keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + 1e-5) * weights(WIDTH) + weights(WIDTH)


def heads(x):
    return tf.transpose(tf.reshape(x, [1, TOKENS, HEADS, -1]), [0, 2, 1, 3])


@tf.function(input_signature=[tf.TensorSpec([1, TOKENS, WIDTH], tf.float32, name="x")])
def encode(x):
    q, k, v = (heads(dense(x, WIDTH)) for _ in "qkv")
    scores = tf.nn.softmax(tf.matmul(q, k, transpose_b=True) / 3.0)
    attended = tf.reshape(tf.transpose(tf.matmul(scores, v), [0, 2, 1, 3]), [1, TOKENS, WIDTH])
    h = normal(x + dense(attended, WIDTH))
    return {"y": normal(h + dense(tf.nn.gelu(dense(h, INNER)), WIDTH))}


concrete = encode.get_concrete_function()
x = numbers.standard_normal((1, TOKENS, WIDTH)).astype("f4")
np.savez(HERE / "encoder.npz", x=x, y=concrete(tf.constant(x))["y"].numpy())
module = tf.Module()
module.f = encode
saved = HERE / "saved"
tf.saved_model.save(module, str(saved), signatures=concrete)
(HERE / "encoder.tflite").write_bytes(tf.lite.TFLiteConverter.from_saved_model(str(saved)).convert())
tf.io.gfile.rmtree(str(saved))

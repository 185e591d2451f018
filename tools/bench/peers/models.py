"""Makes the models to compare with: a SavedModel, an input, and TensorFlow's own result.

    python models.py NAME FOLDER

FOLDER/model is the SavedModel; FOLDER/input.npy and FOLDER/expected.npy belong to its only
signature; for encode-decode, whose signatures take and give strings, it is FOLDER/expected.json.
Everything is seeded: the same TensorFlow makes the same numbers.
"""

import json
import os
import sys

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

SEED = 20250101


def encode_decode(folder):
    """The guide's model: as_string in one signature, to_number in the other."""

    class Coder(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
        def encode(self, x):
            return {"encoded_result": tf.strings.as_string(x)}

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string)])
        def decode(self, x):
            return {"decoded_result": tf.strings.to_number(x)}

    coder = Coder()
    signatures = {"encode": coder.encode, "decode": coder.decode}
    tf.saved_model.save(coder, os.path.join(folder, "model"), signatures=signatures)
    numbers = [1.0, -2.5, 3.25e8, 1e-6]
    texts = ["1", "-2.5", "3e8", "1e-6"]
    encoded = coder.encode(tf.constant(numbers))["encoded_result"].numpy()
    decoded = coder.decode(tf.constant(texts))["decoded_result"].numpy()
    expected = {
        "encode": {"x": numbers, "encoded_result": [text.decode() for text in encoded]},
        "decode": {"x": texts, "decoded_result": [float(number) for number in decoded]},
    }
    with open(os.path.join(folder, "expected.json"), "w") as file:
        json.dump(expected, file)


def mobilenet_v2(folder):
    """The full-size network. Its weights and statistics are random, so that folding and fusing count."""
    keras.utils.set_random_seed(SEED)
    model = keras.applications.MobileNetV2(weights=None, classifier_activation=None)
    random = np.random.default_rng(SEED)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            low, high = [0.5, -0.2, -0.2, 0.5], [1.5, 0.2, 0.2, 1.5]  # gamma, beta, mean, variance
            shape = layer.get_weights()[0].shape
            layer.set_weights(
                [random.uniform(a, b, shape).astype(np.float32) for a, b in zip(low, high)]
            )
    image = random.uniform(-1, 1, (1, 224, 224, 3)).astype(np.float32)
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        name="serving_default",
        fn=lambda image: model(image, training=False),
        input_signature=[tf.TensorSpec([1, 224, 224, 3], tf.float32, name="image")],
    )
    archive.write_out(os.path.join(folder, "model"), verbose=False)
    save(folder, image, model(image, training=False))


class Encoder(tf.Module):
    """A BERT-like encoder: attention and dense layers, 396 MB of weights."""

    LAYERS, WIDTH, HEADS, INNER = 14, 768, 12, 3072

    def __init__(self):
        super().__init__()
        random = np.random.default_rng(SEED)

        def dense(rows, columns):
            weights = random.standard_normal((rows, columns), np.float32) / np.sqrt(rows)
            return tf.Variable(weights.astype(np.float32)), tf.Variable(tf.zeros([columns]))

        def norm():
            return tf.Variable(tf.ones([self.WIDTH])), tf.Variable(tf.zeros([self.WIDTH]))

        width, inner = self.WIDTH, self.INNER
        self.blocks = [
            {
                "query": dense(width, width),
                "key": dense(width, width),
                "value": dense(width, width),
                "out": dense(width, width),
                "norm1": norm(),
                "up": dense(width, inner),
                "down": dense(inner, width),
                "norm2": norm(),
            }
            for _ in range(self.LAYERS)
        ]

    @tf.function(input_signature=[tf.TensorSpec([1, 64, WIDTH], tf.float32, name="x")])
    def serving_default(self, x):
        for block in self.blocks:
            x = self.normalize(x + self.attend(x, block), block["norm1"])
            inner = tf.nn.gelu(self.apply(x, block["up"]))
            x = self.normalize(x + self.apply(inner, block["down"]), block["norm2"])
        return {"y": x}

    def attend(self, x, block):
        query, key, value = (self.split(self.apply(x, block[n])) for n in ("query", "key", "value"))
        scores = tf.matmul(query, key, transpose_b=True) / np.sqrt(self.WIDTH // self.HEADS)
        mixed = tf.transpose(tf.matmul(tf.nn.softmax(scores), value), [0, 2, 1, 3])
        return self.apply(tf.reshape(mixed, [1, 64, self.WIDTH]), block["out"])

    def split(self, x):
        return tf.transpose(tf.reshape(x, [1, 64, self.HEADS, -1]), [0, 2, 1, 3])

    @staticmethod
    def apply(x, dense):
        return tf.matmul(x, dense[0]) + dense[1]

    @staticmethod
    def normalize(x, norm):
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return (x - mean) * tf.math.rsqrt(variance + 1e-6) * norm[0] + norm[1]


def encoder(folder):
    module = Encoder()
    x = np.random.default_rng(SEED).standard_normal((1, 64, Encoder.WIDTH), np.float32)
    signatures = {"serving_default": module.serving_default}
    tf.saved_model.save(module, os.path.join(folder, "model"), signatures=signatures)
    save(folder, x, module.serving_default(tf.constant(x))["y"])


def save(folder, given, expected):
    np.save(os.path.join(folder, "input.npy"), given)
    np.save(os.path.join(folder, "expected.npy"), expected.numpy())


MAKERS = {"encode-decode": encode_decode, "mobilenet-v2": mobilenet_v2, "encoder": encoder}

if __name__ == "__main__":
    name, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    MAKERS[name](folder)

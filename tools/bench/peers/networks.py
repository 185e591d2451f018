"""The networks to compare on, full size, with random weights.

    python networks.py NAME FOLDER

writes FOLDER/model, a SavedModel; FOLDER/inputs/NAME.npy for each input of its only signature, and
FOLDER/expected/NAME.npy, TensorFlow's own results. For encode-decode, whose two signatures take and
give strings, FOLDER/expected.json holds both. Everything is seeded: the same TensorFlow makes the
same numbers. `keras2-lstm` needs a Python with TensorFlow 2.15; all others TensorFlow 2.21.
"""

import json
import os
import sys

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import tensorflow as tf  # noqa: E402

from transformer import BertEncoder  # noqa: E402

SEED = 20250101
IMAGE = 224
TOKENS, VOCABULARY = 128, 20000


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
    tf.saved_model.save(coder, f"{folder}/model", signatures=signatures)
    numbers = [1.0, -2.5, 3.25e8, 1e-6]
    texts = ["1", "-2.5", "3e8", "1e-6"]
    encoded = coder.encode(tf.constant(numbers))["encoded_result"].numpy()
    decoded = coder.decode(tf.constant(texts))["decoded_result"].numpy()
    expected = {
        "encode": {"x": numbers, "encoded_result": [text.decode() for text in encoded]},
        "decode": {"x": texts, "decoded_result": [float(number) for number in decoded]},
    }
    with open(f"{folder}/expected.json", "w") as file:
        json.dump(expected, file)


def image_network(name):
    """One of tf.keras.applications. Its free batch stays free, as Keras exports it."""

    def make(folder):
        seed()
        model = getattr(tf.keras.applications, name)(weights=None, classifier_activation=None)
        image = np.random.default_rng(SEED).uniform(0, 255, (1, IMAGE, IMAGE, 3))
        save_keras(folder, model, image.astype(np.float32))

    return make


def keyword_spotting(folder):
    """A depthwise separable CNN on 49 frames of 10 coefficients, 12 words."""
    seed()
    layers = tf.keras.layers

    def block(x, convolution):
        return layers.ReLU()(layers.BatchNormalization()(convolution(x)))

    given = tf.keras.Input((49, 10, 1))
    x = block(given, layers.Conv2D(64, (10, 4), strides=2, padding="same"))
    for _ in range(4):
        x = block(x, layers.DepthwiseConv2D(3, padding="same"))
        x = block(x, layers.Conv2D(64, 1))
    x = layers.Dense(12)(layers.GlobalAveragePooling2D()(x))
    frames = np.random.default_rng(SEED).standard_normal((1, 49, 10, 1)).astype(np.float32)
    save_keras(folder, tf.keras.Model(given, x), frames)


def lstm(folder):
    """A classifier of 128 tokens."""
    seed()
    given = tf.keras.Input((TOKENS,), batch_size=1, dtype="int32")
    x = tf.keras.layers.Embedding(VOCABULARY, 128)(given)
    x = tf.keras.layers.LSTM(128)(x)
    tokens = np.random.default_rng(SEED).integers(0, VOCABULARY, (1, TOKENS), np.int32)
    save_keras(folder, tf.keras.Model(given, tf.keras.layers.Dense(10)(x)), tokens)


def bert(folder):
    """BERT-base as far as its shapes go: embeddings and 12 layers, 437 MB of weights."""
    random = np.random.default_rng(SEED)
    module = BertEncoder(random)
    save(folder, module, {"token_ids": module.token_ids(random)})


def chain(length):
    """So many small ops one after the other, each second one with a constant of its own."""

    def make(folder):
        constants = np.random.default_rng(SEED).uniform(-1, 1, (length // 2, 8)).astype(np.float32)
        given = np.ones((1, 8), np.float32)
        v1 = tf.compat.v1
        with tf.Graph().as_default(), v1.Session() as session:
            x = v1.placeholder(tf.float32, [None, 8], name="x")
            y = x
            for constant in constants:
                y = tf.abs(y + constant)
            v1.saved_model.simple_save(session, f"{folder}/model", {"x": x}, {"y": y})
            result = session.run(y, {x: given})
        write(folder, {"x": given}, {"y": result})

    return make


def seed():
    tf.keras.utils.set_random_seed(SEED)


def save_keras(folder, model, given):
    """Saves for inference, after one step that gives the normalizations statistics of their own."""
    random = np.random.default_rng(SEED)
    normalizations = [
        layer for layer in model.layers if isinstance(layer, tf.keras.layers.BatchNormalization)
    ]
    for layer in normalizations:
        layer.momentum = 0.0
        gamma, beta, mean, variance = layer.get_weights()
        gamma = random.uniform(0.5, 1.5, gamma.shape).astype(np.float32)
        beta = random.uniform(-0.2, 0.2, beta.shape).astype(np.float32)
        layer.set_weights([gamma, beta, mean, variance])
    if normalizations:
        # After the scales are set: statistics of other scales let values grow from layer to layer,
        # and rounding with them.
        model(given, training=True)

    def infer(x):
        return {"y": model(x, training=False)}

    # Keras's own way out of training: from a plain tf.saved_model the peer's converter leaves every
    # weight a variable that nothing sets.
    archive = tf.keras.export.ExportArchive()
    archive.track(model)
    signature = [tf.TensorSpec(model.inputs[0].shape, given.dtype, name="x")]
    archive.add_endpoint("serving_default", infer, input_signature=signature)
    archive.write_out(f"{folder}/model")
    results = infer(tf.constant(given))
    write(folder, {"x": given}, {name: value.numpy() for name, value in results.items()})


def save(folder, module, inputs):
    signatures = {"serving_default": module.serving_default}
    tf.saved_model.save(module, f"{folder}/model", signatures=signatures)
    outputs = module.serving_default(**{name: tf.constant(v) for name, v in inputs.items()})
    write(folder, inputs, {name: value.numpy() for name, value in outputs.items()})


def write(folder, inputs, expected):
    for kind, values in (("inputs", inputs), ("expected", expected)):
        os.makedirs(f"{folder}/{kind}", exist_ok=True)
        for name, value in values.items():
            np.save(f"{folder}/{kind}/{name}.npy", value)


MAKERS = {
    "encode-decode": encode_decode,
    "mobilenet-v2": image_network("MobileNetV2"),
    "resnet-50": image_network("ResNet50"),
    "efficientnet-b0": image_network("EfficientNetB0"),
    "bert": bert,
    "lstm": lstm,
    "keras2-lstm": lstm,
    "keyword-spotting": keyword_spotting,
    "chain-1000": chain(1000),
    "chain-5000": chain(5000),
    "chain-20000": chain(20000),
    "chain-50000": chain(50000),
}

if __name__ == "__main__":
    name, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    MAKERS[name](folder)

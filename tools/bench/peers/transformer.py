"""A BERT-base-shaped encoder: embeddings, then layers of attention and two dense layers."""

import numpy as np
import tensorflow as tf

TOKENS, VOCABULARY, POSITIONS = 128, 30522, 512
LAYERS, WIDTH, HEADS, INNER = 12, 768, 12, 3072


class BertEncoder(tf.Module):
    def __init__(self, random):
        super().__init__()

        def matrix(rows, columns, scale):
            return tf.Variable(random.standard_normal((rows, columns), np.float32) * np.float32(scale))

        def vector(size, value=0.0):
            return tf.Variable(np.float32(value) + 0.1 * random.standard_normal(size, np.float32))

        def dense(rows, columns):
            return {"kernel": matrix(rows, columns, rows**-0.5), "bias": vector(columns)}

        def norm():
            return {"gamma": vector(WIDTH, 1.0), "beta": vector(WIDTH)}

        self.words = matrix(VOCABULARY, WIDTH, 1)
        self.positions = matrix(POSITIONS, WIDTH, 1)
        self.kinds = matrix(2, WIDTH, 1)
        self.first_norm = norm()
        self.blocks = [
            {
                "query": dense(WIDTH, WIDTH),
                "key": dense(WIDTH, WIDTH),
                "value": dense(WIDTH, WIDTH),
                "out": dense(WIDTH, WIDTH),
                "norm1": norm(),
                "up": dense(WIDTH, INNER),
                "down": dense(INNER, WIDTH),
                "norm2": norm(),
            }
            for _ in range(LAYERS)
        ]
        self.pooler = dense(WIDTH, WIDTH)

    @staticmethod
    def token_ids(random):
        return random.integers(0, VOCABULARY, (1, TOKENS), np.int32)

    @tf.function(input_signature=[tf.TensorSpec([1, TOKENS], tf.int32, name="token_ids")])
    def serving_default(self, token_ids):
        x = tf.gather(self.words, token_ids) + self.positions[:TOKENS] + self.kinds[0]
        x = normalize(x, self.first_norm)
        for block in self.blocks:
            x = normalize(x + attend(x, block), block["norm1"])
            inner = tf.nn.gelu(apply(x, block["up"]))
            x = normalize(x + apply(inner, block["down"]), block["norm2"])
        return {"sequence": x, "pooled": tf.tanh(apply(x[:, 0], self.pooler))}


def attend(x, block):
    query, key, value = (split(apply(x, block[name])) for name in ("query", "key", "value"))
    scores = tf.matmul(query, key, transpose_b=True) * (WIDTH // HEADS) ** -0.5
    mixed = tf.transpose(tf.matmul(tf.nn.softmax(scores), value), [0, 2, 1, 3])
    return apply(tf.reshape(mixed, [1, TOKENS, WIDTH]), block["out"])


def split(x):
    return tf.transpose(tf.reshape(x, [1, TOKENS, HEADS, -1]), [0, 2, 1, 3])


def apply(x, dense):
    return tf.matmul(x, dense["kernel"]) + dense["bias"]


def normalize(x, norm):
    mean, variance = tf.nn.moments(x, [-1], keepdims=True)
    return (x - mean) * tf.math.rsqrt(variance + 1e-12) * norm["gamma"] + norm["beta"]

"""What models write with several ops and the converter with one or few: each in the words of a library, or of many people."""
import keras
import numpy as np
import tensorflow as tf

from cases_ops import MAKERS as _FAMILIES, maker
from golden_case import uniform

_BEFORE = set(_FAMILIES)
ROWS, LINES, IMAGE, TWO = {"x": "float32[b,3,4]"}, {"x": "float32[b,9,4]"}, {"x": "float32[b,7,9,4]"}, [{"b": 2}, {"b": 3}]
VOLUME = {"x": "float32[b,5,7,6,4]"}
SCALE, OFFSET, MEAN, VARIANCE = (uniform((4,), name, low=low, high=high) for name, low, high in (
    ("scale", 0.5, 2), ("offset", -1, 1), ("mean", -1, 1), ("variance", 0.2, 3)))


def kernel(*shape):
    return tf.constant(uniform(shape, "kernel", low=-1, high=1))


def built(layer, *shape):
    """A layer with weights that are not those it begins with."""
    layer.build((None, *shape))
    for i, weight in enumerate(layer.weights):
        weight.assign(uniform(tuple(weight.shape), "weight", i, low=0.2, high=1.5))
    return lambda x: layer(x)


def normalizations(op):
    layers = keras.layers
    op("layer_norm_keras", built(layers.LayerNormalization(), 3, 4))
    op("layer_norm_keras_two_axes", built(layers.LayerNormalization(axis=[1, 2]), 3, 4))
    op("layer_norm_batch_norm", lambda x: tf.nn.batch_normalization(x, *tf.nn.moments(x, -1, keepdims=True), OFFSET, SCALE, 1e-6))
    op("group_norm_keras", built(layers.GroupNormalization(groups=2), 7, 9, 4), IMAGE)
    op("rms_norm_keras", built(layers.RMSNormalization(), 3, 4))
    op("unit_norm_keras", lambda x: layers.UnitNormalization()(x))

    def by_square(x):
        difference = x - tf.reduce_mean(x, -1, keepdims=True)
        variance = tf.reduce_mean(tf.square(difference), -1, keepdims=True)
        return difference * tf.math.rsqrt(variance + 1e-5) * SCALE + OFFSET
    op("layer_norm_square", by_square)
    op("layer_norm_root", lambda x: (x - tf.reduce_mean(x, -1, keepdims=True))
       / tf.sqrt(tf.math.reduce_variance(x, -1, keepdims=True) + 1e-5) * SCALE + OFFSET)
    op("l2_norm", lambda x: x / tf.sqrt(tf.maximum(tf.reduce_sum(x * x, -1, keepdims=True), 1e-12)))


def shifted_log_softmax(x):
    shifted = x - tf.reduce_max(x, -1, keepdims=True)
    return shifted - tf.math.log(tf.reduce_sum(tf.exp(shifted), -1, keepdims=True))


def activations(op):
    slope, root = uniform((4,), "slope"), np.sqrt(2 / np.pi)
    op("gelu_transformers", lambda x: x * 0.5 * (1.0 + tf.math.erf(x / tf.cast(tf.sqrt(2.0), x.dtype))))
    op("gelu_transformers_tanh", lambda x: x * (0.5 * (1.0 + tf.tanh(root * (x + 0.044715 * tf.pow(x, 3))))))
    op("gelu_keras", keras.activations.gelu)
    op("gelu_quick", lambda x: x * tf.sigmoid(1.702 * x))
    op("hard_swish_keras", keras.activations.hard_silu)
    op("hard_swish_clip", lambda x: x * tf.clip_by_value(x + 3.0, 0.0, 6.0) / 6.0)
    op("silu_quotient", lambda x: x / (1 + tf.exp(-x)))
    op("mish_keras", keras.activations.mish)
    op("leaky_relu_where", lambda x: tf.where(x > 0, x, 0.2 * x))
    op("prelu_keras", built(keras.layers.PReLU(shared_axes=[1]), 3, 4))
    op("prelu_relus", lambda x: tf.nn.relu(x) - slope * tf.nn.relu(-x))
    op("prelu_bounds", lambda x: tf.maximum(x, 0.0) + slope * tf.minimum(x, 0.0))
    op("prelu_distance", lambda x: tf.nn.relu(x) + slope * (x - tf.abs(x)) * 0.5)
    op("log_softmax_sum", lambda x: x - tf.reduce_logsumexp(x, -1, keepdims=True))
    op("log_softmax_shifted", shifted_log_softmax)
    op("softmax_exp", lambda x: tf.exp(x - tf.reduce_max(x, -1, keepdims=True))
       / tf.reduce_sum(tf.exp(x - tf.reduce_max(x, -1, keepdims=True)), -1, keepdims=True))


def convolutions(op):
    image, line, depthwise = kernel(3, 3, 4, 4), kernel(3, 4, 5), kernel(3, 3, 4, 1)

    def normalized(x):
        return tf.compat.v1.nn.fused_batch_norm(x, SCALE, OFFSET, MEAN, VARIANCE, is_training=False)[0]
    op("conv_then_norm", lambda x: tf.nn.relu6(normalized(tf.nn.conv2d(x, image, 1, "SAME") + OFFSET)), IMAGE)
    op("norm_then_conv", lambda x: tf.nn.conv2d(normalized(x), image, 1, "VALID"), IMAGE)
    op("norm_pad_conv", lambda x: tf.nn.conv2d(tf.pad(normalized(x), [[0, 0], [1, 1], [1, 1], [0, 0]]), image, 1, "VALID"), IMAGE)
    op("depthwise_then_norm", lambda x: normalized(tf.nn.depthwise_conv2d(x, depthwise, [1, 1, 1, 1], "SAME")), IMAGE)
    op("conv_arithmetic", lambda x: (tf.nn.conv2d(x, image, 1, "SAME") - MEAN) / VARIANCE * 2.0, IMAGE)
    op("dense_then_norm", lambda x: tf.nn.batch_normalization(tf.matmul(x, kernel(4, 4)) + OFFSET, MEAN, VARIANCE, OFFSET, SCALE, 1e-3),
       {"x": "float32[b,4]"})
    op("dilated_parts", lambda x: tf.batch_to_space(tf.nn.conv2d(
        tf.space_to_batch(x, [2, 2], [[2, 3], [2, 3]]), image, 1, "VALID"), [2, 2], [[0, 1], [0, 1]]), IMAGE)
    op("dilated_line_keras", built(keras.layers.Conv1D(5, 3, dilation_rate=2, padding="causal"), 9, 4), LINES)
    op("dilated_line_parts", lambda x: tf.batch_to_space(tf.nn.conv1d(
        tf.space_to_batch(x, [2], [[2, 3]]), line, 1, "VALID"), [2], [[0, 1]]), LINES)
    op("separable_line_keras", built(keras.layers.SeparableConv1D(5, 3), 9, 4), LINES)
    op("transposed_line_keras", built(keras.layers.Conv1DTranspose(5, 3, strides=2), 9, 4), LINES)
    op("dilated_volume_keras", built(keras.layers.Conv3D(3, 2, dilation_rate=2, padding="same"), 5, 7, 6, 4), VOLUME)
    op("grouped_volume_keras", built(keras.layers.Conv3D(6, 2, groups=2, strides=2, activation="relu"), 5, 7, 6, 4), VOLUME)
    op("up_sampling_keras", lambda x: keras.layers.UpSampling2D(2)(x), IMAGE)


def attention(layer):
    """Each element of sequences of any length looks at those before it."""
    layer.build((None, None, 4), (None, None, 4))
    for i, weight in enumerate(layer.weights):
        weight.assign(uniform(tuple(weight.shape), "weight", i, low=-1.5, high=1.5))
    return lambda x: layer(x, x, use_causal_mask=True)


def products(op):
    heads = {"x": "float32[b,3,2,4]", "y": "float32[b,5,2,4]"}
    op("attention_scores", lambda x, y: tf.einsum("bqhd,bkhd->bhqk", x, y), heads)
    op("dense_rows_keras", built(keras.layers.Dense(6, activation="relu"), 3, 4))
    op("einsum_weights", lambda x: tf.einsum("abcd,cde->abe", x, kernel(2, 4, 5)), {"x": "float32[b,3,2,4]"})
    op("transposed_product", lambda x, y: tf.matmul(tf.transpose(x, [0, 2, 1]), tf.transpose(y, [0, 2, 1])),
       {"x": "float32[b,3,4]", "y": "float32[b,5,3]"})
    op("spread_summand", lambda x: x + tf.broadcast_to(kernel(4), tf.shape(x)))
    op("repeated_summand", lambda x: x + tf.tile(kernel(1, 1, 4), [1, 3, 1]))
    op("same_twice", lambda x: tf.exp(x) + tf.exp(x))
    op("reduced_put_back", lambda x: {"sum": tf.expand_dims(tf.reduce_sum(x, 1), 1), "max": tf.reduce_max(x, [1, 2])[:, None, None],
                                      "other": tf.reshape(tf.reduce_mean(x, 1), [-1, 4, 1])})
    op("reduced_taken_off", lambda x: {"mean": tf.squeeze(tf.reduce_mean(x, 1, keepdims=True), 1),
                                       "any": tf.reshape(tf.reduce_any(x > 0.5, -1, keepdims=True), [-1, 3])})
    op("powers", lambda x: {"square": x ** 2, "cube": x ** 3, "root": tf.abs(x) ** 0.5, "same": x ** 1})
    op("attention_causal_keras", attention(keras.layers.MultiHeadAttention(2, 3)), {"x": "float32[b,b,4]"})
    op("lower_triangle", lambda x: tf.linalg.band_part(tf.fill([tf.shape(x)[0]] * 2, 2.5), -1, 0))
    op("there_and_back", lambda x: tf.cast(tf.cast(tf.transpose(tf.transpose(x, [0, 2, 1]), [0, 2, 1]), tf.float64), tf.float32))


@maker
def ops_patterns(s):
    """What models write with several ops and the converter with one or few."""
    def op(key, function, tensors=None):
        s.op(key, function, tensors or ROWS, TWO)
    for family in (normalizations, activations, convolutions, products):
        family(op)


ops_patterns.tolerance = {"rtol": 1e-4, "atol": 2e-5}

def widened(x):
    """Two free sizes trade places while rows are repeated."""
    size = tf.shape(x)
    apart = tf.reshape(x, tf.stack([size[0] * 2, 3, 1, 4, size[3] // 2]))
    return tf.reshape(tf.tile(apart, [1, 1, 2, 1, 1]), tf.stack([size[0] * 2, 6, 4, size[3] // 2]))


def joined_lines(x):
    """A convolution over the parts of a line, one behind the other."""
    parts = tf.reshape(tf.space_to_batch(x, [2], [[0, 0]]), [1, 1, 8, 4])
    return tf.batch_to_space(tf.reshape(tf.nn.conv2d(parts, kernel(1, 3, 4, 2), 1, "VALID"), [2, 3, 2]), [2], [[0, 0]])


def chosen_images(x):
    """Rows that are chosen between two NCHW convolutions."""
    def convolution(nchw):
        return tf.transpose(tf.nn.conv2d(tf.transpose(nchw, [0, 2, 3, 1]), kernel(3, 3, 4, 4), 1, "SAME"), [0, 3, 1, 2])
    y = convolution(x)
    return convolution(tf.raw_ops.Select(condition=[True, False, True, False, True], x=y, y=-y))


@maker
def ops_patterns_apart(s):
    """What looks like one of these patterns, and is none."""
    dense, scale = kernel(4, 3), np.array([2, 3], np.float32)

    def squares(x, axes):
        return tf.square(x - tf.reduce_mean(x, axes, keepdims=True))
    s.op("scaled_then_padded", lambda x: tf.matmul(tf.pad(x * scale, [[0, 0], [1, 1]]), dense), {"x": "float32[b,2]"}, TWO)
    s.op("shifted_to_more_channels", lambda x: tf.matmul(x * 2.0 + OFFSET, dense), {"x": "float32[8,1]"})
    s.op("squares_int64", lambda x: squares(x, 1), {"x": "int64[b,3]"}, TWO)
    s.op("squares_rank5", lambda x: squares(x, [1, 2, 4]), {"x": "float32[b,3,3,2,4]"}, TWO)
    s.op("hard_swish_widened", lambda x: x * tf.nn.relu6(x + [3.0]) * [1 / 6], {"x": "float32[]"})
    s.op("widened_repeats", widened, {"x": "float32[b,3,4,c]"}, [{"b": 2, "c": 6}, {"b": 1, "c": 2}])
    s.op("joined_lines", joined_lines, {"x": "float32[1,8,4]"})
    s.op("chosen_images", chosen_images, {"x": "float32[5,4,6,6]"})
    s.op("large_factors", lambda x: tf.matmul(x, dense * 1e30) * 1e30, {"x": "float32[b,4]"}, [{"x": [[1e-30, 2e-30, 3e-30, 1e-31]]}])
    s.op("small_factors", lambda x: tf.matmul(x, dense * 1e-25) * 1e-25 * 1e20, {"x": "float32[b,4]"},
         [{"x": [[1e35, 2e35, 3e35, 1e34]]}])
    # 49 / 49 is 0 here: a session multiplies by 1 / 49.
    s.op("whole_quotients", lambda x: {"by_49": tf.cast(x / 49, tf.int32), "by_3": tf.cast(tf.floor(x / 3), tf.int32)},
         {"x": "int32[]"}, [{"x": 49}, {"x": 98}, {"x": -9}, {"x": -10}])
    s.op("quotients", lambda x: tf.floor(x / [41.0, 47.0, 49.0, 55.0]), {"x": "float32[b,4]"}, [{"x": [[41, 47, 49, 55]]}])


ops_patterns_apart.tolerance = {"rtol": 1e-4, "atol": 2e-5}
MAKERS = {name: make for name, make in _FAMILIES.items() if name not in _BEFORE}

"""Makes the models of KerasModelsTest and what Keras computes for them.

Run it with Keras 3 and with Keras 2, each writes its own: NAME.keras or NAME.h5, both compressed, and
NAME.npz with the inputs ("in.NAME") and outputs ("out.NAME").
"""

import gzip
import io
import os
import sys
import tempfile
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

if tf.__version__ < "2.16":
    keras = tf.keras
    VERSION = 2
else:
    import keras

    VERSION = 3
L = keras.layers
HERE = os.path.dirname(os.path.abspath(__file__))
RANDOM = np.random.RandomState(7)
ONLY = sys.argv[1:]


def shake(model):
    """Gives every weight a value of its own, so that no two can be mistaken for one another."""
    for variable in model.weights:
        if not hasattr(variable, "shape") or variable.name.startswith("Variable"):
            continue  # what a lookup layer found
        if variable.name.startswith("summary"):
            continue  # what a layer was adapted to
        value = RANDOM.uniform(-0.6, 0.6, variable.shape)
        if "variance" in variable.name or "gamma" in variable.name:
            value = np.abs(value) + 0.4
        variable.assign(value.astype(variable.dtype if isinstance(variable.dtype, str) else variable.dtype.name))


def floats(*shape):
    return RANDOM.uniform(-2, 2, shape).astype("float32")


def save(name, model, inputs, form="keras"):
    name = f"k{VERSION}_{name}"
    if ONLY and name not in ONLY:
        return
    shake(model)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "m." + form)
        model.save(path)
        again = keras.models.load_model(path)
        names = [x.name.split(":")[0] for x in again.inputs]
        if len(names) == 1:
            inputs = {names[0]: next(iter(inputs.values()))}
        values = [inputs[key] for key in names]
        feed = dict(inputs) if name.endswith("dictionary") else values if len(values) > 1 else values[0]
        try:
            results = again(feed, training=False)
        except (tf.errors.UnimplementedError, tf.errors.InvalidArgumentError):  # channels first, which only the compiler does on a CPU
            results = tf.function(lambda: again(feed, training=False), jit_compile=True)()
        with open(path, "rb") as file:
            data = file.read()
    if form == "h5":
        with open(os.path.join(HERE, name + ".h5.gz"), "wb") as file:
            file.write(gzip.compress(data, 9, mtime=0))
    else:
        source = zipfile.ZipFile(io.BytesIO(data))
        with zipfile.ZipFile(os.path.join(HERE, name + ".keras"), "w", zipfile.ZIP_DEFLATED) as target:
            assets = sorted(entry for entry in source.namelist() if entry.startswith("assets/"))
            for entry in ["metadata.json", "config.json", "model.weights.h5", *assets]:
                target.writestr(zipfile.ZipInfo(entry, (2025, 1, 1, 0, 0, 0)), source.read(entry), zipfile.ZIP_DEFLATED)
    names = None
    if VERSION == 3 and isinstance(results, dict):
        names = sorted(results)
        results = [results[key] for key in names]
    results = list(results) if isinstance(results, (list, tuple)) else [results]
    if names is None:
        names = [f"output_{i}" for i in range(len(results))] if VERSION == 3 else again.output_names
    arrays = {"in." + key: value for key, value in inputs.items()}
    for key, value in zip(names, results):
        assert np.all(np.isfinite(value)), name
        arrays["out." + key] = np.asarray(value)
    np.savez_compressed(os.path.join(HERE, name + ".npz"), **arrays)
    print(name, names, [np.shape(r) for r in results], flush=True)


def every(name, shape, layers, form="keras", dtype="float32", data=None, batch=2):
    """A model with an output for each layer."""
    x = keras.Input(shape, name="x", dtype=dtype)
    model = keras.Model(x, [layer(x) for layer in layers])
    save(name, model, {"x": floats(batch, *shape) if data is None else data}, form)


def activations(form):
    names = ["relu", "softmax", "softplus", "softsign", "tanh", "sigmoid", "elu", "selu", "gelu",
             "swish", "exponential", "hard_sigmoid", "mish", "linear"]
    if VERSION == 3:
        names += ["relu6", "leaky_relu", "celu", "glu", "hard_shrink", "hard_silu", "hard_tanh",
                  "log_sigmoid", "log_softmax", "soft_shrink", "sparse_plus", "sparse_sigmoid",
                  "squareplus", "tanh_shrink"]
    layers = [L.Activation(name) for name in names]
    layers += [L.ReLU(max_value=1.5, negative_slope=0.2, threshold=0.3), L.ReLU(6.0), L.ReLU(negative_slope=0.1),
               L.LeakyReLU(), L.ELU(0.7), L.PReLU(), L.PReLU(shared_axes=[1]), L.Softmax(axis=1)]
    every("activations", (4, 6), layers, form)


def convolutions(form):
    every("conv1d", (9, 4), [
        L.Conv1D(3, 3, activation="relu"), L.Conv1D(3, 3, padding="causal", dilation_rate=2),
        L.Conv1D(4, 2, strides=2, padding="same", groups=2, use_bias=False),
        L.SeparableConv1D(3, 3, strides=2, depth_multiplier=2), L.DepthwiseConv1D(3, strides=2, padding="same"),
        L.Conv1DTranspose(2, 3, strides=2), L.MaxPooling1D(3, 2, padding="same"), L.AveragePooling1D(2),
        L.GlobalAveragePooling1D(), L.GlobalMaxPooling1D(keepdims=True), L.ZeroPadding1D((1, 2)), L.Cropping1D((2, 1)),
        L.UpSampling1D(3)], form)
    every("conv2d", (8, 7, 4), [
        L.Conv2D(3, (3, 2), strides=(2, 1), activation="tanh"), L.Conv2D(3, 3, padding="same", dilation_rate=2),
        L.SeparableConv2D(3, 3, padding="same", depth_multiplier=2), L.DepthwiseConv2D(3, strides=2, padding="same"),
        L.DepthwiseConv2D((2, 3), depth_multiplier=2, use_bias=False), L.Conv2DTranspose(2, 3, strides=2, padding="same"),
        L.Conv2DTranspose(2, (3, 2), strides=(2, 1), output_padding=(1, 0)),
        L.MaxPooling2D(), L.AveragePooling2D((3, 2), strides=2, padding="same"), L.GlobalAveragePooling2D(keepdims=True),
        L.GlobalMaxPooling2D(), L.ZeroPadding2D(((1, 2), (0, 3))), L.Cropping2D(((1, 0), (2, 1))), L.UpSampling2D((2, 3)),
        L.UpSampling2D(2, interpolation="bilinear"), L.Flatten(), L.Reshape((-1, 2)), L.Permute((3, 1, 2))], form)
    every("conv3d", (4, 5, 4, 2), [
        L.Conv3D(3, 2, strides=2, padding="same"), L.Conv3DTranspose(2, 2, strides=2), L.MaxPooling3D(),
        L.AveragePooling3D(2, strides=1, padding="same"), L.GlobalAveragePooling3D(), L.GlobalMaxPooling3D(),
        L.ZeroPadding3D(1), L.Cropping3D(((1, 1), (0, 2), (1, 0))), L.UpSampling3D((1, 2, 2))], form)


def channels_first():
    """What Keras 3 computes on a CPU with channels first."""
    first = "channels_first"
    every("first", (2, 6, 5), [
        L.DepthwiseConv2D(2, data_format=first),
        L.SeparableConv2D(3, 2, data_format=first), L.GlobalMaxPooling2D(data_format=first),
        L.GlobalAveragePooling2D(data_format=first, keepdims=True), L.ZeroPadding2D((1, 2), data_format=first),
        L.Cropping2D(1, data_format=first), L.UpSampling2D(2, data_format=first), L.Flatten(data_format=first),
        L.MaxPooling2D(data_format=first), L.BatchNormalization(axis=1), L.GroupNormalization(2, axis=1)])


def unknown_sizes():
    x, y = keras.Input((None, 3), name="x"), keras.Input((None, None, 4), name="y")
    save("unknown", keras.Model([x, y], [
        L.TimeDistributed(L.Dense(2))(x), L.MultiHeadAttention(2, 2)(x, x, use_causal_mask=True), L.UpSampling1D(2)(x),
        L.Conv1DTranspose(2, 3, strides=2)(x), L.GlobalAveragePooling1D()(L.Masking()(x)), L.Conv2DTranspose(2, 3, strides=2)(y),
        L.UpSampling2D(3)(y), L.GroupNormalization(2)(y), L.Reshape((-1, 8))(y), L.Cropping1D(1)(x), L.Flatten()(y)]),
        {"x": floats(2, 5, 3), "y": floats(2, 4, 3, 4)})


def frozen():
    """A frozen model, whose weights a whole-model file keeps in another order."""
    inner = keras.Sequential([keras.Input((4,)), L.Dense(4), L.BatchNormalization(), L.Dense(4)], name="inner")
    inner.trainable = False
    a = keras.Input((4,), name="a")
    middle = keras.Model(a, L.Dense(4)(inner(a)), name="middle")
    x = keras.Input((4,), name="x")
    save("frozen", keras.Model(x, L.Dense(2)(middle(x))), {"x": floats(2, 4)}, "h5")


def norms(form):
    layers = [L.BatchNormalization(), L.BatchNormalization(axis=1, scale=False), L.BatchNormalization(center=False),
              L.LayerNormalization(), L.LayerNormalization(axis=[1, 2], epsilon=1e-5), L.LayerNormalization(axis=1, center=False),
              L.GroupNormalization(2), L.GroupNormalization(-1), L.UnitNormalization(), L.UnitNormalization(axis=1)]
    if VERSION == 3:
        layers += [L.RMSNormalization()]
    every("norms", (5, 6, 4), layers, form)
    layers = [L.Rescaling(1 / 127.5, -1), L.CenterCrop(4, 5), L.Resizing(3, 4), L.Resizing(7, 9, interpolation="nearest"),
              L.Normalization(mean=[0.5, 1.0, 1.5], variance=[1.0, 2.0, 3.0]), L.Normalization(),
              L.RandomFlip(), L.Dropout(0.5), L.SpatialDropout2D(0.5), L.GaussianNoise(0.5), L.Discretization([-1.0, 0.0, 0.5])]
    every("images", (6, 8, 3), layers, form)


def merges(form):
    a, b, c = (keras.Input((4, 3), name=name) for name in "abc")
    v = keras.Input((3,), name="v")
    outputs = [L.Add()([a, b, c]), L.Subtract()([a, b]), L.Multiply()([a, b, c]), L.Average()([a, b, c]),
               L.Maximum()([a, b]), L.Minimum()([a, b, c]), L.Concatenate()([a, b, c]), L.Concatenate(axis=1)([a, b]),
               L.Dot(2)([a, b]), L.Dot((1, 1), normalize=True)([a, b]), L.Dot((2, 1))([a, v]), L.Dot(1)([v, v]),
               L.RepeatVector(4)(v), L.Add()([a, v]), L.Attention()([a, b]), L.Attention(use_scale=True, score_mode="concat")([a, b, c]),
               L.AdditiveAttention()([a, b]), L.Attention()([a, b], use_causal_mask=True)]
    save("merges", keras.Model([a, b, c, v], outputs), {**{k: floats(2, 4, 3) for k in "abc"}, "v": floats(2, 3)}, form)


def nested(form):
    """Models in models, layers used twice, several inputs and outputs; an input that comes second first."""
    def block(name):
        return keras.Sequential([keras.Input((4,), name=name + "_in"), L.Dense(4, activation="tanh"), L.BatchNormalization(), L.Dense(4)], name=name)

    inner, outer = block("inner"), block("outer")
    inner.layers[0].trainable = False
    outer.layers[1].trainable = False
    i, j = keras.Input((4,), name="i"), keras.Input((4,), name="j")
    h = L.Dense(4, name="first")(i)
    pair = keras.Model([i, j], [L.Add()([h, j]), L.Dense(4)(inner(j))], name="pair")
    shared = L.Dense(4, name="shared")
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    x = shared(a)
    y = shared(b)
    p, q = pair([x, y])
    r, s = pair([y, p])
    z = outer(r)
    w = outer(z)
    out = L.Concatenate(name="all")([z, q, s])
    model = keras.Model([b, a], [out, L.Dense(3, name="head")(p), w, out, s])
    save("nested", model, {"a": floats(2, 4), "b": floats(2, 4)}, form)


def attention(form):
    x = keras.Input((5, 6), name="x")
    t = keras.Input((4,), dtype="int32", name="t")
    # One each: Keras 3 takes the mask off what attention was given, for all that use it later.
    e, f = L.Embedding(7, 6, mask_zero=True)(t), L.Embedding(7, 6, mask_zero=True)(t)
    g = L.Embedding(7, 6, mask_zero=True)(t)
    plain = L.Embedding(7, 3)(t)
    outputs = [L.MultiHeadAttention(2, 3)(x, x), L.MultiHeadAttention(2, 3, value_dim=4, output_shape=5, use_bias=False)(x, e),
               L.MultiHeadAttention(3, 2, dropout=0.1)(x, x, use_causal_mask=True), L.MultiHeadAttention(2, 3)(f, x), plain,
               L.Attention()([x, g]), L.GlobalAveragePooling1D()(L.Dense(2)(g)),
               L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de")(x),
               L.EinsumDense("...x,xy->...y", output_shape=4, bias_axes="y", activation="relu")(x),
               L.TimeDistributed(L.Dense(3))(x), L.TimeDistributed(L.Dense(2))(L.LayerNormalization()(x))]
    if VERSION == 3:
        outputs += [L.GroupQueryAttention(3, 4, 2)(x, x)]
    model = keras.Model([x, t], outputs)
    save("attention", model, {"x": floats(2, 5, 6), "t": np.array([[1, 6, 0, 3], [2, 0, 0, 0]], "int32")}, form)


def recurrent(form):
    x = keras.Input((5, 3), name="x")
    m = L.Masking(-1.0)(x)
    outputs = [L.LSTM(4)(x), L.LSTM(4, return_sequences=True, go_backwards=True, use_bias=False)(x), *L.LSTM(3, return_state=True)(x),
               L.GRU(4)(x), L.GRU(4, reset_after=False, return_sequences=True)(x), L.SimpleRNN(4, activation="relu")(x),
               L.Bidirectional(L.LSTM(3, return_sequences=True))(x), L.Bidirectional(L.GRU(3), merge_mode="sum")(x),
               L.RNN([L.LSTMCell(3), L.GRUCell(2)])(x), L.LSTM(3)(m), L.GRU(3, return_sequences=True)(m),
               L.Bidirectional(L.SimpleRNN(3, return_sequences=True))(m), m]
    s = L.LSTM(3, return_state=True)(x)
    outputs.append(L.LSTM(3)(x, initial_state=s[1:]))
    data = floats(2, 5, 3)
    data[0, 3:] = -1
    data[1, 0] = -1
    save("recurrent", keras.Model(x, outputs), {"x": data}, form)


def recurrent_loops(form):
    """Any number of time steps: loops."""
    x = keras.Input((None, 3), name="x")
    m = L.Masking(-1.0)(x)
    s = L.LSTM(3, return_sequences=True, return_state=True)(x)
    outputs = [*s, L.LSTM(3, go_backwards=True, use_bias=False, return_sequences=True)(x), L.GRU(4)(x),
               L.GRU(4, reset_after=False, return_sequences=True)(x), L.SimpleRNN(4, activation="relu")(x),
               L.Bidirectional(L.LSTM(3, return_sequences=True))(x), L.Bidirectional(L.GRU(3), merge_mode="ave")(x),
               L.RNN([L.LSTMCell(3), L.GRUCell(2)], return_sequences=True, return_state=True)(x)[0], L.LSTM(3)(m),
               L.GRU(3, return_sequences=True)(m), L.LSTM(3, return_sequences=True)(m, initial_state=s[1:]),
               L.Bidirectional(L.SimpleRNN(3, return_sequences=True))(m), L.Bidirectional(L.LSTM(3))(m), m]
    if VERSION == 2:
        outputs.append(L.LSTM(3, time_major=True, return_sequences=True)(x))
    data = floats(2, 5, 3)
    data[0, 3:] = -1
    data[1, 0] = -1
    save("recurrent_loops", keras.Model(x, outputs), {"x": data}, form)
    x = keras.Input((80, 3), name="x")
    save("recurrent_long", keras.Model(x, [L.LSTM(2)(x), L.GRU(2, return_sequences=True)(x)]), {"x": floats(2, 80, 3)}, form)


def recurrent_images(form):
    x1, x2, x3 = keras.Input((None, 6, 2), name="x1"), keras.Input((3, 5, 6, 2), name="x2"), keras.Input((None, 3, 4, 3, 2), name="x3")
    outputs = [L.ConvLSTM1D(2, 3, padding="same", return_sequences=True)(x1), *L.ConvLSTM1D(3, 2, strides=2, return_state=True)(x1),
               L.ConvLSTM2D(2, 3, padding="same", go_backwards=True, return_sequences=True)(x2),
               L.ConvLSTM2D(3, (2, 3), dilation_rate=2, use_bias=False)(x2), L.Bidirectional(L.ConvLSTM2D(2, 2))(x2),
               L.ConvLSTM3D(2, 2, padding="same")(x3)]
    save("recurrent_images", keras.Model([x1, x2, x3], outputs), {"x1": floats(2, 4, 6, 2), "x2": floats(2, 3, 5, 6, 2), "x3": floats(2, 2, 3, 4, 3, 2)}, form)


def operations(form):
    a, b = keras.Input((4, 3), name="a"), keras.Input((4, 3), name="b")
    ops = keras.ops if VERSION == 3 else None
    outputs = [a * 2 + 1, 1.0 - a, a / b, -a, a**2, a[:, 1], a[:, ::2, -1], a + b]
    if VERSION == 3:
        outputs += [a[..., None], ops.relu(a), ops.mean(a, axis=1), ops.sum(a, axis=(1, 2), keepdims=True), ops.reshape(a, (-1, 12)),
                    ops.transpose(a, (0, 2, 1)), ops.matmul(a, ops.swapaxes(b, 1, 2)), ops.concatenate([a, b], axis=1),
                    ops.expand_dims(a, 1), ops.exp(a), ops.maximum(a, 0.5), ops.clip(a, -1, 1), ops.gelu(a),
                    ops.softmax(a, axis=1), ops.abs(a), ops.max(a, axis=-1), ops.stack([a, b], axis=1), ops.flip(a, axis=1),
                    ops.einsum("abc,adc->abd", a, b), a > 0.2, ops.cast(a, "int32"), ops.add(a, np.ones((3,), "float32"))]
    else:
        outputs += [tf.nn.relu(a), tf.reduce_mean(a, axis=1), tf.reduce_sum(a, [1, 2], keepdims=True), tf.reshape(a, (-1, 12)),
                    tf.transpose(a, (0, 2, 1)), tf.matmul(a, b, transpose_b=True), tf.concat([a, b], axis=1), tf.expand_dims(a, 1),
                    tf.exp(a), tf.maximum(a, 0.5), tf.clip_by_value(a, -1, 1), tf.nn.gelu(a), tf.nn.softmax(a), tf.abs(a)]
    save("operations", keras.Model([a, b], outputs), {"a": floats(2, 4, 3), "b": floats(2, 4, 3) + 3}, form)


def masks(form):
    """Masks that calls are given, those that merges and attention make of several."""
    q, v = keras.Input((4, 3), name="q"), keras.Input((5, 3), name="v")
    qm, vm = keras.Input((4,), name="qm", dtype="bool"), keras.Input((5,), name="vm", dtype="bool")
    s, t = keras.Input((4,), name="s", dtype="int32"), keras.Input((4,), name="t", dtype="int32")
    outputs = [L.Attention()([q, v], mask=[qm, vm]), L.AdditiveAttention()([q, v], mask=[qm, None]),
               L.Attention(use_scale=True)([q, v], mask=[None, vm], use_causal_mask=True), L.Softmax()(q, mask=None)]
    for merge in [L.Add, L.Multiply, L.Maximum, L.Average, L.Concatenate]:
        e, f = L.Embedding(5, 3, mask_zero=True)(s), L.Embedding(5, 3, mask_zero=True)(t)
        outputs.append(L.GlobalAveragePooling1D()(merge()([e, f])))
    for merge in [L.Add, L.Multiply, L.Minimum]:
        e, f = L.Embedding(5, 3, mask_zero=True)(s), L.Embedding(5, 3)(t)
        outputs.append(L.GlobalAveragePooling1D()(merge()([e, f])))
    e = L.Embedding(5, 3, mask_zero=True)(s)
    outputs.append(L.GlobalAveragePooling1D()(L.Add()([e, L.MultiHeadAttention(2, 2)(e, e)])))
    outputs.append(L.GlobalAveragePooling1D()(L.Rescaling(2.0)(L.Embedding(5, 3, mask_zero=True)(t))))
    save("masks", keras.Model([q, v, qm, vm, s, t], outputs), {
        "q": floats(2, 4, 3), "v": floats(2, 5, 3), "qm": np.array([[1, 1, 0, 1], [0, 1, 1, 1]], bool),
        "vm": np.array([[1, 0, 1, 1, 0], [1, 1, 1, 0, 0]], bool), "s": np.array([[1, 2, 0, 0], [0, 3, 4, 0]], "int32"),
        "t": np.array([[0, 2, 0, 1], [0, 0, 4, 1]], "int32")}, form)


def attention_axes(form):
    x, y = keras.Input((2, 4, 3), name="x"), keras.Input((2, 3, 3), name="y")
    outputs = [L.MultiHeadAttention(2, 3)(x, x), L.MultiHeadAttention(2, 3, attention_axes=(2,))(x, y),
               *L.MultiHeadAttention(2, 3, attention_axes=(1, 2), output_shape=(2, 2))(x, y, return_attention_scores=True),
               L.Attention()([x, y]), L.AdditiveAttention()([x, y])]
    save("attention_axes", keras.Model([x, y], outputs), {"x": floats(2, 2, 4, 3), "y": floats(2, 2, 3, 3)}, form)


def categories(form):
    x, i = keras.Input((3,), name="x"), keras.Input((3,), name="i", dtype="int32")
    j = keras.Input((1,), name="j", dtype="int32")
    bounds = [-1.0, 0.0, 0.5]
    outputs = [L.Discretization(bounds)(x), L.Discretization(bounds, output_mode="multi_hot")(x), L.Discretization(bounds, output_mode="count")(x),
               L.CategoryEncoding(4, output_mode="multi_hot")(i), L.CategoryEncoding(4, output_mode="count")(i),
               L.CategoryEncoding(4, output_mode="one_hot")(j), L.CategoryEncoding(4, output_mode="count")(i, count_weights=x)]
    save("categories", keras.Model([x, i, j], outputs), {
        "x": floats(2, 3), "i": np.array([[0, 2, 2], [3, 1, 0]], "int32"), "j": np.array([[3], [0]], "int32")}, form)


def resizing(form):
    methods = ["lanczos3", "lanczos5", "bicubic", "area"] + (["gaussian", "mitchellcubic"] if VERSION == 2 else [])
    layers = [L.Resizing(h, w, interpolation=m) for m in methods for h, w in [(3, 4), (8, 11)]]
    layers += [L.Resizing(4, 4, crop_to_aspect_ratio=True), L.CenterCrop(7, 5), L.UpSampling2D(2, interpolation="lanczos3")]
    if VERSION == 3:
        layers += [L.Resizing(4, 4, pad_to_aspect_ratio=True, fill_value=1.0), L.Resizing(3, 4, antialias=True),
                   L.Resizing(3, 4, interpolation="bicubic", antialias=True)]
    every("resizing", (6, 9, 2), layers, form)


def activation_layers(form):
    layers = [L.Dense(4, activation=L.LeakyReLU(0.3)), L.Dense(4, activation=L.ReLU(max_value=1.0)), L.Dense(4, activation=L.ELU(0.5)),
              L.Activation(L.Softmax(axis=1))]
    if VERSION == 2:
        layers.append(L.Dense(4, activation=L.PReLU()))
    every("activation_layers", (3, 4), layers, form)


def softmax_channels_first():
    """The activation runs along the last dimension, though that is not the channels'."""
    first = "channels_first"
    every("first_softmax", (2, 7, 6), [L.Conv2D(3, 2, data_format=first, activation="softmax"),
                                       L.Conv2DTranspose(3, 2, data_format=first, activation="softmax")])


def bfloat16():
    x = keras.Input((4,), name="x", dtype="int32")
    y = L.Embedding(5, 3, dtype="bfloat16")(x)
    save("bfloat16", keras.Model(x, L.Activation("linear", dtype="float32")(y)), {"x": np.array([[0, 4, 2, 1]], "int32")}, "keras")


def more_operations(form):
    a, b, i = keras.Input((4, 3), name="a"), keras.Input((4, 3), name="b"), keras.Input((4, 3), dtype="int32", name="i")
    outputs = [a // b, a % b, a <= b, 2.0 ** a, i // 2, i % 3, a + np.array([1.0, 2.0, 3.0], "float32")]
    if VERSION == 3:
        o = keras.ops
        outputs += [i / 2, o.exp(i), o.logical_not(i), o.any(a > 1, axis=1), o.var(a, axis=-1), o.std(a, axis=1, keepdims=True),
                    o.logsumexp(a, axis=-1), o.argmax(a, axis=1), o.cumsum(a, axis=1), o.where(a > 0, a, 0.0), o.pad(a, ((0, 0), (1, 2), (0, 1))),
                    o.repeat(a, 2, axis=1), o.roll(a, 1, axis=1), o.take(a, [0, -1], axis=1), o.one_hot(i, 5), o.moveaxis(a, 1, 2),
                    o.tensordot(a, np.ones((3, 2), "float32"), axes=1), o.full_like(a, 2), o.log10(o.abs(a) + 1), *o.split(a, 2, axis=1),
                    o.sum(a > 0, axis=1) if hasattr(o, "never") else o.count_nonzero(a > 0, axis=1), o.tile(a, (1, 2, 1)), o.arctan2(a, b)]
    else:
        m = tf.math
        outputs += [m.greater_equal(a, b), m.logical_and(a > 0, b > 0), tf.where(a > 0, a, 0.0), tf.pad(a, [[0, 0], [1, 2], [0, 1]]), tf.repeat(a, 2, axis=1),
                    tf.roll(a, 1, 1), tf.gather(a, [0, 2], axis=1), tf.one_hot(i, 5), tf.tensordot(a, tf.ones((3, 2)), 1), m.reduce_variance(a, axis=1),
                    m.reduce_std(a, axis=-1), m.reduce_logsumexp(a, axis=1, keepdims=True), m.argmax(a, axis=1), m.cumsum(a, axis=1, exclusive=True),
                    *tf.split(a, 2, axis=1), tf.reshape(a, [tf.shape(a)[0], -1]), m.atan2(a, b), tf.norm(a, axis=-1), m.l2_normalize(a, axis=1),
                    tf.squeeze(tf.expand_dims(a, 1), 1), m.squared_difference(a, b), m.top_k(a, 2).values, tf.matmul(a, b, transpose_a=True)]
        e = L.Embedding(5, 3, mask_zero=True)(i[:, :, 0])
        outputs.append(e * 2.0)
    save("more_operations", keras.Model([a, b, i], outputs), {"a": floats(2, 4, 3), "b": floats(2, 4, 3) + 3, "i": RANDOM.randint(0, 5, (2, 4, 3)).astype("int32")}, form)


def lookups(form):
    """Tokens of numbers and back: so what goes in and comes out are numbers."""
    words = ["earth", "wind", "and", "fire", "", "sea"]
    texts = ["The quick, brown FOX!", "jumps over  the lazy dog", "", "h\u00e9llo ... the the quick", "quick"]
    numbers = [12, 36, 1138, 42]
    i, t = keras.Input((3,), name="i", dtype="int64"), keras.Input((1,), name="t", dtype="int64")
    word = L.StringLookup(vocabulary=words, invert=True, num_oov_indices=0, oov_token="none", name="words")(i)
    first = L.StringLookup(vocabulary=words, invert=True, num_oov_indices=0, oov_token="none", name="first")(t)
    text = L.StringLookup(vocabulary=texts, invert=True, num_oov_indices=0, name="texts")(t)
    adapted = form == "keras"  # HDF5 files hold no vocabulary that adapt() found

    def given(layer, seen, **options):
        if adapted:
            made = layer(**options)
            made.adapt(tf.constant(seen))
            return made
        return layer(vocabulary=seen, **options)
    weights = {"idf_weights": None if adapted else [0.25, 0.75, 0.6, 0.4]}
    outputs = [L.IntegerLookup(vocabulary=numbers, invert=True, mask_token=7)(i), given(L.IntegerLookup, numbers, oov_token=-7)(i),
               given(L.IntegerLookup, numbers, num_oov_indices=3, mask_token=0)(i)]
    for mode in ["multi_hot", "count"]:
        outputs += [given(L.StringLookup, words[:4], output_mode=mode)(word),
                    given(L.StringLookup, words[:4], output_mode=mode, mask_token="", num_oov_indices=2)(word),
                    given(L.IntegerLookup, numbers, output_mode=mode, max_tokens=8, pad_to_max_tokens=True)(i),
                    L.Hashing(4, output_mode=mode)(i), L.Hashing(5, output_mode=mode, mask_value="wind", salt=133)(word)]
    outputs += [given(L.StringLookup, words[:4])(word), given(L.StringLookup, words[:4], mask_token="", num_oov_indices=2)(word),
                given(L.StringLookup, words[:4], output_mode="one_hot")(first), L.Hashing(4, output_mode="one_hot")(t),
                given(L.StringLookup, words[:4], output_mode="tf_idf", **weights)(word),
                given(L.StringLookup, words[:4], output_mode="tf_idf", num_oov_indices=1 if VERSION == 2 and adapted else 2, **weights)(word),
                L.Hashing(7)(i), L.Hashing(7, salt=[133, 137], mask_value=1)(i), L.Hashing(7, salt=133)(word)]
    tokens = ["the", "quick", "brown", "fox", "dog", "the quick", "q", "\u00e9"] if not adapted else ["the quick brown fox", "dog \u00e9 q", "the quick dog"]
    for options in [{}, {"output_sequence_length": 4}, {"split": "character", "output_sequence_length": 9}, {"split": None}, {"standardize": "lower"},
                    {"standardize": "strip_punctuation"}, {"standardize": None}, {"ngrams": 2}, {"ngrams": (2, 3), "output_sequence_length": 5},
                    {"output_mode": "multi_hot"}, {"output_mode": "count", "ngrams": 2}, {"split": None, "output_sequence_length": 2},
                    {"output_mode": "count", "split": "character", "max_tokens": 24, "pad_to_max_tokens": True}]:
        if VERSION == 2 and isinstance(options.get("ngrams"), tuple):
            continue  # Keras 2 can't load it
        outputs.append(given(L.TextVectorization, tokens, **options)(text))
    outputs.append(given(L.TextVectorization, tokens, output_mode="tf_idf", **({} if adapted else {"idf_weights": [0.1 * n for n in range(8)]}))(text))
    nested = keras.Sequential([keras.Input((1,), dtype="string"), given(L.TextVectorization, tokens, output_sequence_length=3), L.Embedding(20, 2)])
    outputs.append(nested(text))
    outputs.append(L.Dense(2)(outputs[3]))
    save("lookups_" + form, keras.Model([i, t], outputs),
         {"i": np.array([[12, 1, 2], [3, 5, 0], [36, 42, 1138], [0, 0, 4], [-3, 99, 1]]), "t": np.arange(5)[:, None]}, form)


def whole_numbers(form):
    x = keras.Input((4, 4), name="x", dtype="int64")
    layers = [L.Dense(3), L.BatchNormalization(), L.MultiHeadAttention(2, 3)] if VERSION == 2 else [
        L.Dense(3), L.EinsumDense("abc,cd->abd", output_shape=(4, 3)), L.BatchNormalization(), L.LSTM(3), L.GlobalAveragePooling1D()]
    outputs = [layer(x, x) if isinstance(layer, L.MultiHeadAttention) else layer(x) for layer in layers if VERSION == 3 or not isinstance(layer, L.MultiHeadAttention)]
    if VERSION == 3:
        outputs += [L.MultiHeadAttention(2, 3)(x, x), L.AdditiveAttention()([x, x]), L.Concatenate()([x, L.Dense(4)(x)]), L.Dot(1)([x, L.Dense(4)(x)])]
    outputs.append(L.Average()([x, x]))
    save("whole_numbers", keras.Model(x, outputs), {"x": RANDOM.randint(-4, 9, (2, 4, 4))}, form)


def attention_masks(form):
    q, v, k = keras.Input((4, 3), name="q"), keras.Input((5, 3), name="v"), keras.Input((5, 3), name="k")
    qm, vm, km = (keras.Input((n,), name=name, dtype="bool") for n, name in [(4, "qm"), (5, "vm"), (5, "km")])
    outputs = []
    for layer in [L.MultiHeadAttention(2, 3), L.GroupQueryAttention(3, 4, 2)]:
        outputs += [layer(q, v, query_mask=qm, value_mask=vm), layer(q, v, key=k, query_mask=qm, key_mask=km, use_causal_mask=True), layer(q, v, k, qm, vm, km)]
    masks = {"qm": [[1, 1, 0, 1], [0, 1, 1, 1]], "vm": [[1, 0, 1, 1, 0], [1, 1, 1, 0, 1]], "km": [[1, 1, 1, 0, 1], [1, 0, 1, 1, 0]]}
    save("attention_masks", keras.Model([q, v, k, qm, vm, km], outputs),
         {"q": floats(2, 4, 3), "v": floats(2, 5, 3), "k": floats(2, 5, 3), **{n: np.array(m, bool) for n, m in masks.items()}}, form)


def crossings(form):
    a, b, c = (keras.Input(shape, name=name, dtype=dtype) for name, shape, dtype in [
        ("a", (1,), "string"), ("b", (1,), "int32"), ("c", (1,), "string")])
    outputs = [L.HashedCrossing(9)((a, b)), L.HashedCrossing(5, output_mode="one_hot")((a, b, c)), L.HashedCrossing(7)((a, c))]
    save("crossings", keras.Model([a, b, c], outputs), {
        "a": np.array([["red"], [""]]), "b": np.array([[3], [-8]], "int32"), "c": np.array([["x"], ["zz"]])}, form)


def any_size(form):
    """Images whose size is known at run time only."""
    layers = [L.Resizing(4, 4, crop_to_aspect_ratio=True), L.Resizing(9, 3, crop_to_aspect_ratio=True), L.Resizing(3, 4, interpolation="lanczos3")]
    if VERSION == 3:
        layers += [L.Resizing(4, 4, pad_to_aspect_ratio=True, fill_value=1.0), L.Resizing(3, 8, pad_to_aspect_ratio=True), L.CenterCrop(4, 5)]
    every("any_size", (None, None, 2), layers + [L.RandomCrop(4, 4)] * (VERSION == 2), form, data=floats(2, 6, 9, 2))


def adaptive_pools(form):
    layers = [L.AdaptiveAveragePooling2D((3, 2)), L.AdaptiveMaxPooling2D((4, 5)), L.AdaptiveAveragePooling2D(2, data_format="channels_first"),
              L.AdaptiveMaxPooling2D((2, 7))]
    every("adaptive_pools", (6, 7, 4), layers, form)


def sounds():
    every("sounds", (300,), [
        L.MelSpectrogram(64, 20, sampling_rate=1000, num_mel_bins=7, max_freq=400), L.MelSpectrogram(50, 32, 41, "hamming", 800, 5, 10.0, power_to_db=False, mag_exp=1.0),
        L.MelSpectrogram(40, 40, window=None, num_mel_bins=4, top_db=9.0, ref_power=2.0)])
    every("frames", (120, 2), [
        L.STFTSpectrogram(mode, 32, step, padding=padding, expand_dims=expand)
        for mode, step, padding, expand in [("log", 16, "valid", False), ("magnitude", 8, "same", True), ("psd", None, "valid", False),
                                            ("imag", 16, "same", False), ("stft", 16, "valid", True)]] +
        [L.STFTSpectrogram("real", 20, 10, 32, "hamming", data_format="channels_last", scaling="spectrum", periodic=True)])
    x = keras.Input((None,), name="x")
    save("any_length", keras.Model(x, [L.MelSpectrogram(64, 20, sampling_rate=1000, num_mel_bins=7, max_freq=400)(x)]), {"x": floats(2, 301)})


def reversible():
    x = keras.Input((4,), name="x", dtype="int32")
    tied, untied = L.ReversibleEmbedding(9, 5, logit_soft_cap=3.0), L.ReversibleEmbedding(9, 5, tie_weights=False)
    a, b = tied(x), untied(x)
    save("reversible", keras.Model(x, [a, b, tied(a, reverse=True), untied(b, reverse=True)]), {"x": RANDOM.randint(0, 9, (2, 4)).astype("int32")})


def later_layers():
    every("later_layers", (5, 6, 3), [L.AutoContrast((-2, 2)), L.AutoContrast(), L.Solarization(0.1, 0.2), L.Activation("sparsemax"),
                                      L.Dense(4, activation="sparsemax")])


def applications():
    from keras.src.applications import convnext, inception_resnet_v2
    x, y = keras.Input((4, 3), name="x"), keras.Input((4, 3), name="y")
    classes = [convnext.LayerScale, convnext.StochasticDepth, inception_resnet_v2.CustomScaleLayer]
    with keras.utils.custom_object_scope({c.__name__: c for c in classes}):
        save("applications", keras.Model([x, y], [classes[0](0.3, 3)(x), classes[1](0.5)(x), classes[2](0.2)([x, y])]),
             {"x": floats(2, 4, 3), "y": floats(2, 4, 3)})


def rolled():
    roll = keras.ops.roll if VERSION == 3 else tf.roll
    x = keras.Input((None, 3), name="x")
    save("rolled", keras.Model(x, [roll(x, 1, 1), roll(x, [-2, 1], [1, 2])]), {"x": floats(2, 5, 3)})


def local(form):
    name = "local_" + form
    grids = [L.LocallyConnected2D(3, (3, 2), strides=(1, 2), implementation=i, padding=p, activation="relu", use_bias=i != 2)
             for i, p in [(1, "valid"), (2, "valid"), (2, "same"), (3, "valid"), (3, "same")]]
    grids += [L.LocallyConnected2D(3, 3, implementation=i, data_format="channels_first") for i in (1, 2, 3)]
    x, y = keras.Input((5, 6, 4), name="x"), keras.Input((7, 3), name="y")
    lines = [L.LocallyConnected1D(2, 3, strides=2, implementation=i) for i in (1, 2, 3)] + [L.LocallyConnected1D(2, 3, padding="same", implementation=2)]
    save(name, keras.Model([x, y], [layer(x) for layer in grids] + [layer(y) for layer in lines]), {"x": floats(2, 5, 6, 4), "y": floats(2, 7, 3)}, form)


def adapted():
    layer = L.Discretization(num_bins=5)
    layer.adapt(floats(60, 1))
    every("adapted", (6,), [layer, L.Discretization([-1.0, 0.5])], "h5")


def mlp(form):
    model = keras.Sequential([L.Dense(5, activation="relu"), L.Dense(3, activation="softmax")])
    model.build((None, 4))
    save("mlp_" + form, model, {"": floats(3, 4)}, form)


mlp("keras")
mlp("h5")
activations("keras" if VERSION == 3 else "h5")
convolutions("keras" if VERSION == 3 else "h5")
norms("keras" if VERSION == 3 else "h5")
merges("keras" if VERSION == 3 else "h5")
nested("keras")
attention("keras" if VERSION == 3 else "h5")
recurrent("keras" if VERSION == 3 else "h5")
operations("keras")
unknown_sizes()
frozen()
masks("keras" if VERSION == 3 else "h5")
attention_axes("keras")
categories("keras" if VERSION == 3 else "h5")
resizing("keras")
activation_layers("keras" if VERSION == 3 else "h5")
softmax_channels_first()
more_operations("keras")
if VERSION == 3:
    bfloat16()
    channels_first()
    a, b = keras.Input((3,), name="a"), keras.Input((3,), name="b")
    save("dictionary", keras.Model({"b": b, "a": a}, {"z": L.Dense(2)(a), "y": L.Dense(2)(L.Add()([a, b]))}),
         {"a": floats(2, 3), "b": floats(2, 3)})
    x = keras.Input((5, 4), name="x")
    save("whole", keras.Model(x, [L.LSTM(3)(x), L.Bidirectional(L.GRU(2))(x), L.BatchNormalization()(x), L.MultiHeadAttention(2, 2)(x, x)]),
         {"x": floats(2, 5, 4)}, "h5")
else:
    x = keras.Input((5, 4), name="x")
    save("archive", keras.Model(x, [L.LSTM(3)(x), L.Bidirectional(L.GRU(2))(x), L.BatchNormalization()(x), L.MultiHeadAttention(2, 2)(x, x), L.SeparableConv1D(2, 2)(x)]),
         {"x": floats(2, 5, 4)})
recurrent_loops("keras" if VERSION == 3 else "h5")
recurrent_images("keras" if VERSION == 3 else "h5")
lookups("keras")
lookups("h5")
whole_numbers("keras")
if VERSION == 3:
    attention_masks("keras")
    adaptive_pools("keras")
else:
    crossings("keras")
any_size("keras")
if VERSION == 3:
    sounds()
    reversible()
    later_layers()
else:
    local("h5")
    local("keras")
    adapted()
    every("crops", (None, None, 2), [L.CenterCrop(4, 5), L.CenterCrop(7, 4), L.CenterCrop(3, 12)], data=floats(2, 6, 9, 2))
applications()
rolled()

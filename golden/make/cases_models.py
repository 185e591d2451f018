"""Models: dense, shared weights, convolutional, MobileNetV2, a transformer block, images with a border, variables of every dtype."""
import numpy as np
import tensorflow as tf

from golden_case import GoldenCase, generator, integers, uniform

MAKERS = {}


def maker(function):
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def spec(dtype, *shape, name=None):
    return tf.TensorSpec(shape, dtype, name=name)


# ---- Keras ------------------------------------------------------------------------------------------------

def randomise(model, *what):
    """Gives every weight seeded values that keep activations near one, moving statistics included."""
    weights = []
    for weight in model.weights:
        shape, kind = tuple(weight.shape), weight.path.rsplit("/", 1)[-1]
        chance = generator(weight.path, shape, *what)
        if kind in ("kernel", "depthwise_kernel"):
            fan_in = int(np.prod(shape[:2] if "depthwise" in weight.path else shape[:-1]))
            value = chance.normal(0, np.sqrt(2 / fan_in), shape)
        elif kind in ("gamma", "moving_variance"):
            value = chance.uniform(0.6, 1.5, shape)
        else:
            value = chance.uniform(-0.2, 0.2, shape)
        weights.append(value.astype(np.float32))
    model.set_weights(weights)


def two_dense():
    keras = tf.keras
    model = keras.Sequential([keras.Input((4,), name="features"), keras.layers.Dense(2, activation="relu", name="x"),
                              keras.layers.Dense(1, activation="relu", name="output")])
    model.set_weights([np.array([[0.75, -0.5], [0.25, 1.0], [-0.25, 0.5], [1.25, 0.125]], np.float32),
                       np.array([0.25, -0.125], np.float32), np.array([[1.25], [0.75]], np.float32),
                       np.array([-0.5], np.float32)])
    return model


def dense_calls(case, keys, name):
    for key in keys:
        case.call(key, **{name: [[1, 2, 3, 4]]})
        case.call(key, **{name: uniform((5, 4), "dense")})
        case.call(key, **{name: [[np.nan, 0, 0, 0], [np.inf, 1, 1, 1], [-np.inf, 0, 0, 0], [-0.0, -0.0, -0.0, -0.0],
                                 [1e30, -1e30, 1e30, 1e30]]})


@maker
def dense(out, name):
    case = GoldenCase(out, name, "Two Dense layers, a Keras 3 Sequential model written by model.export.")
    two_dense().export(case.model, verbose=False)
    dense_calls(case, ("serve", "serving_default"), "features")
    case.write()


@maker
def dense_saved(out, name):
    case = GoldenCase(out, name, "The same Keras 3 model written by tf.saved_model.save: its weights hang off lists of the "
                                 "object graph, not off named attributes.")
    model = two_dense()
    model(np.zeros((1, 4), np.float32))
    tf.saved_model.save(model, case.model)
    from golden_case import describe_signatures
    for key, signature in describe_signatures(case.folder / "model").items():
        (given,) = signature["inputs"]
        dense_calls(case, (key,), given)
    case.write()


@maker
def cnn_batch_norm(out, name):
    case = GoldenCase(out, name, "Convolutions, depthwise, batch norm, pooling, padding, dense and softmax; Keras 3 functional.",
                      rtol=1e-4, atol=1e-5)
    layers = tf.keras.layers
    image = tf.keras.Input((12, 14, 3), name="image")
    x = layers.Conv2D(6, 3, padding="same", use_bias=False, name="first")(image)
    x = layers.BatchNormalization(name="first_norm", epsilon=1e-3)(x)
    x = layers.ReLU(name="first_relu")(x)
    x = layers.ZeroPadding2D(((1, 0), (0, 1)), name="pad")(x)
    x = layers.DepthwiseConv2D(3, strides=2, depth_multiplier=2, padding="valid", name="depthwise")(x)
    x = layers.BatchNormalization(name="depthwise_norm", scale=False)(x)
    x = layers.ReLU(max_value=6.0, name="depthwise_relu6")(x)
    wide = layers.Conv2D(8, 3, dilation_rate=2, padding="same", activation="relu", name="dilated")(x)
    narrow = layers.Conv2D(8, 1, padding="same", name="pointwise")(x)
    x = layers.Add(name="join")([wide, narrow])
    x = layers.BatchNormalization(name="join_norm", center=False)(x)
    top = layers.MaxPooling2D(2, padding="same", name="max_pool")(x)
    mean = layers.AveragePooling2D((3, 2), strides=2, padding="same", name="mean_pool")(x)
    x = layers.Concatenate(name="both")([top, mean])
    features = layers.GlobalAveragePooling2D(name="features")(x)
    flat = layers.Dense(10, activation="tanh", name="flat")(layers.Flatten(name="flatten")(x))
    classes = layers.Dense(5, activation="softmax", name="classes")(layers.Concatenate(name="all")([features, flat]))
    model = tf.keras.Model(image, {"classes": classes, "features": features}, name="cnn")
    randomise(model, name)
    model.export(case.model, verbose=False)
    for key in ("serving_default", "serve"):
        case.call(key, image=uniform((2, 12, 14, 3), name, low=-1, high=1))
        case.call(key, image=uniform((5, 12, 14, 3), name, low=-1, high=1))
        case.call(key, image=np.zeros((1, 12, 14, 3)))
    case.write()


@maker
def mobilenet_v2(out, name):
    case = GoldenCase(out, name, "MobileNetV2, alpha 0.35, 96x96, ten classes, random weights and batch norm statistics.",
                      rtol=1e-4, atol=1e-5)
    model = tf.keras.applications.MobileNetV2((96, 96, 3), alpha=0.35, weights=None, classes=10)
    randomise(model, name)
    # model.export would write every weight twice (as _all_variables/N and as variables/N): too large a file.
    module = tf.Module()
    module.weights = [weight.value for weight in model.weights]
    assert all(isinstance(weight, tf.Variable) for weight in module.weights)

    @tf.function(input_signature=[spec(tf.float32, None, 96, 96, 3, name="image")])
    def classify(image):
        return {"classes": model(image, training=False)}
    module.classify = classify
    tf.saved_model.save(module, case.model, signatures={"serving_default": classify})
    case.call("serving_default", image=uniform((1, 96, 96, 3), name, low=-1, high=1))
    case.call("serving_default", image=np.stack(np.broadcast_arrays(
        np.linspace(-1, 1, 96)[:, None], np.linspace(1, -1, 96)[None, :], np.float32(0.25)), -1)[None].repeat(2, 0)
        * np.array([1.0, -0.5]).reshape(2, 1, 1, 1))
    case.write()


# ---- Sizes computed from the image ------------------------------------------------------------------------

@maker
def image_with_border(out, name):
    """20 lines made 6: a session divides by 6 as it multiplies by 1/6, gets 5.9999995 lines, and makes 5."""
    case = GoldenCase(out, name, "Images of any size, resized by areas with a border.", atol=1e-4)

    @tf.function(input_signature=[spec(tf.float32, None, None, 2, name="image")])
    def resize(image):
        return {"resized": tf.image.resize_with_pad(image, 6, 8, method="area")}
    tf.saved_model.save(tf.Module(), case.model, signatures={"serving_default": resize})
    for size in ((20, 10), (24, 10), (12, 18), (5, 9)):
        case.call("serving_default", image=uniform([*size, 2], name))
    case.write()


# ---- tf.Module --------------------------------------------------------------------------------------------

class Shared(tf.Module):
    """One kernel, three signatures."""

    def __init__(self):
        self.kernel = tf.Variable(uniform((6, 4), "kernel"), name="kernel")
        self.bias = tf.Variable(uniform((4,), "bias"), name="bias")

    @tf.function(input_signature=[spec(tf.float32, None, 6, name="zebra"), spec(tf.float32, name="apple"),
                                  spec(tf.float32, None, 4, name="mango")])
    def project(self, zebra, apple, mango):
        product = tf.matmul(zebra, self.kernel) + self.bias
        return {"zulu": product, "alpha": product * apple, "mike": product - mango}

    @tf.function(input_signature=[spec(tf.float32, None, 4, name="y"), spec(tf.float32, None, 6, name="b"),
                                  spec(tf.float32, None, 6, name="a")])
    def transposed(self, y, b, a):
        back = tf.matmul(y, self.kernel, transpose_b=True)
        # Eleven outputs and more without names: output_10 sorts between output_1 and output_2.
        return [back, a - b, b - a] + [back * i + b for i in range(3, 11)] + [tf.matmul(a, self.kernel)]

    @tf.function(input_signature=[spec(tf.int32, None, name="rows"), spec(tf.int64, None, name="columns")])
    def lookup(self, rows, columns):
        return {"taken": tf.gather(self.kernel, rows), "crossed": tf.gather(self.kernel, columns, axis=1),
                "bias": tf.gather(self.bias, columns)}


@maker
def shared_weights(out, name):
    case = GoldenCase(out, name, "One kernel in three signatures: matmul, transposed matmul, gather; names out of order; "
                                 "twelve unnamed outputs.")
    module = Shared()
    tf.saved_model.save(module, case.model, signatures={
        "project": module.project, "transposed": module.transposed, "lookup": module.lookup})
    for n in (1, 3):
        case.call("project", zebra=uniform((n, 6), "z"), apple=np.float32(2.5 - n), mango=uniform((n, 4), "m"))
        case.call("transposed", y=uniform((n, 4), "y"), b=uniform((n, 6), "b"), a=uniform((n, 6), "a"))
        case.call("lookup", rows=integers((n + 1,), "rows", low=0, high=6),
                  columns=integers((n,), "columns", low=0, high=4, dtype=np.int64))
    case.call("lookup", rows=[5, 0, 5, 5, 1], columns=[3, 3])
    case.write()


class ScaledWeights(tf.Module):
    """One kernel of more than 16 KB, from which on products with constants are computed when they are read."""

    def __init__(self):
        self.kernel = tf.Variable(uniform((96, 48), "kernel", low=-1), name="kernel")
        self.scale = tf.Variable(uniform((48,), "scale", low=0.5), name="scale")

    @tf.function(input_signature=[spec(tf.float32, None, 96, name="x")])
    def plain(self, x):
        return tf.matmul(x, self.kernel)

    @tf.function(input_signature=[spec(tf.float32, None, 96, name="x")])
    def halved(self, x):
        return tf.nn.relu(tf.matmul(x, self.kernel * 0.5) + 0.25)

    @tf.function(input_signature=[spec(tf.float32, None, 96, name="x")])
    def columns(self, x):
        return tf.matmul(x, self.kernel * self.scale)

    @tf.function(input_signature=[spec(tf.float32, None, 48, name="x")])
    def backwards(self, x):
        return tf.matmul(x, tf.transpose(self.kernel * self.scale))

    @tf.function(input_signature=[spec(tf.int32, None, name="rows")])
    def lookup(self, rows):
        return tf.gather(self.kernel * 7.0, rows)


@maker
def scaled_weights(out, name):
    case = GoldenCase(out, name, "One kernel as it is, scaled by a number and by column, transposed, looked up.")
    module = ScaledWeights()
    keys = ("plain", "halved", "columns", "backwards", "lookup")
    tf.saved_model.save(module, case.model, signatures={key: getattr(module, key) for key in keys})
    for key in keys[:4]:
        case.call(key, x=uniform((2, 48 if key == "backwards" else 96), key))
    case.call("lookup", rows=[95, 0, 17])
    case.write()


class WeightForms(tf.Module):
    """Weights of more than 1 KB, from which on the forms they are used in are followed."""

    def __init__(self):
        self.filter = tf.Variable(uniform((3, 3, 8, 12), "filter", low=-1), name="filter")
        self.matrix = tf.Variable(uniform((24, 16), "matrix", low=-1), name="matrix")
        self.square = tf.Variable(uniform((16, 16), "square", low=-1), name="square")

    @tf.function(input_signature=[spec(tf.float32, 1, 6, 6, 8, name="x")])
    def convolved(self, x):
        return tf.nn.conv2d(x, self.filter, 1, "SAME")

    @tf.function(input_signature=[spec(tf.float32, 1, 6, 6, 12, name="x")])
    def spread(self, x):
        return tf.nn.conv2d_transpose(x, self.filter, [1, 12, 12, 8], 2, "SAME")

    @tf.function(input_signature=[spec(tf.float32, 1, 6, 6, 8, name="x")])
    def rotated(self, x):
        return tf.nn.conv2d(x, tf.reverse(self.filter, [0, 1]), 1, "SAME")

    @tf.function(input_signature=[spec(tf.float32, None, 24, name="x")])
    def plain(self, x):
        return tf.matmul(x, self.matrix)

    @tf.function(input_signature=[spec(tf.float32, None, 2, 3, 4, name="x")])
    def flattened(self, x):
        return tf.matmul(tf.reshape(tf.transpose(tf.nn.relu(x), [0, 3, 1, 2]), [-1, 24]), self.matrix)

    @tf.function(input_signature=[spec(tf.float32, None, 20, name="x")])
    def part(self, x):
        return tf.matmul(x, self.matrix[2:22])

    @tf.function(input_signature=[spec(tf.float32, None, 24, name="x")])
    def halves(self, x):
        left, right = tf.split(-self.matrix, 2, axis=1)
        return {"left": tf.matmul(x, left), "right": tf.matmul(x, tf.cast(tf.cast(right, tf.float16), tf.float32))}

    @tf.function(input_signature=[spec(tf.float32, None, 16, name="x")])
    def joined(self, x):
        both = tf.concat([self.square, tf.transpose(self.matrix)], axis=1)
        return {"both": tf.matmul(x, both), "one": tf.matmul(x, self.square)}

    @tf.function(input_signature=[spec(tf.float32, 2, 16, name="x")])
    def repeated(self, x):
        back = tf.matmul(x, self.square, transpose_b=True)
        return tf.while_loop(lambda i, h: i < 3, lambda i, h: (i + 1, tf.tanh(tf.matmul(h, self.square + 1.0))),
                             (0, back))[1]


@maker
def weight_forms(out, name):
    case = GoldenCase(out, name, "A filter that is convolved, convolved back and rotated; matrices that are used whole, in parts, "
                                 "joined, negated, shifted, in a loop, behind a flattened image in NCHW.")
    module = WeightForms()
    keys = ("convolved", "spread", "rotated", "plain", "flattened", "part", "halves", "joined", "repeated")
    tf.saved_model.save(module, case.model, signatures={key: getattr(module, key) for key in keys})
    for key in keys:
        shape = [2 if d is None else d for d in getattr(module, key).input_signature[0].shape]
        case.call(key, x=uniform(shape, key, low=-1))
    case.write()


class TransformerBlock(tf.Module):
    WIDTH, HEADS, VOCABULARY, LONGEST = 16, 4, 24, 32

    def __init__(self):
        def weight(name, *shape):
            return tf.Variable(uniform(shape, name, low=-1, high=1) / np.float32(np.sqrt(shape[0])), name=name)
        w, h, d = self.WIDTH, self.HEADS, self.WIDTH // self.HEADS
        self.tokens = tf.Variable(uniform((self.VOCABULARY, w), "tokens"), name="tokens")
        self.positions = tf.Variable(uniform((self.LONGEST, w), "positions"), name="positions")
        self.query, self.key, self.value = (weight(n, w, h, d) for n in ("query", "key", "value"))
        self.joined = weight("joined", w, w)
        self.query_bias = tf.Variable(uniform((h, d), "query_bias", low=-0.1, high=0.1), name="query_bias")
        self.wide, self.narrow = weight("wide", w, 4 * w), weight("narrow", 4 * w, w)
        self.wide_bias = tf.Variable(uniform((4 * w,), "wide_bias", low=-0.2, high=0.2), name="wide_bias")
        self.scales = [tf.Variable(uniform((w,), "scale", i, low=0.7, high=1.3), name=f"scale_{i}") for i in range(2)]
        self.shifts = [tf.Variable(uniform((w,), "shift", i, low=-0.2, high=0.2), name=f"shift_{i}") for i in range(2)]

    def normalise(self, x, i):
        mean = tf.reduce_mean(x, -1, keepdims=True)
        variance = tf.reduce_mean(tf.math.squared_difference(x, mean), -1, keepdims=True)
        return (x - mean) * tf.math.rsqrt(variance + 1e-6) * self.scales[i] + self.shifts[i]

    def attend_einsum(self, x, mask):
        query = tf.einsum("bsw,whd->bhsd", x, self.query) + self.query_bias[:, tf.newaxis, :]
        key = tf.einsum("bsw,whd->bhsd", x, self.key)
        value = tf.einsum("bsw,whd->bhsd", x, self.value)
        scores = tf.einsum("bhqd,bhkd->bhqk", query, key) / np.float32(np.sqrt(self.WIDTH // self.HEADS))
        attention = tf.nn.softmax(tf.where(mask[:, tf.newaxis, tf.newaxis, :], scores, -1e9))
        mixed = tf.einsum("bhqk,bhkd->bqhd", attention, value)
        return attention, tf.matmul(tf.reshape(mixed, [tf.shape(x)[0], -1, self.WIDTH]), self.joined)

    def attend_matmul(self, x, mask):
        shape = tf.shape(x)
        batch, length = shape[0], shape[1]

        def heads(kernel, bias=0.0):
            flat = tf.matmul(tf.reshape(x, [-1, self.WIDTH]), tf.reshape(kernel, [self.WIDTH, self.WIDTH]))
            return tf.transpose(tf.reshape(flat, [batch, length, self.HEADS, -1]) + bias, [0, 2, 1, 3])
        scores = tf.matmul(heads(self.query, self.query_bias), heads(self.key), transpose_b=True)
        scores *= tf.math.rsqrt(float(self.WIDTH // self.HEADS))
        attention = tf.nn.softmax(scores + (1.0 - tf.cast(mask, tf.float32))[:, None, None, :] * -1e9)
        mixed = tf.transpose(tf.matmul(attention, heads(self.value)), [0, 2, 1, 3])
        return attention, tf.matmul(tf.reshape(mixed, tf.stack([batch, length, self.WIDTH])), self.joined)

    def run(self, tokens, mask, attend, approximate):
        x = tf.gather(self.tokens, tokens) + self.positions[:tf.shape(tokens)[1]]
        attention, mixed = attend(x, mask)
        x = self.normalise(x + mixed, 0)
        wide = tf.nn.gelu(tf.matmul(x, self.wide) + self.wide_bias, approximate=approximate)
        hidden = self.normalise(x + tf.matmul(wide, self.narrow), 1)
        return {"hidden": hidden, "attention": attention, "logits": tf.matmul(hidden, self.tokens, transpose_b=True)}

    INPUTS = [spec(tf.int32, None, None, name="tokens"), spec(tf.bool, None, None, name="mask")]

    @tf.function(input_signature=INPUTS)
    def einsum_erf(self, tokens, mask):
        return self.run(tokens, mask, self.attend_einsum, approximate=False)

    @tf.function(input_signature=INPUTS)
    def matmul_tanh(self, tokens, mask):
        return self.run(tokens, mask, self.attend_matmul, approximate=True)


@maker
def transformer_block(out, name):
    case = GoldenCase(out, name, "Embedding, masked multi-head attention, layer norm, both gelus; free batch and length.",
                      rtol=1e-4, atol=5e-5)
    module = TransformerBlock()
    tf.saved_model.save(module, case.model, signatures={
        "einsum_erf": module.einsum_erf, "matmul_tanh": module.matmul_tanh})
    for batch, length in ((2, 5), (1, 9), (3, 1), (1, 32)):
        tokens = integers((batch, length), "tokens", low=0, high=module.VOCABULARY)
        mask = np.arange(length)[None] < np.maximum(1, length - 2 * np.arange(batch))[:, None]
        for key in ("einsum_erf", "matmul_tanh"):
            case.call(key, tokens=tokens, mask=mask)
    case.write()


# ---- variables of every dtype ---------------------------------------------------------------------------

def variable_values(dtype):
    """A vector with the dtype's limits, a matrix and a scalar."""
    kind = tf.as_dtype(dtype)
    as_numpy = kind.as_numpy_dtype
    if dtype == "bool":
        line = np.array([True, False, True, True])
    elif dtype == "string":
        line = np.array([b"", b"one", "zw\u00f6lf \u96ea".encode(), b"\x00\xff\x00", b"x" * 300], object)
    elif kind.is_complex:
        line = np.array([0, 1 - 2j, complex(np.inf, -0.0), complex(-1e30, np.nan)], as_numpy)
    elif kind.is_floating:
        line = np.array([0.0, -0.0, 1.5, -2.25, np.nan, np.inf, -np.inf, kind.max, kind.min, 0.1]).astype(as_numpy)
    else:
        line = np.array([kind.min, kind.max, 0, 1, 42, 100], as_numpy)
    if dtype == "string":
        return {"vector": line, "matrix": np.array([[b"a", b"bb", b"ccc"], [b"", b"d", b"e"]], object),
                "scalar": np.array(b"alone", object)}
    if dtype == "bool":
        matrix = integers((3, 5), dtype, low=0, high=2).astype(bool)
    else:
        matrix = integers((3, 5), dtype, low=0, high=100).astype(as_numpy)
    return {"vector": line, "matrix": matrix, "scalar": line[1]}


class Holder(tf.Module):
    def __init__(self, dtypes):
        self.held = {dtype: {form: tf.Variable(value, dtype=dtype, name=f"{dtype}_{form}", trainable=False)
                             for form, value in variable_values(dtype).items()} for dtype in dtypes}


def readers(held):
    @tf.function
    def read():
        return {form: tf.identity(variable) for form, variable in held.items()}

    @tf.function
    def pick(index):
        return {"picked": tf.gather(held["vector"], index)}
    return read, pick


def checkpoint_case(out, name, about, dtypes):
    case = GoldenCase(out, name, about)
    module, signatures = Holder(dtypes), {}
    for dtype in dtypes:
        read, pick = readers(module.held[dtype])
        signatures[f"read_{dtype}"] = read.get_concrete_function()
        signatures[f"pick_{dtype}"] = pick.get_concrete_function(spec(tf.int32, None, name="index"))
    module.kept = list(signatures.values())
    tf.saved_model.save(module, case.model, signatures=signatures)
    for dtype in dtypes:
        case.call(f"read_{dtype}")
        case.call(f"pick_{dtype}", index=[0, 2, 1])
        case.call(f"pick_{dtype}", index=[3])
    case.write()


@maker
def checkpoint_types(out, name):
    checkpoint_case(out, name, "Variables of the common dtypes, read from the checkpoint: vector, matrix, scalar.",
                    ["float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool"])


@maker
def checkpoint_types_rare(out, name):
    checkpoint_case(out, name, "Variables of the rarer dtypes, read from the checkpoint.",
                    ["float16", "bfloat16", "uint16", "uint32", "uint64", "complex64", "complex128"])


@maker
def checkpoint_types_string(out, name):
    checkpoint_case(out, name, "String variables, read from the checkpoint.", ["string"])


@maker
def checkpoint_types_empty(out, name):
    """Apart, because TFLite's own interpreter refuses to give out a constant without elements."""
    case = GoldenCase(out, name, "Variables without elements, read from the checkpoint.")
    module = tf.Module()
    module.held = {dtype: tf.Variable(tf.zeros([0, 2], dtype) if dtype != "string" else tf.fill([0, 2], ""), name=dtype)
                   for dtype in ("float32", "int32", "int64", "bool", "string", "float16")}

    @tf.function
    def read():
        return {dtype: tf.identity(variable) for dtype, variable in module.held.items()}

    @tf.function(input_signature=[spec(tf.float32, None, 2, name="x")])
    def append(x):
        return {"joined": tf.concat([module.held["float32"], x], 0), "size": tf.size(module.held["int64"])}
    tf.saved_model.save(module, case.model, signatures={"read": read.get_concrete_function(), "append": append})
    case.call("read")
    case.call("append", x=[[1, 2], [3, 4]])
    case.call("append", x=[[5, 6]])
    case.write()


@maker
def tensors_shared(out, name):
    """Tensors of other shapes and types on the same elements, of which one is computed with before the other is read again."""
    case = GoldenCase(out, name, "Tensors that are read again after what shares their elements has been computed with.")
    module = tf.Module()

    @tf.function(input_signature=[spec(tf.float32, 4, 6, name="x"), spec(tf.float32, 8, 3, name="factors")])
    def reshaped(x, factors):
        sums = tf.sin(x) + x[::-1]
        return {"y": sums - tf.reshape(tf.reshape(sums, [8, 3]) * factors, [4, 6])}

    @tf.function(input_signature=[spec(tf.int32, None, 6, name="x"), spec(tf.int32, None, 2, 3, name="terms")])
    def free(x, terms):
        sums = tf.abs(x) + x[::-1]
        turned = tf.reshape(sums, [-1, 2, 3]) - terms
        return {"y": sums * tf.reshape(turned, [-1, 6])}

    @tf.function(input_signature=[spec(tf.float32, 16, name="x")])
    def power(x):
        spectrum = tf.signal.fft(tf.cast(x, tf.complex64))
        return {"y": tf.math.real(spectrum * tf.math.conj(spectrum))}

    module.reshaped, module.free, module.power = reshaped, free, power
    tf.saved_model.save(module, case.model, signatures={"reshaped": reshaped, "free": free, "power": power})
    case.call("reshaped", x=uniform([4, 6], "x"), factors=uniform([8, 3], "factors"))
    for rows in (1, 3):
        case.call("free", x=integers([rows, 6], "x", rows), terms=integers([rows, 2, 3], "terms", rows))
    case.call("power", x=uniform([16], "power"))
    case.write()

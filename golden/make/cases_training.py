"""Cases about training on the device: gradients, steps of optimizers, checkpoints."""
import keras
import numpy as np
import tensorflow as tf
from golden_case import GoldenCase, integers, uniform

MAKERS = {}


def maker(function):
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def variable(shape, what):
    return tf.Variable(uniform(shape, what, low=-0.5, high=0.5), name=what)


class Layers(tf.Module):
    """One of every kind of layer, written out."""

    def __init__(self):
        super().__init__()
        self.weights = {
            "embedding": variable([7, 3], "embedding"), "conv": variable([3, 3, 2, 4], "conv"), "conv_bias": variable([4], "conv_bias"),
            "strided": variable([3, 2, 4, 4], "strided"), "depthwise": variable([2, 2, 4, 2], "depthwise"),
            "gamma": tf.Variable(tf.ones([4])), "beta": tf.Variable(tf.zeros([4])),
            "dense": variable([15, 3], "dense"), "bias": variable([3], "bias")}
        self.mean, self.variance = tf.Variable(tf.zeros([4])), tf.Variable(tf.ones([4]))
        self.slots = {name: (tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for name, v in self.weights.items()}
        self.step = tf.Variable(0.0)

    def logits(self, image, words, training):
        w = self.weights
        x = tf.nn.leaky_relu(tf.nn.bias_add(tf.nn.conv2d(image, w["conv"], 1, "SAME"), w["conv_bias"]))
        if training:
            x, mean, variance = tf.compat.v1.nn.fused_batch_norm(x, w["gamma"], w["beta"], epsilon=0.01)
            self.mean.assign(self.mean * 0.9 + mean * 0.1)
            self.variance.assign(self.variance * 0.9 + variance * 0.1)
        else:
            x, _, _ = tf.compat.v1.nn.fused_batch_norm(
                x, w["gamma"], w["beta"], self.mean + 0, self.variance + 0, epsilon=0.01, is_training=False)
        pooled = tf.nn.max_pool2d(x, 2, 2, "VALID")
        overlapping = tf.nn.max_pool2d(x, 3, 2, "SAME")
        x = tf.nn.elu(pooled) + tf.nn.relu6(overlapping)
        x = tf.nn.selu(tf.nn.conv2d(x, w["strided"], [1, 2, 1, 1], [[0, 0], [1, 1], [0, 1], [0, 0]]))
        x = tf.nn.softplus(tf.nn.depthwise_conv2d(x, w["depthwise"], [1, 1, 1, 1], "SAME"))
        x = tf.nn.softsign(tf.nn.avg_pool2d(x, [2, 2], 1, "SAME"))
        x = tf.reduce_mean(x, [1, 2])
        x = tf.concat([x, tf.math.rsqrt(tf.square(x[:, :4]) + 1.0)], -1)
        e = tf.gather(w["embedding"], words)
        x = tf.concat([x, tf.reduce_sum(e, 1) * tf.sqrt(tf.square(e[:, -1]) + 0.5)], -1)
        return tf.matmul(x, w["dense"]) + w["bias"]


IMAGE, WORDS = tf.TensorSpec([None, 6, 6, 2], tf.float32, name="image"), tf.TensorSpec([None, 4], tf.int32, name="words")
LABELS = tf.TensorSpec([None], tf.int32, name="labels")


@maker
def training_layers(out, name):
    """Steps of Adam through convolutions, pools, normalization, an embedding and a loss."""
    case = GoldenCase(out, name, "Steps of training through every kind of layer, and inference with what was learned.",
                      rtol=2e-4, atol=2e-5, stateful=True)
    module = Layers()

    @tf.function(input_signature=[IMAGE, WORDS, LABELS])
    def train(image, words, labels):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, module.logits(image, words, True)))
        gradients = tape.gradient(loss, module.weights)
        module.step.assign_add(1.0)
        for key, variable in module.weights.items():
            m, v = module.slots[key]
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle, m=m.handle, v=v.handle, beta1_power=0.9 ** module.step, beta2_power=0.99 ** module.step,
                lr=0.01, beta1=0.9, beta2=0.99, epsilon=1e-3, grad=tf.convert_to_tensor(gradients[key]))
        return {"loss": loss, **{f"d_{key}": tf.convert_to_tensor(g) for key, g in gradients.items()}}

    @tf.function(input_signature=[IMAGE, WORDS])
    def infer(image, words):
        return {"probabilities": tf.nn.softmax(module.logits(image, words, False))}

    module.train, module.infer = train, infer
    tf.saved_model.save(module, case.model, signatures={"train": train, "infer": infer})
    for count in (4, 4, 3):
        what = dict(image=uniform([count, 6, 6, 2], "image", count), words=integers([count, 4], "words", count, low=0, high=7))
        case.call("train", labels=integers([count], "labels", count, low=0, high=3), **what)
        case.call("infer", **what)
    case.write()


@maker
def training_optimizers(out, name):
    """A dense layer for each optimizer, of Keras and of TensorFlow's training ops."""
    case = GoldenCase(out, name, "Steps of every optimizer, with what each has kept in between.", rtol=1e-4, atol=1e-5, stateful=True)
    module = tf.Module()
    o = keras.optimizers
    module.optimizers = {
        "sgd": o.SGD(0.1), "momentum": o.SGD(0.1, momentum=0.9), "nesterov": o.SGD(0.1, momentum=0.9, nesterov=True), "adam": o.Adam(0.01),
        "amsgrad": o.Adam(0.01, amsgrad=True), "adamw": o.AdamW(0.01), "rmsprop": o.RMSprop(0.01), "adagrad": o.Adagrad(0.05)}
    module.dense = {key: variable([3, 2], key) for key in module.optimizers}
    layers = {key: keras.Variable(value.numpy(), name=key) for key, value in module.dense.items()}
    module.variables_of = [layers[key].value for key in layers]
    for key, optimizer in module.optimizers.items():
        optimizer.build([layers[key]])
    raw = ("descent", "momentum", "keras_momentum", "adam", "ada_max", "rmsprop", "centered", "adagrad", "adagrad_v2", "adadelta", "ftrl", "proximal")
    module.raw = {key: [variable([2], key)] + [tf.Variable(tf.fill([2], 0.1)) for _ in range(3)] for key in raw}
    r = tf.raw_ops

    def apply(key, handles, g):
        var, a, b, c = handles
        common = dict(var=var, lr=0.1, grad=g)
        if key == "descent":
            r.ResourceApplyGradientDescent(var=var, alpha=0.1, delta=g)
        elif key == "momentum":
            r.ResourceApplyMomentum(**common, accum=a, momentum=0.9, use_nesterov=True)
        elif key == "keras_momentum":
            r.ResourceApplyKerasMomentum(**common, accum=a, momentum=0.9)
        elif key == "adam":
            r.ResourceApplyAdam(**common, m=a, v=b, beta1_power=0.9, beta2_power=0.99, beta1=0.9, beta2=0.99, epsilon=1e-4)
        elif key == "ada_max":
            r.ResourceApplyAdaMax(**common, m=a, v=b, beta1_power=0.9, beta1=0.9, beta2=0.99, epsilon=1e-4)
        elif key == "rmsprop":
            r.ResourceApplyRMSProp(**common, ms=a, mom=b, rho=0.9, momentum=0.5, epsilon=1e-4)
        elif key == "centered":
            r.ResourceApplyCenteredRMSProp(**common, mg=c, ms=a, mom=b, rho=0.9, momentum=0.5, epsilon=1e-1)
        elif key == "adagrad":
            r.ResourceApplyAdagrad(**common, accum=a)
        elif key == "adagrad_v2":
            r.ResourceApplyAdagradV2(**common, accum=a, epsilon=1e-4)
        elif key == "adadelta":
            r.ResourceApplyAdadelta(**common, accum=a, accum_update=b, rho=0.9, epsilon=1e-4)
        elif key == "ftrl":
            r.ResourceApplyFtrlV2(**common, accum=a, linear=b, l1=0.01, l2=0.02, l2_shrinkage=0.03, lr_power=-0.5)
        else:
            r.ResourceApplyProximalGradientDescent(var=var, alpha=0.1, l1=0.01, l2=0.02, delta=g)

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x"), tf.TensorSpec([2], tf.float32, name="g")])
    def step(x, g):
        results = {}
        for key, optimizer in module.optimizers.items():
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(tf.tanh(tf.matmul(x, layers[key].value)) - x[:, :2]))
            optimizer.apply([tape.gradient(loss, layers[key].value)])
            results[key] = layers[key].value.read_value()
        for key, variables in module.raw.items():
            apply(key, [v.handle for v in variables], g * variables[0])
            results["raw_" + key] = variables[0].read_value()
        return results

    module.step = step
    tf.saved_model.save(module, case.model, signatures={"step": step})
    for count in (4, 2, 5):
        case.call("step", x=uniform([count, 3], "x", count), g=uniform([2], "g", count))
    case.write()


@maker
def training_recurrent(out, name):
    """Gradients through an LSTM and a GRU over time, and of a branch."""
    case = GoldenCase(out, name, "Gradients through recurrent layers, through a branch, and a step of descent.", rtol=2e-4, atol=2e-5, stateful=True)
    module = tf.Module()
    layers = [keras.layers.LSTM(3, return_sequences=True), keras.layers.GRU(2), keras.layers.Dense(2)]
    model = keras.Sequential([keras.Input([None, 2]), *layers])
    model.set_weights([uniform(w.shape, i, low=-0.5, high=0.5) for i, w in enumerate(model.get_weights())])
    module.weights = [v.value for v in model.trainable_variables]

    @tf.function(input_signature=[tf.TensorSpec([None, 4, 2], tf.float32, name="x"), tf.TensorSpec([None, 2], tf.float32, name="y")])
    def train(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, model(x)))
            loss = tf.cond(loss > 0.6, lambda: loss * loss, lambda: tf.exp(loss))
        gradients = tape.gradient(loss, module.weights)
        for weight, gradient in zip(module.weights, gradients):
            weight.assign_sub(0.5 * gradient)
        return {"loss": loss, "first": gradients[0], "last": gradients[-1]}

    module.train = train
    tf.saved_model.save(module, case.model, signatures={"train": train})
    for count in (3, 3, 2):
        y = np.eye(2, dtype=np.float32)[integers([count], "y", count, low=0, high=2)]
        case.call("train", x=uniform([count, 4, 2], "x", count), y=y)
    case.write()


@maker
def training_both_ways(out, name):
    """Gradients through layers that run both ways and give every step, after steps that are masked."""
    case = GoldenCase(out, name, "Gradients of bidirectional layers whose directions are joined, or added, step by step.", rtol=2e-4, atol=2e-5)
    layers, module = keras.layers, tf.Module()
    model = keras.Sequential([
        keras.Input([5, 2]), layers.Masking(), layers.Bidirectional(layers.LSTM(2, return_sequences=True)),
        layers.Bidirectional(layers.GRU(2, return_sequences=True), merge_mode="sum"), layers.Dense(1)])
    model.set_weights([uniform(w.shape, i, low=-0.5, high=0.5) for i, w in enumerate(model.get_weights())])
    module.weights = [v.value for v in model.trainable_variables]

    @tf.function(input_signature=[tf.TensorSpec([None, 5, 2], tf.float32, name="x")])
    def gradients(x):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(x) - 0.5))
        return {f"g{i}": gradient for i, gradient in enumerate(tape.gradient(loss, module.weights))}

    module.gradients = gradients
    tf.saved_model.save(module, case.model, signatures={"gradients": gradients})
    for count in (3, 1):
        x = uniform([count, 5, 2], "x", count)
        x[0, 3:] = 0
        case.call("gradients", x=x)
    case.write()


@maker
def training_sequences(out, name):
    """Whole models of sequences, trained by Keras's optimizers."""
    case = GoldenCase(out, name, "Steps of Adam and RMSprop through masked, bidirectional, convolutional and recurrent layers.", rtol=2e-4, atol=2e-5, stateful=True)
    layers, module = keras.layers, tf.Module()
    words = keras.Sequential([keras.Input([None], dtype="int32"), layers.Embedding(9, 4, mask_zero=True), layers.Bidirectional(layers.LSTM(3)), layers.Dense(1)])
    signal = keras.Sequential([keras.Input([8, 3]), layers.Conv1D(4, 3, activation="relu"), layers.BatchNormalization(), layers.GRU(3, return_sequences=True), layers.SimpleRNN(2)])
    module.models = [words, signal]
    module.optimizers = [keras.optimizers.Adam(0.05), keras.optimizers.RMSprop(0.02, momentum=0.5)]
    specs = [tf.TensorSpec([None, None], tf.int32, name="x"), tf.TensorSpec([None, 8, 3], tf.float32, name="x")]

    def signatures(key, model, optimizer, spec):
        model.set_weights([uniform(w.shape, key, i, low=-0.5, high=0.5) for i, w in enumerate(model.get_weights())])
        optimizer.build(model.trainable_variables)

        def train(x, y):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
            optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
            return {"loss": loss}

        def infer(x):
            return {"y": model(x, training=False)}

        target = tf.TensorSpec([None, model.output_shape[-1]], tf.float32, name="y")
        return {
            "train_" + key: tf.function(train, input_signature=[spec, target]),
            "infer_" + key: tf.function(infer, input_signature=[spec])}

    functions = {}
    for made in zip(("words", "signal"), module.models, module.optimizers, specs):
        functions.update(signatures(*made))
    module.functions = list(functions.values())
    tf.saved_model.save(module, case.model, signatures=functions)
    for count, time in ((3, 5), (2, 3)):
        x = integers([count, time], "words", count, low=0, high=9).astype(np.int32)
        case.call("train_words", x=x, y=uniform([count, 1], "target", count))
        case.call("infer_words", x=x)
        x = uniform([count, 8, 3], "signal", count)
        case.call("train_signal", x=x, y=uniform([count, 2], "goal", count))
        case.call("infer_signal", x=x)
    case.write()


@maker
def training_images(out, name):
    """Steps of the optimizers that training-optimizers leaves out, each through resized and padded images."""
    case = GoldenCase(out, name, "Steps of every other optimizer of Keras 3, through images that are padded by mirrors and resized.",
                      rtol=1e-4, atol=1e-5, stateful=True)
    module = tf.Module()
    o = keras.optimizers
    module.optimizers = {
        "adadelta": o.Adadelta(0.5), "adamax": o.Adamax(0.01), "nadam": o.Nadam(0.01), "ftrl": o.Ftrl(0.05, l1_regularization_strength=0.01),
        "lion": o.Lion(0.01), "rms_centered": o.RMSprop(0.01, momentum=0.5, centered=True), "clipped": o.Adam(0.01, clipnorm=0.05),
        "averaged": o.SGD(0.1, use_ema=True, ema_overwrite_frequency=2)}
    layers = {key: keras.Variable(uniform([3, 2], key, low=-0.5, high=0.5), name=key) for key in module.optimizers}
    module.weights = [layers[key].value for key in layers]
    module.kernel = variable([3, 3, 2, 2], "kernel")
    for key, optimizer in module.optimizers.items():
        optimizer.build([layers[key]])
    sizes = {"bilinear": [7, 9], "nearest": [3, 11], "bicubic": [6, 5]}

    def features(image):
        x = tf.pad(image, [[0, 0], [1, 2], [2, 1], [0, 0]], "REFLECT")
        x = tf.pad(tf.nn.conv2d(x, module.kernel, 1, "VALID"), [[0, 0], [1, 0], [0, 2], [1, 0]], "SYMMETRIC")
        return sum(tf.reduce_mean(tf.square(tf.image.resize(x, size, method)), [1, 2]) for method, size in sizes.items())

    @tf.function(input_signature=[tf.TensorSpec([None, 5, 4, 2], tf.float32, name="image")])
    def train(image):
        results = {}
        with tf.GradientTape() as tape:
            mean = tf.reduce_mean(features(image))
        gradient = tape.gradient(mean, module.kernel)
        module.kernel.assign_sub(0.1 * gradient)
        x = tf.stop_gradient(features(image))
        for key, optimizer in module.optimizers.items():
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(tf.matmul(x, layers[key].value) - x[:, :2]))
            optimizer.apply([tape.gradient(loss, layers[key].value)])
            results["loss_" + key] = loss
        return {"mean": mean, "gradient": gradient, **results}

    @tf.function(input_signature=[tf.TensorSpec([None, 5, 4, 2], tf.float32, name="image")])
    def infer(image):
        x = features(image)
        return {key: tf.matmul(x, value.value) for key, value in layers.items()}

    module.train, module.infer = train, infer
    tf.saved_model.save(module, case.model, signatures={"train": train, "infer": infer})
    for count in (2, 3, 1, 2):
        case.call("train", image=uniform([count, 5, 4, 2], "image", count, low=-1, high=1))
        case.call("infer", image=uniform([1, 5, 4, 2], "image", low=-1, high=1))
    case.write()

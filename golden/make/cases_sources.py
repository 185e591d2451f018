"""One case for every form in which a model is kept: functions, TF1 SavedModels, graphs, Keras 3 files."""
import numpy as np
import tensorflow as tf
from tensorflow.python.framework.function import Defun
from tensorflow.python.ops import functional_ops

from golden_case import uniform
from source_case import SERVING, SourceCase, build, lines, predict, variable

tf1 = tf.compat.v1
MAKERS = {}


def maker(function):
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def spec(dtype, *shape, name):
    return tf.TensorSpec(shape, dtype, name=name)


def strings(*words):
    return [word.encode() for word in words]


# ---- functions of the object graph ------------------------------------------------------------------------

class Scaler(tf.Module):
    def __init__(self):
        self.factor = tf.Variable([[2.0, -1.0], [0.5, 4.0]], name="factor")

    @tf.function(input_signature=[spec(tf.float32, None, 2, name="x")])
    def scale(self, x):
        return {"scaled": x @ self.factor}


class Functions(tf.Module):
    def __init__(self):
        self.inner = Scaler()
        self.layers = [Scaler(), Scaler()]
        self.layers[1].factor.assign([[1.0, 0.0], [3.0, -1.0]])
        self.words = tf.lookup.StaticHashTable(
            tf.lookup.KeyValueTensorInitializer(["one", "two", "three"], tf.constant([1, 2, 3], tf.int64)), -1)

    @tf.function(input_signature=[spec(tf.string, None, name="word")])
    def number(self, word):
        return {"number": self.words.lookup(word)}

    @tf.function
    def power(self, x, square=True):
        return {"y": x * x if square else x * x * x}


def saved_functions(case):
    module = Functions()
    module.power.get_concrete_function(spec(tf.float32, None, name="x"))
    module.power.get_concrete_function(spec(tf.float32, None, name="x"), square=False)
    module.power.get_concrete_function(spec(tf.int32, None, name="x"))
    tf.saved_model.save(module, case.model)
    return tf.saved_model.load(case.model)


@maker
def source_functions(out, name):
    case = SourceCase(out, name, "A module without signatures: functions by path, one in a list, with captured variables and a captured table.")
    loaded = saved_functions(case)
    for key in ("scale", "second"):
        case.call(key, x=[[1, 2], [3, -4]])
        case.call(key, x=[[0.5, 0.25]])
    case.call("number", word=strings("two", "none", "one"))
    case.call("number", word=strings("three"))
    functions = {"scale": loaded.inner.scale, "second": loaded.layers[1].scale, "number": loaded.number}
    case.traces({"scale": "inner.scale", "second": "layers.1.scale", "number": "number"},
                {key: function.concrete_functions[0] for key, function in functions.items()})


@maker
def source_function_index(out, name):
    case = SourceCase(out, name, "One of three traces of a function, by index, under a key of its own.")
    loaded = saved_functions(case)
    traces = loaded.power.concrete_functions
    (index,) = [i for i, trace in enumerate(traces)
                if trace.structured_input_signature[0][1] is False and trace.inputs[0].dtype == tf.float32]
    trace = traces[index]
    case.call("cube", x=[1, 2, -3])
    case.call("cube", x=[0.5])
    signatures = {"cube": {"inputs": {"x": {"dtype": "float32", "shape": [None]}},
                           "outputs": {"y": {"dtype": "float32", "shape": [None]}}}}
    case.record({"kind": "concrete_function", "path": "model", "tags": ["serve"],
                 "function": "power", "index": index, "key": "cube"}, signatures,
                lambda key, inputs: {"y": trace(x=tf.constant(inputs["x"]))["y"].numpy()})


# ---- Keras 3 files ----------------------------------------------------------------------------------------

def two_headed():
    layers = tf.keras.layers
    tf.keras.utils.set_random_seed(11)
    left, right = tf.keras.Input((3,), name="left"), tf.keras.Input((3,), name="right")
    shared = layers.Dense(4, activation="tanh", name="shared")
    both = layers.Concatenate(name="both")([shared(left), shared(right)])
    nested = tf.keras.Sequential([tf.keras.Input((8,)), layers.Dense(5, activation="gelu"), layers.LayerNormalization()], name="nested")
    hidden = nested(both)
    return tf.keras.Model([left, right], [layers.Dense(2, activation="softmax", name="kind")(hidden), layers.Dense(1, name="size")(hidden)])


def keras_calls(case):
    for n in (1, 3):
        case.call(SERVING, left=uniform((n, 3), "left"), right=uniform((n, 3), "right"))


@maker
def source_keras_file(out, name):
    case = SourceCase(out, name, "A .keras archive of Keras 3: two inputs, two outputs, a shared layer, a model within the model.")
    two_headed().save(case.inside("model.keras"))
    keras_calls(case)
    case.keras_file("keras", "model.keras")


@maker
def source_keras_h5(out, name):
    case = SourceCase(out, name, "The same as a whole-model .h5 file of Keras 3.")
    two_headed().save(case.inside("model.h5"))
    keras_calls(case)
    case.keras_file("keras_h5", "model.h5")


@maker
def source_keras_integers(out, name):
    """Weights of int8, of which LoRA changed some; more inputs than float32 sums up exactly; layers in a row."""
    layers = tf.keras.layers
    tf.keras.utils.set_random_seed(13)
    ids, wide, image = tf.keras.Input((4,), dtype="int32", name="ids"), tf.keras.Input((1100,), name="wide"), tf.keras.Input((6, 6, 2), name="image")
    table = layers.ReversibleEmbedding(9, 8, name="table")
    vectors = layers.EinsumDense("abc,dec->adeb", (2, 3, 4), bias_axes="d", name="parts")(table(ids))
    words = table(layers.Dense(8, name="back")(layers.Flatten()(vectors)), reverse=True)
    numbers = layers.Dense(3, activation="tanh", name="numbers")(wide)
    row = layers.Pipeline([layers.Rescaling(0.25, 1.0), layers.CenterCrop(3, 4)], name="row")(image)
    model = tf.keras.Model([ids, wide, image], [words, numbers, row])
    adapted = model.get_layer("back")
    adapted.enable_lora(2)
    adapted.lora_kernel_b.assign(uniform((2, 8), "lora"))
    model.quantize("int8")
    case = SourceCase(out, name, "A .keras archive of Keras 3 whose weights are int8; a Pipeline.")
    model.save(case.inside("model.keras"))
    for n in (1, 2):
        case.call(SERVING, ids=np.arange(4 * n).reshape(n, 4) % 9, wide=uniform((n, 1100), "wide"), image=uniform((n, 6, 6, 2), "image"))
    case.keras_file("keras", "model.keras")


@maker
def source_keras_features(out, name):
    """The layers of FeatureSpace."""
    features = tf.keras.utils.FeatureSpace
    space = features({"size": "float_normalized", "kind": features.integer_categorical(), "age": features.float_discretized(num_bins=3)},
                     crosses=[features.cross(("kind", "age"), crossing_dim=4)], output_mode="concat")
    space.adapt(tf.data.Dataset.from_tensor_slices({
        "size": uniform((12,), "size"), "kind": np.arange(12) % 3, "age": np.linspace(0, 5, 12).astype(np.float32)}))
    case = SourceCase(out, name, "A .keras archive with what FeatureSpace makes of its features.")
    tf.keras.Model(space.get_inputs(), space.get_encoded_features()).save(case.inside("model.keras"))
    case.call(SERVING, size=uniform((3, 1), "size"), kind=[[0], [2], [9]], age=np.array([[0.1], [2], [9]], np.float32))
    case.keras_file("keras", "model.keras")


WORDS = ["red", "green", "blue", "green", "blue", "blue"]
TEXTS = ["The cat, the dog!", "A cat sat on the mat.", "dog and cat"]


def wordy(adapted):
    """Every layer of tokens; a vocabulary is one that adapt() found, or given."""
    layers = tf.keras.layers
    tf.keras.utils.set_random_seed(12)

    def lookup(layer, seen, **options):
        if not adapted:
            return layer(vocabulary=sorted(set(seen)), **options)
        made = layer(**options)
        made.adapt(tf.constant(seen))
        return made
    text, word = tf.keras.Input((1,), name="text", dtype="string"), tf.keras.Input((2,), name="word", dtype="string")
    number = tf.keras.Input((2,), name="number", dtype="int64")
    tokens = TEXTS if adapted else " ".join(TEXTS).lower().replace(",", "").replace("!", "").replace(".", "").split()
    vectors = lookup(layers.TextVectorization, tokens, output_sequence_length=6, name="tokens")(text)
    nested = tf.keras.Sequential([tf.keras.Input((1,), dtype="string"), lookup(layers.TextVectorization, tokens, split="character", ngrams=2, output_mode="count"),
                                  layers.Dense(2)], name="nested")
    colour = lookup(layers.StringLookup, WORDS, mask_token="", num_oov_indices=2, name="colour")
    back = layers.StringLookup(vocabulary=["red", "green"], invert=True, name="back")
    some = lookup(layers.IntegerLookup, [5, 9, 9, 70], output_mode="multi_hot", name="some")
    embedded = layers.GlobalAveragePooling1D()(layers.Embedding(20, 3, mask_zero=adapted)(vectors))
    return tf.keras.Model([text, word, number], [
        vectors, nested(text), colour(word), back(number), layers.Dense(3)(layers.Concatenate()([embedded, layers.Dense(2)(some(number))])),
        layers.Hashing(9, salt=[1, 2], mask_value="red", name="bin")(word), layers.Hashing(9, name="number_bin")(number)])


def wordy_calls(case):
    case.call(SERVING, text=[[b"the CAT"], [b"..."], ["a d\u00f4g on a dog on a mat".encode()]], word=[strings("red", "pink"), strings("", "blue"), strings("grey", "green")],
              number=[[5, 9], [1, 2], [0, -70]])
    case.call(SERVING, text=[[b"cat  cat\tcat"]], word=[strings("red", "red")], number=[[70, 3]])


@maker
def source_keras_text(out, name):
    case = SourceCase(out, name, "A .keras archive of Keras 3 with layers of tokens, their vocabularies among its assets.")
    wordy(True).save(case.inside("model.keras"))
    wordy_calls(case)
    case.keras_file("keras", "model.keras")


@maker
def source_keras_text_h5(out, name):
    case = SourceCase(out, name, "The same as an .h5 file of Keras 3, vocabularies in its config.")
    wordy(False).save(case.inside("model.h5"))
    wordy_calls(case)
    case.keras_file("keras_h5", "model.h5")


@maker
def source_keras_stateful(out, name):
    case = SourceCase(out, name, "A .keras archive of Keras 3 whose recurrent layers keep their state from call to call.", stateful=True)
    layers = tf.keras.layers
    tf.keras.utils.set_random_seed(13)
    tf.keras.Sequential([tf.keras.Input(batch_shape=(2, 4, 3), name="x"), layers.LSTM(4, stateful=True, return_sequences=True),
                         layers.Bidirectional(layers.GRU(3, stateful=True)), layers.Dense(2)]).save(case.inside("model.keras"))
    for n in range(4):
        case.call(SERVING, x=uniform((2, 4, 3), "x", n))
    case.keras_file("keras", "model.keras")


# ---- TF1 SavedModels --------------------------------------------------------------------------------------

@maker
def source_tags(out, name):
    """The second of three MetaGraphs, whose table comes from an asset by way of main_op."""
    case = SourceCase(out, name, "The second of three MetaGraphs, tags serve and gpu; its table is filled from an asset by main_op.")
    builder = tf1.saved_model.Builder(case.model)
    for number, tags in enumerate((["serve"], ["serve", "gpu"], ["train"])):
        with tf.Graph().as_default(), tf1.Session() as session:
            words = tf1.placeholder(tf.string, [None], name="words")
            weights = variable("weights", [0.5, 1.5, -2.0, 8.0])
            table = tf.lookup.StaticVocabularyTable(tf.lookup.TextFileInitializer(
                tf1.constant(lines("words.txt", "red", "green", "blue")), tf.string, tf.lookup.TextFileIndex.WHOLE_LINE,
                tf.int64, tf.lookup.TextFileIndex.LINE_NUMBER), num_oov_buckets=1)
            ids = table.lookup(words)
            signatures = {SERVING: predict({"words": words}, {"ids": ids, "weights": tf.gather(weights, ids) * (number + 1.0)})}
            arguments = dict(signature_def_map=signatures, main_op=tf1.tables_initializer(),
                             assets_collection=tf1.get_collection(tf1.GraphKeys.ASSET_FILEPATHS))
            if number == 0:
                session.run(tf1.global_variables_initializer())
                builder.add_meta_graph_and_variables(session, tags, **arguments)
            else:
                builder.add_meta_graph(tags, **arguments)
    builder.save()
    case.call(SERVING, words=strings("blue", "violet", "red"))
    case.call(SERVING, words=strings("green"))
    case.session(("serve", "gpu"))


@maker
def source_methods(out, name):
    """classify, regress and predict, with the names that those methods fix."""
    case = SourceCase(out, name, "Signatures of the methods classify, regress and predict, one of them renamed since.")

    def make(session):
        examples = tf1.placeholder(tf.string, [None], name="examples")
        x = tf.strings.to_number(tf.reshape(examples, [-1, 1])) * [[1.0, 2.0, -1.0]]
        scores = tf.nn.softmax(x + variable("bias", [0.25, -0.5, 0.0]))
        classes = tf.gather(tf.constant(["low", "middle", "high"]), tf.argsort(scores, direction="DESCENDING", stable=True))
        session.run(tf1.global_variables_initializer())
        renamed = predict({"x": x}, {"scores": scores})
        renamed.method_name = "project/of/its/own"
        return {"classify": tf1.saved_model.classification_signature_def(examples, classes, scores),
                "regress": tf1.saved_model.regression_signature_def(examples, tf.reduce_sum(x, 1)), "scores": renamed}, {}
    build(case, make)
    for key in ("classify", "regress"):
        case.call(key, inputs=strings("1.5", "-2"))
        case.call(key, inputs=strings("0"))
    case.call("scores", x=[[1, 2, 3], [-1, 0, 0.5]])
    case.session()


@maker
def source_simple_save(out, name):
    case = SourceCase(out, name, "simple_save, with a variable.")
    with tf.Graph().as_default(), tf1.Session() as session:
        x = tf1.placeholder(tf.float32, [None], name="x")
        two = variable("two", 2.0)
        session.run(two.initializer)
        tf1.saved_model.simple_save(session, case.model, inputs={"input": x}, outputs={"output": x + two})
    case.call(SERVING, input=[10])
    case.call(SERVING, input=[1, -2.5, 0])
    case.session()


@maker
def source_text(out, name):
    case = SourceCase(out, name, "saved_model.pbtxt, with strings that text must escape.")

    def make(session):
        x = tf1.placeholder(tf.string, [None], name="x")
        tail = tf.constant("\"\\ \u00fc\n\x00'".encode())
        return {SERVING: predict({"x": x}, {"y": tf.strings.join([x, tail]), "n": tf.strings.length(x)})}, {}
    build(case, make, as_text=True)
    case.call(SERVING, x=strings("a", "", "\u00e4\u00f6"))
    case.call(SERVING, x=[b"\xff\x00"])
    case.session()


@maker
def source_init_only(out, name):
    case = SourceCase(out, name, "No variables directory: the variables there are get their values from main_op.")

    def make(session):
        x = tf1.placeholder(tf.float32, [None, 3], name="x")
        local = [tf1.GraphKeys.LOCAL_VARIABLES]
        start = variable("start", np.float32([1, 2, 3]), collections=local, trainable=False, use_resource=True)
        first = tf1.get_variable("first", shape=[3], initializer=tf1.constant_initializer(0.5), collections=local, trainable=False)
        session.run(tf1.local_variables_initializer())
        return {SERVING: predict({"x": x}, {"y": x * start + first})}, {"main_op": tf1.local_variables_initializer()}
    build(case, make)
    case.call(SERVING, x=uniform((2, 3), "x"))
    case.call(SERVING, x=[[1, 2, 3]])
    case.session()


# ---- graphs -----------------------------------------------------------------------------------------------

def write(case, graph, file):
    tf.io.write_graph(graph, case.inside(""), file, as_text=file.endswith("txt"))


@maker
def source_frozen(out, name):
    case = SourceCase(out, name, "A frozen GraphDef, binary: feeds and fetches, under names of their own, of several results.")
    with tf.Graph().as_default(), tf1.Session() as session:
        x = tf1.placeholder(tf.float32, [None, 3], name="x")
        kernel = variable("kernel", uniform((3, 4), "kernel"))
        session.run(kernel.initializer)
        values, indices = tf.nn.top_k(tf.matmul(x, kernel), 2, name="best")
        tf.identity(values, name="values")
        frozen = tf1.graph_util.convert_variables_to_constants(session, session.graph_def, ["best", "values"])
    write(case, frozen, "frozen.pb")
    for n in (1, 3):
        case.call(SERVING, **{"features": uniform((n, 3), "x")})
    feeds, fetches = ["features=x:0"], ["values", "indices=best:1"]
    case.graph("graph_def", "frozen.pb", {SERVING: (feeds, fetches)}, feeds=feeds, fetches=fetches)


@maker
def source_graph_sets(out, name):
    """A text GraphDef with a checkpoint, whose inner tensors are fetches of one set and feeds of the other."""
    case = SourceCase(out, name, "A text GraphDef with a checkpoint of reference variables; two sets of feeds and fetches.")
    with tf.Graph().as_default() as graph, tf1.Session() as session:
        x = tf1.placeholder(tf.float32, [None, 2], name="x")
        encoder = variable("encoder", uniform((2, 3), "encoder"), use_resource=False)
        decoder = variable("scope/decoder", uniform((3, 2), "decoder"), use_resource=False)
        code = tf.tanh(tf.matmul(x, encoder), name="code")
        tf.matmul(code, decoder, name="y")
        write(case, graph.as_graph_def(add_shapes=True), "graph.pbtxt")  # without a saver: keys are the names of the variables' ops
        session.run(tf1.global_variables_initializer())
        tf1.train.Saver().save(session, case.inside("model.ckpt"), write_meta_graph=False, write_state=False)
    endpoints = {"encode": (["x:0"], ["code:0"]), "decode": (["code"], ["y"])}
    case.call("encode", x=uniform((2, 2), "x"))
    case.call("encode", x=[[1, -1]])
    case.call("decode", code=uniform((2, 3), "code", low=-1, high=1))
    case.call("decode", code=[[0.5, 0, -0.5]])
    case.graph("graph_def", "graph.pbtxt", endpoints, checkpoint="model.ckpt",
               endpoints={key: {"feeds": feeds, "fetches": fetches} for key, (feeds, fetches) in endpoints.items()})


@maker
def source_meta_text(out, name):
    """The kinds of variables; keys in the checkpoint that are not the variables' names."""
    case = SourceCase(out, name, "A text MetaGraphDef: reference, resource and partitioned variables, containers, keys of the saver's own, two data files.")
    with tf.Graph().as_default(), tf1.Session() as session:
        x = tf1.placeholder(tf.float32, [None, 4], name="x")
        reference = variable("reference", uniform((4, 3), "reference"), use_resource=False)
        with tf1.container("store"):
            resource = variable("resource", uniform((3,), "resource"), use_resource=True)
        with tf1.variable_scope("parts", partitioner=tf1.fixed_size_partitioner(2)):
            parts = tf1.get_variable("table", shape=[5, 3], initializer=tf1.random_uniform_initializer(-1, 1, seed=5))
        with tf.device("/cpu:0"):
            half = tf1.get_variable("half", initializer=np.float16([0.5, -1.25, 3]))
            flag = tf1.get_variable("flag", initializer=np.array([True, False, True]))
            word = tf1.get_variable("word", initializer=tf.constant(["a", "", "\u00fc"]), use_resource=False)
            brain = tf1.get_variable("brain", initializer=tf.cast(tf.constant([1.5, -2.0, 100.0]), tf.bfloat16))
        hidden = tf.matmul(x, reference) + resource
        y = tf.where(flag, hidden, -hidden) * tf.cast(half, tf.float32) + tf.cast(brain, tf.float32)
        tf.matmul(y, tf.convert_to_tensor(parts), transpose_b=True, name="y")
        tf.identity(word, name="words")
        session.run(tf1.global_variables_initializer())
        saver = tf1.train.Saver({"other/name": reference, "resource": resource, "parts/table": list(parts),
                                 "half": half, "flag": flag, "word": word, "brain": brain}, sharded=True)
        saver.save(session, case.inside("model.ckpt"), write_meta_graph=False, write_state=False)
        saver.export_meta_graph(case.inside("graph.pb"), as_text=True, clear_devices=True)
    for n in (1, 2):
        case.call(SERVING, x=uniform((n, 4), "x"))
    feeds, fetches = ["x:0"], ["y:0", "words:0"]
    case.graph("meta_graph", "graph.pb", {SERVING: (feeds, fetches)}, checkpoint="model.ckpt", feeds=feeds, fetches=fetches)


@maker
def source_meta_signatures(out, name):
    case = SourceCase(out, name, "A binary MetaGraphDef with signatures of its own, one over what the other gives.")
    with tf.Graph().as_default() as graph, tf1.Session() as session:
        x = tf1.placeholder(tf.float32, [None, 3], name="x")
        y = x * variable("scale", np.float32([2, -1, 0.5])) + 1.0
        z = tf.reduce_max(y, 1)
        session.run(tf1.global_variables_initializer())
        saver = tf1.train.Saver()
        saver.save(session, case.inside("model.ckpt"), write_meta_graph=False, write_state=False)
        meta = tf1.train.export_meta_graph(graph=graph)
        meta.saver_def.CopyFrom(saver.as_saver_def())
        meta.signature_def["scale"].CopyFrom(predict({"x": x}, {"y": y}))
        meta.signature_def["largest"].CopyFrom(predict({"y": y}, {"z": z}))
        with open(case.inside("graph.meta"), "wb") as file:
            file.write(meta.SerializeToString(deterministic=True))
    case.call("scale", x=uniform((2, 3), "x"))
    case.call("scale", x=[[1, 2, 3]])
    case.call("largest", y=uniform((4, 3), "y"))
    case.call("largest", y=[[1, 5, 2]])
    endpoints = {"scale": (["x=" + x.name], ["y=" + y.name]), "largest": (["y=" + y.name], ["z=" + z.name])}
    case.graph("meta_graph", "graph.meta", endpoints, checkpoint="model.ckpt")


# ---- control flow, effects --------------------------------------------------------------------------------

@maker
def source_for(out, name):
    """`For`: up, down and by steps given in the call; captured weights; a loop in a loop, none of its turns taken."""
    case = SourceCase(out, name, "TF1's functional For: counted up, down and by steps of the call, one inside the other.")

    def make(session):
        x = tf1.placeholder(tf.float32, [None, 2], name="x")
        start, limit, delta = (tf1.placeholder(tf.int32, [], name=n) for n in ("start", "limit", "delta"))
        kept = tf.constant(np.float32([[0.5, -0.25], [0.75, 0.5]]))

        @Defun(tf.int32, tf.float32, tf.float32)
        def turn(i, total, matrix):
            return tf.matmul(total, matrix) + tf.cast(i, tf.float32), matrix

        @Defun(tf.int32, tf.float32, tf.float32)
        def rows(i, total, matrix):
            return functional_ops.For(0, i, 1, [total * 2.0, matrix], turn)

        def loop(start, limit, delta, body):
            return functional_ops.For(start, limit, delta, [x, kept], body)[0]
        given = {"start": start, "limit": limit, "delta": delta}
        return {"given": predict({"x": x, **given}, {"total": loop(start, limit, delta, turn)}),
                "fixed": predict({"x": x}, {"up": loop(0, 5, 2, turn), "down": loop(3, -1, -1, turn)}),
                "nested": predict({"x": x, "limit": limit}, {"total": loop(0, limit, 1, rows)})}, {}
    build(case, make)
    for start, limit, delta in ((0, 3, 1), (1, 6, 2), (4, -1, -2), (2, 2, 0), (0, 0, -1)):
        case.call("given", x=uniform((3, 2), "x", limit + 1), start=start, limit=limit, delta=delta)
    case.call("fixed", x=uniform((2, 2), "x"))
    case.call("fixed", x=uniform((1, 2), "x"))
    for limit in (0, 1, 4):
        case.call("nested", x=uniform((2, 2), "x"), limit=limit)
    case.session()


@maker
def source_control_flow(out, name):
    """Loops in loops with conditionals inside, one in the other; arrays that loops read and write."""
    case = SourceCase(out, name, "TF1 control flow: loops in loops, conditionals in them, TensorArrays.")
    tf1.disable_control_flow_v2()

    def make(session):
        x = tf1.placeholder(tf.float32, [None, 2], name="x")
        n = tf1.placeholder(tf.int32, [], name="n")
        turn = variable("turn", np.float32([[0.5, -0.25], [0.75, 0.5]]))

        def row(i, total):
            _, inner = tf1.while_loop(lambda j, t: j <= i, lambda j, t: (j + 1, tf.matmul(t, turn) + x), [0, total])
            return i + 1, tf1.cond(tf.equal(i % 2, 0), lambda: tf.tanh(inner), lambda: tf1.cond(
                n > 3, lambda: inner - 1.0, lambda: -inner))
        steps, total = tf1.while_loop(lambda i, t: i < n, row, [0, x])
        rows = tf.shape(x)[0]
        array = tf.TensorArray(tf.float32, size=rows).unstack(x)
        _, sums, result = tf1.while_loop(
            lambda i, s, r: i < rows, lambda i, s, r: (i + 1, s + array.read(i), r.write(rows - 1 - i, s)),
            [0, tf.zeros([2]), tf.TensorArray(tf.float32, size=rows, clear_after_read=False)])
        session.run(tf1.global_variables_initializer())
        return {"loops": predict({"x": x, "n": n}, {"total": total, "steps": steps}),
                "arrays": predict({"x": x}, {"sums": sums, "before": result.stack()})}, {}
    build(case, make)
    for n in (0, 3, 5):
        case.call("loops", x=uniform((2, 2), "x", n), n=n)
    case.call("arrays", x=uniform((3, 2), "rows"))
    case.call("arrays", x=[[1, 2]])
    case.session()


@maker
def source_stack(out, name):
    """Stacks by hand, and those that gradients of loops have."""
    case = SourceCase(out, name, "TF1 stacks: filled by one loop and emptied by another; gradients of loops, branches, arrays.")
    tf1.disable_control_flow_v2()

    def reversed_rows(x):
        rows = tf.shape(x)[0]
        stack = tf.raw_ops.StackV2(max_size=rows, elem_type=tf.float32, stack_name="rows")

        def push(i):
            with tf.control_dependencies([tf.raw_ops.StackPushV2(handle=stack, elem=x[i], swap_memory=False)]):
                return i + 1
        pushed = tf1.while_loop(lambda i: i < rows, push, [0])
        with tf.control_dependencies([pushed]):
            start = tf.identity(0)

        def pop(i, r):
            return i + 1, r.write(i, tf.reshape(tf.raw_ops.StackPopV2(handle=stack, elem_type=tf.float32), [2]))
        _, result = tf1.while_loop(lambda i, r: i < pushed, pop, [start, tf.TensorArray(tf.float32, size=rows)])
        return result.stack()

    def recurrent(x, w, n):
        array = tf.TensorArray(tf.float32, size=3, clear_after_read=False).unstack(x)

        def step(i, y, r):
            y = tf.tanh(tf.linalg.matvec(w, y) + array.read(i))
            y = tf1.cond(i < n, lambda: y * y, lambda: tf.sin(y) * y)
            return i + 1, y, r.write(i, y)
        _, y, result = tf1.while_loop(lambda i, y, r: i < 3, step, [0, tf.ones([2]), tf.TensorArray(tf.float32, size=3)])
        return tf.reduce_sum(y * y) + tf.reduce_sum(result.stack())

    def make(session):
        x = tf1.placeholder(tf.float32, [None, 2], name="x")
        steps = tf1.placeholder(tf.float32, [3, 2], name="steps")
        n = tf1.placeholder(tf.int32, [], name="n")
        w = variable("w", np.float32([[0.5, -0.25], [0.75, 0.5]]))
        loss = recurrent(steps, w, n)
        dx, dw = tf1.gradients(loss, [steps, w])
        session.run(tf1.global_variables_initializer())
        return {"reverse": predict({"x": x}, {"reversed": reversed_rows(x)}),
                "gradients": predict({"x": steps, "n": n}, {"loss": loss, "dx": dx, "dw": dw})}, {}
    build(case, make)
    case.call("reverse", x=uniform((3, 2), "x"))
    case.call("reverse", x=[[1, 2]])
    for n in (0, 1, 3):
        case.call("gradients", x=uniform((3, 2), "steps"), n=n)
    case.session()


@maker
def source_effects(out, name):
    """What a fetch runs by control dependency only: checks, prints and summaries; a group; a counter."""
    case = SourceCase(out, name, "Control dependencies: checks, prints, summaries and groups that only they reach.")

    def make(session):
        x = tf1.placeholder(tf.float32, [None], name="x")
        scale = variable("scale", np.float32(2.5))
        checks = [tf1.assert_greater(tf.size(x), 0, message="nothing"), tf1.print("x", x),
                  tf1.debugging.Assert(tf.reduce_all(x > -100.0), [x, "small"]), tf1.summary.histogram("x", x).op]
        with tf.control_dependencies([tf.group(*checks), tf.no_op()]):
            y = tf1.check_numerics(tf1.Print(x * scale, [x], "y"), "not finite")
        session.run(tf1.global_variables_initializer())
        return {SERVING: predict({"x": x}, {"y": y})}, {}
    build(case, make)
    case.call(SERVING, x=[1, -2, 3.5])
    case.call(SERVING, x=[0])
    case.session()


@maker
def source_fed_default(out, name):
    """A default that decides conditionals: left alone by one signature, fed by the other."""
    case = SourceCase(out, name, "A placeholder with a default that decides TF1 conditionals, fed by one signature only.")
    tf1.disable_control_flow_v2()

    def make(session):
        x = tf1.placeholder(tf.float32, [None, 2], name="x")
        training = tf1.placeholder_with_default(False, [], name="training")
        mean = variable("mean", np.float32([0.5, -1.5]))
        session.run(mean.initializer)
        shift = tf1.cond(training, lambda: tf.reduce_mean(x, 0), lambda: mean + 0.0)
        y = tf1.cond(training, lambda: (x - shift) * 2.0, lambda: x - shift)
        return {SERVING: predict({"x": x}, {"y": y}), "switched": predict({"x": x, "training": training}, {"y": y, "shift": shift})}, {}
    build(case, make)
    case.call(SERVING, x=uniform((3, 2), "x"))
    for training in (True, False):
        case.call("switched", x=uniform((3, 2), "x"), training=training)
    case.session()

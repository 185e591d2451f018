"""Lookup tables: static, mutable and dense ones, their assets, initialisation and saved contents."""
import tempfile
from pathlib import Path

import numpy as np
import tensorflow as tf

from golden_case import GoldenCase
from source_case import SourceCase, build, predict

tf1 = tf.compat.v1
MAKERS = {}


def maker(function):
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def text(*items):
    return [item.encode() for item in items]


def file_of(name, content):
    path = Path(tempfile.mkdtemp()) / name
    path.write_bytes(content)
    return str(path)


def spec(dtype, *shape, name):
    return tf.TensorSpec(shape, dtype, name=name)


WORDS = "the\r\ncat\nsat\nTür\n".encode()
PRICES = b"apple;1;0.5\npear;20;1.25e1\nplum;-3; 7 \n"


@maker
def table_asset(out, name):
    """Whole lines, line numbers, columns; two signatures on one table; buckets for other words."""
    lookup = tf.lookup
    case = GoldenCase(out, name, "Static tables of text assets: whole lines, line numbers and columns, with buckets.")
    module = tf.Module()
    words = file_of("words.txt", WORDS)
    prices = file_of("prices.csv", PRICES)
    index = lookup.TextFileIndex
    ids = lookup.TextFileInitializer(words, tf.string, index.WHOLE_LINE, tf.int64, index.LINE_NUMBER)
    module.ids = lookup.StaticVocabularyTable(ids, num_oov_buckets=3)
    module.words = lookup.StaticHashTable(lookup.TextFileInitializer(
        words, tf.int64, index.LINE_NUMBER, tf.string, index.WHOLE_LINE, vocab_size=3, value_index_offset=10), "?")
    module.count = lookup.StaticHashTable(lookup.TextFileInitializer(
        prices, tf.string, 0, tf.int64, 1, delimiter=";"), -1)
    module.number = lookup.StaticHashTable(lookup.TextFileInitializer(
        prices, tf.string, 0, tf.int32, 1, delimiter=";", value_index_offset=100), -1)
    module.price = lookup.StaticHashTable(lookup.TextFileInitializer(
        prices, tf.string, 0, tf.float32, 2, delimiter=";"), np.nan)
    module.asset = tf.saved_model.Asset(words)

    @tf.function(input_signature=[spec(tf.string, None, None, name="word")])
    def encode(word):
        return {"ids": module.ids.lookup(word), "size": module.ids.size()}

    @tf.function(input_signature=[spec(tf.int64, None, name="id")])
    def decode(id):
        words = module.words.lookup(id)
        return {"words": words, "again": module.ids.lookup(words)}

    @tf.function(input_signature=[spec(tf.string, None, name="fruit")])
    def shop(fruit):
        return {"count": module.count[fruit], "number": module.number[fruit], "price": module.price[fruit]}

    @tf.function(input_signature=[])
    def content():
        return {"text": tf.io.read_file(module.asset.asset_path)}

    module.functions = [encode, decode, shop, content]
    tf.saved_model.save(module, case.model, signatures={"encode": encode, "decode": decode, "shop": shop, "content": content})
    case.call("decode", id=[10, 11, 12, 13, 0])
    case.call("encode", word=[text("cat", "dog"), text("Tür", "the")])
    case.call("encode", word=[text("sat"), text("mouse"), text("")])
    case.call("shop", fruit=text("plum", "kiwi", "pear"))
    case.call("content")
    case.write()


STATIC = [
    ("int32", "float64"), ("int32", "float32"), ("int32", "int32"), ("int32", "string"), ("int64", "float64"),
    ("int64", "float32"), ("int64", "int32"), ("int64", "int64"), ("int64", "string"), ("string", "bool"),
    ("string", "float64"), ("string", "float32"), ("string", "int32"), ("string", "int64"), ("string", "string")]
SAMPLES = {
    "int32": [7, -3, 2**31 - 1], "int64": [7, -3, 2**62], "float32": [0.5, -2.25, 1e30], "float64": [0.1, -2.25, 1e300],
    "string": text("one", "zwölf", ""), "bool": [True, True, False]}
DEFAULTS = {"int32": -1, "int64": -1, "float32": -1.5, "float64": -1.5, "string": "none", "bool": False}
OTHER = {"int32": 99, "int64": 99, "string": b"other"}


def constant(values, dtype):
    return tf.constant(values, tf.as_dtype(dtype))


def finder(table):
    def find(keys):
        return {"values": table.lookup(keys), "size": table.size()}
    return find


@maker
def table_types(out, name):
    """Every pair of types that TensorFlow's static tables have."""
    case = GoldenCase(out, name, "A static table of every pair of types, filled from tensors.")
    module, signatures = tf.Module(), {}
    module.tables = {}
    for key, value in STATIC:
        table = tf.lookup.StaticHashTable(
            tf.lookup.KeyValueTensorInitializer(constant(SAMPLES[key], key), constant(SAMPLES[value], value)),
            constant(DEFAULTS[value], value))
        module.tables[f"{key}_{value}"] = table

        signature = tf.function(finder(table)).get_concrete_function(keys=spec(key, None, name="keys"))
        signatures[f"{key}_{value}"] = signature
    module.signatures_of = signatures
    tf.saved_model.save(module, case.model, signatures=signatures)
    for key, value in STATIC:
        case.call(f"{key}_{value}", keys=SAMPLES[key] + [OTHER[key]])
    case.write()


MUTABLE = [
    ("int32", "float64"), ("int32", "float32"), ("int32", "int32"), ("int64", "float64"), ("int64", "float32"),
    ("int64", "int32"), ("int64", "int64"), ("int64", "string"), ("string", "bool"), ("string", "float64"),
    ("string", "float32"), ("string", "int32"), ("string", "int64")]
DENSE = [
    ("int32", "float64"), ("int32", "float32"), ("int32", "int32"), ("int64", "bool"), ("int64", "float64"),
    ("int64", "float32"), ("int64", "int32"), ("int64", "int64"), ("string", "bool"), ("string", "float64"),
    ("string", "float32"), ("string", "int32"), ("string", "int64")]
EMPTY = {"int32": (-100, -200), "int64": (-100, -200), "string": ("<empty>", "<deleted>")}


def add_state(signatures, label, table, key, value, width):
    def step(keys, values, gone):
        before = table.lookup(keys)
        table.insert(keys, values)
        after = table.lookup(tf.concat([keys, gone], 0))
        full = table.size()
        table.remove(gone)
        return {"before": before, "after": after, "full": full, "size": table.size()}

    signatures[label] = tf.function(step).get_concrete_function(
        keys=spec(key, None, name="keys"), values=spec(value, None, *width, name="values"), gone=spec(key, None, name="gone"))


def call_state(case, label, key, value, width):
    keys = SAMPLES[key]
    values = np.array(SAMPLES[value], dtype=object if value == "string" else None)
    if width:
        values = np.stack([values] * width[0], axis=-1)
    case.call(label, keys=keys, values=values, gone=[keys[1], OTHER[key]])
    case.call(label, keys=[keys[0], keys[0], keys[1]], values=values[[1, 2, 0]], gone=[keys[0]])


@maker
def table_mutable_types(out, name):
    """Every pair of types of mutable tables; scalars and vectors as values in turn."""
    case = GoldenCase(out, name, "Mutable tables of every pair of types, of scalars and vectors.", stateful=True)
    module, signatures, calls = tf.Module(), {}, []
    module.tables = {}
    for number, (key, value) in enumerate(MUTABLE):
        width = () if number % 2 or value == "string" else (2,)
        label = f"{key}_{value}"
        default = constant(np.full(width, DEFAULTS[value]) if width else DEFAULTS[value], value)
        table = tf.lookup.experimental.MutableHashTable(tf.as_dtype(key), tf.as_dtype(value), default)
        module.tables[label] = table
        add_state(signatures, label, table, key, value, width)
        calls.append((label, key, value, width))
    module.signatures_of = signatures
    tf.saved_model.save(module, case.model, signatures=signatures)
    for call in calls:
        call_state(case, *call)
    case.write()


@maker
def table_dense_types(out, name):
    """Every pair of types of dense tables."""
    case = GoldenCase(out, name, "Dense tables of every pair of types, of scalars and vectors.", stateful=True)
    module, signatures, calls = tf.Module(), {}, []
    module.tables = {}
    for number, (key, value) in enumerate(DENSE):
        width = () if number % 2 else (2,)
        label = f"{key}_{value}"
        default = constant(np.full(width, DEFAULTS[value]) if width else DEFAULTS[value], value)
        empty, deleted = EMPTY[key]
        table = tf.lookup.experimental.DenseHashTable(
            tf.as_dtype(key), tf.as_dtype(value), default, empty, deleted, initial_num_buckets=4)
        module.tables[label] = table
        add_state(signatures, label, table, key, value, width)
        calls.append((label, key, value, width))
    module.signatures_of = signatures
    tf.saved_model.save(module, case.model, signatures=signatures)
    for call in calls:
        call_state(case, *call)
    case.write()


@maker
def table_saved(out, name):
    """Mutable and dense tables that the checkpoint holds entries of; branches and loops that use tables."""
    case = GoldenCase(out, name, "Mutable and dense tables with saved entries; tables in branches and loops.", stateful=True)
    module = tf.Module()
    module.ages = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
    module.ages.insert(constant(["ann", "bob"], "string"), constant([31, 27], "int64"))
    module.points = tf.lookup.experimental.MutableHashTable(tf.int64, tf.float32, [0.0, 0.0])
    module.points.insert(constant([5, 6], "int64"), constant([[1, 2], [3, 4]], "float32"))
    module.cells = tf.lookup.experimental.DenseHashTable(
        tf.int64, tf.int64, 0, [0, 0], [-1, -1], initial_num_buckets=8)
    module.cells.insert(constant([[1, 2], [3, 4], [5, 6]], "int64"), constant([12, 34, 56], "int64"))
    module.cells.remove(constant([[3, 4]], "int64"))
    module.total = tf.Variable(0, dtype=tf.int64)
    module.fixed = tf.lookup.StaticHashTable(
        tf.lookup.KeyValueTensorInitializer(text("x", "y"), constant([3, 4], "int64")), 0)

    @tf.function(input_signature=[spec(tf.string, None, name="name")])
    def age(name):
        return {"age": module.ages.lookup(name), "size": module.ages.size()}

    @tf.function(input_signature=[spec(tf.string, None, name="name"), spec(tf.int64, None, name="age")])
    def learn(name, age):
        before = module.ages.lookup(name)
        module.ages.insert(name, tf.maximum(before, 0) + age)
        after = module.ages.lookup(name)
        module.total.assign_add(tf.reduce_sum(after))
        return {"before": before, "after": after, "total": module.total.read_value()}

    @tf.function(input_signature=[spec(tf.int64, None, name="key")])
    def point(key):
        keys, values = module.points.export()
        return {"point": module.points.lookup(key), "sum": tf.reduce_sum(values, 0), "keys": tf.sort(keys)}

    @tf.function(input_signature=[spec(tf.int64, None, 2, name="at")])
    def cell(at):
        keys, values = module.cells.export()
        live = tf.cast(keys[:, :1] > 0, tf.int64)  # a removed entry's bucket keeps its value
        return {"cell": module.cells.lookup(at), "size": module.cells.size(), "sum": tf.reduce_sum(values * live)}

    @tf.function(input_signature=[spec(tf.string, None, name="name"), spec(tf.bool, name="which")])
    def choose(name, which):
        if which:
            result = module.ages.lookup(name)
        else:
            result = module.fixed.lookup(name) * 10
        return {"result": result}

    @tf.function(input_signature=[spec(tf.int64, name="count")])
    def fill(count):
        i = tf.constant(0, tf.int64)
        while i < count:
            module.points.insert(tf.reshape(i, [1]), tf.reshape(tf.cast(tf.stack([i, -i]), tf.float32), [1, 2]))
            i += 1
        return {"size": module.points.size()}

    functions = {"age": age, "learn": learn, "point": point, "cell": cell, "choose": choose, "fill": fill}
    module.functions = list(functions.values())
    tf.saved_model.save(module, case.model, signatures=functions)
    case.call("choose", name=text("y", "z"), which=False)
    case.call("choose", name=text("ann"), which=True)
    case.call("age", name=text("ann", "bob", "cid"))
    case.call("learn", name=text("cid", "ann"), age=[44, 32])
    case.call("age", name=text("ann", "bob", "cid"))
    case.call("choose", name=text("ann"), which=True)
    case.call("learn", name=text("bob"), age=[28])
    case.call("point", key=[5, 7, 6])
    case.call("fill", count=6)
    case.call("point", key=[5, 0, 3, 6])
    case.call("cell", at=[[1, 2], [3, 4], [5, 6]])
    case.write()


@maker
def table_main_op(out, name):
    """TensorFlow 1: tables of files and tensors, and a variable, that only the main_op fills."""
    case = GoldenCase(out, name, "TensorFlow 1: tables of a file and of tensors, and variables that only main_op sets.")
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        words = v1.placeholder(tf.string, [None], name="words")
        path = file_of("vocabulary.txt", WORDS)
        v1.add_to_collection(v1.GraphKeys.ASSET_FILEPATHS, tf.constant(path, name="path"))
        ids = tf.lookup.StaticVocabularyTable(
            tf.lookup.TextFileInitializer(path, tf.string, -2, tf.int64, -1), num_oov_buckets=2)
        weights = v1.lookup.StaticHashTable(
            tf.lookup.KeyValueTensorInitializer(text("the", "cat"), constant([0.5, 2.0], "float32")), 1.0)
        offset = v1.get_variable("offset", initializer=tf.constant([1.5, 2.5]), use_resource=False,
                                 collections=[v1.GraphKeys.LOCAL_VARIABLES])
        with tf.control_dependencies([v1.tables_initializer()]):
            first = weights.lookup(tf.constant("cat")) * 3.0
        scale = v1.get_variable("scale", initializer=first, use_resource=True,
                                collections=[v1.GraphKeys.LOCAL_VARIABLES])
        saved = v1.get_variable("saved", initializer=tf.constant(7.0), use_resource=True)
        found = ids.lookup(words)
        outputs = {"ids": found, "weights": weights.lookup(words) * scale, "offset": offset + saved}
        session.run([v1.tables_initializer(), v1.global_variables_initializer(), v1.local_variables_initializer()])
        with tf.control_dependencies([v1.tables_initializer()]):
            main = tf.group(offset.initializer, scale.initializer)
        builder = v1.saved_model.Builder(case.model)
        info = v1.saved_model.build_tensor_info
        builder.add_meta_graph_and_variables(
            session, ["serve"],
            signature_def_map={"serving_default": v1.saved_model.build_signature_def(
                {"words": info(words)}, {k: info(t) for k, t in outputs.items()}, "tensorflow/serving/predict")},
            assets_collection=v1.get_collection(v1.GraphKeys.ASSET_FILEPATHS), main_op=main)
        builder.save()
    case.call("serving_default", words=text("cat", "dog", "the", "Tür"))
    case.call("serving_default", words=text("sat"))
    case.write()


@maker
def source_table_references(out, name):
    """Tables of TensorFlow 1 whose handles are references to strings."""
    case = SourceCase(out, name, "The first version of the ops on tables; TensorFlow can make no dense one that way.", stateful=True)
    r = tf.raw_ops

    def make(session):
        word = tf1.placeholder(tf.string, [None], name="word")
        number = tf1.placeholder(tf.float32, [None], name="number")
        ids = r.HashTable(key_dtype=tf.string, value_dtype=tf.int64, shared_name="ids")
        lines = r.HashTable(key_dtype=tf.int64, value_dtype=tf.string, shared_name="lines")
        means = r.MutableHashTable(key_dtype=tf.string, value_dtype=tf.float32, shared_name="means")
        pairs = r.MutableHashTableOfTensors(key_dtype=tf.string, value_dtype=tf.float32, value_shape=[2], shared_name="pairs")
        asset = tf.constant(file_of("lines.txt", b"zero\none\ntwo\n"))
        tf1.add_to_collection(tf1.GraphKeys.ASSET_FILEPATHS, asset)
        init = tf.group(
            r.InitializeTable(table_handle=ids, keys=["a", "b", "c"], values=tf.constant([4, 5, 6], tf.int64)),
            r.InitializeTableFromTextFile(table_handle=lines, filename=asset, key_index=-1, value_index=-2, vocab_size=-1, delimiter="\t"))
        with tf.control_dependencies([
                r.LookupTableInsert(table_handle=means, keys=word, values=number),
                r.LookupTableInsert(table_handle=pairs, keys=word, values=tf.stack([number, -number], 1))]):
            sizes = tf.stack([r.LookupTableSize(table_handle=table) for table in (ids, lines, means, pairs)])
        id = r.LookupTableFind(table_handle=ids, keys=word, default_value=tf.constant(-1, tf.int64))
        found = {"id": id, "line": r.LookupTableFind(table_handle=lines, keys=id - 4, default_value="none"),
                 "mean": r.LookupTableFind(table_handle=means, keys=word, default_value=0.5),
                 "pair": r.LookupTableFind(table_handle=pairs, keys=word, default_value=[0.25, 0.75])}
        return {"insert": predict({"word": word, "number": number}, {"sizes": sizes}),
                "find": predict({"word": word}, found)}, {"main_op": init, "assets_collection": tf1.get_collection(tf1.GraphKeys.ASSET_FILEPATHS)}
    build(case, make)
    case.call("insert", word=text("a", "x"), number=[4, 1.5])
    case.call("find", word=text("x", "b", "a", "y"))
    case.call("insert", word=text("b"), number=[5])
    case.call("find", word=text("b", "c"))
    case.session()


@maker
def source_table_saved(out, name):
    """Mutable tables that a Saver of TensorFlow 1 writes and reads with the variables."""
    case = SourceCase(out, name, "TensorFlow 1: mutable tables, a dense one too, whose entries the checkpoint holds; there is no main_op.", stateful=True)

    def make(session):
        word = tf1.placeholder(tf.string, [None], name="word")
        number = tf1.placeholder(tf.int64, [None], name="number")
        ids = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1, name="ids")
        points = tf.lookup.experimental.MutableHashTable(tf.int64, tf.float32, [0.0, 0.0], name="points")
        dense = tf.lookup.experimental.DenseHashTable(tf.int64, tf.int64, default_value=-1, empty_key=-9, deleted_key=-8, initial_num_buckets=8, name="dense")
        scale = tf1.get_variable("scale", initializer=tf.constant(2.0), use_resource=True)
        number_of = ids.lookup(word)
        found = {"id": number_of, "point": points.lookup(number_of) * scale, "dense": dense.lookup(number_of)}
        with tf.control_dependencies([ids.insert(word, number), dense.insert(number, number * 10)]):
            sizes = tf.stack([ids.size(), points.size(), dense.size()])
        session.run(tf1.global_variables_initializer())
        session.run([
            ids.insert(tf.constant(text("a", "b", "c")), tf.constant([4, 5, 6], tf.int64)),
            points.insert(tf.constant([4, 6], tf.int64), tf.constant([[1.0, 2.0], [3.0, 4.0]])),
            dense.insert(tf.constant([4, 5], tf.int64), tf.constant([44, 55], tf.int64))])
        return {"insert": predict({"word": word, "number": number}, {"sizes": sizes}), "find": predict({"word": word}, found)}, {}
    build(case, make)
    case.call("find", word=text("b", "a", "c", "y"))
    case.call("insert", word=text("y", "a"), number=[6, 5])
    case.call("find", word=text("b", "a", "c", "y"))
    case.session()


@maker
def table_filled_in_graph(out, name):
    """TensorFlow 1: a signature that fills its own tables before it uses them; there is no main_op."""
    case = GoldenCase(out, name, "TensorFlow 1: a signature that fills its own tables before it looks up in them.")
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        words = v1.placeholder(tf.string, [None], name="words")
        keys = tf.constant(text("the", "cat", "sat"))
        ids = v1.lookup.StaticHashTable(
            tf.lookup.KeyValueTensorInitializer(keys, constant([4, 5, 6], "int64")), -1)
        names = v1.lookup.StaticHashTable(
            tf.lookup.KeyValueTensorInitializer(constant([4, 5], "int64"), text("four", "five")), "?")
        with tf.control_dependencies([v1.tables_initializer()]):
            found = ids.lookup(words)
            outputs = {"ids": found, "known": ids.lookup(keys), "names": names.lookup(found), "size": names.size()}
        builder = v1.saved_model.Builder(case.model)
        info = v1.saved_model.build_tensor_info
        builder.add_meta_graph_and_variables(
            session, ["serve"],
            signature_def_map={"serving_default": v1.saved_model.build_signature_def(
                {"words": info(words)}, {k: info(t) for k, t in outputs.items()}, "tensorflow/serving/predict")})
        builder.save()
    case.call("serving_default", words=text("cat", "dog", "the"))
    case.call("serving_default", words=text("sat"))
    case.write()

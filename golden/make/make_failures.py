"""Writes golden/src/test/resources/org/signet/golden/failures: calls that fail, in TensorFlow's words.

    VENV/bin/python golden/make/make_failures.py       # tensorflow==2.21.0

FailuresTest.java makes the calls. Each signature first counts in a variable and a table, so that a
failure leaves something to take back. calls.json has a line for each call: the signature, its
inputs as [type, shape, elements], strings in base64, and either the sentence of TensorFlow's error
or, where it has none, the outputs.
"""
import base64
import json
import os
import re
import shutil

import numpy as np
import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "../src/test/resources/org/signet/golden/failures")
RAW, F, I, L, S = tf.raw_ops, tf.float32, tf.int32, tf.int64, tf.string
DATA = tf.data.Dataset
SINGULAR = [[1.0, 2.0], [2.0, 4.0]]

module = tf.Module()
module.count = tf.Variable(0)
module.value = tf.Variable([1.0, 2.0, 3.0])
module.grown = tf.Variable([1.0], shape=[None])
module.seen = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
signatures, calls = {}, []


def spec(dtype, *shape):
    return tf.TensorSpec(shape, dtype)


def after(effect, make):
    with tf.control_dependencies([effect]):
        return make()


def fails(name, body, specs, *argument_lists):
    """A signature, and calls of it with these arguments."""
    names = "abcdef"[:len(specs)]

    @tf.function(input_signature=[tf.TensorSpec(s.shape, s.dtype, name=n) for n, s in zip(names, specs)], autograph=False)
    def function(*arguments):
        module.count.assign_add(1)
        module.seen.insert([tf.constant(name)], [tf.constant(1, L)])
        result = body(*arguments)
        return result if isinstance(result, dict) else {"o": result}

    setattr(module, "f_" + name, function)
    signatures[name] = function
    for arguments in argument_lists:
        calls.append((name, {n: tf.constant(a, s.dtype) for n, s, a in zip(names, specs, arguments)}))


VEC, IDS, TEXT = spec(F, None), spec(I, None), spec(S, None)
ONE_TEXT, ONE, SQUARE, GRID = spec(S), spec(I), spec(F, 2, 2), spec(F, None, None)

# Rows, places, shapes
fails("gather", lambda a, b: tf.gather(a, b), [VEC, IDS], ([1, 2, 3], [0, 7]), ([1, 2, 3], [-1]))
fails("gather_nd", lambda a, b: tf.gather_nd(a, b), [VEC, spec(I, None, 1)], ([1, 2, 3], [[0], [7]]))
fails("tensor_scatter", lambda a, b: tf.tensor_scatter_nd_update(a, b, [5.0]), [VEC, spec(I, 1, 1)], ([1, 2, 3], [[9]]))
fails("scatter_nd", lambda b: tf.scatter_nd(b, [5.0], [3]), [spec(I, 1, 1)], ([[9]],))
fails("variable_scatter", lambda b: module.value.scatter_nd_add(b, [5.0]), [spec(I, 1, 1)], ([[9]],))
fails("variable_rows", lambda b: after(RAW.ResourceScatterUpdate(
    resource=module.value.handle, indices=b, updates=[5.0]), module.value.read_value), [spec(I, 1)], ([9],))
fails("variable_gather", lambda b: module.value.sparse_read(b), [IDS], ([9],))
fails("assign_add", lambda a: module.grown.assign_add(a), [VEC], ([1, 2],))
fails("list_get", lambda b: tf.TensorArray(F, 2, infer_shape=False, element_shape=[]).unstack([1.0, 2.0]).read(b), [ONE], (5,))
fails("reshape", lambda a, b: tf.reshape(a, b), [VEC, spec(I, 2)], ([1, 2, 3, 4], [2, 3]), ([1, 2, 3, 4], [3, -1]))
fails("add", lambda a, b: a + b, [VEC, VEC], ([1, 2], [1, 2, 3]))
fails("concat", lambda a, b: tf.concat([a, b], 0), [GRID, GRID], ([[1, 2]], [[1, 2, 3]]))
fails("matmul", lambda a, b: a @ b, [GRID, GRID], ([[1, 2]], [[1, 2, 3]]))
fails("slice", lambda a, b: tf.slice(a, b, [2]), [VEC, spec(I, 1)], ([1, 2, 3], [2]))
fails("divide", lambda a, b: a // b, [IDS, IDS], ([1, 2], [1, 0]))
fails("partition", lambda a, b: tf.dynamic_partition(a, b, 2)[0], [VEC, IDS], ([1, 2], [0, 5]))
fails("segments", lambda a, b: tf.math.segment_sum(a, b), [VEC, IDS], ([1, 2], [1, 0]))
fails("top", lambda a, b: tf.math.top_k(a, b).values, [VEC, ONE], ([1, 2], 5))
fails("range", lambda a: tf.range(0, 5, a), [ONE], (0,))
fails("sparse_dense", lambda a: RAW.SparseToDense(sparse_indices=a, output_shape=[3], sparse_values=1.0, default_value=0.0),
      [spec(I, 1)], ([9],))
fails("crop", lambda a: tf.image.crop_and_resize(tf.ones([1, 4, 4, 1]), [[0.0, 0.0, 1.0, 1.0]], a, [2, 2]), [spec(I, 1)], ([3],))

# Matrices
fails("inverse", tf.linalg.inv, [SQUARE], (SINGULAR,))
fails("solve", lambda a: tf.linalg.solve(a, [[1.0], [2.0]]), [SQUARE], (SINGULAR,))
fails("triangle", lambda a: tf.linalg.triangular_solve(a, [[1.0], [2.0]]), [SQUARE], ([[1, 0], [2, 0]],))

# Text
fails("transcode", lambda a: tf.strings.unicode_transcode(a, "UTF-8", "UTF-16-BE", errors="strict"), [TEXT], ([b"ok", b"\xff\xfe"],))
fails("decode", lambda a: tf.strings.unicode_decode(a, "UTF-8", errors="strict").flat_values, [TEXT], ([b"a\xc3"],))
fails("offsets", lambda a: tf.strings.unicode_decode_with_offsets(a, "UTF-8", errors="strict")[1].flat_values, [TEXT], ([b"\x80"],))
fails("encode", lambda a: tf.strings.unicode_encode(a, "UTF-8", errors="strict"), [IDS], ([65, 0xD800],), ([-1],), ([0x110000],))
fails("substr", lambda a, b: tf.strings.substr(a, b, 2), [TEXT, ONE], ([b"abc"], 5))
fails("substr_chars", lambda a, b: tf.strings.substr(a, b, 2, unit="UTF8_CHAR"), [TEXT, ONE], ([b"abc"], 5))
fails("number", lambda a: tf.strings.to_number(a), [TEXT], ([b"1.5", b"abc"],), ([b""],), ([b"1e99x"],))
fails("whole_number", lambda a: tf.strings.to_number(a, I), [TEXT], ([b"1.5"],), ([b"99999999999"],))
fails("regex", lambda a, b: tf.strings.regex_replace(a, b, ""), [TEXT, ONE_TEXT], ([b"abc"], b"("), ([b"abc"], b"[a"), ([b"abc"], b"*"))
fails("regex_match", lambda a, b: tf.strings.regex_full_match(a, b), [TEXT, ONE_TEXT], ([b"abc"], b"a{2,1}"))
fails("base64", tf.io.decode_base64, [TEXT], ([b"YQ*="],), ([b"Y"],))

# Formats
fails("example", lambda a: tf.io.parse_example(a, {"x": tf.io.FixedLenFeature([2], F)})["x"], [TEXT],
      ([b"garbage"],), ([b""],),
      ([tf.train.Example(features=tf.train.Features(feature={"x": tf.train.Feature(
          int64_list=tf.train.Int64List(value=[1, 2]))})).SerializeToString()],),
      ([tf.train.Example(features=tf.train.Features(feature={"x": tf.train.Feature(
          float_list=tf.train.FloatList(value=[1]))})).SerializeToString()],))
fails("single_example", lambda a: tf.io.parse_single_example(a, {"x": tf.io.FixedLenFeature([2], F)})["x"], [ONE_TEXT], (b"garbage",), (b"",))
fails("sequence_example", lambda a: tf.io.parse_single_sequence_example(
    a, sequence_features={"x": tf.io.FixedLenSequenceFeature([], F)})[1]["x"], [ONE_TEXT], (b"garbage",), (b"",))
fails("sequence_examples", lambda a: tf.io.parse_sequence_example(
    a, sequence_features={"x": tf.io.FixedLenSequenceFeature([], F)})[1]["x"], [TEXT], ([b"garbage"],))
fails("csv", lambda a: tf.io.decode_csv(a, [1.0, ""])[0], [TEXT], ([b"1"],), ([b"x,y"],), ([b'1,"a'],), ([b'1,a"b'],))
fails("csv_required", lambda a: tf.io.decode_csv(a, [tf.constant([], F)])[0], [TEXT], ([b""],))
fails("json", tf.io.decode_json_example, [TEXT], ([b"{"],))
fails("raw", lambda a: tf.io.decode_raw(a, F), [TEXT], ([b"abc"],), ([b"abcd", b"abcdefgh"],))
fails("tensor", lambda a: tf.io.parse_tensor(a, F), [ONE_TEXT], (b"garbage",), (tf.io.serialize_tensor(1).numpy(),))
fails("compressed", lambda a: tf.io.decode_compressed(a, "ZLIB"), [TEXT], ([b"garbage"],))
fails("png", tf.io.decode_png, [ONE_TEXT], (b"garbage",), (b"",))
fails("jpeg", tf.io.decode_jpeg, [ONE_TEXT], (b"garbage",))
fails("gif", tf.io.decode_gif, [ONE_TEXT], (b"garbage",))
fails("bmp", tf.io.decode_bmp, [ONE_TEXT], (b"garbage",))
fails("image", lambda a: tf.io.decode_image(a, expand_animations=False), [ONE_TEXT], (b"garbage",))

# Ragged and sparse
fails("ragged", lambda b: RAW.RaggedTensorToTensor(
    shape=tf.constant([-1, -1], L), values=[1.0, 2.0, 3.0], default_value=0.0, row_partition_tensors=[b],
    row_partition_types=["ROW_SPLITS"]), [spec(L, None)], ([1, 3],), ([0, 2, 1],))
fails("ragged_gather", lambda a: RAW.RaggedGather(params_nested_splits=[tf.constant([0, 1, 3], L)], params_dense_values=[1.0, 2.0, 3.0],
                                                   indices=a, OUTPUT_RAGGED_RANK=1).output_dense_values, [IDS], ([7],))
fails("ragged_range", lambda a: RAW.RaggedRange(starts=[0], limits=[5], deltas=a).rt_dense_values, [spec(I, 1)], ([0],))
fails("sparse_product", lambda a: RAW.SparseTensorDenseMatMul(a_indices=a, a_values=[1.0], a_shape=tf.constant([2, 2], L), b=tf.ones([2, 2])),
      [spec(L, 1, 2)], ([[0, 5]],))
fails("sparse_reshape", lambda a: RAW.SparseReshape(input_indices=[[0, 0]], input_shape=[2, 3], new_shape=a).output_shape,
      [spec(L, None)], ([4, 2],), ([-1, 4],), ([-1, -1],))

# State
def unset(dtype=F):
    return RAW.VarHandleOp(container="", shared_name="unset", dtype=dtype, shape=[2])


def unfilled():
    return RAW.HashTableV2(container="", shared_name="unfilled", key_dtype=S, value_dtype=L)


def mutable():
    return RAW.MutableHashTableV2(container="", shared_name="mutable", key_dtype=S, value_dtype=L)


fails("unset_read", lambda: RAW.ReadVariableOp(resource=unset(), dtype=F), [], ())
fails("unset_add", lambda: after(RAW.AssignAddVariableOp(resource=unset(), value=[1.0, 2.0]), lambda: tf.constant(0)), [], ())
fails("fill_table", lambda a, b: after(RAW.InitializeTableV2(table_handle=unfilled(), keys=a, values=b),
                                       lambda: RAW.LookupTableSizeV2(table_handle=unfilled())), [TEXT, spec(L, None)])
fails("unfilled_find", lambda a: RAW.LookupTableFindV2(table_handle=unfilled(), keys=a, default_value=tf.constant(0, L)), [TEXT], ([b"a"],))
calls.append(("fill_table", {"a": tf.constant(["a", "b", "a"]), "b": tf.constant([1, 2, 3], L)}))
calls.append(("fill_table", {"a": tf.constant(["a", "b"]), "b": tf.constant([1], L)}))
fails("insert", lambda a, b: after(RAW.LookupTableInsertV2(table_handle=mutable(), keys=a, values=b),
                                   lambda: RAW.LookupTableSizeV2(table_handle=mutable())), [TEXT, spec(L, None)], ([b"a", b"b"], [1]), ([b"a"], [1]))
fails("import", lambda a, b: after(RAW.LookupTableImportV2(table_handle=mutable(), keys=a, values=b),
                                   lambda: RAW.LookupTableSizeV2(table_handle=mutable())), [TEXT, spec(L, None)], ([b"a", b"b"], [1]))
fails("restore", lambda a: RAW.RestoreV2(prefix=a, tensor_names=["x"], shape_and_slices=[""], dtypes=[F])[0],
      [ONE_TEXT], (b"/nowhere/checkpoint",))

# Data sets
fails("only_row", lambda a: DATA.from_tensor_slices(a).get_single_element(), [GRID], ([[1, 2]],), (np.zeros([0, 2]),), ([[1, 2], [3, 4]],))
fails("only_batch", lambda a: DATA.from_tensor_slices(a).batch(3).get_single_element(), [spec(F, None, 2)],
      ([[1, 2]] * 3,), (np.zeros([0, 2]),), ([[1, 2]] * 4,))
fails("only_filtered", lambda a: DATA.from_tensor_slices(a).filter(lambda row: row[0] > 0).get_single_element(), [spec(F, None, 2)],
      ([[1, 2], [0, 3]],), ([[0, 2]] * 4,), ([[1, 2], [3, 4]],))
fails("only_tensor", lambda a: DATA.from_tensors(a).map(lambda x: x + 1).get_single_element(), [VEC], ([1, 2],))
fails("only_number", lambda a: DATA.range(a).map(lambda i: i * 2).get_single_element(), [spec(L)], (1,), (0,), (2,))
fails("only_repeated", lambda a: DATA.from_tensors(a).repeat().get_single_element(), [VEC], ([1, 2],))


@tf.function(input_signature=[])
def state():
    return {"count": module.count.read_value(), "seen": module.seen.size(), "value": module.value.read_value(),
            "grown": module.grown.read_value(), "mutable": RAW.LookupTableSizeV2(table_handle=mutable())}


module.state = state
signatures["state"] = state


def sentence(error):
    """The sentence between where TensorFlow says it was and the node's name."""
    text = re.sub(r"\{\{function_node [^}]*\}\} ?", "", error.message)
    text = re.split(r"\s+\[\[\{\{|\s+\[Op:", text)[0].split("\n")[-1]
    return re.sub(r"_load_\d+|, node name: .*", "", text).strip()


def tensor(value):
    array = value.numpy() if hasattr(value, "numpy") else value
    array = np.asarray(array)
    flat = array.reshape(-1).tolist()
    strings = array.dtype.kind in "OS"
    return ["string" if strings else array.dtype.name, list(array.shape),
            [base64.b64encode(v).decode() if strings else v if np.isfinite(v) else str(v) for v in flat]]


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    tf.saved_model.save(module, OUT + "/model", signatures=signatures)
    loaded = tf.saved_model.load(OUT + "/model").signatures
    lines = []
    for name, inputs in calls:
        call = {"signature": name, "inputs": {k: tensor(v) for k, v in inputs.items()}}
        try:
            call["outputs"] = {k: tensor(v) for k, v in loaded[name](**inputs).items()}
        except tf.errors.OpError as error:
            call["error"] = sentence(error)
        lines.append(json.dumps(call))
        print(name, call.get("error", call.get("outputs")))
    with open(OUT + "/calls.json", "w") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


main()

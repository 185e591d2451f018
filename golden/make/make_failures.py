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
import struct
import tempfile
import threading

import numpy as np
import tensorflow as tf
from tensorflow.python.eager import cancellation

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
signatures, calls, cancelled = {}, [], set()


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


def endless(name, body, argument, value):
    """A signature whose call never ends by itself, and a call that is cancelled."""
    fails(name, body, [argument], (value,))
    cancelled.add(name)


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
fails("index", lambda a, b: a[b], [VEC, ONE], ([1, 2, 3], 5), ([1, 2, 3], -4))
fails("row_index", lambda a, b: a[:, b], [GRID, ONE], ([[1, 2, 3]], 3))
fails("slice_write", lambda b: after(module.value[b].assign(7.0), module.value.read_value), [ONE], (3,), (-4,))
fails("tensor_rows", lambda a, b: tf.tensor_scatter_nd_update(a, b, tf.ones([2, 2])), [spec(F, None, 2), spec(I, 2, 1)], ([[1, 2]], [[0], [1]]))
fails("tensor_row", lambda a, b: tf.tensor_scatter_nd_update(a, b, tf.ones([1, 2])), [spec(F, 3, 2), spec(I, 1, 1)], ([[1, 2]] * 3, [[-1]]))
fails("tensor_max", lambda a, b: tf.tensor_scatter_nd_max(a, b, [5.0]), [VEC, spec(I, 1, 1)], ([1, 2, 3], [[3]]))
fails("variable_max", lambda b: after(RAW.ResourceScatterMax(
    resource=module.value.handle, indices=b, updates=[5.0]), module.value.read_value), [spec(I, 1)], ([-1],))
fails("variable_mul", lambda b: after(RAW.ResourceScatterMul(
    resource=module.value.handle, indices=b, updates=[5.0]), module.value.read_value), [spec(I, 1)], ([3],))
fails("assign_sub", lambda a: after(module.value.assign_sub(a), module.value.read_value), [VEC], ([1],))
fails("list_set", lambda b: tf.TensorArray(F, 2, element_shape=[], dynamic_size=False).unstack([1.0, 2.0]).write(b, 3.0).stack(), [ONE], (2,), (-1,))
fails("segment_ids", lambda a, b: tf.math.segment_mean(a, b), [VEC, IDS], ([1, 2], [-1, 0]), ([1, 2, 3], [0, 2, 1]), ([1, 2], [0, 0]))
fails("segment_long", lambda a, b: tf.math.segment_max(a, b), [VEC, IDS], ([1, 2], [0]))
fails("segment_sparse", lambda a, b, c: RAW.SparseSegmentSum(data=a, indices=b, segment_ids=c), [GRID, IDS, IDS],
      ([[1, 2]], [0, 1], [0, 0]), ([[1, 2]], [0, 0], [1, 0]))
fails("unsorted", lambda a, b: tf.math.unsorted_segment_sum(a, b, 2), [VEC, IDS], ([1, 2], [0, 2]), ([1, 2], [0, -1]))
fails("squeeze", lambda a: tf.squeeze(a, 0), [GRID], ([[1], [2]],))
fails("ensure", lambda a: tf.ensure_shape(a, [3]), [VEC], ([1, 2],))
fails("split", lambda a: tf.split(a, 2)[0], [VEC], ([1, 2, 3],))
fails("split_sizes", lambda a, b: RAW.SplitV(value=a, size_splits=b, axis=0, num_split=2)[0], [VEC, spec(I, 2)], ([1, 2, 3], [1, 1]), ([1, 2, 3], [-1, -1]))
fails("unstack", lambda a: tf.unstack(a, 2)[0], [VEC], ([1, 2, 3],))
fails("stack", lambda a, b: tf.stack([a, b]), [VEC, VEC], ([1, 2], [1, 2, 3]))
fails("tile", lambda a, b: tf.tile(a, b), [VEC, spec(I, 1)], ([1, 2], [-1]))
fails("fill", lambda a: tf.fill(a, 1.0), [spec(I, 1)], ([-1],))
fails("fill_huge", lambda a: tf.fill(a, 1.0), [spec(L, 1)], ([2 ** 50],))
fails("broadcast", lambda a, b: tf.broadcast_to(a, b), [VEC, spec(I, 1)], ([1, 2], [3]))
fails("pad", lambda a, b: tf.pad(a, b), [VEC, spec(I, 1, 2)], ([1, 2], [[-1, 0]]))
fails("mirror", lambda a, b: tf.pad(a, b, "REFLECT"), [VEC, spec(I, 1, 2)], ([1, 2], [[2, 0]]))
fails("range_back", lambda a: tf.range(5, a), [ONE], (0,))
fails("one_hot", lambda a: tf.one_hot([0], a), [ONE], (-1,))
fails("argmax", lambda a: tf.argmax(a, 0), [GRID], (np.zeros([0, 2]),))
fails("transpose", lambda a, b: tf.transpose(a, b), [GRID, spec(I, 2)], ([[1, 2]], [0, 0]), ([[1, 2]], [0, 2]))
fails("reverse_sequence", lambda a, b: tf.reverse_sequence(a, b, seq_axis=1), [GRID, IDS], ([[1, 2]], [3]), ([[1, 2]], [1, 1]))
fails("label", lambda a, b: tf.nn.sparse_softmax_cross_entropy_with_logits(b, a), [GRID, IDS], ([[1, 2]], [2]))
fails("stitch", lambda a: tf.dynamic_stitch([a], [[1.0, 2.0]]), [spec(I, 2)], ([-1, 0],))
fails("bincount", lambda a: tf.math.bincount(a, minlength=2), [IDS], ([-1],))
fails("invert", tf.math.invert_permutation, [IDS], ([0, 2],), ([0, 0],))
fails("batches", lambda a: tf.space_to_batch(a, [2], [[0, 0]]), [spec(F, 1, None, 1)], (np.zeros([1, 3, 1]),))
fails("top_negative", lambda a, b: tf.math.top_k(a, b).values, [VEC, ONE], ([1, 2], -1))
fails("cumsum", lambda a, b: tf.cumsum(a, b), [VEC, ONE], ([1, 2], 1))
fails("expand", lambda a, b: tf.expand_dims(a, b), [VEC, ONE], ([1, 2], 2))
fails("modulo", lambda a, b: a % b, [IDS, IDS], ([1, 2], [1, 0]))
fails("power", lambda a, b: a ** b, [IDS, IDS], ([2, 2], [1, -1]))
fails("embedding", lambda a: tf.nn.embedding_lookup(tf.ones([3, 2]), a), [IDS], ([3],))
fails("einsum", lambda a, b: tf.einsum("ij,jk->ik", a, b), [GRID, GRID], ([[1, 2]], [[1, 2]]))
fails("resize", lambda a: tf.image.resize(tf.ones([1, 2, 2, 1]), a), [spec(I, 2)], ([0, 1],))
fails("boxes", lambda a: tf.image.non_max_suppression([[0.0, 0.0, 1.0, 1.0]], [1.0], 1, iou_threshold=a), [spec(F)], (2,))
fails("clip", lambda a, b: tf.clip_by_value(a, b, 1.0), [VEC, VEC], ([1, 2], [0, 0, 0]))
fails("where", lambda a, b: tf.where(a > 1, a, b), [VEC, VEC], ([1, 2], [0, 0, 0]))

# Loops
endless("endless", lambda a: tf.while_loop(lambda x: tf.reduce_sum(x) > 0, lambda x: [
    after(module.count.assign_add(1), lambda: tf.square(x))], [a])[0], VEC, [1, 2])

# Matrices
fails("cholesky", tf.linalg.cholesky, [SQUARE], ([[1, 2], [2, 1]],))
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


def image(kind):
    """The bytes of an image, or of a sound: a file of each kind that is whole."""
    noise = tf.constant(np.random.default_rng(1).integers(0, 256, [9, 7, 3], np.uint8))
    if kind == "png":
        return tf.io.encode_png(noise).numpy()
    if kind == "jpeg":
        return tf.io.encode_jpeg(noise).numpy()
    if kind == "wav":
        return tf.audio.encode_wav(np.linspace(-1, 1, 64, dtype=np.float32).reshape(32, 2), 8000).numpy()
    if kind == "bmp":
        rows = b"".join(bytes(range(21)) + bytes(3) for _ in range(9))
        return struct.pack("<2sIHHIIiiHHIIiiII", b"BM", 54 + len(rows), 0, 0, 54, 40, 7, 9, 1, 24, 0, len(rows), 1, 1, 0, 0) + rows
    return base64.b64decode("R0lGODlhAgACAPAAAP8AAAAA/yH5BAAAAAAALAAAAAACAAIAAAIDRAIFADs=")


def broken(kind):
    """The file; without its second half, without its last bytes, overwritten in the middle, its begin."""
    whole = image(kind)
    middle = len(whole) // 2
    return [(whole,), (whole[:middle],), (whole[:-3],), (whole[:middle] + bytes(8) + whole[middle + 8:],), (whole[:10],)]


fails("broken_png", tf.io.decode_png, [ONE_TEXT], *broken("png"))
fails("broken_jpeg", tf.io.decode_jpeg, [ONE_TEXT], *broken("jpeg")[1:3])
fails("broken_gif", tf.io.decode_gif, [ONE_TEXT], *broken("gif"))
fails("broken_bmp", tf.io.decode_bmp, [ONE_TEXT], *broken("bmp"))
fails("broken_wav", lambda a: tf.audio.decode_wav(a)[0], [ONE_TEXT], (b"garbage",), (b"",), *broken("wav"))
fails("png_depth", lambda a: tf.io.decode_png(a, channels=3), [ONE_TEXT], (tf.io.encode_png(np.zeros([2, 2, 1], np.uint8)).numpy(),))
fails("wav_channels", lambda a: tf.audio.decode_wav(a, desired_channels=1)[0], [ONE_TEXT], (image("wav"),))

# Malformed UTF-8 and other text
BAD = ([b"ok", b"a\xf0\x28"],)
fails("lower", lambda a: tf.strings.lower(a, "utf-8"), [TEXT], BAD)
fails("upper", lambda a: tf.strings.upper(a, "utf-8"), [TEXT], BAD)
fails("length", lambda a: tf.strings.length(a, "UTF8_CHAR"), [TEXT], BAD)
fails("substr_bad", lambda a: tf.strings.substr(a, 0, 2, "UTF8_CHAR"), [TEXT], BAD)
fails("split_chars", lambda a: tf.strings.unicode_split(a, "UTF-8", errors="strict").flat_values, [TEXT], BAD)
fails("decode_utf16", lambda a: tf.strings.unicode_decode(a, "UTF-16-BE", errors="strict").flat_values, [TEXT], ([b"\xd8\x00"],), ([b"\x00"],))
fails("decode_utf32", lambda a: tf.strings.unicode_decode(a, "UTF-32-BE", errors="strict").flat_values, [TEXT], ([b"\x00\x11\x00\x00"],))
fails("transcode_utf16", lambda a: tf.strings.unicode_transcode(a, "UTF-16-BE", "UTF-8", errors="strict"), [TEXT], ([b"\xd8\x00"],))
fails("ngrams", lambda a, b: RAW.StringNGrams(data=a, data_splits=b, separator=" ", ngram_widths=[2], left_pad="", right_pad="", pad_width=0,
                                              preserve_short_sequences=False).ngrams, [TEXT, spec(L, None)], ([b"a", b"b"], [0, 3]), ([b"a"], [1, 1]))
fails("split_text", lambda a, b: RAW.StringSplitV2(input=a, sep=b).values, [TEXT, ONE_TEXT], ([b"a  b "], b""), ([b"a,,b"], b","), ([b""], b","))
fails("join", lambda a, b: tf.strings.join([a, b]), [TEXT, TEXT], ([b"a", b"b"], [b"c", b"d", b"e"]))
fails("reduce_join", lambda a, b: RAW.ReduceJoin(inputs=a, reduction_indices=b), [TEXT, spec(I, 1)], ([b"a"], [1]))
fails("format", lambda a: tf.strings.as_string(a, precision=3), [VEC], ([1, 2],))
fails("to_double", lambda a: tf.strings.to_number(a, tf.float64), [TEXT], ([b"1e400"],), ([b"0x10"],), ([b" 1 "],), ([b"1 1"],))
fails("to_long", lambda a: tf.strings.to_number(a, L), [TEXT], ([b"9223372036854775808"],), ([b" 1"],), ([b"0x1"],), ([b"-"],))
fails("csv_many", lambda a: tf.io.decode_csv(a, [tf.constant([], L), ""])[0], [TEXT], ([b"1,a,b"],), ([b"1,a", b"2"],), ([b",a"],), ([b"99999999999999999999,a"],), ([b""],))
fails("csv_double", lambda a: tf.io.decode_csv(a, [tf.constant([], tf.float64)])[0], [TEXT], ([b"1.0.0"],))
fails("csv_int", lambda a: tf.io.decode_csv(a, [tf.constant([], I)])[0], [TEXT], ([b"1.5"],))
fails("example_sparse", lambda a: tf.io.parse_example(a, {"x": tf.io.VarLenFeature(L)})["x"].values, [TEXT], ([b"garbage"],),
      ([tf.train.Example(features=tf.train.Features(feature={"x": tf.train.Feature(
          float_list=tf.train.FloatList(value=[1]))})).SerializeToString()],))
fails("example_ragged", lambda a: tf.io.parse_example(a, {"x": tf.io.RaggedFeature(S)})["x"].flat_values, [TEXT], ([b"garbage"],))
fails("example_old", lambda a: RAW.ParseExample(serialized=a, names=tf.constant(["one"]), sparse_keys=[], dense_keys=["x"],
                                                dense_defaults=[tf.constant([], F)], sparse_types=[], dense_shapes=[[]]).dense_values[0],
      [TEXT], ([b"garbage"],), ([b""],))
fails("single_old", lambda a: RAW.ParseSingleExample(serialized=a, dense_defaults=[tf.constant([], F)], num_sparse=0, sparse_keys=[], dense_keys=["x"],
                                                     sparse_types=[], dense_shapes=[[]]).dense_values[0], [ONE_TEXT], (b"garbage",), (b"",))
fails("sequence_old", lambda a: RAW.ParseSingleSequenceExample(
    serialized=a, feature_list_dense_missing_assumed_empty=[], context_sparse_keys=[], context_dense_keys=["x"], feature_list_sparse_keys=[],
    feature_list_dense_keys=[], context_dense_defaults=[tf.constant([], F)], debug_name="me", context_dense_shapes=[[]]).context_dense_values[0],
      [ONE_TEXT], (b"garbage",), (b"",))

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


def table(key=S, value=L):
    return RAW.MutableHashTableV2(container="", shared_name="typed", key_dtype=key, value_dtype=value)


def queue(name):
    return RAW.FIFOQueueV2(component_types=[F], shapes=[[2]], capacity=3, container="", shared_name=name)


def typed(effect):
    """After an effect on the table, its size."""
    return after(effect, lambda: RAW.LookupTableSizeV2(table_handle=table()))


LONGS = spec(L, None)
fails("find_default", lambda a, b: RAW.LookupTableFindV2(table_handle=table(), keys=a, default_value=b), [TEXT, LONGS], ([b"a"], [1, 2]))
fails("insert_key", lambda a: typed(RAW.LookupTableInsertV2(table_handle=table(), keys=a, values=a)), [LONGS], ([1],))
fails("insert_value", lambda a: typed(RAW.LookupTableInsertV2(table_handle=table(), keys=a, values=a)), [TEXT], ([b"a"],))
fails("import_key", lambda a: typed(RAW.LookupTableImportV2(table_handle=table(), keys=a, values=a)), [LONGS], ([1],))
fails("remove_key", lambda a: typed(RAW.LookupTableRemoveV2(table_handle=table(), keys=a)), [LONGS], ([1],))
fails("fill_typed", lambda a: after(RAW.InitializeTableV2(table_handle=RAW.HashTableV2(
    container="", shared_name="never_typed", key_dtype=S, value_dtype=L), keys=a, values=a), lambda: tf.constant(0)), [TEXT], ([b"a"],))
def drained(name, take):
    """What is taken of a queue that is closed with one element in it."""
    put = RAW.QueueEnqueueV2(handle=queue(name), components=[[1.0, 2.0]])
    closed = after(put, lambda: RAW.QueueCloseV2(handle=queue(name)))
    return after(closed, lambda: take(queue(name)))


def dequeued(handle):
    return RAW.QueueDequeueV2(handle=handle, component_types=[F])[0]


fails("dequeue", lambda: drained("closed", lambda q: after(dequeued(q), lambda: dequeued(q))), [], ())
fails("dequeue_many", lambda a: drained("closed_many", lambda q: RAW.QueueDequeueManyV2(handle=q, n=a, component_types=[F])[0]), [ONE], (2,))
fails("enqueue_closed", lambda a: after(RAW.QueueCloseV2(handle=queue("closed_in")), lambda: after(RAW.QueueEnqueueV2(
    handle=queue("closed_in"), components=[a]), lambda: tf.constant(0))), [VEC], ([1, 2],))
fails("enqueue_shape", lambda a: after(RAW.QueueEnqueueV2(handle=queue("shaped"), components=[a]), lambda: tf.constant(0)), [VEC], ([1, 2, 3],))
fails("save", lambda a: after(RAW.SaveV2(prefix=a, tensor_names=["x"], shape_and_slices=[""], tensors=[tf.constant([1.0, 2.0])]),
                              lambda: tf.constant(0)), [ONE_TEXT], (b"$FOLDER/saved",))
fails("restore_key", lambda a, b: RAW.RestoreV2(prefix=a, tensor_names=b, shape_and_slices=[""], dtypes=[F])[0],
      [ONE_TEXT, spec(S, 1)], (b"$FOLDER/saved", [b"x"]), (b"$FOLDER/saved", [b"y"]))
fails("restore_type", lambda a: RAW.RestoreV2(prefix=a, tensor_names=["x"], shape_and_slices=[""], dtypes=[L])[0], [ONE_TEXT], (b"$FOLDER/saved",))
fails("restore_slice", lambda a, b: RAW.RestoreV2(prefix=a, tensor_names=["x"], shape_and_slices=b, dtypes=[F])[0],
      [ONE_TEXT, spec(S, 1)], (b"$FOLDER/saved", [b"3 0,1"]), (b"$FOLDER/saved", [b"2 1,2"]), (b"$FOLDER/saved", [b"x"]), (b"$FOLDER/saved", [b"2 0,1"]))
fails("restore_shape", lambda a: after(module.value.assign(RAW.RestoreV2(
    prefix=a, tensor_names=["x"], shape_and_slices=[""], dtypes=[F])[0]), module.value.read_value), [ONE_TEXT], (b"$FOLDER/saved",))
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
            "grown": module.grown.read_value(), "mutable": RAW.LookupTableSizeV2(table_handle=mutable()), "typed": RAW.LookupTableSizeV2(table_handle=table())}


module.state = state
signatures["state"] = state


def run(function, name, inputs):
    """Runs a signature; one that never ends is cancelled until it does."""
    if name not in cancelled:
        return function(**inputs)
    manager = cancellation.CancellationManager()
    threading.Timer(0.5, manager.start_cancel).start()
    return manager.get_cancelable_function(function)(**inputs)


def sentence(error):
    """The sentence between where TensorFlow says it was and the node's name."""
    text = re.sub(r"\{\{function_node [^}]*\}\} ?", "", error.message)
    text = re.split(r"\s+\[\[\{\{|\s+\[Op:", text)[0].split("\n")[-1]
    return re.sub(r"_load_\d+|, node name: .*", "", text).strip()


def node(error):
    """The name of the node that failed, empty if TensorFlow does not tell."""
    names = re.findall(r"\[\[\{\{node ([^}]*)\}\}\]\]", error.message)
    return names[0] if names else ""


def tensor(value):
    array = value.numpy() if hasattr(value, "numpy") else value
    array = np.asarray(array, object if isinstance(array, bytes) else None)
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
    folder = tempfile.mkdtemp()
    for name, inputs in calls:
        call = {"signature": name, "inputs": {k: tensor(v) for k, v in inputs.items()}}
        inputs = {k: tf.strings.regex_replace(v, r"^\$FOLDER", folder) if v.dtype == S else v for k, v in inputs.items()}
        if name in cancelled:
            call["cancelled"] = True
        try:
            call["outputs"] = {k: tensor(v) for k, v in run(loaded[name], name, inputs).items()}
        except tf.errors.OpError as error:
            call["error"] = sentence(error).replace(folder, "$FOLDER")
            call["node"] = node(error)
        lines.append(json.dumps(call))
        print(name, call.get("error", call.get("outputs")))
    with open(OUT + "/calls.json", "w") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


main()

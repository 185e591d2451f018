"""Writes the checkpoint bundles that the tests of org.signet.bundle read.

Run with TensorFlow 2.21 and cramjam (for snappy): python make_bundles.py
It overwrites the files beside it.
"""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import struct

import cramjam
import ml_dtypes
import numpy as np
import tensorflow as tf
from tensorflow.python.framework import dtypes as tf_dtypes

HERE = os.path.dirname(os.path.abspath(__file__))


def prefix(name):
    """The path of a bundle; its old files are removed."""
    path = os.path.join(HERE, name)
    for old in tf.io.gfile.glob(path + ".*") + tf.io.gfile.glob(path):
        os.remove(old)
    return path


def save(path, tensors):
    tf.raw_ops.SaveV2(
        prefix=path,
        tensor_names=list(tensors),
        shape_and_slices=[""] * len(tensors),
        tensors=list(tensors.values()),
    )


def dtypes():
    numbers = [0, 1, 2, 3, 100, 127]
    signed = [0, 1, -2, 3, -100, 127]
    types = {
        "float32": signed, "float64": signed, "float16": signed, "int8": signed, "int16": signed,
        "int32": signed, "int64": signed, "uint8": numbers, "uint16": numbers, "uint32": numbers,
        "uint64": numbers,
    }  # fmt: skip
    tensors = {
        name: tf.constant(np.array(values, name).reshape(2, 3)) for name, values in types.items()
    }
    tensors["bfloat16"] = tf.constant(np.array([1.5, -2, 0], ml_dtypes.bfloat16))
    tensors["bool"] = tf.constant([True, False, True])
    tensors["complex64"] = tf.constant([1 + 2j, -3 - 4j], tf.complex64)
    tensors["complex128"] = tf.constant([1 + 2j, -3 - 4j], tf.complex128)
    for name in ["qint8", "quint8", "qint32", "qint16", "quint16"]:
        tensors[name] = tf.bitcast(tf.constant([1, 2], name[1:]), name)
    tensors["int4"] = tf.cast(tf.constant([1, -2, 7], tf.int8), tf_dtypes.int4)
    tensors["float8_e5m2"] = tf.cast(tf.constant([1.0]), tf_dtypes.float8_e5m2)
    tensors["scalar"] = tf.constant(42.5)
    tensors["empty"] = tf.zeros([0, 3])
    tensors["string"] = tf.constant([["", "a"], ["x" * 300, "\0\xff" * 70]])
    tensors["string_scalar"] = tf.constant(b"\xff\x00raw")
    tensors["string_empty"] = tf.constant([], tf.string)
    tensors["variant"] = tf.raw_ops.TensorListReserve(
        element_shape=tf.constant([1]), num_elements=2, element_dtype=tf.float32
    )
    tensors["ünïcode/名"] = tf.constant(7)
    save(prefix("dtypes"), tensors)


def sharded():
    path = prefix("sharded")
    parts = []
    for shard in range(3):
        part = path + "_part%d" % shard
        parts.append(part)
        save(part, {"s%d/v%d" % (shard, i): tf.fill([2], shard * 100 + i) for i in range(7)})
    tf.raw_ops.MergeV2Checkpoints(
        checkpoint_prefixes=parts, destination_prefix=path, delete_old_dirs=False
    )
    for old in tf.io.gfile.glob(path + "_part*"):
        os.remove(old)


def partitioned():
    """Tensors of numbers counted up from 0, in slices along one axis and both, long and short."""
    path = prefix("partitioned")
    pieces = []

    def cut(name, full, specs):
        for spec in specs:
            index = tuple(
                slice(None) if part == "-" else slice(int(part.split(",")[0]), sum(map(int, part.split(","))))
                for part in spec.split(":")
            )
            shape = " ".join(map(str, full.shape))
            pieces.append((name, shape + " " + spec, tf.constant(full[index])))

    cut("rows", np.arange(14, dtype=np.float32).reshape(7, 2), ["0,3:-", "3,2:-", "5,2:0,2"])
    cut("long", np.arange(9000, dtype=np.int32), ["0,50", "50,100", "150,8500", "8650,350"])
    cut("grid", np.arange(24, dtype=np.int64).reshape(4, 3, 2),
        ["0,1:0,2:-", "0,1:2,1:-", "1,3:0,2:0,1", "1,3:0,2:1,1", "1,3:2,1:-"])  # fmt: skip
    cut("text", np.array([[b"a", b"b"], [b"c", b"d" * 200]]), ["-:1,1", "-:0,1"])
    names, slices, values = zip(*pieces)
    tf.raw_ops.SaveV2(prefix=path, tensor_names=names, shape_and_slices=slices, tensors=values)


def partial():
    """A tensor of which a slice was never saved."""
    tf.raw_ops.SaveV2(
        prefix=prefix("partial"), tensor_names=["w"], shape_and_slices=["4 0,3"], tensors=[tf.zeros([3])]
    )


def saver():
    """What a TF1 Saver writes for variables of which one is partitioned."""
    path = prefix("saver")
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        with v1.variable_scope("s", partitioner=v1.fixed_size_partitioner(3)):
            values = np.arange(14, dtype=np.float32).reshape(7, 2)

            def rows(shape, dtype, partition_info):
                start = partition_info.var_offset[0]
                return values[start : start + shape[0]]

            v1.get_variable("w", [7, 2], initializer=rows)
        v1.get_variable("b", initializer=[0.5, 0.25], use_resource=True)
        session.run(v1.global_variables_initializer())
        v1.train.Saver().save(session, path, write_meta_graph=False, write_state=False)


def many():
    """Keys enough for several data blocks, with a long common prefix; compressed to keep the file small."""
    stem = "scope/" * 300
    path = prefix("many")
    save(path, {stem + "v%d" % i: tf.constant(i) for i in range(4000)})
    compress(path + ".index")
    reader = tf.train.load_checkpoint(path)
    assert reader.get_tensor(stem + "v3999") == 3999


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def to_varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out) + bytes([value])


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def compress(index):
    """Compresses the data blocks of a table with snappy, which TensorFlow reads but does not write."""
    with open(index, "rb") as file:
        table = file.read()
    _, at = varint(table, len(table) - 48)
    _, at = varint(table, at)
    start, at = varint(table, at)
    size, _ = varint(table, at)
    entries = table[start : start + size]
    out = bytearray()

    def add(contents, kind):
        handle = to_varint(len(out)) + to_varint(len(contents))
        out.extend(contents)
        out.append(kind)
        out.extend(struct.pack("<I", crc32c(contents + bytes([kind]))))
        return handle

    handles, restarts, at = bytearray(), [], 0
    end = size - 4 - 4 * struct.unpack("<I", entries[-4:])[0]
    while at < end:
        _, at = varint(entries, at)
        length, at = varint(entries, at)
        value_length, at = varint(entries, at)
        key = entries[at : at + length]
        block, at = varint(entries, at + length)
        block_size, at = varint(entries, at)
        handle = add(bytes(cramjam.snappy.compress_raw(table[block : block + block_size])), 1)
        restarts.append(len(handles))
        handles += b"\0" + to_varint(length) + to_varint(len(handle)) + key + handle
    print(index, len(restarts), "blocks")
    metaindex = add(struct.pack("<2I", 0, 1), 0)
    handles += struct.pack("<%dI" % (len(restarts) + 1), *restarts, len(restarts))
    footer = metaindex + add(bytes(handles), 0)
    out.extend(footer.ljust(40, b"\0") + bytes.fromhex("57fb808b247547db"))
    with open(index, "wb") as file:
        file.write(out)


def small():
    save(prefix("small"), {"a": tf.constant([1.0, 2.0]), "b": tf.constant(["x", "yz"])})


def old():
    """A checkpoint in the format of 2015: one table."""
    tf.raw_ops.Save(
        filename=prefix("old"),
        tensor_names=["ramp", "ones"],
        data=[tf.range(3), tf.ones([2])],
    )


def old_slices():
    """The same format: a tensor in two slices, and a slice alone."""
    tf.raw_ops.SaveSlices(
        filename=prefix("old_slices"),
        tensor_names=["w", "w", "lost", "whole"],
        shapes_and_slices=["4 3 0,2:-", "4 3 2,2:-", "2 3 1,1:-", ""],
        data=[tf.reshape(tf.range(6), [2, 3]), tf.reshape(tf.range(6, 12), [2, 3]), tf.zeros([1, 3]), tf.constant(["a", "bc"])],
    )


if __name__ == "__main__":
    for make in [dtypes, sharded, partitioned, partial, saver, many, small, old, old_slices]:
        make()

"""Writes models/bad_input, whose signatures count their calls and fail on bad input, as they do in TensorFlow.

Run it with TensorFlow 2.21.
"""

import tensorflow as tf

from make_models import MODELS, clean, fresh, spec

raw = tf.raw_ops
TEXT = spec(None, dtype=tf.string, name="text")


class Model(tf.Module):
    def __init__(self):
        self.calls = tf.Variable(5, dtype=tf.int32)

    def counted(self):
        return tf.control_dependencies([self.calls.assign_add(1)])

    @tf.function(input_signature=[])
    def get(self):
        return {"calls": self.calls.read_value()}

    @tf.function(input_signature=[spec(dtype=tf.bool, name="first")])
    def variable(self, first):
        with self.counted():
            handle = raw.VarHandleOp(shared_name="late", dtype=tf.float32, shape=[])

            def assign():
                raw.AssignVariableOp(resource=handle, value=3.0)
                return 1

            with tf.control_dependencies([tf.cond(first, assign, lambda: 0)]):
                return {"y": raw.ReadVariableOp(resource=handle, dtype=tf.float32, name="late_read")}

    @tf.function(input_signature=[spec(dtype=tf.bool, name="first"), spec(None, dtype=tf.string, name="keys")])
    def table(self, first, keys):
        with self.counted():
            handle = raw.HashTableV2(shared_name="late_table", key_dtype=tf.string, value_dtype=tf.int64)

            def fill():
                raw.LookupTableImportV2(table_handle=handle, keys=["a"], values=tf.constant([7], tf.int64))
                return 1

            with tf.control_dependencies([tf.cond(first, fill, lambda: 0)]):
                return {"y": raw.LookupTableFindV2(table_handle=handle, keys=keys, default_value=tf.constant(-1, tf.int64), name="find")}

    def found(self, keys):
        with self.counted():
            table = raw.MutableHashTableV2(shared_name="table", key_dtype=keys.dtype, value_dtype=tf.int64)
            default = tf.constant(-1, tf.int64)
            return {"y": raw.LookupTableFindV2(table_handle=table, keys=keys, default_value=default)}

    @tf.function(input_signature=[spec(None, dtype=tf.string, name="keys")])
    def words(self, keys):
        return self.found(keys)

    @tf.function(input_signature=[spec(None, dtype=tf.int64, name="keys")])
    def numbers(self, keys):
        """Of the table that words has made for strings, if words was there before."""
        return self.found(keys)

    @tf.function(input_signature=[spec(dtype=tf.int32, name="times")])
    def loop(self, times):
        def body(i):
            self.calls.assign_add(1)
            return i + 1

        return {"y": tf.while_loop(lambda i: i != times, body, [tf.constant(0)], name="loop")[0]}

    @tf.function(input_signature=[TEXT])
    def decode(self, text):
        with self.counted():
            return {"y": raw.UnicodeDecode(input=text, input_encoding="UTF-8", errors="strict", name="decode").char_values}

    @tf.function(input_signature=[TEXT])
    def transcode(self, text):
        with self.counted():
            return {"y": raw.UnicodeTranscode(
                input=text, input_encoding="UTF-8", output_encoding="UTF-16-BE", errors="strict", name="transcode")}

    @tf.function(input_signature=[TEXT])
    def parse(self, text):
        with self.counted():
            features = {"a": tf.io.FixedLenFeature([2], tf.float32)}
            return {"y": tf.io.parse_example(text, features, name="parse")["a"]}


BAD = {
    "variable": lambda m: m.variable(tf.constant(False)),
    "table": lambda m: m.table(tf.constant(False), tf.constant(["a"])),
    "numbers": lambda m: (m.words(tf.constant(["a"])), m.numbers(tf.constant([1], tf.int64))),
    "decode": lambda m: m.decode(tf.constant([b"ok", b"a\xff"])),
    "transcode": lambda m: m.transcode(tf.constant([b"ok", b"a\xff"])),
    "parse bytes": lambda m: m.parse(tf.constant([b"\xff\xff"])),
    "parse type": lambda m: m.parse(tf.constant([tf.train.Example(features=tf.train.Features(feature={
        "a": tf.train.Feature(int64_list=tf.train.Int64List(value=[1, 2]))})).SerializeToString()])),
    "parse missing": lambda m: m.parse(tf.constant([b""])),
}


def main():
    model = Model()
    names = ["get", "variable", "table", "words", "numbers", "loop", "decode", "transcode", "parse"]
    tf.saved_model.save(model, str(fresh("bad_input")), {name: getattr(model, name) for name in names})
    clean(MODELS / "bad_input")
    for name, call in BAD.items():
        try:
            call(model)
        except (tf.errors.OpError, UnicodeDecodeError):  # the latter of an error with the bytes in it
            continue
        raise AssertionError(f"TensorFlow takes {name}")


if __name__ == "__main__":
    main()

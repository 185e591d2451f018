"""Writes models/late_failure: signatures that change all kinds of state before they fail.

Needs TensorFlow 2.21. results.json has what `get` gives before and after one call of `flex` and one of
`builtin` that do not fail.
"""

import json

import tensorflow as tf

from make_models import MODELS, clean, fresh

R = tf.raw_ops


class LateFailure(tf.Module):
    def __init__(self):
        self.number = tf.Variable(1.0)
        self.rows = tf.Variable(tf.zeros([3, 2]))
        self.words = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
        self.dense = tf.lookup.experimental.DenseHashTable(tf.int64, tf.float32, 0.0, -1, -2)

    def queue(self):
        return R.FIFOQueueV2(component_types=[tf.int32], shapes=[[]], capacity=9, shared_name="late")

    @tf.function(input_signature=[])
    def get(self):
        keys, values = self.words.export()
        keys, values = tf.reshape(keys, [-1]), tf.reshape(values, [-1])
        order = tf.argsort(values)
        return {"number": self.number.read_value(), "rows": self.rows.read_value(), "keys": tf.gather(keys, order),
                "values": tf.gather(values, order), "dense": self.dense.lookup(tf.constant([1, 2], tf.int64)),
                "queued": R.QueueSizeV2(handle=self.queue())}

    @tf.function(input_signature=[tf.TensorSpec([], tf.string, name="text")])
    def flex(self, text):
        """Every change comes before the text is decoded, which needs their results."""
        self.number.assign_add(2.0)
        self.rows.scatter_nd_add([[1, 0]], [5.0])
        self.words.insert(tf.stack([text, "b"]), tf.constant([8, 9], tf.int64))
        self.words.remove(tf.constant(["b"]))
        self.dense.insert(tf.constant([1], tf.int64), [3.0])
        queue = self.queue()
        R.QueueEnqueueManyV2(handle=queue, components=[[4, 5, 6]])
        taken, = R.QueueDequeueV2(handle=queue, component_types=[tf.int32])
        taken = tf.reshape(taken, [])
        self.rows[2].assign([1.0, 2.0])
        seen = tf.strings.as_string(tf.cast(self.words.size() * 0, tf.int32) + taken * 0 + R.QueueSizeV2(handle=queue) * 0)
        seen = tf.strings.join([seen, tf.strings.as_string(tf.cast(self.rows[2, 0] * self.number * 0, tf.int32))])
        points = tf.strings.unicode_decode(tf.reshape(tf.strings.join([seen, text]), []), "UTF-8", errors="strict")
        self.number.assign_add(tf.cast(tf.size(points), tf.float32))
        return {"points": points}

    @tf.function(input_signature=[tf.TensorSpec([], tf.int32, name="row")])
    def builtin(self, row):
        self.number.assign_add(2.0)
        self.rows.assign(self.rows * 2.0 + 1.0)
        chosen = tf.gather(self.rows.read_value(), row + tf.cast(self.number * 0, tf.int32))
        self.rows.assign_add(tf.stack([chosen] * 3))
        return {"chosen": chosen}


def main():
    model, folder = LateFailure(), str(fresh("late_failure"))
    tf.saved_model.save(model, folder, {"get": model.get, "flex": model.flex, "builtin": model.builtin})
    clean(MODELS / "late_failure")
    loaded = tf.saved_model.load(folder).signatures
    results = []

    def record():
        got = loaded["get"]()
        results.append({name: value.numpy().tolist()
                        for name, value in got.items() if value.dtype != tf.string})
        results[-1]["keys"] = [key.decode() for key in got["keys"].numpy()]

    record()
    loaded["flex"](text=tf.constant("a"))
    record()
    loaded["builtin"](row=tf.constant(1))
    record()
    (MODELS / "late_failure" / "results.json").write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()

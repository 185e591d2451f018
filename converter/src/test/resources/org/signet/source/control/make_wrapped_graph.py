"""Writes a TensorFlow 2 SavedModel whose function holds TensorFlow 1 control flow, and what TensorFlow 2.15 computes."""
import json
import os
import shutil
import tempfile

import numpy as np
import tensorflow as tf

from make_control_flow import encode

tf1 = tf.compat.v1


def save_old(folder):
    """A TensorFlow 1 model."""
    with tf.Graph().as_default(), tf1.Session() as session:
        x, p = tf1.placeholder(tf.float32, [None, 2]), tf1.placeholder(tf.bool, [])
        w = tf1.get_variable("w", initializer=[[1.0, 0.5], [-0.5, 2.0]], use_resource=True)
        array = tf.TensorArray(tf.float32, size=2)

        def step(i, y, a):
            y = tf1.cond(p, lambda: tf.matmul(y, w), lambda: y + 1)
            return i + 1, y, a.write(i, y)
        _, y, array = tf1.while_loop(lambda i, y, a: i < 2, step, [0, x, array])
        session.run(w.initializer)
        tf1.saved_model.simple_save(session, folder, {"x": x, "p": p}, {"y": y, "steps": array.stack()})


if __name__ == "__main__":
    tf1.disable_control_flow_v2()
    here = os.path.dirname(os.path.abspath(__file__))
    folder = os.path.join(here, "wrapped_graph")
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as old:
        save_old(old + "/model")
        root = tf.Module()
        root.loaded = tf.saved_model.load(old + "/model")
        call = root.loaded.signatures["serving_default"]
        root.f = tf.function(lambda x, p: call(x=x, p=p), input_signature=[
            tf.TensorSpec([None, 2], tf.float32, "x"), tf.TensorSpec([], tf.bool, "p")])
        tf.saved_model.save(root, folder, signatures=root.f)
    f = tf.saved_model.load(folder).signatures["serving_default"]
    calls = []
    for p in (True, False):
        x = np.array([[1, 2], [3, 4]], np.float32)
        outputs = f(x=tf.constant(x), p=tf.constant(p))
        calls.append({"inputs": {"x": encode(x), "p": encode(p)},
                      "outputs": {n: encode(v.numpy()) for n, v in sorted(outputs.items())}})
    with open(folder + ".json", "w") as out:
        json.dump(calls, out)

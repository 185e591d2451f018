"""Writes the bare graphs and the functions of the converter's tests into models/, next to this file.

Run it with TensorFlow 2.21. The models are so small that the tests tell their results by hand.
"""

import os
import pathlib
import shutil

import tensorflow as tf

v1 = tf.compat.v1
MODELS = pathlib.Path(__file__).parent / "models"


def fresh(name):
    folder = MODELS / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


class Inner(tf.Module):
    def __init__(self):
        self.factor = tf.Variable(10, name="factor")

    @tf.function(input_signature=[tf.TensorSpec([], tf.int32, name="x")])
    def scale(self, x):
        return x * self.factor


class Functions(tf.Module):
    """Functions without a signature: one with a variable, one with several traces, one inside."""

    def __init__(self):
        self.v = tf.Variable(2, name="v")
        self.inner = Inner()

    @tf.function(input_signature=[tf.TensorSpec([], tf.int32)])
    def __call__(self, x):
        return x + self.v

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32), tf.TensorSpec([None], tf.float32)])
    def minus(self, a, b):
        return {"difference": a - b, "negated": b - a}

    @tf.function
    def square(self, x):
        return x * x


def functions():
    module = Functions()
    module.square(tf.constant(1.0))
    module.square(tf.constant(1))
    folder = fresh("functions")
    tf.saved_model.save(module, str(folder))
    (folder / "fingerprint.pb").unlink()
    shutil.rmtree(folder / "assets")


def multiply():
    """y = x * v + u with v = 3: a MetaGraph and a GraphDef, both as text and binary."""
    folder = fresh("multiply")
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.int32, [], name="x")
        v = v1.get_variable("v", initializer=3, use_resource=False)
        half = v1.placeholder(tf.int32, [], name="unused")
        y = tf.multiply(x, v, name="y")
        tf.add(y, half, name="z")
        saver = v1.train.Saver()
        session.run(v1.global_variables_initializer())
        saver.save(session, str(folder / "model.ckpt"), write_meta_graph=False, write_state=False)
        v1.train.export_meta_graph(str(folder / "multiply.pb"), saver_def=saver.as_saver_def(), as_text=True)
        v1.train.export_meta_graph(str(folder / "multiply.meta"), saver_def=saver.as_saver_def())
        v1.train.write_graph(session.graph_def, str(folder), "graph.pb", as_text=False)
        v1.train.write_graph(session.graph_def, str(folder), "graph.pbtxt", as_text=True)


if __name__ == "__main__":
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    functions()
    multiply()

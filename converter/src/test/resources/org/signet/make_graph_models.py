"""Writes the bare graphs and the functions of the converter's tests into models/, next to this file.

Run it with TensorFlow 2.21. The models are so small that the tests tell their results by hand.
"""

import os
import pathlib
import shutil

import tensorflow as tf
from tensorflow.core.protobuf import saver_pb2

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


def save_tf1(name, build):
    """`build` gives the signatures, {key: (inputs, outputs)}, and a Saver or None."""
    folder = fresh(name)
    folder.rmdir()
    with tf.Graph().as_default(), v1.Session() as session:
        signatures, saver = build()
        session.run(v1.global_variables_initializer())
        builder = v1.saved_model.Builder(str(folder))
        definitions = {
            key: v1.saved_model.build_signature_def(
                {n: v1.saved_model.build_tensor_info(t) for n, t in inputs.items()},
                {n: v1.saved_model.build_tensor_info(t) for n, t in outputs.items()},
                "tensorflow/serving/predict")
            for key, (inputs, outputs) in signatures.items()}
        builder.add_meta_graph_and_variables(
            session, ["serve"], signature_def_map=definitions, saver=saver, clear_devices=True)
        builder.save()
    (folder / "fingerprint.pb").unlink(missing_ok=True)


def containers():
    """Variables of one shared name in two containers, and a second op for the first of them."""
    variables = {}
    for container, value in (("a", [1.0, 2.0]), ("b", [3.0, 4.0])):
        variable = tf.raw_ops.VariableV2(
            shape=[2], dtype=tf.float32, container=container, shared_name="same", name="v_" + container)
        v1.get_default_session().run(v1.assign(variable, value))
        variables["v_" + container] = variable
    alias = tf.raw_ops.VariableV2(shape=[2], dtype=tf.float32, container="a", shared_name="same", name="alias")
    outputs = {"a": variables["v_a"], "b": variables["v_b"], "alias": alias}
    return {"read": ({}, {n: tf.identity(v) for n, v in outputs.items()})}, raw_saver(variables)


def raw_saver(variables):
    """The Saver of variables that are bare ops."""
    names = sorted(variables)
    file = v1.placeholder_with_default(v1.placeholder_with_default("model", [], name="save/filename"), [], name="save/Const")
    save = tf.raw_ops.SaveV2(
        prefix=file, tensor_names=names, shape_and_slices=[""] * len(names), tensors=[variables[n] for n in names])
    with tf.control_dependencies([save]):
        saved = tf.identity(file, name="save/control_dependency")
    restored = tf.raw_ops.RestoreV2(
        prefix=file, tensor_names=names, shape_and_slices=[""] * len(names), dtypes=[tf.float32] * len(names))
    assigned = [v1.assign(variables[n], restored[i]) for i, n in enumerate(names)]
    restore = tf.group(*assigned, name="save/restore_all")
    return v1.train.Saver(saver_def=saver_pb2.SaverDef(
        filename_tensor_name=file.name, save_tensor_name=saved.name, restore_op_name=restore.name, version=2))


def exchanged():
    """Each variable is saved under the name of the other; a third under none."""
    a = v1.get_variable("a", initializer=1.0, use_resource=False)
    b = v1.get_variable("b", initializer=2.0, use_resource=False)
    signatures = {"read": ({}, {"a": tf.identity(a), "b": tf.identity(b)})}
    return signatures, v1.train.Saver({"b": a, "a": b})


def training(optimizer, use_resource):
    def build():
        x = v1.placeholder(tf.float32, [], name="x")
        w = v1.get_variable("w", initializer=3.0, use_resource=use_resource)
        step = optimizer().minimize(tf.square(w - x))
        with tf.control_dependencies([step]):
            y = tf.identity(x)
        return {"train": ({"x": x}, {"y": y}), "read": ({}, {"w": tf.identity(w.read_value())})}, None
    return build


def quantized():
    v = v1.get_variable("v", initializer=tf.bitcast(tf.constant([1, -2], tf.int8), tf.qint8), dtype=tf.qint8)
    x = v1.placeholder(tf.qint8, [], name="x")
    bits = tf.bitcast(v, tf.int8)
    return {"bits": ({}, {"y": bits}), "raw": ({}, {"y": tf.identity(v)}), "through": ({"x": x}, {"y": tf.identity(x)})}, None


if __name__ == "__main__":
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    functions()
    multiply()
    save_tf1("containers", containers)
    save_tf1("exchanged", exchanged)
    for kind in ("reference", "resource"):
        descent = lambda: v1.train.GradientDescentOptimizer(0.25)
        save_tf1("descent_" + kind, training(descent, kind == "resource"))
    save_tf1("momentum", training(lambda: v1.train.MomentumOptimizer(0.25, 0.9), False))
    save_tf1("quantized", quantized)

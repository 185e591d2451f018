"""Writes the small SavedModels of the converter's tests into models/, next to this file.

Run it with TensorFlow 2.21. The models are so small that the tests tell their results by hand.
"""

import pathlib
import shutil

import tensorflow as tf
from google.protobuf import text_format
from tensorflow.core.protobuf import saved_model_pb2

v1 = tf.compat.v1
MODELS = pathlib.Path(__file__).parent / "models"


def save(name, module, signatures):
    folder = fresh(name)
    tf.saved_model.save(module, str(folder), signatures=signatures)
    clean(folder)


def fresh(name):
    folder = MODELS / name
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def clean(folder):
    (folder / "fingerprint.pb").unlink(missing_ok=True)
    for empty in ("assets",):
        if (folder / empty).is_dir() and not any((folder / empty).iterdir()):
            (folder / empty).rmdir()


def spec(*shape, dtype=tf.float32, name=None):
    return tf.TensorSpec(shape, dtype, name=name)


def edit(name, source, change):
    """A copy of a model whose proto `change` has been at."""
    folder = fresh(name)
    shutil.copytree(MODELS / source, folder)
    file = folder / "saved_model.pb"
    model = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    change(model)
    file.write_bytes(model.SerializeToString(deterministic=True))


class Affine(tf.Module):
    """Two variables, two signatures, declared in an order that is not alphabetical."""

    def __init__(self):
        self.weights = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="same")
        self.shift = tf.Variable([0.5, -0.5], name="same")

    @tf.function(input_signature=[spec(None, 3, name="zebra"), spec(2, name="ant")])
    def zeta(self, zebra, ant):
        return {"sum": zebra @ self.weights + ant, "plain": zebra @ self.weights}

    @tf.function(input_signature=[spec(None, 3, name="x")])
    def alpha(self, x):
        return x @ self.weights + self.shift


class ManyOutputs(tf.Module):
    @tf.function(input_signature=[spec(2, name="x")])
    def many(self, x):
        return [x + float(i) for i in range(12)]


class Nested(tf.Module):
    """Calls in calls, some of several results, one of them unused."""

    @tf.function
    def pair(self, x):
        return x + 1.0, x * 2.0

    @tf.function
    def outer(self, x):
        a, b = self.pair(x)
        c, _ = self.pair(b)
        first, second = tf.identity_n([a, c])
        quotient, remainder = tf.split(second, 2, axis=0)
        return first, quotient - remainder

    @tf.function(input_signature=[spec(4, name="x")])
    def run(self, x):
        a, b = self.outer(x)
        return {"a": a, "b": b}


class SideEffects(tf.Module):
    """Printing, checking and random numbers that nobody reads."""

    @tf.function(input_signature=[spec(None, name="x")])
    def run(self, x):
        tf.print("running", x)
        tf.debugging.assert_greater(tf.size(x), 0)
        tf.random.uniform([3])
        tf.random.normal([3])
        checked = tf.debugging.check_numerics(x, "bad")
        return {"y": checked * 2.0}


class NeedsFlex(tf.Module):
    @tf.function(input_signature=[spec(None, name="x"), spec(None, dtype=tf.string, name="s")])
    def run(self, x, s):
        return {"text": tf.strings.as_string(x), "relu": tf.nn.relu(x), "hash": tf.strings.to_hash_bucket_fast(s, 7)}

    @tf.function(input_signature=[spec(3, name="x")])
    def plain(self, x):
        return {"y": tf.nn.relu(x)}


class PassThrough(tf.Module):
    """Outputs that are inputs, constants, or twice the same; an input that is not used."""

    @tf.function(input_signature=[spec(2, name="x"), spec(2, name="unused")])
    def run(self, x, unused):
        y = x + 1.0
        return {"input": x, "constant": tf.constant([7.0, 8.0]), "first": y, "second": y}


class Counter(tf.Module):
    """State that signatures share; one of them prints besides."""

    def __init__(self):
        self.count = tf.Variable(5.0)
        self.last = tf.Variable([0.0, 0.0])
        self.step = tf.Variable(2.0)

    @tf.function(input_signature=[spec(2, name="x")])
    def add(self, x):
        tf.print("adding")
        before = self.count.read_value()
        self.count.assign_add(tf.reduce_sum(x) * self.step)
        self.last.assign(x)
        return {"before": before, "after": self.count.read_value()}

    @tf.function(input_signature=[])
    def get(self):
        return {"count": self.count.read_value(), "last": self.last.read_value()}


class Control(tf.Module):
    """A conditional, a switch, and a loop, with a captured weight each."""

    def __init__(self):
        self.weight = tf.Variable([10.0, 20.0])

    @tf.function(input_signature=[spec(2, name="x"), spec(dtype=tf.bool, name="flag")])
    def choose(self, x, flag):
        y = tf.cond(flag, lambda: x + self.weight, lambda: x * 2.0)
        return {"y": y, "same": tf.cond(flag, lambda: x, lambda: x)}

    @tf.function(input_signature=[spec(2, name="x"), spec(dtype=tf.int32, name="which")])
    def select(self, x, which):
        branches = [lambda: x, lambda: x + self.weight, lambda: -x]
        return {"y": tf.switch_case(which, branches)}

    @tf.function(input_signature=[spec(2, name="x"), spec(dtype=tf.int32, name="times")])
    def repeat(self, x, times):
        _, y = tf.while_loop(
            lambda i, y: i < times, lambda i, y: (i + 1, y * 2.0 + self.weight), [0, x]
        )
        return {"y": y}

    @tf.function(input_signature=[spec(dtype=tf.int32, name="times")])
    def grow(self, times):
        _, y = tf.while_loop(
            lambda i, y: i < times,
            lambda i, y: (i + 1, tf.concat([y, [tf.cast(i, tf.float32)]], 0)),
            [0, tf.zeros([1])],
            shape_invariants=[tf.TensorShape([]), tf.TensorShape([None])],
        )
        return {"y": y}


def many_tags():
    folder = fresh("tags")
    builder = v1.saved_model.Builder(str(folder))
    for number, tags in enumerate((["serve"], ["serve", "gpu"])):
        with v1.Graph().as_default(), v1.Session() as session:
            x = v1.placeholder(tf.float32, [2], "x")
            y = tf.multiply(x, 2.0 + number, name="y")
            signature = v1.saved_model.predict_signature_def({"x": x}, {"y": y})
            if number == 0:
                builder.add_meta_graph_and_variables(session, tags, {"serving_default": signature})
            else:
                builder.add_meta_graph(tags, {"serving_default": signature})
    builder.save()
    clean(folder)


def tf1(name, resource):
    """Variables that are saved under names other than their own, and a placeholder with a default."""
    folder = fresh(name)
    builder = v1.saved_model.Builder(str(folder))
    with v1.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None, 2], "x")
        scale = v1.placeholder_with_default(tf.constant(3.0), [], "scale")
        with v1.variable_scope("layer", use_resource=resource):
            a = v1.get_variable("a", initializer=tf.constant([[1.0, 2.0], [3.0, 4.0]]))
            b = v1.get_variable("b", initializer=tf.constant([10.0, 20.0]))
        y = tf.add(tf.matmul(x, a) * scale, b, name="y")
        session.run(v1.global_variables_initializer())
        # b is saved under a's name, so that whoever goes by names gets the wrong one.
        saver = v1.train.Saver({"layer/b": a, "elsewhere": b})
        builder.add_meta_graph_and_variables(
            session,
            ["serve"],
            {
                "serving_default": v1.saved_model.predict_signature_def({"x": x}, {"y": y}),
                "scaled": v1.saved_model.predict_signature_def({"x": x, "scale": scale}, {"y": y}),
            },
            saver=saver,
        )
    builder.save()
    clean(folder)


def drawn():
    """A model whose main op sets its variables anew: one to a number, one to numbers drawn without a seed."""
    folder = fresh("drawn")
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [2], name="x")
        known = v1.get_variable("known", initializer=3.0, use_resource=True)
        random = v1.get_variable("random", [2], initializer=v1.random_uniform_initializer(), use_resource=True)
        y = tf.identity(x * random + known, name="y")
        session.run(v1.global_variables_initializer())
        session.run([known.assign(7.0), random.assign([10.0, 20.0])])
        signature = v1.saved_model.signature_def_utils.predict_signature_def({"x": x}, {"y": y})
        builder = v1.saved_model.Builder(str(folder))
        builder.add_meta_graph_and_variables(
            session, ["serve"], {"serving_default": signature}, main_op=v1.global_variables_initializer()
        )
        builder.save()
    clean(folder)


def text():
    folder = fresh("text")
    shutil.copytree(MODELS / "affine", folder)
    file = folder / "saved_model.pb"
    model = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    (folder / "saved_model.pbtxt").write_text(text_format.MessageToString(model))
    file.unlink()


def unknown_ops(model):
    """Two ops that TensorFlow does not have, each with a user that has one."""
    for function in model.meta_graphs[0].graph_def.library.function:
        for node in function.node_def:
            if node.op == "AddV2":
                node.op = "MysteriousSum"
            if node.op == "MatMul":
                node.op = "MysteriousProduct"


def custom_op(model):
    """An op of another library, which the model defines: its node leaves out the default of factor."""
    meta_graph = model.meta_graphs[0]
    definition = """
        op { name: "ScaledTanh"
             input_arg { name: "x" type_attr: "T" }
             output_arg { name: "z" type_attr: "T" }
             attr { name: "T" type: "type" }
             attr { name: "factor" type: "float" default_value { f: 1.5 } } }
    """
    text_format.Merge(definition, meta_graph.meta_info_def.stripped_op_list)
    for function in meta_graph.graph_def.library.function:
        for node in function.node_def:
            if node.op == "AddV2":
                node.op = "ScaledTanh"
                del node.input[1]


def main():
    save("affine", (affine := Affine()), {"zeta": affine.zeta, "alpha": affine.alpha})
    save("many_outputs", (many := ManyOutputs()), {"many": many.many})
    save("nested", (nested := Nested()), {"serving_default": nested.run})
    save("side_effects", (effects := SideEffects()), {"serving_default": effects.run})
    save("needs_flex", (flex := NeedsFlex()), {"plain": flex.plain, "flex": flex.run})
    save("pass_through", (through := PassThrough()), {"serving_default": through.run})
    save("counter", (counter := Counter()), {"add": counter.add, "get": counter.get})
    control = Control()
    names = ("choose", "select", "repeat", "grow")
    save("control", control, {name: getattr(control, name) for name in names})
    many_tags()
    tf1("tf1_resource", True)
    tf1("tf1_reference", False)
    drawn()
    text()
    edit("unknown_ops", "affine", unknown_ops)
    edit("custom_op", "affine", custom_op)


if __name__ == "__main__":
    main()

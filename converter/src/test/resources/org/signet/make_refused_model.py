"""Writes models/refused, whose ops are refused and which records the lines that make them; and models/refused_sequence.

Run it with TensorFlow 2.21. File names are recorded without the folders of the machine.
"""

import pathlib

import tensorflow as tf
from tensorflow.core.framework import graph_debug_info_pb2
from tensorflow.core.protobuf import saved_model_pb2

from make_models import clean, fresh, spec


class Scorer(tf.Module):
    @tf.function(input_signature=[spec(None, 4, name="x")])
    def score(self, x):
        return {"score": as_text(tf.linalg.eigh(square(x))[0])}

    @tf.function(input_signature=[spec(4, 4, name="x")])
    def solve(self, x):
        return {"text": as_text(square(x)), "more": as_text(x + 1.0)}


def square(x):
    return tf.matmul(x, x, transpose_a=True)


def as_text(x):
    return tf.strings.as_string(x)


def change_graph(file):
    """What is before the decomposition gets an unknown op; a node of `solve` a new name."""
    model = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    for function in model.meta_graphs[0].graph_def.library.function:
        name = function.signature.name
        for node in function.node_def:
            if node.op == "MatMul" and "score" in name:
                node.op = "MysteriousProduct"
            if node.name == "AsString_1":
                node.name = "renamed"
                node.experimental_debug_info.original_node_names.append("AsString_1")
                node.experimental_debug_info.original_func_names.append(name)
            inputs = [i.replace("AsString_1:", "renamed:") for i in node.input]
            node.input[:] = inputs
    file.write_bytes(model.SerializeToString(deterministic=True))


def change_files(file):
    """Names that are the same on every machine."""
    traces = graph_debug_info_pb2.GraphDebugInfo.FromString(file.read_bytes())
    for i, name in enumerate(traces.files):
        library = name.partition("/site-packages/")[2]
        own = f"project/{pathlib.Path(name).name}"
        traces.files[i] = f"lib/site-packages/{library}" if library else own
    file.write_bytes(traces.SerializeToString(deterministic=True))


class Sequence(tf.Module):
    @tf.function(input_signature=[spec(None, None, 3, name="x")])
    def sums(self, x):
        short = tf.cast(tf.cast(x, tf.dtypes.experimental.float8_e4m3fn), tf.float32)
        steps = tf.transpose(short, [1, 0, 2])
        count = tf.shape(steps)[0]
        given = tf.TensorArray(tf.float32, size=count).unstack(steps)
        made = tf.TensorArray(tf.float32, size=count, element_shape=[None, 3])
        state = tf.zeros((tf.shape(x)[0], 3))
        for i in tf.range(count):
            tf.autograph.experimental.set_loop_options(shape_invariants=[(state, tf.TensorShape([None, 3]))])
            state = given.read(i) + state
            made = made.write(i, state)
        return {"sums": made.stack()}


def write_sequence():
    sequence = Sequence()
    folder = fresh("refused_sequence")
    tf.saved_model.save(sequence, str(folder), signatures={"sums": sequence.sums})
    clean(folder)


def main():
    write_sequence()
    scorer = Scorer()
    folder = fresh("refused")
    tf.saved_model.save(
        scorer,
        str(folder),
        signatures={"score": scorer.score, "solve": scorer.solve},
        options=tf.saved_model.SaveOptions(save_debug_info=True),
    )
    clean(folder)
    change_graph(folder / "saved_model.pb")
    change_files(folder / "debug" / "saved_model_debug_info.pb")


if __name__ == "__main__":
    main()

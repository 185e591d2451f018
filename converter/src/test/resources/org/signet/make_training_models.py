"""Writes models/training: a model that learns, and what TensorFlow makes of it.

Needs TensorFlow 2.21. Beside the SavedModel: results.json, and the checkpoints that the signatures
save and save_first write after two steps.
"""

import json
import os
import pathlib
import shutil

import numpy as np
import tensorflow as tf

FOLDER = pathlib.Path(__file__).parent / "models" / "training"
TEXT = [tf.TensorSpec([], tf.string, name="path")]
RATE = dict(lr=0.05, beta1=0.9, beta2=0.99, epsilon=1e-7)


class Trainer(tf.Module):
    """A linear classifier after an embedding, learned by Adam; the embedding by Adagrad."""

    def __init__(self):
        chance = np.random.RandomState(5)
        self.table = tf.Variable(chance.uniform(-1, 1, [6, 3]).astype("f"), name="table")
        self.squares = tf.Variable(tf.fill([6, 3], 0.1), name="squares")
        self.w = tf.Variable(chance.uniform(-1, 1, [3, 2]).astype("f"), name="w")
        self.b = tf.Variable([0.25, -0.25], name="b")
        self.slots = [[tf.Variable(tf.zeros_like(v)) for _ in "mv"] for v in (self.w, self.b)]
        self.powers = [tf.Variable(RATE["beta1"]), tf.Variable(RATE["beta2"])]
        self.steps = tf.Variable(0, dtype=tf.int64, name="steps")

    def logits(self, ids):
        return tf.nn.relu(tf.gather(self.table, ids)) @ self.w + self.b

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32, name="ids"),
                                  tf.TensorSpec([None], tf.int32, name="label")])
    def train(self, ids, label):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=label, logits=self.logits(ids)))
        rows, *dense = tape.gradient(loss, [self.table, self.w, self.b])
        for variable, (m, v), grad in zip((self.w, self.b), self.slots, dense):
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle, m=m.handle, v=v.handle, grad=grad,
                beta1_power=self.powers[0], beta2_power=self.powers[1], **RATE)
        tf.raw_ops.ResourceSparseApplyAdagradV2(
            var=self.table.handle, accum=self.squares.handle, lr=0.1, epsilon=1e-7,
            grad=rows.values, indices=rows.indices)
        for power, beta in zip(self.powers, (RATE["beta1"], RATE["beta2"])):
            power.assign(power * beta)
        return {"loss": loss, "step": self.steps.assign_add(1)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32, name="ids")])
    def infer(self, ids):
        return {"logits": self.logits(ids), "steps": self.steps.read_value()}

    def saved(self):
        return {"table": self.table, "w": self.w, "b": self.b, "steps": self.steps}

    @tf.function(input_signature=TEXT)
    def save(self, path):
        names = list(self.saved())
        saved = tf.raw_ops.SaveV2(
            prefix=path, tensor_names=names, shape_and_slices=[""] * len(names),
            tensors=[v.read_value() for v in self.saved().values()])
        with tf.control_dependencies([saved]):
            return {"path": tf.identity(path)}

    @tf.function(input_signature=TEXT)
    def restore(self, path):
        names = list(self.saved())
        values = tf.raw_ops.RestoreV2(
            prefix=path, tensor_names=names, shape_and_slices=[""] * len(names),
            dtypes=[v.dtype for v in self.saved().values()])
        for variable, value in zip(self.saved().values(), values):
            variable.assign(value)
        return {"b": values[2]}

    @tf.function(input_signature=TEXT)
    def save_first(self, path):
        tf.raw_ops.Save(filename=path, tensor_names=list(self.saved()),
                        data=[v.read_value() for v in self.saved().values()])
        return {"path": path}

    @tf.function(input_signature=TEXT)
    def restore_first(self, path):
        for name, variable in self.saved().items():
            value = tf.raw_ops.Restore(file_pattern=path, tensor_name=name, dt=variable.dtype)
            variable.assign(value)
        return {"b": self.b.read_value()}


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    module = Trainer()
    keys = ["train", "infer", "save", "restore", "save_first", "restore_first"]
    tf.saved_model.save(
        module, str(FOLDER), {key: getattr(module, key).get_concrete_function() for key in keys})
    (FOLDER / "fingerprint.pb").unlink(missing_ok=True)
    shutil.rmtree(FOLDER / "assets", ignore_errors=True)
    run = tf.saved_model.load(str(FOLDER)).signatures
    ids, label = tf.constant([0, 2, 5, 2]), tf.constant([1, 0, 1, 1])
    results = {"ids": ids.numpy().tolist(), "label": label.numpy().tolist(), "loss": [], "logits": []}
    every = tf.range(6)
    for step in range(4):
        results["logits"].append(run["infer"](ids=every)["logits"].numpy().ravel().tolist())
        if step == 2:
            run["save"](path=tf.constant(str(FOLDER / "second")))
            run["save_first"](path=tf.constant(str(FOLDER / "first")))
        results["loss"].append(float(run["train"](ids=ids, label=label)["loss"]))
    (FOLDER / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    print(results["loss"], os.listdir(FOLDER))


main()

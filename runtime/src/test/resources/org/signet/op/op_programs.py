"""Writes chains of ops with TensorFlow's results; OpProgramsTest.java tells the format.

Needs TensorFlow 2.21. Used by the make_*_programs.py scripts of this folder:

    programs = Programs("table")
    p = programs.start("insert and find")
    table = p.run("MutableHashTableV2", key_dtype=tf.int64, value_dtype=tf.int64)
    p.run("LookupTableInsertV2", table, np.int64([1]), np.int64([5]))
    programs.write()       # cases/table_programs.json

`run` gives the number of the op's first result, by which later steps name it; it is an int, and so
operands are arrays. The steps of a program run one after the other, in one session.
"""

import json
import os
import shutil
import tempfile

from op_cases import HERE, attribute, defaults, set_producer, tensor, tf, tf1
import numpy as np
from tensorflow.python.framework import op_def_library, op_def_registry

FOLDER = "{dir}"
HANDLES = (tf.resource, tf.variant)


def flat(operands):
    for operand in operands:
        if isinstance(operand, list):
            yield from flat(operand)
        else:
            yield operand


def replaced(value, old, new):
    """An array with a text in its strings replaced."""
    value = np.asarray(value)
    if value.dtype.kind not in "OSU":
        return value
    parts = [(v if isinstance(v, bytes) else v.encode()).replace(old.encode(), new.encode())
             for v in value.reshape(-1)]
    return np.array(parts, object).reshape(value.shape)


class Program:
    """A chain of ops in a graph of its own."""

    def __init__(self, name, producer):
        self.name, self.steps, self.values, self.nodes = name, [], [], []
        self.graph, self.fails = tf1.Graph(), False
        self.unseen, self.tolerance = set(), None
        with self.graph.as_default():
            set_producer(producer)

    def run(self, op, *operands, fails=False, unseen=False, **attrs):
        """Adds an op; operands are arrays, numbers of earlier results, or lists of these.

        Results that are `unseen` are not compared: later steps show what they are good for.
        Attributes that the op does not have, or that its operands imply, are left out.
        """
        op_def = op_def_registry.get(op)
        implied = {n for a in op_def.input_arg for n in (a.type_attr, a.number_attr,
                                                         a.type_list_attr)}
        own = {a.name for a in op_def.attr} - implied
        step = {"op": op, "operands": [self.operand(o) for o in flat(operands)]}
        self.steps.append(step)
        with self.graph.as_default(), tf.control_dependencies(self.nodes[-1:]):
            names = {a.name: self.value(o) for a, o in zip(op_def.input_arg, operands)}
            attrs = {**defaults(op_def), **{k: v for k, v in attrs.items() if k in own}}
            try:
                op_def_library.apply_op(op, **names, **attrs)
                node = [o for o in self.graph.get_operations() if o.type == op][-1]
                step["attributes"] = {k: attribute(v) for k, v in sorted(
                    node.node_def.attr.items()) if not k.startswith("_")}
            except ValueError:
                assert fails, (self.name, op)
                step["attributes"] = {k: {"type": v.name} for k, v in attrs.items()
                                      if isinstance(v, tf.DType)}
                node = None
        self.fails = fails
        if fails:
            self.failing = node
            return None
        self.nodes.append(node)
        first = len(self.values)
        self.values += node.outputs
        if unseen:
            self.unseen.update(range(first, len(self.values)))
        return first

    def value(self, operand):
        if isinstance(operand, list):
            return [self.value(o) for o in operand]
        if isinstance(operand, int):
            return self.values[operand]
        if hasattr(self, "folder"):
            operand = replaced(operand, FOLDER, self.folder)
        return tf.constant(operand)

    @staticmethod
    def operand(operand):
        return operand if isinstance(operand, int) else tensor(operand)

    def json(self):
        fetched = {i: v for i, v in enumerate(self.values)
                   if v.dtype not in HANDLES and not v.dtype._is_ref_dtype and i not in self.unseen}
        with tf1.Session(graph=self.graph) as session:
            results, _ = session.run([fetched, self.nodes])
            if self.fails and self.failing is not None:
                try:
                    session.run(self.failing)
                except tf.errors.OpError:
                    pass
                else:
                    raise AssertionError((self.name, "was meant to fail"))
        if hasattr(self, "folder"):
            results = {i: replaced(v, self.folder, FOLDER) for i, v in results.items()}
            shutil.rmtree(self.folder)
        return {"name": self.name, "steps": self.steps,
                "expected": [[i, tensor(v)] for i, v in results.items()],
                **({"tolerance": self.tolerance} if self.tolerance else {}),
                **({"fails": True} if self.fails else {})}


class Programs:
    """The programs of one file."""

    def __init__(self, family):
        self.family, self.programs = family, []

    def start(self, name, files=False, producer=None, tolerance=None):
        """A new program; with `files`, strings may say {dir} for a folder; the rest as in Cases."""
        self.programs.append(Program(name, producer))
        self.programs[-1].tolerance = tolerance
        if files:
            self.programs[-1].folder = tempfile.mkdtemp()
        return self.programs[-1]

    def write(self):
        path = os.path.join(HERE, "cases", self.family + "_programs.json")
        lines = ",\n".join(json.dumps(p.json(), separators=(",", ":")) for p in self.programs)
        with open(path, "w") as file:
            file.write('{"programs":[\n' + lines + "\n]}\n")
        print(path, len(self.programs), "programs")

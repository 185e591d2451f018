"""Writes op cases with TensorFlow's results; the format is told in OpCaseReader.java.

Needs TensorFlow 2.21. Used by the make_*_cases.py scripts of this folder:

    from op_cases import Cases
    cases = Cases("elementwise")
    cases.add("Add", [np.float32([1, 2]), np.float32(3)], name="scalar", builtins=["ADD"])
    cases.write()          # cases/elementwise_cases.json

`add` runs the op (TensorFlow's name) alone in a graph, fed through placeholders, and takes the
attributes from the node, defaults included. `attrs` are those that the operands do not imply.
`builtins` lists TFLite builtins that compute the same: a name, or a dict with "op",
"attributes" (an int, bool, string; {"float": 0.2}; ...) and perhaps "operands", "results" of its own.
A list among the operands is a list argument (AddN, ConcatV2), None an absent operand of a builtin.
"""

import base64
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from tensorflow.python.framework import op_def_library  # noqa: E402

tf1 = tf.compat.v1
HERE = os.path.dirname(os.path.abspath(__file__))


def strings(*values):
    """A vector of strings."""
    return np.array(values, object)


def quantized(values, name):
    """An array of TensorFlow's quantized type of this name, such as quint8."""
    values = np.asarray(values, name[1:])
    return values.view(tf.as_dtype(name).as_numpy_dtype)


def dtype_name(dtype):
    return tf.as_dtype(dtype).name if np.dtype(dtype).kind not in "OSU" else "string"


def number(value, dtype):
    """The shortest JSON number that reads back as this element."""
    if np.isnan(value):
        return "nan"
    if np.isinf(value):
        return "inf" if value > 0 else "-inf"
    if dtype in ("float16", "bfloat16"):
        return float(value)
    return float(str(value))


def text(value):
    value = value.encode() if isinstance(value, str) else bytes(value)
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode()}


def tensor(value):
    """The JSON form of an array."""
    # NumPy's own strings would lose zeros at the end.
    value = np.array(value, object) if isinstance(value, bytes) else np.asarray(value)
    name = dtype_name(value.dtype)
    if name.startswith(("qint", "quint")):
        value = value.view(value.dtype[0])  # the integers in its place
    flat = value.reshape(-1)
    if name == "string":
        values = [text(v) for v in flat]
    elif name == "bool":
        values = [bool(v) for v in flat]
    elif name.startswith("complex"):
        values = [number(p, name) for v in flat for p in (v.real, v.imag)]
    elif name in ("float32", "float64", "float16", "bfloat16"):
        values = [number(v, name) for v in flat]
        values = [int(v) if isinstance(v, float) and v.is_integer() and abs(v) < 1e6
                  and not (v == 0 and np.signbit(v)) else v for v in values]
    else:
        values = [int(v) for v in flat]
    return {"dtype": name, "shape": list(value.shape), "values": values}


def type_name(number):
    return tf.as_dtype(number).base_dtype.name


def attribute(value):
    """The JSON form of an AttrValue."""
    kind = value.WhichOneof("value")
    if kind == "s":
        return text(value.s)
    if kind == "i":
        return value.i
    if kind == "f":
        return {"float": number(np.float32(value.f), "float32")}
    if kind == "b":
        return value.b
    if kind == "type":
        return {"type": type_name(value.type)}
    if kind == "shape":
        return shape(value.shape)
    if kind == "tensor":
        return {"tensor": tensor(tf.make_ndarray(value.tensor))}
    if kind == "func":
        return {"function": value.func.name}
    items = value.list
    return ([text(v) for v in items.s] + list(items.i)
            + [{"float": number(np.float32(v), "float32")} for v in items.f] + list(items.b)
            + [{"type": type_name(v)} for v in items.type] + [shape(v) for v in items.shape]
            + [{"tensor": tensor(tf.make_ndarray(v))} for v in items.tensor]
            + [{"function": v.name} for v in items.func])


def shape(proto):
    return {"shape": None if proto.unknown_rank else [d.size for d in proto.dim]}


def defaults(op_def):
    """The default values of the attributes that operands do not imply."""
    implied = {n for a in op_def.input_arg for n in (a.type_attr, a.number_attr, a.type_list_attr)}
    values = {}
    for attr in op_def.attr:
        if attr.HasField("default_value") and attr.name not in implied:
            kind = attr.default_value.WhichOneof("value")
            value = getattr(attr.default_value, kind)
            if kind == "list":
                fields = value.ListFields()
                value = list(fields[0][1]) if fields else []
            values[attr.name] = value
    return values


def set_producer(producer):
    """Makes the new, current graph one of an older version of TensorFlow, if there is one."""
    if producer:
        old = tf1.GraphDef()
        old.versions.producer = producer
        tf.graph_util.import_graph_def(old)


class Cases:
    """The cases of one file."""

    def __init__(self, family):
        self.family = family
        self.cases = []

    def add(self, op, operands, attrs=None, name=None, builtins=(), tolerance=None,
            fails=False, constants=(), producer=None):
        """Runs `op` on `operands`, in the order of its OpDef, and keeps the case.

        `constants` are the positions of operands that TensorFlow needs to know beforehand,
        `producer` the version of graphs that knew an op which has become deprecated.
        """
        operands = [[np.asarray(v) for v in o] if isinstance(o, list) else np.asarray(o)
                    for o in operands]
        attributes, results = self.run(op, operands, attrs or {}, fails, constants,
                                       producer)
        flat = []
        for operand in operands:
            flat += operand if isinstance(operand, list) else [operand]
        dtype = dtype_name(flat[0].dtype) if flat else ""
        label = name or "x".join(str(list(v.shape)).replace(" ", "") for v in flat)
        case = {"name": f"{len(self.cases)}: {dtype} {label}", "op": op,
                "attributes": attributes, "operands": [tensor(v) for v in flat]}
        if fails:
            case["fails"] = True
        else:
            case["results"] = [tensor(v) for v in results]
        if tolerance:
            case["tolerance"] = tolerance
        if builtins:
            case["builtins"] = [self.builtin(b) for b in builtins]
        self.cases.append(case)
        return results

    @staticmethod
    def builtin(entry):
        if isinstance(entry, str):
            return {"op": entry}
        entry = dict(entry)
        for key in ("operands", "results"):
            if key in entry:
                entry[key] = [None if v is None else tensor(v) for v in entry[key]]
        return entry

    def add_builtin(self, op, operands, results, attributes=None, name=None, tolerance=None, declared=False):
        """Keeps a case of a TFLite builtin that no TensorFlow op equals; `results` by TensorFlow."""
        case = {"name": f"{len(self.cases)}: {name or op}", "builtin_only": True, "op": op,
                "operands": [None if v is None else tensor(v) for v in operands],
                "results": [tensor(v) for v in results]}
        if attributes:
            case["attributes"] = attributes
        if tolerance:
            case["tolerance"] = tolerance
        if declared:
            case["declared"] = True
        self.cases.append(case)

    @staticmethod
    def run(op, operands, attrs, fails, constants, producer):
        with tf1.Graph().as_default() as graph:
            set_producer(producer)
            feed = {}

            def place(value):
                dtype = tf.string if dtype_name(value.dtype) == "string" else value.dtype
                holder = tf1.placeholder(dtype, None if fails else value.shape)
                feed[holder] = value.copy()  # some ops write to what they are fed
                return holder

            inputs = [[place(v) for v in o] if isinstance(o, list)
                      else tf.constant(o) if i in constants else place(o)
                      for i, o in enumerate(operands)]
            op_def = graph.op_def_for_type(op)
            names = {a.name: i for a, i in zip(op_def.input_arg, inputs)}
            op_def_library.apply_op(op, **names, **{**defaults(op_def), **attrs})
            node = [o for o in graph.get_operations() if o.type == op][-1]
            attributes = {k: attribute(v) for k, v in sorted(node.node_def.attr.items())
                          if not k.startswith("_")}
            config = tf1.ConfigProto()
            config.graph_options.optimizer_options.opt_level = -1
            config.graph_options.rewrite_options.disable_meta_optimizer = True
            with tf1.Session(config=config) as session:
                if not fails:
                    return attributes, session.run(list(node.outputs), feed)
                try:
                    session.run(list(node.outputs), feed)
                except tf.errors.OpError:
                    return attributes, []
                raise AssertionError(f"{op} was meant to fail")

    def write(self):
        path = os.path.join(HERE, "cases", self.family + "_cases.json")
        lines = ",\n".join(json.dumps(c, separators=(",", ":"), ensure_ascii=False)
                           for c in self.cases)
        with open(path, "w") as file:
            file.write('{"cases":[\n' + lines + "\n]}\n")
        print(path, len(self.cases), "cases", os.path.getsize(path), "bytes")

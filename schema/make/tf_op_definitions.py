#!/usr/bin/env python3
"""Writes tf_ops.tsv, the definitions of all ops that TensorFlow registers.

Usage: tf_op_definitions.py      (with TensorFlow 2.21 installed)

A line an op, sorted by name byte by byte:
  name <TAB> flags <TAB> inputs <TAB> outputs <TAB> attribute <TAB> attribute ...

flags: s stateful, c commutative, a aggregate, u allows uninitialized input, d communicates between
  devices; F Flex may run it; t, p: an op of TF Text or of SentencePiece, which TensorFlow itself
  does not register (nothing but the name is known here); - none.
inputs, outputs: words name:type, - if there are none. The type is FLOAT (fixed), $T (attribute),
  [T] (list attribute); N* before it: repeated by that attribute; & before all: a reference.
attribute: name:kind, then parts behind | each: =default, >minimum, {allowed,allowed.
Values: a type by its name, a float with the digits of its 32 bits or as Java's Infinity, ? or [2,-1] a shape, [a,b]
  a list, [a,b]TYPE=1,2 a tensor. In strings, %XX stands for % | , [ ] and for white space.
flex_ops.txt beside this script lists what Flex may run.
"""

import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from tensorflow.core.framework import op_def_pb2, types_pb2  # noqa: E402
from tensorflow.python.client import pywrap_tf_session  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "src/main/resources/org/signet/schema/tf_ops.tsv"
VERSION = "2.21"


def type_name(number: int) -> str:
    return types_pb2.DataType.Name(number).removeprefix("DT_")


def text(value: bytes) -> str:
    result = ""
    for byte in value:
        char = chr(byte)
        plain = 32 < byte < 127 and char not in "%|,[]"
        result += char if plain else f"%{byte:02X}"
    return result


def number(value: float) -> str:
    if np.isinf(value) or np.isnan(value):
        return "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return repr(float(str(np.float32(value))))


def shape(value) -> str:
    if value.unknown_rank:
        return "?"
    return "[" + ",".join(str(dim.size) for dim in value.dim) + "]"


def tensor(value) -> str:
    array = tf.make_ndarray(value)
    numbers = ",".join(str(element) for element in array.flatten().tolist())
    return f"{shape(value.tensor_shape)}{type_name(value.dtype)}={numbers}"


def attr_value(value, kind: str) -> str:
    if kind.startswith("list("):
        element = kind[5:-1]
        field = {
            "type": "type",
            "int": "i",
            "float": "f",
            "bool": "b",
            "string": "s",
            "shape": "shape",
            "tensor": "tensor",
            "func": "func",
        }[element]
        parts = [scalar(part, element) for part in getattr(value.list, field)]
        return "[" + ",".join(parts) + "]"
    field = value.WhichOneof("value")
    return scalar(getattr(value, field), kind)


def scalar(value, kind: str) -> str:
    if kind == "type":
        return type_name(value)
    if kind == "int":
        return str(value)
    if kind == "float":
        return number(value)
    if kind == "bool":
        return "true" if value else "false"
    if kind == "string":
        return text(value)
    if kind == "shape":
        return shape(value)
    if kind == "tensor":
        return tensor(value)
    raise SystemExit(f"a default of kind {kind}")


def argument(arg) -> str:
    if arg.type_list_attr:
        kind = f"[{arg.type_list_attr}]"
    elif arg.type_attr:
        kind = f"${arg.type_attr}"
    else:
        kind = type_name(arg.type)
    if arg.number_attr:
        kind = f"{arg.number_attr}*{kind}"
    return f"{arg.name}:{'&' if arg.is_ref else ''}{kind}"


def attribute(attr) -> str:
    result = f"{attr.name}:{attr.type}"
    if attr.HasField("default_value"):
        result += "|=" + attr_value(attr.default_value, attr.type)
    if attr.has_minimum:
        result += f"|>{attr.minimum}"
    if attr.HasField("allowed_values"):
        element = attr.type.removeprefix("list(").removesuffix(")")
        result += "|{" + attr_value(attr.allowed_values, f"list({element})")[1:-1]
    return result


def main() -> None:
    if not tf.__version__.startswith(VERSION):
        raise SystemExit(f"needs TensorFlow {VERSION}, not {tf.__version__}")
    flex = {}
    for line in (HERE / "flex_ops.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, origin = line.partition(" ")
            flex[name] = origin
    buffer = pywrap_tf_session.TF_GetBuffer(pywrap_tf_session.TF_GetAllOpList())
    lines = {}
    for op in op_def_pb2.OpList.FromString(buffer).op:
        flags = "".join(
            flag
            for flag, holds in (
                ("s", op.is_stateful),
                ("c", op.is_commutative),
                ("a", op.is_aggregate),
                ("u", op.allows_uninitialized_input),
                ("d", op.is_distributed_communication),
                ("F", op.name in flex),
            )
            if holds
        )
        if op.control_output:
            raise SystemExit(f"{op.name} has control outputs")
        cells = [
            op.name,
            flags or "-",
            " ".join(argument(arg) for arg in op.input_arg) or "-",
            " ".join(argument(arg) for arg in op.output_arg) or "-",
            *(attribute(attr) for attr in op.attr),
        ]
        lines[op.name] = "\t".join(cells)
    for name, origin in flex.items():
        if name not in lines:
            mark = {"tf_text": "t", "sentencepiece": "p"}[origin]
            lines[name] = f"{name}\tF{mark}\t-\t-"
    TARGET.write_text(
        "".join(lines[name] + "\n" for name in sorted(lines)), encoding="ascii"
    )
    print(f"{len(lines)} ops, {sum('F' in line.split(chr(9))[1] for line in lines.values())} Flex")


if __name__ == "__main__":
    main()

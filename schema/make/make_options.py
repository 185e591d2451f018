#!/usr/bin/env python3
"""Writes options.tsv, the layout of every builtin options table, from tflite.fbs.

Usage: make_options.py

Lines, sorted by name within each kind:
  enum   <TAB> name <TAB> NAME=value ...
  table  <TAB> name <TAB> union (1: BuiltinOptions, 2: BuiltinOptions2) <TAB> discriminator
         <TAB> name:vtable offset:kind:default ...
An enum's kind is its integer type and its name (BYTE/Padding). Deprecated fields are left out.
"""

import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "src/main/resources/org/signet/schema/options.tsv"

BLOCK = re.compile(r"^(table|enum|union) (\w+)(?: : (\w+))?[^{]*\{(.*?)^\}", re.M | re.S)
FIELD = re.compile(r"^ *(\w+): (\[?\w+\]?)(?: = (\S+))?(?: \((.*)\))?;", re.M)
CONSTANT = re.compile(r"^ *(\w+) = (-?\d+)", re.M)
MEMBER = re.compile(r"^ *(\w+)(?: \(.*\))?,", re.M)

INTEGERS = {
    "byte": "BYTE",
    "int": "INT",
    "int32": "INT",
    "uint": "UINT",
    "long": "LONG",
}
KINDS = INTEGERS | {
    "bool": "BOOL",
    "float": "FLOAT",
    "string": "STRING",
    "[bool]": "BOOL_VECTOR",
    "[float]": "FLOAT_VECTOR",
    "[int]": "INT_VECTOR",
    "[long]": "LONG_VECTOR",
    "[ubyte]": "BYTES",
}


def main() -> None:
    text = (HERE / "tflite.fbs").read_text(encoding="utf-8")
    enums, unions, tables = {}, {}, {}
    for kind, name, base, body in BLOCK.findall(text):
        if kind == "enum":
            enums[name] = (INTEGERS[base], CONSTANT.findall(body))
        elif kind == "union":
            unions[name] = MEMBER.findall(body)
        else:
            tables[name] = FIELD.findall(body)

    lines, used = [], set()
    for number, union in ((1, "BuiltinOptions"), (2, "BuiltinOptions2")):
        for index, table in enumerate(unions[union]):
            cells = ["table", table, str(number), str(index + 1)]
            for name, field_type, default, attributes in tables[table]:
                if "deprecated" in attributes:
                    continue
                slot = int(re.search(r"id: (\d+)", attributes).group(1))
                element = field_type.strip("[]")
                if element in enums:
                    used.add(element)
                    kind = f"{enums[element][0]}/{element}"
                    if field_type.startswith("["):
                        kind = "VECTOR_OF_" + kind
                        default = ""
                    else:
                        default = default or enums[element][1][0][0]
                else:
                    kind = KINDS[field_type]
                cells.append(f"{name}:{4 + 2 * slot}:{kind}:{default}")
            lines.append("\t".join(cells))
    lines.sort(key=lambda line: line.split("\t")[1])
    constants = [
        "\t".join(["enum", name, *(f"{constant}={value}" for constant, value in enums[name][1])])
        for name in sorted(used)
    ]
    TARGET.write_text("\n".join(constants + lines) + "\n", encoding="utf-8")
    print(f"{len(constants)} enums, {len(lines)} tables")


if __name__ == "__main__":
    main()

"""Writes op cases whose numbers are those of TFLite's own reference kernels.

Needs TensorFlow 2.21. For builtins that no TensorFlow op equals bit for bit: quantized arithmetic,
recurrent cells. Used by the make_*_cases.py scripts of this folder:

    from tflite_cases import TfliteCases, q
    cases = TfliteCases("quantized_conv")
    cases.add("ADD", [q(np.int8([1, 2]), 0.5, 3), q(np.int8([4]), 0.25, 0)], [q("int8", 0.1, -7)])
    cases.write()

`add` builds a model of that one op, runs it with the resolver BUILTIN_REF, and keeps operands,
results and options in the format of op_cases.py; quantized tensors have "quantization" besides.
An operand is an array, q(array, scale, zero point, axis) or None; const(...) stores it in the model,
variable(...) makes it a variable, of which the case keeps the value after the call as "after".
`intermediates` are tensors besides, of which the scales and zero points become attributes.
"""

import dataclasses
import json
import os

from op_cases import Cases, tensor as plain_tensor, dtype_name

import flatbuffers
import numpy as np
import tensorflow as tf
from tensorflow.lite.python import schema_py_generated as schema

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), *[".."] * 7)
CATALOG = os.path.join(ROOT, "schema/src/main/resources/org/signet/schema/builtin_ops.tsv")


@dataclasses.dataclass
class Operand:
    """A tensor of the model: its value (of a result: the name of its type) and quantization."""
    value: object
    scale: object = None
    zero_point: object = 0
    axis: int = 0
    const: bool = False
    variable: bool = False
    int4: bool = False
    shape: object = None

    def quantization(self):
        if self.scale is None:
            return None
        scales = [float(s) for s in np.atleast_1d(np.float32(self.scale))]
        points = [int(z) for z in np.broadcast_to(np.atleast_1d(self.zero_point), len(scales))]
        return {"scale": scales, "zero_point": points, "axis": self.axis}


def q(value, scale, zero_point=0, axis=0, **others):
    return Operand(value, scale, zero_point, axis, **others)


def operand(value, **changes):
    value = value if isinstance(value, Operand) else Operand(value)
    return dataclasses.replace(value, **changes)


def const(value, **others):
    return operand(value, const=True, **others)


def variable(value, **others):
    return operand(value, variable=True, **others)


def type_code(name):
    return getattr(schema.TensorType, {"float32": "FLOAT32"}.get(name, name.upper()))


def packed(value):
    flat = (value.reshape(-1).astype(np.int64) & 15).astype(np.uint8)
    flat = np.append(flat, np.zeros(len(flat) % 2, np.uint8))
    return flat[::2] | flat[1::2] << 4


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


class OneOpModel:
    """A flatbuffer of one op."""

    def __init__(self, op, options, operands, results, region=None, intermediates=()):
        self.buffers = [schema.BufferT()]
        self.tensors = []
        inputs = [-1 if o is None else self.tensor(o) for o in operands]
        outputs = [self.tensor(r) for r in results]
        code = schema.OperatorCodeT()
        code.builtinCode = getattr(schema.BuiltinOperator, op)
        code.deprecatedBuiltinCode = min(code.builtinCode, 127)
        operator = schema.OperatorT()
        operator.opcodeIndex, operator.inputs, operator.outputs = 0, inputs, outputs
        if intermediates:
            operator.intermediates = [self.tensor(i) for i in intermediates]
        if options is not None:
            self.set_options(op, operator, options)
        graph = schema.SubGraphT()
        graph.tensors, graph.operators = self.tensors, [operator]
        graph.inputs = [i for i, o in zip(inputs, operands)
                        if o is not None and not o.const and not o.variable]
        graph.outputs = outputs
        self.model = schema.ModelT()
        self.model.version = 3
        self.model.operatorCodes, self.model.subgraphs = [code], [graph]
        if region is not None:
            self.add_region(region, results[0].value if isinstance(results[0].value, str) else "float32")
        self.model.buffers = self.buffers
        self.code = code

    def tensor(self, o):
        t = schema.TensorT()
        if isinstance(o.value, str):
            name, shape = o.value, o.shape or []
        else:
            name, shape = dtype_name(o.value.dtype), o.value.shape
        name = "int4" if o.int4 else name
        t.type, t.shape, t.hasRank = type_code(name), list(shape), True
        t.name, t.isVariable = f"t{len(self.tensors)}", o.variable
        if o.scale is not None:
            quantization = o.quantization()
            t.quantization = schema.QuantizationParametersT()
            t.quantization.scale = quantization["scale"]
            t.quantization.zeroPoint = quantization["zero_point"]
            t.quantization.quantizedDimension = o.axis
        if o.const:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer((packed(o.value) if o.int4 else o.value).tobytes(), np.uint8)
            t.buffer = len(self.buffers)
            self.buffers.append(buffer)
        else:
            t.buffer = 0
        self.tensors.append(t)
        return len(self.tensors) - 1

    def add_region(self, op, dtype):
        """Subgraph 1: one op on two scalars, or none that gives the second."""
        outer, self.tensors = self.tensors, []
        scalars = [self.tensor(Operand(dtype)) for _ in range(3 if op else 2)]
        region = schema.SubGraphT()
        region.tensors, region.inputs, region.outputs = self.tensors, scalars[:2], scalars[-1:]
        region.operators = []
        if op:
            code, operator = schema.OperatorCodeT(), schema.OperatorT()
            code.builtinCode = getattr(schema.BuiltinOperator, op)
            code.deprecatedBuiltinCode, code.version = min(code.builtinCode, 127), 1
            operator.opcodeIndex, operator.inputs, operator.outputs = 1, scalars[:2], scalars[2:]
            self.model.operatorCodes.append(code)
            region.operators = [operator]
        self.model.subgraphs.append(region)
        self.tensors = outer

    @staticmethod
    def set_options(op, operator, values):
        with open(CATALOG) as file:
            rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
        name = next(row[2] for row in rows if row[0] == op).lstrip("!")
        options = getattr(schema, name + "T")()
        for key, value in values.items():
            assert hasattr(options, camel(key)), (name, key)
            setattr(options, camel(key), enum_value(value))
        second = getattr(schema.BuiltinOptions2, name, None)
        if second is None:
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, name)
            operator.builtinOptions = options
        else:
            operator.builtinOptions2Type = second
            operator.builtinOptions2 = options

    def bytes(self, version):
        self.code.version = version
        builder = flatbuffers.Builder(1024)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def enum_value(value):
    if not isinstance(value, str):
        return value
    for enum in (schema.ActivationFunctionType, schema.Padding, schema.TensorType,
                 schema.FullyConnectedOptionsWeightsFormat, schema.MirrorPadMode,
                 schema.CombinerType, schema.LSHProjectionType, schema.LSTMKernelType,
                 schema.ReduceWindowFunction, schema.RngAlgorithm):  # the first that has it
        if hasattr(enum, value):
            return getattr(enum, value)
    raise KeyError(value)


def load(content, resolver):
    return tf.lite.Interpreter(
        model_content=content,
        experimental_op_resolver_type=getattr(tf.lite.experimental.OpResolverType, resolver),
        experimental_preserve_all_tensors=True)


def prefill(interpreter, index, byte):
    """Fills the memory of a tensor of numbers that has some already."""
    try:
        memory = interpreter.tensor(index)()
    except ValueError:  # sized by the call
        return
    if memory.size:
        memory.reshape(-1).view(np.uint8)[...] = byte & 1 if memory.dtype == bool else byte


def run(op, options, operands, results, resolver="BUILTIN_REF", version=1, region=None, intermediates=(), fill=None):
    """The results of TFLite, and the values of variables after the call; `fill`: a byte that results hold before."""
    model = OneOpModel(op, options, operands, results, region, intermediates)
    try:
        interpreter = load(model.bytes(version), resolver)
    except ValueError:  # a few ops have no reference kernel
        interpreter = load(model.bytes(version), "BUILTIN_WITHOUT_DEFAULT_DELEGATES")
    fed = [o for o in operands if o is not None and not o.const and not o.variable]
    for detail, o in zip(interpreter.get_input_details(), fed):
        if detail["shape"].tolist() != list(o.value.shape):
            interpreter.resize_tensor_input(detail["index"], o.value.shape)
    interpreter.allocate_tensors()
    for detail in interpreter.get_output_details() if fill is not None else ():
        if detail["dtype"] not in (object, np.bytes_, np.object_):  # reading a string that is not there crashes
            prefill(interpreter, detail["index"], fill)
    for detail, o in zip(interpreter.get_input_details(), fed):
        interpreter.set_tensor(detail["index"], o.value)
    at = 0
    variables = []
    for o in operands:
        if o is not None:
            if o.variable:
                interpreter._interpreter.SetTensor(at, o.value) if hasattr(
                    interpreter._interpreter, "SetTensor") else interpreter.set_tensor(at, o.value)
                variables.append(at)
            at += 1
    interpreter.invoke()
    values = [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]
    after = [interpreter.get_tensor(i) for i in variables]
    return values, after


def tensor(o, value=None):
    value = o.value if value is None else value
    json = plain_tensor(value)
    if o.int4:
        json["dtype"] = "int4"
    if o.scale is not None:
        json["quantization"] = o.quantization()
    return json


def record(name, op, options, operands, results, inputs, change=lambda model: None, resolver="BUILTIN_REF"):
    """A model of one op and its calls, one for each array of inputs, in ../session; `change` mends the model."""
    operands = [None if o is None else operand(o) for o in operands]
    model = OneOpModel(op, options, operands, [operand(r) for r in results])
    change(model.model)
    return record_calls(name, model.bytes(1), inputs, resolver)


def record_calls(name, content, inputs, resolver="BUILTIN_REF"):
    """A model of one input and what it gives for each of some arrays, in ../session; returns its last output."""
    interpreter = load(content, resolver)
    interpreter.allocate_tensors()
    tensors = schema.ModelT.InitFromPackedBuf(content, 0).subgraphs[0].tensors
    names = [t.name.decode() for t in tensors]  # kernels may rename them
    calls = []
    for value in inputs:
        fed = {}
        for detail in interpreter.get_input_details():
            interpreter.set_tensor(detail["index"], value)
            fed[detail["name"]] = plain_tensor(value)
        interpreter.invoke()
        results = {names[d["index"]]: interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()}
        given = {n: plain_tensor(v) for n, v in results.items()}
        calls.append({"signature": "<placeholder signature>", "inputs": fed, "outputs": given})
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "session", name)
    with open(path + ".tflite", "wb") as file:
        file.write(content)
    with open(path + ".json", "w") as file:
        json.dump(calls, file, separators=(",", ":"))
    return list(results.values())[-1]


def attribute(value):
    """The JSON form of an option."""
    if isinstance(value, list):
        return [attribute(v) for v in value]
    return {"float": value} if isinstance(value, float) else value


class TfliteCases(Cases):
    """The cases of one file."""

    def __init__(self, family):
        super().__init__(family)
        self.refused = []

    def write(self):
        super().write()
        for line in self.refused:
            print("  refused:", line.splitlines()[0])

    def add(self, op, operands, results, options=None, name="", tolerance=None, version=1,
            resolver="BUILTIN_REF", region=None, declared=False, intermediates=(), fill=None):
        operands = [None if o is None else operand(o) for o in operands]
        for o in operands:
            if o is not None:
                o.value = np.asarray(o.value)
        results = [operand(r) for r in results]
        try:
            values, after = run(op, options, operands, results, resolver, version, region, intermediates, fill)
        except (RuntimeError, ValueError) as e:
            self.refused.append(f"{op} {name}: {e}")
            return None
        case = {"name": f"{len(self.cases)}: {name}", "builtin_only": True, "op": op}
        options = dict(options or {})
        if intermediates:
            options["intermediate_scales"] = [float(i.scale) for i in intermediates]
            options["intermediate_zero_points"] = [i.zero_point for i in intermediates]
        if options:
            case["attributes"] = {k: attribute(v) for k, v in options.items()}
        if region is not None:
            case["attributes"]["region"] = region
        if declared:
            case["declared"] = True
        case["operands"] = [None if o is None else tensor(o) for o in operands]
        case["results"] = [tensor(r, v) for r, v in zip(results, values)]
        variables = [i for i, o in enumerate(operands) if o is not None and o.variable]
        if variables:
            case["after"] = {str(i): tensor(operands[i], v) for i, v in zip(variables, after)}
        if tolerance:
            case["tolerance"] = tolerance
        self.cases.append(case)
        return values

"""Writes cases/variable_steps.json: ops on variables, and what the variables are after them.

Needs TensorFlow 2.21. A case is as in *_cases.json, but its first `variables` operands are
the values of variables, of which the op gets handles or references, and its results are the values
after it, followed by the op's own results that are no references.
"""

import json
import os

import numpy as np
from op_cases import HERE, attribute, defaults, dtype_name, tensor, tf, tf1
from tensorflow.python.framework import op_def_library, op_def_registry

CASES = []
RNG = np.random.RandomState(7)


def run(op, variables, operands, attrs=None, name="", tolerance=None):
    """Runs `op` on variables of these values and then these operands."""
    op_def = op_def_registry.get(op)
    on_reference = op_def.input_arg[0].is_ref
    with tf1.Graph().as_default() as graph:
        held = [tf1.Variable(v, use_resource=not on_reference, dtype=np.asarray(v).dtype)
                for v in variables]
        first = [v._ref() if on_reference else v.handle for v in held]
        rest = [tf1.placeholder(np.asarray(o).dtype, np.asarray(o).shape) for o in operands]
        names = {a.name: v for a, v in zip(op_def.input_arg, first + rest)}
        op_def_library.apply_op(op, **names, **{**defaults(op_def), **(attrs or {})})
        node = [o for o in graph.get_operations() if o.type == op][-1]
        attributes = {k: attribute(v) for k, v in sorted(node.node_def.attr.items())
                      if not k.startswith("_")}
        own = [o for o, a in zip(node.outputs, op_def.output_arg) if not a.is_ref]
        with tf1.Session() as session:
            session.run([v.initializer for v in held])
            feed = dict(zip(rest, operands))
            results = session.run(own, feed) if own else session.run(node, feed) or []
            after = session.run([v.read_value() for v in held])
    dtype = dtype_name(np.asarray(variables[0]).dtype)
    case = {"name": f"{len(CASES)}: {dtype} {name}".strip(), "op": op, "attributes": attributes,
            "variables": len(variables),
            "operands": [tensor(v) for v in list(variables) + list(operands)],
            "results": [tensor(v) for v in list(after) + list(results)]}
    if tolerance:
        case["tolerance"] = tolerance
    CASES.append(case)


def step(name, slots, scalars, attrs=None, sparse=True, prefixes=("", "Resource"), label="",
         dtypes=(np.float32, np.float64), positive=(), tolerance=None):
    """The dense and sparse ops of an optimizer, on references and on handles."""
    for prefix in prefixes:
        for rows in [False, True] if sparse else [False]:
            op = prefix + ("Sparse" if rows else "") + "Apply" + name
            if not op_def_registry.get(op):
                continue
            for dtype in dtypes if prefix else dtypes[:1]:
                shapes = [[4, 3], [5]] if rows else [[2, 3], [8]]
                for shape in shapes:
                    values = []
                    for slot in ["var"] + slots:
                        value = RNG.uniform(-1, 1, shape)
                        values.append((np.abs(value) + 0.1 if slot in positive else value)
                                      .astype(dtype))
                    operands = []
                    for arg in op_def_registry.get(op).input_arg[1 + len(slots):]:
                        if arg.name == "indices":
                            operands.append(np.array([3, 1, 3], np.int32 if prefix else np.int64))
                        elif arg.name in ("grad", "delta"):
                            size = [3] + shape[1:] if rows else shape
                            operands.append(RNG.uniform(-1, 1, size).astype(dtype))
                        elif arg.name == "global_step":
                            operands.append(np.int64(3))
                        else:
                            operands.append(dtype(scalars[arg.name]))
                    run(op, values, operands, attrs, label, tolerance)


def steps():
    step("GradientDescent", [], {"alpha": 0.3}, dtypes=(np.float32, np.float64, np.float16))
    for nesterov in [False, True]:
        attrs = {"use_nesterov": nesterov}
        scalars = {"lr": 0.1, "momentum": 0.9}
        step("Momentum", ["accum"], scalars, attrs)
        step("KerasMomentum", ["accum"], scalars, attrs)
        step("Adam", ["m", "v"], {"beta1_power": 0.81, "beta2_power": 0.98, "lr": 0.01,
                                  "beta1": 0.9, "beta2": 0.99, "epsilon": 1e-7}, attrs,
             positive=["v"], dtypes=(np.float32, np.float64, np.float16))
    step("AdamWithAmsgrad", ["m", "v", "vhat"],
         {"beta1_power": 0.81, "beta2_power": 0.98, "lr": 0.01, "beta1": 0.9, "beta2": 0.99,
          "epsilon": 1e-7}, positive=["v", "vhat"])
    step("AdaMax", ["m", "v"], {"beta1_power": 0.81, "lr": 0.01, "beta1": 0.9, "beta2": 0.99,
                                "epsilon": 1e-7}, positive=["v"])
    step("Adadelta", ["accum", "accum_update"], {"lr": 0.5, "rho": 0.9, "epsilon": 1e-6},
         positive=["accum", "accum_update"])
    for slots in [False, True]:
        step("Adagrad", ["accum"], {"lr": 0.1}, {"update_slots": slots}, positive=["accum"])
        step("AdagradV2", ["accum"], {"lr": 0.1, "epsilon": 1e-3}, {"update_slots": slots},
             positive=["accum"])
    for l1 in [0.0, 0.05]:
        scalars = {"lr": 0.1, "alpha": 0.1, "l1": l1, "l2": 0.2}
        step("AdagradDA", ["gradient_accumulator", "gradient_squared_accumulator"], scalars,
             positive=["gradient_squared_accumulator"])
        step("ProximalAdagrad", ["accum"], scalars, positive=["accum"])
        step("ProximalGradientDescent", [], scalars)
    for power in [-0.5, -0.7]:
        for scaled in [False, True]:
            scalars = {"lr": 0.1, "l1": 0.05, "l2": 0.2, "l2_shrinkage": 0.1, "lr_power": power}
            for name in ["Ftrl", "FtrlV2"]:
                step(name, ["accum", "linear"], scalars, {"multiply_linear_by_lr": scaled},
                     positive=["accum"], tolerance=[1e-5, 1e-6])
    scalars = {"lr": 0.01, "rho": 0.9, "momentum": 0.8, "epsilon": 1e-3}
    step("RMSProp", ["ms", "mom"], scalars, positive=["ms"])
    step("CenteredRMSProp", ["mg", "ms", "mom"], {**scalars, "epsilon": 1.5}, positive=["ms"])
    scalars = {"lr": 0.1, "alpha": 1.0, "logbase": 0.7, "sign_decay": 0.9, "beta": 0.8}
    step("AddSign", ["m"], scalars)
    step("PowerSign", ["m"], scalars)


def scatters():
    for prefix in ["", "Resource"]:
        for kind in ["Add", "Sub", "Mul", "Div", "Min", "Max", "Update"]:
            op = prefix + "Scatter" + kind
            for dtype in [np.float32, np.int32]:
                value = RNG.randint(-9, 9, [4, 3]).astype(dtype)
                updates = RNG.randint(1, 9, [3, 3]).astype(dtype)
                run(op, [value], [np.int32([2, 0, 2]), updates])
                run(op, [value], [np.int64([[1], [3]]), updates[:2, None]], name="matrix")
                run(op, [value], [np.int32([1, 1]), dtype(3)], name="one number")
        for kind in ["Add", "Sub", "Min", "Max", "Update"]:
            op = prefix + "ScatterNd" + kind
            for dtype in [np.float32, np.int64]:
                value = RNG.randint(-9, 9, [4, 3]).astype(dtype)
                updates = RNG.randint(1, 9, [3, 3]).astype(dtype)
                run(op, [value], [np.int32([[2], [0], [2]]), updates])
                run(op, [value], [np.int64([[2, 1], [0, 0], [2, 1]]), updates[0]], name="elements")


def assignments():
    value = np.float32([[1, 2, 3], [4, 5, 6]])
    more = np.float32([[1, -2, 3], [0.5, 5, 6]])
    for plain, op in [("Assign", "AssignVariableOp"), ("AssignAdd", "AssignAddVariableOp"),
                      ("AssignSub", "AssignSubVariableOp")]:
        for name in [plain, op]:
            run(name, [value], [more])
            run(name, [np.int64([7])], [np.int64([5])])
    for name in ["StridedSliceAssign", "ResourceStridedSliceAssign"]:
        run(name, [value], [np.int32([0, 1]), np.int32([2, 3]), np.int32([1, 1]),
                            np.float32([[9, 8], [7, 6]])])
        run(name, [value], [np.int32([1]), np.int32([2]), np.int32([1]), np.float32([9, 8, 7])],
            {"shrink_axis_mask": 1}, "row")


def reads():
    value = np.float32([[1, 2, 3], [4, 5, 6]])
    run("ReadVariableOp", [value], [], {"dtype": tf.float32})
    run("VarIsInitializedOp", [value], [])
    run("IsVariableInitialized", [value], [])
    for out in [tf.int32, tf.int64]:
        run("VariableShape", [value], [], {"out_type": out})
    run("ResourceGather", [value], [np.int32([1, 0, 1])], {"dtype": tf.float32})
    run("ResourceGather", [value], [np.int64([[2], [0]])], {"dtype": tf.float32, "batch_dims": 1},
        "batch")
    run("ResourceGatherNd", [value], [np.int64([[1, 2], [0, 0]])], {"dtype": tf.float32})


for family in [steps, scatters, assignments, reads]:
    family()
path = os.path.join(HERE, "cases", "variable_steps.json")
with open(path, "w") as file:
    lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in CASES)
    file.write('{"cases":[\n' + lines + "\n]}\n")
print(path, len(CASES), "cases", os.path.getsize(path), "bytes")

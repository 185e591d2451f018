"""Writes cases/shape_cases.json: ops that move elements, tell shapes, index, scatter and count.

Needs TensorFlow 2.21.
"""

import numpy as np
import tensorflow as tf
from tensorflow.compiler.tf2xla.ops import gen_xla_ops  # noqa: F401 registers the ops
from tensorflow.python.framework import op_def_registry

from op_cases import Cases, tensor

cases = Cases("shape")
random = np.random.RandomState(7)
NUMERIC = ["float32", "float64", "float16", "bfloat16", "int8", "uint8", "int16", "uint16",
           "int32", "uint32", "int64", "uint64", "bool", "complex64", "complex128", "string"]


def data(shape, dtype="float32"):
    """Different small numbers."""
    flat = np.arange(1, int(np.prod(shape)) + 1)
    if dtype == "string":
        return np.array([f"s{v}" for v in flat], object).reshape(shape)
    if dtype == "bool":
        return (flat * 7 % 3 == 0).reshape(shape)
    if dtype.startswith("complex"):
        flat = flat - 0.5j * flat
    return flat.astype(tf.as_dtype(dtype).as_numpy_dtype).reshape(shape)


def i32(*values):
    return np.array(values[0] if len(values) == 1 and isinstance(values[0], list) else values,
                    np.int32)


def i64(*values):
    return i32(*values).astype(np.int64)


def add(op, operands, attrs=None, builtin=None, fails=False, name=None, tolerance=None,
        **options):
    """A case that the builtin computes too; `builtin` may be a dict with operands of its own."""
    entry = []
    if builtin:
        entry = [dict(builtin) if isinstance(builtin, dict) else {"op": builtin}]
        if options:
            entry[0]["attributes"] = options
    cases.add(op, operands, attrs, builtins=entry, fails=fails, name=name, tolerance=tolerance)


def refused(op, operands, builtin):
    """A case that TensorFlow refuses when it infers shapes."""
    try:
        getattr(tf.raw_ops, op)(**dict(zip(
            [a.name for a in op_def_registry.get(op).input_arg], operands)))
    except tf.errors.InvalidArgumentError:
        cases.cases.append({
            "name": f"{len(cases.cases)}: refused", "op": op, "fails": True,
            "operands": [tensor(v) for v in operands], "builtins": [{"op": builtin}]})
        return
    raise AssertionError(op)


def shapes():
    for dtype in NUMERIC:
        x = data([2, 3], dtype)
        add("Reshape", [x, i32(3, -1)], builtin="RESHAPE")
        cases.add_builtin("RESHAPE", [x], [x.reshape(6)], {"new_shape": [-1]})
    x = data([2, 3, 4])
    for shape in [i32(4, 6), i64(-1), i32(1, 24, 1), i32(2, -1, 2), i32(24)]:
        add("Reshape", [x, shape], builtin="RESHAPE")
    add("Reshape", [data([1]), i32([])], builtin="RESHAPE")
    add("Reshape", [data([0, 3]), i32(-1, 3)], builtin="RESHAPE")
    add("Reshape", [data([0, 3]), i32(5, 0)], builtin="RESHAPE")
    for shape in [i32(5, -1), i32(-1, -1), i32(23), i32(-2, 12)]:
        add("Reshape", [x, shape], builtin="RESHAPE", fails=True)
    cases.add_builtin("RESHAPE", [data([1, 1])], [np.float32(1)], {"new_shape": [0]},
                      name="old spelling of a scalar")
    for axis in [0, 1, -1, 3, -4]:
        add("ExpandDims", [x, np.int32(axis)], builtin="EXPAND_DIMS")
    add("ExpandDims", [x, np.int32(4)], builtin="EXPAND_DIMS", fails=True)
    y = data([1, 3, 1, 2, 1])
    for dims in [[], [0], [-1, 2], [4]]:
        add("Squeeze", [y], {"squeeze_dims": dims}, builtin="SQUEEZE", squeeze_dims=dims)
    add("Squeeze", [y], {"squeeze_dims": [1]}, builtin="SQUEEZE", squeeze_dims=[1], fails=True)
    for out in ["int32", "int64"]:
        add("Shape", [x], {"out_type": tf.as_dtype(out)}, builtin="SHAPE", out_type=out.upper())
        add("Size", [x], {"out_type": tf.as_dtype(out)})
    add("Shape", [data([], "string")], builtin="SHAPE", out_type={"type": "int32"})
    add("ShapeN", [[x, data([5]), data([])]])
    add("Size", [data([0, 3])])
    for shape in [[], [2], [2, 3, 0]]:
        add("Rank", [data(shape)], builtin="RANK")


def permutations():
    for dtype in NUMERIC:
        add("Transpose", [data([2, 3], dtype), i32(1, 0)], builtin="TRANSPOSE")
    for shape, perm in [([2, 3, 4], [2, 0, 1]), ([2, 3, 4], [0, 2, 1]), ([2, 3, 4], [1, 0, 2]),
                        ([1, 3, 1, 4], [3, 2, 1, 0]), ([2, 3, 2, 2, 3], [4, 1, 0, 3, 2]),
                        ([2, 1, 2, 1, 2, 3], [5, 3, 4, 0, 1, 2]), ([0, 3], [1, 0]), ([], []),
                        ([5, 7, 6], [2, 1, 0])]:
        add("Transpose", [data(shape), i32(perm)], builtin="TRANSPOSE")
    add("Transpose", [data([40, 37], "int32"), i64(1, 0)])
    add("Transpose", [data([2, 3, 4]), i32(0, 0, 1)], builtin="TRANSPOSE", fails=True)
    add("Transpose", [data([2, 3, 4]), i32(0, 1)], builtin="TRANSPOSE", fails=True)
    for dtype in ["complex64", "complex128", "float32"]:
        add("ConjugateTranspose", [data([2, 3], dtype), i32(1, 0)])
    add("InvertPermutation", [i32(3, 0, 2, 1)])
    add("InvertPermutation", [i64(0)])
    add("InvertPermutation", [i32(3, 0, 0, 1)], fails=True)
    add("InvertPermutation", [i32(0, 2)], fails=True)
    x = data([2, 3, 4])
    for dims in [[True, False, True], [False, False, False]]:
        add("Reverse", [x, np.array(dims)])
    for axes in [[0], [-1], [0, 2], [1], [], [2, 1, 0]]:
        add("ReverseV2", [x, i32(axes)], builtin="REVERSE_V2")
    for dtype in NUMERIC[4:]:
        add("ReverseV2", [data([2, 3], dtype), i32(1)], builtin="REVERSE_V2")
    add("ReverseV2", [x, i32(1, -2)], builtin="REVERSE_V2", fails=True)
    for dtype, seq, batch in [("float32", 1, 0), ("int64", 2, 1), ("string", 0, 2)]:
        y = data([3, 4, 5], dtype)
        lengths = i64([2, 0, y.shape[seq], 1, 3][:y.shape[batch]])
        add("ReverseSequence", [y, lengths], {"seq_dim": seq, "batch_dim": batch},
            builtin="REVERSE_SEQUENCE", seq_dim=seq, batch_dim=batch)
    add("ReverseSequence", [x, i64(1, 4)], {"seq_dim": 1}, builtin="REVERSE_SEQUENCE", fails=True,
        seq_dim=1)
    for shift, axis in [(1, 0), ([1, -2], [1, 2]), ([3, 5, -9], [2, 2, 1]), (-7, -1)]:
        add("Roll", [x, np.array(shift, np.int32), np.array(axis, np.int32)])
    add("Roll", [data([0, 2]), np.int64(3), np.int64(0)])
    add("Roll", [data([5], "complex64"), np.int64(3), np.int32(0)])


def repetitions():
    for dtype in NUMERIC:
        if dtype != "uint16":
            add("Tile", [data([2, 3], dtype), i32(2, 1)], builtin="TILE")
        add("BroadcastTo", [data([2, 1], dtype), i32(3, 2, 2)], builtin="BROADCAST_TO")
    for shape, multiples in [([2, 3], [1, 2]), ([2, 3], [2, 0]), ([], []), ([2, 1, 3], [2, 3, 2]),
                             ([0, 2], [3, 2])]:
        add("Tile", [data(shape), i32(multiples)], builtin="TILE")
    add("Tile", [data([2]), i32(-1)], builtin="TILE", fails=True)
    for shape, target in [([], [2, 2]), ([3], [2, 3]), ([2, 1, 3], [2, 4, 3]), ([1], [0]),
                          ([2, 3], [2, 3]), ([1, 2, 1, 2], [3, 2, 2, 2])]:
        add("BroadcastTo", [data(shape), i64(target)], builtin="BROADCAST_TO")
    add("BroadcastTo", [data([2, 3]), i32(3)], builtin="BROADCAST_TO", fails=True)
    add("BroadcastTo", [data([2, 3]), i32(2, 1)], builtin="BROADCAST_TO", fails=True)
    for a, b in [([2, 1], [3]), ([], [2]), ([4, 1, 3], [4, 5, 1])]:
        add("BroadcastArgs", [i32(a), i32(b)], builtin="BROADCAST_ARGS")
        add("BroadcastGradientArgs", [i64(a), i64(b)])
    for a, b in [([2, 1, 3], [5, 1, 2, 3]), ([1, 1], [1]), ([1, 2], [1, 2]), ([3, 1], [1, 1, 1])]:
        add("BroadcastGradientArgs", [i32(a), i32(b)])
    add("BroadcastArgs", [i32(2), i32(3)], builtin="BROADCAST_ARGS", fails=True)


def joins():
    for dtype in NUMERIC:
        parts = [data([2, 2], dtype), data([2, 1], dtype)]
        add("ConcatV2", [parts, np.int32(1)],
            builtin={"op": "CONCATENATION", "operands": parts}, axis=1)
        add("Pack", [[parts[0], parts[0]]], {"axis": 1}, builtin="PACK", axis=1, values_count=2)
        add("Split", [np.int32(1), parts[0]], {"num_split": 2}, builtin="SPLIT", num_splits=2)
    parts = [data([2, 1, 2]), data([2, 3, 2]), data([2, 0, 2])]
    for axis in [1, -2]:
        add("ConcatV2", [parts, np.int64(axis)],
            builtin={"op": "CONCATENATION", "operands": parts}, axis=axis)
        add("Concat", [np.int32(1), parts])
    add("ConcatV2", [[data([2, 1]), data([3, 1])], np.int32(0)])
    add("ConcatV2", [[data([2, 1]), data([3, 1])], np.int32(1)], fails=True)
    add("ConcatV2", [[data([2]), data([3, 1])], np.int32(0)], fails=True)
    x = np.float32([[-1.5, 0.25], [3, 9]])
    relu6 = np.minimum(np.maximum(np.concatenate([x, x], 0), 0), 6)
    cases.add_builtin("CONCATENATION", [x, x], [relu6],
                      {"axis": 0, "fused_activation_function": "RELU6"})
    add("ConcatOffset", [np.int32(1), [i32(2, 3), i32(2, 4), i32(2, 5)]])
    add("ConcatOffset", [np.int32(-2), [i32(1, 3), i32(7, 3)]])
    add("ConcatOffset", [np.int32(1), [i32(2, 3), i32(1, 4)]], fails=True)
    for axis in [0, 1, 2, -1, -3]:
        add("Pack", [[data([2, 3]), data([2, 3])]], {"axis": axis}, builtin="PACK", axis=axis,
            values_count=2)
    add("Pack", [[np.int32(5), np.int32(6), np.int32(7)]], builtin="PACK", values_count=3)
    add("Pack", [[data([2, 3]), data([3, 2])]], fails=True)
    for shape, axis, n in [([4, 3], 0, 2), ([4, 6], -1, 3), ([2, 4, 3], 1, 4), ([2, 4], 0, 1)]:
        add("Split", [np.int32(axis), data(shape)], {"num_split": n}, builtin="SPLIT",
            num_splits=n)
    add("Split", [np.int32(1), data([5])], {"num_split": 1}, builtin="SPLIT", fails=True)
    for sizes, axis in [([1, 3, 2], 1), ([-1, 2], -2), ([2, -1, 0], 0), ([1, 5], 1)]:
        add("SplitV", [data([4, 6], "int32"), i64(sizes), np.int32(axis)],
            {"num_split": len(sizes)}, builtin="SPLIT_V", num_splits=len(sizes))
    add("SplitV", [data([4, 6]), i32(1, 2), np.int32(0)], {"num_split": 2}, fails=True)
    for shape, axis in [([2, 3], 0), ([2, 3], 1), ([2, 3, 2], -2), ([3], 0)]:
        add("Unpack", [data(shape)], {"num": shape[axis], "axis": axis}, builtin="UNPACK",
            num=shape[axis], axis=axis)
    add("Unpack", [data([2, 3], "string")], {"num": 3, "axis": 1}, builtin="UNPACK", num=3, axis=1)


def slices():
    for dtype in NUMERIC:
        add("Slice", [data([3, 4], dtype), i32(1, 1), i32(2, 2)], builtin="SLICE")
        add("StridedSlice", [data([3, 4], dtype), i32(0, 3), i32(3, 0), i32(2, -2)],
            builtin="STRIDED_SLICE")
    for shape, begin, size in [([3, 4], [0, 2], [-1, -1]), ([3, 4, 2], [1, 0, 1], [1, 4, -1]),
                               ([3], [3], [0]), ([3], [3], [-1]), ([], [], []),
                               ([2, 2, 2, 2, 2], [0, 1, 0, 1, 0], [2, 1, 1, 1, 2])]:
        add("Slice", [data(shape), i64(begin), i64(size)], builtin="SLICE")
    for begin, size in [([2], [5]), ([-1], [1]), ([0], [-2]), ([4], [-1])]:
        add("Slice", [data([3]), i32(begin), i32(size)], builtin="SLICE", fails=True)
    huge = 2 ** 31 - 1
    x = data([4, 5, 3])
    masks = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"]
    for begin, end, strides, *bits in [
            ([1], [3], [1]), ([-1], [-5], [-2]), ([0, 1], [0, 2], [1, 1], 0b01, 0b01),
            ([0, 0], [huge, -huge], [2, 1]), ([10, -10], [-10, 10], [-1, 2]),
            ([0, 1], [0, 3], [1, 2], 0, 0, 0b01), ([0, 0, 1], [0, 0, 2], [1, 1, 1], 0, 0, 0b01, 0b10),
            ([0, 0, 0], [0, 0, 0], [1, 1, 1], 0, 0, 0b010, 0b101),
            ([2], [3], [1], 0, 0, 0, 0, 1), ([-1, 0, -2], [0, 0, 0], [1, 1, 1], 0, 0b10, 0, 0, 0b101),
            ([0, -2, 0], [0, 0, 0], [1, 1, -1], 0b101, 0b101, 0, 0, 0b010),
            ([0, 0, 0, 2], [0, 0, 0, 0], [1, 1, 1, 1], 0, 0, 0b0001, 0b0010, 0b1000),
            ([0, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, -1], 0b1000, 0b1100, 0b0100, 0b0010, 0b0001),
            ([3], [1], [1]), ([0], [4], [3], 0, 0, 0, 0, 0), ([], [], []),
            ([1, 1, 1], [0, 0, 0], [1, 1, 1], 0, 0, 0, 0, 0b111),
            ([5], [0], [-1], 0, 1), ([0], [0], [-1], 1, 1), ([2], [100], [7])]:
        options = dict(zip(masks, bits + [0] * 5))
        add("StridedSlice", [x, i32(begin), i32(end), i32(strides)], options,
            builtin="STRIDED_SLICE", **options)
        options["offset"] = False
    eight = data([2, 1, 2, 1, 2, 1, 2, 3], "int32")
    add("StridedSlice", [eight, i64([0] * 8), i64([0, 1, 0, 1, 0, 1, 0, -4]), i64([1] * 7 + [-1])],
        {"begin_mask": 0xFF, "end_mask": 0x55}, builtin="STRIDED_SLICE", begin_mask=0xFF,
        end_mask=0x55)
    add("StridedSlice", [data([0, 2]), i32(0), i32(5), i32(1)], builtin="STRIDED_SLICE")
    for shape in [[5], [3, 5]]:
        for begin, end, stride in random.randint(-7, 8, [25, 3]).tolist():
            n = len(shape)
            add("StridedSlice", [data(shape, "int32"), i32([begin] * n), i32([end] * n),
                                 i32([stride or 1] * n)], {"begin_mask": n - 1, "end_mask": 2},
                builtin="STRIDED_SLICE", begin_mask=n - 1, end_mask=2)
    cases.add_builtin("STRIDED_SLICE", [x, i32(1, 2), i32(2, -1), i32(1, 1)],
                      [x[1:3, 2:1]], {"offset": True}, name="ends count from begins")
    cases.add_builtin("STRIDED_SLICE", [x, i32(1, -2), i32(2, 1), i32(1, 1)],
                      [x[1:3, 3:4]], {"offset": True}, name="ends count from begins")
    for begin, end, strides, options in [([0], [1], [0], {}), ([4], [5], [1], {"shrink_axis_mask": 1}),
                                         ([0] * 4, [1] * 4, [1] * 4, {}),
                                         ([0], [1], [-1], {"shrink_axis_mask": 1}),
                                         ([0, 0], [1, 1], [1, 1], {"ellipsis_mask": 3})]:
        add("StridedSlice", [x, i32(begin), i32(end), i32(strides)], options,
            builtin="STRIDED_SLICE", fails=True, **options)
    y = data([4, 6])
    for begin, end, strides, value, options in [
            ([1, 0], [3, 5], [1, 2], data([2, 3], "float32") + 100, {}),
            ([3], [0], [-2], np.float32(-5), {}),
            ([1, 2], [2, 4], [1, 1], data([2]) + 50, {"shrink_axis_mask": 1})]:
        add("TensorStridedSliceUpdate", [y, i32(begin), i32(end), i32(strides), value], options)
    add("TensorStridedSliceUpdate", [y, i32(0), i32(2), i32(1), data([3, 6])], fails=True)
    for dtype in ["float32", "int64", "bool", "float16"]:
        x = data([4, 5], dtype)
        update = data([2, 3], dtype)[::-1]
        for start in [[1, 2], [-3, 9]]:
            cases.add_builtin("DYNAMIC_UPDATE_SLICE", [x, update, i32(start)], [dynamic_update(
                x, update, start)])


def dynamic_update(x, update, start):
    """The update at the start moved inside, by TensorScatterUpdate."""
    rows, columns = update.shape
    a = min(max(start[0], 0), x.shape[0] - rows)
    b = min(max(start[1], 0), x.shape[1] - columns)
    places = [[a + i, b + k] for i in range(rows) for k in range(columns)]
    return tf.tensor_scatter_nd_update(x, places, tf.reshape(update, [-1])).numpy()


def gathers():
    for dtype in NUMERIC:
        x = data([3, 2], dtype)
        index = i32(2, 0, 2)
        add("GatherV2", [x, index, np.int32(0)],
            builtin={"op": "GATHER", "operands": [x, index]})
        add("GatherNd", [x, i32([[2, 1], [0, 0]])], builtin="GATHER_ND")
        add("Gather", [x, index], builtin={"op": "EMBEDDING_LOOKUP", "operands": [index, x]})
    x = data([3, 4, 2])
    for index, axis in [(i32(3, 0), 1), (i64([[1, 0], [1, 1]]), -1), (np.int32(2), 1),
                        (i32([]), 0), (i32([[2], [0]]), 0)]:
        add("GatherV2", [x, index, np.int64(axis)],
            builtin={"op": "GATHER", "operands": [x, index]}, axis=axis)
    index = i32([[0, 3], [1, 1], [2, 0]])
    for axis, batch in [(1, 1), (2, 1), (-2, -1)]:
        chosen = index % x.shape[axis]
        add("GatherV2", [x, chosen, np.int32(axis)], {"batch_dims": batch},
            builtin={"op": "GATHER", "operands": [x, chosen]}, axis=axis, batch_dims=batch)
    index = random.randint(0, 2, [3, 4, 3]).astype(np.int32)
    add("GatherV2", [x, index, np.int32(2)], {"batch_dims": 2},
        builtin={"op": "GATHER", "operands": [x, index]}, axis=2, batch_dims=2)
    for bad in [3, -1]:
        add("GatherV2", [x, i32(bad), np.int32(0)],
            builtin={"op": "GATHER", "operands": [x, i32(bad)]}, fails=True)
        add("GatherNd", [x, i32([[bad]])], builtin="GATHER_ND", fails=True)
    for index in [i32([[1], [2]]), i64([[0, 3, 1]]), i32([2, 1]), np.zeros([2, 0], np.int32),
                  i32([[[0, 1]], [[2, 2]]]), np.zeros([0, 2], np.int32)]:
        add("GatherNd", [x, index], builtin="GATHER_ND")
    add("GatherNd", [x, i32([[1], [7]])], {"bad_indices_policy": "IGNORE"})


def scatters():
    for dtype in [t for t in NUMERIC if t not in ("uint16", "uint32")]:
        add("ScatterNd", [i32([[0], [2], [0]]), data([3, 2], dtype), i32(4, 2)],
            builtin="SCATTER_ND")
    for dtype in NUMERIC:
        if dtype not in ("bool", "uint16", "uint32"):
            x = data([3, 2], dtype)
            updates = data([3], dtype)
            index = i32([[2, 1], [0, 0], [2, 1]])
            for op in ["Update", "Add", "Sub", "Max", "Min"]:
                if (dtype != "string" or op == "Update") and not (
                        dtype.startswith("complex") and op in ("Max", "Min")):
                    add("TensorScatter" + op, [x, index, updates])
    add("ScatterNd", [i64([[[0, 1]], [[1, 0]]]), data([2, 1, 3]), i64(2, 2, 3)], builtin="SCATTER_ND")
    add("ScatterNd", [i32([[1], [5]]), data([2]), i32(4)], builtin="SCATTER_ND", fails=True)
    add("ScatterNd", [i32([[1], [2]]), data([3]), i32(4)], builtin="SCATTER_ND", fails=True)
    add("ScatterNd", [i32([[1], [5]]), data([2]), i32(4)], {"bad_indices_policy": "IGNORE"})
    add("ScatterNd", [np.zeros([0, 1], np.int32), np.zeros([0, 2], np.float32), i32(2, 2)])
    nan = np.float32([np.nan, 1, 2])
    for op in ["Max", "Min"]:
        add("TensorScatter" + op, [nan, i32([[0], [1]]), np.float32([1, np.nan])])
    infinite = np.float32([np.inf, -np.inf, np.inf, -np.inf])
    for op in ["Max", "Min"]:
        add("TensorScatter" + op, [infinite, i32([[0], [1], [2]]), np.float32([1, np.inf, -np.inf])])
    add("TensorScatterUpdate", [data([3, 2]), i32([[1], [-1]]), data([2, 2])], fails=True)
    for dtype in ["float32", "int32", "int64", "string", "bool"]:
        add("SparseToDense", [i32([[0, 1], [1, 2]]), i32(2, 3), data([4], dtype)[2:],
                              data([1], dtype)[0]], builtin="SPARSE_TO_DENSE")
    add("SparseToDense", [np.int64(1), i64(3), np.float32(5), np.float32(-1)],
        builtin="SPARSE_TO_DENSE")
    add("SparseToDense", [i32(1, 2), i32(4), np.float32(5), np.float32(-1)],
        builtin="SPARSE_TO_DENSE")
    add("SparseToDense", [i32(2, 2), i32(4), np.float32([5, 6]), np.float32(-1)],
        {"validate_indices": False}, builtin="SPARSE_TO_DENSE")
    add("SparseToDense", [i32(2, 1), i32(4), np.float32([5, 6]), np.float32(-1)], fails=True)
    add("SparseToDense", [i32(2, 4), i32(4), np.float32([5, 6]), np.float32(-1)],
        builtin="SPARSE_TO_DENSE", fails=True)


def paddings():
    for dtype in NUMERIC:
        if dtype not in ("uint32", "uint64", "uint16"):
            x = data([2, 3], dtype)
            add("Pad", [x, i32([[1, 0], [0, 2]])], builtin="PAD")
            add("PadV2", [x, i32([[0, 1], [2, 1]]), data([1], dtype)[0]], builtin="PADV2")
        if dtype not in ("string",):
            for mode in ["REFLECT", "SYMMETRIC"]:
                add("MirrorPad", [data([2, 3], dtype), i32([[1, 0], [2, 1]])], {"mode": mode},
                    builtin="MIRROR_PAD", mode=mode)
    add("Pad", [data([2, 1, 3, 1, 2]), i64([[0, 1], [1, 0], [0, 0], [2, 1], [1, 1]])], builtin="PAD")
    add("Pad", [data([0, 2]), i32([[1, 1], [0, 0]])], builtin="PAD")
    add("Pad", [data([3]), i32([[-1, 1]])], builtin="PAD", fails=True)
    add("MirrorPad", [data([2, 3, 2]), i32([[1, 1], [3, 3], [0, 2]])], {"mode": "SYMMETRIC"},
        builtin="MIRROR_PAD", mode="SYMMETRIC")
    add("MirrorPad", [data([2, 3]), i32([[0, 0], [3, 0]])], {"mode": "REFLECT"},
        builtin="MIRROR_PAD", fails=True, mode="REFLECT")


def fills():
    for dtype in NUMERIC:
        add("Fill", [i32(2, 2), data([3], dtype)[2]], builtin="FILL")
    add("Fill", [i64([]), np.float32(-0.0)], builtin="FILL")
    add("Fill", [i32(2, 0), np.float32(1)], builtin="FILL")
    add("Fill", [i32(2, -1), np.float32(1)], builtin="FILL", fails=True)
    for values in [np.int32([0, 5, 2]), np.int64([5, 0, -2]), np.float32([0, 1, 0.1]),
                   np.float64([1, 2, 0.3]), np.float32([0.1, 33.3, 0.3]), np.int32([3, 3, 1]),
                   np.float32([5, -2, -0.7]), np.int32([0, 6, 3]), np.float32([0, 1, 0.25]),
                   tf.cast([0, 1, 0.1], tf.bfloat16).numpy(), np.float16([0, 2, 0.3])]:
        add("Range", list(values), builtin="RANGE" if values.dtype.itemsize > 2 else None)
    for values in [[0, 5, -1], [0, 5, 0], [5, 0, 1]]:
        add("Range", list(np.int32(values)), builtin="RANGE", fails=True)
    for start, stop, n in [(1, 2, 7), (0, -1, 1), (-3.3, 12.7, 50), (5, 5, 3)]:
        add("LinSpace", [np.float32(start), np.float32(stop), np.int32(n)])
        add("LinSpace", [np.float64(start), np.float64(stop), np.int64(n)])
    add("LinSpace", [np.float32(1), np.float32(2), np.int32(0)], fails=True)
    for dtype in NUMERIC:
        on, off = data([3], dtype)[2], data([3], dtype)[0]
        add("OneHot", [i32(1, -1, 3, 0), np.int32(3), on, off], builtin="ONE_HOT", axis=-1)
    for axis in [-1, 0, 1, 2]:
        add("OneHot", [i64([[0, 2, 1], [1, 1, 5]]), np.int32(4), np.float32(1), np.float32(0)],
            {"axis": axis}, builtin="ONE_HOT", axis=axis)
    add("OneHot", [np.int32(2), np.int32(4), np.int32(1), np.int32(0)], builtin="ONE_HOT", axis=-1)
    add("OneHot", [i32(2), np.int32(-4), np.int32(1), np.int32(0)], builtin="ONE_HOT", axis=-1,
        fails=True)
    for dtype in NUMERIC[:-1]:
        diagonal = data([2, 3], dtype)
        cases.add_builtin("MATRIX_DIAG", [diagonal], [tf.raw_ops.MatrixDiag(diagonal=diagonal).numpy()])
        matrix = data([2, 3, 4], dtype)
        cases.add_builtin("MATRIX_SET_DIAG", [matrix, diagonal], [
            tf.raw_ops.MatrixSetDiag(input=matrix, diagonal=diagonal).numpy()])
    cases.add_builtin("MATRIX_SET_DIAG", [data([4, 2]), data([2])], [
        tf.raw_ops.MatrixSetDiag(input=data([4, 2]), diagonal=data([2])).numpy()])


def spaces():
    for dtype in ["float32", "int8", "uint8", "int64", "float16", "complex64", "string", "bool"]:
        x = data([2, 4, 6, 3], dtype)
        add("SpaceToDepth", [x], {"block_size": 2}, builtin="SPACE_TO_DEPTH", block_size=2)
        y = data([2, 2, 3, 8], dtype)
        add("DepthToSpace", [y], {"block_size": 2}, builtin="DEPTH_TO_SPACE", block_size=2)
    add("SpaceToDepth", [data([1, 3, 6, 1])], {"block_size": 3}, builtin="SPACE_TO_DEPTH", block_size=3)
    add("DepthToSpace", [data([1, 2, 1, 18])], {"block_size": 3}, builtin="DEPTH_TO_SPACE", block_size=3)
    add("SpaceToDepth", [data([1, 3, 4, 1])], {"block_size": 2}, builtin="SPACE_TO_DEPTH",
        fails=True, block_size=2)
    for shape, block in [([2, 3, 4, 6], 2), ([1, 8, 2, 3], 2)]:
        x = data(shape)
        nhwc = x.transpose(0, 2, 3, 1)
        deep = block * block
        if shape[1] % deep == 0:
            result = tf.nn.depth_to_space(nhwc, block).numpy().transpose(0, 3, 1, 2)
            name = "DepthToSpace"
        else:
            result = tf.nn.space_to_depth(nhwc, block).numpy().transpose(0, 3, 1, 2)
            name = "SpaceToDepth"
        cases.cases.append({
            "name": f"{len(cases.cases)}: NCHW", "op": name,
            "attributes": {"block_size": block, "data_format": "NCHW"},
            "operands": [tensor(x)], "results": [tensor(result)]})
    for dtype in ["float32", "int32", "int8", "int64", "float16"]:
        x = data([2, 4, 3, 2], dtype)
        block, pad = i32(2, 3), i32([[1, 1], [0, 3]])
        batch = cases.add("SpaceToBatchND", [x, block, pad], builtins=["SPACE_TO_BATCH_ND"])[0]
        add("BatchToSpaceND", [batch, block, i32([[1, 0], [2, 1]])], builtin="BATCH_TO_SPACE_ND")
    for shape, block, pad in [([3, 5], [2], [[0, 1]]), ([1, 2, 2, 2, 2], [2, 1, 2], [[0, 0], [1, 0], [1, 1]]),
                              ([2, 4, 4, 1], [2, 2], [[0, 0], [0, 0]])]:
        batch = cases.add("SpaceToBatchND", [data(shape), i64(block), i64(pad)],
                          builtins=["SPACE_TO_BATCH_ND"])[0]
        add("BatchToSpaceND", [batch, i32(block), i32(pad)], builtin="BATCH_TO_SPACE_ND")
    refused("SpaceToBatchND", [data([1, 3]), i32(2), i32([[0, 0]])], "SPACE_TO_BATCH_ND")
    refused("BatchToSpaceND", [data([3, 3]), i32(2), i32([[0, 0]])], "BATCH_TO_SPACE_ND")
    refused("BatchToSpaceND", [data([2, 3]), i32(2), i32([[4, 3]])], "BATCH_TO_SPACE_ND")
    batch = cases.add("SpaceToBatch", [data([2, 4, 2, 3]), i32([[1, 1], [0, 2]])], {"block_size": 2})[0]
    add("BatchToSpace", [batch, i32([[0, 1], [1, 0]])], {"block_size": 2})


def segments():
    for dtype in ["float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "int16"]:
        x = data([5, 2], dtype)
        ids = i32(0, 0, 2, 2, 2)
        for op in ["Sum", "Mean", "Max", "Min", "Prod"]:
            add("Segment" + op, [x, ids],
                builtin="SEGMENT_SUM" if op == "Sum" and dtype in ("float32", "int32") else None)
            if op != "Mean":
                add("UnsortedSegment" + op, [x, i64(3, -1, 0, 3, 0), np.int32(4)],
                    builtin="UNSORTED_SEGMENT_" + op.upper())
    for op in ["Sum", "Mean", "Prod"]:
        add("Segment" + op, [data([3, 2], "complex64"), i32(0, 0, 1)])
    for op in ["Max", "Min"]:
        add("Segment" + op, [np.float32([np.nan, 1, 2, np.nan]), i32(0, 0, 1, 1)])
        add("UnsortedSegment" + op, [np.float32([np.nan, 1, 2, np.nan]), i32(0, 0, 1, 1), np.int32(3)])
    add("SegmentMean", [np.int32([-1, -2, -4, 3]), i32(0, 0, 1, 1)])
    add("SegmentSum", [np.zeros([0, 2], np.float32), i32([])], builtin="SEGMENT_SUM")
    add("SegmentSum", [data([2]), i32(1, 0)], builtin="SEGMENT_SUM", fails=True)
    add("SegmentSum", [data([2]), i32(-1, 0)], builtin="SEGMENT_SUM", fails=True)
    add("UnsortedSegmentSum", [data([2, 3, 2]), i32([[1, 0, 0], [1, 1, 0]]), np.int32(2)],
        builtin="UNSORTED_SEGMENT_SUM")
    add("UnsortedSegmentSum", [data([2]), i32(4, 0), np.int32(2)], builtin="UNSORTED_SEGMENT_SUM",
        fails=True)


def counts():
    for weights in [np.zeros([0], np.float32), np.float32([1, 2, 3, 4]), np.zeros([0], np.int64),
                    np.int32([1, 2, 3, 4])]:
        add("Bincount", [i32(1, 1, 5, 0), np.int32(3), weights])
        for binary in [False, True]:
            add("DenseBincount", [i64(1, 1, 5, 0), np.int64(3), weights], {"binary_output": binary})
    for binary in [False, True]:
        for weights in [np.zeros([0], np.float32), data([2, 3])]:
            add("DenseBincount", [i32([[1, 1, 5], [0, 2, 2]]), np.int32(3), weights],
                {"binary_output": binary})
    add("Bincount", [i32(1, -1), np.int32(3), np.zeros([0], np.float32)], fails=True)
    add("DenseBincount", [i32(1, -1), np.int32(3), np.zeros([0], np.float32)], fails=True)
    for dtype in ["float32", "int8", "int16", "int32", "int64", "uint8", "float64", "float16", "string",
                  "bool"]:
        x = data([6], dtype)[np.array([3, 1, 3, 0, 1, 5])]
        for out in [tf.int32, tf.int64]:
            add("Unique", [x], {"out_idx": out},
                builtin="UNIQUE" if dtype != "string" else None, idx_out_type=out.name.upper())
        add("UniqueWithCounts", [x])
    add("Unique", [np.float32([np.nan, np.nan, 0.0, -0.0, 1])], builtin="UNIQUE")
    add("Unique", [np.float32([])], builtin="UNIQUE")
    add("Unique", [data([2, 2])], builtin="UNIQUE", fails=True)
    x = i32([[1, 2, 1], [1, 2, 1], [3, 4, 3]])
    for axis in [[0], [1], [-1]]:
        add("UniqueV2", [x, i32(axis)])
        add("UniqueWithCountsV2", [x, i64(axis)], {"out_idx": tf.int64})
    add("UniqueV2", [i32(3, 3, 1), i64([])])
    rows = np.float32([[1, 2, 2, 5], [-3, 0, 0.5, np.inf]])
    values = np.float32([[0, 2, 9], [0.25, -3, np.inf]])
    for op in ["LowerBound", "UpperBound"]:
        for dtype in [np.float32, np.float64, np.int32, np.int64]:
            ordered = np.nan_to_num(rows, posinf=9).astype(dtype)
            wanted = np.nan_to_num(values, posinf=9).astype(dtype)
            add(op, [ordered, wanted], {"out_type": tf.int64})
        add(op, [rows, values])
    add("DynamicPartition", [data([4, 2]), i32(1, 0, 1, 3)], {"num_partitions": 4})
    add("DynamicPartition", [data([2, 2], "string"), i32([[1, 0], [0, 0]])], {"num_partitions": 2})
    add("DynamicPartition", [data([2]), i32(0, 2)], {"num_partitions": 2}, fails=True)
    for op in ["DynamicStitch", "ParallelDynamicStitch"]:
        add(op, [[np.int32(0), i32([[1, 4], [2, 3]])], [data([2]), data([2, 2, 2])]])
        add(op, [[i32(2, 0), i32(1)], [data([2], "string"), data([1], "string")]])
        add(op, [[i32([]), i32([])], [data([0, 2]), data([0, 2])]])
    add("DynamicStitch", [[i32(1, 0), i32(1)], [data([2, 1]), data([1, 1]) + 7]])
    add("DynamicStitch", [[i32(-1)], [data([1])]], fails=True)


def ends():
    """Nothing, NaN among values, numbers beyond 32 bits, sums that wrap around, known numbers of segments."""
    add("InvertPermutation", [i32([])])
    row = np.float32([[-np.inf, -1, -0.0, 0, 1, np.inf]])
    values = np.float32([[np.nan, 0, -np.inf, np.inf]])
    for op in ["LowerBound", "UpperBound"]:
        add(op, [row, values])
    for weights in [np.zeros([0], np.float32), np.float32([1, 2, 4, 8])]:
        add("DenseBincount", [np.int64([0, 2**62, 1, 2**31]), np.int64(3), weights], {"binary_output": False})
    for dtype in ["float32", "float64"]:
        for ends in [(np.inf, 1), (1, -np.inf), (-np.inf, np.inf)]:
            add("LinSpace", [*np.array(ends, dtype), np.int32(4)])
        add("LinSpace", [*np.array([np.inf, 1], dtype), np.int32(1)])
    numbers = i32(0, 0, 2, 2, 4)
    rows = i32(5, 0, 0, 2, 3)
    for dtype in ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]:
        limits = np.iinfo(dtype)
        table = np.array([limits.min, limits.max, 1, 2, limits.max - 1, limits.max // 2] * 2, dtype).reshape(6, 2)
        add("SparseSegmentSum", [table, rows, numbers])
        add("SparseSegmentSumWithNumSegments", [table, rows, numbers, np.int32(6)])
    for op in ["Sum", "Mean", "SqrtN"]:
        name = f"SparseSegment{op}WithNumSegments"
        add(name, [data([6, 2]), rows.astype(np.int64), numbers.astype(np.int64), np.int64(5)])
        add(name, [data([6, 2, 1, 1, 2]), rows, numbers, np.int32(7)])
        add(name, [data([6, 2]), i32([]), i32([]), np.int32(2)])
        add(name, [data([6]), i32(1, 2), i32(1, 0), np.int32(2)], fails=True)
    gaps = np.float32([[np.nan, 1, 2, np.nan], [3, np.nan, np.nan, np.nan],
                       [-np.inf, -np.inf, np.nan, -np.inf], [-np.inf, -np.inf, 5, np.nan]])
    limits = np.int64([2**63 - 1, -2**63, 2**63 - 2, 2**32, 1, 0, -1, -2**63, 2**31])
    for image in [gaps, gaps[::-1], limits.reshape(3, 3), limits.reshape(3, 3).astype(np.uint64)]:
        for padding in ["SAME", "VALID"]:
            add("MaxPoolWithArgmax", [image[None, :, :, None]], {
                "ksize": [1, 2, 2, 1], "strides": [1, 1, 1, 1], "padding": padding, "Targmax": tf.int64})
    add("LogSoftmax", [np.zeros([2, 0], np.float32)])
    for dtype in ["float16", "float64", "complex64", "int32"]:
        add("Diag", [np.arange(6).reshape(2, 3).astype(dtype)])
        add("DiagPart", [np.arange(36).reshape(2, 3, 2, 3).astype(dtype)])


def moved_parts():
    """Parts that XLA moves into the tensor."""
    for dtype in NUMERIC[:-1]:
        x, part = data((3, 4), dtype), data((2, 3), dtype)
        add("XlaDynamicSlice", [x, np.int32([2, -1]), np.int32([2, 3])])
        add("XlaDynamicUpdateSlice", [x, part, np.int32([2, -1])])
    high = data((2, 1, 3, 1, 2, 2))
    add("XlaDynamicSlice", [high, np.int32([1, 0, 5, 0, 0, 1]), np.int32([1, 1, 2, 1, 2, 1])])
    add("XlaDynamicUpdateSlice", [high, np.zeros((1, 1, 2, 1, 2, 1), np.float32), np.int32([1, 0, 5, 0, 0, 1])])
    add("XlaDynamicSlice", [data((4,)), np.int64([2**40]), np.int64([3])])
    add("XlaDynamicSlice", [data((4,)), np.int64([-2**40]), np.int64([0])])
    add("XlaDynamicUpdateSlice", [data((4,)), np.float32([8, 9]), np.int64([2**40])])
    add("XlaDynamicUpdateSlice", [np.float32(4), np.float32(8), np.zeros(0, np.int32)])


def main():
    for family in [shapes, permutations, repetitions, joins, slices, gathers, scatters, paddings,
                   fills, spaces, segments, counts, ends, moved_parts]:
        family()
    cases.write()


if __name__ == "__main__":
    main()

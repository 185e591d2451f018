"""Writes cases/list_programs.json: chains of TensorList ops with TensorFlow's results.

Needs TensorFlow 2.21.
"""

from op_programs import Programs
import numpy as np
import tensorflow as tf

programs = Programs("list")
F = tf.float32


def i32(*values):
    return np.array(values, np.int32)


def int32(value):
    return np.array(value, np.int32)


ANY = int32(-1)
A, B, C = np.float32([1, 2]), np.float32([3, 4]), np.float32([5, 6])


def reserve(p, shape, n, dtype=F):
    return p.run("TensorListReserve", shape, int32(n), element_dtype=dtype)


def put(p, handle, i, item, **attrs):
    return p.run("TensorListSetItem", handle, int32(i), item,
                 element_dtype=tf.as_dtype(item.dtype), **attrs)


def get(p, handle, i, shape, dtype=F, **kw):
    return p.run("TensorListGetItem", handle, int32(i), shape, element_dtype=dtype, **kw)


def stack(p, handle, shape, dtype=F, n=-1, **kw):
    return p.run("TensorListStack", handle, shape, element_dtype=dtype, num_elements=n, **kw)


def empty(p, shape, limit=-1, dtype=F):
    return p.run("EmptyTensorList", shape, int32(limit), element_dtype=dtype)


def push(p, handle, item, **kw):
    dtype = tf.variant if isinstance(item, int) else tf.as_dtype(item.dtype)
    return p.run("TensorListPushBack", handle, item, element_dtype=dtype, **kw)


def pop(p, handle, shape, dtype=F, **kw):
    return p.run("TensorListPopBack", handle, shape, element_dtype=dtype, **kw)


p = programs.start("reserve, set, get, stack")
h = reserve(p, i32(2), 3)
h1 = put(p, h, 1, B)
get(p, h1, 1, i32(2)), get(p, h1, 0, i32(2)), get(p, h1, 2, ANY)
stack(p, h1, i32(2)), stack(p, h1, ANY), stack(p, h1, i32(-1), n=3)
h2 = put(p, put(p, h1, 0, A), 1, C)
stack(p, h2, i32(2))
stack(p, h1, i32(2)), stack(p, h, i32(2))
p.run("TensorListLength", h2)
p.run("TensorListElementShape", h, shape_type=tf.int32)
p.run("TensorListElementShape", h, shape_type=tf.int64)

p = programs.start("unknown element shapes")
h = put(p, reserve(p, ANY, 3), 2, np.float32([[1, 2, 3]]))
p.run("TensorListElementShape", h, shape_type=tf.int32)
get(p, h, 0, ANY), get(p, h, 0, i32(-1, 3)), stack(p, h, i32(1, -1)), get(p, h, 2, i32(7, 7))
h = put(p, reserve(p, i32(-1, 2), 2), 0, np.float32([[1, 2]]))
p.run("TensorListElementShape", h, shape_type=tf.int64)
get(p, put(p, h, 1, np.float32([[1, 2], [3, 4]])), 1, ANY)

p = programs.start("strings, bools and integers")
h = put(p, reserve(p, np.zeros(0, np.int32), 2, tf.string), 1, np.array("x", object))
stack(p, h, np.zeros(0, np.int32), tf.string), get(p, h, 0, ANY, tf.string)
h = put(p, reserve(p, i32(2), 2, tf.bool), 1, np.array([True, False]))
stack(p, h, ANY, tf.bool)
h = put(p, reserve(p, i32(1), 2, tf.int64), 0, np.int64([1 << 40]))
stack(p, h, ANY, tf.int64)

p = programs.start("push and pop")
h = push(p, push(p, empty(p, i32(-1)), A), np.float32([7]))
p.run("TensorListLength", h)
r = pop(p, h, ANY)
r = pop(p, r, i32(2))
p.run("TensorListLength", r)
h = push(p, push(p, empty(p, i32(2), 2), A), B)
stack(p, h, ANY)

p = programs.start("set beyond the end")
h = put(p, empty(p, i32(2)), 2, A, resize_if_index_out_of_bounds=True)
p.run("TensorListLength", h), stack(p, h, ANY)

p = programs.start("resize")
h = p.run("TensorListFromTensor", np.float32([A, B, C]), i32(2), element_dtype=F)
h2 = p.run("TensorListResize", h, int32(2))
stack(p, h2, ANY), stack(p, p.run("TensorListResize", h2, int32(4)), ANY), stack(p, h, ANY)
get(p, p.run("TensorListResize", h2, int32(40)), 33, ANY)

p = programs.start("many elements")
h = p.run("TensorListFromTensor", np.arange(2100, dtype=np.float32), np.zeros(0, np.int32),
          element_dtype=F)
h2 = put(p, h, 1055, np.float32(-1))
h3 = p.run("TensorListResize", p.run("TensorListResize", h2, int32(1050)), int32(1060))
for i in [0, 31, 32, 1023, 1024, 1049, 1055]:
    get(p, h, i, ANY), get(p, h2, i, ANY), get(p, h3, i, ANY)
p.run("TensorListGather", h2, i32(2099, 1055, 0, 1055), ANY, element_dtype=F)

p = programs.start("gather and scatter")
h = p.run("TensorListScatter", np.float32([A, B, C]), i32(2, 0, 1), i32(2), element_dtype=F)
stack(p, h, ANY)
h = p.run("TensorListScatterV2", np.float32([A, B, C, A]), i32(1, 1, 0, 2), i32(-1), int32(3),
          element_dtype=F)
stack(p, h, ANY)
p.run("TensorListGather", h, i32(1, 2), i32(2), element_dtype=F)
h = p.run("TensorListScatterV2", np.float32([A, B]), i32(1, 0), ANY, int32(-1), element_dtype=F)
stack(p, h, ANY)
h = p.run("TensorListScatterIntoExistingList", h, np.float32([C, B]), i32(0, 2), element_dtype=F)
stack(p, h, ANY)

p = programs.start("split and concat")
m = np.arange(10, dtype=np.float32).reshape(5, 2)
h = p.run("TensorListSplit", m, i32(-1, 2), np.int64([2, 0, 3]), element_dtype=F)
get(p, h, 1, ANY), get(p, h, 2, ANY)
p.run("TensorListConcatV2", h, i32(-1, 2), np.zeros(0, np.int64), element_dtype=F)
p.run("TensorListConcatV2", h, ANY, np.zeros(0, np.int64), element_dtype=F)
p.run("TensorListConcat", h, element_dtype=F, element_shape=tf.TensorShape([None, None]))
h = put(p, reserve(p, i32(-1, 2), 3), 1, m)
p.run("TensorListConcatV2", h, i32(-1, 2), np.int64([1, 9, 2]), element_dtype=F)
h = put(p, reserve(p, i32(2, 1), 2), 1, np.float32([[1], [2]]))
p.run("TensorListConcatV2", h, i32(2, 1), np.zeros(0, np.int64), element_dtype=F)

p = programs.start("lists joined")
h = push(p, push(p, empty(p, i32(2)), A), B)
stack(p, p.run("TensorListConcatLists", h, push(p, empty(p, i32(2)), C), element_dtype=F), ANY)

p = programs.start("batches of lists")
h = p.run("Pack", [empty(p, i32(2)), push(p, empty(p, i32(2)), A)])
h = p.run("TensorListPushBackBatch", h, np.float32([B, C]), element_dtype=F)
a = p.run("Unpack", h, num=2)
stack(p, a, ANY), stack(p, a + 1, ANY)

p = programs.start("zeros and sums")
h = put(p, reserve(p, i32(2), 3), 1, A)
k = put(p, put(p, put(p, reserve(p, i32(2), 3), 0, A), 1, B), 2, C)
stack(p, p.run("AddN", [h, k, k]), ANY)
stack(p, p.run("ZerosLike", push(p, push(p, empty(p, i32(2)), A), B)), ANY)

p = programs.start("lists of lists")
inner = push(p, empty(p, i32(2)), A)
outer = push(p, empty(p, ANY, dtype=tf.variant), inner)
stack(p, pop(p, outer, ANY, tf.variant) + 1, ANY)


def failing(name, make):
    make(programs.start(name))


two = np.float32([A, B])
failing("get outside", lambda p: get(p, reserve(p, i32(2), 2), 2, i32(2), fails=True))
failing("get of another type",
        lambda p: get(p, reserve(p, i32(2), 2), 0, i32(2), tf.int32, fails=True))
failing("get of unknown shape", lambda p: get(p, reserve(p, i32(-1), 2), 0, ANY, fails=True))
failing("set outside", lambda p: put(p, reserve(p, i32(2), 2), 2, A, fails=True))
failing("set of another shape", lambda p: put(p, reserve(p, i32(3), 2), 0, A, fails=True))
failing("set of another type", lambda p: put(p, reserve(p, i32(2), 2), 0, i32(1, 2), fails=True))
failing("stack of unknown shape", lambda p: stack(p, empty(p, ANY), i32(-1), fails=True))
failing("stack of unlike shapes",
        lambda p: stack(p, push(p, push(p, empty(p, ANY), A), np.float32([1])), ANY, fails=True))
failing("stack of another number", lambda p: stack(p, reserve(p, i32(2), 2), ANY, n=3, fails=True))
failing("stack of another shape", lambda p: stack(p, reserve(p, i32(2), 2), i32(3), fails=True))
failing("pop of none", lambda p: pop(p, empty(p, i32(2)), ANY, fails=True))
failing("push to a full list", lambda p: push(p, push(p, empty(p, i32(2), 1), A), B, fails=True))
failing("push of another shape", lambda p: push(p, empty(p, i32(2)), np.float32(1), fails=True))
failing("a negative size", lambda p: p.run(
    "TensorListReserve", i32(2), int32(-1), element_dtype=F, fails=True))
failing("a scalar shape", lambda p: p.run(
    "TensorListReserve", int32(2), int32(1), element_dtype=F, fails=True))
failing("a scalar as a list", lambda p: p.run(
    "TensorListFromTensor", np.float32(1), ANY, element_dtype=F, fails=True))
failing("rows of another shape", lambda p: p.run(
    "TensorListFromTensor", two, i32(3), element_dtype=F, fails=True))
failing("gather outside", lambda p: p.run(
    "TensorListGather", reserve(p, i32(2), 2), i32(2), ANY, element_dtype=F, fails=True))
failing("scatter outside", lambda p: p.run(
    "TensorListScatterV2", two, i32(0, 3), ANY, int32(3), element_dtype=F, fails=True))
failing("scatter before the start", lambda p: p.run(
    "TensorListScatter", two, i32(0, -1), ANY, element_dtype=F, fails=True))
failing("split of another length", lambda p: p.run(
    "TensorListSplit", m, i32(-1, 2), np.int64([2, 2]), element_dtype=F, fails=True))
failing("concat of unlike shapes", lambda p: p.run(
    "TensorListConcatV2",
    push(p, push(p, empty(p, ANY), np.float32([[1, 2]])), np.float32([[1]])),
    ANY, np.zeros(0, np.int64), element_dtype=F, fails=True))
failing("concat of scalars", lambda p: p.run(
    "TensorListConcatV2", push(p, empty(p, ANY), np.float32(1)), ANY, np.zeros(0, np.int64),
    element_dtype=F, fails=True))
failing("lists of unlike shapes joined", lambda p: p.run(
    "TensorListConcatLists", empty(p, i32(2)), empty(p, i32(3)), element_dtype=F, fails=True))

programs.write()

"""Writes cases/optional_programs.json: chains of ops on optionals with TensorFlow's results.

Needs TensorFlow 2.21.
"""

from op_programs import Programs
import numpy as np
import tensorflow as tf

programs = Programs("optional")
A, N, S = np.float32([[1, 2, 3]]), np.array(7, np.int64), np.array([b"a", b""], object)


def read(p, optional, types, shapes, **kw):
    return p.run("OptionalGetValue", optional, output_types=types, output_shapes=shapes, **kw)


p = programs.start("values of several types")
o = p.run("OptionalFromValue", [A, N, S])
p.run("OptionalHasValue", o)
read(p, o, [tf.float32, tf.int64, tf.string], [[1, 3], [], [2]])
read(p, o, [tf.float32, tf.int64, tf.string], [[None, 3], None, [None]])

p = programs.start("no value")
p.run("OptionalHasValue", p.run("OptionalNone"))

p = programs.start("an optional in an optional")
inner = p.run("OptionalFromValue", [A])
outer = p.run("OptionalFromValue", [inner, p.run("OptionalNone")])
got = read(p, outer, [tf.variant, tf.variant], [[], []])
read(p, got, [tf.float32], [[1, 3]])
p.run("OptionalHasValue", got + 1)

p = programs.start("optionals in a list")
h = p.run("EmptyTensorList", np.array([], np.int32), np.array(-1, np.int32), element_dtype=tf.variant)
h = p.run("TensorListPushBack", h, p.run("OptionalFromValue", [A]), element_dtype=tf.variant)
h = p.run("TensorListPushBack", h, p.run("OptionalNone"), element_dtype=tf.variant)
last = p.run("TensorListPopBack", h, np.array([], np.int32), element_dtype=tf.variant)
p.run("OptionalHasValue", last + 1)
first = p.run("TensorListPopBack", last, np.array([], np.int32), element_dtype=tf.variant)
read(p, first + 1, [tf.float32], [[1, 3]])

p = programs.start("a value that is not there")
read(p, p.run("OptionalNone"), [tf.float32], [[]], fails=True)

p = programs.start("another type")
read(p, p.run("OptionalFromValue", [A]), [tf.int32], [[1, 3]], fails=True)

p = programs.start("another shape")
read(p, p.run("OptionalFromValue", [A]), [tf.float32], [[2, 3]], fails=True)

p = programs.start("another number")
read(p, p.run("OptionalFromValue", [A, N]), [tf.float32], [[1, 3]], fails=True)

programs.write()

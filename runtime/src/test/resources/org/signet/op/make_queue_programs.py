"""Writes cases/queue_programs.json: queues that are filled and emptied.

Needs TensorFlow 2.21. TensorFlow waits where a queue is full or empty, so no program shows that.
"""

import numpy as np
from op_cases import strings, tf
from op_programs import Programs

programs = Programs("queue")
TYPES = [tf.float32, tf.int64]
ROWS, IDS = np.float32([[1, 2], [3, 4], [5, 6]]), np.int64([7, 8, 9])


def start(name, op="FIFOQueueV2", types=TYPES, shapes=((2,), ()), **attrs):
    p = programs.start(name)
    return p, p.run(op, component_types=types, shapes=[tf.TensorShape(s) for s in shapes],
                    shared_name="q", **attrs)


def first_in_first_out():
    p, q = start("rows", capacity=4)
    p.run("QueueEnqueueManyV2", q, [ROWS, IDS])
    p.run("QueueEnqueueV2", q, [ROWS[1], IDS[1]])
    p.run("QueueSizeV2", q)
    p.run("QueueDequeueV2", q, component_types=TYPES)
    p.run("QueueDequeueManyV2", q, np.int32(2), component_types=TYPES)
    p.run("QueueDequeueManyV2", q, np.int32(0), component_types=TYPES)
    p.run("QueueDequeueUpToV2", q, np.int32(1), component_types=TYPES)
    p.run("QueueSizeV2", q)
    p, q = start("any shape", shapes=())
    for value in [np.float32(1), ROWS]:
        p.run("QueueEnqueueV2", q, [value, IDS])
    for _ in range(2):
        p.run("QueueDequeueV2", q, component_types=TYPES)
    p, q = start("no shape", shapes=())
    p.run("QueueEnqueueV2", q, [ROWS, IDS])
    p.run("QueueDequeueManyV2", q, np.int32(1), component_types=TYPES, fails=True)


def closed():
    p, q = start("closed")
    p.run("QueueEnqueueManyV2", q, [ROWS, IDS])
    p.run("QueueIsClosedV2", q)
    p.run("QueueCloseV2", q)
    p.run("QueueIsClosedV2", q)
    p.run("QueueDequeueUpToV2", q, np.int32(2), component_types=TYPES)
    p.run("QueueDequeueUpToV2", q, np.int32(2), component_types=TYPES)
    p.run("QueueDequeueUpToV2", q, np.int32(2), component_types=TYPES, fails=True)
    p, q = start("no more")
    p.run("QueueCloseV2", q)
    p.run("QueueEnqueueV2", q, [ROWS[0], IDS[0]], fails=True)
    for op, more in [("QueueDequeueV2", []), ("QueueDequeueManyV2", [np.int32(2)])]:
        p, q = start("less than asked for: " + op)
        p.run("QueueCloseV2", q)
        p.run(op, q, *more, component_types=TYPES, fails=True)


def padded():
    shapes = ((None, 2), (), (None,))
    types = [tf.float32, tf.int64, tf.string]
    p, q = start("padded", "PaddingFIFOQueueV2", types, shapes)
    for i, count in enumerate([1, 3, 0]):
        p.run("QueueEnqueueV2", q, [ROWS[:count], IDS[i], strings("a", "b")[:i]])
    p.run("QueueEnqueueManyV2", q, [ROWS[:2, None], IDS[:2], strings("c", "d")[:, None]])
    for count in [3, 0, 2]:
        p.run("QueueDequeueManyV2", q, np.int32(count), component_types=types)
    p, q = start("other sizes", "PaddingFIFOQueueV2", types, shapes)
    p.run("QueueEnqueueV2", q, [ROWS[:, :1], IDS[0], strings("a")], fails=True)


def by_priority():
    p, q = start("by priority", "PriorityQueueV2", [tf.string], ((),))
    types = [tf.int64, tf.string]
    p.run("QueueEnqueueManyV2", q, [np.int64([3, 1, 2, -4]), strings("d", "b", "c", "a")])
    p.run("QueueDequeueManyV2", q, np.int32(2), component_types=types)
    p.run("QueueEnqueueV2", q, [np.int64(0), np.array("z", object)])
    p.run("QueueDequeueManyV2", q, np.int32(3), component_types=types)


for family in [first_in_first_out, closed, padded, by_priority]:
    family()
programs.write()

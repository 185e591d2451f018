"""Writes small graphs with tensor lists, and what TensorFlow 2.21 computes with them."""
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import tensorflow as tf

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = []


def case(*signature, inputs):
    def add(function):
        CASES.append((function, signature, inputs))
        return function
    return add


def spec(*shape, dtype=tf.float32):
    return tf.TensorSpec(shape, dtype)


def f(*shape):
    return (np.arange(np.prod(shape), dtype=np.float32).reshape(shape) * 0.37 - 1.0)


def i(*values):
    return np.array(values, np.int32)


ROWS = [[f(3, 2)], [f(1, 2)], [f(5, 2)]]


@case(spec(None, None, 2), inputs=[[f(2, 3, 2)], [f(1, 1, 2)], [f(3, 4, 2)]])
def recurrent(x):
    """As recurrent layers do it: free batch, free time, elements of which only the rank is known."""
    steps = tf.TensorArray(tf.float32, tf.shape(x)[1], element_shape=[None, 2])
    steps = steps.unstack(tf.transpose(x, [1, 0, 2]))
    result = tf.TensorArray(tf.float32, tf.shape(x)[1], element_shape=[None, 3])
    kernel = tf.constant(f(2, 3))
    recurrent_kernel = tf.constant(f(3, 3) * 0.3)

    def body(t, state, result):
        state = tf.tanh(steps.read(t) @ kernel + state @ recurrent_kernel)
        return t + 1, state, result.write(t, state)

    state = tf.zeros([tf.shape(x)[0], 3])
    _, state, result = tf.while_loop(lambda t, *_: t < tf.shape(x)[1], body, (0, state, result))
    return tf.transpose(result.stack(), [1, 0, 2]), state


@case(spec(None, None, 2), spec(None, 3), inputs=[[f(2, 3, 2), f(2, 3)], [f(1, 2, 2), f(1, 3)]])
def state_given(x, state):
    """The batch of two inputs, which must be the same."""
    n = tf.shape(x)[1]
    result = tf.TensorArray(tf.float32, n)

    def body(t, state, result):
        state = tf.sigmoid(x[:, t] @ tf.constant(f(2, 3)) + state)
        return t + 1, state, result.write(t, state)

    return tf.while_loop(lambda t, *_: t < n, body, (0, state, result))[2].stack()


@case(spec(None, 2), inputs=ROWS)
def map_several(x):
    return tf.map_fn(lambda r: (tf.reduce_sum(r), r * 2, tf.cast(r > 0, tf.int32)), x,
                     fn_output_signature=(tf.float32, tf.float32, tf.int32))


@case(spec(None, 2), inputs=ROWS)
def map_nested(x):
    return tf.map_fn(lambda r: tf.map_fn(lambda e: e * e + r[0], r), x)


@case(spec(None, None, 2), inputs=[[f(2, 3, 2)], [f(3, 1, 2)]])
def map_nested_free(x):
    return tf.map_fn(lambda m: tf.map_fn(lambda r: tf.reduce_sum(r) + m[0], m), x)


@case(spec(None, 2), inputs=ROWS)
def scan_backwards(x):
    return tf.scan(lambda a, r: a * 0.5 + r, x, reverse=True), tf.scan(
        lambda a, r: (a[0] + r, a[1] * r[0]), x, initializer=(tf.zeros(2), tf.ones([])))


@case(spec(None, None), inputs=[[f(3, 2)], [f(2, 4)]])
def scan_free(x):
    return tf.scan(lambda a, r: a + r, x)


@case(spec(None, 2), inputs=ROWS)
def folds(x):
    return tf.foldl(lambda a, r: a - r, x), tf.foldr(lambda a, r: a * 0.5 - r, x)


@case(spec(None), inputs=[[f(6)], [f(1)], [-f(4)]])
def positives(x):
    """Grows where a condition holds; may stay empty."""
    found = tf.TensorArray(tf.float32, 0, dynamic_size=True, element_shape=[])

    def body(t, found):
        return t + 1, tf.cond(x[t] > 0, lambda: found.write(found.size(), x[t]), lambda: found)

    found = tf.while_loop(lambda t, _: t < tf.size(x), body, (0, found))[1]
    return found.stack(), found.size()


@case(spec(None, 2), spec(dtype=tf.int32), inputs=[[f(3, 2), np.int32(4)], [f(1, 2), np.int32(0)]])
def grows_by_index(x, at):
    array = tf.TensorArray(tf.float32, 1, dynamic_size=True, element_shape=[2],
                           clear_after_read=False)
    array = array.write(at, x[0]).write(2, x[-1])
    return array.stack(), array.read(at), array.size()


@case(spec(4, 2), inputs=[[f(4, 2)]])
def stack_of_numbers(x):
    """Push and pop, as gradients of loops do."""
    raw = tf.raw_ops
    stack = raw.EmptyTensorList(element_shape=[2], max_num_elements=-1, element_dtype=tf.float32)

    def push(t, s):
        return t + 1, raw.TensorListPushBack(input_handle=s, tensor=x[t])

    _, stack = tf.while_loop(lambda t, s: t < 4, push, (0, stack))

    def pop(t, s, sum_):
        s, item = raw.TensorListPopBack(input_handle=s, element_shape=[2], element_dtype=tf.float32)
        return t + 1, s, sum_ * 0.5 + item

    return tf.while_loop(lambda t, *_: t < 3, pop, (0, stack, tf.zeros(2)))[2]


@case(spec(None, 2), inputs=ROWS)
def gradient(x):
    """The gradient of a loop over an array."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.scan(lambda a, r: a * r + r, x)
        loss = tf.reduce_sum(y * y)
    return tape.gradient(loss, x)


@case(spec(3, 2), inputs=[[f(3, 2)]])
def gradient_of_map(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.map_fn(lambda r: r * r * 0.3, x * 2)
    return tape.gradient(y, x)


@case(spec(6, 2), inputs=[[f(6, 2)]])
def parts(x):
    even = tf.TensorArray(tf.float32, 3, element_shape=[2, 2]).split(x, [2, 2, 2])
    uneven = tf.TensorArray(tf.float32, 3, infer_shape=False).split(x, [1, 3, 2])
    return even.concat(), uneven.concat(), uneven.read(1)


@case(spec(3, 2), inputs=[[f(3, 2)]])
def scattered(x):
    array = tf.TensorArray(tf.float32, 5, element_shape=[2]).scatter([4, 0, 2], x)
    return array.stack(), array.gather([0, 4])


@case(spec(None, 2), inputs=ROWS)
def written_and_read(x):
    """Each element follows from the one before."""
    n = tf.shape(x)[0]
    array = tf.TensorArray(tf.float32, n + 1, clear_after_read=False).write(0, x[0])
    body = lambda t, a: (t + 1, a.write(t + 1, a.read(t) * 0.5 + x[t]))
    return tf.while_loop(lambda t, _: t < n, body, (0, array))[1].stack()


@case(spec(None, 2), inputs=ROWS)
def concatenated(x):
    array = tf.TensorArray(tf.float32, 2, element_shape=[None, 2])
    return array.write(0, x * 2).write(1, x - 1).concat()


@case(spec(None, 2), spec(), inputs=[[f(3, 2), np.float32(1)], [f(2, 2), np.float32(-1)]])
def chosen(x, p):
    """A list that comes from one of two branches."""
    a = tf.TensorArray(tf.float32, 2, element_shape=[2])
    a = tf.cond(p > 0, lambda: a.write(0, x[0]), lambda: a.write(1, x[1] * 3))
    return a.stack()


@case(spec(None), inputs=[[f(3)], [f(5)]])
def truths(x):
    array = tf.TensorArray(tf.bool, tf.size(x))
    body = lambda t, a: (t + 1, a.write(t, x[t] > 0))
    return tf.while_loop(lambda t, _: t < tf.size(x), body, (0, array))[1].stack()


@case(spec(None, 2), spec(None, dtype=tf.int32), inputs=[[f(3, 2), i(4, 0, 4)], [f(1, 2), i(0)]])
def scattered_anywhere(x, places):
    """Rows written at places that are computed: to a new list, and to one that grows for them."""
    raw = tf.raw_ops
    made = raw.TensorListScatterV2(
        tensor=x, indices=places, element_shape=i(2), num_elements=-1)
    longer = raw.TensorListScatterV2(tensor=x, indices=places, element_shape=i(2), num_elements=6)
    grown = raw.TensorListScatterIntoExistingList(
        input_handle=made, tensor=x * 2, indices=places // 2 + 1)
    return [raw.TensorListStack(input_handle=h, element_shape=i(2), element_dtype=tf.float32)
            for h in (made, longer, grown)]


@case(spec(None, 2), inputs=ROWS)
def of_other_types(x):
    results = []
    for dtype in [tf.float16, tf.float64, tf.complex64, tf.uint8, tf.int16]:
        rows = tf.map_fn(lambda row: row[::-1], tf.cast(tf.abs(x), dtype))
        results.append(tf.cast(rows, tf.float32))
    return results


@case(spec(None), inputs=[[f(4)], [f(2)]])
def kept_flex_different_sizes(x):
    """Elements of different sizes: no tensor holds them."""
    n = tf.size(x)
    array = tf.TensorArray(tf.float32, n, infer_shape=False, element_shape=[None])
    body = lambda t, a: (t + 1, a.write(t, x[t:]))
    return tf.while_loop(lambda t, _: t < n, body, (0, array))[1].concat()


@case(spec(None), inputs=[[f(4)]])
def kept_flex_data_dependent(x):
    n = tf.constant(3)
    array = tf.TensorArray(tf.float32, n, infer_shape=False)
    body = lambda t, a: (t + 1, a.write(t, tf.boolean_mask(x, x > 0)))
    return tf.while_loop(lambda t, _: t < n, body, (0, array))[1].stack()


@case(spec(None), inputs=[[f(7)], [f(2)]])
def kept_flex_cut_off(x):
    """A size that is cut off: not that of the input."""
    array = tf.TensorArray(tf.float32, 2, infer_shape=False)
    body = lambda t, a: (t + 1, a.write(t, x[:5] * tf.cast(t, tf.float32)))
    return tf.while_loop(lambda t, _: t < 2, body, (0, array))[1].stack()


@case(spec(None, 2), inputs=ROWS)
def kept_flex_of_lists(x):
    raw = tf.raw_ops
    inner = raw.TensorListFromTensor(tensor=x, element_shape=[2])
    outer = raw.EmptyTensorList(element_shape=np.zeros(0, np.int32), max_num_elements=-1,
                                element_dtype=tf.variant)
    outer = raw.TensorListPushBack(input_handle=outer, tensor=inner)
    _, back = raw.TensorListPopBack(input_handle=outer, element_shape=np.zeros(0, np.int32),
                                    element_dtype=tf.variant)
    return raw.TensorListStack(input_handle=back, element_shape=[2], element_dtype=tf.float32)


@case(spec(None, 2), inputs=ROWS)
def kept_flex_gradient_of_branch(x):
    """One branch leaves lists behind for the gradient, the other none: zeros like a list."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        loop = lambda: tf.reduce_sum(tf.map_fn(tf.sin, x))
        y = tf.cond(tf.reduce_sum(x) > 0, lambda: tf.reduce_sum(x * x), loop)
    return tape.gradient(y, x)


def tensor(value):
    value = np.asarray(value)
    values = [v.item() for v in value.reshape(-1)]
    return {"dtype": value.dtype.name, "shape": list(value.shape), "values": values}


def main():
    cases = []
    for function, signature, inputs in CASES:
        named = [tf.TensorSpec(s.shape, s.dtype, name=f"input_{k}") for k, s in enumerate(signature)]
        concrete = tf.function(function, autograph=True).get_concrete_function(*named)
        flat = tf.nest.flatten(concrete.structured_outputs)
        calls = []
        for values in inputs:
            results = tf.nest.flatten(concrete(*[tf.constant(v) for v in values]))
            calls.append({"inputs": [tensor(v) for v in values],
                          "outputs": [tensor(r.numpy()) for r in results]})
        graph = concrete.graph.as_graph_def()
        for node in graph.node:
            node.ClearField("experimental_debug_info")
        with open(os.path.join(HERE, function.__name__ + ".pb"), "wb") as file:
            file.write(graph.SerializeToString(deterministic=True))
        cases.append({"name": function.__name__, "calls": calls,
                      "feeds": [t.name for t in concrete.inputs],
                      "fetches": [t.name for t in flat]})
        print(function.__name__, len(graph.SerializeToString()))
    with open(os.path.join(HERE, "cases.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


main()

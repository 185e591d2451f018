"""Cases about state and loops: variables that are changed in part, tensors that grow from nothing."""
import tensorflow as tf
from golden_case import GoldenCase, uniform

MAKERS = {}


def maker(function):
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def rows(count):
    return uniform([count, 3], count)


@maker
def state_scatter(out, name):
    """Every op that changes some rows, slices or elements of a variable."""
    case = GoldenCase(out, name, "A variable whose rows, slices and elements are changed by every scatter op.", stateful=True)
    module = tf.Module()
    module.table = tf.Variable(tf.ones([4, 3]))

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x")])
    def change(x):
        table, first = module.table, x[:1]
        table.scatter_nd_add([[1], [2]], x[:2])
        table.scatter_update(tf.IndexedSlices(first, [0]))
        table.scatter_mul(tf.IndexedSlices(tf.concat([first, first], 0), [1, 1]))
        table.scatter_max(tf.IndexedSlices(first, [3]))
        table.scatter_div(tf.IndexedSlices(first, [2]))
        table.scatter_nd_sub([[3]], first)
        table.scatter_nd_update([[0, 1]], x[0, :1])
        table.scatter_sub(tf.IndexedSlices(first, [2]))
        table.scatter_min(tf.IndexedSlices(x[1:2], [2]))
        return {"table": table.read_value()}

    module.change = change
    tf.saved_model.save(module, case.model, signatures={"change": change})
    for count in (2, 5, 4):
        case.call("change", x=rows(count))
    case.write()


@maker
def loop_growing(out, name):
    """Loops whose tensors and lists begin without elements."""
    case = GoldenCase(out, name, "Loops that append to a tensor, to a list and to an array, each empty at first; and their gradient.")
    module = tf.Module()

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x")])
    def grow(x):
        tensor, i = tf.zeros([0, 2]), tf.constant(0)
        _, tensor = tf.while_loop(
            lambda i, t: i < 3, lambda i, t: (i + 1, tf.concat([t, tf.fill([1, 2], tf.cast(i, tf.float32))], 0)),
            [i, tensor], shape_invariants=[i.shape, tf.TensorShape([None, 2])])
        stack = tf.raw_ops.EmptyTensorList(element_shape=[3], max_num_elements=-1, element_dtype=tf.float32)
        _, stack = tf.while_loop(
            lambda i, s: i < 4,
            lambda i, s: (i + 1, tf.raw_ops.TensorListPushBack(input_handle=s, tensor=x[0] + tf.cast(i, tf.float32))), [i, stack])
        array = tf.TensorArray(tf.float32, 0, dynamic_size=True)
        for row in x:
            array = array.write(array.size(), row + 1)
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.reduce_sum(tf.scan(lambda a, r: tf.tanh(a + r), x) ** 2)
        return {"tensor": tensor, "array": array.stack(), "gradient": tape.gradient(loss, x),
                "list": tf.raw_ops.TensorListStack(input_handle=stack, element_shape=[3], element_dtype=tf.float32)}

    module.grow = grow
    tf.saved_model.save(module, case.model, signatures={"grow": grow})
    for count in (2, 5):
        case.call("grow", x=rows(count))
    case.write()

"""Cases about state and loops: variables that are changed in part, queues, tensors that grow from nothing."""
import numpy as np
import tensorflow as tf
from golden_case import GoldenCase, uniform
from source_case import SERVING, SourceCase, build, predict, variable

tf1 = tf.compat.v1

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
        tf.raw_ops.ResourceScatterAdd(resource=table.handle, indices=[0, 3], updates=0.5)  # one number for all rows
        return {"table": table.read_value()}

    module.change = change
    tf.saved_model.save(module, case.model, signatures={"change": change})
    for count in (2, 5, 4):
        case.call("change", x=rows(count))
    case.write()


@maker
def state_scatter_numbers(out, name):
    """A single number as the update of as many rows as there are indices."""
    case = GoldenCase(out, name, "A variable some of whose rows take one number each way that there is.", stateful=True)
    module = tf.Module()
    module.table = tf.Variable(tf.ones([5, 2]))

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int64, name="rows"), tf.TensorSpec([], tf.float32, name="x")])
    def change(rows, x):
        where = {"resource": module.table.handle, "indices": rows}
        for op in ("Add", "Mul", "Sub", "Div", "Max", "Min"):
            getattr(tf.raw_ops, f"ResourceScatter{op}")(updates=x + len(op), **where)
            x = -x
        tf.raw_ops.ResourceScatterUpdate(resource=module.table.handle, indices=rows[0], updates=x)
        return {"table": module.table.read_value()}

    module.change = change
    tf.saved_model.save(module, case.model, signatures={"change": change})
    for taken in ([1, 3], [0], [2, 4, 3]):
        case.call("change", rows=taken, x=0.5 * len(taken))
    case.write()


@maker
def state_read_before(out, name):
    """What variables held before an assignment, used behind it: alone, in another shape, exchanged, by a product."""
    case = GoldenCase(out, name, "Values of variables that are read, then assigned, then used, one by one and several at once.", stateful=True)
    module = tf.Module()
    module.v = v = tf.Variable([[1.0, 2.0], [3.0, -1.0]])
    module.w = w = tf.Variable([[3.0, 2.0], [-1.0, 0.5]])
    spec = tf.TensorSpec([2, 2], tf.float32, name="x")

    def late(x):
        total = tf.reduce_sum(v)
        v.assign_add(0.25 * (x + v) * tf.sigmoid(v))
        return {"total": total}

    def reshaped(x):
        before = tf.reshape(v.read_value(), [4, 1])
        v.assign(tf.sigmoid(x))
        return {"before": tf.square(before) + 1.0}

    def early(x):
        new = tf.tanh(x)
        v.assign_sub(x)
        between = v + 1.0
        v.assign(new)
        return {"between": between, "after": v.read_value()}

    def product(x):
        v.assign(tf.matmul(v, tf.transpose(x)))
        return {"after": v * 1.0}

    def exchanged(x):
        before = v.read_value()
        v.assign(w + x)
        w.assign(before)
        return {"v": tf.square(v), "w": tf.abs(w)}

    def chosen(x):
        before = v.read_value()
        if tf.reduce_sum(x) > 0.0:
            v.assign(x * 0.5)
        return {"before": tf.tanh(before), "after": v + w}

    signatures = {f.__name__: tf.function(f, input_signature=[spec]) for f in (late, reshaped, early, product, exchanged, chosen)}
    module.functions = list(signatures.values())
    tf.saved_model.save(module, case.model, signatures=signatures)
    for turn in range(2):
        for key in signatures:
            case.call(key, x=uniform([2, 2], turn) - 0.3 * turn)
    case.write()


@maker
def loop_nothing(out, name):
    """Loops over sequences without elements, which write as many rows."""
    case = GoldenCase(out, name, "Maps, scans and loops over a tensor array, on nothing and on something.")
    module = tf.Module()

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32, name="x"), tf.TensorSpec([None], tf.int32, name="n")])
    def loops(x, n):
        mapped = tf.map_fn(lambda row: tf.sin(row), x)
        sums, turns = tf.scan(lambda before, row: (before[0] + row, before[1] + 1), x, initializer=(tf.zeros([2]), 0))
        some = tf.TensorArray(tf.int32, tf.shape(n)[0], element_shape=[])
        for i in tf.range(tf.shape(n)[0]):
            if n[i] > 1:
                some = some.write(i, n[i] * i)
        signs = tf.scan(lambda before, row: tf.math.logical_xor(before, row[0] > 0.0), x, initializer=tf.constant(True))
        return {"signs": signs, "mapped": mapped, "sums": sums, "turns": turns, "some": some.stack(), "folded": tf.foldr(lambda a, b: a * b, n)}

    module.loops = loops
    tf.saved_model.save(module, case.model, signatures={"loops": loops})
    case.call("loops", x=rows(0)[:, :2], n=[3, 0])
    case.call("loops", x=rows(4)[:, :2], n=[1])
    case.call("loops", x=rows(1)[:, :2], n=[0, 2, 5])
    case.call("loops", x=rows(0)[:, :2], n=[7])
    case.write()


@maker
def state_growing(out, name):
    """A variable that begins without rows; a signature takes one, which there is only later."""
    case = GoldenCase(out, name, "A variable that grows and shrinks; one signature can't run on its first value.", stateful=True)
    module = tf.Module()
    module.rows = tf.Variable(tf.zeros([0, 3]), shape=[None, 3])

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x")])
    def push(x):
        module.rows.assign(tf.concat([module.rows, x], 0))
        return {"count": tf.shape(module.rows.read_value())[0]}

    @tf.function(input_signature=[])
    def pop():
        first = module.rows[0]
        module.rows.assign(module.rows[1:])
        return {"first": first, "sum": tf.reduce_sum(module.rows, 0)}

    module.push, module.pop = push, pop
    tf.saved_model.save(module, case.model, signatures={"push": push, "pop": pop})
    for count in (2, 5):
        case.call("push", x=rows(count))
        case.call("pop")
    case.call("pop")
    case.write()


@maker
def state_ring(out, name):
    """One row assigned, at a place that a variable holds; the masks of the slice are left at their defaults."""
    case = GoldenCase(out, name, "A ring of rows, of which each call assigns the next.", stateful=True)
    module = tf.Module()
    module.ring, module.next = tf.Variable(tf.zeros([3, 3])), tf.Variable(0)

    @tf.function(input_signature=[tf.TensorSpec([3], tf.float32, name="row")])
    def push(row):
        module.ring[module.next % 3].assign(row)
        module.next.assign_add(1)
        return {"rows": tf.roll(module.ring.read_value(), -module.next, 0)}

    module.push = push
    tf.saved_model.save(module, case.model, signatures={"push": push})
    for count in range(1, 5):
        case.call("push", row=rows(count)[0])
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


@maker
def loop_exchange(out, name):
    """Branches that give a tensor twice, loops whose variables change places."""
    case = GoldenCase(out, name, "Branches that give one tensor twice, loops whose variables change places or become equal.")
    module = tf.Module()
    scalar, row = tf.TensorSpec([], tf.bool), tf.TensorSpec([None, 3], tf.float32)

    @tf.function(input_signature=[scalar, scalar, row])
    def branch(first, second, x):
        inner = tf.cond(second, lambda: (tf.tanh(x), x, tf.tanh(x)), lambda: (x, x + 1, x))
        outer = tf.cond(first, lambda: (x, x, tf.sin(x)), lambda: (tf.cos(x), tf.exp(x), tf.exp(x)))
        return {f"y{i}": y for i, y in enumerate(inner + outer)}

    @tf.function(input_signature=[tf.TensorSpec([], tf.int32), row])
    def loop(n, x):
        swapped = tf.while_loop(lambda i, a, b: i < n, lambda i, a, b: (i + 1, b, a), [0, x, x * 2])
        turned = tf.while_loop(lambda i, a, b, c: i < n, lambda i, a, b, c: (i + 1, c, a, b), [0, x, x + 1, x + 2])
        equal = tf.while_loop(lambda i, a, b: i < n, lambda i, a, b: (i + 1, a + b, a + b), [0, x, -x + 1])
        return {f"y{i}": y for i, y in enumerate(swapped[1:] + turned[1:] + equal[1:])}

    module.branch, module.loop = branch, loop
    tf.saved_model.save(module, case.model, signatures={"branch": branch, "loop": loop})
    for first in (True, False):
        case.call("branch", first=np.bool_(first), second=np.bool_(not first), x=rows(2))
        case.call("branch", first=np.bool_(first), second=np.bool_(first), x=rows(1))
    for n in (0, 1, 4):
        case.call("loop", n=np.int32(n), x=rows(2))
    case.write()


@maker
def state_condition(out, name):
    """A loop whose condition counts how often it is asked."""
    case = GoldenCase(out, name, "Loops, one in the other, whose conditions assign variables and whose bodies read them.", stateful=True)
    module = tf.Module()
    module.asked, module.total = tf.Variable(0), tf.Variable([1.0, -1.0])

    def inner(x):
        def again(i):
            module.asked.assign_add(1)
            return i < module.asked % 4
        return tf.while_loop(again, lambda i: i + 1, [0])[0]

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32, name="x"), tf.TensorSpec([], tf.int32, name="limit")])
    def run(x, limit):
        def again(i, s):
            module.asked.assign_add(inner(x) + 1)
            return tf.logical_and(i < tf.shape(x)[0], module.asked < limit)

        def turn(i, s):
            module.total.assign(module.total * 0.5 + x[i])
            return i + 1, s + tf.cast(module.asked, tf.float32) * module.total
        i, s = tf.while_loop(again, turn, [0, tf.zeros([2])])
        return {"i": i, "s": s, "asked": module.asked.read_value(), "total": module.total.read_value()}

    module.run = run
    tf.saved_model.save(module, case.model, signatures={"run": run})
    for count, limit in ((3, 100), (5, 40), (2, 0), (4, 60)):
        case.call("run", x=rows(count)[:, :2], limit=limit)
    case.write()


@maker
def state_ruled_out(out, name):
    """Branches that the values at the start rule out, each of which assigns what the next one asks for."""
    case = GoldenCase(out, name, "Variables assigned only in branches that other assignments open.", stateful=True)
    module = tf.Module()
    module.first, module.second, module.third = tf.Variable(1.0), tf.Variable([1.0, 2.0]), tf.Variable(7.0)

    @tf.function(input_signature=[tf.TensorSpec([], tf.float32, name="x")])
    def chain(x):
        if module.first > 3.0:
            module.second.assign(module.second + x)
        if module.second[0] > 4.0:
            module.third.assign_add(1.0)
        return {"second": module.second.read_value(), "third": module.third.read_value()}

    @tf.function(input_signature=[tf.TensorSpec([], tf.float32, name="x")])
    def add(x):
        return {"first": module.first.assign_add(x)}

    module.chain, module.add = chain, add
    tf.saved_model.save(module, case.model, signatures={"chain": chain, "add": add})
    for key, x in (("chain", 3), ("add", 3), ("chain", 2), ("chain", 2), ("add", -3), ("chain", 1)):
        case.call(key, x=x)
    case.write()


@maker
def state_queues(out, name):
    """Queues that signatures of one session fill and empty."""
    case = GoldenCase(out, name, "Queues of rows and of padded rows, which signatures share.", stateful=True)
    r, types = tf.raw_ops, [tf.float32, tf.int32]
    spec, ids = tf.TensorSpec([None, 2], tf.float32, name="x"), tf.TensorSpec([None], tf.int32, name="n")
    count = tf.TensorSpec([], tf.int32, name="count")

    def rows():
        return r.FIFOQueueV2(component_types=types, shapes=[[2], []], capacity=7, shared_name="rows")

    def padded():
        return r.PaddingFIFOQueueV2(component_types=[tf.string, tf.int64], shapes=[[None, 2], []], shared_name="padded")

    def taken(queue, values):
        return {"x": values[0], "n": values[1], "left": r.QueueSizeV2(handle=queue)}

    @tf.function(input_signature=[spec, ids])
    def fill(x, n):
        queue = rows()
        r.QueueEnqueueManyV2(handle=queue, components=[x, n])
        r.QueueEnqueueV2(handle=queue, components=[x[0] + 1, n[0] - 1])
        return {"size": r.QueueSizeV2(handle=queue)}

    @tf.function(input_signature=[])
    def take():
        queue = rows()
        return taken(queue, r.QueueDequeueV2(handle=queue, component_types=types))

    @tf.function(input_signature=[count])
    def take_many(count):
        queue = rows()
        return taken(queue, r.QueueDequeueManyV2(handle=queue, n=count, component_types=types))

    @tf.function(input_signature=[])
    def close():
        queue = rows()
        r.QueueCloseV2(handle=queue)
        values = r.QueueDequeueUpToV2(handle=queue, n=5, component_types=types)
        return {**taken(queue, values), "closed": r.QueueIsClosedV2(handle=queue), "other": r.QueueIsClosedV2(handle=padded())}

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.string, name="words"), count])
    def pad(words, count):
        queue = padded()
        for i in range(count):
            r.QueueEnqueueV2(handle=queue, components=[words[i:], tf.cast(i, tf.int64)])
        words, places = r.QueueDequeueManyV2(handle=queue, n=count, component_types=[tf.string, tf.int64])
        return {"padded": words, "places": places}

    module, functions = tf.Module(), {f.python_function.__name__: f for f in (fill, take, take_many, close, pad)}
    module.functions = list(functions.values())
    tf.saved_model.save(module, case.model, signatures=functions)
    for size in (3, 2):
        case.call("fill", x=uniform([size, 2], "x", size), n=np.arange(size))
        case.call("take")
        case.call("take_many", count=size - 1)
    case.call("fill", x=uniform([1, 2], "x"), n=[8])
    case.call("close")
    case.call("pad", words=[[b"a", b"b"], [b"c", b""], [b"d", b"e"]], count=3)
    case.call("pad", words=[[b"f", b"g"]], count=1)
    case.write()


@maker
def state_shuffled_queue(out, name):
    """Queues that give their entries by draws and by priorities."""
    case = GoldenCase(out, name, "A shuffled queue, seeded, and one by priority, which signatures share.", stateful=True)
    r, types = tf.raw_ops, [tf.float32, tf.string]
    spec, count = tf.TensorSpec([None, 2], tf.float32, name="x"), tf.TensorSpec([], tf.int32, name="count")

    def shuffled():
        return r.RandomShuffleQueueV2(component_types=types, shapes=[[2], []], min_after_dequeue=2, seed=7, seed2=-3, shared_name="shuffled")

    def sorted_by():
        return r.PriorityQueueV2(component_types=[tf.string], shapes=[[]], shared_name="sorted")

    @tf.function(input_signature=[spec])
    def fill(x):
        queue = shuffled()
        r.QueueEnqueueManyV2(handle=queue, components=[x, tf.strings.as_string(x[:, 0], precision=2)])
        return {"size": r.QueueSizeV2(handle=queue)}

    @tf.function(input_signature=[count])
    def take(count):
        queue = shuffled()
        one, word = r.QueueDequeueV2(handle=queue, component_types=types)
        many, words = r.QueueDequeueManyV2(handle=queue, n=count, component_types=types)
        return {"x": tf.concat([[one], many], 0), "words": tf.concat([[word], words], 0), "left": r.QueueSizeV2(handle=queue)}

    @tf.function(input_signature=[count])
    def close(count):
        queue = shuffled()
        r.QueueCloseV2(handle=queue)
        x, words = r.QueueDequeueUpToV2(handle=queue, n=count, component_types=types)
        return {"x": x, "words": words}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int64, name="places"), tf.TensorSpec([None], tf.string, name="words")])
    def sort(places, words):
        queue = sorted_by()
        r.QueueEnqueueManyV2(handle=queue, components=[places, words])
        places, words = r.QueueDequeueManyV2(handle=queue, n=2, component_types=[tf.int64, tf.string])
        return {"first": places, "names": words, "left": r.QueueSizeV2(handle=queue)}

    module, functions = tf.Module(), {f.python_function.__name__: f for f in (fill, take, close, sort)}
    module.functions = list(functions.values())
    tf.saved_model.save(module, case.model, signatures=functions)
    for size, taken in ((7, 3), (5, 4), (9, 6)):
        case.call("fill", x=uniform([size, 2], "x", size))
        case.call("take", count=taken)
    case.call("close", count=4)
    case.call("sort", places=[3, 1, 2, 1], words=[b"c", b"a", b"b", b"again"])
    case.call("sort", places=[0], words=[b"zero"])
    case.write()


@maker
def source_queue(out, name):
    """A queue of TensorFlow 1 that the initialization fills."""
    case = SourceCase(out, name, "A queue that the init op fills and signatures take from and give back to.", stateful=True)

    def make(session):
        x = tf1.placeholder(tf.float32, [2], name="x")
        queue = tf1.FIFOQueue(9, tf.float32, [[2]], name="tickets")
        first = tf.constant([[1, 2], [3, 4], [5, 6]], tf.float32)
        taken = queue.dequeue()
        with tf.control_dependencies([queue.enqueue(x * taken)]):
            size = queue.size()
        return ({SERVING: predict({"x": x}, {"taken": taken, "size": size}), "size": predict({"x": x}, {"size": queue.size(), "x": x + 0})},
                {"main_op": queue.enqueue_many(first)})
    build(case, make)
    for i in range(5):
        case.call(SERVING, x=[i, 0.5])
    case.call("size", x=[0, 0])
    case.session()


@maker
def source_references(out, name):
    """Variables of TensorFlow 1 that are references: assigned, counted, changed by rows, made for a while."""
    case = SourceCase(out, name, "Reference variables that signatures assign, add to, scatter into and count up.", stateful=True)

    def make(session):
        x = tf1.placeholder(tf.float32, [None, 2], name="x")
        sums = variable("sums", np.float32([1, -1]), use_resource=False)
        table = variable("table", np.arange(8, dtype=np.float32).reshape(4, 2), use_resource=False)
        steps = variable("steps", np.int32(0), use_resource=False)
        last = tf1.get_variable("last", shape=[], initializer=tf1.zeros_initializer(), use_resource=False)
        total = tf1.assign_add(sums, tf.reduce_sum(x, 0))
        with tf.control_dependencies([total]):
            less = tf1.assign_sub(sums, [0.5, 0.25])
        with tf.control_dependencies([less]):
            now = tf1.assign(last, sums[0] * 2)
            changed = tf1.scatter_add(table, [1, 3], x[:2])
        with tf.control_dependencies([changed]):
            changed = tf1.scatter_update(table, [0], x[:1])
        with tf.control_dependencies([changed]):
            changed = tf1.scatter_nd_sub(table, [[2, 1]], x[0, :1])
        counted = tf1.count_up_to(steps, 2)
        temporary = tf.raw_ops.TemporaryVariable(shape=[2], dtype=tf.float32, var_name="scratch")
        temporary = tf1.assign(temporary, x[0])
        temporary = tf1.assign_add(temporary, x[1])
        done = tf.raw_ops.DestroyTemporaryVariable(ref=temporary, var_name="scratch")
        session.run(tf1.global_variables_initializer())
        return {"change": predict({"x": x}, {"less": less, "now": now, "table": changed, "counted": counted, "temporary": done}),
                "read": predict({"x": x}, {"sums": sums + x[0], "table": tf.identity(table), "last": last + 0, "steps": steps + 0})}, {}
    build(case, make)
    for size in (2, 3):
        case.call("read", x=uniform([1, 2], "r", size))
        case.call("change", x=uniform([size, 2], "x", size))
    case.call("read", x=uniform([1, 2], "r"))
    case.session()


@maker
def source_reference_reads(out, name):
    """A read of a reference copies nothing: what uses it sees all assignments that it is ordered behind."""
    case = SourceCase(out, name, "Reference variables, read through one Identity each by operators before and behind assignments, in branches and loops.", stateful=True)
    after = tf.control_dependencies

    def around(v, n):
        before = v + 0.25
        with after([before]):
            change = tf1.assign_add(v, [n, n])
        with after([change]):
            return {"before": before, "behind": v * 2.0}

    def turned(v, n):
        """What is read last comes out first."""
        before = v + 0.25
        with after([before]):
            change = tf1.assign_add(v, [n, n])
        with after([change]):
            return {"after": tf.cond(n > 0, lambda: v * 2.0, lambda: v * 3.0), "before": before}

    def kept(v, n):
        old = tf.identity(v)
        with after([old]):
            change = tf1.assign(v, [n, 3.0])
        with after([change]):
            return {"old": old + 0.0}

    def both(v, n):
        return {"sum": tf1.assign(v, v + [n, n]) + v}

    def branch(v, n):
        with after([tf1.assign_add(v, [n, n])]):
            return {"chosen": tf.cond(n > 0, lambda: v + 1.0, lambda: v - 1.0)}

    def loop(v, n):
        with after([tf1.assign_sub(v, [n, n])]):
            return {"total": tf1.while_loop(lambda i, t: i < 2, lambda i, t: (i + 1, t + v), [0, tf.zeros(2)])[1]}

    def inside(v, n):
        def turn(i, t):
            with after([tf1.assign_add(v, [t[0], n])]):
                return i + 1, t + v
        return {"total": tf1.while_loop(lambda i, t: i < 3, turn, [0, tf.stack([n, n])], parallel_iterations=1)[1]}

    def beside(v, n):
        """The assignment has nothing to do with the loop but for what waits for both."""
        with after([tf1.scatter_sub(v, [1], [n])]):
            half = tf.constant(0.5)
        chosen = tf.cond(n > 0, lambda: half + n, lambda: half - n)
        with after([tf1.assign_add(v, [half, half]), chosen]):
            return {"value": tf.identity(v)}

    programs = [around, turned, kept, both, branch, loop, beside]

    def make(session):
        signatures = {}
        n = tf1.placeholder(tf.float32, [], name="n")
        for old in (False, True):
            tf1.disable_control_flow_v2() if old else tf1.enable_control_flow_v2()
            for program in programs + [inside] * old:
                key = program.__name__ + ("_old" if old else "")
                v = variable("of_" + key, np.float32([1, 2]), use_resource=False)
                signatures[key] = predict({"n": n}, program(v, n))
        v = variable("of_resource", np.float32([1, 2]), use_resource=True)
        signatures["turned_resource"] = predict({"n": n}, turned(v, n))
        session.run(tf1.global_variables_initializer())
        return signatures, {}
    build(case, make)
    for n in (1, -2):
        case.call("turned_resource", n=n)
        for program in programs:
            case.call(program.__name__, n=n)
            case.call(program.__name__ + "_old", n=n)
        case.call("inside_old", n=n)
    case.session()


@maker
def state_strings(out, name):
    """Variables of strings, one of them set by the init op, one in a branch, one with rows that a scatter changes."""
    case = GoldenCase(out, name, "Variables of strings: kept, joined, changed in a branch, in a loop and by scatters, and growing.", stateful=True)
    module = tf.Module()
    module.last = tf.Variable("nothing yet")
    module.rows = tf.Variable([["a", "b"], ["c", "d"], ["\u00e9", ""]])
    module.all = tf.Variable(["first"], shape=[None])
    module.count = tf.Variable(0)

    @tf.function(input_signature=[tf.TensorSpec([1], tf.string, name="text")])
    def keep(text):
        before = module.last.read_value()
        module.count.assign_add(1)
        if tf.strings.length(text)[0] > 3:
            module.last.assign(tf.strings.join([before, text[0]], "|"))
        for _ in tf.range(module.count):
            module.all.assign(tf.concat([module.all, text], 0))
        return {"before": before, "after": module.last.read_value(), "all": module.all.read_value()}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32, name="rows"), tf.TensorSpec([None, 2], tf.string, name="text")])
    def change(rows, text):
        tf.raw_ops.ResourceScatterUpdate(resource=module.rows.handle, indices=rows, updates=text)
        module.rows.scatter_nd_update([[0, 1]], text[0, :1])
        module.rows[2:, :1].assign([["slice"]])
        return {"rows": module.rows.read_value(), "first": tf.gather(module.rows, [0]), "last": module.last.read_value()}

    module.keep, module.change = keep, change
    tf.saved_model.save(module, case.model, signatures={"keep": keep, "change": change})
    for given in ("ab", "more text"):
        case.call("keep", text=[given.encode()])
    case.call("change", rows=[1, 2], text=[[b"x", b"y"], [b"", b"z"]])
    case.call("keep", text=["\u00fcber".encode()])
    case.call("change", rows=[0], text=[[b"u", b"v"]])
    case.write()


@maker
def state_random(out, name):
    """Random numbers with seeds, which go on from call to call; two ops of the same seed draw the same."""
    case = GoldenCase(out, name, "Random numbers with seeds over several calls, on known and free sizes and in a loop.", stateful=True)
    module = tf.Module()

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x")])
    def draw(x):
        shape = tf.shape(x)
        total = tf.zeros_like(x)
        for _ in tf.range(3):
            total += tf.random.uniform(shape, seed=11)
        return {
            "uniform": tf.random.uniform([5], seed=7),
            "again": tf.random.uniform([5], seed=7),
            "normal": tf.random.normal(shape, seed=8),
            "dropped": tf.nn.dropout(x, 0.4, seed=9),
            "classes": tf.random.categorical(x, 3, seed=10),
            "integers": tf.random.uniform([4], 0, 100, tf.int32, seed=12),
            "total": total,
            "truncated": tf.random.truncated_normal([3], seed=13),
            "gamma": tf.random.gamma([2], [0.5, 3.0], seed=14),
            "poisson": tf.random.poisson([2], [0.7, 12.0], seed=15),
            "shuffled": tf.random.shuffle(tf.range(7), seed=16),
            "candidates": tf.random.log_uniform_candidate_sampler([[2]], 1, 4, False, 50, seed=17)[0],
            "others": tf.random.uniform_candidate_sampler([[2]], 1, 4, True, 9, seed=18)[0],
            "box": tf.image.sample_distorted_bounding_box([20, 30, 3], [[[0.1, 0.2, 0.7, 0.8]]], seed=19)[0],
        }

    @tf.function(input_signature=[tf.TensorSpec([2], tf.float32, name="x")])
    def other(x):
        return {"uniform": x + tf.random.uniform([2], seed=7)}

    module.draw, module.other = draw, other
    tf.saved_model.save(module, case.model, signatures={"draw": draw, "other": other})
    for count in (2, 1, 4):
        case.call("draw", x=rows(count))
        case.call("other", x=[0.0, 1.0])
    case.write()


@maker
def state_shared_names(out, name):
    """Variables whose handles are made within functions: those of one shared name are one, whatever their nodes are called."""
    case = GoldenCase(out, name, "Variables that functions find by their shared names, beside nodes of equal names.", stateful=True)
    module = tf.Module()

    def handle(shared_name):
        return tf.raw_ops.VarHandleOp(dtype=tf.float32, shape=[2], shared_name=shared_name, name="handle")

    def assigned(shared_name, x):
        resource = handle(shared_name)
        tf.raw_ops.AssignVariableOp(resource=resource, value=x)
        return tf.raw_ops.ReadVariableOp(resource=resource, dtype=tf.float32)

    @tf.function(input_signature=[tf.TensorSpec([2], tf.float32, name="x")])
    def first(x):
        return {"first": assigned("first", x)}

    @tf.function(input_signature=[tf.TensorSpec([2], tf.float32, name="x")])
    def both(x):
        second = assigned("second", x)
        return {"second": second, "first": tf.raw_ops.ReadVariableOp(resource=handle("first"), dtype=tf.float32)}

    module.first, module.both = first, both
    tf.saved_model.save(module, case.model, signatures={"first": first, "both": both})
    case.call("first", x=[1.0, 2.0])
    case.call("both", x=[3.0, 4.0])
    case.call("first", x=[5.0, 6.0])
    case.call("both", x=[7.0, 8.0])
    case.write()

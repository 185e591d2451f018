"""Cases of signatures that make data sets and go through them."""
import numpy as np
import tensorflow as tf

from golden_case import GoldenCase, generator, uniform

MAKERS = {}


def maker(function):
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def decayed(data, start=0.0):
    return data.reduce(start, lambda sum_, x: sum_ * 0.5 + tf.reduce_sum(x))


@maker
def source_data_sets(out, name):
    """`for x in dataset` and what data sets are made of, each in a signature."""
    case = GoldenCase(out, name, "Data sets that signatures make and go through: for, reduce, one element.")
    slices = tf.data.Dataset.from_tensor_slices
    ops = {}

    def op(function):
        ops[function.__name__] = function

    @op
    def each_row(x, n):
        total = tf.zeros([3])
        for row in slices(x):
            total = total * 0.5 + row * row
        return {"total": total}

    @op
    def until(x, n):
        total, count = tf.zeros([3]), 0
        for i, batch in slices(x).map(lambda row: row * 2.0).batch(2).enumerate():
            if tf.reduce_sum(batch) > 30.0:
                break
            if i == 1:
                continue
            total += tf.reduce_sum(batch, 0)
            count += tf.shape(batch)[0]
        return {"total": total, "count": count}

    @op
    def batches(x, n):
        some, whole = slices(x).batch(2), slices({"x": x, "y": x[:, 0]}).batch(2, drop_remainder=True)
        total = 0.0
        for part in whole:
            total = total * 0.5 + tf.reduce_sum(part["x"]) * part["y"][1]
        return {"some": decayed(some), "whole": total, "counted": decayed(some.map(lambda b: tf.cast(tf.shape(b)[0], tf.float32)))}

    @op
    def batches_of_some(x, n):
        positive = slices(x).filter(lambda row: row[0] > 0.0)
        largest = positive.batch(2).reduce(tf.zeros([3]), lambda a, b: a * 0.5 + tf.reduce_max(b, 0))
        return {"largest": largest, "whole": decayed(positive.batch(2, drop_remainder=True)),
                "twice": decayed(positive.batch(2).repeat(2)), "first": decayed(positive.batch(2).take(1))}

    @op
    def some(x, n):
        return {"y": slices(x).filter(lambda row: row[0] > 0.0).take(2).repeat(2).reduce(tf.zeros([3]), lambda a, b: a * 0.5 + b),
                "behind": decayed(slices(x).skip(tf.cast(n, tf.int64))), "first": decayed(slices(x).take(tf.cast(n, tf.int64))),
                "endless": decayed(slices(x).repeat().take(5)), "while": decayed(slices(x).take_while(lambda row: row[1] < 2.0)),
                "none": decayed(slices(x).repeat(0), 7.0)}

    @op
    def flat(x, n):
        pairs = slices(x).flat_map(lambda row: slices(row).map(lambda e: e + row[0]))
        return {"y": decayed(pairs), "taken": decayed(pairs.skip(1).take(4)), "batched": decayed(pairs.batch(2).take(2)),
                "counted": decayed(tf.data.Dataset.range(tf.cast(n, tf.int64)).flat_map(lambda i: tf.data.Dataset.range(i)).map(lambda i: tf.cast(i, tf.float32)))}

    @op
    def joined(x, n):
        both = slices(x).concatenate(slices(x + 1.0).filter(lambda row: row[0] > 0.0))
        side = tf.data.Dataset.zip((slices(x), tf.data.Dataset.range(3, -9, -2), slices(x).filter(lambda row: row[1] > 0.0)))
        return {"both": decayed(both), "side": side.reduce(0.0, lambda a, e: a * 0.5 + tf.reduce_sum(e[0] * e[2]) * tf.cast(e[1], tf.float32)),
                "once": decayed(tf.data.Dataset.from_tensors(x).repeat(2)),
                "uneven": decayed(tf.data.Dataset.zip((slices(x).map(lambda r: r * 3.0).batch(2), slices(x[:2]))).map(lambda b, r: tf.reduce_sum(b) * r[0]))}

    @op
    def scanned(x, n):
        sums = slices(x).scan(tf.zeros([3]), lambda state, row: (state + row, state * row))
        return {"y": decayed(sums), "prefetched": decayed(sums.prefetch(2))}

    @op
    def one(x, n):
        mapped = slices(x).map(lambda row: row * 3.0)
        return {"rows": slices(x).batch(64).get_single_element(), "mapped": mapped.batch(64).get_single_element(),
                "row": slices(x).take(1).get_single_element(), "filtered": slices(x).filter(lambda row: row[0] == x[0, 0]).take(1).get_single_element()}

    @op
    def in_a_branch(x, n):
        total = 0.0
        if n > 2:
            for row in slices(x):
                total += row[0]
        else:
            for i in tf.range(n):
                for row in slices(x).take(tf.cast(i, tf.int64)):
                    total += row[1]
        return {"total": total}

    @op
    def words(x, n):
        text = ""
        for word in slices(tf.strings.as_string(x[:, 0], precision=1)).map(tf.strings.upper).batch(2):
            text += tf.strings.reduce_join(word, separator="-") + ";"
        return {"text": text}

    module = tf.Module()
    for key, function in ops.items():
        setattr(module, key, tf.function(function, input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x"), tf.TensorSpec([], tf.int32, name="n")]))
    tf.saved_model.save(module, case.model, signatures={key: getattr(module, key) for key in ops})
    for key in ops:
        for size in (1, 3, 4) if key != "batches_of_some" else (3, 4, 6):
            case.call(key, x=uniform([size, 3], "x", size), n=size - 1)
    case.write()


@maker
def training_data_set(out, name):
    """An epoch of training, in batches, as one call."""
    case = GoldenCase(out, name, "A signature that trains on batches of what it is given, an epoch a call.", stateful=True)
    module = tf.Module()
    module.w = tf.Variable(generator("w").uniform(-1, 1, [3, 2]).astype(np.float32))
    module.steps = tf.Variable(0, dtype=tf.int64)

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="x"), tf.TensorSpec([None], tf.int32, name="label")])
    def train(x, label):
        worst = tf.constant(0.0)
        for rows, labels in tf.data.Dataset.from_tensor_slices((x, label)).batch(4).repeat(2):
            with tf.GradientTape() as tape:
                losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, rows @ module.w)
                loss = tf.reduce_mean(losses)
            module.w.assign_sub(0.1 * tape.gradient(loss, module.w))
            module.steps.assign_add(1)
            worst = tf.maximum(worst, loss)
        return {"loss": worst, "w": module.w.read_value(), "steps": module.steps.read_value()}

    module.train = train
    tf.saved_model.save(module, case.model, signatures={"train": train})
    for size in (4, 6, 9):
        case.call("train", x=uniform([size, 3], "x", size), label=generator("y", size).integers(0, 2, [size]))
    case.write()

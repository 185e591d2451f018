"""Writes source/stablehlo/*.mlirbc, modules of JAX, and models/stablehlo_refused, a model with ops that have no place in a model file.

Run it with TensorFlow 2.21 and jax==0.7.2. File names are recorded without the folders of the machine.
"""

import pathlib

import jax
import jax.numpy as jnp
import tensorflow as tf
from jax import lax
from jax.experimental import jax2tf

from make_models import clean, fresh

jax.config.update("jax_include_full_tracebacks_in_locations", False)
jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")


def converted(function, shapes=None):
    return tf.autograph.experimental.do_not_convert(
        jax2tf.convert(function, polymorphic_shapes=shapes, native_serialization=True, with_gradient=False))


def module(function, *specs, shapes=None):
    """The module in the node that stands for the function."""
    traced = tf.function(converted(function, shapes), autograph=False).get_concrete_function(*specs)
    graphs = [traced.graph] + [f.graph for f in traced.graph._functions.values()]
    (found,) = [op.get_attr("module") for graph in graphs for op in graph.get_operations() if op.type == "XlaCallModule"]
    return found


def looping(x, n):
    return lax.fori_loop(0, n, lambda i, s: jnp.sort(s @ s, axis=1), x), x > jnp.array([True, False, True])


def refused(x, key):
    numbers = lax.rng_bit_generator(key, (3,), jnp.uint32)[1]
    return numbers, jnp.linalg.eigh(x @ x.T)[0], jnp.sort(lax.complex(x, x)).real


if __name__ == "__main__":
    here = pathlib.Path(__file__).parent
    folder = here / "source" / "stablehlo"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "looping.mlirbc").write_bytes(
        module(looping, tf.TensorSpec([3, 3], tf.float32), tf.TensorSpec([], tf.int32)))
    (folder / "batch.mlirbc").write_bytes(
        module(lambda x: jax.nn.softmax(x @ jnp.ones((3, 2))), tf.TensorSpec([None, 3], tf.float32), shapes=["(b, 3)"]))
    pool = lambda x: jnp.sum(lax.reduce_window(x, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"))
    (folder / "pool_gradient.mlirbc").write_bytes(module(jax.grad(pool), tf.TensorSpec([1, 4, 4, 1], tf.float32)))
    model = fresh("stablehlo_refused")
    holder = tf.Module()
    given = [tf.TensorSpec([3, 3], tf.float32, name="x"), tf.TensorSpec([4], tf.uint32, name="key")]
    holder.refused = tf.function(
        lambda x, key: dict(zip("abc", converted(refused)(x, key))), input_signature=given, autograph=False)
    tf.saved_model.save(holder, str(model), signatures={"refused": holder.refused})
    clean(model)

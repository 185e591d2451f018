"""Models of JAX, whose SavedModels hold StableHLO modules. They need jax==0.7.2, too."""
import numpy as np
import tensorflow as tf

from golden_case import GoldenCase, Sweep, generator, uniform

MAKERS = {}


def maker(function):
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def convert(function, shapes=None):
    import jax
    from jax.experimental import jax2tf
    jax.config.update("jax_include_full_tracebacks_in_locations", False)
    jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")
    return tf.autograph.experimental.do_not_convert(
        jax2tf.convert(function, polymorphic_shapes=shapes, native_serialization=True, with_gradient=False))


class JaxSweep(Sweep):
    """Signatures of JAX functions; a free dimension of a tensor is one of the function's, too."""

    def jax(self, key, function, tensors, **more):
        free = any(not d.isdigit() for text in tensors.values() for d in dims(text))
        shapes = ["(" + ", ".join(dims(text)) + ("," if dims(text) else "") + ")" for text in tensors.values()]
        self.op(key, convert(function, shapes if free else None), tensors, **more)


def dims(text):
    return [d.strip() for d in text[text.index("[") + 1:-1].split(",") if d.strip()]


@maker
def stablehlo_elements(out, name):
    import jax
    import jax.numpy as jnp
    from jax import lax
    sweep = JaxSweep(out, name, "JAX's functions of elements.", rtol=2e-5, atol=2e-5)
    x, y, positive = {"x": "float32[2,3]"}, {"x": "float32[2,3]", "y": "float32[3]"}, {"x": "float32[2,3]"}
    numbers = {"x": "int32[2,3]", "y": "int32[2,3]"}
    sweep.jax("arithmetic", lambda a, b: (a + b, a - b, a * b, a / b, jnp.maximum(a, b), jnp.minimum(a, 0.5)), y)
    sweep.jax("functions", lambda a: (jnp.exp(a), jnp.expm1(a), jnp.tanh(a), jax.nn.sigmoid(a), jnp.sin(a), jnp.cos(a), jnp.tan(a / 4),
                                      jnp.abs(a), -a, jnp.sign(a), jnp.floor(a), jnp.ceil(a), jnp.cbrt(a)), x)
    sweep.jax("logarithms", lambda a: (jnp.log(a), jnp.log1p(a), jnp.sqrt(a), lax.rsqrt(a), jnp.power(a, 1.5), a ** 3), positive, low=0.1)
    sweep.jax("rounding", lambda a: (jnp.round(a), lax.round(a), lax.round(a, lax.RoundingMethod.TO_NEAREST_EVEN), jnp.trunc(a)), x,
              calls=({"x": np.array([[0.5, 1.5, -0.5], [-2.5, 2.4, -1.6]], np.float32)},))
    sweep.jax("angles", lambda a, b: (jnp.arctan2(a, b), jnp.arcsin(a / 4), jnp.arctan(a), jnp.sinh(a), jnp.cosh(a), jnp.arcsinh(a)), y)
    sweep.jax("special", lambda a: (jax.scipy.special.erf(a), jax.scipy.special.erfc(a), jax.scipy.special.gammaln(a),
                                    lax.erf_inv(a / 4)), positive, low=0.2)
    sweep.jax("activations", lambda a: (jax.nn.relu(a), jax.nn.relu6(a), jax.nn.gelu(a), jax.nn.gelu(a, approximate=False), jax.nn.silu(a),
                                        jax.nn.softplus(a), jax.nn.elu(a), jax.nn.leaky_relu(a), jax.nn.softmax(a), jax.nn.log_softmax(a),
                                        jax.nn.hard_swish(a)), x)
    sweep.jax("comparisons", lambda a, b: (a < b, a <= b, a > b, a >= b, a == b, a != b, jnp.where(a > b, a, b), jnp.isfinite(a)), y)
    sweep.jax("clip", lambda a: (jnp.clip(a, -1, 1), lax.clamp(-0.5, a, jnp.float32(2))), x)
    sweep.jax("integers", lambda a, b: (a + b, a * b, a - b, lax.div(a, b), lax.rem(a, b), a // b, a % b, jnp.maximum(a, b), jnp.abs(a), jnp.sign(a)),
              numbers, low={"y": 1})
    sweep.jax("bits", lambda a, b: (a & b, a | b, a ^ b, ~a, a << 2, a >> 1, lax.shift_right_logical(a, jnp.int32(3)), lax.population_count(a),
                                    lax.clz(a), lax.shift_left(a, b)), numbers, low={"y": 0})
    sweep.jax("logic", lambda a, b: (a & b, a | b, a ^ b, ~a, jnp.any(a, 1), jnp.all(b, 0)), {"x": "bool[2,3]", "y": "bool[2,3]"})
    sweep.jax("casts", lambda a: (a.astype(jnp.int32), a.astype(jnp.int8), a.astype(jnp.float16), a > 0, (a > 0).astype(jnp.float32),
                                  a.astype(jnp.bfloat16).astype(jnp.float32)), x)
    sweep.jax("bitcast", lambda a: (lax.bitcast_convert_type(a, jnp.int32), lax.reduce_precision(a, 8, 7)), x)
    sweep.jax("halves", lambda a, b: (a * b + 1, jnp.dot(a, b.T), jnp.sum(a, 1)), {"x": "float16[2,3]", "y": "float16[2,3]"})
    sweep.jax("complex", lambda a, b: (jnp.real(lax.complex(a, b) * lax.complex(b, a)), jnp.abs(lax.complex(a, b)),
                                       jnp.imag(jnp.exp(lax.complex(a, b)))), {"x": "float32[2,3]", "y": "float32[2,3]"})
    sweep.write()


@maker
def stablehlo_extremes(out, name):
    """What JAX defines where others fail, orders of all floats, and gradients that find extremes again."""
    import jax
    import jax.numpy as jnp
    from jax import lax
    sweep = JaxSweep(out, name, "Divisions by zero, places among sorted numbers, gradients of pools.", rtol=2e-5, atol=2e-5)
    numbers = {"x": "int32[2,3]", "y": "int32[2,3]"}
    zeros = ({"x": np.array([[7, -7, 0], [5, -9, 3]], np.int32), "y": np.array([[0, 0, 0], [2, 4, -1]], np.int32)},)
    sweep.jax("quotients", lambda a, b: (lax.div(a, b), lax.rem(a, b), jnp.gcd(a, b)), numbers, calls=zeros)
    sweep.jax("places", lambda a, b: (jnp.searchsorted(a, b), jnp.searchsorted(a, b, side="right"), jnp.digitize(b, a)), {"x": "float32[6]", "y": "float32[4]"},
              calls=({"x": np.array([-np.inf, -1, -0.0, 0, 2, np.nan], np.float32), "y": np.array([0, -1.5, 3, np.nan], np.float32)},))

    def pool(reduction, first, window, padding):
        return lambda x: jax.grad(lambda a: jnp.sum(lax.reduce_window(a, first, reduction, window, (1, 2, 2, 1), padding) ** 2))(x)

    image = {"x": "float32[2,5,6,2]"}
    sweep.jax("greatest", pool(lax.max, -jnp.inf, (1, 2, 2, 1), "VALID"), image)
    sweep.jax("greatest_padded", pool(lax.max, -jnp.inf, (1, 3, 3, 1), "SAME"), image)
    sweep.jax("least", pool(lax.min, jnp.inf, (1, 2, 3, 1), "VALID"), image)
    sweep.jax("rolled", lambda x: jnp.roll(x, (1, -2), (1, 2)), image)
    sweep.write()


@maker
def stablehlo_shapes(out, name):
    import jax
    import jax.numpy as jnp
    from jax import lax
    sweep = JaxSweep(out, name, "JAX's ops that move, sum up and multiply elements.", rtol=2e-5, atol=2e-5)
    x, cube = {"x": "float32[3,4]"}, {"x": "float32[2,3,4]"}
    sweep.jax("moved", lambda a: (a.T, a.reshape(2, 6), a[::-1], jnp.flip(a), jnp.roll(a, 1, 1), jnp.tile(a, (2, 1)), jnp.repeat(a, 2, 0),
                                  jnp.stack([a, a + 1], 1), jnp.concatenate([a, a[:1]]), a[1:, ::2], jnp.squeeze(a[:1])), x)
    sweep.jax("padded", lambda a: (jnp.pad(a, ((1, 2), (0, 1))), lax.pad(a, jnp.float32(9), ((1, -1, 2), (-1, 1, 0))),
                                   jnp.pad(a, 1, mode="edge"), jnp.pad(a, 1, mode="reflect")), x)
    sweep.jax("counted", lambda a: (a + jnp.arange(4), a * jnp.eye(3, 4), jnp.tril(a), lax.broadcasted_iota(jnp.int32, (2, 3), 0),
                                    jnp.linspace(0., 1., 5)), x)
    sweep.jax("summed", lambda a: (jnp.sum(a), jnp.mean(a, 1), jnp.max(a, (0, 2)), jnp.min(a, 2), jnp.prod(a, 0), jnp.var(a, 1), jnp.std(a),
                                   jax.nn.logsumexp(a, 2), jnp.linalg.norm(a, axis=1)), cube)
    sweep.jax("places", lambda a: (jnp.argmax(a, 1), jnp.argmin(a, 0), jnp.argmax(a)), x)
    sweep.jax("places_of_numbers", lambda a: (jnp.argmax(a, 1), jnp.argmin(a, 0)), {"x": "int32[3,4]"})
    sweep.jax("running", lambda a: (jnp.cumsum(a, 1), jnp.cumprod(a, 0), lax.cumsum(a, 0, reverse=True), lax.cummax(a, 1)), x)
    sweep.jax("sorted", lambda a: (jnp.sort(a, 1), jnp.sort(a, 0), jnp.argsort(a, 1), jnp.sort(a, descending=True), jnp.median(a, 1)), x)
    sweep.jax("sorted_numbers", lambda a: (jnp.sort(a, 1), jnp.argsort(a, 1), jnp.lexsort((a[0], a[1]))), {"x": "int32[3,4]"})
    sweep.jax("top", lambda a: lax.top_k(a, 2), x)
    sweep.jax("products", lambda a, b: (a @ b, jnp.einsum("ij,jk->ki", a, b), jnp.dot(a[0], b), jnp.outer(a[0], b[0]), jnp.tensordot(a, b, ((1,), (0,)))),
              {"x": "float32[3,4]", "y": "float32[4,5]"})
    sweep.jax("batched_products", lambda a, b: (a @ b, jnp.einsum("bij,bjk->bik", a, b), jnp.einsum("bij,bjk->ki", a, b),
                                                jnp.einsum("bij,bij->b", a, a)), {"x": "float32[2,3,4]", "y": "float32[2,4,5]"})
    sweep.jax("integer_products", lambda a, b: (a @ b, lax.dot(a.astype(jnp.int8), b.astype(jnp.int8), preferred_element_type=jnp.int32)),
              {"x": "int32[3,4]", "y": "int32[4,5]"})
    sweep.jax("part", lambda a, i: (lax.dynamic_slice(a, (i, i), (2, 2)), lax.dynamic_update_slice(a, -a[:2, :2], (i, i)),
                                    lax.dynamic_index_in_dim(a, i, 1)), {"x": "float32[3,4]", "i": "int32[]"},
              calls=({"i": 1}, {"i": 3}, {"i": -2}))
    sweep.jax("taken", lambda a, i: (a[i], jnp.take(a, i, axis=1, mode="clip"), a[:, i], jnp.take_along_axis(a, i[:, None] % 4, 1), a[i, i],
                                     jnp.take(a, i, axis=0, mode="fill")),
              {"x": "float32[3,4]", "i": "int32[3]"}, calls=({"i": [0, 2, 1]}, {"i": [-1, 2, 2]}, {"i": [5, -9, 0]}))
    sweep.jax("taken_of_cube", lambda a, i: (a[:, i], a[i, :, i], a[1, i, 1:3], a[:, :, i], a[..., i[:, None], i]),
              {"x": "float32[3,4,5]", "i": "int32[2]"}, calls=({"i": [0, 2]},))
    sweep.jax("windows", lambda a, i: jax.vmap(lambda s: lax.dynamic_slice(a, (s, 0), (2, 3)))(i), {"x": "float32[4,4]", "i": "int32[3]"},
              calls=({"i": [0, 3, 1]},))
    sweep.jax("put", lambda a, i: (a.at[i].set(0.5), a.at[i].add(1.), a.at[:, i].add(2.), a.at[i, i].set(-1.), a.at[i].max(0.25), a.at[1:, 2].set(7.),
                                   a.at[1, 2].mul(3.)),
              {"x": "float32[4,4]", "i": "int32[3]"}, calls=({"i": [0, 2, 1]}, {"i": [-1, 9, 2]}))
    sweep.jax("put_rows", lambda a, i, v: (a.at[i].set(v), a.at[i].add(v), jax.ops.segment_sum(v, i, 4)),
              {"x": "float32[4,2]", "i": "int32[3]", "v": "float32[3,2]"}, calls=({"i": [0, 2, 1]},))
    sweep.jax("one_hot", lambda i: (jax.nn.one_hot(i, 4), jnp.bincount(i, length=5)), {"i": "int32[3]"}, calls=({"i": [0, 3, 1]},))
    sweep.jax("fourier", lambda a: (jnp.abs(jnp.fft.rfft(a)), jnp.real(jnp.fft.fft(a)), jnp.fft.irfft(jnp.fft.rfft(a))), {"x": "float32[2,8]"})
    sweep.write()


@maker
def stablehlo_images(out, name):
    import jax.numpy as jnp
    from jax import lax
    sweep = JaxSweep(out, name, "JAX's convolutions and pooling.", rtol=2e-5, atol=2e-5)
    image = {"x": "float32[1,6,5,4]"}
    kernel = uniform((3, 3, 4, 2), "kernel")
    grouped = uniform((3, 3, 2, 4), "grouped")
    depthwise = uniform((3, 3, 1, 8), "depthwise")

    def conv(a, k, strides=(1, 1), padding="SAME", numbers=("NHWC", "HWIO", "NHWC"), **more):
        return lax.conv_general_dilated(a, k, strides, padding, dimension_numbers=numbers, **more)
    sweep.jax("convolved", lambda a: (conv(a, kernel), conv(a, kernel, (2, 2)), conv(a, kernel, padding="VALID"),
                                      conv(a, kernel, padding=((1, 0), (2, 1))), conv(a, kernel, rhs_dilation=(2, 1))), image)
    sweep.jax("grouped", lambda a: (conv(a, grouped, feature_group_count=2), conv(a, depthwise, feature_group_count=4),
                                    conv(a, depthwise, (2, 1), feature_group_count=4)), image)
    sweep.jax("transposed", lambda a: (lax.conv_transpose(a, kernel, (2, 2), "SAME"), lax.conv_transpose(a, kernel, (2, 2), "VALID"),
                                       conv(a, kernel, padding=((2, 1), (1, 1)), lhs_dilation=(2, 3))), image)
    sweep.jax("channels_first", lambda a: conv(a, kernel, numbers=("NCHW", "HWIO", "NCHW")), {"x": "float32[1,4,6,5]"})
    sweep.jax("lines", lambda a: (lax.conv_general_dilated(a, kernel[0], (1,), "SAME", dimension_numbers=("NWC", "WIO", "NWC")),
                                  lax.conv_general_dilated(a, kernel[0], (2,), ((2, 0),), dimension_numbers=("NWC", "WIO", "NWC"))),
              {"x": "float32[2,6,4]"})
    sweep.jax("volumes", lambda a: lax.conv_general_dilated(a, uniform((2, 2, 2, 2, 3), "volume"), (1, 2, 1), "SAME",
                                                            dimension_numbers=("NDHWC", "DHWIO", "NDHWC")), {"x": "float32[1,3,4,3,2]"})

    def pool(a, function, start, window, strides, padding):
        return lax.reduce_window(a, start, function, window, strides, padding)
    sweep.jax("pooled", lambda a: (pool(a, lax.max, -jnp.inf, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"), pool(a, lax.max, -jnp.inf, (1, 3, 3, 1), (1, 2, 2, 1), "SAME"),
                                   pool(a, lax.add, 0., (1, 2, 2, 1), (1, 2, 2, 1), "VALID") / 4, pool(a, lax.add, 0., (1, 3, 3, 1), (1, 1, 1, 1), "SAME"),
                                   pool(a, lax.min, jnp.inf, (1, 2, 2, 1), (1, 1, 1, 1), "VALID"), pool(a, lax.add, 0., (1, 6, 5, 1), (1, 1, 1, 1), "VALID")), image)
    sweep.jax("pooled_elsewhere", lambda a: (pool(a, lax.max, -jnp.inf, (1, 1, 2, 2), (1, 1, 2, 2), "VALID"), pool(a, lax.max, -jnp.inf, (1, 3, 1, 1), (1, 1, 1, 1), "SAME")),
              {"x": "float32[2,4,4,6]"})
    sweep.jax("pooled_lines", lambda a: pool(a, lax.max, -jnp.inf, (1, 2, 1), (1, 2, 1), "VALID"), {"x": "float32[2,6,3]"})
    sweep.write()


@maker
def stablehlo_control(out, name):
    import jax
    import jax.numpy as jnp
    from jax import lax
    sweep = JaxSweep(out, name, "JAX's loops and branches.", rtol=2e-5, atol=2e-5)
    weight = uniform((3, 3), "weight")
    x = {"x": "float32[2,3]"}
    sweep.jax("while", lambda a, n: lax.while_loop(lambda s: s[0] < n, lambda s: (s[0] + 1, s[1] @ weight * 0.1 + a), (0, a)),
              {"x": "float32[2,3]", "n": "int32[]"}, calls=({"n": 0}, {"n": 3}))
    sweep.jax("fori", lambda a: lax.fori_loop(0, 4, lambda i, s: s * 0.5 + i, a), x)
    sweep.jax("scan", lambda a: lax.scan(lambda s, t: (s + t, s * t), jnp.zeros(3), a), {"x": "float32[4,3]"})
    sweep.jax("map", lambda a: lax.map(lambda r: jnp.sort(r) @ weight, a), {"x": "float32[4,3]"})
    sweep.jax("cond", lambda p, a: lax.cond(p, lambda v: v @ weight, lambda v: -v, a), {"p": "bool[]", "x": "float32[2,3]"},
              calls=({"p": True}, {"p": False}))
    sweep.jax("switch", lambda i, a: lax.switch(i, [lambda v: v + 1, lambda v: v * 2, lambda v: v @ weight], a), {"i": "int32[]", "x": "float32[2,3]"},
              calls=({"i": 0}, {"i": 1}, {"i": 2}, {"i": 9}, {"i": -1}))
    sweep.jax("nested", lambda a, n: lax.fori_loop(0, n, lambda i, s: lax.cond(i % 2 == 0, lambda v: v + a, lambda v: v * 0.5, s), a),
              {"x": "float32[2,3]", "n": "int32[]"}, calls=({"n": 3},))
    sweep.jax("random", lambda s: (jax.random.uniform(jax.random.key(s), (4,)), jax.random.randint(jax.random.key(7), (3,), 0, 10)), {"s": "int32[]"},
              calls=({"s": 3},))
    sweep.write()


@maker
def stablehlo_batches(out, name):
    import jax
    import jax.numpy as jnp
    from jax import lax
    sweep = JaxSweep(out, name, "JAX functions of a free batch, and of more free sizes.", rtol=2e-5, atol=2e-5)
    weight = uniform((3, 4), "weight")
    x, calls = {"x": "float32[b,3]"}, ({"b": 1}, {"b": 4})
    sweep.jax("dense", lambda a: (jax.nn.relu(a @ weight + weight[0]), jax.nn.softmax(a @ weight)), x, calls=calls)
    sweep.jax("shaped", lambda a: (a.reshape(-1, 3, 1), a.T, jnp.concatenate([a, a], 1), a[:, 1:], jnp.zeros_like(a), jnp.ones((a.shape[0], 2)),
                                   jnp.arange(a.shape[0]), a.reshape(-1)), x, calls=calls)
    sweep.jax("summed", lambda a: (jnp.mean(a), jnp.mean(a, 0), jnp.var(a, 1), jnp.argmax(a, 1), jnp.argmax(a, 0), jnp.sort(a, 1)), x, calls=calls)
    sweep.jax("taken", lambda i: jnp.asarray(weight)[i], {"i": "int32[b,2]"}, calls=({"b": 2, "i": [[0, 1], [2, 0]]},))
    sweep.jax("attention", lambda q, k: jax.nn.softmax(jnp.einsum("bqd,bkd->bqk", q, k) / 2) @ k,
              {"q": "float32[b,t,4]", "k": "float32[b,t,4]"}, calls=({"b": 1, "t": 3}, {"b": 2, "t": 5}))
    sweep.jax("scan", lambda a: lax.scan(lambda s, t: (jnp.tanh(s + t), s), jnp.zeros((a.shape[0], 3)), a.transpose(1, 0, 2))[0],
              {"x": "float32[b,4,3]"}, calls=({"b": 1}, {"b": 2}))
    sweep.jax("convolved", lambda a: lax.conv_general_dilated(a, uniform((3, 3, 2, 2), "kernel"), (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")),
              {"x": "float32[b,4,4,2]"}, calls=({"b": 1}, {"b": 2}))
    sweep.jax("pooled", lambda a: lax.reduce_window(a, -jnp.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"), {"x": "float32[b,4,4,2]"},
              calls=({"b": 1}, {"b": 2}))
    sweep.jax("put", lambda a: (a.at[:, 0].set(1.), a.at[0].add(1.)), x, calls=calls)
    sweep.write()


def saved(case, function, variables, signatures, calls):
    """Signatures of one function of weights and inputs, whose weights stay variables."""
    module = tf.Module()
    module.weights = tf.nest.map_structure(tf.Variable, variables)
    made = {}
    for key, (part, spec, shapes) in signatures.items():
        converted = convert(part, [None] + shapes)
        made[key] = tf.function(lambda converted=converted, **inputs: tf.nest.map_structure(tf.identity, {
            "out": converted(module.weights, *inputs.values())}), autograph=False).get_concrete_function(
            **{n: tf.TensorSpec(s, d, name=n) for n, (d, s) in spec.items()})
    tf.saved_model.save(module, case.model, signatures=made)
    for key, inputs in calls:
        case.call(key, **inputs)
    case.write()


@maker
def stablehlo_shared_weights(out, name):
    import jax
    import jax.numpy as jnp
    case = GoldenCase(out, name, "Signatures of a JAX model that share an embedding: looked up, and multiplied by, transposed.")
    weights = {"table": uniform((16, 8), "table"), "dense": uniform((8, 8), "dense"), "bias": uniform((8,), "bias")}

    def encode(w, ids):
        return jax.nn.gelu(w["table"][ids] @ w["dense"] + w["bias"])

    def decode(w, x):
        return x @ w["table"].T
    saved(case, None, weights,
          {"encode": (encode, {"ids": (tf.int32, [None, 3])}, ["(b, 3)"]), "decode": (decode, {"x": (tf.float32, [None, 8])}, ["(b, 8)"])},
          [("encode", {"ids": [[1, 5, 15], [0, 0, 2]]}), ("decode", {"x": uniform((2, 8), "x")})])


@maker
def stablehlo_windows(out, name):
    """Convolutions in groups and of integers, and windows that no pool reduces."""
    import jax
    import jax.numpy as jnp
    from jax import lax
    sweep = JaxSweep(out, name, "JAX's convolutions in groups and of integers; windows and dimensions reduced by any function.", rtol=2e-5, atol=2e-5)
    flat, deep = ("NHWC", "HWIO", "NHWC"), ("NDHWC", "DHWIO", "NDHWC")
    kernel = uniform((3, 3, 3, 4), "kernel")

    def conv(a, k, strides=(1, 1), padding="SAME", numbers=flat, **more):
        return lax.conv_general_dilated(a, k, strides, padding, dimension_numbers=numbers, **more)
    sweep.jax("batches", lambda a: (conv(a, kernel, batch_group_count=2), conv(a, kernel, padding="VALID", batch_group_count=4)), {"x": "float32[4,5,4,3]"})
    sweep.jax("gradients", lambda a, k: jax.grad(lambda x, y: jnp.sum(jnp.tanh(conv(x, y, (2, 2), feature_group_count=2))), (0, 1))(a, k),
              {"x": "float32[2,5,4,4]", "k": "float32[3,3,2,4]"})
    sweep.jax("volumes", lambda a: (conv(a, uniform((2, 2, 2, 2, 6), "volume"), (1, 2, 1), "SAME", deep, feature_group_count=2),
                                    conv(a, uniform((2, 1, 2, 1, 4), "deep"), (1, 1, 1), "VALID", deep, feature_group_count=4)), {"x": "float32[1,3,4,3,4]"})
    whole = np.arange(-13, 59).reshape(3, 3, 2, 4)
    sweep.jax("integers", lambda a: (conv(a, jnp.asarray(whole.astype(np.int8)), (2, 1), preferred_element_type=jnp.int32),
                                     conv(a.astype(jnp.int32) * 70000, jnp.asarray(whole[:, :, :1].astype(np.int32)), rhs_dilation=(1, 2), feature_group_count=2)),
              {"x": "int8[1,5,4,2]"}, low=-9, high=9)
    sweep.jax("points", lambda a: conv(a, kernel[0, 0], (), "VALID", ("NC", "IO", "NC")), {"x": "float32[2,3]"})

    def pool(a, function, start, window, strides=(1, 1, 1, 1), padding="VALID", **more):
        return lax.reduce_window(a, start, function, window, strides, padding, **more)
    image, numbers = {"x": "float32[1,5,6,2]"}, {"x": "int32[1,5,6,2]"}
    sweep.jax("of_numbers", lambda a: (pool(a, lax.add, 0, (1, 2, 3, 1)), pool(a, lax.max, -2**31, (1, 3, 2, 1), (1, 2, 2, 1), "SAME"),
                                       pool(a.astype(jnp.int8), lax.min, np.int8(127), (1, 5, 1, 1)), pool(a > 0, lax.bitwise_or, False, (1, 2, 2, 1))), numbers)
    sweep.jax("with_gaps", lambda a: (pool(a, lax.max, -jnp.inf, (1, 2, 3, 1), window_dilation=(1, 3, 2, 1)), pool(a, lax.mul, 1., (1, 3, 2, 1)),
                                      pool(a, lax.add, 0., (1, 2, 2, 1), base_dilation=(1, 2, 3, 1)), pool(a, lax.max, 0.25, (1, 2, 2, 1), (1, 2, 2, 1), "SAME")), image)
    places = jnp.arange(60, dtype=jnp.float32).reshape(1, 5, 6, 2)

    def better(a, b):
        first = a[0] >= b[0]
        return jnp.where(first, a[0], b[0]), jnp.where(first, a[1], b[1])
    sweep.jax("of_several", lambda a: (*lax.reduce_window((a, places), (-jnp.inf, -1.), better, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"),
                                       *lax.reduce((a, a), (-jnp.inf, 0.), lambda p, q: (lax.max(p[0], q[0]), p[1] + q[1]), (1,))), image)
    sweep.jax("running", lambda a: (lax.cumlogsumexp(a, 1), lax.cumlogsumexp(a, 2, reverse=True), pool(a, jnp.logaddexp, -jnp.inf, (1, 5, 2, 1))), image)
    sweep.jax("running_numbers", lambda a: (lax.cummax(a, 1), lax.cummin(a, 2, reverse=True)), numbers)
    sweep.jax("by_functions", lambda a: (lax.reduce(a, 0., lambda p, q: jnp.sqrt(p * p + q * q), (1, 2)), lax.reduce(a, -jnp.inf, jnp.logaddexp, (2,)),
                                         lax.reduce((a * 9).astype(jnp.int32), 0, lax.bitwise_xor, (1,))), image)
    sweep.jax("shorter", lambda a: (lax.reduce_precision(a, 5, 10), lax.reduce_precision(a, 4, 3), lax.reduce_precision(a, 8, 2)), {"x": "float32[8]"},
              calls=({"x": np.array([1.06, -0.3, 1e-5, 6e4, 7e4, -1e-9, np.inf, 250.], np.float32)},))
    sweep.jax("approximate", lambda a: (*lax.approx_max_k(a, 3), *lax.approx_min_k(a, 2, reduction_dimension=0)), {"x": "float32[4,6]"})
    sweep.write()


@maker
def stablehlo_puts(out, name):
    import jax
    import jax.numpy as jnp
    from jax import lax
    sweep = JaxSweep(out, name, "What JAX scatters by other functions than sums.", rtol=2e-5, atol=2e-5)
    rows = {"x": "float32[5,3]", "i": "int32[3]"}
    calls = ({"i": [1, 3, 1]}, {"i": [-1, 0, 9]})
    sweep.jax("multiplied", lambda a, i: (a.at[i].multiply(2.), a.at[i, i - 1].multiply(3.), a.at[:, i % 3].divide(4.), jax.ops.segment_prod(a[:3], i, 4)), rows, calls=calls)
    sweep.jax("in_windows", lambda a, i: tuple(f(a, i[:, None], jnp.full((3, 2, 3), 1.5), lax.ScatterDimensionNumbers((1, 2), (), (0,)))
                                               for f in (lax.scatter_mul, lax.scatter_min, lax.scatter_max, lax.scatter_sub)), rows, calls=calls)
    sweep.jax("gradient", lambda a, i: jax.grad(lambda x: jnp.sum(x.at[i].multiply(2.) ** 2))(a), rows, calls=calls)
    sweep.jax("flags", lambda a, i: ((a > 0).at[i].max(True), (a > 0).at[i].min(False), (a > 0).at[i].set(True)), rows, calls=calls)
    sweep.jax("one", lambda a, i: (a.at[i[0]].apply(jnp.tanh), a.at[i[0], i[1]].divide(2.), a.at[i].apply(jnp.square, unique_indices=True)), rows, calls=({"i": [1, 2, 0]},))
    sweep.jax("extremes", lambda a, i: (jax.ops.segment_min(a, i, 4), jax.ops.segment_max(a, i, 4)), {"x": "float32[3,2]", "i": "int32[3]"}, calls=({"i": [1, 3, 1]},))
    sweep.jax("complex", lambda a, i: (lambda z: (jnp.imag(z), jnp.abs(lax.dynamic_update_slice(z, z[:2], (i[0], 0)))))(lax.complex(a, a * 2).at[i].add(1j)), rows, calls=calls)
    sweep.write()


@maker
def stablehlo_free_sizes(out, name):
    import jax
    import jax.numpy as jnp
    from jax import lax
    from jax.experimental import jax2tf
    sweep = JaxSweep(out, name, "JAX functions whose padding, windows and parts depend on free sizes; functions of TensorFlow in them.", rtol=2e-5, atol=2e-5)
    flat = ("NHWC", "HWIO", "NHWC")
    kernel, depthwise = uniform((3, 3, 2, 3), "kernel"), uniform((3, 3, 1, 2), "depthwise")
    image, sizes = {"x": "float32[b,h,w,2]"}, ({"b": 1, "h": 5, "w": 6}, {"b": 2, "h": 4, "w": 3})

    def conv(a, k, **more):
        return lax.conv_general_dilated(a, k, (2, 2), "SAME", dimension_numbers=flat, **more)
    sweep.jax("convolved", lambda a: (conv(a, kernel), conv(a, depthwise, feature_group_count=2), lax.conv_transpose(a, kernel, (2, 2), "SAME")), image, calls=sizes)
    sweep.jax("pooled", lambda a: (lax.reduce_window(a, -jnp.inf, lax.max, (1, 3, 3, 1), (1, 2, 2, 1), "SAME"),
                                   lax.reduce_window(a, 0., lax.add, (1, 3, 2, 1), (1, 2, 2, 1), "SAME"),
                                   lax.reduce_window(a, 1., lax.mul, (1, 2, 2, 1), (1, 2, 1, 1), "SAME")), image, calls=sizes)
    rows, counts = {"x": "float32[n,3]"}, ({"n": 3}, {"n": 6})
    sweep.jax("running", lambda a: (jnp.cumsum(a, 0), jnp.cumprod(a, 0), lax.cumsum(a, 0, reverse=True), lax.cummax(a, 0)), rows, calls=counts)
    sweep.jax("cut", lambda a: (a[:-1], a[-1:], a[a.shape[0] // 2:], a[1:-1, 1]), rows, calls=counts)
    sweep.jax("padded", lambda a: (jnp.pad(a, ((1, a.shape[0]), (0, 2))), jnp.pad(a, 1, mode="edge")), rows, calls=counts)
    inside = jax2tf.call_tf(lambda a: tf.math.top_k(tf.nn.relu(a), 2)[0] + 1.0, call_tf_graph=True)
    sweep.jax("called", lambda a: jnp.sin(inside(jnp.sin(a))), {"x": "float32[2,3]"})
    sweep.write()

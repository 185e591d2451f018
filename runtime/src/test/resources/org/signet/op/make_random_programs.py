"""Writes cases/random_programs.json and cases/distribution_cases.json: random numbers by seeds.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases, strings, tf
from op_programs import Programs

programs = Programs("random")
cases = Cases("distribution")
SEEDS = {"seed": 5, "seed2": 7}
ALPHAS = [0.3, 1.0, 2.5, 30, 0.9]
RATES = [0.5, 3, 9.9, 10, 50.5, 1000, 0]


def drawn(name, *draws):
    """A program of three draws with seeds of their own."""
    for op, operands, attrs in draws:
        p = programs.start(f"{op} {name}", producer=24 if op == "RandomPoisson" else None)
        for k in range(3):
            p.run(op, *operands, **{"seed": 5 + k, "seed2": 7, **attrs})


def stateful():
    floats = [tf.float32, tf.float64, tf.float16, tf.bfloat16]
    for dtype in floats:
        for op in ["RandomUniform", "RandomStandardNormal", "TruncatedNormal"]:
            if dtype.size > 2 or op == "RandomUniform":
                drawn(dtype.name, (op, [np.int32([3, 5])], {"dtype": dtype}))
    for dtype in [np.int32, np.int64]:
        drawn(dtype.__name__, ("RandomUniformInt", [np.int32([9]), dtype(-5), dtype(1000)], {}))
    logits = np.float32([[0, 1, 2, -1], [5, -np.inf, 0.5, 0]])
    for out in [tf.int32, tf.int64]:
        drawn(out.name, ("Multinomial", [logits, np.int32(7)], {"output_dtype": out}))
    for values in [np.arange(10), np.float32([[1, 2], [3, 4], [5, 6]]), strings("a", "b", "c"),
                   np.float64(3), np.zeros([0, 2], np.int32)]:
        drawn(str(values.shape), ("RandomShuffle", [values], {}))
    for dtype in [np.float32, np.float64, np.float16]:
        drawn(dtype.__name__, ("RandomGamma", [np.int32([4]), dtype(ALPHAS)], {}),
              ("RandomPoisson", [np.int32([2, 3]), dtype(RATES)], {}))
        for out in [tf.int64, tf.int32, tf.float32, tf.float64, tf.float16]:
            drawn(f"{dtype.__name__} {out.name}",
                  ("RandomPoissonV2", [np.int32([3]), dtype(RATES[:5])], {"dtype": out}))


def stateless():
    seed = np.int64([1234, -5])
    logits = np.float64([[0, 1, 2, -1], [5, -np.inf, 0.5, 0]])
    for out in [tf.int32, tf.int64]:
        cases.add("StatelessMultinomial", [logits, np.int32(9), seed], {"output_dtype": out})
    key, counter = np.uint64([17]), np.uint64([3, 9])
    for dtype in [np.float32, np.float64, np.float16]:
        loose = [1e-3, 1e-3] if dtype == np.float16 else None
        cases.add("StatelessRandomGammaV2", [np.int32([3, 5]), seed, dtype(ALPHAS)],
                  tolerance=loose)
        cases.add("StatelessRandomGammaV3",
                  [np.int32([3, 5]), key, counter, np.int32(1), dtype(ALPHAS)], tolerance=loose)
        for out in [tf.int64, tf.float64, tf.float32, tf.int32]:
            cases.add("StatelessRandomPoisson", [np.int32([4, 7]), seed, dtype(RATES)],
                      {"dtype": out})
    cases.add("StatelessRandomPoisson", [np.int32([4, 3]), seed, np.float32([1, 2])],
              {"dtype": tf.int32}, fails=True)


for family in [stateful, stateless]:
    family()
programs.write()
cases.write()

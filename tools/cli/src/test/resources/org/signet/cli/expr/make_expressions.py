"""Writes expressions.tsv: what NumPy makes of expressions. Run it with NumPy 2."""
import numpy as np

EXPRESSIONS = """
1
-1
True
1.5
-0.0
1e3
.5
5.
0x1F + 0b11 + 0o17
1_000
9223372036854775807
18446744073709551615
[1, 2, 3]
(1, 2, 3)
(1,)
1, 2
[[1, 2], [3, 4]]
[[1, 2.5], [3, 4]]
[True, 2]
[True, 2.0]
[]
[[], []]
[np.ones(2), [2, 3]]
[np.float32(1), np.float32(2)]
1 + 2 * 3
(1 + 2) * 3
7 / 2
1 - 2 - 3
8 / 2 / 2
- -3
-2 * -3
2 * 3 + 4 * 5 - 6 / 4
True + True
-True
+True
np.ones(3)
np.ones((2, 3))
np.ones([2, 3], dtype=np.float32)
np.ones((2, 3), np.int32)
np.ones(())
np.zeros((2, 0, 3))
np.zeros(2, dtype=bool)
np.ones(2, dtype='uint8')
np.full((2, 2), 7)
np.full(3, 2.5)
np.full(3, True)
np.full((2,), 1.9, dtype=int)
np.full(2, 3, np.float16)
np.arange(5)
np.arange(2, 5)
np.arange(10, 2, -3)
np.arange(5.0)
np.arange(0, 1, 0.1)
np.arange(0.5, 3.2, 0.7)
np.arange(5, dtype=np.float32)
np.arange(0)
np.arange(3, 3)
np.arange(1, 10, step=4)
np.arange(stop=4)
np.arange(6).reshape(2, 3)
np.arange(6).reshape((3, -1))
np.arange(6).reshape(-1)
np.arange(4).reshape([2, 2]).astype(np.float32)
np.linspace(0, 1, 5)
np.linspace(0, 1, 7)
np.linspace(-1, 2, num=4, endpoint=False)
np.linspace(3, 3, 3)
np.linspace(0, 1, 1)
np.linspace(0, 10, 3, dtype=np.int32)
np.linspace(0.1, 0.7, 11)
np.eye(3)
np.eye(2, 3)
np.eye(3, k=1)
np.eye(3, 4, -1, dtype=np.int8)
np.identity(2)
np.identity(2, dtype=np.float32)
np.array([1, 2])
np.array([1, 2], np.float32)
np.array([[1, 2], [3, 4]], dtype=float) / 3
np.array(5)
numpy.asarray([1.5, 2.5], dtype=np.float16)
np.array([1.9, -1.9]).astype(np.int32)
np.array([300, -1]).astype(np.uint8)
np.array([1.0, 0.0, -2.0]).astype(bool)
np.float32(0.1)
np.int8(-3)
np.pi
-np.inf
np.e * 2
np.ones(2) * 3
3 * np.ones(2, np.float32)
np.ones(2, np.float32) * 0.1
np.ones(2, np.float32) / 3
np.array([1, 2]) / 2
np.array([1, 2], np.int32) + 1
np.array([1, 2], np.int32) * 1.5
np.array([1, 2], np.int8) / np.array([2, 3], np.int8)
np.array([100, 27], np.int8) + np.array([100, 100], np.int8)
np.array([1, 2], np.uint8) - np.array([2, 1], np.uint8)
np.array([1, 2], np.uint8) + np.array([1, 2], np.int8)
np.array([1, 2], np.uint32) + np.array([1, 2], np.int32)
np.array([1, 2], np.uint64) + np.array([1, 2], np.int64)
np.array([1, 2], np.int16) + np.array([1, 2], np.float32)
np.array([1, 2], np.int32) + np.array([1, 2], np.float32)
np.array([1, 2], np.int8) + np.array([1, 2], np.float16)
np.array([True, False]) + np.array([True, True])
np.array([True, False]) * np.array([True, True])
np.array([True, False]) + 1
np.array([True, False]) * 1.5
np.arange(3).reshape(3, 1) + np.arange(2)
np.ones((2, 1, 3)) * np.arange(4).reshape(4, 1)
[1, 2] + np.array([10, 20])
np.array([1, 2]) + [10.5, 20]
-np.arange(3)
-np.ones(2, np.float32)
-np.array([0.0])
2 - np.float32(0.5)
np.ones((3,)).astype('float32') * 2 - 1
(np.arange(12) - 6).reshape(3, 4) / 4
np.random.rand(3)
np.random.rand(2, 2) * 2 - 1
np.random.rand()
np.random.randn(5)
np.random.randn(2, 3).astype(np.float32)
np.random.random((2, 2))
np.random.random_sample(3)
np.random.uniform(-1, 1, (2, 2))
np.random.uniform(size=3)
np.random.normal(10, 0.5, size=4)
np.random.randint(10, size=8)
np.random.randint(-5, 5, (2, 3))
np.random.randint(0, 256, 5)
np.random.randint(low=0, high=1, size=2)
[np.random.rand(), np.random.rand()]
""".strip().splitlines()

with open("expressions.tsv", "w") as out:
    for expression in EXPRESSIONS:
        np.random.seed(3)
        with np.errstate(all="ignore"):
            value = np.asarray(eval(expression.replace("numpy.", "np.")))
        shape = ",".join(str(size) for size in value.shape)
        numbers = " ".join(repr(float(x)) if value.dtype.kind == "f" else str(int(x)) for x in value.flat)
        out.write(f"{expression}\t{value.dtype}\t{shape}\t{numbers}\n")

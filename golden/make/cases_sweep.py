"""Sweeps that the families of `cases_ops` leave out: rarer ops, random ones, and special values row by row."""
import numpy as np
import tensorflow as tf

from cases_ops import INF, MAKERS as _FAMILIES, NAN, maker, raw
from cases_sources import write
from golden_case import uniform
from source_case import SERVING, SourceCase

_BEFORE = set(_FAMILIES)
WELL = [NAN, INF, -INF, 0.0, -0.0, 1e-8, -1e-8, 89.0, -20.0, 3e38, 1e-40]


# ---- one signature for each rarer op, element type and variant ---------------------------------------------

@maker
def ops_sweep(s):
    """Rarer ops with a lowering, over element types, attributes and shapes."""
    x3 = "[b,3]"

    def op(key, function, tensors, calls=None, **bounds):
        free = any("[b" in text for text in tensors.values())
        s.op(key, function, tensors, calls or [{"b": 2} if free else {}], **bounds)

    def each(name, dtypes, function, tensors, calls=None, **bounds):
        """`tensors` have T for the element type."""
        for dtype in dtypes:
            op(f"{name}_{dtype}", function, {k: v.replace("T", dtype) for k, v in tensors.items()}, calls, **bounds)

    # Functions of one element.
    for name, low, high in (("Acos", -1, 1), ("Acosh", 1, 9), ("Asinh", -9, 9), ("Atanh", -0.99, 0.99), ("Digamma", 0.1, 9),
                            ("Lgamma", 0.1, 9), ("Inv", 0.1, 3)):
        op(name, lambda x, f=getattr(raw, name): f(x=x), {"x": f"float32{x3}"}, low=low, high=high)
    for name in ("Xdivy", "Xlogy", "Xlog1py", "MulNoNan"):
        op(name, lambda x, y, f=getattr(raw, name): f(x=x, y=y), {"x": f"float32{x3}", "y": f"float32{x3}"},
           [{"b": 2}, {"x": [[0, 0, 2]], "y": [[0.0, 0.5, 0.25]]}], low={"y": 0.1})
    each("Mod", ("int32", "int64", "float32"), lambda x, y: raw.Mod(x=x, y=y), {"x": f"T{x3}", "y": f"T{x3}"},
         [{"x": [[7, -7, 5]], "y": [[3, 3, -2]]}])
    each("TruncateDiv", ("float32", "int8", "uint8", "int16"), lambda x, y: raw.TruncateDiv(x=x, y=y),
         {"x": f"T{x3}", "y": "T[3]"}, [{"x": [[7, 100, 5]], "y": [2, 7, 6]}])
    each("Invert", ("int8", "uint8", "int16", "uint16", "int32", "int64"), lambda x: raw.Invert(x=x), {"x": f"T{x3}"})
    for name in ("LeftShift", "RightShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor"):
        each(name, ("int8", "uint8", "int16", "int32"), lambda x, y, f=getattr(raw, name): f(x=x, y=y),
             {"x": f"T{x3}", "y": f"T{x3}"}, low=0, high=7)
    each("AddN", ("int64", "int16", "uint8"), lambda x, y: raw.AddN(inputs=[x, y, x]), {"x": f"T{x3}", "y": f"T{x3}"})
    each("relu_rank6", ("int32", "int64", "float32"), lambda x: raw.Relu(features=x), {"x": "T[b,1,2,1,2,2]"})
    each("clip_rank6", ("int32", "float32"), lambda x: tf.clip_by_value(x, tf.cast(-1, x.dtype), tf.cast(2, x.dtype)),
         {"x": "T[b,1,2,1,2,2]"})
    op("ReluGrad", lambda g, x: raw.ReluGrad(gradients=g, features=x), {"g": f"float32{x3}", "x": f"float32{x3}"})
    op("SigmoidGrad", lambda y, d: raw.SigmoidGrad(y=y, dy=d), {"y": f"float32{x3}", "d": f"float32{x3}"})
    op("BiasAddV1", lambda x, y: raw.BiasAddV1(value=x, bias=y), {"x": f"float32{x3}", "y": "float32[3]"})
    op("EnsureShape", lambda x: raw.EnsureShape(input=x, shape=[2, 3]), {"x": f"float32{x3}"})

    # Complex numbers.
    def number(x, y):
        return tf.complex(x, y)

    pair = {"x": "float32[b,4]", "y": "float32[b,4]"}
    op("Angle", lambda x, y: raw.Angle(input=number(x, y)), pair)
    for name, function in (("Conj", lambda z: raw.Conj(input=z)), ("ConjugateTranspose", lambda z: raw.ConjugateTranspose(x=z, perm=[1, 0])),
                           ("FFT", lambda z: raw.FFT(input=z)), ("IFFT", lambda z: raw.IFFT(input=z))):
        op(name, lambda x, y, f=function: {"re": tf.math.real(f(number(x, y))), "im": tf.math.imag(f(number(x, y)))}, pair)
    for name, shape in (("FFT2D", "[b,4,3]"), ("IFFT2D", "[b,4,3]"), ("FFT3D", "[b,2,4,3]"), ("IFFT3D", "[b,2,4,3]")):
        def parts(x, y, f=getattr(raw, name)):
            z = f(input=number(x, y))
            return {"re": tf.math.real(z), "im": tf.math.imag(z)}
        op(name, parts, {"x": f"float32{shape}", "y": f"float32{shape}"})
    for length in (4, 6, 7):
        def spectrum(x, n=length):
            z = raw.RFFT(input=x, fft_length=[n])
            return {"re": tf.math.real(z), "im": tf.math.imag(z)}
        op(f"RFFT_{length}", spectrum, {"x": "float32[b,7]"})
        op(f"IRFFT_{length}", lambda x, y, n=length: raw.IRFFT(input=number(x, y), fft_length=[n]), pair)
    op("RFFT2D", lambda x: tf.abs(raw.RFFT2D(input=x, fft_length=[4, 8])), {"x": "float32[b,4,8]"})
    op("IRFFT2D", lambda x, y: raw.IRFFT2D(input=number(x, y), fft_length=[4, 6]), {"x": "float32[b,4,4]", "y": "float32[b,4,4]"})

    # Matrices.
    op("BatchMatMul", lambda x, y: raw.BatchMatMul(x=x, y=y, adj_y=True), {"x": "float32[b,2,3]", "y": "float32[b,4,3]"})
    op("BatchMatMulV3", lambda x, y: raw.BatchMatMulV3(x=x, y=y, Tout=tf.int32), {"x": "int8[b,2,3]", "y": "int8[b,3,2]"})
    each("Cross", ("float32", "int32"), lambda x, y: raw.Cross(a=x, b=y), {"x": f"T{x3}", "y": f"T{x3}"})
    moved = ("float32", "int32", "bool", "int64")
    each("Diag", moved[:2], lambda x: raw.Diag(diagonal=x), {"x": "T[2,3]"})
    each("DiagPart", moved[:2], lambda x: raw.DiagPart(input=x), {"x": "T[2,3,2,3]"})
    square = {"x": "T[b,3,4]"}
    each("MatrixDiag", moved, lambda x: raw.MatrixDiag(diagonal=x), {"x": f"T{x3}"})
    each("MatrixDiagPart", moved, lambda x: raw.MatrixDiagPart(input=x), square)
    each("MatrixDiagPartV2", moved[:2], lambda x: raw.MatrixDiagPartV2(input=x, k=[-1, 1], padding_value=tf.cast(7, x.dtype)), square)
    for align in ("RIGHT_LEFT", "LEFT_RIGHT", "LEFT_LEFT", "RIGHT_RIGHT"):
        op(f"MatrixDiagPartV3_{align}", lambda x, a=align: raw.MatrixDiagPartV3(input=x, k=[-2, 1], padding_value=9.0, align=a),
           {"x": "float32[b,3,4]"})
        op(f"MatrixDiagV3_{align}", lambda x, a=align: raw.MatrixDiagV3(
            diagonal=x, k=[-1, 1], num_rows=3, num_cols=4, padding_value=-1.0, align=a), {"x": "float32[b,3,3]"})
    each("MatrixDiagV2", moved[:2], lambda x: raw.MatrixDiagV2(
        diagonal=x, k=1, num_rows=-1, num_cols=-1, padding_value=tf.cast(0, x.dtype)), {"x": f"T{x3}"})
    # TensorFlow records a shape of [b, 0, 0] for the first, of [2, 4, 4] for the second.
    op("MatrixDiagV3_unknown", lambda x: tf.reshape(raw.MatrixDiagV3(
        diagonal=x, k=1, num_rows=-1, num_cols=-1, padding_value=0.0), [-1]), {"x": "float32[b,n]"}, [{"b": 2, "n": 3}])
    op("MatrixDiagV2_rows", lambda x, n: 2.0 * raw.MatrixDiagV2(
        diagonal=x, k=1, num_rows=n, num_cols=-1, padding_value=0.0), {"x": "float32[2,3]", "n": "int32[]"}, [{"n": 5}])
    op("Squeeze_unknown", lambda x: raw.Squeeze(input=x), {"x": "float32[b,n,m]"}, [{"b": 2, "n": 1, "m": 3}, {"b": 1, "n": 4, "m": 1}])
    each("MatrixSetDiag", moved[:2], lambda x, d: raw.MatrixSetDiag(input=x, diagonal=d), {"x": "T[b,3,3]", "d": f"T{x3}"})
    each("MatrixSetDiagV2", moved[:2], lambda x, d: raw.MatrixSetDiagV2(input=x, diagonal=d, k=1), {"x": "T[b,3,4]", "d": f"T{x3}"})
    for name, equation, shape in (("diagonal", "bii->bi", "[b,3,3]"), ("trace", "bii->b", "[b,3,3]"), ("turned", "bij->jib", "[b,3,2]"),
                                  ("sum", "bij->j", "[b,3,2]"), ("all", "bij->", "[b,3,2]"), ("trace4", "bijij->b", "[b,2,3,2,3]")):
        each(f"einsum_{name}", ("float32", "int32"), lambda x, e=equation: raw.Einsum(inputs=[x], equation=e), {"x": f"T{shape}"})
    for name, equation, x, y in (("lone", "bij,bk->bi", "[b,2,3]", "[b,4]"), ("repeated", "bii,bij->bj", "[b,3,3]", "[b,3,2]"),
                                 ("product", "bij,bjk->bik", "[b,2,3]", "[b,3,2]"), ("totals", "bi,bj->", "[b,2]", "[b,3]")):
        each(f"einsum_{name}", ("float32", "int32"), lambda x, y, e=equation: raw.Einsum(inputs=[x, y], equation=e),
             {"x": f"T{x}", "y": f"T{y}"})

    # Volumes, pools, patches, normalisation.
    volume = {"x": "float32[b,4,5,3,2]"}
    for name, padding in (("AvgPool3D", "SAME"), ("AvgPool3D", "VALID"), ("MaxPool3D", "SAME"), ("MaxPool3D", "VALID")):
        op(f"{name}_{padding}", lambda x, f=getattr(raw, name), p=padding: f(
            input=x, ksize=[1, 2, 3, 2, 1], strides=[1, 2, 1, 1, 1], padding=p), volume)
    op("Conv3DBackpropInputV2", lambda x: tf.nn.conv3d_transpose(
        x, uniform((2, 2, 3, 3, 2), "kernel"), tf.stack([tf.shape(x)[0], 8, 5, 3, 3]), [1, 2, 1, 1, 1], "SAME"), volume)
    image = {"x": "float32[b,5,6,2]"}
    op("MaxPoolV2", lambda x: raw.MaxPoolV2(input=x, ksize=[1, 2, 2, 1], strides=[1, 2, 1, 1], padding="SAME"), image)
    for padding in ("SAME", "VALID"):
        op(f"MaxPoolWithArgmax_{padding}", lambda x, p=padding: raw.MaxPoolWithArgmax(
            input=x, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding=p, include_batch_in_index=True), image)
    op("ExtractImagePatches", lambda x: raw.ExtractImagePatches(
        images=x, ksizes=[1, 2, 3, 1], strides=[1, 2, 2, 1], rates=[1, 1, 1, 1], padding="SAME"), image)
    four = [uniform((2,), n, low=0.5, high=2) for n in ("scale", "offset", "mean", "variance")]
    for name in ("FusedBatchNorm", "FusedBatchNormV2"):
        op(name, lambda x, f=getattr(raw, name): f(
            x=x, scale=four[0], offset=four[1], mean=four[2], variance=four[3], is_training=False)[0], image)
    for radius, bias, alpha, beta in ((1, 0.3, -3.0, 2.0), (0, -0.1, 2.0, 2.0), (5, -0.1, 1.0, 1.0), (1, 1.0, 2.0, 0.25), (2, 0.5, -1.0, 0.5)):
        op(f"LRN_{radius}_{beta:g}_{bias:g}".replace(".", "p").replace("-", "m"), lambda x, r=radius, b=bias, a=alpha, e=beta: raw.LRN(
            input=x, depth_radius=r, bias=b, alpha=a, beta=e), {"x": "float32[b,2,2,7]"})
    block = [[0, 1], [1, 1]]
    op("SpaceToBatch", lambda x: raw.SpaceToBatch(input=x, paddings=block, block_size=2), image)
    op("BatchToSpace", lambda x: raw.BatchToSpace(input=x, crops=block, block_size=2), {"x": "float32[4,3,4,2]"})
    for name in ("QuantizeAndDequantizeV2", "QuantizeAndDequantizeV3", "QuantizeAndDequantizeV4"):
        for variant, low, options in (("", -1.0, {}), ("_narrow", -0.5, {"narrow_range": True}), ("_unsigned", 0.0, {"signed_input": False})):
            bits = {} if name.endswith("V3") else {"round_mode": "HALF_UP" if variant else "HALF_TO_EVEN", "num_bits": 5}
            if name.endswith("V3"):
                bits["num_bits"] = 6
            op(f"{name}{variant}", lambda x, f=getattr(raw, name), lo=low, o={**options, **bits}: f(
                input=x, input_min=lo, input_max=1.5, range_given=True, **o), {"x": f"float32{x3}"})
    odds = {"x": [[1, 2, 2, 0], [5, 4, 1, 1], [INF, 0, 0, 0], [0, 1, 2, 3]], "i": [1, 2, 1, 9]}
    op("InTopK", lambda x, i: raw.InTopK(predictions=x, targets=i, k=2), {"x": "float32[n,4]", "i": "int32[n]"}, [odds])
    op("InTopKV2", lambda x, i, k: raw.InTopKV2(predictions=x, targets=i, k=k), {"x": "float32[n,4]", "i": "int64[n]", "k": "int64[]"},
       [{**odds, "k": 1}, {**odds, "k": 3}])
    for name in ("FakeQuantWithMinMaxArgs", "FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxVarsPerChannel"):
        function = getattr(raw, name)
        line = {"x": [[-9, -0.99, 0.013], [0.27, 1.71, 9]]}
        if name.endswith("Args"):
            op(name, lambda x, f=function: f(inputs=x, min=-1.0, max=2.0, num_bits=6), {"x": f"float32{x3}"}, [line])
        else:
            low, high = (-1.0, 2.0) if name.endswith("Vars") else ([-1.0, 0.0, -0.5], [2.0, 1.0, 3.0])
            op(name, lambda x, f=function, lo=low, hi=high: f(inputs=x, min=lo, max=hi, num_bits=8), {"x": f"float32{x3}"}, [line])

    # Picking and joining.
    each("Concat", moved, lambda x, y: raw.Concat(concat_dim=1, values=[x, y]), {"x": f"T{x3}", "y": "T[b,2]"})
    each("Gather", moved, lambda x, i: raw.Gather(params=x, indices=i), {"x": f"T{x3}", "i": "int32[n]"}, [{"b": 3, "i": [2, 0, 1, 1]}])
    each("ShapeN", ("int32", "int64"), lambda x, y: raw.ShapeN(input=[x, y], out_type=tf.int64), {"x": f"T{x3}", "y": "T[b,2]"})
    each("InvertPermutation", ("int32",), lambda x: raw.InvertPermutation(x=x), {"x": "T[n]"}, [{"x": [2, 0, 1, 3]}])
    each("DynamicPartition", moved, lambda x: raw.DynamicPartition(data=x, partitions=[1, 0, 1, 2], num_partitions=3), {"x": "T[4,2]"})
    for name in ("DynamicStitch", "ParallelDynamicStitch"):
        each(name, ("float32", "int32"), lambda x, y, f=getattr(raw, name): f(indices=[[0, 2], [3, 1]], data=[x, y]),
             {"x": "T[2,3]", "y": "T[2,3]"})
    for name, extra in (("UniqueV2", {"axis": [0]}), ("UniqueWithCounts", {})):
        each(name, ("int32", "int64", "float32"), lambda x, f=getattr(raw, name), e=extra: f(x=x, **e), {"x": "T[n]"},
             [{"x": [3, 1, 3, 2, 1]}])
    each("LinSpace", ("float32",), lambda x, y: raw.LinSpace(start=x, stop=y, num=5), {"x": "T[]", "y": "T[]"}, [{"x": -1, "y": 2}])
    for name in ("LowerBound", "UpperBound"):
        each(name, ("float32", "int32"), lambda x, y, f=getattr(raw, name): f(sorted_inputs=x, values=y),
             {"x": "T[2,4]", "y": "T[2,3]"}, [{"x": [[1, 2, 2, 5], [0, 3, 4, 4]], "y": [[2, 0, 9], [4, 3, -1]]}])
    for name in ("BroadcastArgs", "BroadcastGradientArgs"):
        each(name, ("int32", "int64"), lambda x, y, f=getattr(raw, name): f(s0=x, s1=y), {"x": "T[n]", "y": "T[m]"},
             [{"x": [2, 1, 3], "y": [4, 1]}])
    op("Bincount", lambda x: raw.Bincount(arr=x, size=5, weights=tf.constant([], tf.int32)), {"x": "int32[n]"}, [{"x": [1, 4, 1, 7]}])
    op("DenseBincount", lambda x, w: raw.DenseBincount(input=x, size=4, weights=w), {"x": "int32[n]", "w": "float32[n]"},
       [{"n": 4, "x": [0, 3, 0, 2]}])

    words = [{"x": [[b"a", b"bc", b""], [b"def", b"g", b"hi"]]}]
    for name, function in (("transpose", lambda x: tf.transpose(x)), ("reverse", lambda x: tf.reverse(x, [1])),
                           ("broadcast", lambda x: tf.broadcast_to(x, [2, 2, 3])), ("gather", lambda x: tf.gather(x, [2, 0], axis=1)),
                           ("roll", lambda x: tf.roll(x, 1, 1)), ("split", lambda x: tf.split(x, [1, 2], 1)),
                           ("unstack", lambda x: tf.unstack(x, axis=1)), ("reverse_sequence", lambda x: tf.reverse_sequence(x, [2, 3], 1))):
        op(f"strings_{name}", function, {"x": "string[2,3]" if name == "reverse_sequence" else "string[n,3]"}, words)
        op(f"strings_{name}_static", function, {"x": "string[2,3]"}, words)

    # Sums over parts.
    for name in ("SegmentMax", "SegmentMean", "SegmentMin", "SegmentProd", "SegmentSum"):
        each(name, ("float32", "int32") if name != "SegmentMean" else ("float32",),
             lambda x, f=getattr(raw, name): f(data=x, segment_ids=[0, 0, 2, 3]), {"x": "T[4,2]"})
    op("SparseSegmentSum", lambda x: raw.SparseSegmentSum(data=x, indices=[3, 0, 1], segment_ids=[0, 1, 1]), {"x": "float32[4,2]"})
    op("SparseSegmentMean", lambda x: raw.SparseSegmentMean(data=x, indices=[3, 0, 1], segment_ids=[0, 1, 1]), {"x": "float32[4,2]"})
    for name in ("UnsortedSegmentMax", "UnsortedSegmentMin", "UnsortedSegmentProd", "UnsortedSegmentSum"):
        each(name, ("float32", "int32"), lambda x, i, f=getattr(raw, name): f(data=x, segment_ids=i, num_segments=4),
             {"x": "T[n,2]", "i": "int32[n]"}, [{"n": 4, "i": [3, 0, 3, 1]}])
    for name in ("TensorScatterAdd", "TensorScatterMax", "TensorScatterMin", "TensorScatterSub"):
        each(name, ("float32", "int32"), lambda x, u, f=getattr(raw, name): f(tensor=x, indices=[[2], [0], [2]], updates=u),
             {"x": "T[3,2]", "u": "T[3,2]"})
    op("EuclideanNorm", lambda x: raw.EuclideanNorm(input=x, axis=[1]), {"x": f"float32{x3}"})
    op("L2Loss", lambda x: raw.L2Loss(t=x), {"x": f"float32{x3}"})
    op("SoftmaxCrossEntropyWithLogits", lambda x, y: raw.SoftmaxCrossEntropyWithLogits(features=x, labels=y),
       {"x": f"float32{x3}", "y": f"float32{x3}"}, low={"y": 0}, high={"y": 1})
    op("SparseSoftmaxCrossEntropyWithLogits", lambda x, y: raw.SparseSoftmaxCrossEntropyWithLogits(features=x, labels=y),
       {"x": f"float32{x3}", "y": "int32[b]"}, [{"b": 2, "y": [2, 0]}])

    boxes = [[0, 0, 1, 1], [0, 0.1, 1, 1.1], [0, 2, 1, 3], [0, 2.05, 1, 3.05]]
    found = {"boxes": "float32[n,4]", "scores": "float32[n]"}
    call = [{"boxes": boxes, "scores": [0.6, 0.9, 0.75, 0.3]}]
    shared = {"max_output_size": 4, "iou_threshold": 0.5}
    op("NonMaxSuppression", lambda b, c: raw.NonMaxSuppression(boxes=b, scores=c, max_output_size=4, iou_threshold=0.5), found, call)
    op("NonMaxSuppressionV2", lambda b, c: raw.NonMaxSuppressionV2(boxes=b, scores=c, **shared), found, call)
    op("NonMaxSuppressionV3", lambda b, c: raw.NonMaxSuppressionV3(boxes=b, scores=c, score_threshold=0.1, **shared), found, call)
    op("NonMaxSuppressionV4", lambda b, c: raw.NonMaxSuppressionV4(
        boxes=b, scores=c, score_threshold=0.1, pad_to_max_output_size=True, **shared), found, call)
    op("NonMaxSuppressionV5", lambda b, c: raw.NonMaxSuppressionV5(
        boxes=b, scores=c, score_threshold=0.1, soft_nms_sigma=0.5, pad_to_max_output_size=True, **shared), found, call)


ops_sweep.tolerance = {"rtol": 1e-4, "atol": 2e-5}


# ---- random ops --------------------------------------------------------------------------------------------

@maker
def ops_random(s):
    """Random ops: no two runs need agree on the numbers, but on their type, shape, range, mean and spread."""
    def facts(x, low, high, mean, spread):
        x = tf.cast(x, tf.float32)
        average = tf.reduce_mean(x)
        deviation = tf.sqrt(tf.reduce_mean(tf.square(x - average)))
        return {"shape": tf.shape(x), "within": tf.reduce_all((x >= low) & (x <= high)),
                "mean": tf.abs(average - mean) < 0.1, "spread": tf.abs(deviation - spread) < 0.1}

    sizes = {"n": "int32[]"}
    calls = [{"n": 2000}, {"n": 3000}]
    s.op("uniform", lambda n: facts(raw.RandomUniform(shape=tf.stack([n, 2]), dtype=tf.float32, seed=5), 0, 1, 0.5, 0.2887), sizes, calls)
    s.op("uniform_range", lambda n: facts(tf.random.uniform([n], -1, 3, seed=7), -1, 3, 1, 1.1547), sizes, calls)
    s.op("normal", lambda n: facts(raw.RandomStandardNormal(shape=tf.stack([n, 3]), dtype=tf.float32, seed=3), -9, 9, 0, 1), sizes, calls)
    for output in (tf.int32, tf.int64):
        s.op(f"multinomial_{output.name}", lambda x, n, o=output: facts(
            raw.Multinomial(logits=x, num_samples=n, seed=4, output_dtype=o), 0, 2, 1.2, 0.4),
            {"x": "float32[1,3]", **sizes}, [{"x": np.log([[1e-9, 0.8, 0.2]]), "n": 3000}])


# ---- special values, row by row ----------------------------------------------------------------------------

@maker
def ops_special(s):
    """Special values, one op a signature: NaN, infinities, ties, negatives, duplicates, nothing at all."""
    def row(key, function, **tensors):
        specs, values = {}, {}
        for name, (dtype, value) in tensors.items():
            value = np.asarray(value)
            specs[name] = f"{dtype}[{','.join('nmkl'[i] if i == 0 else str(d) for i, d in enumerate(value.shape))}]"
            values[name] = value
        s.op(key, function, specs, [values])

    def f32(*value):
        return "float32", value

    def i32(*value):
        return "int32", value

    well = f32(*WELL)
    for key, function in (("softplus", tf.nn.softplus), ("softsign", tf.nn.softsign), ("relu", tf.nn.relu), ("relu6", tf.nn.relu6),
                          ("sigmoid", tf.sigmoid), ("tanh", tf.tanh), ("exp", tf.exp), ("elu", tf.nn.elu),
                          ("is_inf", tf.math.is_inf), ("is_nan", tf.math.is_nan), ("is_finite", tf.math.is_finite),
                          ("clip", lambda x: tf.clip_by_value(x, -2.0, 3.0))):
        row(key, function, x=well)
    row("sign", tf.sign, x=well)
    row("rsqrt", tf.math.rsqrt, x=well)
    row("log1p", tf.math.log1p, x=f32(1e-8, -1e-8, 1e-4, -1.0, NAN))
    row("expm1", tf.math.expm1, x=f32(1e-8, -1e-8, 1e-4, INF))
    row("maximum_nan", tf.maximum, x=f32(NAN, 1.0), y=f32(1.0, NAN))
    row("gelu", tf.nn.gelu, x=f32(-6.0, -4.0, -2.0, 0.0, 5.0))
    row("hard_swish", lambda x: x * tf.nn.relu6(x + 3.0) * (1.0 / 6.0), x=f32(-10.0, -3.0, -0.001, 3.0, 10.0))
    for key, function in (("round", tf.round), ("rint", tf.math.rint)):
        row(key, function, x=f32(0.5, 1.5, 2.5, -0.5, -2.5))
    row("l2_normalize", lambda x: tf.nn.l2_normalize(x, -1), x=("float32", [[0, 0, 0], [1e-7, 0, 0], [3, 0, 0]]))
    row("softmax_large", tf.nn.softmax, x=("float32", [[1000, 1001, 0], [-1000, -2000, -999]]))
    row("log_softmax_large", tf.nn.log_softmax, x=("float32", [[1000, 1001, -1000], [-95, -90, 0]]))
    row("log_of_softmax", lambda x: tf.math.log(tf.nn.softmax(x)), x=("float32", [[1000, 1001, -1000], [-200, -90, 0]]))
    row("softmax_of_powers", lambda x: tf.exp(x) / tf.reduce_sum(tf.exp(x), -1, keepdims=True),
        x=("float32", [[1, 2, 3], [0, 100, 200], [-200, -201, -202]]))
    once, twice = ("int32", [[0], [0]]), f32(10.0, 20.0)
    row("scatter_add_twice", tf.tensor_scatter_nd_add, x=f32(1.0, 2.0, 3.0), i=once, u=twice)
    row("scatter_update_twice", tf.tensor_scatter_nd_update, x=f32(1.0, 2.0, 3.0), i=once, u=twice)
    row("scatter_update_infinity", tf.tensor_scatter_nd_update, x=f32(INF, 2.0, 3.0), i=("int32", [[0]]), u=f32(10.0))
    row("scatter_nd_twice", lambda i, u: tf.scatter_nd(i, u, [3]), i=once, u=twice)
    row("cast_f32_i32", lambda x: tf.cast(x, tf.int32), x=f32(-1.9, 1.9))
    row("cast_f32_bool", lambda x: tf.cast(x, tf.bool), x=f32(NAN, 0.0, -0.0, 0.1))
    row("cast_i32_i8", lambda x: tf.cast(x, tf.int8), x=i32(127, 128, -129, 300))
    row("cast_i64_i32", lambda x: tf.cast(x, tf.int32), x=("int64", [2**31, 5, -1]))
    row("cast_f32_f16", lambda x: tf.cast(tf.cast(x, tf.float16), tf.float32), x=f32(1e6, 1e-9, 1.0009, 2049.0))
    signs = {"x": i32(-7, 7, -7), "y": i32(2, -2, -2)}
    for key, function in (("div", lambda x, y: raw.Div(x=x, y=y)), ("floor_div", tf.math.floordiv), ("floor_mod", tf.math.floormod),
                          ("truncate_div", tf.truncatediv)):
        row(f"{key}_signs", function, **signs)
    row("floor_div_zero", tf.math.floordiv, x=f32(5.5, -5.5, 0.0, INF, 7.0), y=f32(0.0, 0.0, 0.0, 2.0, -2.0))
    row("floor_mod_float", tf.math.floormod, x=f32(5.5, -5.5, 5.5, -3.0), y=f32(2.0, 2.0, -3.5, 2.0))
    row("mean_i32", lambda x: tf.reduce_mean(x, 1), x=("int32", [[-1, -2], [1, 2]]))
    row("pow", tf.pow, x=f32(0.0, -8.0, 4.0, -2.0, NAN), y=f32(0.0, 0.5, -0.5, 3.0, 0.0))
    row("pow_half", lambda x: tf.pow(x, 0.5), x=f32(-0.0, -1.0, 4.0))
    row("pow_i32", tf.pow, x=i32(2, 5, -2), y=i32(10, 0, 3))
    row("add_wraps", lambda x: x + 1, x=i32(2**31 - 1))
    row("right_shift_negative", tf.bitwise.right_shift, x=i32(-8, 7), y=i32(1, 1))
    row("arg_max_ties", lambda x: tf.argmax(x, 1), x=("float32", [[3, 3, 1], [0, NAN, 5]]))
    row("arg_max_nan", lambda x: tf.argmax(x, 1), x=("float32", [[NAN, 1, 2], [NAN, NAN, NAN], [1, 2, NAN]]))
    row("arg_min_nan", lambda x: tf.argmin(x, 1), x=("float32", [[NAN, 1, 2], [3, NAN, 0], [1, 2, NAN]]))
    row("max_nan", lambda x: tf.reduce_max(x, 1, keepdims=True), x=("float32", [[1, NAN, 2], [NAN, NAN, NAN], [1, 2, 3]]))
    row("min_nan", lambda x, axis: tf.reduce_min(x, axis), x=("float32", [[1, NAN, 2], [1, 2, 3]]), axis=("int32", 0))
    row("top_k_ties", lambda x: tuple(tf.math.top_k(x, 2)), x=("float32", [[5, 5, 1], [0, 7, 7]]))
    row("unique_order", lambda x: tuple(tf.unique(x)), x=i32(3, 1, 3, 2, 1))
    row("where_order", tf.where, x=("bool", [[True, True], [False, True]]))
    row("reverse_two_axes", lambda x: tf.reverse(x, [0, 2]), x=("float32", np.arange(12).reshape(2, 3, 2)))
    row("rfft_six", lambda x: tf.abs(tf.signal.rfft(x)), x=("float32", [[0, 1, 2, 3, 4, 5]]))
    ids, data = i32(0, 0), f32(1.0, 2.0)
    row("segment_max_empty", lambda x, i: tf.math.unsorted_segment_max(x, i, 3), x=data, i=ids)
    row("segment_sum_negative", lambda x, i: tf.math.unsorted_segment_sum(x, i, 3), x=data, i=i32(0, -1))
    row("div_no_nan", tf.math.divide_no_nan, x=f32(1.0, 0.0, NAN), y=f32(0.0, 0.0, 0.0))
    row("xlogy", tf.math.xlogy, x=f32(0.0, 0.0, 1.0), y=f32(0.0, NAN, 2.0))
    nothing = ("float32", np.zeros((0, 2)))
    for key, function in (("sum", tf.reduce_sum), ("max", tf.reduce_max), ("min", tf.reduce_min), ("prod", tf.reduce_prod), ("mean", tf.reduce_mean)):
        row(f"{key}_of_nothing", lambda x, f=function: f(x, 0), x=nothing)
    row("concat_with_nothing", lambda x: tf.concat([x, tf.ones([1, 2])], 0), x=nothing)
    row("dense_of_nothing", lambda x: tf.matmul(x, uniform((2, 3), "right")), x=nothing)
    row("matmul_of_nothing", tf.matmul, x=("float32", np.zeros((2, 0))), y=("float32", np.zeros((0, 3))))
    row("conv_of_nothing", lambda x: tf.nn.conv2d(x, uniform((1, 1, 2, 3), "right"), 1, "SAME"), x=("float32", np.zeros((0, 2, 2, 2))))
    row("where_none", tf.where, x=("bool", [False, False]))
    row("slice_none", lambda x, i: x[i:i] + 1, x=f32(1.0, 2.0), i=("int32", 1))
    row("range_none", lambda i: tf.range(i), i=("int32", 0))
    row("nms_none", lambda b, c: raw.NonMaxSuppressionV3(boxes=b, scores=c, max_output_size=3, iou_threshold=0.5, score_threshold=0.5),
        b=("float32", [[0, 0, 1, 1], [0, 2, 1, 3]]), c=f32(0.1, 0.2))
    row("nms", lambda b, c: raw.NonMaxSuppressionV3(boxes=b, scores=c, max_output_size=3, iou_threshold=0.5, score_threshold=0.5),
        b=("float32", [[0, 0, 1, 1], [0, 0, 1, 1], [0, 2, 1, 3]]), c=f32(0.9, 0.8, 0.1))
    pixels = ("float32", uniform((1, 2, 2, 1), "pixels"))
    row("bilinear_half", lambda x: raw.ResizeBilinear(images=x, size=[3, 4], half_pixel_centers=True), x=pixels)
    row("nearest_half", lambda x: raw.ResizeNearestNeighbor(images=x, size=[3, 4], half_pixel_centers=True), x=pixels)
    row("nearest_align", lambda x: raw.ResizeNearestNeighbor(images=x, size=[3, 4], align_corners=True), x=pixels)
    row("avg_pool_edge", lambda x: tf.nn.avg_pool2d(x, 2, 1, "SAME"), x=("float32", uniform((1, 3, 3, 1), "pixels")))
    row("gather_nd_batch", lambda x, i: tf.gather_nd(x, i, batch_dims=1), x=("float32", [[0, 1, 2], [3, 4, 5]]), i=("int32", [[0], [2]]))
    row("slice_negative", lambda x: x[-1:-5:-3], x=f32(1.0, 2.0, 3.0, 4.0))
    row("slice_to_end", lambda x: tf.slice(x, [0, 1], [-1, -1]), x=("float32", [[0, 1, 2], [3, 4, 5]]))
    row("atan2_zeros", tf.atan2, x=f32(0.0, -0.0, 1.0), y=f32(-1.0, -1.0, 0.0))
    row("one_hot_outside", lambda i: tf.one_hot(i, 3), i=i32(-1, 0, 3))
    row("fake_quant", lambda x: tf.quantization.fake_quant_with_min_max_args(x, -1.0, 2.0), x=f32(-9.0, -0.493, 0.0, 1.0, 9.0, NAN))
    row("quantize_dequantize", lambda x: tf.quantization.quantize_and_dequantize_v2(x, -1.0, 1.0), x=f32(-2.0, -0.504, 0.0, 0.999, 2.0))
    row("cumsum_exclusive", lambda x: tf.cumsum(x, 1, exclusive=True), x=("float32", [[0, 1, 2], [3, 4, 5]]))


ops_special.tolerance = {"rtol": 1e-5, "atol": 1e-6}


# ---- an op that only graphs of TensorFlow 1 hold -------------------------------------------------------------

def ops_accumulate(out, name):
    case = SourceCase(out, name, "AccumulateNV2, which only a session of TensorFlow 1 runs.")
    with tf.Graph().as_default() as graph:
        x, y = (tf.compat.v1.placeholder(tf.float32, [2, 3], name=label) for label in "xy")
        raw.AccumulateNV2(inputs=[x, y, x], shape=[2, 3], name="sum")
    write(case, graph.as_graph_def(), "graph.pb")
    case.call(SERVING, x=uniform((2, 3), "x"), y=uniform((2, 3), "y"))
    feeds, fetches = ["x:0", "y:0"], ["sum:0"]
    case.graph("graph_def", "graph.pb", {SERVING: (feeds, fetches)}, feeds=feeds, fetches=fetches)


MAKERS = {name: make for name, make in _FAMILIES.items() if name not in _BEFORE}
MAKERS["ops-accumulate"] = ops_accumulate

"""Writes cases/variant_programs.json: ragged tensors, maps and arrays of tensors behind handles.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import strings, tf
from op_programs import Programs

programs = Programs("variant")
ROWS = np.int64([0, 2, 2, 5])
VALUES = np.float32([1, 2, 3, 4, 5])


def back(p, variant, rank, inner=-1, dtype=tf.float32, splits=tf.int64):
    return p.run("RaggedTensorFromVariant", variant, input_ragged_rank=inner,
                 output_ragged_rank=rank, Tvalues=dtype, Tsplits=splits)


def ragged():
    p = programs.start("one ragged tensor")
    back(p, p.run("RaggedTensorToVariant", [ROWS], VALUES, batched_input=False), 1)
    p = programs.start("its rows")
    rows = p.run("RaggedTensorToVariant", [ROWS], VALUES, batched_input=True)
    back(p, rows, 1)
    back(p, rows, 1, inner=0)
    p.run("RaggedTensorToVariantGradient", rows, ROWS, np.int32([5]), Tvalues=tf.float32)
    p = programs.start("two levels")
    outer, inner = np.int64([0, 1, 1, 3]), np.int64([0, 2, 2, 5])
    two = np.float64([[1, 2], [3, 4], [5, 6], [7, 8], [9, 0]])
    back(p, p.run("RaggedTensorToVariant", [outer, inner], two, batched_input=True), 2,
         dtype=tf.float64)
    p = programs.start("rows of a dense tensor")
    rows = p.run("RaggedTensorToVariant", [], strings("a", "bc", "d"), batched_input=True,
                 Tsplits=tf.int32)
    p.run("Identity", rows)
    p = programs.start("a table of variants")
    rows = p.run("RaggedTensorToVariant", [np.int32([0, 1, 4, 4, 5])], np.arange(5), batched_input=True)
    table = p.run("Reshape", rows, np.int32([2, 2]))
    back(p, table, 2, dtype=tf.int64, splits=tf.int32)
    p = programs.start("a rank that does not fit")
    rows = p.run("RaggedTensorToVariant", [ROWS], VALUES, batched_input=True)
    p.run("RaggedTensorFromVariant", rows, input_ragged_rank=1, output_ragged_rank=2,
          Tvalues=tf.float32, fails=True)


def maps():
    for key, other, name in [(np.float32(1.5), np.float32(2), "number"),
                             (np.array("k", object), np.array("", object), "text"),
                             (np.int32([1, 2]), np.int32([1, 3]), "vector")]:
        types = {"key_dtype": tf.as_dtype(key.dtype) if key.dtype != object else tf.string,
                 "value_dtype": tf.int64}
        p = programs.start(f"map by {name}")
        one = p.run("TensorMapInsert", p.run("EmptyTensorMap"), key, np.int64([7, 8]))
        p.run("TensorMapStackKeys", one, **types)
        two = p.run("TensorMapInsert", one, other, np.int64(5))
        again = p.run("TensorMapInsert", two, key, np.int64([9]))
        for handle in [one, two, again]:
            p.run("TensorMapSize", handle)
            p.run("TensorMapHasKey", handle, other)
            p.run("TensorMapLookup", handle, key, **types)
        p.run("TensorMapSize", p.run("TensorMapErase", again, key, **types))
        p.run("TensorMapLookup", one, other, **types, fails=True)


def arrays():
    a, b = np.float32([1, 2]), np.float32([3, 4])
    p = programs.start("array")
    array = p.run("TensorArrayV3", np.int32(3), dtype=tf.float32, element_shape=[2],
                  clear_after_read=False)
    flow = p.run("TensorArrayWriteV3", array, np.int32(0), a, array + 1)
    flow = p.run("TensorArrayScatterV3", array, np.int32([2, 1]), np.stack([b, a + b]), flow)
    p.run("TensorArraySizeV3", array, flow)
    p.run("TensorArrayReadV3", array, np.int32(1), flow, dtype=tf.float32)
    p.run("TensorArrayGatherV3", array, np.int32([2, 0]), flow, dtype=tf.float32,
          element_shape=[2])
    p.run("TensorArrayConcatV3", array, flow, dtype=tf.float32)
    grads = p.run("TensorArrayGradV3", array, flow, source="g")
    flow = p.run("TensorArrayWriteV3", grads, np.int32(0), a, grads + 1)
    flow = p.run("TensorArrayWriteV3", grads, np.int32(0), b, flow)
    p.run("TensorArrayReadV3", grads, np.int32(0), flow, dtype=tf.float32)
    p.run("TensorArrayReadV3", p.run("TensorArrayGradV3", array, flow, source="g"), np.int32(1),
          flow, dtype=tf.float32)
    wide = p.run("TensorArrayGradWithShape", array, flow, np.int32([3]), source="w")
    p.run("TensorArrayWriteV3", wide, np.int32(1), np.zeros([3, 2], np.float32), wide + 1)
    p.run("TensorArrayCloseV3", array)
    p = programs.start("growing array")
    array = p.run("TensorArrayV3", np.int32(0), dtype=tf.string, dynamic_size=True)
    flow = p.run("TensorArraySplitV3", array, strings("a", "b", "c"), np.int64([1, 0, 2]),
                 array + 1)
    p.run("TensorArraySizeV3", array, flow)
    p.run("TensorArrayConcatV3", array, flow, dtype=tf.string)
    p.run("TensorArrayReadV3", array, np.int32(0), flow, dtype=tf.string, fails=True)
    p = programs.start("written twice")
    array = p.run("TensorArrayV3", np.int32(1), dtype=tf.float32)
    flow = p.run("TensorArrayWriteV3", array, np.int32(0), a, array + 1)
    p.run("TensorArrayWriteV3", array, np.int32(0), a, flow, fails=True)


def boxes():
    corners = np.float32([[[0.1, 0.2, 0.6, 0.7], [0.5, 0.5, 0.9, 1]]])
    for seed in range(1, 5):
        for size, attrs in [([40, 60, 3], {}), ([7, 5, 1], {"area_range": [0.3, 0.9]}),
                            ([100, 30, 3], {"aspect_ratio_range": [0.5, 2.0], "max_attempts": 3})]:
            p = programs.start(f"distorted box {seed} {size}")
            p.run("SampleDistortedBoundingBox", np.int32(size), corners, seed=seed, seed2=2,
                  min_object_covered=0.3, **attrs)
            p.run("SampleDistortedBoundingBoxV2", np.int64(size), corners, np.float32(0.5),
                  seed=seed, seed2=3, **attrs)
            p.run("StatelessSampleDistortedBoundingBox", np.int32(size), corners,
                  np.float32(0.1), np.int64([seed, 5]), **attrs)
    p = programs.start("distorted box of the image")
    p.run("SampleDistortedBoundingBoxV2", np.int32([9, 8, 3]), np.zeros([1, 0, 4], np.float32),
          np.float32(0.1), seed=4, use_image_if_no_bounding_boxes=True)
    p = programs.start("no box")
    p.run("SampleDistortedBoundingBoxV2", np.int32([9, 8, 3]), np.zeros([1, 0, 4], np.float32),
          np.float32(0.1), seed=4, fails=True)


for family in [ragged, maps, arrays, boxes]:
    family()
programs.write()

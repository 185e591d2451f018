"""Writes cases/sequence_cases.json: SequenceExamples, labels searched by beams, their loss.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import Cases, strings, tf

cases = Cases("sequence")
random = np.random.RandomState(4)
Feature = tf.train.Feature


def feature(values):
    if not values:
        return Feature()
    if isinstance(values[0], float):
        return Feature(float_list=tf.train.FloatList(value=values))
    if isinstance(values[0], int):
        return Feature(int64_list=tf.train.Int64List(value=values))
    return Feature(bytes_list=tf.train.BytesList(value=values))


def sequence(context, lists):
    return tf.train.SequenceExample(
        context=tf.train.Features(feature={k: feature(v) for k, v in context.items()}),
        feature_lists=tf.train.FeatureLists(feature_list={
            k: tf.train.FeatureList(feature=[feature(v) for v in steps])
            for k, steps in lists.items()})).SerializeToString(deterministic=True)


ONE = sequence({"id": [7], "w": [1.5, 2.5], "s": [b"x", b"yz"]},
               {"f": [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], "t": [[b"a"], [], [b"b", b"c"]],
                "i": [[1], [2]]})
TWO = sequence({"id": [9], "w": [3.5, -1.0]}, {"f": [[7.0, 8.0]], "t": [[b"d", b"e", b"f"]],
                                               "i": [[5], [6]]})
BARE = sequence({"id": [1]}, {})
EMPTY = np.float32([])
I64, F32, STR = tf.int64, tf.float32, tf.string


def names(features):
    return strings(*[f[0] for f in features])


def types(features, kind):
    """The attributes of context or lists; features: sparse, dense, ragged."""
    sparse, dense, ragged = features
    return {f"N{kind}_sparse": len(sparse), f"{kind}_sparse_types": [f[1] for f in sparse],
            f"{kind}_dense_shapes": [f[-1] for f in dense],
            f"{kind}_ragged_value_types": [f[1] for f in ragged],
            f"{kind}_ragged_split_types": [f[2] for f in ragged]}


def parse(serialized, context, lists, optional=(), fails=False, versions="12", name=None):
    """Context, lists: sparse (key, type), dense (key, default or type, shape), ragged (key, type,
    split type)."""
    defaults = [f[1] for f in context[1]]
    dense = {"Nfeature_list_dense": len(lists[1]), "feature_list_dense_types": [
        f[1] for f in lists[1]]}
    attrs = {**types(context, "context"), **types(lists, "feature_list"), **dense}
    serialized = np.array(serialized, object)
    label = name or f"{serialized.shape}"
    if "2" in versions:
        flags = np.array([f[0] in optional for f in lists[1]], bool)
        cases.add("ParseSequenceExampleV2", [
            serialized, strings(), *map(names, context), *map(names, lists), flags, defaults],
            attrs, fails=fails, name=label)
    attrs = {k: v for k, v in attrs.items() if "ragged" not in k}
    attrs["Ncontext_dense"] = len(context[1])
    if "1" in versions:
        keys = {f"{kind}_{form}_keys": [f[0] for f in features[i]] for i, form in
                enumerate(["sparse", "dense"]) for kind, features in
                [("context", context), ("feature_list", lists)]}
        cases.add("ParseSequenceExample", [serialized, strings(), defaults], {
            **attrs, **keys, "feature_list_dense_missing_assumed_empty": list(optional)},
            fails=fails, name=label)
    if "s" in versions:
        attrs = {k: v for k, v in attrs.items() if not k.startswith("N")}
        scalars = [[np.array(f[0], object) for f in features]
                   for features in [context[0], context[1], lists[0], lists[1]]]
        cases.add("ParseSingleSequenceExample", [
            serialized, strings(*optional), *scalars, defaults, np.array("", object)], attrs,
            fails=fails, name=label)


def sequences():
    context = ([("s", STR), ("w", F32)], [("id", np.int64([]), [1])], [])
    lists = ([("t", STR), ("i", I64)], [("f", F32, [2])], [])
    rag = [("w", F32, I64), ("s", STR, tf.int32)]
    rags = [("t", STR, tf.int32), ("i", I64, I64)]
    parse([ONE, TWO], context, lists)
    parse([ONE], context, lists)
    parse([ONE, BARE, TWO], context, lists, optional=["f"])
    parse([BARE], context, lists, optional=["f"])
    parse([ONE, BARE], context, lists, fails=True, name="missing list")
    parse([TWO, ONE], ([], [], rag), ([], [], rags), versions="2")
    parse([TWO, BARE], ([("w", F32)], context[1], rag[1:]),
          ([("i", I64)], lists[1], rags[:1]),
          optional=["f"], versions="2")
    parse(ONE, context, lists, versions="2s")
    parse(ONE, ([], [], rag), ([], [], rags), versions="2")
    parse(BARE, context, lists, optional=["f"], versions="2s")
    parse(BARE, context, lists, fails=True, versions="2s", name="missing list")
    parse([ONE, TWO], ([], [("w", np.float32([9, 8]), [2]), ("id", np.int64(3), [])], []),
          ([], [("i", I64, [1]), ("f", F32, [1, 2])], []))
    parse([BARE], ([], [("w", np.float32([9, 8]), [2])], []), ([], [], []))
    parse(BARE, ([], [("w", np.float32([9, 8]), [2])], []), ([], [], []), versions="2s")
    parse([ONE], ([], [("id", np.float32([]), [1])], []), ([], [], []), fails=True, name="type")
    parse([ONE], ([], [], []), ([], [("f", F32, [3])], []), fails=True, name="size")
    parse([ONE], ([], [], []), ([("f", I64)], [], []), fails=True, name="type of steps")
    parse(ONE, ([], [], []), ([("f", I64)], [], []), fails=True, versions="2s", name="type")
    parse([b"\xff\xff"], context, lists, fails=True, name="no example")


def beams():
    logits = np.float32(random.normal(size=[6, 3, 5]) * 2)
    lengths = np.int32([6, 4, 0])
    for width, paths in [(1, 1), (3, 1), (4, 3), (100, 2)]:
        for merges in [True, False]:
            cases.add("CTCBeamSearchDecoder", [
                logits[:, :2] if width < 100 else logits[:, 1:2], lengths[:2] if width < 100 else
                lengths[1:2]], {"beam_width": width, "top_paths": paths, "merge_repeated": merges})
    for dtype in [np.float32, np.float64]:
        cases.add("CTCBeamSearchDecoder", [dtype(logits), lengths], {
            "beam_width": 10, "top_paths": 1, "merge_repeated": False})
    cases.add("CTCBeamSearchDecoder", [logits, lengths], {
        "beam_width": 2, "top_paths": 3, "merge_repeated": True}, fails=True)
    cases.add("CTCBeamSearchDecoder", [logits, np.int32([7, 1, 1])], {
        "beam_width": 2, "top_paths": 1, "merge_repeated": True}, fails=True)


def losses():
    logits = (random.randn(6, 3, 5) * 2).round(2)
    indices = np.int64([[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [2, 0]])
    labels, lengths = np.int32([1, 1, 0, 2, 3, 3]), np.int32([6, 3, 1])
    merges, collapses = "ctc_merge_repeated", "preprocess_collapse_repeated"
    passes = "ignore_longer_outputs_than_inputs"
    for dtype in [np.float32, np.float64]:
        for attrs in [{}, {merges: False}, {collapses: True}, {merges: False, collapses: True}]:
            cases.add("CTCLoss", [logits.astype(dtype), indices, labels, lengths], attrs)
    # Blanks alone are no case: TensorFlow then writes before the start of its array.
    for steps in [[2, 3, 1], [0, 1, 0]]:
        cases.add("CTCLoss", [np.float32(logits), indices, labels, np.int32(steps)], {passes: True})
    cases.add("CTCLoss", [np.float32(logits), indices, labels, np.int32([3, 3, 1])])
    cases.add("CTCLoss", [np.float32(logits), indices, np.int32([0, 4, 4, 2, 4, 0]), lengths])
    for wrong, steps in [(labels, [2, 3, 1]), (labels, [7, 3, 1]), ([4, 1, 1, 2, 3, 3], lengths),
                         ([-1, 1, 1, 2, 3, 3], lengths)]:
        cases.add("CTCLoss", [np.float32(logits), indices, np.int32(wrong), np.int32(steps)], fails=True)
    cases.add("CTCLoss", [np.float32(logits), indices[:3], labels[:3], lengths], fails=True)


for family in [sequences, beams, losses]:
    family()
cases.write()

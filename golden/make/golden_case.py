"""The golden case: a SavedModel, the calls to make on it, and what TensorFlow answers."""
import base64
import hashlib
import io
import json
import re
import shutil
import zlib
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

_HIDDEN = "__saved_model_"


class GoldenCase:
    """One folder `<out>/<name>`: save a model to `self.model`, plan calls, then `write()`."""

    def __init__(self, out, name, about, rtol=1e-5, atol=1e-5, stateful=False):
        self.name, self.about, self.stateful = name, about, stateful
        self.tolerance = {"rtol": rtol, "atol": atol}
        self.folder = Path(out) / name
        if self.folder.exists():
            shutil.rmtree(self.folder)
        (self.folder / "data").mkdir(parents=True)
        self.plan = []
        self._known = {}

    @property
    def model(self):
        return str(self.folder / "model")

    def call(self, signature, **inputs):
        self.plan.append((signature, inputs))

    def write(self):
        """Loads the model back, makes every planned call in order and writes tensors and case.json."""
        signatures = describe_signatures(self.folder / "model")
        loaded = tf.saved_model.load(self.model)
        serials, calls = {}, []
        for key, inputs in self.plan:
            serial = serials.setdefault(key, 0)
            serials[key] += 1
            spec = signatures[key]
            feeds = {n: typed(v, spec["inputs"][n]["dtype"]) for n, v in inputs.items()}
            if set(feeds) != set(spec["inputs"]):
                raise ValueError(f"{self.name}/{key}: fed {sorted(feeds)}, takes {sorted(spec['inputs'])}")
            try:
                results = loaded.signatures[key](**{
                    n: tf.constant(v, tf.as_dtype(spec["inputs"][n]["dtype"])) for n, v in feeds.items()})
            except Exception as error:
                raise RuntimeError(f"{self.name}/{key}: call {serial} fails: {error}") from error
            results = {n: v.numpy() for n, v in results.items()}
            if set(results) != set(spec["outputs"]):
                raise ValueError(f"{self.name}/{key}: gave {sorted(results)}, promises {sorted(spec['outputs'])}")
            calls.append({
                "signature": key,
                "inputs": {n: self._store(key, serial, "in", n, feeds[n], spec["inputs"][n]["dtype"]) for n in sorted(feeds)},
                "outputs": {n: self._store(key, serial, "out", n, results[n], spec["outputs"][n]["dtype"])
                            for n in sorted(results)}})
        uncalled = set(signatures) - set(serials)
        if uncalled:
            raise ValueError(f"{self.name}: never called: {sorted(uncalled)}")
        import keras
        record = {
            "name": self.name, "about": self.about,
            "source": {"kind": "saved_model", "path": "model", "tags": ["serve"]},
            "made_with": f"TF {tf.__version__} / Keras {keras.__version__}",
            "signatures": signatures, "calls": calls, "stateful": self.stateful, "tolerance": self.tolerance}
        (self.folder / "case.json").write_text(compact_json(record))

    def _store(self, key, serial, way, name, value, dtype):
        payload, ending = encode_tensor(value, dtype)
        digest = hashlib.sha256(payload).digest()
        if digest not in self._known:
            stem = re.sub(r"[^\w.-]", "_", f"{key}.{serial}.{way}.{name}")
            path = f"data/{stem}{ending}"
            if (self.folder / path).exists():
                raise ValueError(f"{self.name}: two tensors want {path}")
            (self.folder / path).write_bytes(payload)
            self._known[digest] = path
        return self._known[digest]


def typed(value, dtype):
    if dtype == "string":
        return np.array(value, dtype=object)
    return np.asarray(value, dtype=tf.as_dtype(dtype).as_numpy_dtype)


def encode_tensor(value, dtype):
    value = np.asarray(value)
    if dtype == "string":
        items = value.reshape(-1).tolist() if value.dtype == object else [bytes(value.item())]
        record = {"dtype": "string", "shape": list(value.shape),
                  "base64": [base64.b64encode(item).decode("ascii") for item in items]}
        return json.dumps(record).encode("ascii"), ".json"
    if dtype == "bfloat16":
        value = value.view(np.uint16)
    stream = io.BytesIO()
    np.save(stream, np.asarray(value, order="C"), allow_pickle=False)
    return stream.getvalue(), ".npy"


def describe_signatures(model):
    saved = saved_model_pb2.SavedModel()
    saved.ParseFromString((model / "saved_model.pb").read_bytes())
    (graph,) = saved.meta_graphs

    def spec(info):
        dims = None if info.tensor_shape.unknown_rank else [d.size if d.size >= 0 else None for d in info.tensor_shape.dim]
        return {"dtype": tf.as_dtype(info.dtype).base_dtype.name, "shape": dims}

    return {key: {"inputs": {n: spec(i) for n, i in sorted(entry.inputs.items())},
                  "outputs": {n: spec(i) for n, i in sorted(entry.outputs.items())}}
            for key, entry in sorted(graph.signature_def.items()) if not key.startswith(_HIDDEN)}


def compact_json(record):
    """Indented, except that a tensor's description and a shape stay on one line."""
    text = json.dumps(record, indent=1)
    text = re.sub(r"\[[\s\d,nul-]*\]", lambda m: re.sub(r"\s+", " ", m.group()).replace("[ ", "[").replace(" ]", "]"), text)
    text = re.sub(r'\{\s*"dtype": ("\w+"),\s*"shape": (\[[^\]]*\]|null)\s*\}', r'{"dtype": \1, "shape": \2}', text)
    return text + "\n"


# ---- seeded values ---------------------------------------------------------------------------------------

def generator(*what):
    """A generator whose seed is made from its arguments, so that adding a case moves no other's values."""
    return np.random.Generator(np.random.PCG64(zlib.crc32(repr(what).encode())))


def uniform(shape, *what, low=-3.0, high=3.0, dtype=np.float32):
    return generator(shape, *what).uniform(low, high, shape).astype(dtype)


def integers(shape, *what, low=-9, high=10, dtype=np.int32):
    return generator(shape, *what).integers(low, high, shape).astype(dtype)


def values(dtype, shape, what, low=None, high=None):
    kind = tf.as_dtype(dtype)
    if dtype == "bool":
        return generator(shape, what).integers(0, 2, shape).astype(bool)
    if kind.is_complex:
        return (uniform(shape, what, "re") + 1j * uniform(shape, what, "im")).astype(kind.as_numpy_dtype)
    if kind.is_floating:
        return uniform(shape, what, low=-3.0 if low is None else low, high=3.0 if high is None else high,
                       dtype=kind.as_numpy_dtype)
    if low is None:
        low = 0 if kind.is_unsigned else -9
    return integers(shape, what, low=low, high=10 if high is None else high, dtype=kind.as_numpy_dtype)


# ---- a module of many small signatures -------------------------------------------------------------------

class Sweep:
    """Many signatures in one tf.Module: each is one op or variant, called on seeded and on given values.

    A tensor is written "float32[b,3]": a name in the shape is a free dimension. A call is a dict that gives the free
    dimensions their size and, where seeded values won't do, inputs their values. `edge` calls (NaN, infinities, no
    elements) go to a second case of the same signatures, `<name>-edge`, which TFLite's interpreter may fail.
    """

    def __init__(self, out, name, about, **tolerance):
        self.out, self.name, self.about, self.tolerance = out, name, about, tolerance
        self.ops, self.ordinary, self.edges = {}, [], []

    def op(self, key, function, tensors=None, calls=({},), edge=(), low=None, high=None):
        if key in self.ops:
            raise ValueError(f"{self.name}: two signatures {key}")
        parsed = {name: parse_tensor(text) for name, text in (tensors or {}).items()}

        def body(**inputs):
            result = function(*[inputs[name] for name in parsed])
            if isinstance(result, dict):
                return result
            if isinstance(result, (list, tuple)):
                return {f"out_{i}": v for i, v in enumerate(result)}
            return {"out": result}
        specs = {name: tf.TensorSpec([None if isinstance(d, str) else d for d in dims], dtype, name=name)
                 for name, (dtype, dims) in parsed.items()}
        self.ops[key] = (body, specs)
        for plan, target in ((calls, self.ordinary), (edge, self.edges)):
            for number, call in enumerate(plan):
                known = set(parsed) | {d for _, dims in parsed.values() for d in dims if isinstance(d, str)}
                if not set(call) <= known:
                    raise ValueError(f"{self.name}/{key}: what is {sorted(set(call) - known)}?")
                inputs = {}
                for name, (dtype, dims) in parsed.items():
                    if name in call:
                        inputs[name] = call[name]
                        continue
                    shape = tuple(call[d] if isinstance(d, str) else d for d in dims)
                    bounds = {side: v.get(name) if isinstance(v, dict) else v for side, v in (("low", low), ("high", high))}
                    # Seeded by input name, not by signature: signatures of like inputs share their files.
                    inputs[name] = values(dtype, shape, (name, number), **bounds)
                target.append((key, inputs))

    def write(self):
        self._write(self.name, self.about, self.ordinary)
        if self.edges:
            self._write(f"{self.name}-edge", f"{self.about} On values at the edge: NaN, infinities, zeros, no elements.",
                        self.edges)

    def _write(self, name, about, calls):
        case = GoldenCase(self.out, name, about, **self.tolerance)
        module, signatures = tf.Module(), {}
        for key in dict.fromkeys(key for key, _ in calls):
            body, specs = self.ops[key]
            # Keyword-only tensors keep their names as the signature's input names.
            signatures[key] = tf.function(body).get_concrete_function(**specs)
            setattr(module, f"f_{key}", signatures[key])
            if signatures[key].variables:  # a layer's: saving asks who owns them
                setattr(module, f"v_{key}", list(signatures[key].variables))
        tf.saved_model.save(module, case.model, signatures=signatures)
        for key, inputs in calls:
            case.call(key, **inputs)
        case.write()


def parse_tensor(text):
    dtype, dims = re.fullmatch(r"(\w+)\[([^\]]*)\]", text).groups()
    return dtype, tuple(int(d) if d.isdigit() else d for d in dims.replace(" ", "").split(",") if d)

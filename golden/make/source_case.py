"""Golden cases of sources that are no TF2 SavedModel with signatures: functions, TF1 models, graphs, Keras files."""
import os
import tempfile

import numpy as np
import tensorflow as tf

from golden_case import GoldenCase, compact_json, typed

tf1 = tf.compat.v1
SERVING = "serving_default"


def spec_of(tensor):
    shape = tensor.shape
    return {"dtype": tf.as_dtype(tensor.dtype).base_dtype.name, "shape": None if shape.rank is None else shape.as_list()}


class SourceCase(GoldenCase):
    """A case whose calls are answered by a function: `answer(key, inputs)` gives the outputs by name."""

    def __init__(self, out, name, about, **options):
        self.stateful_source = options.pop("stateful", False)
        super().__init__(out, name, about, **options)

    def inside(self, name):
        """The path of a file in the model's folder."""
        os.makedirs(self.model, exist_ok=True)
        return os.path.join(self.model, name)

    def record(self, source, signatures, answer):
        serials, calls = {}, []
        for key, inputs in self.plan:
            serial = serials.setdefault(key, 0)
            serials[key] += 1
            spec = signatures[key]
            feeds = {n: typed(v, spec["inputs"][n]["dtype"]) for n, v in inputs.items()}
            assert set(feeds) == set(spec["inputs"]), (self.name, key, set(feeds), set(spec["inputs"]))
            results = {n: np.asarray(v) for n, v in answer(key, feeds).items()}
            assert set(results) == set(spec["outputs"]), (self.name, key, set(results), set(spec["outputs"]))
            calls.append({
                "signature": key,
                "inputs": {n: self._store(key, serial, "in", n, feeds[n], spec["inputs"][n]["dtype"]) for n in sorted(feeds)},
                "outputs": {n: self._store(key, serial, "out", n, results[n], spec["outputs"][n]["dtype"])
                            for n in sorted(results)}})
        assert set(serials) == set(signatures), (self.name, "never called", set(signatures) - set(serials))
        import keras
        record = {
            "name": self.name, "about": self.about, "source": source,
            "made_with": f"TF {tf.__version__} / Keras {keras.__version__}",
            "signatures": signatures, "calls": calls, "stateful": self.stateful_source, "tolerance": self.tolerance}
        (self.folder / "case.json").write_text(compact_json(record))

    # ---- the forms of sources ----

    def traces(self, chosen, functions):
        """Functions of a SavedModel, paths by key; `functions` maps keys to traces of the loaded object."""
        signatures = {}
        for key, function in functions.items():
            inputs = {spec.name: spec_of(spec) for spec in tf.nest.flatten(function.structured_input_signature)}
            outputs = function.structured_outputs
            signatures[key] = {"inputs": inputs, "outputs": {n: spec_of(t) for n, t in sorted(outputs.items())}}

        def answer(key, inputs):
            values = {n: tf.constant(v, signatures[key]["inputs"][n]["dtype"]) for n, v in inputs.items()}
            return {n: t.numpy() for n, t in functions[key](**values).items()}
        self.record({"kind": "concrete_function", "path": "model", "tags": ["serve"], "functions": chosen}, signatures, answer)

    def session(self, tags=("serve",)):
        """A TF1 SavedModel, loaded into a session of its own."""
        with tf.Graph().as_default(), tf1.Session() as session:
            meta = tf1.saved_model.load(session, list(tags), self.model)
            definitions = {k: d for k, d in sorted(meta.signature_def.items()) if not k.startswith("__saved_model_")}

            def specs(infos):
                return {n: spec_of(session.graph.get_tensor_by_name(i.name)) for n, i in sorted(infos.items())}

            def answer(key, inputs):
                definition = definitions[key]
                names = sorted(definition.outputs)
                return dict(zip(names, session.run(
                    [definition.outputs[n].name for n in names], {definition.inputs[n].name: v for n, v in inputs.items()})))
            signatures = {k: {"inputs": specs(d.inputs), "outputs": specs(d.outputs)} for k, d in definitions.items()}
            self.record({"kind": "saved_model", "path": "model", "tags": list(tags)}, signatures, answer)

    def graph(self, kind, file, sets, checkpoint=None, **source):
        """A GraphDef or MetaGraphDef, read back; `sets` maps keys to ([feed], [fetch])."""
        path = os.path.join(self.model, file)
        with tf.Graph().as_default() as graph, tf1.Session() as session:
            if kind == "meta_graph":
                saver = tf1.train.import_meta_graph(path)
            else:
                tf1.import_graph_def(read_graph(path), name="")
            if checkpoint:
                prefix = os.path.join(self.model, checkpoint)
                source["checkpoint"] = "model/" + checkpoint
                if kind == "meta_graph":
                    saver.restore(session, prefix)
                else:
                    assign_all(session, prefix)

            def tensors(texts):
                named = [text.split("=", 1) if "=" in text else [text[:-2] if text.endswith(":0") else text, text] for text in texts]
                return {name: graph.get_tensor_by_name(tensor if ":" in tensor else tensor + ":0") for name, tensor in named}
            both = {key: (tensors(feeds), tensors(fetches)) for key, (feeds, fetches) in sets.items()}

            def answer(key, inputs):
                feeds, fetches = both[key]
                return dict(zip(fetches, session.run(list(fetches.values()), {feeds[n]: v for n, v in inputs.items()})))
            signatures = {key: {"inputs": {n: spec_of(t) for n, t in feeds.items()},
                                "outputs": {n: spec_of(t) for n, t in fetches.items()}} for key, (feeds, fetches) in both.items()}
            self.record({"kind": kind, "path": "model/" + file, **source}, signatures, answer)

    def keras_file(self, kind, file, outputs=None):
        """A Keras file, loaded back; outputs are output_N, or the names given."""
        model = tf.keras.models.load_model(os.path.join(self.model, file), compile=False)
        names = [t.name.split(":")[0] for t in model.inputs]
        outputs = outputs or [f"output_{i}" for i in range(len(model.outputs))]

        def spec(keys, tensors, types):
            return {n: {"dtype": tf.as_dtype(d).name, "shape": list(t.shape)} for n, t, d in zip(keys, tensors, types)}

        def answer(key, inputs):
            values = [tf.constant(inputs[n], t.dtype) for n, t in zip(names, model.inputs)]
            result = model(values[0] if len(values) == 1 else values, training=False)
            return dict(zip(outputs, (v.numpy() for v in tf.nest.flatten(result))))
        given = [t.dtype for t in model.inputs]
        # What Keras 3 declares of layers of tokens is not what they give.
        made = given if self.stateful_source else [
            tf.string if v.dtype == object else v.dtype for v in answer(SERVING, self.plan[0][1]).values()]
        signatures = {SERVING: {"inputs": spec(names, model.inputs, given), "outputs": spec(outputs, model.outputs, made)}}
        self.record({"kind": kind, "path": "model/" + file}, signatures, answer)


def read_graph(path):
    from google.protobuf import text_format
    graph = tf1.GraphDef()
    with open(path, "rb") as file:
        content = file.read()
    if path.endswith("txt"):
        text_format.Parse(content.decode(), graph)
    else:
        graph.ParseFromString(content)
    return graph


def assign_all(session, prefix):
    """What a Saver would do: the key of a variable is the name of its op."""
    for key, _ in tf.train.list_variables(prefix):
        operation = session.graph.get_operation_by_name(key)
        value = tf.train.load_variable(prefix, key)
        if operation.type == "VarHandleOp":
            session.run(tf.raw_ops.AssignVariableOp(resource=operation.outputs[0], value=value))
        else:
            session.run(tf.raw_ops.Assign(ref=operation.outputs[0], value=value, validate_shape=True, use_locking=True))


def build(case, make, tags=("serve",), as_text=False, **arguments):
    """A TF1 SavedModel of one MetaGraph: `make(session)` gives signatures, {key: SignatureDef}, and more arguments."""
    with tf.Graph().as_default(), tf1.Session() as session:
        signatures, more = make(session)
        builder = tf1.saved_model.Builder(case.model)
        builder.add_meta_graph_and_variables(session, list(tags), signature_def_map=signatures, **more, **arguments)
        builder.save(as_text=as_text)


def predict(inputs, outputs):
    return tf1.saved_model.predict_signature_def(inputs, outputs)


def variable(name, value, **options):
    value = np.asarray(value)
    return tf1.get_variable(name, initializer=value.astype(np.float32) if value.dtype == np.float64 else value, **options)


def lines(name, *words):
    """A file in a folder of its own; the graph holds its name only, so that no path of this machine is kept."""
    os.chdir(tempfile.mkdtemp())
    with open(name, "w") as file:
        file.write("".join(word + "\n" for word in words))
    return name

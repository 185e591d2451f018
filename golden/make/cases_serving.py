"""Models as they are served: text in, images as bytes, serialised Examples."""
import numpy as np
import tensorflow as tf

from golden_case import GoldenCase, generator, uniform

MAKERS = {}


def maker(function):
    MAKERS[function.__name__.replace("_", "-")] = function
    return function


def text(*items):
    return [item.encode() for item in items]


LINES = text("the quick brown fox", "", "The QUICK, fox! jumps", "unseen words only", "dog dog dog the dog")
WORDS = ["the", "quick", "brown", "fox", "dog", "jumps"]


def save(case, key, function, *specs):
    """Saves a function as the only signature of a module that tracks what the function uses."""
    module = tf.Module()
    module.held = getattr(function, "held", [])
    module.serve = tf.function(function, input_signature=specs)
    tf.saved_model.save(module, case.model, signatures={key: module.serve})


def line_spec(name="text"):
    return tf.TensorSpec([None], tf.string, name=name)


def vectorizing(out, name, about, **options):
    case = GoldenCase(out, name, about)
    layer = tf.keras.layers.TextVectorization(vocabulary=WORDS, **options)

    def serve(text):
        result = layer(text)
        return {"values": result.flat_values, "splits": result.row_splits} if options.get("ragged") else {"y": result}

    serve.held = [layer]
    save(case, "serving_default", serve, line_spec())
    case.call("serving_default", text=LINES)
    case.call("serving_default", text=text("fox"))
    case.write()


@maker
def text_vectorization_ragged(out, name):
    vectorizing(out, name, "TextVectorization with a ragged result.", ragged=True)


@maker
def text_vectorization_bigrams(out, name):
    vectorizing(out, name, "TextVectorization of words and pairs, as whether they occur.", ngrams=2, output_mode="multi_hot")


@maker
def text_vectorization_counts(out, name):
    vectorizing(out, name, "TextVectorization that counts characters' tokens.", output_mode="count", standardize="lower")


@maker
def text_hashing_classifier(out, name):
    case = GoldenCase(out, name, "Words split, hashed into buckets, embedded and averaged.")
    table = tf.Variable(uniform([50, 4], name))
    weights = tf.Variable(uniform([4, 3], name, 1))

    def serve(text):
        words = tf.strings.split(tf.strings.lower(text))
        rows = words.with_values(tf.gather(table, tf.strings.to_hash_bucket_fast(words.flat_values, 50)))
        return {"scores": tf.nn.softmax(tf.matmul(tf.math.divide_no_nan(
            tf.reduce_sum(rows, 1), tf.cast(words.row_lengths(), tf.float32)[:, None]), weights))}

    serve.held = [table, weights]
    save(case, "serving_default", serve, line_spec())
    case.call("serving_default", text=LINES)
    case.write()


@maker
def text_wordpiece_loop(out, name):
    case = GoldenCase(out, name, "Word pieces by a loop that takes the longest known prefix.")
    pieces = text("un", "##want", "##ed", "want", "runn", "##ing", "a", "##b")
    table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(pieces, np.arange(len(pieces))), -1)

    def serve(word):
        def body(start, ids, size):
            def shorter(end):
                return tf.logical_and(end > start, table.lookup(part(end)) < 0)

            def part(end):
                own = tf.strings.substr(word, start, end - start)
                return tf.where(start > 0, tf.strings.join(["##", own]), own)

            end, = tf.while_loop(shorter, lambda end: (end - 1,), (size,))
            found = tf.where(end > start, table.lookup(part(end)), np.int64(-1))
            return tf.where(end > start, end, size), tf.concat([ids, [found]], 0), size

        size = tf.strings.length(word)
        _, ids, _ = tf.while_loop(lambda start, ids, size: start < size, body, (0, tf.zeros([0], tf.int64), size),
                                  shape_invariants=(tf.TensorShape([]), tf.TensorShape([None]), tf.TensorShape([])))
        return {"ids": ids}

    serve.held = [table]
    save(case, "serving_default", serve, tf.TensorSpec([], tf.string, name="word"))
    for word in ["unwanted", "running", "wanted", "xyz", "ab", ""]:
        case.call("serving_default", word=word.encode())
    case.write()


@maker
def text_features_crossed(out, name):
    case = GoldenCase(out, name, "Features looked up, put into buckets, hashed and crossed, as Keras layers do.")
    lookup = tf.keras.layers.StringLookup(vocabulary=["red", "green"], num_oov_indices=2)
    ages = tf.keras.layers.Discretization(bin_boundaries=[18.0, 30.0, 50.0])
    crossing = tf.keras.layers.HashedCrossing(num_bins=7)

    def serve(colour, age):
        group = ages(age)
        return {"colour": lookup(colour), "group": group, "cross": crossing((colour, tf.strings.as_string(group)))}

    serve.held = [lookup, ages, crossing]
    save(case, "serving_default", serve, line_spec("colour"), tf.TensorSpec([None], tf.float32, name="age"))
    case.call("serving_default", colour=text("red", "blue", "", "green"), age=[17.5, 18, 49, 120])
    case.write()


def example(**features):
    def feature(values):
        if isinstance(values[0], float):
            return tf.train.Feature(float_list=tf.train.FloatList(value=values))
        if isinstance(values[0], int):
            return tf.train.Feature(int64_list=tf.train.Int64List(value=values))
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=values))

    return tf.train.Example(features=tf.train.Features(
        feature={k: feature(v) for k, v in features.items()})).SerializeToString(deterministic=True)


EXAMPLES = [example(age=[31.5], words=text("fox", "dog"), clicks=[4, 9]), example(age=[2.0], clicks=[1]),
            example(age=[70.0], words=text("the"))]


@maker
def examples_classified(out, name):
    case = GoldenCase(out, name, "Serialised Examples to classes and scores.")
    weights = tf.Variable(uniform([3, 2], name))

    def serve(examples):
        parsed = tf.io.parse_example(examples, {
            "age": tf.io.FixedLenFeature([1], tf.float32), "words": tf.io.VarLenFeature(tf.string),
            "clicks": tf.io.RaggedFeature(tf.int64)})
        words = tf.sparse.to_dense(parsed["words"], default_value="")
        known = tf.reduce_sum(tf.cast(words == "dog", tf.float32), 1, keepdims=True)
        clicks = tf.cast(tf.reduce_sum(parsed["clicks"], 1), tf.float32)[:, None]
        scores = tf.nn.softmax(tf.concat([parsed["age"] / 10, known, clicks], 1) @ weights)
        classes = tf.gather(tf.constant(["no", "yes"]), tf.argsort(scores, direction="DESCENDING"))
        return {"classes": classes, "scores": scores}

    serve.held = [weights]
    save(case, "classification", serve, line_spec("examples"))
    case.call("classification", examples=EXAMPLES)
    case.call("classification", examples=EXAMPLES[:1])
    case.write()


@maker
def examples_regressed(out, name):
    case = GoldenCase(out, name, "Serialised Examples with defaults and crossed columns to one number each.")
    weights = tf.Variable(uniform([11], name))

    def serve(examples):
        parsed = tf.io.parse_example(examples, {
            "age": tf.io.FixedLenFeature([], tf.float32, 1.0), "words": tf.io.VarLenFeature(tf.string)})
        group = tf.strings.as_string(tf.raw_ops.Bucketize(input=parsed["age"], boundaries=[18.0, 50.0]))
        crossed = tf.sparse.cross_hashed([parsed["words"], group[:, None]], num_buckets=11)
        return {"outputs": tf.sparse.reduce_sum(crossed.with_values(tf.gather(weights, crossed.values)), 1, True)}

    serve.held = [weights]
    save(case, "regression", serve, line_spec("examples"))
    case.call("regression", examples=EXAMPLES)
    case.write()


@maker
def examples_sequences(out, name):
    case = GoldenCase(out, name, "Serialised SequenceExamples: context and steps of any number.")

    def step(*values):
        return tf.train.Feature(float_list=tf.train.FloatList(value=values))

    def sequence(label, *steps):
        return tf.train.SequenceExample(
            context=tf.train.Features(feature={"id": tf.train.Feature(int64_list=tf.train.Int64List(value=[label]))}),
            feature_lists=tf.train.FeatureLists(feature_list={
                "steps": tf.train.FeatureList(feature=steps)})).SerializeToString(deterministic=True)

    def serve(examples):
        context, lists, lengths = tf.io.parse_sequence_example(
            examples, {"id": tf.io.FixedLenFeature([], tf.int64)}, {"steps": tf.io.FixedLenSequenceFeature([2], tf.float32)})
        means = tf.reduce_sum(lists["steps"], 1) / tf.cast(tf.maximum(lengths["steps"], 1), tf.float32)[:, None]
        return {"id": context["id"], "means": means, "lengths": lengths["steps"]}

    save(case, "serving_default", serve, line_spec("examples"))
    case.call("serving_default", examples=[sequence(5, step(1, 2), step(3, 5)), sequence(8), sequence(9, step(7, -1))])
    case.write()


def image_bytes(kind, height, width, channels, *what):
    pixels = generator(*what).integers(0, 256, [height, width, channels], np.uint8)
    return (tf.io.encode_png if kind == "png" else tf.io.encode_jpeg)(pixels).numpy()


def image_case(out, name, about, decode, calls, **tolerance):
    case = GoldenCase(out, name, about, **tolerance)

    def serve(image_bytes):
        return {"images": tf.map_fn(decode, image_bytes, fn_output_signature=tf.TensorSpec([6, 8, 3], tf.float32))}

    save(case, "serving_default", serve, line_spec("image_bytes"))
    case.call("serving_default", image_bytes=calls)
    case.call("serving_default", image_bytes=calls[:1])
    case.write()


@maker
def images_png_resized(out, name):
    def decode(data):
        image = tf.image.convert_image_dtype(tf.io.decode_png(data, channels=3), tf.float32)
        return (tf.image.resize(image, [6, 8]) - 0.5) * 2

    image_case(out, name, "PNG bytes of any size, decoded, resized, normalised.", decode,
               [image_bytes("png", 9, 5, 3, name), image_bytes("png", 4, 16, 1, name)])


@maker
def images_any_cropped(out, name):
    def decode(data):
        image = tf.io.decode_image(data, channels=3, expand_animations=False)
        image.set_shape([None, None, 3])
        image = tf.image.resize_with_crop_or_pad(tf.image.central_crop(image, 0.5), 6, 8)
        return tf.image.per_image_standardization(image)

    image_case(out, name, "Image bytes of any kind, the middle cropped, standardised.", decode,
               [image_bytes("png", 12, 18, 3, name), image_bytes("png", 20, 10, 3, name)], atol=1e-4)


@maker
def images_padded_antialiased(out, name):
    def decode(data):
        image = tf.cast(tf.io.decode_png(data, channels=3), tf.float32)
        image = tf.image.resize_with_pad(image, 6, 8, method="area")
        return tf.reverse(image, [-1]) - tf.constant([103.9, 116.8, 123.7])

    image_case(out, name, "PNG bytes resized by areas with a border, colours reversed.", decode,
               [image_bytes("png", 12, 18, 3, name), image_bytes("png", 20, 10, 3, name)], atol=1e-3)


@maker
def images_base64(out, name):
    def decode(data):
        image = tf.io.decode_png(tf.io.decode_base64(data), channels=1)
        return tf.image.resize(tf.image.grayscale_to_rgb(image), [6, 8], method="nearest") / 255

    def encoded(data):
        return tf.io.encode_base64(data).numpy()

    def as_float(data):
        return tf.cast(decode(data), tf.float32)

    image_case(out, name, "PNG bytes in base64, as web clients send them.", as_float,
               [encoded(image_bytes("png", 5, 7, 1, name)), encoded(image_bytes("png", 3, 3, 1, name))])


@maker
def text_ragged_map(out, name):
    case = GoldenCase(out, name, "A function mapped over the rows of a ragged tensor.")

    def serve(text):
        words = tf.strings.split(text)
        lengths = tf.map_fn(lambda row: tf.strings.length(row) * 2, words,
                            fn_output_signature=tf.RaggedTensorSpec([None], tf.int32))
        return {"values": lengths.flat_values, "splits": lengths.row_splits}

    save(case, "serving_default", serve, line_spec())
    case.call("serving_default", text=LINES)
    case.write()


@maker
def text_cleaned(out, name):
    case = GoldenCase(out, name, "Text cleaned by expressions, cut to eight words and joined again.")

    def serve(text):
        clean = tf.strings.regex_replace(tf.strings.lower(text), r"[^a-z0-9 ]+", " ")
        words = tf.strings.split(tf.strings.strip(clean))[:, :3]
        return {"clean": tf.strings.reduce_join(words, 1, separator=" "),
                "grams": tf.strings.ngrams(words, 2).to_tensor("")}

    save(case, "serving_default", serve, line_spec())
    case.call("serving_default", text=LINES)
    case.write()

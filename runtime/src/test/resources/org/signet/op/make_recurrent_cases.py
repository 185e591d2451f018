"""Makes the op cases of recurrent builtins with TFLite's numbers, and models of one op that go on where the last call
ended, in ../session. Needs TensorFlow 2.21."""

from tflite_cases import TfliteCases, const, q, record, record_calls, variable

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(22)


def some(*shape):
    return (rng.integers(-40, 41, shape) / 32).astype(np.float32)


def weights(*shape, hybrid=False):
    if not hybrid:
        return const(some(*shape))
    return const(q(rng.integers(-127, 128, shape).astype(np.int8), 0.01, 0))


def lstm_operands(batch, n_input, cells, outputs, cifg=False, peephole=False, projection=False, norm=False,
                  hybrid=False):
    """The 23 operands after the input, and where the states are in them."""
    def w(*shape):
        return weights(*shape, hybrid=hybrid)

    ins = [None if cifg else w(cells, n_input)] + [w(cells, n_input) for _ in range(3)]
    recurrent = [None if cifg else w(cells, outputs)] + [w(cells, outputs) for _ in range(3)]
    peep = [w(cells) if peephole and not (cifg and i == 0) else None for i in range(3)]
    bias = [None if cifg else const(some(cells))] + [const(some(cells)) for _ in range(3)]
    project = [w(outputs, cells), const(some(outputs))] if projection else [None, None]
    states = [variable(some(batch, outputs)), variable(some(batch, cells))]
    norms = [const(some(cells)) if norm and not (cifg and i == 0) else None for i in range(4)]
    return ins + recurrent + peep + bias + project, states, norms


def lstms():
    cases = TfliteCases("lstm")
    kinds = [dict(), dict(cifg=True, peephole=True), dict(peephole=True, projection=True), dict(norm=True),
             dict(hybrid=True), dict(hybrid=True, projection=True, cifg=True)]
    for kind in kinds:
        cells, outputs = 4, 3 if kind.get("projection") else 4
        name = " ".join(kind) or "plain"
        options = {"fused_activation_function": "TANH", "cell_clip": 0.9, "proj_clip": 0.5 if "projection" in kind else 0.0}
        first, states, norms = lstm_operands(2, 3, cells, outputs, **kind)
        for time_major in (False, True):
            x = some(*((5, 2, 3) if time_major else (2, 5, 3)))
            cases.add("UNIDIRECTIONAL_SEQUENCE_LSTM", [x, *first, *states, *norms], ["float32"],
                      {**options, "time_major": time_major}, f"{name} {time_major}")
        cases.add("LSTM", [some(2, 3), *first, *states, *norms], ["float32"],
                  {**options, "kernel_type": "FULL"}, name)
        if not kind.get("norm"):
            back, back_states, _ = lstm_operands(2, 3, cells, outputs, **kind)
            for merged, aux in ((False, None), (True, None), (True, "input"), (False, "weights")):
                if aux == "weights" and kind.get("cifg"):
                    continue
                second = None if aux is None else some(5, 2, 3)
                w = [weights(cells, 3, hybrid=kind.get("hybrid", False)) if aux == "weights" else None for _ in range(8)]
                cases.add("BIDIRECTIONAL_SEQUENCE_LSTM",
                          [some(5, 2, 3), *first, *back, *states, *back_states, second, *w],
                          ["float32"] * (1 if merged else 2),
                          {**options, "time_major": True, "merge_outputs": merged}, f"{name} {merged} {aux}")
    cells = 3
    cases.add("LSTM", [some(2, 4), some(2, cells), const(some(4 * cells, 4 + cells)), const(some(4 * cells)), some(2, cells)],
              ["float32"] * 4, {"kernel_type": "BASIC", "fused_activation_function": "TANH"}, "basic", version=2)
    cases.write()


def integer_lstms():
    """int8 inputs, weights and outputs, int16 cells."""
    cases = TfliteCases("integer_lstm")
    cells, n_input, batch = 4, 3, 2
    # With peepholes and a projection TFLite's kernel takes cells of one row for those of another.
    kinds = ("", "cifg", "peephole", "projection", "norm", "peephole norm", "clip", "cifg norm", "projection norm",
             "cifg peephole", "cifg projection norm")
    for kind in kinds:
        cifg, peephole, projection, norm = (word in kind for word in ("cifg", "peephole", "projection", "norm"))
        outputs = 3 if projection else cells
        input_scale, input_zero, out_scale, out_zero = 0.03, -4, 0.008, 5

        def integers(dtype, *shape, low, high):
            return rng.integers(low, high, shape).astype(dtype)

        def matrix(rows, columns, scale):
            return const(q(integers(np.int8, rows, columns, low=-127, high=128), scale))

        def gates(make, first=True):
            return [None if i == 0 and (cifg or not first) else make(i) for i in range(4)]

        bias_scale = 2.0 ** -12 / 1024 if norm else input_scale * 0.01
        x = q(integers(np.int8, batch, 5, n_input, low=-128, high=128), input_scale, input_zero)
        first = gates(lambda i: matrix(cells, n_input, 0.01 + 0.002 * i))
        first += gates(lambda i: matrix(cells, outputs, 0.012 + 0.001 * i))
        peep = [const(q(integers(np.int16, cells, low=-32767, high=32768), 2e-5)) if peephole else None for _ in range(3)]
        if cifg:
            peep[0] = None
        first += peep
        first += gates(lambda i: const(q(integers(np.int32, cells, low=-3000, high=3000), bias_scale)))
        if projection:
            first += [matrix(outputs, cells, 0.006), const(q(integers(np.int32, outputs, low=-99, high=99), 0.006 * 0.004))]
        else:
            first += [None, None]
        states = [variable(q(integers(np.int8, batch, outputs, low=-128, high=128), out_scale, out_zero)),
                  variable(q(integers(np.int16, batch, cells, low=-9000, high=9000), 2.0 ** -11))]
        norms = gates(lambda i: const(q(integers(np.int16, cells, low=0, high=32767), 2.0 ** -15))) if norm else [None] * 4
        between = [q("int16", 0.0007 + 0.0001 * i, 0, shape=[1]) for i in range(4)]
        between.append(q("int8", 0.004 if projection else out_scale, 7 if projection else out_zero, shape=[1]))
        options = {"fused_activation_function": "TANH", "cell_clip": 3.5 if "clip" in kind else 0.0,
                   "proj_clip": 0.5 if projection else 0.0}
        cases.add("UNIDIRECTIONAL_SEQUENCE_LSTM", [x, *first, *states, *norms], [q("int8", out_scale, out_zero)],
                  {**options, "time_major": False}, kind, intermediates=between)
        if kind in ("", "norm"):
            row = q(x.value[:, 0], input_scale, input_zero)
            cases.add("LSTM", [row, *first, *states, *norms], [q("int8", out_scale, out_zero)],
                      {**options, "kernel_type": "FULL"}, kind, intermediates=between)
    cases.write()


def narrow_lstms():
    """int8 products as well: LSTM with twelve tensors between, a projection, normalized gates and no input gate."""
    cases = TfliteCases("narrow_lstm")
    numbers = np.random.default_rng(41).integers

    def small(dtype, *shape, low=-127, high=128, scale=None, zero=0):
        return q(numbers(low, high, shape).astype(dtype), scale, zero)

    for batch, n_input, cells, outputs, clip in ((2, 3, 4, 3, 0.0), (1, 7, 8, 5, 0.25), (3, 4, 4, 4, 0.0)):
        x = small(np.int8, batch, n_input, low=-128, scale=0.03, zero=-4)
        ins = [None] + [const(small(np.int8, cells, n_input, scale=0.01 + 0.002 * i)) for i in range(3)]
        recurrent = [None] + [const(small(np.int8, cells, outputs, scale=0.012 + 0.001 * i)) for i in range(3)]
        bias = [None] + [const(small(np.int32, cells, low=-3000, high=3000, scale=2.0 ** -25)) for _ in range(3)]
        project = [const(small(np.int8, outputs, cells, scale=0.006)),
                   const(small(np.int32, outputs, low=-99999, high=99999, scale=0.006 * 2.0 ** -15))]
        states = [variable(small(np.int8, batch, outputs, low=-128, scale=0.008, zero=5)),
                  variable(small(np.int16, batch, cells, low=-30000, high=30000, scale=2.0 ** -15))]
        norms = [None] + [const(small(np.int16, cells, low=0, high=32767, scale=2.0 ** -14)) for _ in range(3)]
        between = [q("int8" if i % 3 else "int16", 0.05 + 0.01 * i if i % 3 else 0.0002 * (i + 2), 3 - i if i % 3 else 0,
                     shape=[1]) for i in range(12)]
        cases.add("LSTM", [x, *ins, *recurrent, None, None, None, *bias, *project, *states, *norms],
                  [q("int8", 0.008, 5)],
                  {"fused_activation_function": "TANH", "kernel_type": "FULL", "cell_clip": clip, "proj_clip": clip * 3},
                  f"{cells} cells, clip {clip}", intermediates=between)
    cases.write()


def basic_lstms():
    """The kernel with one matrix for all gates, on uint8."""
    cases = TfliteCases("basic_lstm")
    some_integers = np.random.default_rng(31).integers
    for batch, inputs, cells, zero in ((2, 3, 4, 128), (1, 5, 8, 119)):
        byte = lambda *shape: q(some_integers(0, 256, shape).astype(np.uint8), 1 / 128, 128)
        operands = [byte(batch, inputs), byte(batch, cells),
                    const(q(some_integers(0, 256, (4 * cells, inputs + cells)).astype(np.uint8), 0.008, zero)),
                    const(q(some_integers(-9999, 9999, 4 * cells).astype(np.int32), 0.008 / 128)),
                    q(some_integers(-20000, 20000, (batch, cells)).astype(np.int16), 16 / 32768)]
        results = [q("uint8", 1 / 128, 128), q("int16", 16 / 32768), q("uint8", 1 / 128, 128), q("int16", 8 / 32768)]
        cases.add("LSTM", operands, results, {"kernel_type": "BASIC", "fused_activation_function": "TANH"},
                  f"uint8 {zero}")
    cases.write()


def converted():
    """A model of TensorFlow's converter: a Keras LSTM in integers only, in ../session."""
    tf.keras.utils.set_random_seed(5)
    net = tf.keras.Sequential([tf.keras.layers.Input((4, 3), batch_size=2), tf.keras.layers.LSTM(5)])
    converter = tf.lite.TFLiteConverter.from_keras_model(net)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: [[some(2, 4, 3)] for _ in range(9)]
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    record_calls("integer_lstm", converter.convert(), [rng.integers(-128, 128, (2, 4, 3)).astype(np.int8) for _ in range(3)])


def rnns():
    cases = TfliteCases("rnn")
    for hybrid in (False, True):
        for act in ("RELU", "TANH"):
            def cell(n_input, units):
                return [weights(units, n_input, hybrid=hybrid), weights(units, units, hybrid=hybrid),
                        const(some(units)), variable(some(2, units))]

            name = f"hybrid {hybrid} {act}"
            options = {"fused_activation_function": act, "asymmetric_quantize_inputs": act == "TANH"}
            cases.add("RNN", [some(2, 3), *cell(3, 4)], ["float32"], options, name)
            for time_major in (False, True):
                cases.add("UNIDIRECTIONAL_SEQUENCE_RNN", [some(*((5, 2, 3) if time_major else (2, 5, 3))), *cell(3, 4)],
                          ["float32"], {**options, "time_major": time_major}, f"{name} {time_major}")
            for merged, aux in ((False, None), (True, "input"), (True, "weights")):
                second = None if aux is None else some(2, 5, 3)
                w = [weights(4, 3, hybrid=hybrid), weights(2, 3, hybrid=hybrid)] if aux == "weights" else [None, None]
                cases.add("BIDIRECTIONAL_SEQUENCE_RNN", [some(2, 5, 3), *cell(3, 4), *cell(3, 2), second, *w],
                          ["float32"] * (1 if merged else 2),
                          {**options, "time_major": False, "merge_outputs": merged}, f"{name} {merged} {aux}",
                          [1e-3, 1e-3] if hybrid else None)
    for kind in ("float32", "hybrid", "int8"):
        filters, memory, rank = 6, 4, 2
        state = some(2, memory * filters)
        options = {"rank": rank, "fused_activation_function": "RELU"}
        if kind == "int8":
            x = q(rng.integers(-128, 128, (2, 3)).astype(np.int8), 0.02, -4)
            operands = [x, const(q(rng.integers(-127, 128, (filters, 3)).astype(np.int8), 0.01)),
                        const(q(rng.integers(-999, 999, (filters, memory)).astype(np.int16), 0.0005)),
                        const(q(rng.integers(-999, 999, 3).astype(np.int32), 0.0005 * 0.0001)),
                        variable(q(rng.integers(-999, 999, state.shape).astype(np.int16), 0.0001))]
            cases.add("SVDF", operands, [q("int8", 0.001, -5)], options, kind)
        else:
            hybrid = kind == "hybrid"
            operands = [some(2, 3), weights(filters, 3, hybrid=hybrid), weights(filters, memory, hybrid=hybrid),
                        const(some(3)), variable(state)]
            cases.add("SVDF", operands, ["float32"], options, kind)
    cases.write()


def sessions():
    first, states, norms = lstm_operands(2, 3, 4, 4)
    inputs = [some(2, 2, 3) for _ in range(3)]
    record("lstm", "UNIDIRECTIONAL_SEQUENCE_LSTM", {"fused_activation_function": "TANH", "time_major": False},
           [inputs[0], *first, *states, *norms], ["float32"], inputs)


if __name__ == "__main__":
    lstms()
    integer_lstms()
    narrow_lstms()
    basic_lstms()
    converted()
    rnns()
    sessions()

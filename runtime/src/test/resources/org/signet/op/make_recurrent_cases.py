"""Makes the op cases of recurrent builtins with TFLite's numbers, and models of one op that go on where the last call
ended, in ../session. Needs TensorFlow 2.21."""

from tflite_cases import TfliteCases, const, q, record, variable

import numpy as np

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
    rnns()
    sessions()

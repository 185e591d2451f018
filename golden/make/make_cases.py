"""Makes golden/cases: SavedModels and what TensorFlow computes from them.

    python make_cases.py [--out DIR] [--only NAME[,NAME...]] [--list] [--compare DIR]

Every expected output is computed by TensorFlow from the saved model, loaded back. TensorFlow 2.21.0 makes all cases but
those of `cases_tf215.py`, which 2.15.1 makes: Keras 2, Estimators. `--compare` makes no cases: it
says whether the cases in --out and those in DIR hold the same signatures, calls and values.
"""
import argparse
import json
import os
import sys
from pathlib import Path

for variable, value in (("TF_CPP_MIN_LOG_LEVEL", "3"), ("CUDA_VISIBLE_DEVICES", ""), ("TF_ENABLE_ONEDNN_OPTS", "0"),
                        ("TF_NUM_INTRAOP_THREADS", "1"), ("TF_NUM_INTEROP_THREADS", "1"), ("OMP_NUM_THREADS", "1")):
    os.environ.setdefault(variable, value)


def compare(left, right):
    """Prints what differs between two folders of cases; True if nothing does."""
    same = True
    names = [{p.parent.name for p in folder.glob("*/case.json")} for folder in (left, right)]
    for name in sorted(names[0] ^ names[1]):
        same = False
        print(f"{name}: only in {left if name in names[0] else right}")
    for name in sorted(names[0] & names[1]):
        records = [json.loads((folder / name / "case.json").read_text()) for folder in (left, right)]
        differences = [key for key in records[0] if records[0][key] != records[1].get(key)]
        paths = {path for call in records[0]["calls"] for way in ("inputs", "outputs") for path in call[way].values()}
        differences += [path for path in sorted(paths) if not (right / name / path).is_file()
                        or (left / name / path).read_bytes() != (right / name / path).read_bytes()]
        for difference in differences:
            same = False
            print(f"{name}: {difference} differs")
    print(f"{len(names[0] & names[1])} cases compared: {'the same' if same else 'NOT the same'}")
    return same


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "cases")
    parser.add_argument("--only", default="", help="these cases, separated by commas")
    parser.add_argument("--list", action="store_true", help="list the cases' names and stop")
    parser.add_argument("--compare", type=Path, metavar="DIR")
    args = parser.parse_args()
    if args.compare:
        sys.exit(0 if compare(args.out, args.compare) else 1)

    import tensorflow as tf
    if tf.__version__.startswith("2.15"):
        import cases_tf215
        makers = cases_tf215.MAKERS
    else:
        import cases_data_sets
        import cases_models
        import cases_ops
        import cases_patterns
        import cases_serving
        import cases_sources
        import cases_stablehlo
        import cases_state
        import cases_strings
        import cases_sweep
        import cases_tables
        import cases_training
        makers = {**cases_strings.MAKERS, **cases_models.MAKERS, **cases_ops.MAKERS, **cases_sweep.MAKERS, **cases_serving.MAKERS,
                  **cases_patterns.MAKERS, **cases_sources.MAKERS, **cases_state.MAKERS, **cases_data_sets.MAKERS,
                  **cases_stablehlo.MAKERS, **cases_tables.MAKERS, **cases_training.MAKERS}
    chosen = args.only.split(",") if args.only else list(makers)
    for name in chosen:
        if name not in makers:
            parser.error(f"no case {name}; there are {', '.join(makers)}")
    if args.list:
        print("\n".join(chosen))
        return
    if tf.__version__ not in ("2.21.0", "2.15.1"):
        print(f"warning: TensorFlow {tf.__version__}, the committed cases are of 2.21.0 and 2.15.1", file=sys.stderr)
    for name in chosen:
        tf.keras.backend.clear_session()
        makers[name](args.out, name)
        print(name, flush=True)


if __name__ == "__main__":
    main()

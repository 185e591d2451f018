"""Writes cases/state_programs.json: variables, tables and checkpoint files.

Needs TensorFlow 2.21.
"""

import numpy as np
from op_cases import strings, tf
from op_programs import Programs

programs = Programs("state")
F = np.float32([[1, 2], [3, 4]])
TYPES = {tf.int32: np.int32, tf.int64: np.int64, tf.float32: np.float32, tf.float64: np.float64,
         tf.string: lambda v: np.array([str(x) for x in np.ravel(v)], object).reshape(np.shape(v)),
         tf.bool: lambda v: np.asarray(v) % 2 == 1}


def variables():
    p = programs.start("a variable by its handle")
    v = p.run("VarHandleOp", dtype=tf.float32, shape=tf.TensorShape([2, 2]), shared_name="v")
    p.run("VarIsInitializedOp", v)
    p.run("AssignVariableOp", v, F, dtype=tf.float32)
    p.run("VarIsInitializedOp", v)
    p.run("DestroyResourceOp", v)
    for name in ["Variable", "VariableV2", "TemporaryVariable"]:
        p = programs.start(name)
        v = p.run(name, dtype=tf.float32, shape=tf.TensorShape([2, 2]), shared_name="v",
                  var_name="v")
        p.run("Assign", v, F)
        p.run("AssignAdd", v, F)
        if name == "TemporaryVariable":
            p.run("DestroyTemporaryVariable", v, var_name="v")
    p = programs.start("a variable without value")
    v = p.run("VarHandleOp", dtype=tf.float32, shape=tf.TensorShape([2]), shared_name="v")
    p.run("ReadVariableOp", v, dtype=tf.float32, fails=True)


def static_tables():
    pairs = [(tf.string, tf.int64), (tf.int64, tf.string), (tf.int64, tf.float32),
             (tf.string, tf.bool), (tf.int32, tf.int32), (tf.string, tf.string),
             (tf.int64, tf.int64), (tf.int32, tf.float64), (tf.string, tf.int32)]
    for key, value in pairs:
        p = programs.start(f"static {key.name} to {value.name}")
        table = p.run("HashTableV2", key_dtype=key, value_dtype=value, shared_name="t")
        keys, values = TYPES[key]([7, -3, 12]), TYPES[value]([1, 2, 3])
        p.run("LookupTableImportV2" if key == tf.int32 else "InitializeTableV2",
              table, keys, values)
        p.run("LookupTableSizeV2", table)
        fallback = TYPES[value](np.int32(0))
        p.run("LookupTableFindV2", table, TYPES[key]([[12, 5], [7, 7]]), fallback)
        p.run("LookupTableFindV2", table, TYPES[key](np.zeros([0, 2])), fallback)
    p = programs.start("a static table filled twice")
    table = p.run("HashTableV2", key_dtype=tf.int64, value_dtype=tf.int64, shared_name="t")
    p.run("InitializeTableV2", table, np.int64([1]), np.int64([1]))
    p.run("LookupTableExportV2", table, Tkeys=tf.int64, Tvalues=tf.int64)
    p.run("InitializeTableV2", table, np.int64([1, 1]), np.int64([1, 2]), fails=True)


def mutable_tables():
    for key, value in [(tf.string, tf.int64), (tf.int64, tf.float32), (tf.int64, tf.string),
                       (tf.string, tf.float32), (tf.int32, tf.int32)]:
        p = programs.start(f"mutable {key.name} to {value.name}")
        table = p.run("MutableHashTableV2", key_dtype=key, value_dtype=value, shared_name="t")
        find(p, table, TYPES[key], TYPES[value])
        p.run("LookupTableImportV2", table, TYPES[key]([5]), TYPES[value]([9]))
        p.run("LookupTableExportV2", table, Tkeys=key, Tvalues=value)
    p = programs.start("mutable, rows")
    table = p.run("MutableHashTableOfTensorsV2", key_dtype=tf.string, value_dtype=tf.float32,
                  value_shape=tf.TensorShape([2]), shared_name="t")
    p.run("LookupTableInsertV2", table, strings("a", "b"), F)
    p.run("LookupTableRemoveV2", table, strings("a", "x"))
    p.run("LookupTableFindV2", table, strings("b", "a"), np.float32([8, 9]))
    p.run("LookupTableSizeV2", table)
    for key, value in [(tf.int64, tf.int64), (tf.string, tf.float32), (tf.int32, tf.float64)]:
        p = programs.start(f"dense {key.name} to {value.name}")
        table = p.run("MutableDenseHashTableV2", TYPES[key](np.int32(0)), TYPES[key](np.int32(-1)),
                      value_dtype=value, initial_num_buckets=8, shared_name="t")
        find(p, table, TYPES[key], TYPES[value])
        p = programs.start(f"dense {key.name} to {value.name}, buckets")
        table = p.run("MutableDenseHashTableV2", TYPES[key](np.int32(0)), TYPES[key](np.int32(-1)),
                      value_dtype=value, initial_num_buckets=8, shared_name="t")
        p.run("LookupTableInsertV2", table, TYPES[key]([12, 5]), TYPES[value]([4, 4]))
        p.run("LookupTableExportV2", table, Tkeys=key, Tvalues=value)


def find(p, table, keys, values):
    p.run("LookupTableInsertV2", table, keys([3, 8, 3]), values([1, 2, 5]))
    p.run("LookupTableFindV2", table, keys([8, 1, 3]), values(np.int32(0)))
    p.run("LookupTableRemoveV2", table, keys([8, 9]))
    p.run("LookupTableFindV2", table, keys([8, 3]), values(np.int32(7)))
    p.run("LookupTableSizeV2", table)


def checkpoints():
    names, slices = strings("a", "b/c"), strings("", "")
    values = [F, np.int64([5, 6, 7])]
    types = [tf.float32, tf.int64]
    p = programs.start("saved, merged and restored", files=True)
    for shard in [0, 1]:
        name = p.run("ShardedFilename", np.array("{dir}/part", object), np.int32(shard),
                     np.int32(2))
        p.run("SaveV2", name, names[shard:shard + 1], slices[:1], values[shard:shard + 1],
              dtypes=types[shard:shard + 1])
    p.run("ShardedFilespec", np.array("{dir}/part", object), np.int32(2))
    p.run("MergeV2Checkpoints",
          strings("{dir}/part-00000-of-00002", "{dir}/part-00001-of-00002"),
          np.array("{dir}/all", object), delete_old_dirs=False)
    p.run("RestoreV2", np.array("{dir}/all", object), names[::-1], slices, dtypes=types[::-1])
    p = programs.start("the old format", files=True)
    p.run("Save", np.array("{dir}/old", object), names, values, T=types)
    p.run("Restore", np.array("{dir}/old", object), np.array("b/c", object), dt=tf.int64)
    p.run("RestoreV2", np.array("{dir}/old", object), names[:1], slices[:1], dtypes=types[:1])
    p = programs.start("no such tensor", files=True)
    p.run("SaveV2", np.array("{dir}/one", object), names[:1], slices[:1], values[:1],
          dtypes=types[:1])
    p.run("RestoreV2", np.array("{dir}/one", object), names[1:], slices[1:], dtypes=types[1:],
          fails=True)


WHOLE = np.arange(12, dtype=np.float32).reshape(4, 3)
ROWS = strings("4 3 0,1:-", "4 3 1,3:-")


def saved_slices(p, file, op="SaveV2"):
    ids = np.int64([5, 6, 7])
    p.run(op, np.array(file, object), strings("w", "w", "ids", "b", "ids"),
          strings("4 3 0,1:-", "4 3 1,3:-", "3 0,2", "", "3 2,1"),
          [WHOLE[:1], WHOLE[1:], ids[:2], F, ids[2:]],
          dtypes=[tf.float32, tf.float32, tf.int64, tf.float32, tf.int64])


def slices():
    p = programs.start("slices saved and restored", files=True)
    saved_slices(p, "{dir}/sliced")
    names = strings("w", "w", "w", "w", "ids", "ids", "b", "b")
    parts = strings("", "4 3 1,3:-", "4 3 0,2:-", "4 3 -:1,2", "", "3 1,2", "", "2 2 1,1:0,1")
    types = [tf.float32] * 4 + [tf.int64] * 2 + [tf.float32] * 2
    p.run("RestoreV2", np.array("{dir}/sliced", object), names, parts, dtypes=types)
    p = programs.start("slices of shards merged", files=True)
    shards = ["{dir}/part-00000-of-00002", "{dir}/part-00001-of-00002"]
    for shard, part in zip(shards, [WHOLE[:1], WHOLE[1:]]):
        i = shards.index(shard)
        p.run("SaveV2", np.array(shard, object), strings("w", f"b{i}"),
              np.concatenate([ROWS[i:i + 1], strings("")]), [part, F + i], dtypes=[tf.float32] * 2)
    p.run("RestoreV2", np.array(shards[1], object), strings("w"), ROWS[1:], dtypes=[tf.float32])
    p.run("MergeV2Checkpoints", strings(*shards), np.array("{dir}/all", object),
          delete_old_dirs=False)
    p.run("RestoreV2", np.array("{dir}/all", object), strings("w", "w", "w", "b1"),
          strings("", "4 3 0,1:-", "4 3 0,4:2,1", ""), dtypes=[tf.float32] * 4)
    p = programs.start("a slice of another shape", files=True)
    saved_slices(p, "{dir}/sliced")
    p.run("RestoreV2", np.array("{dir}/sliced", object), strings("w"), strings("4 2 0,1:-"),
          dtypes=[tf.float32], fails=True)
    p = programs.start("a tensor that is no slice", files=True)
    p.run("SaveV2", np.array("{dir}/part", object), strings("w"), ROWS[:1], [WHOLE],
          dtypes=[tf.float32], fails=True)
    p = programs.start("slices in the old format", files=True)
    saved_slices(p, "{dir}/old", "SaveSlices")
    for name, part, dtype in [("w", "4 3 1,3:-", tf.float32), ("w", "4 3 0,3:1,2", tf.float32),
                              ("ids", "3 0,3", tf.int64), ("b", "2 2 -:1,1", tf.float32)]:
        p.run("RestoreSlice", np.array("{dir}/old", object), np.array(name, object),
              np.array(part, object), dt=dtype)
    p.run("Restore", np.array("{dir}/old", object), np.array("w", object), dt=tf.float32)


for family in [variables, static_tables, mutable_tables, checkpoints, slices]:
    family()
programs.write()

meta_info_def {
  stripped_op_list {
    op {
      name: "AddV2"
      input_arg {
        name: "x"
        type_attr: "T"
      }
      input_arg {
        name: "y"
        type_attr: "T"
      }
      output_arg {
        name: "z"
        type_attr: "T"
      }
      attr {
        name: "T"
        type: "type"
        allowed_values {
          list {
            type: DT_BFLOAT16
            type: DT_HALF
            type: DT_FLOAT
            type: DT_DOUBLE
            type: DT_UINT8
            type: DT_UINT16
            type: DT_UINT32
            type: DT_UINT64
            type: DT_INT8
            type: DT_INT16
            type: DT_INT32
            type: DT_INT64
            type: DT_COMPLEX64
            type: DT_COMPLEX128
          }
        }
      }
      is_aggregate: true
      is_commutative: true
    }
    op {
      name: "Assign"
      input_arg {
        name: "ref"
        type_attr: "T"
        is_ref: true
      }
      input_arg {
        name: "value"
        type_attr: "T"
      }
      output_arg {
        name: "output_ref"
        type_attr: "T"
        is_ref: true
      }
      attr {
        name: "T"
        type: "type"
      }
      attr {
        name: "validate_shape"
        type: "bool"
        default_value {
          b: true
        }
      }
      attr {
        name: "use_locking"
        type: "bool"
        default_value {
          b: true
        }
      }
      allows_uninitialized_input: true
    }
    op {
      name: "AssignVariableOp"
      input_arg {
        name: "resource"
        type: DT_RESOURCE
      }
      input_arg {
        name: "value"
        type_attr: "dtype"
      }
      attr {
        name: "dtype"
        type: "type"
      }
      attr {
        name: "validate_shape"
        type: "bool"
        default_value {
          b: false
        }
      }
      is_stateful: true
    }
    op {
      name: "Cast"
      input_arg {
        name: "x"
        type_attr: "SrcT"
      }
      output_arg {
        name: "y"
        type_attr: "DstT"
      }
      attr {
        name: "SrcT"
        type: "type"
      }
      attr {
        name: "DstT"
        type: "type"
      }
      attr {
        name: "Truncate"
        type: "bool"
        default_value {
          b: false
        }
      }
    }
    op {
      name: "ConcatV2"
      input_arg {
        name: "values"
        type_attr: "T"
        number_attr: "N"
      }
      input_arg {
        name: "axis"
        type_attr: "Tidx"
      }
      output_arg {
        name: "output"
        type_attr: "T"
      }
      attr {
        name: "N"
        type: "int"
        has_minimum: true
        minimum: 2
      }
      attr {
        name: "T"
        type: "type"
      }
      attr {
        name: "Tidx"
        type: "type"
        default_value {
          type: DT_INT32
        }
        allowed_values {
          list {
            type: DT_INT32
            type: DT_INT64
          }
        }
      }
    }
    op {
      name: "Const"
      output_arg {
        name: "output"
        type_attr: "dtype"
      }
      attr {
        name: "value"
        type: "tensor"
      }
      attr {
        name: "dtype"
        type: "type"
      }
    }
    op {
      name: "DisableCopyOnRead"
      input_arg {
        name: "resource"
        type: DT_RESOURCE
      }
      is_stateful: true
    }
    op {
      name: "Identity"
      input_arg {
        name: "input"
        type_attr: "T"
      }
      output_arg {
        name: "output"
        type_attr: "T"
      }
      attr {
        name: "T"
        type: "type"
      }
    }
    op {
      name: "MatMul"
      input_arg {
        name: "a"
        type_attr: "T"
      }
      input_arg {
        name: "b"
        type_attr: "T"
      }
      output_arg {
        name: "product"
        type_attr: "T"
      }
      attr {
        name: "transpose_a"
        type: "bool"
        default_value {
          b: false
        }
      }
      attr {
        name: "transpose_b"
        type: "bool"
        default_value {
          b: false
        }
      }
      attr {
        name: "T"
        type: "type"
        allowed_values {
          list {
            type: DT_BFLOAT16
            type: DT_HALF
            type: DT_FLOAT
            type: DT_DOUBLE
            type: DT_INT32
            type: DT_INT64
            type: DT_UINT8
            type: DT_UINT16
            type: DT_UINT32
            type: DT_UINT64
            type: DT_COMPLEX64
            type: DT_COMPLEX128
          }
        }
      }
      attr {
        name: "grad_a"
        type: "bool"
        default_value {
          b: false
        }
      }
      attr {
        name: "grad_b"
        type: "bool"
        default_value {
          b: false
        }
      }
    }
    op {
      name: "MergeV2Checkpoints"
      input_arg {
        name: "checkpoint_prefixes"
        type: DT_STRING
      }
      input_arg {
        name: "destination_prefix"
        type: DT_STRING
      }
      attr {
        name: "delete_old_dirs"
        type: "bool"
        default_value {
          b: true
        }
      }
      attr {
        name: "allow_missing_files"
        type: "bool"
        default_value {
          b: false
        }
      }
      is_stateful: true
    }
    op {
      name: "Mul"
      input_arg {
        name: "x"
        type_attr: "T"
      }
      input_arg {
        name: "y"
        type_attr: "T"
      }
      output_arg {
        name: "z"
        type_attr: "T"
      }
      attr {
        name: "T"
        type: "type"
        allowed_values {
          list {
            type: DT_BFLOAT16
            type: DT_HALF
            type: DT_FLOAT
            type: DT_DOUBLE
            type: DT_UINT8
            type: DT_INT8
            type: DT_UINT16
            type: DT_INT16
            type: DT_INT32
            type: DT_UINT32
            type: DT_UINT64
            type: DT_INT64
            type: DT_COMPLEX64
            type: DT_COMPLEX128
          }
        }
      }
      is_commutative: true
    }
    op {
      name: "Neg"
      input_arg {
        name: "x"
        type_attr: "T"
      }
      output_arg {
        name: "y"
        type_attr: "T"
      }
      attr {
        name: "T"
        type: "type"
        allowed_values {
          list {
            type: DT_BFLOAT16
            type: DT_HALF
            type: DT_FLOAT
            type: DT_DOUBLE
            type: DT_INT8
            type: DT_INT16
            type: DT_INT32
            type: DT_INT64
            type: DT_COMPLEX64
            type: DT_COMPLEX128
          }
        }
      }
    }
    op {
      name: "NoOp"
    }
    op {
      name: "Pack"
      input_arg {
        name: "values"
        type_attr: "T"
        number_attr: "N"
      }
      output_arg {
        name: "output"
        type_attr: "T"
      }
      attr {
        name: "N"
        type: "int"
        has_minimum: true
        minimum: 1
      }
      attr {
        name: "T"
        type: "type"
      }
      attr {
        name: "axis"
        type: "int"
        default_value {
          i: 0
        }
      }
    }
    op {
      name: "Placeholder"
      output_arg {
        name: "output"
        type_attr: "dtype"
      }
      attr {
        name: "dtype"
        type: "type"
      }
      attr {
        name: "shape"
        type: "shape"
        default_value {
          shape {
            unknown_rank: true
          }
        }
      }
    }
    op {
      name: "PlaceholderWithDefault"
      input_arg {
        name: "input"
        type_attr: "dtype"
      }
      output_arg {
        name: "output"
        type_attr: "dtype"
      }
      attr {
        name: "dtype"
        type: "type"
      }
      attr {
        name: "shape"
        type: "shape"
      }
    }
    op {
      name: "RandomUniform"
      input_arg {
        name: "shape"
        type_attr: "T"
      }
      output_arg {
        name: "output"
        type_attr: "dtype"
      }
      attr {
        name: "seed"
        type: "int"
        default_value {
          i: 0
        }
      }
      attr {
        name: "seed2"
        type: "int"
        default_value {
          i: 0
        }
      }
      attr {
        name: "dtype"
        type: "type"
        allowed_values {
          list {
            type: DT_HALF
            type: DT_BFLOAT16
            type: DT_FLOAT
            type: DT_DOUBLE
          }
        }
      }
      attr {
        name: "T"
        type: "type"
        allowed_values {
          list {
            type: DT_INT32
            type: DT_INT64
          }
        }
      }
      is_stateful: true
    }
    op {
      name: "ReadVariableOp"
      input_arg {
        name: "resource"
        type: DT_RESOURCE
      }
      output_arg {
        name: "value"
        type_attr: "dtype"
      }
      attr {
        name: "dtype"
        type: "type"
      }
      is_stateful: true
    }
    op {
      name: "RestoreV2"
      input_arg {
        name: "prefix"
        type: DT_STRING
      }
      input_arg {
        name: "tensor_names"
        type: DT_STRING
      }
      input_arg {
        name: "shape_and_slices"
        type: DT_STRING
      }
      output_arg {
        name: "tensors"
        type_list_attr: "dtypes"
      }
      attr {
        name: "dtypes"
        type: "list(type)"
        has_minimum: true
        minimum: 1
      }
      is_stateful: true
    }
    op {
      name: "SaveV2"
      input_arg {
        name: "prefix"
        type: DT_STRING
      }
      input_arg {
        name: "tensor_names"
        type: DT_STRING
      }
      input_arg {
        name: "shape_and_slices"
        type: DT_STRING
      }
      input_arg {
        name: "tensors"
        type_list_attr: "dtypes"
      }
      attr {
        name: "dtypes"
        type: "list(type)"
        has_minimum: true
        minimum: 1
      }
      is_stateful: true
    }
    op {
      name: "Select"
      input_arg {
        name: "condition"
        type: DT_BOOL
      }
      input_arg {
        name: "t"
        type_attr: "T"
      }
      input_arg {
        name: "e"
        type_attr: "T"
      }
      output_arg {
        name: "output"
        type_attr: "T"
      }
      attr {
        name: "T"
        type: "type"
      }
    }
    op {
      name: "SelectV2"
      input_arg {
        name: "condition"
        type: DT_BOOL
      }
      input_arg {
        name: "t"
        type_attr: "T"
      }
      input_arg {
        name: "e"
        type_attr: "T"
      }
      output_arg {
        name: "output"
        type_attr: "T"
      }
      attr {
        name: "T"
        type: "type"
      }
    }
    op {
      name: "ShardedFilename"
      input_arg {
        name: "basename"
        type: DT_STRING
      }
      input_arg {
        name: "shard"
        type: DT_INT32
      }
      input_arg {
        name: "num_shards"
        type: DT_INT32
      }
      output_arg {
        name: "filename"
        type: DT_STRING
      }
    }
    op {
      name: "StaticRegexFullMatch"
      input_arg {
        name: "input"
        type: DT_STRING
      }
      output_arg {
        name: "output"
        type: DT_BOOL
      }
      attr {
        name: "pattern"
        type: "string"
      }
    }
    op {
      name: "StringJoin"
      input_arg {
        name: "inputs"
        type: DT_STRING
        number_attr: "N"
      }
      output_arg {
        name: "output"
        type: DT_STRING
      }
      attr {
        name: "N"
        type: "int"
        has_minimum: true
      }
      attr {
        name: "separator"
        type: "string"
        default_value {
          s: ""
        }
      }
    }
    op {
      name: "Sub"
      input_arg {
        name: "x"
        type_attr: "T"
      }
      input_arg {
        name: "y"
        type_attr: "T"
      }
      output_arg {
        name: "z"
        type_attr: "T"
      }
      attr {
        name: "T"
        type: "type"
        allowed_values {
          list {
            type: DT_BFLOAT16
            type: DT_HALF
            type: DT_FLOAT
            type: DT_DOUBLE
            type: DT_UINT8
            type: DT_INT8
            type: DT_UINT16
            type: DT_INT16
            type: DT_INT32
            type: DT_INT64
            type: DT_COMPLEX64
            type: DT_COMPLEX128
            type: DT_UINT32
            type: DT_UINT64
          }
        }
      }
    }
    op {
      name: "VarHandleOp"
      output_arg {
        name: "resource"
        type: DT_RESOURCE
      }
      attr {
        name: "container"
        type: "string"
        default_value {
          s: ""
        }
      }
      attr {
        name: "shared_name"
        type: "string"
        default_value {
          s: ""
        }
      }
      attr {
        name: "debug_name"
        type: "string"
        default_value {
          s: ""
        }
      }
      attr {
        name: "dtype"
        type: "type"
      }
      attr {
        name: "shape"
        type: "shape"
      }
      attr {
        name: "allowed_devices"
        type: "list(string)"
        default_value {
          list {
          }
        }
      }
      is_stateful: true
    }
    op {
      name: "VarIsInitializedOp"
      input_arg {
        name: "resource"
        type: DT_RESOURCE
      }
      output_arg {
        name: "is_initialized"
        type: DT_BOOL
      }
      is_stateful: true
    }
    op {
      name: "VariableV2"
      output_arg {
        name: "ref"
        type_attr: "dtype"
        is_ref: true
      }
      attr {
        name: "shape"
        type: "shape"
      }
      attr {
        name: "dtype"
        type: "type"
      }
      attr {
        name: "container"
        type: "string"
        default_value {
          s: ""
        }
      }
      attr {
        name: "shared_name"
        type: "string"
        default_value {
          s: ""
        }
      }
      is_stateful: true
    }
  }
  tensorflow_version: "2.21.0"
  tensorflow_git_version: "v2.21.0-rc1-5-ga481b10260d"
}
graph_def {
  node {
    name: "x"
    op: "Placeholder"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: -1
            }
            dim {
              size: 4
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "shape"
      value {
        shape {
          dim {
            size: -1
          }
          dim {
            size: 4
          }
        }
      }
    }
  }
  node {
    name: "reference/initial_value"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_FLOAT
          tensor_shape {
            dim {
              size: 4
            }
            dim {
              size: 3
            }
          }
          tensor_content: "\360\362\372\277\007\231\324>7\270Q<L~\'\2772\236\343?\177\024\'@\251\226S\277U\033\021\300:hw?}\201\306?\356\355\022\277\274F\335\277"
        }
      }
    }
  }
  node {
    name: "reference"
    op: "VariableV2"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "container"
      value {
        s: ""
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "shape"
      value {
        shape {
          dim {
            size: 4
          }
          dim {
            size: 3
          }
        }
      }
    }
    attr {
      key: "shared_name"
      value {
        s: ""
      }
    }
  }
  node {
    name: "reference/Assign"
    op: "Assign"
    input: "reference"
    input: "reference/initial_value"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@reference"
        }
      }
    }
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "use_locking"
      value {
        b: true
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: true
      }
    }
  }
  node {
    name: "reference/read"
    op: "Identity"
    input: "reference"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@reference"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "resource/Initializer/initial_value"
    op: "Const"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@resource"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_FLOAT
          tensor_shape {
            dim {
              size: 3
            }
          }
          tensor_content: "+\3261\2776J\360>\2565\255\277"
        }
      }
    }
  }
  node {
    name: "resource"
    op: "VarHandleOp"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@resource"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "allowed_devices"
      value {
        list {
        }
      }
    }
    attr {
      key: "container"
      value {
        s: "store"
      }
    }
    attr {
      key: "debug_name"
      value {
        s: "resource/"
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "shape"
      value {
        shape {
          dim {
            size: 3
          }
        }
      }
    }
    attr {
      key: "shared_name"
      value {
        s: "resource"
      }
    }
  }
  node {
    name: "resource/IsInitialized/VarIsInitializedOp"
    op: "VarIsInitializedOp"
    input: "resource"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "resource/Assign"
    op: "AssignVariableOp"
    input: "resource"
    input: "resource/Initializer/initial_value"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "resource/Read/ReadVariableOp"
    op: "ReadVariableOp"
    input: "resource"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
  }
  node {
    name: "parts/table/part_0/Initializer/random_uniform/shape"
    op: "Const"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_0"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_INT32
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_INT32
          tensor_shape {
            dim {
              size: 2
            }
          }
          tensor_content: "\003\000\000\000\003\000\000\000"
        }
      }
    }
  }
  node {
    name: "parts/table/part_0/Initializer/random_uniform/min"
    op: "Const"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_0"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_FLOAT
          tensor_shape {
          }
          float_val: -1.0
        }
      }
    }
  }
  node {
    name: "parts/table/part_0/Initializer/random_uniform/max"
    op: "Const"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_0"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_FLOAT
          tensor_shape {
          }
          float_val: 1.0
        }
      }
    }
  }
  node {
    name: "parts/table/part_0/Initializer/random_uniform/RandomUniform"
    op: "RandomUniform"
    input: "parts/table/part_0/Initializer/random_uniform/shape"
    attr {
      key: "T"
      value {
        type: DT_INT32
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_0"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "seed"
      value {
        i: 87654321
      }
    }
    attr {
      key: "seed2"
      value {
        i: 5
      }
    }
  }
  node {
    name: "parts/table/part_0/Initializer/random_uniform/sub"
    op: "Sub"
    input: "parts/table/part_0/Initializer/random_uniform/max"
    input: "parts/table/part_0/Initializer/random_uniform/min"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_0"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "parts/table/part_0/Initializer/random_uniform/mul"
    op: "Mul"
    input: "parts/table/part_0/Initializer/random_uniform/RandomUniform"
    input: "parts/table/part_0/Initializer/random_uniform/sub"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_0"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "parts/table/part_0/Initializer/random_uniform"
    op: "AddV2"
    input: "parts/table/part_0/Initializer/random_uniform/mul"
    input: "parts/table/part_0/Initializer/random_uniform/min"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_0"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "parts/table/part_0"
    op: "VarHandleOp"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_0"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "allowed_devices"
      value {
        list {
        }
      }
    }
    attr {
      key: "container"
      value {
        s: ""
      }
    }
    attr {
      key: "debug_name"
      value {
        s: "parts/table/part_0/"
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "shape"
      value {
        shape {
          dim {
            size: 3
          }
          dim {
            size: 3
          }
        }
      }
    }
    attr {
      key: "shared_name"
      value {
        s: "parts/table/part_0"
      }
    }
  }
  node {
    name: "parts/table/part_0/IsInitialized/VarIsInitializedOp"
    op: "VarIsInitializedOp"
    input: "parts/table/part_0"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "parts/table/part_0/Assign"
    op: "AssignVariableOp"
    input: "parts/table/part_0"
    input: "parts/table/part_0/Initializer/random_uniform"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "parts/table/part_0/Read/ReadVariableOp"
    op: "ReadVariableOp"
    input: "parts/table/part_0"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
  }
  node {
    name: "parts/table/part_1/Initializer/random_uniform/shape"
    op: "Const"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_1"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_INT32
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_INT32
          tensor_shape {
            dim {
              size: 2
            }
          }
          tensor_content: "\002\000\000\000\003\000\000\000"
        }
      }
    }
  }
  node {
    name: "parts/table/part_1/Initializer/random_uniform/min"
    op: "Const"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_1"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_FLOAT
          tensor_shape {
          }
          float_val: -1.0
        }
      }
    }
  }
  node {
    name: "parts/table/part_1/Initializer/random_uniform/max"
    op: "Const"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_1"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_FLOAT
          tensor_shape {
          }
          float_val: 1.0
        }
      }
    }
  }
  node {
    name: "parts/table/part_1/Initializer/random_uniform/RandomUniform"
    op: "RandomUniform"
    input: "parts/table/part_1/Initializer/random_uniform/shape"
    attr {
      key: "T"
      value {
        type: DT_INT32
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_1"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "seed"
      value {
        i: 87654321
      }
    }
    attr {
      key: "seed2"
      value {
        i: 5
      }
    }
  }
  node {
    name: "parts/table/part_1/Initializer/random_uniform/sub"
    op: "Sub"
    input: "parts/table/part_1/Initializer/random_uniform/max"
    input: "parts/table/part_1/Initializer/random_uniform/min"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_1"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "parts/table/part_1/Initializer/random_uniform/mul"
    op: "Mul"
    input: "parts/table/part_1/Initializer/random_uniform/RandomUniform"
    input: "parts/table/part_1/Initializer/random_uniform/sub"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_1"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "parts/table/part_1/Initializer/random_uniform"
    op: "AddV2"
    input: "parts/table/part_1/Initializer/random_uniform/mul"
    input: "parts/table/part_1/Initializer/random_uniform/min"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_1"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "parts/table/part_1"
    op: "VarHandleOp"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@parts/table/part_1"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "allowed_devices"
      value {
        list {
        }
      }
    }
    attr {
      key: "container"
      value {
        s: ""
      }
    }
    attr {
      key: "debug_name"
      value {
        s: "parts/table/part_1/"
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "shape"
      value {
        shape {
          dim {
            size: 2
          }
          dim {
            size: 3
          }
        }
      }
    }
    attr {
      key: "shared_name"
      value {
        s: "parts/table/part_1"
      }
    }
  }
  node {
    name: "parts/table/part_1/IsInitialized/VarIsInitializedOp"
    op: "VarIsInitializedOp"
    input: "parts/table/part_1"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "parts/table/part_1/Assign"
    op: "AssignVariableOp"
    input: "parts/table/part_1"
    input: "parts/table/part_1/Initializer/random_uniform"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "parts/table/part_1/Read/ReadVariableOp"
    op: "ReadVariableOp"
    input: "parts/table/part_1"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
  }
  node {
    name: "half/Initializer/initial_value"
    op: "Const"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@half"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_HALF
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_HALF
          tensor_shape {
            dim {
              size: 3
            }
          }
          tensor_content: "\0008\000\275\000B"
        }
      }
    }
  }
  node {
    name: "half"
    op: "VarHandleOp"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@half"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "allowed_devices"
      value {
        list {
        }
      }
    }
    attr {
      key: "container"
      value {
        s: ""
      }
    }
    attr {
      key: "debug_name"
      value {
        s: "half/"
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_HALF
      }
    }
    attr {
      key: "shape"
      value {
        shape {
          dim {
            size: 3
          }
        }
      }
    }
    attr {
      key: "shared_name"
      value {
        s: "half"
      }
    }
  }
  node {
    name: "half/IsInitialized/VarIsInitializedOp"
    op: "VarIsInitializedOp"
    input: "half"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "half/Assign"
    op: "AssignVariableOp"
    input: "half"
    input: "half/Initializer/initial_value"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_HALF
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "half/Read/ReadVariableOp"
    op: "ReadVariableOp"
    input: "half"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_HALF
      }
    }
  }
  node {
    name: "flag/Initializer/initial_value"
    op: "Const"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@flag"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BOOL
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_BOOL
          tensor_shape {
            dim {
              size: 3
            }
          }
          bool_val: true
          bool_val: false
          bool_val: true
        }
      }
    }
  }
  node {
    name: "flag"
    op: "VarHandleOp"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@flag"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "allowed_devices"
      value {
        list {
        }
      }
    }
    attr {
      key: "container"
      value {
        s: ""
      }
    }
    attr {
      key: "debug_name"
      value {
        s: "flag/"
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BOOL
      }
    }
    attr {
      key: "shape"
      value {
        shape {
          dim {
            size: 3
          }
        }
      }
    }
    attr {
      key: "shared_name"
      value {
        s: "flag"
      }
    }
  }
  node {
    name: "flag/IsInitialized/VarIsInitializedOp"
    op: "VarIsInitializedOp"
    input: "flag"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "flag/Assign"
    op: "AssignVariableOp"
    input: "flag"
    input: "flag/Initializer/initial_value"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BOOL
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "flag/Read/ReadVariableOp"
    op: "ReadVariableOp"
    input: "flag"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BOOL
      }
    }
  }
  node {
    name: "Const"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
            dim {
              size: 3
            }
          }
          string_val: "a"
          string_val: ""
          string_val: "\303\274"
        }
      }
    }
  }
  node {
    name: "word"
    op: "VariableV2"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "container"
      value {
        s: ""
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "shape"
      value {
        shape {
          dim {
            size: 3
          }
        }
      }
    }
    attr {
      key: "shared_name"
      value {
        s: ""
      }
    }
  }
  node {
    name: "word/Assign"
    op: "Assign"
    input: "word"
    input: "Const"
    attr {
      key: "T"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@word"
        }
      }
    }
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "use_locking"
      value {
        b: true
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: true
      }
    }
  }
  node {
    name: "word/read"
    op: "Identity"
    input: "word"
    attr {
      key: "T"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@word"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "Const_1"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_FLOAT
          tensor_shape {
            dim {
              size: 3
            }
          }
          tensor_content: "\000\000\300?\000\000\000\300\000\000\310B"
        }
      }
    }
  }
  node {
    name: "Cast"
    op: "Cast"
    input: "Const_1"
    attr {
      key: "DstT"
      value {
        type: DT_BFLOAT16
      }
    }
    attr {
      key: "SrcT"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "Truncate"
      value {
        b: false
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "brain"
    op: "VarHandleOp"
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@brain"
        }
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "allowed_devices"
      value {
        list {
        }
      }
    }
    attr {
      key: "container"
      value {
        s: ""
      }
    }
    attr {
      key: "debug_name"
      value {
        s: "brain/"
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BFLOAT16
      }
    }
    attr {
      key: "shape"
      value {
        shape {
          dim {
            size: 3
          }
        }
      }
    }
    attr {
      key: "shared_name"
      value {
        s: "brain"
      }
    }
  }
  node {
    name: "brain/IsInitialized/VarIsInitializedOp"
    op: "VarIsInitializedOp"
    input: "brain"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "brain/Assign"
    op: "AssignVariableOp"
    input: "brain"
    input: "Cast"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BFLOAT16
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "brain/Read/ReadVariableOp"
    op: "ReadVariableOp"
    input: "brain"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BFLOAT16
      }
    }
  }
  node {
    name: "MatMul"
    op: "MatMul"
    input: "x"
    input: "reference/read"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: -1
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "grad_a"
      value {
        b: false
      }
    }
    attr {
      key: "grad_b"
      value {
        b: false
      }
    }
    attr {
      key: "transpose_a"
      value {
        b: false
      }
    }
    attr {
      key: "transpose_b"
      value {
        b: false
      }
    }
  }
  node {
    name: "add/ReadVariableOp"
    op: "ReadVariableOp"
    input: "resource"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
  }
  node {
    name: "add"
    op: "AddV2"
    input: "MatMul"
    input: "add/ReadVariableOp"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: -1
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "Neg"
    op: "Neg"
    input: "add"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: -1
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "SelectV2/ReadVariableOp"
    op: "ReadVariableOp"
    input: "flag"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BOOL
      }
    }
  }
  node {
    name: "SelectV2"
    op: "SelectV2"
    input: "SelectV2/ReadVariableOp"
    input: "add"
    input: "Neg"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: -1
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "Cast_1/ReadVariableOp"
    op: "ReadVariableOp"
    input: "half"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_HALF
      }
    }
  }
  node {
    name: "Cast_1"
    op: "Cast"
    input: "Cast_1/ReadVariableOp"
    attr {
      key: "DstT"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "SrcT"
      value {
        type: DT_HALF
      }
    }
    attr {
      key: "Truncate"
      value {
        b: false
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "mul"
    op: "Mul"
    input: "SelectV2"
    input: "Cast_1"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: -1
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "Cast_2/ReadVariableOp"
    op: "ReadVariableOp"
    input: "brain"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BFLOAT16
      }
    }
  }
  node {
    name: "Cast_2"
    op: "Cast"
    input: "Cast_2/ReadVariableOp"
    attr {
      key: "DstT"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "SrcT"
      value {
        type: DT_BFLOAT16
      }
    }
    attr {
      key: "Truncate"
      value {
        b: false
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "add_1"
    op: "AddV2"
    input: "mul"
    input: "Cast_2"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: -1
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "parts/table/ConcatPartitions/concat/ReadVariableOp"
    op: "ReadVariableOp"
    input: "parts/table/part_0"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
  }
  node {
    name: "parts/table/ConcatPartitions/concat/ReadVariableOp_1"
    op: "ReadVariableOp"
    input: "parts/table/part_1"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
  }
  node {
    name: "parts/table/ConcatPartitions/concat/axis"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_INT32
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_INT32
          tensor_shape {
          }
          int_val: 0
        }
      }
    }
  }
  node {
    name: "parts/table/ConcatPartitions/concat"
    op: "ConcatV2"
    input: "parts/table/ConcatPartitions/concat/ReadVariableOp"
    input: "parts/table/ConcatPartitions/concat/ReadVariableOp_1"
    input: "parts/table/ConcatPartitions/concat/axis"
    attr {
      key: "N"
      value {
        i: 2
      }
    }
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "Tidx"
      value {
        type: DT_INT32
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 5
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "parts/table"
    op: "Identity"
    input: "parts/table/ConcatPartitions/concat"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 5
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "y"
    op: "MatMul"
    input: "add_1"
    input: "parts/table"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: -1
            }
            dim {
              size: 5
            }
          }
        }
      }
    }
    attr {
      key: "grad_a"
      value {
        b: false
      }
    }
    attr {
      key: "grad_b"
      value {
        b: false
      }
    }
    attr {
      key: "transpose_a"
      value {
        b: false
      }
    }
    attr {
      key: "transpose_b"
      value {
        b: true
      }
    }
  }
  node {
    name: "words"
    op: "Identity"
    input: "word/read"
    attr {
      key: "T"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "init/NoOp"
    op: "NoOp"
    input: "^parts/table/part_0/Assign"
    input: "^parts/table/part_1/Assign"
    input: "^reference/Assign"
    input: "^resource/Assign"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
  }
  node {
    name: "init/NoOp_1"
    op: "NoOp"
    input: "^brain/Assign"
    input: "^flag/Assign"
    input: "^half/Assign"
    input: "^word/Assign"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
  }
  node {
    name: "init"
    op: "NoOp"
    input: "^init/NoOp"
    input: "^init/NoOp_1"
  }
  node {
    name: "save/filename/input"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
          }
          string_val: "model"
        }
      }
    }
  }
  node {
    name: "save/filename"
    op: "PlaceholderWithDefault"
    input: "save/filename/input"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "shape"
      value {
        shape {
        }
      }
    }
  }
  node {
    name: "save/Const"
    op: "PlaceholderWithDefault"
    input: "save/filename"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "shape"
      value {
        shape {
        }
      }
    }
  }
  node {
    name: "save/StaticRegexFullMatch"
    op: "StaticRegexFullMatch"
    input: "save/Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "pattern"
      value {
        s: "^s3://.*"
      }
    }
  }
  node {
    name: "save/Const_1"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
          }
          string_val: ".part"
        }
      }
    }
  }
  node {
    name: "save/Const_2"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
          }
          string_val: "_temp/part"
        }
      }
    }
  }
  node {
    name: "save/Select"
    op: "Select"
    input: "save/StaticRegexFullMatch"
    input: "save/Const_1"
    input: "save/Const_2"
    attr {
      key: "T"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "save/StringJoin"
    op: "StringJoin"
    input: "save/Const"
    input: "save/Select"
    attr {
      key: "N"
      value {
        i: 2
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "separator"
      value {
        s: ""
      }
    }
  }
  node {
    name: "save/num_shards"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_INT32
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_INT32
          tensor_shape {
          }
          int_val: 2
        }
      }
    }
  }
  node {
    name: "save/ShardedFilename/shard"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_INT32
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_INT32
          tensor_shape {
          }
          int_val: 0
        }
      }
    }
  }
  node {
    name: "save/ShardedFilename"
    op: "ShardedFilename"
    input: "save/StringJoin"
    input: "save/ShardedFilename/shard"
    input: "save/num_shards"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "save/Read/DisableCopyOnRead"
    op: "DisableCopyOnRead"
    input: "parts/table/part_0"
  }
  node {
    name: "save/Read/ReadVariableOp"
    op: "ReadVariableOp"
    input: "parts/table/part_0"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
  }
  node {
    name: "save/Identity"
    op: "Identity"
    input: "save/Read/ReadVariableOp"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "save/Identity_1"
    op: "Identity"
    input: "save/Identity"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "save/Read_1/DisableCopyOnRead"
    op: "DisableCopyOnRead"
    input: "parts/table/part_1"
  }
  node {
    name: "save/Read_1/ReadVariableOp"
    op: "ReadVariableOp"
    input: "parts/table/part_1"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
  }
  node {
    name: "save/Identity_2"
    op: "Identity"
    input: "save/Read_1/ReadVariableOp"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "save/Identity_3"
    op: "Identity"
    input: "save/Identity_2"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "save/SaveV2/tensor_names"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
            dim {
              size: 4
            }
          }
          string_val: "other/name"
          string_val: "parts/table"
          string_val: "parts/table"
          string_val: "resource"
        }
      }
    }
  }
  node {
    name: "save/SaveV2/shape_and_slices"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
            dim {
              size: 4
            }
          }
          string_val: ""
          string_val: "5 3 0,3:0,3"
          string_val: "5 3 3,2:0,3"
          string_val: ""
        }
      }
    }
  }
  node {
    name: "save/SaveV2"
    op: "SaveV2"
    input: "save/ShardedFilename"
    input: "save/SaveV2/tensor_names"
    input: "save/SaveV2/shape_and_slices"
    input: "reference"
    input: "save/Identity_1"
    input: "save/Identity_3"
    input: "resource/Read/ReadVariableOp"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtypes"
      value {
        list {
          type: DT_FLOAT
          type: DT_FLOAT
          type: DT_FLOAT
          type: DT_FLOAT
        }
      }
    }
  }
  node {
    name: "save/control_dependency"
    op: "Identity"
    input: "save/ShardedFilename"
    input: "^save/SaveV2"
    attr {
      key: "T"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@save/ShardedFilename"
        }
      }
    }
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "save/ShardedFilename_1/shard"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_INT32
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_INT32
          tensor_shape {
          }
          int_val: 1
        }
      }
    }
  }
  node {
    name: "save/ShardedFilename_1"
    op: "ShardedFilename"
    input: "save/StringJoin"
    input: "save/ShardedFilename_1/shard"
    input: "save/num_shards"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "save/SaveV2_1/tensor_names"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
            dim {
              size: 4
            }
          }
          string_val: "brain"
          string_val: "flag"
          string_val: "half"
          string_val: "word"
        }
      }
    }
  }
  node {
    name: "save/SaveV2_1/shape_and_slices"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
            dim {
              size: 4
            }
          }
          string_val: ""
          string_val: ""
          string_val: ""
          string_val: ""
        }
      }
    }
  }
  node {
    name: "save/SaveV2_1"
    op: "SaveV2"
    input: "save/ShardedFilename_1"
    input: "save/SaveV2_1/tensor_names"
    input: "save/SaveV2_1/shape_and_slices"
    input: "brain/Read/ReadVariableOp"
    input: "flag/Read/ReadVariableOp"
    input: "half/Read/ReadVariableOp"
    input: "word"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtypes"
      value {
        list {
          type: DT_BFLOAT16
          type: DT_BOOL
          type: DT_HALF
          type: DT_STRING
        }
      }
    }
  }
  node {
    name: "save/control_dependency_1"
    op: "Identity"
    input: "save/ShardedFilename_1"
    input: "^save/SaveV2_1"
    attr {
      key: "T"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@save/ShardedFilename_1"
        }
      }
    }
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "save/MergeV2Checkpoints/checkpoint_prefixes"
    op: "Pack"
    input: "save/ShardedFilename"
    input: "save/ShardedFilename_1"
    input: "^save/control_dependency"
    input: "^save/control_dependency_1"
    attr {
      key: "N"
      value {
        i: 2
      }
    }
    attr {
      key: "T"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
          }
        }
      }
    }
    attr {
      key: "axis"
      value {
        i: 0
      }
    }
  }
  node {
    name: "save/MergeV2Checkpoints"
    op: "MergeV2Checkpoints"
    input: "save/MergeV2Checkpoints/checkpoint_prefixes"
    input: "save/Const"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "allow_missing_files"
      value {
        b: false
      }
    }
    attr {
      key: "delete_old_dirs"
      value {
        b: true
      }
    }
  }
  node {
    name: "save/Identity_4"
    op: "Identity"
    input: "save/Const"
    input: "^save/MergeV2Checkpoints"
    input: "^save/control_dependency"
    input: "^save/control_dependency_1"
    attr {
      key: "T"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
          }
        }
      }
    }
  }
  node {
    name: "save/RestoreV2/tensor_names"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
            dim {
              size: 4
            }
          }
          string_val: "other/name"
          string_val: "parts/table"
          string_val: "parts/table"
          string_val: "resource"
        }
      }
    }
  }
  node {
    name: "save/RestoreV2/shape_and_slices"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
            dim {
              size: 4
            }
          }
          string_val: ""
          string_val: "5 3 0,3:0,3"
          string_val: "5 3 3,2:0,3"
          string_val: ""
        }
      }
    }
  }
  node {
    name: "save/RestoreV2"
    op: "RestoreV2"
    input: "save/Const"
    input: "save/RestoreV2/tensor_names"
    input: "save/RestoreV2/shape_and_slices"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            unknown_rank: true
          }
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
          shape {
            unknown_rank: true
          }
        }
      }
    }
    attr {
      key: "dtypes"
      value {
        list {
          type: DT_FLOAT
          type: DT_FLOAT
          type: DT_FLOAT
          type: DT_FLOAT
        }
      }
    }
  }
  node {
    name: "save/Assign"
    op: "Assign"
    input: "reference"
    input: "save/RestoreV2"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@reference"
        }
      }
    }
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "use_locking"
      value {
        b: true
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: true
      }
    }
  }
  node {
    name: "save/Identity_5"
    op: "Identity"
    input: "save/RestoreV2:1"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "save/AssignVariableOp"
    op: "AssignVariableOp"
    input: "parts/table/part_0"
    input: "save/Identity_5"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "save/Identity_6"
    op: "Identity"
    input: "save/RestoreV2:2"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 2
            }
            dim {
              size: 3
            }
          }
        }
      }
    }
  }
  node {
    name: "save/AssignVariableOp_1"
    op: "AssignVariableOp"
    input: "parts/table/part_1"
    input: "save/Identity_6"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "save/Identity_7"
    op: "Identity"
    input: "save/RestoreV2:3"
    attr {
      key: "T"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            unknown_rank: true
          }
        }
      }
    }
  }
  node {
    name: "save/AssignVariableOp_2"
    op: "AssignVariableOp"
    input: "resource"
    input: "save/Identity_7"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_FLOAT
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "save/restore_shard"
    op: "NoOp"
    input: "^save/Assign"
    input: "^save/AssignVariableOp"
    input: "^save/AssignVariableOp_1"
    input: "^save/AssignVariableOp_2"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
  }
  node {
    name: "save/RestoreV2_1/tensor_names"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
            dim {
              size: 4
            }
          }
          string_val: "brain"
          string_val: "flag"
          string_val: "half"
          string_val: "word"
        }
      }
    }
  }
  node {
    name: "save/RestoreV2_1/shape_and_slices"
    op: "Const"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 4
            }
          }
        }
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "value"
      value {
        tensor {
          dtype: DT_STRING
          tensor_shape {
            dim {
              size: 4
            }
          }
          string_val: ""
          string_val: ""
          string_val: ""
          string_val: ""
        }
      }
    }
  }
  node {
    name: "save/RestoreV2_1"
    op: "RestoreV2"
    input: "save/Const"
    input: "save/RestoreV2_1/tensor_names"
    input: "save/RestoreV2_1/shape_and_slices"
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            unknown_rank: true
          }
          shape {
            unknown_rank: true
          }
          shape {
            unknown_rank: true
          }
          shape {
            unknown_rank: true
          }
        }
      }
    }
    attr {
      key: "dtypes"
      value {
        list {
          type: DT_BFLOAT16
          type: DT_BOOL
          type: DT_HALF
          type: DT_STRING
        }
      }
    }
  }
  node {
    name: "save/Identity_8"
    op: "Identity"
    input: "save/RestoreV2_1"
    attr {
      key: "T"
      value {
        type: DT_BFLOAT16
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            unknown_rank: true
          }
        }
      }
    }
  }
  node {
    name: "save/AssignVariableOp_3"
    op: "AssignVariableOp"
    input: "brain"
    input: "save/Identity_8"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BFLOAT16
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "save/Identity_9"
    op: "Identity"
    input: "save/RestoreV2_1:1"
    attr {
      key: "T"
      value {
        type: DT_BOOL
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            unknown_rank: true
          }
        }
      }
    }
  }
  node {
    name: "save/AssignVariableOp_4"
    op: "AssignVariableOp"
    input: "flag"
    input: "save/Identity_9"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_BOOL
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "save/Identity_10"
    op: "Identity"
    input: "save/RestoreV2_1:2"
    attr {
      key: "T"
      value {
        type: DT_HALF
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            unknown_rank: true
          }
        }
      }
    }
  }
  node {
    name: "save/AssignVariableOp_5"
    op: "AssignVariableOp"
    input: "half"
    input: "save/Identity_10"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "dtype"
      value {
        type: DT_HALF
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: false
      }
    }
  }
  node {
    name: "save/Assign_1"
    op: "Assign"
    input: "word"
    input: "save/RestoreV2_1:3"
    attr {
      key: "T"
      value {
        type: DT_STRING
      }
    }
    attr {
      key: "_class"
      value {
        list {
          s: "loc:@word"
        }
      }
    }
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
    attr {
      key: "_output_shapes"
      value {
        list {
          shape {
            dim {
              size: 3
            }
          }
        }
      }
    }
    attr {
      key: "use_locking"
      value {
        b: true
      }
    }
    attr {
      key: "validate_shape"
      value {
        b: true
      }
    }
  }
  node {
    name: "save/restore_shard_1"
    op: "NoOp"
    input: "^save/AssignVariableOp_3"
    input: "^save/AssignVariableOp_4"
    input: "^save/AssignVariableOp_5"
    input: "^save/Assign_1"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
  }
  node {
    name: "save/restore_all/NoOp"
    op: "NoOp"
    input: "^save/restore_shard"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
  }
  node {
    name: "save/restore_all/NoOp_1"
    op: "NoOp"
    input: "^save/restore_shard_1"
    attr {
      key: "_has_manual_control_dependencies"
      value {
        b: true
      }
    }
  }
  node {
    name: "save/restore_all"
    op: "NoOp"
    input: "^save/restore_all/NoOp"
    input: "^save/restore_all/NoOp_1"
  }
  library {
  }
  versions {
    producer: 2474
  }
}
saver_def {
  filename_tensor_name: "save/Const:0"
  save_tensor_name: "save/Identity_4:0"
  restore_op_name: "save/restore_all"
  max_to_keep: 5
  sharded: true
  keep_checkpoint_every_n_hours: 10000.0
  version: V2
}
collection_def {
  key: "trainable_variables"
  value {
    bytes_list {
      value: "\n\013reference:0\022\020reference/Assign\032\020reference/read:02\031reference/initial_value:08\001"
      value: "\n\nresource:0\022\017resource/Assign\032\036resource/Read/ReadVariableOp:0(\0012$resource/Initializer/initial_value:08\001"
      value: "\n\024parts/table/part_0:0\022\031parts/table/part_0/Assign\032(parts/table/part_0/Read/ReadVariableOp:0\"\031\n\013parts/table\022\002\005\003\032\002\000\000\"\002\003\003(\0012/parts/table/part_0/Initializer/random_uniform:08\001"
      value: "\n\024parts/table/part_1:0\022\031parts/table/part_1/Assign\032(parts/table/part_1/Read/ReadVariableOp:0\"\031\n\013parts/table\022\002\005\003\032\002\003\000\"\002\002\003(\0012/parts/table/part_1/Initializer/random_uniform:08\001"
      value: "\n\006half:0\022\013half/Assign\032\032half/Read/ReadVariableOp:0(\0012 half/Initializer/initial_value:08\001"
      value: "\n\006flag:0\022\013flag/Assign\032\032flag/Read/ReadVariableOp:0(\0012 flag/Initializer/initial_value:08\001"
      value: "\n\006word:0\022\013word/Assign\032\013word/read:02\007Const:08\001"
      value: "\n\007brain:0\022\014brain/Assign\032\033brain/Read/ReadVariableOp:0(\0012\006Cast:08\001"
    }
  }
}
collection_def {
  key: "variables"
  value {
    bytes_list {
      value: "\n\013reference:0\022\020reference/Assign\032\020reference/read:02\031reference/initial_value:08\001"
      value: "\n\nresource:0\022\017resource/Assign\032\036resource/Read/ReadVariableOp:0(\0012$resource/Initializer/initial_value:08\001"
      value: "\n\024parts/table/part_0:0\022\031parts/table/part_0/Assign\032(parts/table/part_0/Read/ReadVariableOp:0\"\031\n\013parts/table\022\002\005\003\032\002\000\000\"\002\003\003(\0012/parts/table/part_0/Initializer/random_uniform:08\001"
      value: "\n\024parts/table/part_1:0\022\031parts/table/part_1/Assign\032(parts/table/part_1/Read/ReadVariableOp:0\"\031\n\013parts/table\022\002\005\003\032\002\003\000\"\002\002\003(\0012/parts/table/part_1/Initializer/random_uniform:08\001"
      value: "\n\006half:0\022\013half/Assign\032\032half/Read/ReadVariableOp:0(\0012 half/Initializer/initial_value:08\001"
      value: "\n\006flag:0\022\013flag/Assign\032\032flag/Read/ReadVariableOp:0(\0012 flag/Initializer/initial_value:08\001"
      value: "\n\006word:0\022\013word/Assign\032\013word/read:02\007Const:08\001"
      value: "\n\007brain:0\022\014brain/Assign\032\033brain/Read/ReadVariableOp:0(\0012\006Cast:08\001"
    }
  }
}

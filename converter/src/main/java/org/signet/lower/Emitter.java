package org.signet.lower;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.op.OpTypes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Emits the builtins that one TensorFlow op becomes; they take over its name and origin. */
public final class Emitter {
  private final GraphBuilder builder;
  private final String label;
  private final Origin origin;

  public Emitter(GraphBuilder builder, String label, Origin origin) {
    this.builder = builder;
    this.label = label;
    this.origin = origin;
  }

  /** One whose ops are named as a part of this one's. */
  Emitter named(String part) {
    return new Emitter(builder, label + "/" + part, origin);
  }

  /** A builtin of one result without options. */
  public Value builtin(String name, Value... operands) {
    return builtin(name, Attributes.NONE, operands);
  }

  /**
   * A builtin of one result; options are named as in the schema, those left out have their
   * defaults.
   */
  public Value builtin(String name, Attributes options, Value... operands) {
    return builder.addOne(OpKey.builtin(name), options, Arrays.asList(operands), label, origin);
  }

  /** A builtin of any number of results. */
  public List<Value> builtins(
      String name, Attributes options, List<Value> operands, List<TensorType> types) {
    return builder.add(OpKey.builtin(name), options, operands, types, label, origin);
  }

  /**
   * A custom op of TFLite's, one that a runtime must be given.
   *
   * @param code its name in the model file
   * @param options what it finds as its options; a FlexBuffer by custom
   * @param types of its results
   */
  public List<Value> custom(
      String code, byte[] options, List<Value> operands, List<TensorType> types) {
    Attributes attributes =
        Attributes.of(OpKey.CUSTOM_OPTIONS, new Attributes.Bytes(options.clone()));
    return builder.add(OpKey.custom(code), attributes, operands, types, label, origin);
  }

  public Value constant(Tensor tensor) {
    return builder.constant(label + "/const", tensor);
  }

  /** An int32 vector. */
  public Value ints(int... values) {
    return constant(Tensor.of(values));
  }

  /** An int32 scalar. */
  public Value scalar(int value) {
    return constant(Tensor.scalar(value));
  }

  /** An int64 scalar. */
  public Value wide(long value) {
    Tensor tensor = Tensor.zeros(DType.INT64);
    tensor.setLong(0, value);
    return constant(tensor);
  }

  /** A float32 scalar. */
  public Value scalar(float value) {
    return constant(Tensor.scalar(value));
  }

  /** A scalar of this real type. */
  public Value scalar(DType dtype, double value) {
    Tensor tensor = Tensor.zeros(dtype);
    if (dtype.isFloating()) {
      tensor.setDouble(0, value);
    } else {
      tensor.setLong(0, (long) value);
    }
    return constant(tensor);
  }

  /** The value of a constant operand. */
  public Optional<Tensor> valueOf(Value value) {
    return builder.constantValue(value);
  }

  /** The value of a constant operand as sizes, axes or the like. */
  public Optional<int[]> intsOf(Value value) {
    return valueOf(value).map(Tensor::toInts);
  }

  /** The value of an int operand of which elements may be {@link OpTypes#UNKNOWN_ELEMENT}. */
  public Optional<Tensor> partialOf(Value value) {
    return builder.partialValue(value);
  }

  /** {@code value} as {@code dtype}; itself if it is that already. */
  public Value cast(Value value, DType dtype) {
    if (value.type().dtype() == dtype) {
      return value;
    }
    Attributes options =
        Attributes.of("in_data_type", value.type().dtype().name(), "out_data_type", dtype.name());
    return builtin("CAST", options, value);
  }

  /** The bits of {@code value} as {@code dtype}; itself if it is that already. */
  public Value bitcast(Value value, DType dtype) {
    return value.type().dtype() == dtype
        ? value
        : builtin("BITCAST", Attributes.of("out_data_type", dtype.name()), value);
  }

  /** The sizes of {@code value}, an int32 vector. */
  public Value shapeOf(Value value) {
    return builtin("SHAPE", Attributes.of("out_type", "INT32"), value);
  }

  /**
   * {@code whenTrue} or {@code whenFalse}, element by element; all three broadcast, up to rank 5.
   */
  public Value select(Value condition, Value whenTrue, Value whenFalse) {
    Shape shape = condition.type().shape();
    boolean same =
        shape.isStatic()
            && shape.equals(whenTrue.type().shape())
            && shape.equals(whenFalse.type().shape());
    return builtin(same ? "SELECT" : "SELECT_V2", condition, whenTrue, whenFalse);
  }

  /** {@code values} one after the other along an axis. */
  public Value concat(int axis, Value... values) {
    Attributes options = Attributes.of("axis", axis, "fused_activation_function", "NONE");
    return builtin("CONCATENATION", options, values);
  }

  /** {@code value} in parts of the same size along a dimension. */
  public List<Value> split(int axis, int parts, Value value) {
    Shape shape = value.type().shape();
    Shape part = shape.isKnown(axis) ? shape.withDim(axis, shape.dim(axis) / parts) : shape;
    return builtins(
        "SPLIT",
        Attributes.of("num_splits", parts),
        List.of(scalar(axis), value),
        Collections.nCopies(parts, value.type().withShape(part)));
  }

  /** A tensor of float32. */
  public Value floats(float[] values, int... shape) {
    return constant(Tensor.of(values, shape));
  }

  /** {@code value} under a known shape, of which one size may be unknown. */
  public Value reshape(Value value, Shape shape) {
    return builtin(
        "RESHAPE", Attributes.of("new_shape", longs(shape.dims())), value, ints(shape.dims()));
  }

  /**
   * {@code value} under a computed shape.
   *
   * @param known what is known of that shape beforehand
   */
  public Value reshape(Value value, Value shape, Shape known) {
    TensorType type = TensorType.of(value.type().dtype(), known);
    return builtins("RESHAPE", Attributes.NONE, List.of(value, shape), List.of(type)).getFirst();
  }

  /** {@code value} under the shape of {@code like}, computed if it must be. */
  public Value reshapeLike(Value value, Value like) {
    Shape shape = like.type().shape();
    return shape.isStatic() ? reshape(value, shape) : builtin("RESHAPE", value, shapeOf(like));
  }

  /** {@code value} with its dimensions in another order. */
  public Value transpose(Value value, int... order) {
    return builtin("TRANSPOSE", value, ints(order));
  }

  private static List<Long> longs(int... values) {
    return Arrays.stream(values).mapToObj(Long::valueOf).toList();
  }
}

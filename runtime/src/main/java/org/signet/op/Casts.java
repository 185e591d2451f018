package org.signet.op;

import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Conversions between element types: CAST. */
public final class Casts {
  private static final double TWO_TO_63 = 0x1p63;

  /** Elements that are converted by way of a wider type at a time, within the nearest cache. */
  private static final int BLOCK = 512;

  private static final Prepared SAME =
      Prepared.of(call -> {
        int[] shape = call.operand(0).shape();
        return own -> own.resultReshaped(0, 0, shape);
      });

  private Casts() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "CAST",
                op ->
                    List.of(
                        Shapes.plain(typeOption(op.attributes(), "out_data_type"), op.shape(0))),
                call -> cast(call, call.resultType(0).dtype(), true))
            .accurate(Accuracy.EXACT));
  }

  /** A type that an option names as the schema does; float32, the schema's default, if absent. */
  static DType typeOption(Attributes options, String name) {
    String type = options.getString(name, "FLOAT32");
    return DType.ofName(type)
        .orElseThrow(() -> new IllegalArgumentException("no element type " + type));
  }

  /**
   * Sets result 0 to operand 0 in another type: integers keep their low bits, floating numbers lose
   * their fraction, complex ones their imaginary part; anything but zero is true.
   *
   * @param asTflite what becomes of a floating number that int32, int16 or uint8 can't hold: true
   *     for its nearest value (NaN: the largest int32, else 0), as TFLite's kernels have it; false
   *     for what TensorFlow gives on x86. Other types are as on x86 in both. TFLite looks at the
   *     real part alone where complex numbers become bool.
   */
  public static void cast(OpCall call, DType to, boolean asTflite) {
    Tensor from = call.operand(0);
    if (from.dtype() == to) {
      same(call);
      return;
    }
    convert(from, call.resultLike(0, to, 0), asTflite, Blocks.of(call, from));
  }

  /** Numbers on their way from one type to another. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Blocks(double[] reals, long[] integers) {
    /** Those of a step. */
    static Blocks of(OpCall call, Tensor from) {
      Optional<Object> kept = call.kept(Casts.class);
      int size = Math.min(BLOCK, from.size());
      if (kept.isPresent() && kept.get() instanceof Blocks last && last.reals().length >= size) {
        return last;
      }
      Blocks made = new Blocks(new double[size], new long[size]);
      call.keep(Casts.class, made);
      return made;
    }
  }

  /** Sets result 0 to operand 0. */
  static void same(OpCall call) {
    SAME.evaluate(call);
  }

  /** Numbers as others of a type that holds them, for instance integers as floats. */
  static Tensor widened(Tensor from, DType to) {
    Tensor result = Tensor.zeros(to, from.shape());
    int size = Math.min(BLOCK, from.size());
    convert(from, result, false, new Blocks(new double[size], new long[size]));
    return result;
  }

  /** What {@link #cast} asks of a use whose result is of type {@code to}. */
  public static void check(OpTypes use, DType to) {
    if (use.dtype(0) != to) {
      ElementKind.NUMBERS.require(use.dtype(0));
      ElementKind.NUMBERS.require(to);
    }
  }

  private static void convert(Tensor from, Tensor to, boolean asTflite, Blocks blocks) {
    DType source = from.dtype();
    DType target = to.dtype();
    if (CastLoops.run(from, to, asTflite)) {
      return;
    }
    if (source.isComplex() || target.isComplex()) {
      for (int i = 0; i < from.size(); i++) {
        convertComplex(from, to, i, asTflite);
      }
    } else if (target == DType.FLOAT32 && source != DType.UINT64) {
      NumberArrays.load(from, 0, from.size(), to.floats(), 0);
    } else if (source.isFloating()) {
      convertReals(from, to, asTflite, blocks);
    } else {
      convertIntegers(from, to, blocks.integers());
    }
  }

  private static void convertComplex(Tensor from, Tensor to, int i, boolean asTflite) {
    Complex value =
        from.dtype().isComplex() ? Complex.get(from, i) : new Complex(from.getDouble(i), 0);
    DType target = to.dtype();
    if (target.isComplex()) {
      value.store(to, i);
    } else if (target == DType.BOOL) {
      to.setLong(i, value.re() != 0 || (!asTflite && value.im() != 0) ? 1 : 0);
    } else if (target.isFloating()) {
      to.setDouble(i, value.re());
    } else {
      to.setLong(i, toInteger(value.re(), target));
    }
  }

  private static void convertReals(Tensor from, Tensor to, boolean asTflite, Blocks blocks) {
    double[] reals = blocks.reals();
    long[] integers = blocks.integers();
    for (int at = 0; at < from.size(); at += BLOCK) {
      int count = Math.min(BLOCK, from.size() - at);
      NumberArrays.load(from, at, count, reals);
      if (to.dtype().isFloating()) {
        NumberArrays.store(reals, 0, count, to, at);
      } else {
        toIntegers(reals, count, to.dtype(), asTflite, integers);
        NumberArrays.store(integers, count, to, at);
      }
    }
  }

  private static void toIntegers(
      double[] reals, int count, DType type, boolean saturates, long[] integers) {
    if (type == DType.BOOL) {
      for (int i = 0; i < count; i++) {
        long magnitude = Double.doubleToRawLongBits(reals[i]) << 1;
        integers[i] = (magnitude | -magnitude) >>> 63;
      }
    } else if (saturates) {
      for (int i = 0; i < count; i++) {
        integers[i] = saturated(reals[i], type);
      }
    } else {
      for (int i = 0; i < count; i++) {
        integers[i] = toInteger(reals[i], type);
      }
    }
  }

  private static void convertIntegers(Tensor from, Tensor to, long... integers) {
    for (int at = 0; at < from.size(); at += BLOCK) {
      int count = Math.min(BLOCK, from.size() - at);
      if (!to.dtype().isFloating()) {
        NumberArrays.load(from, at, count, integers);
        NumberArrays.store(integers, count, to, at);
        continue;
      }
      for (int i = at; i < at + count; i++) {
        toReal(from, to, i);
      }
    }
  }

  private static void toReal(Tensor from, Tensor to, int i) {
    long value = from.getLong(i);
    if (to.dtype() == DType.FLOAT64) {
      to.setDouble(i, from.getDouble(i));
    } else if (from.dtype() == DType.UINT64 && value < 0) {
      // Halving keeps 63 bits and a sticky one, so that the only rounding is that to float.
      to.setDouble(i, (float) ((value >>> 1) | (value & 1)) * 2);
    } else {
      to.setDouble(i, (float) value);
    }
  }

  /** The whole part of a number as the bits of an integer type, as x86 computes it. */
  private static long toInteger(double value, DType type) {
    return switch (type) {
      case INT64, UINT32 -> toInt64(value);
      case UINT64 -> {
        long low = toInt64(value);
        yield low | (toInt64(value - TWO_TO_63) & (low >> 63));
      }
      default -> value > -0x1p31 - 1 && value < 0x1p31 ? (long) value : Integer.MIN_VALUE;
    };
  }

  private static long toInt64(double value) {
    return value >= -TWO_TO_63 && value < TWO_TO_63 ? (long) value : Long.MIN_VALUE;
  }

  private static long saturated(double value, DType type) {
    return switch (type) {
      case INT32 -> Double.isNaN(value) ? Integer.MAX_VALUE : (int) value;
      case INT16 -> Math.clamp((long) value, Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT8 -> Math.clamp((long) value, 0, 255);
      default -> toInteger(value, type);
    };
  }
}

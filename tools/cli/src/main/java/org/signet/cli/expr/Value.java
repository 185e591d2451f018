package org.signet.cli.expr;

import java.math.BigInteger;
import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** What an expression gives. */
sealed interface Value {
  /** Python's {@code int}, without bounds. */
  record Int(BigInteger value) implements Value {}

  /** Python's {@code float}. */
  record Real(double value) implements Value {}

  /** Python's {@code bool}. */
  record Bool(boolean value) implements Value {}

  /**
   * Python's {@code str} or {@code bytes}.
   *
   * @param bytes one per char, of a {@code str} those of UTF-8
   */
  record Text(String bytes) implements Value {}

  /** Python's {@code list} or {@code tuple}. */
  record Items(List<Value> items) implements Value {}

  /** A type, such as {@code np.float32}. */
  record Type(DType dtype) implements Value {}

  /** NumPy's array or scalar. */
  record Array(Tensor tensor) implements Value {}

  /** What it is called in messages. */
  default String kind() {
    return switch (this) {
      case Int(var value) -> "the int " + value;
      case Real(var value) -> "the float " + value;
      case Bool(var value) -> value ? "True" : "False";
      case Text text -> "a string";
      case Items items -> "a list";
      case Type(var dtype) -> "the type " + dtype;
      case Array(var tensor) -> "an array " + tensor.type();
    };
  }
}

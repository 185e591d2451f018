package org.signet.ir;

import org.signet.type.TensorType;

/** A tensor of a graph. Compared by identity. */
public sealed interface Value {
  /** The name in the source, or one made from it. Names are for people and need not be unique. */
  String name();

  TensorType type();

  /** An operand that is not there. */
  Value ABSENT = new Absent();

  /** Whether this is an operand at all: anything but {@link #ABSENT}. */
  default boolean isPresent() {
    return this != ABSENT;
  }

  /** A graph's input. */
  final class Input implements Value {
    private final String name;
    private final TensorType type;

    public Input(String name, TensorType type) {
      this.name = name;
      this.type = type;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public TensorType type() {
      return type;
    }

    @Override
    public String toString() {
      return "%" + name;
    }
  }

  /** A result of a node. */
  final class Result implements Value {
    private final Node producer;
    private final int index;
    private final String name;
    private final TensorType type;

    Result(Node producer, int index, String name, TensorType type) {
      this.producer = producer;
      this.index = index;
      this.name = name;
      this.type = type;
    }

    /** The node that computes it. */
    public Node producer() {
      return producer;
    }

    /** Which of the node's results it is. */
    public int index() {
      return index;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public TensorType type() {
      return type;
    }

    @Override
    public String toString() {
      return "%" + name;
    }
  }

  /** A value known at conversion. */
  final class Constant implements Value {
    private final String name;
    private final TensorType type;
    private final ConstantData data;

    public Constant(String name, TensorType type, ConstantData data) {
      this.name = name;
      this.type = type;
      this.data = data;
    }

    public ConstantData data() {
      return data;
    }

    /** The same data under another name or type of the same size. */
    public Constant as(String newName, TensorType newType) {
      return new Constant(newName, newType, data);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public TensorType type() {
      return type;
    }

    @Override
    public String toString() {
      return "@" + name;
    }
  }

  /** A handle of something that lives in the session: a variable or a table. */
  final class Resource implements Value {
    private final String name;
    private final TensorType type;
    private final TensorType content;

    /**
     * @param name unique among the program's resources
     * @param type the handle's own type
     * @param content the type of a variable's value
     */
    public Resource(String name, TensorType type, TensorType content) {
      this.name = name;
      this.type = type;
      this.content = content;
    }

    /** The type of the variable's value. */
    public TensorType content() {
      return content;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public TensorType type() {
      return type;
    }

    @Override
    public String toString() {
      return "&" + name;
    }
  }

  /** The type of {@link #ABSENT}. */
  final class Absent implements Value {
    private Absent() {}

    @Override
    public String name() {
      return "";
    }

    @Override
    public TensorType type() {
      throw new IllegalStateException("an absent operand has no type");
    }

    @Override
    public String toString() {
      return "-";
    }
  }
}

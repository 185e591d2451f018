package org.signet.op;

/**
 * The name of an op.
 *
 * @param dialect whose op it is
 * @param name as its dialect spells it: {@code CONV_2D}, {@code Conv2D}
 */
public record OpKey(Dialect dialect, String name) implements Comparable<OpKey> {
  /** Whose op it is. */
  public enum Dialect {
    /** A builtin operator of TFLite, named as in the schema's {@code BuiltinOperator}. */
    BUILTIN,
    /**
     * An op of TensorFlow's registry; a model file holds it as the custom op {@code Flex<name>}.
     */
    TF,
    /** Any other custom op of a model file. */
    CUSTOM
  }

  /** The attribute of a custom op that holds its options as they stand in the file. */
  public static final String CUSTOM_OPTIONS = "custom_options";

  public static OpKey builtin(String name) {
    return new OpKey(Dialect.BUILTIN, name);
  }

  public static OpKey tf(String name) {
    return new OpKey(Dialect.TF, name);
  }

  public static OpKey custom(String name) {
    return new OpKey(Dialect.CUSTOM, name);
  }

  public boolean isBuiltin() {
    return dialect == Dialect.BUILTIN;
  }

  public boolean isCustom() {
    return dialect == Dialect.CUSTOM;
  }

  public boolean isTf() {
    return dialect == Dialect.TF;
  }

  @Override
  public int compareTo(OpKey other) {
    int byDialect = dialect.compareTo(other.dialect);
    return byDialect != 0 ? byDialect : name.compareTo(other.name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpKey key && dialect == key.dialect && name.equals(key.name);
  }

  @Override
  public int hashCode() {
    return 31 * dialect.name().hashCode() + name.hashCode();
  }

  /** As a model file names it: {@code CONV_2D}, {@code FlexConv2D}. */
  @Override
  public String toString() {
    return isTf() ? "Flex" + name : name;
  }
}

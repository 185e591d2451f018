package org.signet.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.op.quant.QuantizedReferences;
import org.signet.type.TensorType;

/**
 * Every op that Signet knows the meaning of: those of its own families, each loaded when the first
 * of its ops is asked for, and extensions.
 */
public final class OpDefinitions {
  private static final OpDefinitions STANDARD = new OpDefinitions(OpFamilies.read());

  private final OpFamilies families;
  private final Map<OpKey, OpDefinition> byKey = new ConcurrentHashMap<>();

  /** What is wrong with an extension: told to whoever asks, since here nobody can catch it. */
  private final List<Diagnostic> problems = new ArrayList<>();

  private OpDefinitions(OpFamilies families) {
    this.families = families;
    try {
      ServiceLoader.load(OpExtension.class, OpExtension.class.getClassLoader()).forEach(this::add);
    } catch (ServiceConfigurationError e) {
      problems.add(
          Diagnostic.error(
              Code.EXTENSION_UNUSABLE, "an extension can't be loaded: " + e.getMessage()));
    }
  }

  private void add(OpExtension extension) {
    for (OpDefinition definition : extension.definitions()) {
      OpKey key = definition.key();
      if (families.of(key).isPresent() || byKey.putIfAbsent(key, definition) != null) {
        problems.add(
            Diagnostic.error(
                Code.EXTENSION_UNUSABLE,
                extension.getClass().getName() + " defines " + key + ", which is defined already",
                "give the op another name, or leave its definition out"));
      }
    }
  }

  /**
   * The definitions of this version and of the extensions on the class path.
   *
   * @throws SignetException EXTENSION_UNUSABLE
   */
  public static OpDefinitions standard() {
    if (!STANDARD.problems.isEmpty()) {
      throw new SignetException(STANDARD.problems);
    }
    return STANDARD;
  }

  public Optional<OpDefinition> find(OpKey key) {
    OpDefinition known = byKey.get(key);
    if (known == null) {
      families.of(key).ifPresent(this::load);
      known = byKey.get(key);
    }
    return Optional.ofNullable(known);
  }

  /**
   * Checks what a use with quantized operands asks of the reference, as {@link OpDefinition#limits}
   * does for all others.
   *
   * @param results the declared types of the results
   * @throws IllegalArgumentException if the reference can't run it; the message says why
   */
  public void checkQuantized(OpDefinition definition, OpTypes use, List<TensorType> results) {
    if (definition.key().isBuiltin()) {
      definition.limits().checkQuantized(use);
      QuantizedReferences.check(definition, use, results);
    }
  }

  /** Whether the reference of an op computes on what quantized tensors stand for. */
  public boolean heedQuantization(OpDefinition definition) {
    return QuantizedReferences.isKnown(definition);
  }

  /** Loads a family; where several threads do so at once, the first one's definitions stay. */
  private void load(String family) {
    for (OpDefinition definition : OpFamilies.definitions(family)) {
      OpDefinition typed = limited(definition);
      byKey.putIfAbsent(definition.key(), QuantizedReferences.complete(typed));
    }
  }

  private static OpDefinition limited(OpDefinition definition) {
    return definition.key().isBuiltin()
        ? definition.limited(OperandTypes.of(definition.key().name()))
        : definition;
  }
}

package org.signet.op;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.op.flex.TfOpDefinitions;
import org.signet.op.quant.Conversions;
import org.signet.op.quant.QuantizedReferences;
import org.signet.op.recurrent.Lstms;
import org.signet.op.recurrent.Rnns;
import org.signet.op.recurrent.Svdf;
import org.signet.op.stablehlo.RandomBits;
import org.signet.op.stablehlo.StablehloElementwise;
import org.signet.op.stablehlo.StablehloIndexing;
import org.signet.op.stablehlo.StablehloMovement;
import org.signet.op.stablehlo.StablehloProducts;
import org.signet.op.stablehlo.StablehloWindows;

/** Every op that Signet knows the meaning of: the list of the families, and extensions. */
public final class OpDefinitions {
  private static final OpDefinitions STANDARD = new OpDefinitions(families());

  private final Map<OpKey, OpDefinition> byKey = new HashMap<>();

  /** What is wrong with an extension: told to whoever asks, since here nobody can catch it. */
  private final List<Diagnostic> problems = new ArrayList<>();

  private OpDefinitions(Stream<List<OpDefinition>> families) {
    families.forEach(family ->
        family.forEach(definition -> {
          if (byKey.put(definition.key(), QuantizedReferences.complete(definition)) != null) {
            throw new IllegalStateException(definition.key() + " is defined twice");
          }
        }));
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
      if (byKey.putIfAbsent(definition.key(), definition) != null) {
        problems.add(
            Diagnostic.error(
                Code.EXTENSION_UNUSABLE,
                extension.getClass().getName()
                    + " defines "
                    + definition.key()
                    + ", which is defined already",
                "give the op another name, or leave its definition out"));
      }
    }
  }

  /** The families, in alphabetical order: a new file of ops is added here, and nowhere else. */
  private static Stream<List<OpDefinition>> families() {
    return Stream.of(
        Activations.definitions(),
        ArgReduction.definitions(),
        Arithmetic.definitions(),
        Bitcasting.definitions(),
        BoxSuppressions.definitions(),
        Broadcasting.definitions(),
        Bucketizing.definitions(),
        Casts.definitions(),
        Comparison.definitions(),
        ComplexParts.definitions(),
        Conversions.definitions(),
        Convolutions.definitions(),
        Cumulative.definitions(),
        Elementwise.definitions(),
        Embeddings.definitions(),
        Filling.definitions(),
        FourierOps.definitions(),
        Gathering.definitions(),
        HashTables.definitions(),
        Joining.definitions(),
        Lstms.definitions(),
        MatrixDiagonals.definitions(),
        MatrixProducts.definitions(),
        Normalizations.definitions(),
        Padding.definitions(),
        Pools.definitions(),
        RandomBits.definitions(),
        RandomDraws.definitions(),
        Reduction.definitions(),
        Reshaping.definitions(),
        Resizes.definitions(),
        Reversing.definitions(),
        Rnns.definitions(),
        Scattering.definitions(),
        SegmentReduction.definitions(),
        Selection.definitions(),
        Slicing.definitions(),
        SpaceBatch.definitions(),
        SpaceDepth.definitions(),
        Splitting.definitions(),
        StablehloElementwise.definitions(),
        StablehloIndexing.definitions(),
        StablehloMovement.definitions(),
        StablehloProducts.definitions(),
        StablehloWindows.definitions(),
        StridedSlicing.definitions(),
        Svdf.definitions(),
        TextHashing.definitions(),
        TopK.definitions(),
        Transposing.definitions(),
        Uniqueness.definitions(),
        Variables.definitions(),
        TfOpDefinitions.all());
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
    return Optional.ofNullable(byKey.get(key));
  }

  /** All definitions, sorted by key. */
  public Collection<OpDefinition> all() {
    return new TreeMap<>(byKey).values();
  }
}

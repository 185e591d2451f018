package org.signet.op;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.signet.op.flex.TfOpDefinitions;

/** Every op that Signet knows the meaning of: the list of the families. */
public final class OpDefinitions {
  private static final OpDefinitions STANDARD = new OpDefinitions(families());

  private final Map<OpKey, OpDefinition> byKey;

  private OpDefinitions(Stream<List<OpDefinition>> families) {
    Map<OpKey, OpDefinition> map = new TreeMap<>();
    families.forEach(family ->
        family.forEach(definition -> {
          if (map.put(definition.key(), definition) != null) {
            throw new IllegalStateException(definition.key() + " is defined twice");
          }
        }));
    byKey = map;
  }

  /** The families, in alphabetical order: a new file of ops is added here, and nowhere else. */
  private static Stream<List<OpDefinition>> families() {
    return Stream.of(
        Activations.definitions(),
        ArgReduction.definitions(),
        Arithmetic.definitions(),
        BoxSuppressions.definitions(),
        Broadcasting.definitions(),
        Bucketizing.definitions(),
        Casts.definitions(),
        Comparison.definitions(),
        ComplexParts.definitions(),
        Convolutions.definitions(),
        Cumulative.definitions(),
        Elementwise.definitions(),
        Filling.definitions(),
        FourierOps.definitions(),
        Gathering.definitions(),
        HashTables.definitions(),
        Joining.definitions(),
        MatrixDiagonals.definitions(),
        MatrixProducts.definitions(),
        Normalizations.definitions(),
        Padding.definitions(),
        Pools.definitions(),
        Reduction.definitions(),
        Reshaping.definitions(),
        Resizes.definitions(),
        Reversing.definitions(),
        Scattering.definitions(),
        SegmentReduction.definitions(),
        Selection.definitions(),
        Slicing.definitions(),
        SpaceBatch.definitions(),
        SpaceDepth.definitions(),
        Splitting.definitions(),
        StridedSlicing.definitions(),
        TopK.definitions(),
        Transposing.definitions(),
        Uniqueness.definitions(),
        Variables.definitions(),
        TfOpDefinitions.all());
  }

  public static OpDefinitions standard() {
    return STANDARD;
  }

  public Optional<OpDefinition> find(OpKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** All definitions, sorted by key. */
  public Collection<OpDefinition> all() {
    return byKey.values();
  }
}

package org.signet.op;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.op.flex.TfOpDefinitions;
import org.signet.op.quant.Conversions;
import org.signet.op.recurrent.Lstms;
import org.signet.op.recurrent.Rnns;
import org.signet.op.recurrent.Svdf;
import org.signet.op.stablehlo.RandomBits;
import org.signet.op.stablehlo.StablehloElementwise;
import org.signet.op.stablehlo.StablehloIndexing;
import org.signet.op.stablehlo.StablehloMovement;
import org.signet.op.stablehlo.StablehloProducts;
import org.signet.op.stablehlo.StablehloWindows;

/**
 * The files of ops, each of which defines a family. They are many, and most models need few: {@code
 * families.tsv} says which family an op is of, so that only those are loaded that somebody asks
 * for.
 */
final class OpFamilies {
  private static final String INDEX = "families.tsv";
  private static final String TENSORFLOW = "flex.";

  /** The family of each op, by the op's name in a model file. */
  private final Map<String, String> byOp = new HashMap<>();

  private OpFamilies() {}

  /**
   * Reads the index: a line for each family, the name of its class below this package, a tab, and
   * its ops as model files name them, sorted.
   */
  static OpFamilies read() {
    OpFamilies families = new OpFamilies();
    text().lines().forEach(families::add);
    return families;
  }

  static String text() {
    try (InputStream in = OpFamilies.class.getResourceAsStream(INDEX)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + INDEX + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the resource " + INDEX, e);
    }
  }

  private void add(String line) {
    int tab = line.indexOf('\t');
    String family = line.substring(0, tab);
    for (int start = tab + 1; start < line.length(); ) {
      int space = line.indexOf(' ', start);
      int end = space < 0 ? line.length() : space;
      if (byOp.put(line.substring(start, end), family) != null) {
        throw new IllegalStateException(line.substring(start, end) + " is of two families");
      }
      start = end + 1;
    }
  }

  /** The family that defines an op. */
  Optional<String> of(OpKey op) {
    return Optional.ofNullable(byOp.get(op.toString()));
  }

  /**
   * The ops of a family; a new file of builtins is added here and, by its name, to {@code
   * families.tsv}.
   *
   * @param name its class, below this package
   * @throws IllegalArgumentException if there is no such family
   */
  static List<OpDefinition> definitions(String name) {
    if (name.startsWith(TENSORFLOW)) {
      return TfOpDefinitions.family(name.substring(TENSORFLOW.length()));
    }
    return switch (name) {
      case "Activations" -> Activations.definitions();
      case "ArgReduction" -> ArgReduction.definitions();
      case "Arithmetic" -> Arithmetic.definitions();
      case "Bitcasting" -> Bitcasting.definitions();
      case "BoxSuppressions" -> BoxSuppressions.definitions();
      case "Broadcasting" -> Broadcasting.definitions();
      case "Bucketizing" -> Bucketizing.definitions();
      case "Casts" -> Casts.definitions();
      case "Comparison" -> Comparison.definitions();
      case "ComplexParts" -> ComplexParts.definitions();
      case "quant.Conversions" -> Conversions.definitions();
      case "Convolutions" -> Convolutions.definitions();
      case "Cumulative" -> Cumulative.definitions();
      case "Elementwise" -> Elementwise.definitions();
      case "Embeddings" -> Embeddings.definitions();
      case "Filling" -> Filling.definitions();
      case "FourierOps" -> FourierOps.definitions();
      case "Gathering" -> Gathering.definitions();
      case "HashTables" -> HashTables.definitions();
      case "Joining" -> Joining.definitions();
      case "recurrent.Lstms" -> Lstms.definitions();
      case "MatrixDiagonals" -> MatrixDiagonals.definitions();
      case "MatrixProducts" -> MatrixProducts.definitions();
      case "Normalizations" -> Normalizations.definitions();
      case "Padding" -> Padding.definitions();
      case "Pools" -> Pools.definitions();
      case "stablehlo.RandomBits" -> RandomBits.definitions();
      case "RandomDraws" -> RandomDraws.definitions();
      case "Reduction" -> Reduction.definitions();
      case "Reshaping" -> Reshaping.definitions();
      case "Resizes" -> Resizes.definitions();
      case "Reversing" -> Reversing.definitions();
      case "recurrent.Rnns" -> Rnns.definitions();
      case "Scattering" -> Scattering.definitions();
      case "SegmentReduction" -> SegmentReduction.definitions();
      case "Selection" -> Selection.definitions();
      case "Slicing" -> Slicing.definitions();
      case "SpaceBatch" -> SpaceBatch.definitions();
      case "SpaceDepth" -> SpaceDepth.definitions();
      case "Splitting" -> Splitting.definitions();
      case "stablehlo.StablehloElementwise" -> StablehloElementwise.definitions();
      case "stablehlo.StablehloIndexing" -> StablehloIndexing.definitions();
      case "stablehlo.StablehloMovement" -> StablehloMovement.definitions();
      case "stablehlo.StablehloProducts" -> StablehloProducts.definitions();
      case "stablehlo.StablehloWindows" -> StablehloWindows.definitions();
      case "StridedSlicing" -> StridedSlicing.definitions();
      case "recurrent.Svdf" -> Svdf.definitions();
      case "TextHashing" -> TextHashing.definitions();
      case "TopK" -> TopK.definitions();
      case "Transposing" -> Transposing.definitions();
      case "Uniqueness" -> Uniqueness.definitions();
      case "Variables" -> Variables.definitions();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }
}

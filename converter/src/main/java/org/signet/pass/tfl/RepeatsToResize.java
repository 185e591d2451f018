package org.signet.pass.tfl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Images whose pixels are repeated, for x of [n, 3, 4, c]:
 *
 * <pre>
 *   RESHAPE(TILE(RESHAPE(x, [n, 3, 1, 4, c]), [1, 1, 2, 1, 1]), [n, 6, 4, c])
 *     →  RESIZE_NEAREST_NEIGHBOR(x, [6, 4])
 *   RESHAPE(PACK(x, x) {axis 2}, [n, 6, 4, c])   →  RESIZE_NEAREST_NEIGHBOR(x, [6, 4])
 *   CONCATENATION(s₀, s₀, s₁, s₁, s₂, s₂) of SPLIT(x, 1)
 *     →  RESIZE_NEAREST_NEIGHBOR(x, [6, 4])
 *   RESIZE_NEAREST_NEIGHBOR of such a one        →  one
 * </pre>
 *
 * and so for BROADCAST_TO and products with ones: the ways in which Keras and others write
 * UpSampling2D. A RESHAPE to another shape stays behind it.
 */
final class RepeatsToResize implements Rule {
  private static final String RESIZE = "RESIZE_NEAREST_NEIGHBOR";

  /** The place of a pixel's middle decides, so that no factor is rounded to a neighbour. */
  private static final Attributes MIDDLES =
      Attributes.of("align_corners", false, "half_pixel_centers", true);

  private static final Set<DType> TYPES =
      Set.of(DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT16);

  @Override
  public Set<String> anchors() {
    return Set.of("CONCATENATION", "RESHAPE");
  }

  /**
   * @param image of four dimensions
   * @param rows how often each row is repeated
   * @param columns how often each column is
   */
  private record Repeats(Value image, int rows, int columns) {}

  @Override
  public Optional<List<Value>> apply(Match match) {
    boolean reshapes = match.node().is("RESHAPE");
    Optional<Repeats> repeats =
        reshapes
            ? match
                .soleProducer(0, "BROADCAST_TO", "MUL", "PACK", "TILE")
                .flatMap(node -> node.is("PACK") ? packed(node) : tiled(node, match))
            : joined(match);
    return repeats
        .filter(found -> isImage(found.image()))
        .map(found -> resized(found, match))
        .map(image -> List.of(reshapes ? reshaped(image, match) : image));
  }

  private static boolean isImage(Value value) {
    Shape shape = value.type().shape();
    return TYPES.contains(value.type().dtype())
        && shape.hasRank()
        && shape.rank() == 4
        && shape.isKnown(1)
        && shape.isKnown(2);
  }

  private static Value resized(Repeats repeats, Match match) {
    Value image = repeats.image();
    Shape shape = image.type().shape();
    int[] size = {shape.dim(1) * repeats.rows(), shape.dim(2) * repeats.columns()};
    boolean again =
        image instanceof Value.Result result
            && result.producer().is(RESIZE)
            && result.producer().attributes().equals(MIDDLES)
            && enlarges(result.producer());
    Value source = again ? ((Value.Result) image).producer().operand(0) : image;
    return match.emit(RESIZE, MIDDLES, source, match.constant("size", Tensor.of(size)));
  }

  /** Whether each pixel of the operand is repeated equally often. */
  private static boolean enlarges(Node resize) {
    Shape before = resize.operand(0).type().shape();
    Shape after = resize.result().type().shape();
    return IntStream.of(1, 2)
        .allMatch(i -> before.isKnown(i) && before.dim(i) > 0 && after.dim(i) % before.dim(i) == 0);
  }

  private static Value reshaped(Value image, Match match) {
    Shape shape = match.node().result().type().shape();
    return image.type().shape().equals(shape) && MergeReshapes.isCertain(shape)
        ? image
        : match.emit("RESHAPE", match.attributes(), image, match.operand(1));
  }

  /** Of one value several times, along a new dimension behind the rows or the columns. */
  private static Optional<Repeats> packed(Node pack) {
    Value first = pack.operand(0);
    int axis = Math.floorMod(pack.attributes().getInt("axis", 0), 5);
    boolean same = pack.operands().stream().allMatch(value -> value == first);
    int count = pack.operands().size();
    return same && (axis == 2 || axis == 3)
        ? Optional.of(new Repeats(first, axis == 2 ? count : 1, axis == 3 ? count : 1))
        : Optional.empty();
  }

  private static Optional<Repeats> tiled(Node node, Match match) {
    int at = isOnes(node.operand(0), match) ? 1 : 0;
    if (!(node.operand(at) instanceof Value.Result widened) || !widened.producer().is("RESHAPE")) {
      return Optional.empty();
    }
    Value image = widened.producer().operand(0);
    Shape wide = widened.type().shape();
    if (!isImage(image) || !MergeReshapes.isCertain(wide)) {
      return Optional.empty();
    }
    return multiples(node, at, match)
        .filter(multiples -> multiples.length == wide.rank())
        .flatMap(multiples -> repeats(image, wide, multiples));
  }

  private static boolean isOnes(Value value, Match match) {
    return value.type().dtype() == DType.FLOAT32
        && match
            .valueOf(value)
            .filter(ones ->
                IntStream.range(0, (int) value.type().shape().elements())
                    .allMatch(i -> ones.getDouble(i) == 1))
            .isPresent();
  }

  /** How often the operand at {@code at} is repeated along each of its dimensions. */
  private static Optional<int[]> multiples(Node node, int at, Match match) {
    Shape before = node.operand(at).type().shape();
    Shape after = node.result().type().shape();
    if (node.is("TILE")) {
      return match.valueOf(node.operand(1)).map(Tensor::toInts);
    }
    if (node.is("MUL")) {
      Value ones = node.operand(1 - at);
      return Pattern.isPlain(node) && isOnes(ones, match)
          ? Optional.of(ones.type().shape().dims())
          : Optional.empty();
    }
    return before.isStatic() && after.isStatic() && before.rank() == after.rank()
        ? Optional.of(
            IntStream.range(0, after.rank())
                .map(i -> before.dim(i) == 0 ? 1 : after.dim(i) / before.dim(i))
                .toArray())
        : Optional.empty();
  }

  /**
   * {@code wide}, of which all sizes but one are known, is the image's shape with 1 behind the
   * rows, the columns or both.
   */
  private static Optional<Repeats> repeats(Value image, Shape wide, int[] multiples) {
    Shape shape = image.type().shape();
    int[] factors = new int[4];
    Arrays.fill(factors, 1);
    int at = 0;
    for (int axis = 0; axis < 4; axis++) {
      if (at == wide.rank() || wide.dim(at) != shape.dim(axis) || multiples[at] != 1) {
        return Optional.empty();
      }
      at++;
      if (at < wide.rank() && wide.dim(at) == 1 && multiples[at] > 1) {
        factors[axis] = multiples[at++];
      }
    }
    boolean ofPixels = at == wide.rank() && factors[0] == 1 && factors[3] == 1;
    return ofPixels && factors[1] * factors[2] > 1
        ? Optional.of(new Repeats(image, factors[1], factors[2]))
        : Optional.empty();
  }

  /** All parts of an image in their order, each equally often. */
  private static Optional<Repeats> joined(Match match) {
    Optional<Node> split = match.producer(0).filter(node -> node.is("SPLIT"));
    int axis = match.attributes().getInt("axis", 0);
    if (split.isEmpty() || !Pattern.isPlain(match.node())) {
      return Optional.empty();
    }
    List<Value.Result> parts = split.get().results();
    int count = match.operands().size() / parts.size();
    Value image = split.get().operand(1);
    Shape shape = image.type().shape();
    boolean fits =
        count > 1
            && isImage(image)
            && (Math.floorMod(axis, 4) == 1 || Math.floorMod(axis, 4) == 2)
            && shape.dim(Math.floorMod(axis, 4)) == parts.size()
            && match
                .valueOf(split.get().operand(0))
                .filter(along -> Math.floorMod(along.toInts()[0], 4) == Math.floorMod(axis, 4))
                .isPresent()
            && match.operands().size() == count * parts.size()
            && IntStream.range(0, match.operands().size())
                .allMatch(i -> match.operand(i) == parts.get(i / count));
    boolean rows = Math.floorMod(axis, 4) == 1;
    return fits
        ? Optional.of(new Repeats(image, rows ? count : 1, rows ? 1 : count))
        : Optional.empty();
  }
}

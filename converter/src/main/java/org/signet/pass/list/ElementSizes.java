package org.signet.pass.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.pass.list.ListFamily.Creation;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Finds out where sizes of elements come from that no declaration tells, such as the free batch in
 * the state of a recurrent layer: numbers are put in for the free sizes of the inputs, shapes are
 * inferred from these, and a value is looked for that has the element's size each time.
 *
 * <p>The numbers are small, large, and in different orders, so that a size that is cut off, rounded
 * or the larger of two does not look like another. They differ for all sizes; where nothing is
 * found that way, because sizes must be equal, as those of the batch in several inputs, they are
 * put in by axis, and the model checks the sizes of elements when it runs. A family for which this
 * fails, too, stays lists.
 */
final class ElementSizes {
  /** What the k-th free size is each time: first + k · step. */
  private static final int[][] PROGRESSIONS = {{101, 12}, {4001, -62}, {2, 1}, {1, 0}, {30011, 8}};

  /** How often the sizes must be found, in spite of numbers that a model may not take. */
  private static final int FEWEST = 2;

  private final Graph graph;
  private final ListFamilies families;
  private final Supplier<GraphBuilder> builders;

  ElementSizes(Graph graph, ListFamilies families, Supplier<GraphBuilder> builders) {
    this.graph = graph;
    this.families = families;
    this.builders = builders;
  }

  /** The types of all values for one choice of sizes, and the elements' shapes. */
  private record Trial(ListConversion conversion, Map<ListFamily, Shape> elements) {
    Shape element(ListFamily family) {
      return elements.getOrDefault(family, family.element());
    }

    Shape shape(Value value) {
      return conversion.converted(value).type().shape();
    }
  }

  /** For each node that makes a list without values: the sizes; obstructs what can't be told. */
  Map<Node, List<ElementSize>> find() {
    Map<Node, List<ElementSize>> found = new HashMap<>();
    boolean settled = false;
    while (!settled) {
      found.clear();
      List<ListFamily> open = families.all().stream().filter(ElementSizes::isOpen).toList();
      if (open.isEmpty()) {
        return found;
      }
      List<Trial> trials = trials(false);
      List<ListFamily> left = open.stream().filter(f -> !find(f, trials, found)).toList();
      if (!left.isEmpty()) {
        List<Trial> byAxis = trials(true);
        for (ListFamily family : left) {
          if (find(family, byAxis, found)) {
            family.checkSizes();
          } else {
            family.obstruct("the sizes of its elements can't be told beforehand");
          }
        }
      }
      // What is no tensor after all can't tell the sizes of another.
      settled = open.stream().allMatch(ListFamily::isDense);
    }
    return found;
  }

  private static boolean isOpen(ListFamily family) {
    return family.isDense()
        && !family.element().isStatic()
        && (!family.creations().isEmpty() || family.items().size() + family.tensors().size() > 1);
  }

  private List<Trial> trials(boolean byAxis) {
    return Arrays.stream(PROGRESSIONS).map(numbers -> trial(numbers, byAxis)).toList();
  }

  private Trial trial(int[] progression, boolean byAxis) {
    List<TensorType> types = new ArrayList<>();
    int k = 0;
    for (Value.Input input : graph.inputs()) {
      Shape shape = input.type().shape();
      for (int i = 0; shape.hasRank() && i < shape.rank(); i++) {
        if (!shape.isKnown(i)) {
          shape = shape.withDim(i, progression[0] + (byAxis ? i : k) * progression[1]);
          k++;
        }
      }
      types.add(input.type().withShape(shape));
    }
    Map<ListFamily, Shape> elements = new HashMap<>();
    Trial trial;
    do {
      trial = new Trial(ListConversion.trial(families, elements, builders), elements);
      trial.conversion().convert(graph, types);
    } while (learn(trial));
    return trial;
  }

  /** Whether what is written tells more of the elements' shapes. */
  private boolean learn(Trial trial) {
    boolean changed = false;
    for (ListFamily family : families.all()) {
      if (!isOpen(family)) {
        continue;
      }
      Shape element = trial.element(family);
      for (Shape shape : written(family, trial)) {
        element = element.refine(shape);
      }
      changed |=
          !element.equals(trial.elements().put(family, element))
              && !element.equals(family.element());
    }
    return changed;
  }

  private static List<Shape> written(ListFamily family, Trial trial) {
    List<Shape> written = new ArrayList<>();
    family.items().forEach(item -> written.add(trial.shape(item)));
    family.tensors().forEach(rows -> written.add(ListFamily.row(trial.shape(rows))));
    return written;
  }

  /** Whether the sizes of a family's elements are found. */
  private static boolean find(
      ListFamily family, List<Trial> trials, Map<Node, List<ElementSize>> found) {
    boolean isSummed = family.readers().stream().anyMatch(ElementSizes::sums);
    List<Trial> clear =
        trials.stream()
            .filter(trial -> {
              Stream<Shape> written = written(family, trial).stream();
              return isSummed
                  ? written.anyMatch(Shape::isStatic)
                  : written.allMatch(Shape::isStatic);
            })
            .toList();
    boolean agree =
        clear.size() >= FEWEST
            && clear.stream()
                .allMatch(trial ->
                    written(family, trial).stream()
                        .filter(Shape::isStatic)
                        .allMatch(shape -> shape.equals(trial.element(family))));
    if (!agree) {
      return false;
    }
    if (isSummed) {
      family.checkSizes();
    }
    for (Creation creation : family.creations()) {
      List<ElementSize> sizes = new ArrayList<>();
      for (int axis = 0; axis < family.element().rank(); axis++) {
        Optional<ElementSize> size =
            family.element().isKnown(axis)
                ? Optional.of(new ElementSize(creation.node().result(), axis + 1))
                : source(creation, family, axis, clear);
        if (size.isEmpty()) {
          return false;
        }
        sizes.add(size.get());
      }
      found.put(creation.node(), sizes);
    }
    return true;
  }

  /**
   * Whether lists are added element by element, which then have the same sizes, though inference
   * may not tell those of all, as of a gradient that is reshaped to the shape of a value.
   */
  private static boolean sums(Node reader) {
    return ListOp.of(reader).equals(Optional.of(ListOp.SUM));
  }

  /** A value before the creation, one of whose sizes is always that of the elements. */
  private static Optional<ElementSize> source(
      Creation creation, ListFamily family, int axis, List<Trial> trials) {
    for (Value input : creation.graph().inputs()) {
      Optional<ElementSize> size = source(input, family, axis, trials);
      if (size.isPresent()) {
        return size;
      }
    }
    for (Node node : creation.graph().nodes()) {
      if (node == creation.node()) {
        break;
      }
      for (Value result : node.results()) {
        Optional<ElementSize> size = source(result, family, axis, trials);
        if (size.isPresent()) {
          return size;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ElementSize> source(
      Value value, ListFamily family, int axis, List<Trial> trials) {
    Shape shape = trials.getFirst().shape(value);
    for (int i = 0; shape.hasRank() && i < shape.rank(); i++) {
      int at = i;
      boolean same =
          trials.stream()
              .allMatch(trial -> {
                Shape tried = trial.shape(value);
                return tried.hasRank()
                    && tried.rank() > at
                    && tried.isKnown(at)
                    && tried.dim(at) == trial.element(family).dim(axis);
              });
      if (same) {
        return Optional.of(new ElementSize(value, at));
      }
    }
    return Optional.empty();
  }
}

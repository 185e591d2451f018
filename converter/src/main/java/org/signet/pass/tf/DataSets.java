package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The data sets that signatures make and go through, {@code for x in dataset} among them. What
 * reads files, shuffles, or leaves a signature stays TensorFlow's, and is refused.
 */
final class DataSets {
  /** Ops that hand on operand 0, a data set: they tell how fast elements are made. */
  private static final Set<String> SAME =
      Set.of(
          "AssertCardinalityDataset",
          "FinalizeDataset",
          "MaxIntraOpParallelismDataset",
          "ModelDataset",
          "OptimizeDataset",
          "OptimizeDatasetV2",
          "OptionsDataset",
          "PrefetchDataset",
          "PrivateThreadPoolDataset",
          "RewriteDataset",
          "UnwrapDatasetVariant",
          "WrapDatasetVariant");

  private final IdentityHashMap<Value, Made> made = new IdentityHashMap<>();

  /** A data set, and the graph that its variables begin in. */
  private record Made(DataSet data, GraphBuilder builder) {}

  /** The data set that a value of {@code graph} stands for. */
  DataSet get(Value value, DataSetGraph graph) {
    Made known = made.get(value);
    if (known == null) {
      throw graph.refused("a data set from outside the signature");
    }
    boolean anywhere =
        known.data().start().stream()
            .allMatch(v -> v instanceof Value.Constant || v instanceof Value.Resource);
    if (!anywhere && known.builder() != graph.importer().builder()) {
      throw graph.refused("a data set that goes into a branch or a loop");
    }
    return known.data();
  }

  /** The results of an op that makes a data set, or goes through one; empty if it does neither. */
  Optional<List<Value>> importOp(
      String op, Attributes attributes, List<Value> operands, DataSetGraph graph) {
    boolean onData = !operands.isEmpty() && made.containsKey(operands.getFirst());
    if (op.equals("ReduceDataset") && onData) {
      return Optional.of(reduced(attributes, operands, graph));
    }
    if (op.equals("DatasetToSingleElement") && onData) {
      return Optional.of(only(attributes, get(operands.getFirst(), graph), graph));
    }
    Optional<DataSet> data =
        onData ? stage(op, attributes, operands, graph) : source(op, attributes, operands, graph);
    if (data.isEmpty() && (onData || op.endsWith("Dataset"))) {
      throw graph.refused(
          op + ", a data set that is shuffled, read from files or outlives the call,");
    }
    return data.map(one -> List.of(handle(one, graph)));
  }

  private Value handle(DataSet data, DataSetGraph graph) {
    TensorType type = TensorType.of(DType.VARIANT);
    Value handle = new Value.Resource(graph.name(), type, TensorType.unranked(DType.VARIANT));
    made.put(handle, new Made(data, graph.importer().builder()));
    return handle;
  }

  private Optional<DataSet> source(
      String op, Attributes attributes, List<Value> operands, DataSetGraph graph) {
    return switch (op) {
      case "TensorSliceDataset" -> Optional.of(DataSetSources.Slices.of(graph, operands));
      case "TensorDataset" -> Optional.of(DataSetSources.Once.of(graph, operands));
      case "RangeDataset" -> {
        Optional<Tensor> step = graph.importer().builder().constantValue(operands.get(2));
        DType dtype = attributes.getList("output_types", DType.class).getFirst();
        yield step.map(known -> new DataSetSources.Numbers(operands, known.getLong(0) < 0, dtype));
      }
      default -> Optional.empty();
    };
  }

  private Optional<DataSet> stage(
      String op, Attributes attributes, List<Value> operands, DataSetGraph graph) {
    DataSet data = get(operands.getFirst(), graph);
    List<Value> others = operands.subList(1, operands.size());
    if (SAME.contains(op)) {
      return Optional.of(data);
    }
    return switch (op) {
      case "MapDataset" -> Optional.of(DataSetStages.mapped(data, function(attributes), others));
      case "ParallelMapDataset", "ParallelMapDatasetV2" ->
          Optional.of(
              DataSetStages.mapped(
                  data, function(attributes), others.subList(0, others.size() - 1)));
      case "FilterDataset" ->
          Optional.of(
              DataSetStages.filtered(data, attributes.getFunction("predicate").name(), others));
      case "ScanDataset" -> {
        int states = attributes.getList("Tstate", DType.class).size();
        yield Optional.of(DataSetStages.scanned(data, function(attributes), others, states));
      }
      case "TakeWhileDataset" ->
          Optional.of(
              DataSetStages.takenWhile(
                  graph, data, attributes.getFunction("predicate").name(), others));
      case "FlatMapDataset" ->
          Optional.of(DataSetStages.flattened(data, function(attributes), others, this));
      case "TakeDataset" -> Optional.of(DataSetStages.taken(graph, data, others.getFirst()));
      case "SkipDataset" -> Optional.of(DataSetStages.skipped(graph, data, others.getFirst()));
      case "RepeatDataset" ->
          number(others.getFirst(), graph).flatMap(count -> repeated(graph, data, count));
      case "BatchDataset" -> batched(attributes, data, others.getFirst(), Optional.empty(), graph);
      case "BatchDatasetV2" ->
          batched(attributes, data, others.get(0), Optional.of(others.get(1)), graph);
      case "ParallelBatchDataset" ->
          batched(attributes, data, others.get(0), Optional.of(others.get(2)), graph);
      case "ConcatenateDataset" ->
          Optional.of(new DataSetSources.Both(data, get(others.getFirst(), graph)));
      case "ZipDataset" -> zipped(operands.stream().map(one -> get(one, graph)).toList());
      default -> Optional.empty();
    };
  }

  private static String function(Attributes attributes) {
    return attributes.getFunction("f").name();
  }

  private static Optional<Integer> number(Value value, DataSetGraph graph) {
    return graph
        .importer()
        .builder()
        .constantValue(value)
        .map(known -> Math.clamp(known.getLong(0), -1, Integer.MAX_VALUE));
  }

  private static Optional<DataSet> repeated(DataSetGraph graph, DataSet data, int count) {
    return switch (count) {
      case 0 -> Optional.of(DataSetStages.taken(graph, data, graph.constant(Tensor.scalar(0L))));
      case 1 -> Optional.of(data);
      default -> Optional.of(DataSetStages.repeated(graph, data, count));
    };
  }

  private static Optional<DataSet> batched(
      Attributes attributes, DataSet data, Value size, Optional<Value> drops, DataSetGraph graph) {
    Optional<Integer> known = number(size, graph).filter(number -> number > 0);
    Optional<Boolean> whole =
        drops.isEmpty()
            ? Optional.of(false)
            : graph.importer().builder().constantValue(drops.get()).map(one -> one.getBoolean(0));
    if (known.isEmpty() || whole.isEmpty()) {
      return Optional.empty();
    }
    if (data instanceof DataSetSources.Slices slices) {
      return Optional.of(new DataSetSources.Batches(slices.start(), known.get(), whole.get()));
    }
    List<DType> types = attributes.getList("output_types", DType.class);
    List<Shape> shapes = attributes.getList("output_shapes", Shape.class);
    if (!shapes.stream().allMatch(Shape::hasRank)) {
      return Optional.empty();
    }
    List<DataSetStages.ListPart> parts =
        IntStream.range(0, types.size())
            .mapToObj(i -> new DataSetStages.ListPart(types.get(i), behindFirst(shapes.get(i))))
            .toList();
    return Optional.of(DataSetStages.batched(graph, data, known.get(), whole.get(), parts));
  }

  private static Shape behindFirst(Shape shape) {
    return Shape.of(IntStream.range(1, shape.rank()).map(shape::dim).toArray());
  }

  /** All but one have to give an element in each turn. */
  private static Optional<DataSet> zipped(List<DataSet> all) {
    List<Integer> others =
        IntStream.range(0, all.size()).filter(i -> !all.get(i).isSteady()).boxed().toList();
    return others.size() > 1
        ? Optional.empty()
        : Optional.of(DataSetStages.zipped(all, others.isEmpty() ? 0 : others.getFirst()));
  }

  /** The only element. Without one, or with another behind it, a gather from nowhere fails. */
  private static List<Value> only(Attributes attributes, DataSet data, DataSetGraph graph) {
    if (data.isSteady()) {
      List<Value> element = new ArrayList<>();
      List<Value> behind =
          data.turn(
              graph,
              data.start(),
              List.of(),
              (_, given, rest) -> {
                element.addAll(given);
                return rest;
              });
      Value one =
          graph.op(
              "LogicalAnd",
              Attributes.NONE,
              graph.all(data.goesOn(graph, data.start())),
              graph.not(graph.all(data.goesOn(graph, behind))));
      return graph.where(one, element);
    }
    List<DType> types = attributes.getList("output_types", DType.class);
    List<Shape> shapes = attributes.getList("output_shapes", Shape.class);
    List<Value> none = new ArrayList<>(List.of(graph.number(0)));
    for (int i = 0; i < types.size(); i++) {
      int[] dims = shapes.get(i).hasRank() ? shapes.get(i).dims() : new int[0];
      none.add(
          graph.constant(
              Tensor.zeros(types.get(i), Arrays.stream(dims).map(d -> Math.max(d, 0)).toArray())));
    }
    DataSet two = DataSetStages.taken(graph, data, graph.constant(Tensor.scalar(2L)));
    List<Value> last =
        graph.goThrough(
            two,
            none,
            List.of(),
            (inner, element, rest) ->
                DataSet.joined(List.of(inner.next(rest.getFirst(), 1)), element));
    Value one = graph.op("Equal", last.getFirst(), graph.number(1));
    return graph.where(one, last.subList(1, last.size()));
  }

  private List<Value> reduced(Attributes attributes, List<Value> operands, DataSetGraph graph) {
    int states = attributes.getList("Tstate", DType.class).size();
    String function = function(attributes);
    List<Value> rest = operands.subList(1, operands.size());
    List<Boolean> keeps = new ArrayList<>();
    for (int i = 0; i < rest.size(); i++) {
      keeps.add(i >= states);
    }
    return graph
        .goThrough(
            get(operands.getFirst(), graph),
            rest,
            keeps,
            (inner, element, given) -> {
              List<Value> arguments = new ArrayList<>(given.subList(0, states));
              arguments.addAll(element);
              arguments.addAll(given.subList(states, given.size()));
              return DataSet.joined(
                  inner.call(function, arguments), given.subList(states, given.size()));
            })
        .subList(0, states);
  }
}

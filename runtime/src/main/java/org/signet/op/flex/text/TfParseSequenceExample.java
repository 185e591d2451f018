package org.signet.op.flex.text;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.FeatureList;
import org.tensorflow.proto.SequenceExample;

/**
 * ParseSequenceExample, its V2 and ParseSingleSequenceExample: serialised {@code
 * tf.train.SequenceExample}s, a vector of them or one, to tensors. The context becomes what
 * ParseExample makes of an Example. A list becomes, with one dimension more, a sparse tensor, a
 * dense one padded with zeros, or a ragged one.
 */
final class TfParseSequenceExample {
  private TfParseSequenceExample() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("ParseSequenceExample", true, SequenceFeatures.Keys::inAttributes, call -> 2),
        define(
            "ParseSequenceExampleV2",
            true,
            SequenceFeatures.Keys::inVectors,
            call ->
                call.operandCount() - SequenceFeatures.context(call.attributes()).dense().size()),
        define(
            "ParseSingleSequenceExample",
            false,
            SequenceFeatures.Keys::inScalars,
            call ->
                call.operandCount()
                    - 1
                    - SequenceFeatures.context(call.attributes()).dense().size()));
  }

  /**
   * @param lengths whether there are results for the lengths of dense lists
   * @param keys where the names are
   * @param defaults the first operand with a default
   */
  private static OpDefinition define(
      String name,
      boolean lengths,
      Function<OpCall, SequenceFeatures.Keys> keys,
      Function<OpCall, Integer> defaults) {
    return Rules.exact(
        name,
        op -> infer(op, lengths),
        call -> new Parsing(call, keys.apply(call), lengths).run(defaults.apply(call)));
  }

  private static List<TensorType> infer(OpTypes op, boolean lengths) {
    SequenceFeatures context = SequenceFeatures.context(op.attributes());
    SequenceFeatures lists = SequenceFeatures.lists(op.attributes());
    Shape batch = op.shape(0);
    Shapes.require(!batch.hasRank() || batch.rank() <= 1, "serialized is %s", batch);
    int rank = batch.hasRank() ? batch.rank() : Shape.UNKNOWN;
    List<TensorType> types = new ArrayList<>();
    addSparse(types, context, rank < 0 ? rank : rank + 1);
    addDense(types, context, batch);
    addRagged(types, context, rowSplits(batch));
    addSparse(types, lists, rank < 0 ? rank : rank + 2);
    addDense(types, lists, batch.hasRank() ? joined(batch, Shape.of(Shape.UNKNOWN)) : batch);
    if (lengths) {
      lists.dense().forEach(type -> types.add(Shapes.plain(DType.INT64, batch)));
    }
    addRagged(types, lists, rowSplits(batch), Shape.of(Shape.UNKNOWN));
    return types;
  }

  private static void addSparse(List<TensorType> types, SequenceFeatures features, int rank) {
    features.sparse().forEach(t -> types.add(TensorType.of(DType.INT64, Shape.UNKNOWN, rank)));
    features.sparse().forEach(type -> types.add(Rules.vector(type)));
    features.sparse().forEach(type -> types.add(TensorType.of(DType.INT64, rank)));
  }

  private static void addDense(List<TensorType> types, SequenceFeatures features, Shape lead) {
    for (int i = 0; i < features.dense().size(); i++) {
      Shape shape = features.shapes().get(i);
      boolean known = shape.hasRank() && lead.hasRank();
      types.add(
          Shapes.plain(features.dense().get(i), known ? joined(lead, shape) : Shape.unknownRank()));
    }
  }

  /** For one example there is but a number. */
  private static Shape rowSplits(Shape batch) {
    return !batch.hasRank() || batch.rank() == 0 ? batch : Shape.of(Shape.UNKNOWN);
  }

  private static void addRagged(
      List<TensorType> types, SequenceFeatures features, Shape... splits) {
    features.ragged().forEach(type -> types.add(Rules.vector(type)));
    for (Shape shape : splits) {
      features.splits().forEach(type -> types.add(Shapes.plain(type, shape)));
    }
  }

  private static Shape joined(Shape lead, Shape shape) {
    return Shape.of(joined(lead.dims(), shape.dims()));
  }

  private static int[] joined(int[] lead, int... shape) {
    int[] dims = Arrays.copyOf(lead, lead.length + shape.length);
    System.arraycopy(shape, 0, dims, lead.length, shape.length);
    return dims;
  }

  /** One run of such an op: the parsed examples, and the next result to set. */
  private static final class Parsing {
    private final OpCall call;
    private final SequenceFeatures.Keys keys;
    private final boolean lengths;
    private final int[] batch;
    private final List<Map<String, Feature>> contexts = new ArrayList<>();
    private final List<Map<String, FeatureList>> lists = new ArrayList<>();
    private int next;

    Parsing(OpCall call, SequenceFeatures.Keys keys, boolean lengths) {
      this.call = call;
      this.keys = keys;
      this.lengths = lengths;
      Tensor serialized = call.operand(0);
      Shapes.require(serialized.rank() <= 1, "serialized is %s", serialized.type());
      this.batch = serialized.shape();
      for (int i = 0; i < serialized.size(); i++) {
        try {
          SequenceExample example = SequenceExample.parseFrom(serialized.strings()[i]);
          contexts.add(example.getContext().getFeatureMap());
          lists.add(example.getFeatureLists().getFeatureListMap());
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalArgumentException(
              "Invalid protocol message input, example id: <unknown>, string " + i, e);
        }
      }
    }

    void run(int defaults) {
      parseContext(SequenceFeatures.context(call.attributes()), keys.context(), defaults);
      parseLists(SequenceFeatures.lists(call.attributes()), keys.lists());
    }

    private void parseContext(SequenceFeatures wanted, List<List<String>> names, int defaults) {
      int sparse = count(wanted.sparse(), names.get(0));
      for (int i = 0; i < sparse; i++) {
        DType dtype = wanted.sparse().get(i);
        List<Tensor> rows = FeatureRows.rows(contexts, names.get(0).get(i), dtype);
        int[] results = {next + i, next + sparse + i, next + 2 * sparse + i};
        FeatureRows.setSparse(call, results, dtype, rows, batch);
      }
      next += 3 * sparse;
      for (int i = 0; i < count(wanted.dense(), names.get(1)); i++) {
        String key = names.get(1).get(i);
        List<Optional<Tensor>> rows = new ArrayList<>();
        for (Map<String, Feature> context : contexts) {
          rows.add(FeatureRows.values(context, key, wanted.dense().get(i)));
        }
        new DenseFeature(key, wanted.shapes().get(i), call.operand(defaults + i), List.of())
            .set(call, next++, rows, batch);
      }
      int ragged = count(wanted.ragged(), names.get(2));
      for (int i = 0; i < ragged; i++) {
        DType dtype = wanted.ragged().get(i);
        List<Tensor> rows = FeatureRows.rows(contexts, names.get(2).get(i), dtype);
        FeatureRows.setValues(call, next + i, dtype, rows);
        setSplits(next + ragged + i, wanted.splits().get(i), rows.stream().map(Tensor::size));
      }
      next += 2 * ragged;
    }

    private static int count(List<DType> types, List<String> names) {
      Shapes.require(types.size() == names.size(), "%s names of %s", names.size(), types.size());
      return types.size();
    }

    private void parseLists(SequenceFeatures wanted, List<List<String>> names) {
      int sparse = count(wanted.sparse(), names.get(0));
      for (int i = 0; i < sparse; i++) {
        DType dtype = wanted.sparse().get(i);
        setSparse(i, sparse, steps(names.get(0).get(i), dtype), dtype);
      }
      next += 3 * sparse;
      int dense = count(wanted.dense(), names.get(1));
      for (int i = 0; i < dense; i++) {
        setDense(i, dense, names.get(1).get(i), wanted.dense().get(i), wanted.shapes().get(i));
      }
      next += lengths ? 2 * dense : dense;
      int ragged = count(wanted.ragged(), names.get(2));
      for (int i = 0; i < ragged; i++) {
        List<List<Tensor>> examples = steps(names.get(2).get(i), wanted.ragged().get(i));
        setRagged(i, ragged, examples, wanted.ragged().get(i), wanted.splits().get(i));
      }
    }

    /** The values of each step of each example; no step where the list is missing. */
    private List<List<Tensor>> steps(String key, DType dtype) {
      List<List<Tensor>> examples = new ArrayList<>();
      for (Map<String, FeatureList> list : lists) {
        FeatureList none = FeatureList.getDefaultInstance();
        List<Tensor> steps = new ArrayList<>();
        for (Feature feature : list.getOrDefault(key, none).getFeatureList()) {
          steps.add(
              FeatureRows.values(feature, "Key: " + key, dtype)
                  .orElseGet(() -> Tensor.zeros(dtype, 0)));
        }
        examples.add(steps);
      }
      return examples;
    }

    private void setSparse(int i, int of, List<List<Tensor>> examples, DType dtype) {
      int rank = batch.length + 2;
      int total = FeatureRows.setValues(call, next + of + i, dtype, flat(examples));
      long[] indices = call.result(next + i, DType.INT64, total, rank).longs();
      long[] shape = new long[rank];
      shape[0] = examples.size();
      int at = 0;
      for (int e = 0; e < examples.size(); e++) {
        List<Tensor> steps = examples.get(e);
        // For a single example the number of steps takes the batch's place.
        shape[rank - 2] = batch.length == 0 ? steps.size() : Math.max(shape[1], steps.size());
        for (int t = 0; t < steps.size(); t++) {
          shape[rank - 1] = Math.max(shape[rank - 1], steps.get(t).size());
          for (int k = 0; k < steps.get(t).size(); k++) {
            if (batch.length > 0) {
              indices[at++] = e;
            }
            indices[at++] = t;
            indices[at++] = k;
          }
        }
      }
      call.result(next + 2 * of + i, Tensor.of(shape));
    }

    private static List<Tensor> flat(List<List<Tensor>> examples) {
      return examples.stream().flatMap(List::stream).toList();
    }

    private void setDense(int i, int of, String key, DType dtype, Shape shape) {
      for (Map<String, FeatureList> list : lists) {
        Shapes.require(
            list.containsKey(key) || keys.optional().contains(key),
            "Feature list '%s' is required but could not be found.  Did you mean to include it in"
                + " feature_list_dense_missing_assumed_empty or feature_list_dense_defaults?",
            key);
      }
      Shapes.require(shape.isStatic(), "feature list '%s' has no fixed shape: %s", key, shape);
      int size = Shapes.product(shape.dims(), 0, shape.rank());
      List<List<Tensor>> examples = steps(key, dtype);
      int longest = examples.stream().mapToInt(List::size).max().orElse(0);
      Tensor result = call.result(next + i, dtype, joined(joined(batch, longest), shape.dims()));
      Elements.clear(result);
      for (int e = 0; e < examples.size(); e++) {
        for (int t = 0; t < examples.get(e).size(); t++) {
          Tensor step = examples.get(e).get(t);
          Shapes.require(step.size() == size, "step %s of '%s' has %s values", t, key, step.size());
          Elements.copy(step, 0, result, (e * longest + t) * size, size);
        }
      }
      if (lengths) {
        Tensor sizes = call.result(next + of + i, DType.INT64, batch);
        for (int e = 0; e < examples.size(); e++) {
          sizes.setLong(e, examples.get(e).size());
        }
      }
    }

    private void setRagged(
        int i, int of, List<List<Tensor>> examples, DType dtype, DType splitType) {
      FeatureRows.setValues(call, next + i, dtype, flat(examples));
      setSplits(next + of + i, splitType, examples.stream().map(List::size));
      FeatureRows.setSplits(
          call, next + 2 * of + i, splitType, flat(examples), new int[] {flat(examples).size()});
    }

    /** Sets a result to where each example begins and the last ends; to 0 for a single one. */
    private void setSplits(int result, DType dtype, Stream<Integer> sizes) {
      if (batch.length == 0) {
        call.result(result, dtype).setLong(0, 0);
        return;
      }
      List<Integer> splits = new ArrayList<>(List.of(0));
      sizes.forEach(size -> splits.add(splits.getLast() + size));
      call.result(result, Rules.integers(dtype, splits));
    }
  }
}
